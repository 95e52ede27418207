"""Filters that give elements of a list: some of them, in another order, or what another filter makes of each.

Each implementation stands beside its transfer function and its entry; those of Jinja that are safe as they are have just an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import filters as jinja
from jinja2.environment import Environment
from jinja2.filters import sync_do_unique
from jinja2.runtime import Context

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.texts import NAMES, Text
from msgspec_tool.domain.values import ITERABLE, NULL, NUMBER, TEXT, Value
from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.filters.elements import at_an_end, attributes, elements, replaced
from msgspec_tool.templates.filters.entries import FilterCall, FilterEntry
from msgspec_tool.templates.printing import listed
from msgspec_tool.templates.values import OMIT, shape


def _first(call: FilterCall) -> Value:
    text = call.value.text
    if text is not None and call.value.kinds == TEXT and text.prefix:
        return _character(text, text.prefix[0])
    return at_an_end(elements(call.value), 0)


def _last(call: FilterCall) -> Value:
    text = call.value.text
    if text is not None and call.value.kinds == TEXT and text.suffix:
        return _character(text, text.suffix[-1])
    return at_an_end(elements(call.value), -1)


def _character(text: Text, known: str) -> Value:
    made = texts.exactly((known,))
    return values.of_text(made._replace(sources=text.sources, triggers=NAMES if made.always_gsm7 else text.triggers))


def as_list(value: Iterable[Any]) -> list[Any]:
    """As a list: the characters of a text, the keys of a mapping."""
    return listed(value)


def _list(call: FilterCall) -> Value:
    return Value(items=elements(call.value))


def _sorted(call: FilterCall) -> Value:
    return Value(items=elements(call.value)._replace(exact=None))


def unique(environment: Environment, value: Iterable[Any], case_sensitive: bool = False, attribute: str | int | None = None) -> list[Any]:
    """Without repetitions, in order of first appearance."""
    return list(sync_do_unique(environment, listed(value), case_sensitive, attribute))


def _unique(call: FilterCall) -> Value:
    items = elements(call.value)
    return Value(items=items._replace(least=min(1, items.least), exact=None))


def backwards(value: Any) -> Any:
    """The other way round: a text or a list."""
    if isinstance(value, str):
        return value[::-1]
    if value is None:
        raise BadValueError("reverse needs a text or a list, got null")
    return listed(value)[::-1]


def _reversed(call: FilterCall) -> Value:
    text, others = call.value.text, call.value.only(ITERABLE & ~TEXT)
    found = values.NOTHING if text is None else values.of_text(_reversed_text(text))
    if others.empty:
        return found
    items = elements(others)
    return values.join(found, Value(items=items._replace(exact=None if items.exact is None else items.exact[::-1])))


def _reversed_text(text: Text) -> Text:
    finite = None if text.finite is None else frozenset(one[::-1] for one in text.finite)
    return text._replace(finite=finite, prefix=text.suffix[::-1], suffix=text.prefix[::-1])


def _smallest(call: FilterCall) -> Value:
    return _chosen(call, min)


def _largest(call: FilterCall) -> Value:
    return _chosen(call, max)


def _chosen(call: FilterCall, choose: Callable[..., Any]) -> Value:
    """The smallest or the largest element, or of those with an attribute the one that has it."""
    items = elements(call.value)
    found = at_an_end(items._replace(exact=None), 0)
    numbers = [one.number for one in items.exact or () if one.kinds == NUMBER and one.number is not None and one.number.plain]
    if not items.exact or len(numbers) < len(items.exact) or found.number is None or call.given("attribute"):
        return found
    least, most = choose(one.least for one in numbers), choose(one.most for one in numbers)
    return found._replace(number=found.number._replace(least=least, most=most))


def _over(name: str, function: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
    """Jinja's own filter over what has elements, and over null, which has none; it takes any other false value for an empty list."""

    def checked(context: Context, value: Any, *arguments: Any, **named: Any) -> Iterable[Any]:
        if isinstance(value, (bool, int, float)) or value is OMIT:
            raise BadValueError(f"{name} needs a list, got {shape(value)}")
        return function(context, value, *arguments, **named)

    return checked


def _mapped(call: FilterCall) -> Value:
    items = elements(call.value)
    if "0" not in call.arguments and "attribute" in call.arguments:
        default = call.arguments.get("default", values.NULL_VALUE)
        element, exact = attributes(items, call, default)
    else:
        name, further = call.constant("0"), tuple(value for key, value in call.arguments.items() if key.isdigit())[1:]
        if not isinstance(name, str) or not all(map(str.isdigit, call.arguments)):
            return replaced(items, values.UNKNOWN.brought_by(call.sources))
        element = call.filtered(name, items.element, further) if items.exact is None else values.NOTHING
        exact = None if items.exact is None else tuple(call.filtered(name, one, further) for one in items.exact)
    return replaced(items, element) if exact is None else values.listed(exact)


def _selected(call: FilterCall) -> Value:
    return Value(items=elements(call.value)._replace(least=0, exact=None))


_SELECTING = (
    ("select", jinja.sync_do_select, "select(test, …)", "elements that pass a test"),
    ("reject", jinja.sync_do_reject, "reject(test, …)", "elements that fail a test"),
    ("selectattr", jinja.sync_do_selectattr, "selectattr(attribute, test, …)", "by a test on an attribute"),
    ("rejectattr", jinja.sync_do_rejectattr, "rejectattr(attribute, test, …)", "by a failed test on an attribute"),
)

FILTERS: tuple[FilterEntry, ...] = (
    FilterEntry("first", jinja.do_first, "first", "the first element", _first, takes=ITERABLE, context="environment"),
    FilterEntry("last", jinja.do_last, "last", "the last element", _last, takes=ITERABLE, context="environment"),
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
        _smallest,
        takes=ITERABLE,
        context="environment",
    ),
    FilterEntry(
        "max",
        jinja.do_max,
        "max(case_sensitive=false, attribute=none)",
        "the largest element",
        _largest,
        takes=ITERABLE,
        context="environment",
    ),
    FilterEntry(
        "map",
        _over("map", jinja.sync_do_map),
        "map(filter, …) or map(attribute=name)",
        "a filter on each element",
        _mapped,
        takes=ITERABLE | NULL,
        straight=False,
        context="context",
        variadic=True,
    ),
    *(
        FilterEntry(
            name,
            _over(name, function),
            signature,
            summary,
            _selected,
            takes=ITERABLE | NULL,
            straight=False,
            context="context",
            variadic=True,
        )
        for name, function, signature, summary in _SELECTING
    ),
)
