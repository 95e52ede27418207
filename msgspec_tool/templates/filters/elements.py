"""What filters of lists go over, for all values at once: elements, and attributes of elements."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import ITEMS, ITERABLE, MEMBERS, MISSING, TEXT, UNDEFINED, UNKNOWN, Items, Members, Value
from msgspec_tool.templates.filters.entries import VARIES, FilterCall

_NONE = Items(values.NOTHING, 0, 0, ())


def elements(value: Value) -> Items:
    """Elements of lists, characters of texts, keys of mappings; nothing of null."""
    found = [] if value.items is None else [value.items]
    if value.text is not None:
        found.append(_characters(value.text))
    if value.members is not None:
        found.append(_keys(value.members, value.sources))
    if value.kinds & ~ITERABLE:
        found.append(_NONE)
    made = reduce(values.join, (Value(items=items) for items in found)).items if found else None
    return made if made is not None else _NONE


def _characters(text: Text) -> Items:
    one = texts.recoded(text, 1, 1, text.may) if text.may else texts.EMPTY
    return Items(values.of_text(one), text.least.points, text.most.points)


def _keys(members: Members, sources: frozenset[str]) -> Items:
    least, most = counted(members)
    keys = texts.exactly(members.known) if members.others is None else texts.UNBOUNDED.of(sources)
    return Items(values.of_text(keys) if most else values.NOTHING, least, most)


def counted(members: Members) -> tuple[float, float]:
    """The least and the most number of members."""
    sure = sum(not (one.undefined or one.unknown) for one in members.known.values())
    return sure, len(members.known) if members.others is None else float("inf")


def replaced(items: Items, element: Value, least: float | None = None) -> Value:
    """Lists of other elements, as many as of these, or with ``least`` from so many on."""
    return values.lists(element, items.least if least is None else least, items.most)


def at_an_end(items: Items, index: int) -> Value:
    """The first element (0) or the last (-1); undefined where there is none."""
    if not items.most:
        return MISSING
    if items.exact:
        return items.exact[index]
    return items.element if items.least else items.element._replace(undefined=True)


def parts_of(attribute: Any) -> tuple[str | int, ...] | None:
    """The steps of ``lines.0.title``; None where they are not known."""
    if attribute is None:
        return ()
    if isinstance(attribute, bool) or not isinstance(attribute, (str, int)):
        return None
    if isinstance(attribute, int):
        return (attribute,)
    steps = attribute.split(".")
    if any(step.isdigit() and not step.isascii() for step in steps):
        return None
    return tuple(int(step) if step.isdigit() else step for step in steps)


def attributes(items: Items, call: FilterCall, default: Value | None = None) -> tuple[Value, tuple[Value, ...] | None]:
    """The attribute that is asked for, of all elements together and of each where they are known one by one."""
    steps = parts_of(call.constant("attribute"))
    if steps is None or call.constant("attribute") is VARIES:
        return UNKNOWN.brought_by(call.sources), None
    exact = None if items.exact is None else tuple(_followed(one, steps, default) for one in items.exact)
    return _followed(items.element, steps, default), exact


def _followed(value: Value, steps: Iterable[str | int], default: Value | None) -> Value:
    for step in steps:
        value = _step(value, step).brought_by(value.sources)
        if default is not None and value.undefined:
            # a default of null is none
            value = values.join(value._replace(undefined=default.null or default.unknown), default)
    return value


def _step(value: Value, step: str | int) -> Value:
    """``value[step]``, or else ``value.step``; undefined where there is neither, and of what is undefined nothing at all."""
    if value.unknown or value.opaque is not None or _is_method(value, step):
        return UNKNOWN
    found = [MISSING] if value.kinds & ~(MEMBERS | UNDEFINED) else []
    if value.members is not None:
        found.append(values.member(value.members, step) if isinstance(step, str) else MISSING)
    if isinstance(step, int):
        found += [items.element for items in (elements(value.only(TEXT)), elements(value.only(ITEMS))) if items.most]
    return reduce(values.join, found, values.NOTHING)


def _is_method(value: Value, step: str | int) -> bool:
    """Whether what has no such member has a method of that name."""
    if not isinstance(step, str):
        return False
    owners: list[type] = [owner for kind, owner in ((TEXT, str), (ITEMS, list)) if value.kinds & kind]
    if value.members is not None and values.member(value.members, step).undefined:
        owners.append(dict)
    return any(hasattr(owner, step) for owner in owners)
