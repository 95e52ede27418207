"""Filters, tests and operators at work on all values: tried one by one where they are few, by their bounds otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import product
from math import prod
from typing import Any, cast

from jinja2 import nodes
from jinja2.exceptions import TemplateRuntimeError

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import OUTSIDE_GSM7
from msgspec_tool.domain.constants import MOST_CONSTANTS, constants
from msgspec_tool.domain.texts import NAMES
from msgspec_tool.domain.values import (
    CAN_BE_FALSE,
    CAN_BE_TRUE,
    EITHER,
    ITEMS,
    MEMBERS,
    NULL,
    NUMBER,
    OPAQUE,
    PRINTABLE,
    TEXT,
    TRUTH,
    Items,
    Members,
    Number,
    Value,
)
from msgspec_tool.templates.bounds.observations import Trouble
from msgspec_tool.templates.bounds.operators import MOST_PAIRS, arithmetic
from msgspec_tool.templates.failures import BadValueError, TooMuchError
from msgspec_tool.templates.filters.entries import FilterCall, FilterEntry, TestEntry
from msgspec_tool.templates.filters.functions import FILTER_ENTRIES

Tried = tuple[Value, str | None, Trouble]
"""The results, and why there are none."""

MOST_TRIED_CHARACTERS = 4_000
"""Characters of a constant text on which a filter is run by the analysis."""

SIGNS = {"==": "eq", "eq": "eq", "equalto": "eq", "!=": "ne", "ne": "ne", "in": "in"} | {
    name: sign
    for sign, names in (
        ("gt", (">", "gt", "greaterthan")),
        ("gteq", (">=", "ge")),
        ("lt", ("<", "lt", "lessthan")),
        ("lteq", ("<=", "le")),
    )
    for name in names
}
"""Tests that compare, and the comparisons that they are."""

_FAILURES = (BadValueError, TemplateRuntimeError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError)
"""What an implementation raises on data that it does not take: a render refuses the row."""


def arguments(entry: FilterEntry, node: nodes.Filter, evaluate: Callable[[nodes.Expr], Value]) -> dict[str, Value] | None:
    """The arguments of a filter by name; of one that hands them on, the positional ones by number. None where they do not fit."""
    positional = [evaluate(argument) for argument in node.args]
    named = {keyword.key: evaluate(keyword.value) for keyword in keywords(node)}
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return None
    if entry.variadic:
        return {**{str(index): value for index, value in enumerate(positional)}, **named}
    names = [name for name, _required in entry.parameters]
    if len(positional) > len(names):
        return None
    found = dict(zip(names, positional, strict=False))
    if named.keys() - set(names) or named.keys() & found.keys():
        return None
    found |= named
    return None if any(required and name not in found for name, required in entry.parameters) else found


def keywords(node: nodes.Filter | nodes.Test | nodes.Call) -> Iterator[nodes.Keyword]:
    """The arguments that are given by name. Jinja declares them as pairs, and makes keywords."""
    return (keyword for keyword in cast("list[nodes.Node]", node.kwargs) if isinstance(keyword, nodes.Keyword))


def apply(entry: FilterEntry, value: Value, arguments: Mapping[str, Value], locales: tuple[str, ...], subject: str) -> Tried:
    """What a filter gives; ``subject`` says in a message what it was asked to work on."""
    known = _known_result(entry.name, locales, id(value), tuple(arguments), *map(id, arguments.values()))
    if not known:
        tried = _applied(entry, value, arguments, locales, subject)
        if tried[1] is not None:
            return tried
        # an id means the same object as long as that is kept
        known[:] = tried, value, *arguments.values()
    found: Tried = known[0]
    return found


@lru_cache(maxsize=512)
def _known_result(*_key: object) -> list[Any]:
    """Where the result of a filter is kept that works on certain objects, with those, once it is known."""
    return []


def _applied(entry: FilterEntry, value: Value, arguments: Mapping[str, Value], locales: tuple[str, ...], subject: str) -> Tried:
    taken = _anything(entry.takes, value.sources) if value.unknown else value.only(entry.takes)
    if taken.empty:
        # whatever can be printed is taken where text is
        plain = entry.takes & ~PRINTABLE | TEXT if entry.takes & PRINTABLE == PRINTABLE else entry.takes
        needed = values.named(plain & ~OPAQUE)
        return values.NOTHING, f"{subject}, and filter '{entry.name}' needs {needed}", Trouble.TYPE
    for name, kinds in entry.wants.items():
        given = arguments.get(name)
        if given is not None and not given.unknown and not given.kinds & kinds:
            # true and false pass for numbers, but nobody means them
            needed = values.named(kinds & ~NULL & ~(TRUTH if kinds & NUMBER else 0))
            words = f"'{name}' of filter '{entry.name}' is {values.named(given.kinds)}, and {needed} is needed"
            return values.NOTHING, words, Trouble.TYPE
    sources = NAMES.union(value.sources, *(one.sources for one in arguments.values()))
    tried = _tried(entry, taken, arguments, locales, sources)
    if tried is not None:
        return tried
    found, failure, kind = values.NOTHING, None, Trouble.TYPE
    for chosen in _chosen(arguments):
        try:
            found = values.join(found, entry.transfer(FilterCall(taken, chosen, locales, filtering(locales))))
        except BadValueError as error:
            failure, kind = failure or str(error), Trouble.COST if isinstance(error, TooMuchError) else Trouble.TYPE
    return (found.brought_by(sources), None, Trouble.TYPE) if not found.empty else (found, failure, kind)


def _chosen(arguments: Mapping[str, Value]) -> Iterator[Mapping[str, Value]]:
    """The arguments, those that are one of a few taken one by one."""
    known = [constants(value) for value in arguments.values()]
    several = [len(choice) for choice in known if choice is not None and len(choice) > 1]
    if not several or prod(several) > MOST_CONSTANTS:
        yield arguments
        return
    choices = [
        (value,) if choice is None else tuple(map(values.constant, choice)) for value, choice in zip(arguments.values(), known, strict=True)
    ]
    yield from (dict(zip(arguments, chosen, strict=True)) for chosen in product(*choices))


def filtering(locales: tuple[str, ...]) -> Callable[[str, Value, tuple[Value, ...]], Value]:
    """What ``map`` asks: the results of another filter, by its name, for a value and arguments."""

    def filtered(name: str, value: Value, positional: tuple[Value, ...]) -> Value:
        entry = FILTER_ENTRIES.get(name)
        given = None if entry is None else _positional(entry, positional)
        return values.UNKNOWN if entry is None or given is None else apply(entry, value, given, locales, "")[0]

    return filtered


def _positional(entry: FilterEntry, arguments: tuple[Value, ...]) -> dict[str, Value] | None:
    """Arguments by name; None where they do not fit."""
    if entry.variadic:
        return {str(index): value for index, value in enumerate(arguments)}
    needed = sum(required for _name, required in entry.parameters)
    if not needed <= len(arguments) <= len(entry.parameters):
        return None
    return {name: value for (name, _required), value in zip(entry.parameters, arguments, strict=False)}


def _anything(kinds: int, sources: frozenset[str]) -> Value:
    """Every value of some kinds, of which nothing is known."""
    return Value(
        texts.UNBOUNDED.of(sources) if kinds & TEXT else None,
        Number() if kinds & NUMBER else None,
        EITHER if kinds & TRUTH else 0,
        Items(values.UNKNOWN) if kinds & ITEMS else None,
        Members({}, values.UNKNOWN) if kinds & MEMBERS else None,
        null=bool(kinds & NULL),
        sources=sources,
    )


def _tried(entry: FilterEntry, taken: Value, given: Mapping[str, Value], locales: tuple[str, ...], sources: frozenset[str]) -> Tried | None:
    """The filter's own results where all that it works on is known; None where it is not."""
    if entry.context == "context" or entry.variadic:
        return None
    known = constants(taken)
    choices = [constants(value) for value in given.values()]
    if known is None or any(choice is None for choice in choices) or _size(known) > MOST_TRIED_CHARACTERS:
        return None
    if prod((len(known), *(len(choice or ()) for choice in choices))) > MOST_PAIRS:
        return None
    first = _environments(locales) if entry.context == "environment" else ((),)
    calls = (
        (lambda env=env, one=one, chosen=chosen: entry.function(*env, one, **dict(zip(given, chosen, strict=True))))
        for env, one, chosen in product(first, known, product(*(choice or () for choice in choices)))
    )
    return _results(calls, sources)


