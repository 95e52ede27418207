"""Filters over lists and mappings, bounded; those of Jinja that are safe as they are have just their entry here.

Each implementation stands beside its transfer function and its entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Undefined
from jinja2 import filters as jinja
from jinja2.environment import Environment
from jinja2.filters import make_attrgetter, sync_do_unique

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.printing import printed_text
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import EVERYTHING, ITEMS, ITERABLE, MEMBERS, NULL, NUMBER, PRINTABLE, TEXT, UNDEFINED, Items, Number, Value
from msgspec_tool.templates.entries import VARIES, FilterCall, FilterEntry
from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.printing import joined, listed, printed
from msgspec_tool.templates.values import shape


def elements(value: Value) -> Items:
    """What a filter goes over: elements of lists, characters of texts, keys of mappings."""
    found = values.NOTHING
    if value.items is not None:
        found = Value(items=value.items)
    if value.text is not None:
        text = value.text
        one = values.of_text(texts.recoded(text, 1, 1, text.may))
        found = values.join(found, Value(items=Items(one, text.least.points, text.most.points)))
    if value.members is not None:
        keys = values.of_text(texts.UNBOUNDED.of(value.sources))
        found = values.join(found, Value(items=Items(keys)))
    return found.items if found.items is not None else Items(values.UNKNOWN)


def attributes(items: Items, call: FilterCall) -> Value:
    """The elements, or the one attribute of each that is asked for."""
    name = call.constant("attribute")
    if name is None:
        return items.element
    members = items.element.members
    known = members.known.get(name) if isinstance(name, str) and members is not None else None
    return values.UNKNOWN.brought_by(call.value.sources) if known is None else known


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
    text, items = value.text, value.items
    if text is not None:
        text = text.narrowed(least=1) if text.most.points and text.finite != frozenset(("",)) else None
    if items is not None:
        items = Items(items.element, max(1, items.least), items.most, items.exact) if items.most else None
    return value._replace(text=text, items=items, truth=value.truth & values.CAN_BE_TRUE)


def length(value: Any) -> int:
    """Number of characters, elements or keys."""
    if isinstance(value, (str, list, tuple, dict, range, Undefined)):
        return len(value)
    if isinstance(value, Iterator):
        return len(listed(value))
    raise BadValueError(f"length needs a text, a list or a mapping, got {shape(value)}")


def _length(call: FilterCall) -> Value:
    found = values.NOTHING
    if call.value.text is not None:
        found = values.counted(call.value.text.least.points, call.value.text.most.points)
    if call.value.items is not None:
        found = values.join(found, values.counted(call.value.items.least, call.value.items.most))
    return values.join(found, values.counted(0, float("inf"))) if call.value.members is not None else found


def _first(call: FilterCall) -> Value:
    return _at(elements(call.value), 0)


def _last(call: FilterCall) -> Value:
    return _at(elements(call.value), -1)


def _at(items: Items, index: int) -> Value:
    if items.exact:
        return items.exact[index]
    return items.element if items.least else items.element._replace(undefined=True)


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
    element = attributes(items, call)
    if not element.unknown and not element.empty and not element.kinds & PRINTABLE:
        raise BadValueError(f"{values.named(element.kinds)} can't be printed")
    between = printed_text(call.arguments["d"]) if "d" in call.arguments else texts.EMPTY
    if items.exact is not None and call.constant("attribute") is None:
        return values.of_text(_joined_exactly([printed_text(one) for one in items.exact], between))
    return values.of_text(_separated(printed_text(element), between, items))


def _joined_exactly(parts: list[Text], between: Text) -> Text:
    made = texts.EMPTY
    for index, part in enumerate(parts):
        made = texts.concat(texts.concat(made, between) if index else made, part)
    return made


def _separated(one: Text, between: Text, items: Items) -> Text:
    if not items.most:
        return texts.EMPTY
    further = texts.concat(between, one)
    rest = texts.repeated(further, max(0, items.least - 1), items.most - 1)
    if items.least <= 1 and items.most > 1:
        rest = texts.either(rest, texts.EMPTY)
    made = texts.concat(one, rest)
    return made if items.least else texts.either(made, texts.EMPTY)


def total(environment: Environment, value: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:
    """Sum of numbers, or of an ``attribute`` of each element."""
    getter = make_attrgetter(environment, attribute) if attribute is not None else lambda item: item
    result = _summand(start)
    for item in value:
        result = result + _summand(getter(item))
    return result


def _summand(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadValueError(f"sum needs numbers, got {shape(value)}")
    return value


def _total(call: FilterCall) -> Value:
    items = elements(call.value)
    summand = attributes(items, call)
    if not summand.unknown and not summand.empty and summand.number is None:
        raise BadValueError(f"sum needs numbers, got {values.named(summand.kinds)}")
    number = summand.number
    start = call.arguments["start"].number if "start" in call.arguments else Number(integral=True, plain=True)
    if number is None or start is None:
        return Value(number=Number())
    plain = number.plain and start.plain
    return Value(
        number=Number(integral=number.integral and start.integral, plain=plain, width=float("inf") if plain else values.FLOAT_WIDTH)
    )


def as_list(value: Iterable[Any]) -> list[Any]:
    """As a list: the characters of a text, the keys of a mapping."""
    return listed(value)


def _list(call: FilterCall) -> Value:
    return Value(items=elements(call.value))


def _sorted(call: FilterCall) -> Value:
    items = elements(call.value)
    return Value(items=Items(items.element, items.least, items.most))


def unique(environment: Environment, value: Iterable[Any], case_sensitive: bool = False, attribute: str | int | None = None) -> list[Any]:
    """Without repetitions, in order of first appearance."""
    return list(sync_do_unique(environment, listed(value), case_sensitive, attribute))


def _unique(call: FilterCall) -> Value:
    items = elements(call.value)
    return Value(items=Items(items.element, min(1, items.least), items.most))


def backwards(value: Any) -> Any:
    """The other way round: a text or a list."""
    if isinstance(value, str):
        return value[::-1]
    if value is None:
        raise BadValueError("reverse needs a text or a list, got null")
    return listed(value)[::-1]


def _reversed(call: FilterCall) -> Value:
    found = values.NOTHING
    if call.value.text is not None:
        text = call.value.text
        found = values.of_text(text._replace(finite=None, prefix="", suffix=""))
    if call.value.items is not None:
        items = call.value.items
        found = found._replace(items=items._replace(exact=items.exact[::-1] if items.exact is not None else None))
    return values.join(found, Value(items=elements(call.value.only(MEMBERS)))) if call.value.members is not None else found


def _chosen(call: FilterCall) -> Value:
    """The smallest or the largest element, or of those with an attribute the one that has it."""
    items = elements(call.value)
    return items.element if items.least else items.element._replace(undefined=True)


def _mapped(call: FilterCall) -> Value:
    items = elements(call.value)
    if "attribute" in call.arguments:
        found = attributes(items, call)
        found = found._replace(undefined=False) if "default" in call.arguments else found
        element = values.join(found, call.arguments["default"]) if "default" in call.arguments else found
    else:
        name = call.constant("0", VARIES)
        plain = isinstance(name, str) and len(call.arguments) == 1
        element = call.filtered(name, items.element) if plain else values.UNKNOWN.brought_by(call.value.sources)
    return Value(items=Items(element, items.least, items.most))


def _selected(call: FilterCall) -> Value:
    items = elements(call.value)
    return Value(items=Items(items.element, 0, items.most))


def _pairs(call: FilterCall) -> Value:
    members = call.value.members
    if members is None or members.others is not None or not members.known:
        return Value(items=Items(values.listed((values.of_text(texts.UNBOUNDED.of(call.value.sources)), values.UNKNOWN))))
    element = values.NOTHING
    for value in members.known.values():
        element = values.join(element, value)
    pair = values.listed((values.of_text(texts.exactly(members.known)), element))
    return Value(items=Items(pair, 0, len(members.known)))


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
    FilterEntry("first", jinja.do_first, "first", "the first element", _first, takes=ITERABLE, context="environment"),
    FilterEntry("last", jinja.do_last, "last", "the last element", _last, takes=ITEMS | TEXT, context="environment"),
    FilterEntry(
        "join",
        join,
        "join(between='', attribute=none)",
        "all elements as one text",
        _join,
        takes=ITERABLE,
        wants={"d": PRINTABLE, "attribute": TEXT | NUMBER | NULL},
        context="environment",
    ),
    FilterEntry("list", as_list, "list", "as a list", _list, takes=ITERABLE),
    FilterEntry(
        "sort",
        jinja.do_sort,
        "sort(reverse=false, case_sensitive=false, attribute=none)",
        "in order",
        _sorted,
        takes=ITERABLE,
        context="environment",
    ),
    FilterEntry(
        "unique",
        unique,
        "unique(case_sensitive=false, attribute=none)",
        "without repetitions",
        _unique,
        takes=ITERABLE,
        context="environment",
    ),
    FilterEntry("reverse", backwards, "reverse", "the other way round", _reversed, takes=ITERABLE),
    FilterEntry(
        "min",
        jinja.do_min,
        "min(case_sensitive=false, attribute=none)",
        "the smallest element",
        _chosen,
        takes=ITERABLE,
        context="environment",
    ),
    FilterEntry(
        "max",
        jinja.do_max,
        "max(case_sensitive=false, attribute=none)",
        "the largest element",
        _chosen,
        takes=ITERABLE,
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
    FilterEntry(
        "map",
        jinja.sync_do_map,
        "map(filter, …) or map(attribute=name)",
        "a filter on each element",
        _mapped,
        takes=ITERABLE,
        straight=False,
        context="context",
        variadic=True,
    ),
    *(
        FilterEntry(name, function, signature, summary, _selected, takes=ITERABLE, straight=False, context="context", variadic=True)
        for name, function, signature, summary in (
            ("select", jinja.sync_do_select, "select(test, …)", "elements that pass a test"),
            ("reject", jinja.sync_do_reject, "reject(test, …)", "elements that fail a test"),
            ("selectattr", jinja.sync_do_selectattr, "selectattr(attribute, test, …)", "by a test on an attribute"),
            ("rejectattr", jinja.sync_do_rejectattr, "rejectattr(attribute, test, …)", "by a failed test on an attribute"),
        )
    ),
    FilterEntry("items", jinja.do_items, "items", "(key, value) pairs of a mapping", _pairs, takes=MEMBERS | UNDEFINED),
    FilterEntry(
        "dictsort",
        jinja.do_dictsort,
        "dictsort(case_sensitive=false, by='key', reverse=false)",
        "sorted pairs of a mapping",
        _pairs,
        takes=MEMBERS,
    ),
)
