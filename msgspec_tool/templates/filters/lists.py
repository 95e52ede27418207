"""Filters that make something of a list or a mapping: its length, its elements as one text, their sum, its pairs; and ``default``.

Each implementation stands beside its transfer function and its entry; those of Jinja that are safe as they are have just an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from functools import reduce
from typing import Any

from jinja2 import filters as jinja
from jinja2.environment import Environment
from jinja2.filters import make_attrgetter
from jinja2.runtime import Undefined

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.printing import printed_text
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import (
    EVERYTHING,
    ITEMS,
    ITERABLE,
    MEMBERS,
    NULL,
    NUMBER,
    PRINTABLE,
    TEXT,
    TRUTH,
    UNDEFINED,
    Items,
    Number,
    Value,
)
from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.filters.elements import attributes, counted, elements
from msgspec_tool.templates.filters.entries import FilterCall, FilterEntry
from msgspec_tool.templates.printing import joined, listed, printed
from msgspec_tool.templates.values import shape


def default(value: Any, default_value: Any = "", boolean: bool = False) -> Any:
    """``default_value`` where the value is missing: null as well as undefined; with ``boolean`` also where it is empty."""
    missing = value is None or isinstance(value, Undefined)
    return default_value if missing or (boolean and not value) else value


def _default(call: FilterCall) -> Value:
    value = call.value
    boolean = call.constant("boolean", False)
    other = call.arguments.get("default_value", values.constant(""))
    kept = value.only(EVERYTHING & ~(NULL | UNDEFINED))
    missing = value.null or value.undefined
    if boolean is not False and values.truth(kept) & values.CAN_BE_FALSE:
        missing = True
        kept = _filled(kept) if boolean is True else kept
    return values.join(kept, other) if missing else kept


def _filled(value: Value) -> Value:
    """Those of the values that are not empty."""
    text, items, number = value.text, value.items, value.number
    if text is not None:
        text = text.narrowed(least=1) if text.most.points and text.finite != texts.EMPTY.finite else None
    if items is not None:
        items = items._replace(least=max(1, items.least)) if items.most else None
    if number is not None and number.finite is not None:
        finite = tuple(one for one in number.finite if one)
        number = number._replace(finite=finite) if finite else None
    return value._replace(text=text, items=items, number=number, truth=value.truth & values.CAN_BE_TRUE)


def length(value: Any) -> int:
    """Number of characters, elements or keys."""
    if isinstance(value, (str, list, tuple, dict, range, Undefined)):
        return len(value)
    if isinstance(value, Iterator):
        return len(listed(value))
    raise BadValueError(f"length needs a text, a list or a mapping, got {shape(value)}")


def _length(call: FilterCall) -> Value:
    text, items, members = call.value.text, call.value.items, call.value.members
    found = values.NOTHING
    if text is not None:
        found = values.counted(text.least.points, text.most.points)
    if items is not None:
        found = values.join(found, values.counted(items.least, items.most))
    return found if members is None else values.join(found, values.counted(*counted(members)))


def join(environment: Environment, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """All elements as one text, ``d`` between them; of mappings one ``attribute``."""
    items = iter(value)
    if attribute is not None:
        items = map(make_attrgetter(environment, attribute), items)
    between = printed(d)

    def parts() -> Iterator[Any]:
        for index, item in enumerate(items):
            if index and between:
                yield between
            yield item

    return joined(parts())


def _join(call: FilterCall) -> Value:
    items = elements(call.value)
    element, exact = attributes(items, call)
    if not items.least and not element.kinds & PRINTABLE:
        return values.of_text(texts.EMPTY)
    between = printed_text(call.arguments["d"]) if "d" in call.arguments else texts.EMPTY
    if exact is not None:
        return values.of_text(_joined_exactly([_printed(one) for one in exact], between))
    return values.of_text(_separated(_printed(element), between, items))


def _printed(element: Value) -> Text:
    if not element.kinds & PRINTABLE:
        raise BadValueError(f"{values.named(element.kinds)} can't be printed")
    return printed_text(element)


def _joined_exactly(parts: list[Text], between: Text) -> Text:
    made = texts.EMPTY
    for index, part in enumerate(parts):
        made = texts.concat(texts.concat(made, between) if index else made, part)
    return made


def _separated(one: Text, between: Text, items: Items) -> Text:
    if not items.most:
        return texts.EMPTY
    further = texts.concat(between, one)
    made = texts.concat(one, texts.repeated(further, max(0, items.least - 1), items.most - 1))
    return made if items.least else texts.either(made, texts.EMPTY)


def total(environment: Environment, value: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:
    """Sum of numbers, or of an ``attribute`` of each element."""
    if isinstance(value, (str, dict)):
        raise BadValueError(f"sum needs a list of numbers, got {shape(value)}")
    getter = make_attrgetter(environment, attribute) if attribute is not None else lambda item: item
    result = _summand(start)
    for item in value:
        result = result + _summand(getter(item))
    return result


def _summand(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadValueError(f"sum needs numbers, got {shape(value)}")
    return value


_EXACT = Context(prec=1_000)
_ROUNDING = Decimal("1e-12")
_MOST_ROUNDED = 1_000
"""Floats whose sum is off by less than :data:`_ROUNDING` of their sizes."""
_LARGE = Decimal("1e300")


def _total(call: FilterCall) -> Value:
    items = elements(call.value)
    element, exact = attributes(items, call)
    start = _number(call.arguments["start"]) if "start" in call.arguments else Number(Decimal(0), Decimal(0), integral=True, plain=True)
    if not items.most:
        return Value(number=start)
    one = _number(element)
    parts = [_number(part) for part in exact] if exact is not None else [one] * int(items.least)
    return Value(number=_summed([start, *parts], one, items.most - len(parts)))


def _number(value: Value) -> Number:
    if value.unknown:
        return Number()
    if value.number is None:
        raise BadValueError(f"sum needs numbers, got {values.named(value.kinds)}")
    return value.number


def _summed(parts: list[Number], further: Number, most: float) -> Number:
    """Sums of the parts, and of up to so many further ones."""
    lower = reduce(_EXACT.add, (part.least for part in parts), _often(min(further.least, Decimal(0)), most))
    upper = reduce(_EXACT.add, (part.most for part in parts), _often(max(further.most, Decimal(0)), most))
    if further.plain and all(part.plain for part in parts):
        return Number(lower, upper, integral=True, plain=True, decimals=0)
    sizes = [bound.copy_abs() for part in parts for bound in part[:2]] + [_often(bound.copy_abs(), most) for bound in further[:2]]
    size = reduce(_EXACT.add, sizes, Decimal(1))
    if len(parts) + most > _MOST_ROUNDED or size > _LARGE:
        return Number()
    room = size * _ROUNDING
    return Number(_EXACT.subtract(lower, room), _EXACT.add(upper, room))


def _often(bound: Decimal, most: float) -> Decimal:
    return Decimal(0) if not bound or not most else _EXACT.multiply(bound, Decimal(most))


def _pairs(call: FilterCall) -> Value:
    members = call.value.members
    if members is None:
        return values.lists(values.NOTHING, 0, 0)
    least, most = counted(members)
    several = members.known.values() if members.others is None else (*members.known.values(), members.others)
    element = reduce(values.join, several, values.NOTHING)._replace(undefined=False)
    names = texts.exactly(members.known) if members.others is None else texts.UNBOUNDED.of(call.value.sources)
    pair = values.listed((values.of_text(names), element)) if most else values.NOTHING
    return values.lists(pair, 0 if call.value.undefined else least, most)


def _sorted_pairs(call: FilterCall) -> Value:
    by = call.constant("by", "key")
    if isinstance(by, str) and by not in ("key", "value"):
        raise BadValueError("dictsort sorts by 'key' or 'value'")
    return _pairs(call)


FILTERS: tuple[FilterEntry, ...] = (
    FilterEntry(
        "default",
        default,
        "default(value='', boolean=false)",
        "replaces what is missing: null or undefined",
        _default,
        takes=EVERYTHING,
    ),
    FilterEntry("d", default, "d(value='', boolean=false)", "the same as default", _default, takes=EVERYTHING),
    FilterEntry("length", length, "length", "number of characters, elements or keys", _length, takes=ITERABLE),
    FilterEntry("count", length, "count", "the same as length", _length, takes=ITERABLE),
    FilterEntry(
        "join",
        join,
        "join(between='', attribute=none)",
        "all elements as one text",
        _join,
        takes=ITERABLE,
        wants={"d": PRINTABLE, "attribute": TEXT | NUMBER | TRUTH | NULL},
        context="environment",
    ),
    FilterEntry(
        "sum",
        total,
        "sum(attribute=none, start=0)",
        "sum of numbers",
        _total,
        takes=ITEMS,
        wants={"start": NUMBER},
        context="environment",
    ),
    FilterEntry("items", jinja.do_items, "items", "(key, value) pairs of a mapping", _pairs, takes=MEMBERS | UNDEFINED),
    FilterEntry(
        "dictsort",
        jinja.do_dictsort,
        "dictsort(case_sensitive=false, by='key', reverse=false)",
        "sorted pairs of a mapping",
        _sorted_pairs,
        takes=MEMBERS,
    ),
)