def _size(constants: Iterable[Any]) -> int:
    return sum(len(one) if isinstance(one, (str, list, dict)) else 1 for one in constants)


@cache
def _environments(locales: tuple[str, ...]) -> tuple[tuple[Any, ...], ...]:
    from msgspec_tool.templates.environment import MessageEnvironment

    return tuple((MessageEnvironment(locale=locale),) for locale in locales)


def _results(calls: Iterable[Callable[[], Any]], sources: frozenset[str]) -> Tried:
    found, failure, kind = values.NOTHING, None, Trouble.TYPE
    for call in calls:
        try:
            found = values.join(found, _constant(call()))
        except _FAILURES as error:
            failure = failure or _words(error)
            kind = Trouble.COST if isinstance(error, TooMuchError) else Trouble.TYPE
    if found.empty:
        return values.NOTHING, failure, kind
    text = found.text
    if text is not None:
        text = text._replace(triggers=sources if text.may & OUTSIDE_GSM7 else NAMES)
    return found._replace(text=text).brought_by(sources), None, kind


def _constant(result: Any) -> Value:
    from jinja2.runtime import Undefined

    return values.MISSING if isinstance(result, Undefined) else values.constant(result)


def _words(error: Exception) -> str:
    if isinstance(error, BadValueError):
        return str(error)
    if isinstance(error, TemplateRuntimeError) and error.message:
        return error.message[0].lower() + error.message[1:]
    if isinstance(error, ZeroDivisionError):
        return "division by zero"
    return "the types of the values do not fit" if isinstance(error, TypeError) else "this calculation has no result"


