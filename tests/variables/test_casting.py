from __future__ import annotations

import json
import pickle
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.model import Variable
from msgspec_tool.variables.casting import CastError, MissingValueError, cast_text, check_value, missing_value, value_of_cell, value_of_json
from msgspec_tool.variables.declarations import declaration_problems
from msgspec_tool.variables.numbers import DecimalNumber, exact, parse_number


def variable(**schema: Any) -> Variable:
    return Variable("x", SimpleNamespace(), schema)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("schema", "cell", "value"),
    [
        ({}, "text", "text"),
        ({"type": "integer"}, "12", 12),
        ({"type": "integer"}, "1.0", 1),
        ({"type": "integer"}, "1e3", 1000),
        ({"type": "number"}, "1299.50", 1299.5),
        ({"type": "number"}, "-0.5E-2", -0.005),
        ({"type": "boolean"}, "true", True),
        ({"type": "boolean"}, "false", False),
        ({"type": "array", "items": {"type": "integer"}}, "[1,2]", [1, 2]),
        ({"type": "object", "required": ["a"]}, '{"a": null}', {"a": None}),
        ({"type": "array"}, json.dumps(["[" * 300, '"[\\']), ["[" * 300, '"[\\']),
        ({"type": "array"}, '["\\u20b9"]', ["₹"]),
        ({"format": "date"}, "2028-02-29", "2028-02-29"),
        ({"format": "date-time"}, "2030-01-31T18:30:00.5+05:30", "2030-01-31T18:30:00.5+05:30"),
        ({"format": "uri"}, "https://example.com/a?b=c", "https://example.com/a?b=c"),
        ({"format": "email"}, "asha@example.com", "asha@example.com"),
        ({"format": "msisdn"}, "+447700900001", "+447700900001"),
        ({"pattern": "^[A-Z]{2}"}, "ABc", "ABc"),
        ({"charset": "ascii"}, "abc", "abc"),
        ({"charset": "any"}, "₹", "₹"),
        ({"type": "number", "multipleOf": 0.1}, "0.3", 0.3),
    ],
)
def test_a_cell_becomes_the_declared_type(schema: dict[str, Any], cell: str, value: Any) -> None:
    found = cast_text(variable(**schema), cell)
    assert found == value
    assert type(found) in (type(value), DecimalNumber)


