"""Sets of values that are few and all known, one by one: what can be computed for each needs no bounds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from msgspec_tool.domain.values import CAN_BE_FALSE, CAN_BE_TRUE, Items, Members, Value

MOST_CONSTANTS = 16
"""Values that are tried one by one; more are treated by their bounds."""


def constants(value: Value) -> tuple[Any, ...] | None:
    """The values one by one as plain data, where they are few and all known."""
    if value.unknown or value.undefined or value.opaque is not None:
        return None
    found: list[Any] = []
    if value.text is not None:
        if value.text.finite is None or len(value.text.finite) > MOST_CONSTANTS:
            return None
        found += sorted(value.text.finite)
    if value.number is not None:
        if value.number.finite is None:
            return None
        found += value.number.finite
    found += [flag for flag, bit in ((True, CAN_BE_TRUE), (False, CAN_BE_FALSE)) if value.truth & bit]
    for several in (_constant_lists(value.items), _constant_mappings(value.members)):
        if several is None:
            return None
        found += several
    if value.null:
        found.append(None)
    return tuple(found) if len(found) <= MOST_CONSTANTS else None


def _constant_lists(items: Items | None) -> list[Any] | None:
    if items is None:
        return []
    if items.exact is None:
        return None
    return _combined(items.exact, list)


def _constant_mappings(members: Members | None) -> list[Any] | None:
    if members is None:
        return []
    if members.others is not None:
        return None
    made = _combined(tuple(members.known.values()), tuple)
    return None if made is None else [dict(zip(members.known, one, strict=True)) for one in made]


def _combined(parts: tuple[Value, ...], make: Callable[[Any], Any]) -> list[Any] | None:
    choices, number = [], 1
    for part in parts:
        found = constants(part)
        if found is None:
            return None
        choices.append(found)
        number *= len(found)
        if number > MOST_CONSTANTS:
            return None
    return [make(chosen) for chosen in product(*choices)]