def tested(entry: TestEntry, value: Value, others: list[Value]) -> int:
    """Whether a test can be true and can be false."""
    known = constants(value)
    choices = [constants(other) for other in others]
    if known is None or any(choice is None for choice in choices):
        return EITHER
    flags = 0
    for one, chosen in product(known, product(*(choice or () for choice in choices))):
        try:
            flags |= CAN_BE_TRUE if entry.function(one, *chosen) else CAN_BE_FALSE
        except _FAILURES:
            continue
    return flags or EITHER


def calculate(sign: str, left: Value, right: Value) -> Tried:
    """What an operator gives."""
    sources = left.sources | right.sources
    first, second = constants(left), constants(right)
    if first is not None and second is not None and len(first) * len(second) <= MOST_PAIRS:
        calls = ((lambda one=one, other=other: _operate(sign, one, other)) for one, other in product(first, second))
        return _results(calls, sources)
    made = arithmetic(sign, left, right)
    if made is None:
        return values.NOTHING, "the types of the values do not fit", Trouble.TYPE
    least = _least_repeated(sign, made)
    return (values.NOTHING, least, Trouble.COST) if least else (made, None, Trouble.TYPE)


def _least_repeated(sign: str, made: Value) -> str | None:
    from msgspec_tool.templates.printing import MAX_REPEATED

    if sign != "*" or made.kinds != TEXT or made.text is None or made.text.least.points <= MAX_REPEATED:
        return None
    return f"a text repeated to over {MAX_REPEATED:,} characters is too long"


def _operate(sign: str, left: Any, right: Any) -> Any:
    from msgspec_tool.templates.environment import MessageEnvironment
    from msgspec_tool.templates.operations import check_operands

    check_operands(sign, left, right)
    return MessageEnvironment.default_binop_table[sign](left, right)