@pytest.mark.parametrize(
    ("schema", "cell", "reason"),
    [
        ({"type": "number"}, "12,50", "text of 5 characters is not a number"),
        ({"type": "number"}, "+1", "text of 2 characters is not a number"),
        ({"type": "number"}, "01", "text of 2 characters is not a number"),
        ({"type": "number"}, "١", "text of 1 character is not a number"),
        ({"type": "number"}, "NaN", "text of 3 characters is not a number"),
        ({"type": "number"}, "1e400", "text of 5 characters is not a number"),
        ({"type": "number"}, "1e-400", "text of 6 characters is not a number"),
        ({"type": "number"}, "9" * 5000, "text of 5000 characters is not a number"),
        ({"type": "integer"}, "1.5", "text of 3 characters is not a whole number"),
        ({"type": "boolean"}, "True", "text of 4 characters is not true or false"),
        ({"type": "array"}, "{}", "an object of 0 members is not a list"),
        ({"type": "array"}, "[1", "text of 2 characters is not JSON (character 3)"),
        ({"type": "object"}, '{"a":1,"a":2}', "text of 13 characters has the same key twice in one object"),
        ({"type": "array"}, "[NaN]", "text of 5 characters holds a number that is not finite, which JSON does not have"),
        ({"type": "array"}, '["\\ud800"]', "text of 10 characters holds half of a surrogate pair"),
        ({"type": "array"}, "[1e999]", "text of 7 characters holds a number that is out of range"),
        ({"type": "array"}, "[" * 300, "text of 300 characters is nested deeper than 200 levels"),
        ({"type": "array"}, '["a"' + "[" * 250, "text of 254 characters is nested deeper than 200 levels"),
        ({"format": "date"}, "2030-02-29", "text of 10 characters is not a date that exists (YYYY-MM-DD)"),
        ({"format": "date"}, "31/01/2030", "text of 10 characters is not a date that exists (YYYY-MM-DD)"),
        ({"format": "date-time"}, "2030-01-31T18:30:00", "text of 19 characters is not a time with an offset (YYYY-MM-DDThh:mm:ssZ)"),
        ({"format": "uri"}, "example.com", "text of 11 characters is not an absolute URI"),
        ({"format": "email"}, "asha", "text of 4 characters is not an email address"),
        ({"maxLength": 1}, "ab", "text of 2 characters is longer than 1 character"),
        ({"minLength": 3}, "ab", "text of 2 characters is shorter than 3 characters"),
        ({"pattern": "^[A-Z]+$"}, "ab", "text of 2 characters does not have the declared pattern"),
        ({"enum": ["a", "b"]}, "c", "text of 1 character is none of the 2 allowed values"),
        ({"const": "a"}, "c", "text of 1 character is not the one allowed value"),
        ({"charset": "ascii"}, "₹", "text of 1 character holds a character that is not ASCII"),
        ({"type": "number", "minimum": 1}, "0.5", "a number with a fraction is less than the declared minimum"),
        ({"type": "number", "maximum": 1}, "2", "a whole number is more than the declared maximum"),
        ({"type": "number", "multipleOf": 0.1}, "0.35", "a number with a fraction is no multiple of the declared step"),
        ({"type": "array", "items": {"type": "string"}}, "[1]", "item 1: a whole number is not text"),
        ({"type": "array", "minItems": 2}, "[1]", "a list of 1 item is shorter than 2 items"),
        (
            {"type": "object", "properties": {"a": {"maxLength": 1}}},
            '{"a": "bc"}',
            "member 'a': text of 2 characters is longer than 1 character",
        ),
        ({"type": "object", "required": ["a"]}, "{}", "an object of 0 members lacks 'a'"),
    ],
)
def test_a_cell_that_does_not_cast_says_its_shape(schema: dict[str, Any], cell: str, reason: str) -> None:
    with pytest.raises(CastError) as caught:
        cast_text(variable(**schema), cell)
    assert caught.value.reason == reason


def test_json_values_are_not_cast() -> None:
    assert check_value(variable(type="number"), "12") == "text of 2 characters is not a number"
    assert check_value(variable(), 12) == "a whole number is not text"
    assert check_value(variable(type="number"), True) == "a boolean is not a number"
    assert check_value(variable(), None) == "null is not text"
    assert check_value(variable(type="number"), float("inf")) == "no number of JSON is not a number"
    assert value_of_json(variable(), "a") == "a"
    with pytest.raises(CastError):
        value_of_json(variable(), 1)


def test_missing_values() -> None:
    assert value_of_cell(variable(default="x"), "") == "x"
    assert value_of_cell(variable(required=False), None) is None
    assert value_of_cell(variable(), "a") == "a"
    assert value_of_json(variable(required=False), None) is None
    with pytest.raises(MissingValueError):
        missing_value(variable(type="integer"))


def test_numbers_remember_their_lexeme() -> None:
    number = parse_number("1299.50")
    assert isinstance(number, DecimalNumber)
    assert (number.lexeme, str(exact(number))) == ("1299.50", "1299.50")
    copy = pickle.loads(pickle.dumps(number))
    assert copy.lexeme == "1299.50"
    assert json.dumps(number) == "1299.5"
    assert f"{number}" == str(number) == "1299.50"


