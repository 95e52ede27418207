"""The oracle of the other tests: what lies inside a set, and that every single bound can keep a value out of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from jinja2 import StrictUndefined

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import ANY, ASCII_ONLY, NOTHING, PLAIN, VISIBLE, WIDE, Size
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import EITHER, MISSING, NULL_VALUE, UNKNOWN, Items, Members, Number, Value
from msgspec_tool.variables.numbers import DecimalNumber
from tests.containment import classes, contains, inside, size

ROOM = Text(NOTHING, Size(9, 9, 9, 9), ANY | VISIBLE, 0)


def test_sizes_are_those_of_the_wire() -> None:
    assert size("") == (0, 0, 0, 0)
    assert size("aÄ€ह😀~") == (6, 1 + 2 + 3 + 3 + 4 + 1, 8, 7)


@pytest.mark.parametrize(
    ("text", "found"), [("", 0), (" \n", PLAIN), ("\u00a0a", classes("\u00a0") | PLAIN | VISIBLE), ("`", ASCII_ONLY | VISIBLE)]
)
def test_classes(text: str, found: int) -> None:
    assert classes(text) == found


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("abc", ROOM._replace(most=Size(2, 9, 9, 9))),
        ("äb", ROOM._replace(most=Size(9, 2, 9, 9))),
        ("[b", ROOM._replace(most=Size(9, 9, 2, 9))),
        ("😀b", ROOM._replace(most=Size(9, 9, 9, 2))),
        ("a", ROOM._replace(least=Size(2, 0, 0, 0))),
        ("a", ROOM._replace(least=Size(0, 2, 0, 0))),
        ("a", ROOM._replace(least=Size(0, 0, 2, 0))),
        ("a", ROOM._replace(least=Size(0, 0, 0, 2))),
        ("ह", ROOM._replace(may=PLAIN | VISIBLE)),
        ("a", ROOM._replace(may=PLAIN)),
        ("a", ROOM._replace(surely=WIDE)),
        (" ", ROOM._replace(surely=VISIBLE)),
        ("a", ROOM._replace(finite=frozenset("b"))),
        ("ab", ROOM._replace(prefix="b")),
        ("ab", ROOM._replace(suffix="a")),
    ],
)
def test_each_bound_of_a_text_keeps_texts_out(text: str, bounds: Text) -> None:
    assert inside(text, ROOM)
    assert not inside(text, bounds)
    assert not contains(values.of_text(bounds), text)


@pytest.mark.parametrize(
    ("number", "bounds"),
    [
        (1, Number(least=Decimal(2))),
        (3, Number(most=Decimal(2))),
        (DecimalNumber("1.5"), Number(integral=True)),
        (DecimalNumber("5.0"), Number(integral=True, plain=True)),
        (DecimalNumber("1.50"), Number(finite=(1.5,))),
        (DecimalNumber("1.500"), Number(width=4)),
        (DecimalNumber("1.510"), Number(decimals=1)),
        (float("inf"), Number(most=Decimal(2))),
        (float("inf"), Number(integral=True)),
        (True, Number()),
    ],
)
def test_each_bound_of_a_number_keeps_numbers_out(number: Any, bounds: Number) -> None:
    assert contains(Value(number=Number(), truth=EITHER), number)
    assert not contains(Value(number=bounds), number)


A, B = values.constant("a"), values.constant("b")


@pytest.mark.parametrize(
    ("value", "inner", "outer"),
    [
        (Value(items=Items(A, 1, 2)), ["a"], []),
        (Value(items=Items(A, 1, 2)), ["a", "a"], ["a", "a", "a"]),
        (Value(items=Items(A, 1, 2)), ["a"], ["b"]),
        (values.listed((A, B)), ["a", "b"], ["b", "a"]),
        (values.listed((A, B)), ("a", "b"), ["a"]),
        (Value(members=Members({"x": A})), {"x": "a"}, {}),
        (Value(members=Members({"x": A})), {"x": "a"}, {"x": "b"}),
        (Value(members=Members({"x": A._replace(undefined=True)})), {}, {"y": "a"}),
        (Value(members=Members({}, B)), {"y": "b"}, {"y": "a"}),
        (NULL_VALUE, None, StrictUndefined()),
        (MISSING, StrictUndefined(), None),
        (values.constant(True), True, False),
        (values.constant("1"), "1", 1),
        (Value(opaque=object()), object(), "a"),
    ],
)
def test_values_of_every_kind(value: Value, inner: Any, outer: Any) -> None:
    assert contains(value, inner)
    assert not contains(value, outer)
    assert contains(UNKNOWN, outer)
    assert not contains(values.NOTHING, inner)


def test_an_unknown_member_may_be_absent() -> None:
    assert contains(Value(members=Members({"x": UNKNOWN})), {})


def test_the_empty_text_is_in_its_set() -> None:
    assert inside("", texts.EMPTY)
    assert not inside(" ", texts.EMPTY)
