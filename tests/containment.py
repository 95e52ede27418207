"""Whether a concrete text or value lies inside an abstract one: the oracle for everything that is said of all data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import isfinite, isnan
from typing import Any

from jinja2 import Undefined

from msgspec_tool.channels.gsm7 import ALPHABET
from msgspec_tool.domain.characters import (
    ACCENTED,
    ASCII_ONLY,
    ASTRAL,
    ESCAPED,
    EURO,
    NARROW,
    PLAIN,
    VISIBLE,
    WIDE,
    Size,
)
from msgspec_tool.domain.texts import MOST_FIXED, Text
from msgspec_tool.domain.values import CAN_BE_FALSE, CAN_BE_TRUE, Items, Members, Number, Value

_EXTENSION = "\f^{}\\[~]|€"


def size(text: str) -> Size:
    """What a text takes, counted by Python's own codecs."""
    return Size(len(text), len(text.encode()), len(text) + sum(map(_EXTENSION.count, text)), len(text.encode("utf-16-le")) // 2)


def classes(text: str) -> int:
    """The classes of a text's characters, ``VISIBLE`` included."""
    found = VISIBLE if not text.isspace() and text else 0
    for char in text:
        if char in ALPHABET:
            found |= EURO if char == "€" else ESCAPED if char in _EXTENSION else PLAIN if char.isascii() else ACCENTED
        else:
            found |= (ASCII_ONLY, NARROW, WIDE, ASTRAL)[len(char.encode()) - 1]
    return found


def inside(text: str, bounds: Text) -> bool:
    """Whether a text keeps every bound of a set, its finite texts included."""
    found, kinds = size(text), classes(text)
    return (
        all(least <= one <= most for least, one, most in zip(bounds.least, found, bounds.most, strict=True))
        and not kinds & ~bounds.may
        and not bounds.surely & ~kinds
        and (bounds.finite is None or text in bounds.finite)
        and text.startswith(bounds.prefix)
        and text.endswith(bounds.suffix)
        and max(len(bounds.prefix), len(bounds.suffix)) <= MOST_FIXED
        and (bounds.characters is None or set(text) <= bounds.characters)
    )


def contains(value: Value, concrete: Any) -> bool:
    """Whether a value, as a render has it, is one of an abstract set."""
    if value.unknown:
        return True
    if isinstance(concrete, Undefined):
        return value.undefined
    if concrete is None:
        return value.null
    if isinstance(concrete, bool):
        return bool(value.truth & (CAN_BE_TRUE if concrete else CAN_BE_FALSE))
    if isinstance(concrete, str):
        return value.text is not None and inside(concrete, value.text)
    if isinstance(concrete, (int, float)):
        return value.number is not None and _is_one_of(concrete, value.number)
    if isinstance(concrete, (list, tuple, range)):
        return value.items is not None and _holds_all(value.items, list(concrete))
    if isinstance(concrete, dict):
        return value.members is not None and _has_members(value.members, concrete)
    return value.opaque is not None


def _is_one_of(concrete: int | float, number: Number) -> bool:
    if not isfinite(concrete):
        reaches = isnan(concrete) or (number.most if concrete > 0 else -number.least) == Decimal("Infinity")
        return reaches and number.finite is None and not number.plain and not number.integral
    exact = Decimal(str(concrete))
    return (
        number.least <= exact <= number.most
        and (not number.integral or exact == exact.to_integral_value())
        and (number.finite is None or any(one == concrete and str(one) == str(concrete) for one in number.finite))
        and (isinstance(concrete, int) if number.plain else len(str(concrete)) <= number.width)
        and _decimals(exact) <= number.decimals
    )


def _decimals(exact: Decimal) -> int:
    _whole, _point, fraction = f"{exact:f}".partition(".")
    return len(fraction.rstrip("0"))


def _holds_all(items: Items, concrete: list[Any]) -> bool:
    return (
        items.least <= len(concrete) <= items.most
        and all(contains(items.element, one) for one in concrete)
        and (items.exact is None or (len(items.exact) == len(concrete) and all(map(contains, items.exact, concrete))))
    )


def _has_members(members: Members, concrete: Mapping[str, Any]) -> bool:
    absent = all(one.undefined or one.unknown for name, one in members.known.items() if name not in concrete)
    return absent and all(contains(one, member) for one, member in _pairs(members, concrete))


def _pairs(members: Members, concrete: Mapping[str, Any]) -> Iterator[tuple[Value, Any]]:
    for name, member in concrete.items():
        yield members.known.get(name, members.others or Value()), member
