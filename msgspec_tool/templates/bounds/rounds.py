"""The rounds of a loop: what it goes over, which kinds of rounds there are, and what all of them print together."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import CAN_BE_FALSE, CAN_BE_TRUE, EITHER, MEMBERS, Items, Value
from msgspec_tool.templates.bounds.things import LoopThing


def elements(source: Value) -> Items | None:
    """What a loop goes over: the elements of lists, the characters of texts, the keys of mappings; None where nothing is known."""
    if source.unknown or source.opaque is not None:
        return None
    found: list[Items] = [] if source.items is None else [source.items]
    if source.text is not None:
        one = values.of_text(texts.recoded(source.text, 1, 1, source.text.may))
        found.append(Items(one, source.text.least.points, source.text.most.points))
    if source.members is not None:
        known = source.members.known
        if source.members.others is None:
            found.append(Items(values.of_text(texts.exactly(known or ("",))), 0, len(known)))
        else:
            found.append(Items(values.of_text(texts.UNBOUNDED.of(source.sources))))
    if len(found) == 1:
        return found[0]
    joined = values.NOTHING
    for items in found:
        joined = values.join(joined, Value(items=items))
    return joined.items


def kinds_of_rounds(items: Items) -> dict[str, tuple[float, float, float]]:
    """Kinds of rounds that there can be: least and most index, and the fewest elements with which it comes."""
    found: dict[str, tuple[float, float, float]] = {}
    if items.least <= 1 <= items.most:
        found["only"] = (0, 0, 1)
    if items.most >= 2:
        found["first"] = (0, 0, 2)
        found["last"] = (max(1, items.least - 1), items.most - 1, 2)
    if items.most >= 3:
        found["other"] = (1, items.most - 2, 3)
    return found


def all_rounds(rounds: Mapping[str, Text | None], items: Items) -> Text | None:
    """The text of all rounds together; None where no number of them can be."""
    found: Text | None = rounds.get("only") if items.least <= 1 else None
    first, last, other = rounds.get("first"), rounds.get("last"), rounds.get("other")
    if first is not None and last is not None:
        between = texts.EMPTY
        if other is not None:
            between = texts.repeated(other, max(0, items.least - 2), max(0, items.most - 2))
            if items.least <= 2:
                between = texts.either(between, texts.EMPTY)
        several = texts.concat(texts.concat(first, between), last)
        found = several if found is None else texts.either(found, several)
    return found


_LAST = {"only": CAN_BE_TRUE, "last": CAN_BE_TRUE, "first": CAN_BE_FALSE, "other": CAN_BE_FALSE}


def loop_names(index: Value, length: Value, around: tuple[Value, Value], part: str | None = None) -> Value:
    """``loop`` in a round."""
    at, size = index.number, length.number
    if at is None or size is None:
        return values.UNKNOWN
    low, high = float(at.least), float(at.most)
    exact = part is None and at.finite is not None and size.finite is not None
    ends = CAN_BE_TRUE if exact and low + 1 == float(size.least) else CAN_BE_FALSE if exact else EITHER
    first = CAN_BE_TRUE if high == 0 else CAN_BE_FALSE if low > 0 else EITHER
    last = _LAST[part] if part is not None else ends
    left = (max(0, float(size.least) - 1 - high), float(size.most) - 1 - low)
    if part in ("only", "last"):
        left = (0, 0)
    if part is None and not exact:
        left = (0, inf)
    attributes = {
        "index0": index,
        "index": values.counted(low + 1, high + 1),
        "revindex0": values.counted(*left),
        "revindex": values.counted(left[0] + 1, left[1] + 1),
        "length": length,
        "first": Value(truth=first),
        "last": Value(truth=last),
        "previtem": around[0],
        "nextitem": around[1],
        "depth": values.UNKNOWN,
        "depth0": values.UNKNOWN,
    }
    return Value(opaque=LoopThing(attributes))


def widened(value: Value) -> Value:
    """A value of which only the kinds are still known."""
    text = texts.UNBOUNDED.of(value.sources) if value.text is not None else None
    number = values.Number() if value.number is not None else None
    items = Items(values.UNKNOWN) if value.items is not None else None
    return value._replace(text=text, number=number, items=items, unknown=value.unknown or value.kinds & MEMBERS != 0)