@pytest.mark.parametrize(
    ("schema", "path", "words"),
    [
        ({"type": "text"}, ("type",), "'text' is no type"),
        ({"type": ["string"]}, ("type",), "this is no type"),
        ({"pattern": "(?=a)"}, ("pattern",), "without lookarounds"),
        ({"pattern": 1}, ("pattern",), "is text"),
        ({"type": "number", "minimum": 2, "maximum": 1}, ("minimum",), "no value can satisfy both"),
        ({"type": "number", "minimum": "a"}, ("minimum",), "is a number"),
        ({"maxLength": -1}, ("maxLength",), "not less than 0"),
        ({"type": "number", "multipleOf": 0}, ("multipleOf",), "greater than 0"),
        ({"format": "dates"}, ("format",), "unknown format"),
        ({"charset": "utf8"}, ("charset",), "unknown character set"),
        ({"enum": []}, ("enum",), "at least one value"),
        ({"enum": ["a", 1]}, ("enum", 1), "can never occur"),
        ({"maxLength": 2, "default": "abc"}, ("default",), "longer than 2"),
        ({"type": "integer", "examples": [1, "a"]}, ("examples", 1), "is not a whole number"),
        ({"type": "array", "items": {"type": "x"}}, ("items", "type"), "no type"),
        ({"type": "object", "properties": {"a": {"pattern": "("}}}, ("properties", "a", "pattern"), "can't be used"),
    ],
)
def test_declarations(schema: dict[str, Any], path: tuple[Any, ...], words: str) -> None:
    problems = list(declaration_problems(variable(**schema)))
    assert [found for found, _message in problems] == [path]
    assert words in problems[0][1]


def test_a_broken_declaration_holds_no_value_back() -> None:
    broken = {
        "enum": 1,
        "pattern": "(",
        "format": "x",
        "maxLength": "a",
        "multipleOf": 0,
        "items": 1,
        "properties": 1,
        "required": 1,
        "type": 1,
    }
    for value in ("a", 1, [1], {"a": 1}):
        assert check_value(variable(**broken), value) is None
    assert check_value(variable(type="string", charset="x", minimum=2), "a") is None


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-20, 20) | st.sampled_from([0.5, 1.0, -2.5, 1e3]) | st.text("ab1", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=5,
)
LEAF_SCHEMA = st.fixed_dictionaries(
    {"type": st.sampled_from(["string", "integer", "number", "boolean", "array", "object"])},
    optional={
        "enum": st.lists(PLAIN, min_size=1, max_size=3),
        "const": PLAIN,
        "minLength": st.integers(0, 3),
        "maxLength": st.integers(0, 3),
        "pattern": st.sampled_from(["^a", "b$", "1", "^[ab]+$"]),
        "minimum": st.integers(-5, 5),
        "maximum": st.sampled_from([-2.5, 0, 3]),
        "multipleOf": st.sampled_from([1, 2, 0.5]),
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(0, 2),
        "required": st.lists(st.sampled_from("abc"), max_size=2, unique=True),
    },
)
SCHEMA = st.recursive(
    LEAF_SCHEMA,
    lambda inner: st.builds(
        lambda own, items, members: {**own, "items": items, "properties": members},
        LEAF_SCHEMA,
        inner,
        st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    ),
    max_leaves=3,
)


@settings(max_examples=200, deadline=None)
@given(SCHEMA, PLAIN)
def test_check_value_agrees_with_jsonschema(schema: dict[str, Any], value: Any) -> None:
    valid = jsonschema.Draft202012Validator(schema).is_valid(value)
    reason = check_value(variable(**schema), value)
    assert (reason is None) == valid


@settings(max_examples=200, deadline=None)
@given(PLAIN.filter(lambda value: isinstance(value, (list, dict))))
def test_lists_and_objects_survive_the_way_through_a_cell(value: Any) -> None:
    kind = "array" if isinstance(value, list) else "object"
    assert cast_text(variable(type=kind), json.dumps(value)) == value


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=12), st.sampled_from(["string", "integer", "number", "boolean", "array", "object"]))
def test_casting_never_fails_otherwise_and_never_repeats_the_cell(cell: str, kind: str) -> None:
    try:
        value = cast_text(variable(type=kind, maxLength=5), cell)
    except CastError as error:
        assert len(cell) < 4 or cell not in error.reason  # noqa: PT017
    else:
        assert check_value(variable(type=kind), value) is None
