"""What a changed declaration refuses that it took before."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from msgspec_tool.source.text import SourceFile
from msgspec_tool.source.yaml_reader import read_yaml
from msgspec_tool.variables.keywords import violation
from msgspec_tool.variables.narrowing import narrowings


def mapping(text: str) -> Any:
    """A declaration, read from YAML."""
    document = read_yaml(SourceFile("declaration.yaml", text)).document
    assert document is not None
    return document.value


def told(before: str, after: str) -> list[str]:
    """Each narrowing with its keyword and the member that it is about; those that may as well allow more with a question mark."""
    found = narrowings(mapping(before), mapping(after))
    return [f"{'.'.join(map(str, one.path))} v{one.member} {one.words}{'' if one.surely else ' ?'}" for one in found]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("{maxLength: 40}", "{maxLength: 20}", "maxLength v has at most 20 characters, 40 before: rows with more are refused"),
        ("{}", "{maxLength: 1}", "maxLength v has at most 1 character, any number before: rows with more are refused"),
        ("{minLength: 1}", "{minLength: 2}", "minLength v has at least 2 characters, 1 before: rows with fewer are refused"),
        ("{enum: [red, blue]}", "{enum: [blue, green]}", "enum v does not take 'red' any more: rows with it are refused"),
        ("{enum: [a, b, c, d, e]}", "{const: a}",
         "const v does not take 'b', 'c' and 2 others any more: rows with one of these are refused"),
        ("{enum: [red, blue]}", "{maxLength: 3}", "maxLength v does not take 'blue' any more: rows with it are refused"),
        ("{enum: [a, b], sensitivity: personal}", "{enum: [a], sensitivity: personal}",
         "enum v does not take one value any more: rows with it are refused"),
        ("{}", "{enum: [red, blue]}", "enum v takes only 'red' and 'blue' now: rows with other values are refused"),
        ("{}", "{charset: gsm7}", "charset v takes only characters of GSM-7 now: rows with others are refused"),
        ("{charset: gsm7}", "{charset: ascii}", "charset v takes only characters of ASCII now: rows with others are refused"),
        ("{}", "{format: date}", "format v has to be a date that exists (YYYY-MM-DD) now: rows with anything else are refused"),
        ("{}", "{pattern: ^A}", "pattern v has a pattern now: rows that it does not match are refused"),
        ("{pattern: ^A, examples: [A1]}", "{pattern: ^B}",
         "pattern v has a pattern that a former example does not match: rows that it does not match are refused"),
        ("{pattern: ^A, examples: [A1]}", "{pattern: '^[AB]'}", "pattern v has another pattern: rows that it does not match are refused ?"),
        ("{type: number}", "{type: number, maximum: 9.5}", "maximum v is at most 9.5, without limit before: rows with more are refused"),
        ("{type: integer, minimum: 1}", "{type: number, minimum: 2}", "minimum v is at least 2, 1 before: rows with less are refused"),
        ("{type: number, multipleOf: 0.01}", "{type: number, multipleOf: 0.5}",
         "multipleOf v is a multiple of 0.5 now: rows with anything else are refused"),
        ("{type: array}", "{type: array, maxItems: 3}", "maxItems v has at most 3 elements, any number before: rows with more are refused"),
        ("{type: array, items: {maxLength: 9}}", "{type: array, items: {maxLength: 8}}",
         "items.maxLength v[] has at most 8 characters, 9 before: rows with more are refused"),
        ("{type: object}", "{type: object, required: [city]}", "required v.city is newly required: rows without it are refused"),
        ("{type: object, properties: {a: {enum: [x, y]}}}", "{type: object, properties: {a: {enum: [x]}}}",
         "properties.a.enum v.a does not take 'y' any more: rows with it are refused"),
    ],
)  # fmt: skip
def test_what_is_refused(before: str, after: str, said: str) -> None:
    assert told(before, after) == [said]
    assert told(after, after) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{maxLength: 20}", "{maxLength: 40}"),
        ("{pattern: '^[0-9]{6}$'}", "{pattern: '^[0-9]{6}$', maxLength: 6, charset: ascii}"),
        ("{format: date}", "{format: date, maxLength: 10}"),
        ("{enum: [red]}", "{enum: [red, blue]}"),
        ("{enum: [red]}", "{maxLength: 3, pattern: '^r'}"),
        ("{charset: ascii}", "{charset: any}"),
        ("{type: integer}", "{type: number, multipleOf: 0.5}"),
        ("{type: number, maximum: 5}", "{type: number, maximum: 5.0}"),
        ("{type: number}", "{type: string, maxLength: 1}"),
        ("{type: object}", "{type: object, properties: {a: {maxLength: 1}}}"),
    ],
)
def test_what_takes_all_that_it_took(before: str, after: str) -> None:
    assert told(before, after) == []


TEXTS = st.text("ab1€ł", max_size=3)
NUMBERS = st.integers(-1, 4) | st.sampled_from((0.5, 1.5))
SIZES = st.integers(0, 3)
KEYWORDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "string": {
        "minLength": SIZES,
        "maxLength": SIZES,
        "charset": st.sampled_from(("ascii", "gsm7", "any")),
        "pattern": st.sampled_from(("^a", "^[ab1]{2}$", "b", "€|ł")),
        "enum": st.lists(TEXTS, min_size=1, max_size=3),
        "const": TEXTS,
    },
    "number": {
        "minimum": SIZES,
        "maximum": SIZES,
        "multipleOf": st.sampled_from((0.5, 1, 2)),
        "enum": st.lists(NUMBERS, min_size=1, max_size=3),
    },
}
KEYWORDS["integer"] = KEYWORDS["number"]
KEYWORDS["array"] = {"minItems": SIZES, "maxItems": SIZES, "items": st.fixed_dictionaries({}, optional=KEYWORDS["string"])}
STRINGS = tuple("".join(letters) for size in range(4) for letters in product("ab1€ł", repeat=size))
FIGURES = (-1, 0, 0.5, 1, 1.5, 2, 3, 4)
VALUES: dict[str, tuple[Any, ...]] = {
    "string": STRINGS,
    "number": FIGURES,
    "integer": FIGURES,
    "array": ([], *([text] for text in STRINGS), ["a", "b"], ["1", "€", "ł"], ["ab", "ab", "ab", "ab"]),
}


@st.composite
def changes(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A declaration, and the same with another keyword."""
    kind = draw(st.sampled_from(sorted(KEYWORDS)))
    words = st.sampled_from(sorted(KEYWORDS[kind]))
    before = {"type": kind} | {word: draw(KEYWORDS[kind][word]) for word in draw(st.sets(words, max_size=2))}
    word = draw(words)
    after = {key: value for key, value in before.items() if key != word} | {word: draw(KEYWORDS[kind][word])}
    assume("items" not in after or "items" in before)
    return before, after


@given(changes())
def test_a_change_that_is_not_told_refuses_nothing(change: tuple[dict[str, Any], dict[str, Any]]) -> None:
    before, after = change
    if not list(narrowings(before, after)):
        event("not told")
        assert [value for value in VALUES[str(before["type"])] if not violation(before, value) and violation(after, value)] == []
