"""Attributes, elements, slices and methods of all values, and the functions of the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from math import inf
from typing import Any

from jinja2 import nodes

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.constants import constants
from msgspec_tool.domain.printing import printed_text
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import BOOLEAN, ITEMS, MEMBERS, MISSING, TEXT, UNKNOWN, Items, Members, Value
from msgspec_tool.templates.bounds.attempts import Tried, apply
from msgspec_tool.templates.bounds.observations import Trouble
from msgspec_tool.templates.bounds.paths import Branch
from msgspec_tool.templates.bounds.things import OMITTED, FunctionThing, LoopThing, MacroThing, MethodThing, ModuleThing, NamespaceThing
from msgspec_tool.templates.failures import BadValueError, TooMuchError, quoted
from msgspec_tool.templates.filters.functions import FILTER_ENTRIES, FUNCTION_NAMES, LIST_METHODS, MAPPING_METHODS, TEXT_METHODS
from msgspec_tool.templates.names.guards import path_of
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.templates.operations import bounded_range
from msgspec_tool.templates.printing import MAX_ITEMS

SOMEWHERE: Any = object()
"""A bound of a slice that is not known."""

_FILTERS = {"upper": "upper", "lower": "lower", "capitalize": "capitalize", "title": "title", "strip": "trim"}
_MOST_LISTED = 3
_LOOP_METHODS = ("cycle", "changed")
_COUNTING = frozenset(("find", "rfind", "index", "rindex", "count"))
_SPLITTING = frozenset(("split", "rsplit", "splitlines", "partition", "rpartition"))


def joined(several: Iterable[Value]) -> Value:
    """All values of several sets."""
    return reduce(values.join, several, values.NOTHING)


def function(name: str) -> Value:
    """A name that no path knows: a function of the language, or anything."""
    if name == "omit":
        return Value(opaque=OMITTED)
    return Value(opaque=FunctionThing(name)) if name in FUNCTION_NAMES else UNKNOWN


def attribute(owner: Value, name: str, path: Branch) -> Value | None:
    """What an attribute can be; None where none of the values can have it."""
    if owner.unknown or owner.empty:
        return owner
    found = [one for one in (_of_thing(owner.opaque, name, path), _of_data(owner, name)) if one is not None]
    return joined(found) if found else None


def _of_thing(thing: object, name: str, path: Branch) -> Value | None:
    found: Value | None = None if thing is None else UNKNOWN
    if isinstance(thing, NamespaceThing):
        found = path.names.get((thing.key, name), thing.first.get(name, MISSING))
    elif isinstance(thing, ModuleThing):
        found = thing.names.get(name)
    elif isinstance(thing, LoopThing):
        method = Value(opaque=MethodThing(name, Value(opaque=thing))) if name in _LOOP_METHODS else None
        found = thing.attributes.get(name, method)
    return found


def _of_data(owner: Value, name: str) -> Value | None:
    found = values.NOTHING
    members = owner.members
    if members is not None:
        if name in members.known:
            found = members.known[name]
        elif name in MAPPING_METHODS:
            found = Value(opaque=MethodThing(name, owner.only(MEMBERS)))
        elif members.others is not None and not members.known:
            found = members.others._replace(undefined=True)
    for kind, methods in ((TEXT, TEXT_METHODS), (ITEMS, LIST_METHODS)):
        if owner.kinds & kind and name in methods:
            found = values.join(found, Value(opaque=MethodThing(name, owner.only(kind))))
    return None if found.empty else found


def lacking(subject: str, owner: Value, name: str) -> str:
    """A sentence for an attribute that is not there."""
    if isinstance(owner.opaque, LoopThing):
        return f"{subject} has no member {quoted(name)}" + suggestion(nearest(name, (*owner.opaque.attributes, *_LOOP_METHODS)))
    known = owner.members.known if owner.members is not None else ()
    if owner.kinds == MEMBERS and known:
        near = nearest(name, known)
        listed = _listed([quoted(one) for one in known]) if len(known) <= _MOST_LISTED else ""
        return f"{subject} has no member {quoted(name)}" + (suggestion(near) if near or not listed else f"; it has {listed}")
    return f"{subject} is {values.named(owner.kinds)}, which has no {quoted(name)}"


def _listed(names: list[str]) -> str:
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), names[-1]])


def filter_remedy(name: str) -> str | None:
    """What to write for an attribute that is a filter here."""
    from msgspec_tool.templates.other_languages import FUNCTIONS

    written = FUNCTIONS.get(name, name)
    return f"it is a filter: write | {written}" if written in FILTER_ENTRIES else None


def call_remedy(node: nodes.Node, value: Value) -> str | None:
    """What to write where something is printed that was meant to be called."""
    place = path_of(node)
    meant = isinstance(value.opaque, (MethodThing, FunctionThing, MacroThing))
    if not meant:
        return None
    called = ".".join(place) if place else node.attr if isinstance(node, nodes.Getattr) else None
    return f"call it: {called}()" if called else None


def item(owner: Value, key: Value) -> Value:
    """What an element can be: of a list or a text by its number, of a mapping by its key."""
    if owner.unknown or key.unknown:
        return UNKNOWN.brought_by(owner.sources)
    found = values.NOTHING
    if owner.items is not None:
        found = _element(owner.items, key)
    if owner.text is not None:
        found = values.join(found, _character(owner.text, key))
    if owner.members is not None:
        found = values.join(found, _any_member(owner.members))
    return (MISSING if found.empty else found).brought_by(owner.sources)


def _element(items: Items, key: Value) -> Value:
    known = constants(key)
    index = known[0] if known is not None and len(known) == 1 and isinstance(known[0], int) else None
    if index is None:
        return items.element._replace(undefined=True)
    if items.exact is not None:
        return items.exact[index] if -len(items.exact) <= index < len(items.exact) else MISSING
    there = items.least > index if index >= 0 else items.least >= -index
    absent = items.most <= index if index >= 0 else items.most < -index
    return MISSING if absent else items.element if there else items.element._replace(undefined=True)


def _character(text: Text, key: Value) -> Value:
    known = constants(key)
    index = known[0] if known is not None and len(known) == 1 and isinstance(known[0], int) else None
    if text.finite is not None and index is not None:
        return joined(values.constant(one[index]) if -len(one) <= index < len(one) else MISSING for one in text.finite)
    there = index is not None and (text.least.points > index if index >= 0 else text.least.points >= -index)
    one = values.of_text(texts.recoded(text, 1, 1, text.may))
    return one if there else one._replace(undefined=True)


def _any_member(members: Members) -> Value:
    found = joined(members.known.values())
    others = members.others if members.others is not None else values.NOTHING
    return values.join(found, others)._replace(undefined=True) if not found.unknown else UNKNOWN


def sliced(owner: Value, bounds: tuple[Any, Any, Any]) -> Value:
    """What ``value[start:stop:step]`` can be."""
    if owner.unknown:
        return UNKNOWN.brought_by(owner.sources)
    found = values.NOTHING
    if owner.text is not None:
        found = values.of_text(_slice_of_text(owner.text, bounds))
    if owner.items is not None:
        longest = _longest(owner.items.most, bounds)
        found = found._replace(items=Items(owner.items.element, _shortest(owner.items.least, bounds, longest), longest))
    return found.brought_by(owner.sources)


def _slice_of_text(text: Text, bounds: tuple[Any, Any, Any]) -> Text:
    if text.finite is not None and SOMEWHERE not in bounds and bounds[2] != 0:
        return texts.exactly(one[slice(*bounds)] for one in text.finite)._replace(sources=text.sources, triggers=text.triggers)
    longest = _longest(text.most.points, bounds)
    made = texts.recoded(text, _shortest(text.least.points, bounds, longest), longest, text.may)
    forward = bounds[0] in (None, 0) and bounds[2] in (None, 1) and isinstance(bounds[1], int) and bounds[1] >= 0
    return made._replace(most=made.most.least(text.most), prefix=text.prefix[: bounds[1]] if forward else "")


def _longest(most: float, bounds: tuple[Any, Any, Any]) -> float:
    start, stop, _step = bounds
    if isinstance(stop, int) and stop >= 0:
        first = start if isinstance(start, int) and start > 0 else 0
        return min(most, max(0, stop - first))
    if isinstance(start, int):
        return min(most, -start) if start < 0 else max(0, most - start)
    return most


def _shortest(least: float, bounds: tuple[Any, Any, Any], longest: float) -> float:
    start, stop, step = bounds
    simple = start in (None, 0) and step in (None, 1) and (stop is None or (isinstance(stop, int) and stop >= 0))
    return min(least, longest) if simple else 0


def call(function: Any, positional: list[Value], named: Mapping[str, Value]) -> Tried:
    """What a function or method gives; anything, where it is not known."""
    if isinstance(function, MethodThing):
        return _method(function, positional)
    if isinstance(function, FunctionThing):
        return _FUNCTIONS.get(function.name, _unknown)(positional, named)
    return UNKNOWN, None, Trouble.TYPE


def _unknown(_positional: list[Value], _named: Mapping[str, Value]) -> Tried:
    return UNKNOWN, None, Trouble.TYPE


def _range(positional: list[Value], _named: Mapping[str, Value]) -> Tried:
    chosen = [constants(value) for value in positional]
    if all(one is not None and len(one) == 1 for one in chosen):
        try:
            made = bounded_range(*(one[0] for one in chosen if one))
        except TooMuchError as error:
            return values.NOTHING, str(error), Trouble.COST
        except (BadValueError, TypeError, ValueError, OverflowError):
            return values.NOTHING, "range takes one to three whole numbers", Trouble.TYPE
        if len(made) <= values.MOST_ELEMENTS:
            return values.constant(made), None, Trouble.COST
        return (
            Value(items=Items(values.of_number(min(made), max(made), integral=True, plain=True), len(made), len(made))),
            None,
            Trouble.COST,
        )
    return _open_range(positional), None, Trouble.COST


def _open_range(positional: list[Value]) -> Value:
    number = positional[0].number if len(positional) == 1 else None
    if number is None or not number.integral:
        return Value(items=Items(values.of_number(integral=True, plain=True), 0, MAX_ITEMS))
    least, most = (min(MAX_ITEMS, max(0, float(bound))) for bound in (number.least, number.most))
    element = values.of_number(0, max(0, int(most) - 1), integral=True, plain=True)
    return Value(items=Items(element, least, most), sources=positional[0].sources)


def _smartlink(positional: list[Value], named: Mapping[str, Value]) -> Tried:
    identifier = positional[0] if positional else named.get("identifier", values.constant(""))
    if identifier.unknown:
        return values.of_text(texts.UNBOUNDED), None, Trouble.TYPE
    inner = texts.concat(texts.exactly(("{{link_",)), printed_text(identifier))
    return values.of_text(texts.concat(inner, texts.exactly(("}}",)))), None, Trouble.TYPE


def _dict(positional: list[Value], named: Mapping[str, Value]) -> Tried:
    return (UNKNOWN if positional else values.mapping(dict(named))), None, Trouble.TYPE


_FUNCTIONS: dict[str, Callable[[list[Value], Mapping[str, Value]], Tried]] = {"range": _range, "smartlink": _smartlink, "dict": _dict}


def _method(method: MethodThing, positional: list[Value]) -> Tried:
    owner = method.owner
    if isinstance(owner.opaque, LoopThing):
        return _loop_method(method.name, positional)
    if owner.text is not None:
        return _text_method(method.name, owner, owner.text, positional)
    if owner.members is not None:
        return _mapping_method(method.name, owner.members, positional).brought_by(owner.sources), None, Trouble.TYPE
    return values.of_number(0, integral=True, plain=True), None, Trouble.TYPE


def _loop_method(name: str, positional: list[Value]) -> Tried:
    if name == "cycle" and positional:
        return joined(positional), None, Trouble.TYPE
    return (BOOLEAN if name == "changed" else UNKNOWN), None, Trouble.TYPE


def _text_method(name: str, owner: Value, text: Text, positional: list[Value]) -> Tried:
    if name in _FILTERS and not positional:
        return apply(FILTER_ENTRIES[_FILTERS[name]], owner, {}, ("en",), "")
    if name in _COUNTING:
        return values.of_number(-1, integral=True, plain=True), None, Trouble.TYPE
    part = values.of_text(texts.subset(text))
    if name in _SPLITTING:
        most = text.most.points + 1 if "partition" not in name else 3
        return Value(items=Items(part, 0, most), sources=owner.sources), None, Trouble.TYPE
    if name in ("swapcase", "casefold"):
        return values.of_text(texts.recoded(text, 0, inf, texts.UNBOUNDED.may)), None, Trouble.TYPE
    return (BOOLEAN if name.startswith(("is", "startswith", "endswith")) else part), None, Trouble.TYPE


def _mapping_method(name: str, members: Members, positional: list[Value]) -> Value:
    if name == "get" and positional:
        default = positional[1] if len(positional) > 1 else values.NULL_VALUE
        key = constants(positional[0])
        if key is None or len(key) != 1 or not isinstance(key[0], str):
            return UNKNOWN
        found = values.member(members, key[0])
        return values.join(found._replace(undefined=False), default) if found.undefined and not found.unknown else found
    keys = texts.UNBOUNDED if members.others is not None or not members.known else texts.exactly(members.known)
    inner = {"keys": values.of_text(keys), "values": _any_member(members)._replace(undefined=False)}
    most = inf if members.others is not None else len(members.known)
    element = inner.get(name) or values.listed((inner["keys"], inner["values"]))
    return Value(items=Items(element, 0, most))
