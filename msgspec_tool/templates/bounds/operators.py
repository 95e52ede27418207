"""Operators and comparisons on all values at once."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal, DecimalException
from itertools import product
from math import inf
from typing import Any

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import VISIBLE
from msgspec_tool.domain.constants import constants
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import (
    CAN_BE_FALSE,
    CAN_BE_TRUE,
    EITHER,
    FLOAT_WIDTH,
    INFINITY,
    ITEMS,
    MEMBERS,
    NUMBER,
    TEXT,
    TRUTH,
    Items,
    Number,
    Value,
)

MOST_PAIRS = 64
"""Pairs of constants that an operation is tried on one by one."""

_ORDER: dict[str, Callable[[Any, Any], Any]] = {"lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge}
_SAME: dict[str, Callable[[Any, Any], Any]] = {"eq": operator.eq, "ne": operator.ne}
_MEMBER: dict[str, Callable[[Any, Any], Any]] = {
    "in": lambda one, many: one in many,
    "notin": lambda one, many: one not in many,
}
COMPARISONS = {**_ORDER, **_SAME, **_MEMBER}
_NUMERIC = NUMBER | TRUTH
_SLACK = Decimal("1e-12")


def arithmetic(sign: str, left: Value, right: Value) -> Value | None:
    """What an operator gives for operands that are no constants; None where no pair of them has a result."""
    one, other = _number(left), _number(right)
    found = values.NOTHING
    if one is not None and other is not None:
        found = Value(number=_NUMBERS.get(sign, _any_number)(one, other))
    if sign == "+":
        found = values.join(found, _sum(left, right))
    if sign == "*":
        found = values.join(found, values.join(_product(left, other), _product(right, one)))
    return None if found.empty else found.brought_by(left.sources | right.sources)


def _number(value: Value) -> Number | None:
    if value.truth:
        whole = Number(Decimal(0), Decimal(1), integral=True, plain=True)
        return whole if value.number is None else values.join(Value(number=value.number), Value(number=whole)).number
    return value.number


def _sum(left: Value, right: Value) -> Value:
    found = values.NOTHING
    if left.text is not None and right.text is not None:
        found = values.of_text(texts.concat(left.text, right.text))
    if left.items is not None and right.items is not None:
        one, other = left.items, right.items
        joined = Items(values.join(one.element, other.element), one.least + other.least, one.most + other.most)
        found = found._replace(items=joined)
    return found


def _product(value: Value, times: Number | None) -> Value:
    if value.text is None or times is None or not times.integral:
        return values.NOTHING
    least, most = max(0, float(times.least)), max(0, float(times.most))
    return values.of_text(texts.repeated(value.text, least, most))


def _loosened(least: Decimal, most: Decimal, one: Number, other: Number) -> Number:
    """A range with room for the rounding of floats, unless all is whole."""
    if one.integral and other.integral:
        plain = one.plain and other.plain
        return Number(least, most, integral=True, plain=plain, width=inf if plain else FLOAT_WIDTH)
    room = max(abs(bound) for bound in (least, most, Decimal(1)) if bound.is_finite()) * _SLACK
    return Number(least - room, most + room, width=FLOAT_WIDTH)


def _plus(one: Number, other: Number) -> Number:
    return _loosened(one.least + other.least, one.most + other.most, one, other)


def _minus(one: Number, other: Number) -> Number:
    return _loosened(one.least - other.most, one.most - other.least, one, other)


def _times(one: Number, other: Number) -> Number:
    corners = [_safe_product(a, b) for a, b in product((one.least, one.most), (other.least, other.most))]
    return _loosened(min(corners), max(corners), one, other)


def _safe_product(one: Decimal, other: Decimal) -> Decimal:
    if not one or not other:
        return Decimal(0)
    try:
        return one * other
    except DecimalException:
        return INFINITY if (one > 0) == (other > 0) else -INFINITY


def _modulo(one: Number, other: Number) -> Number:
    if one.integral and other.integral and other.least > 0:
        return Number(Decimal(0), max(Decimal(0), other.most - 1), integral=True, plain=one.plain and other.plain, width=FLOAT_WIDTH)
    return _any_number(one, other)


def _divided(_one: Number, _other: Number) -> Number:
    return Number(width=FLOAT_WIDTH)


def _any_number(one: Number, other: Number) -> Number:
    return Number(integral=one.integral and other.integral, width=inf)


_NUMBERS: dict[str, Callable[[Number, Number], Number]] = {"+": _plus, "-": _minus, "*": _times, "%": _modulo, "/": _divided}


def negated(value: Value) -> Value | None:
    """``-value``."""
    number = _number(value)
    if number is None:
        return None
    changed = number._replace(least=-number.most, most=-number.least, finite=None, width=number.width + 1)
    return Value(number=changed, sources=value.sources)


def compared(sign: str, left: Value, right: Value) -> int | None:
    """Whether a comparison can be true and can be false; None where it is impossible for all values."""
    if left.unknown or right.unknown:
        return EITHER
    pairs = _pairs(left, right)
    if pairs is not None:
        return _tried(COMPARISONS[sign], pairs)
    if sign in _ORDER:
        return _ordered(sign, left, right)
    if sign in _SAME:
        equal = _equal(left, right)
        return equal if sign == "eq" else _flipped(equal)
    return _contained(sign, left, right)


def _pairs(left: Value, right: Value) -> list[tuple[Any, Any]] | None:
    first, second = constants(left), constants(right)
    if first is None or second is None or len(first) * len(second) > MOST_PAIRS:
        return None
    return list(product(first, second))


def _tried(function: Callable[[Any, Any], Any], pairs: list[tuple[Any, Any]]) -> int | None:
    flags = 0
    for one, other in pairs:
        try:
            flags |= CAN_BE_TRUE if function(one, other) else CAN_BE_FALSE
        except TypeError:
            continue
    return flags or None


def _flipped(flags: int) -> int:
    return (CAN_BE_FALSE if flags & CAN_BE_TRUE else 0) | (CAN_BE_TRUE if flags & CAN_BE_FALSE else 0)


def _ordered(sign: str, left: Value, right: Value) -> int | None:
    one, other = _number(left), _number(right)
    flags = 0
    if one is not None and other is not None:
        if sign in ("gt", "gteq"):
            one, other = other, one
        strict = sign in ("lt", "gt")
        if one.least < other.most or (not strict and one.least == other.most):
            flags |= CAN_BE_TRUE
        if one.most > other.least or (strict and one.most == other.least):
            flags |= CAN_BE_FALSE
    alike = left.kinds & right.kinds & (TEXT | ITEMS)
    return flags | (EITHER if alike else 0) or None


def _equal(left: Value, right: Value) -> int:
    kinds = left.kinds & right.kinds & ~NUMBER & ~TRUTH
    one, other = _number(left), _number(right)
    if left.kinds & _NUMERIC and right.kinds & _NUMERIC and one and other and one.least <= other.most and other.least <= one.most:
        return EITHER
    if kinds == TEXT and left.text is not None and right.text is not None:
        return EITHER if _may_meet(left.text, right.text) else CAN_BE_FALSE
    return EITHER if kinds else CAN_BE_FALSE


def _may_meet(one: Text, other: Text) -> bool:
    """Whether some text could be in both sets."""
    if one.finite is not None and other.finite is not None:
        return bool(one.finite & other.finite)
    if one.finite is not None or other.finite is not None:
        known, bounds = (one, other) if one.finite is not None else (other, one)
        return any(fits(text, bounds) for text in known.finite or ())
    return one.least.points <= other.most.points and other.least.points <= one.most.points


def fits(text: str, bounds: Text) -> bool:
    """Whether a text keeps the bounds of a set."""
    if bounds.finite is not None:
        return text in bounds.finite
    exact = texts.exactly((text,))
    inside = all(low <= size <= high for low, size, high in zip(bounds.least, exact.least, bounds.most, strict=True))
    foreign = exact.may & ~bounds.may & ~VISIBLE
    kept = bounds.surely & ~exact.surely
    return inside and not foreign and not kept and text.startswith(bounds.prefix) and text.endswith(bounds.suffix)


def _contained(sign: str, left: Value, right: Value) -> int | None:
    if not right.kinds & (TEXT | ITEMS | MEMBERS):
        return None
    if right.kinds == TEXT and not left.kinds & TEXT:
        return None
    if right.kinds == ITEMS and right.items is not None:
        found = _equal(left, right.items.element) if not right.items.element.unknown else EITHER
        flags = CAN_BE_FALSE | (found & CAN_BE_TRUE)
        return flags if sign == "in" else _flipped(flags)
    return EITHER
