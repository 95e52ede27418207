"""Which schema speaks at a place: walked with the data, so that only the branch that the data chooses is seen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from msgspec_tool.schema.conditions import ALL_TYPES, holds, types_of
from msgspec_tool.schema.facts import canonical, identifier_keys
from msgspec_tool.schema.registry import Schema, bundled, resolve
from msgspec_tool.source.document import Field, Path, Plain

NOWHERE: frozenset[str] = frozenset()
"""The types of a place that no schema knows."""

_TEXT = frozenset({"string"})
_TEXT_OR_LIST = _TEXT | {"array"}
_BESIDE = ("smartlinks", "contactPolicy")
_IN_BLOCKS = frozenset(("appid", "smartlinks"))
"""What may stand in every channel's block, whatever its own schema says."""
_OF_TEXTS = frozenset(("deliverychannel", "expiry"))
"""Fields that a spec may write with members where the API takes a text."""
_WRITTEN = frozenset((str, int))
_MISSING = object()


def message_schemas(path: Path, message: Plain) -> list[Schema]:
    """Every part of the payload schema that speaks at a place of a message object; not to be changed."""
    return _reached(_definition("message"), message, path).schemas


def spec_types_at(path_in_spec: Path, spec_value: Plain) -> frozenset[str]:
    """JSON types that the API takes at a place of a spec; empty for what is the tool's own and for unknown places."""
    special = _special_types(path_in_spec, spec_value)
    return special if special is not None else _in_spec(path_in_spec, spec_value).taken.types


def spec_schemas(path: Path, spec: Plain) -> list[Schema]:
    """Every part of the payload schema that speaks at a place of a spec, which nests channels in its own way; not to be changed."""
    return _in_spec(path, spec).schemas


class Taken(NamedTuple):
    """What the API takes at a place."""

    types: frozenset[str]
    """As :func:`spec_types_at` has them."""
    listed: tuple[str, ...] | None = None
    """The only texts, where the schema lists them; numbers and truth values as they are printed."""


Written = tuple[Field, Taken]
"""A text or an integer of a spec, and what the API takes there."""


def written(field: Field, spec: Plain) -> list[Written]:
    """The texts and integers that a field of a spec is or holds, in written order.

    ``field`` is a member of the spec, of ``channels`` or of ``OTT-Messaging``, or a member of a destination.
    """
    path = field.path
    if path[0] == "destination":
        own, below = _of_recipients(isinstance(spec["destination"], list)).get(path[-1], _NO_RECIPIENTS)
        if field.value.__class__ in _WRITTEN:
            return [(field, own)]
        return [(one, below) for one in field.below() if one.value.__class__ in _WRITTEN]
    found: list[Written] = []
    if path[0] == "channels":
        _add_block(field, spec, found)
    else:
        _add(field, _in_spec(path, spec), found)
    if path[0] in _OF_TEXTS:
        return [(one, Taken(_TEXT) if len(one.path) == 2 else taken) for one, taken in found]
    return found


def _add_block(block: Field, spec: Plain, found: list[Written]) -> None:
    parts = _in_spec(block.path, spec)
    if block.value.__class__ is not dict:
        _add(block, parts, found)
        return
    for name, member in block.items():
        _add(member, _in_spec(member.path, spec) if name in _IN_BLOCKS else parts.member(name, member.value), found)


def _add(field: Field, parts: _Parts, found: list[Written]) -> None:
    kind = field.value.__class__
    if kind in _WRITTEN:
        found.append((field, parts.taken))
    elif kind is dict:
        for name, member in field.items():
            _add(member, parts.member(name, member.value), found)
    elif kind is list:
        for member in field.elements():
            _add(member, parts.member(0, member.value), found)


def _in_spec(path: Path, spec: Plain) -> _Parts:
    if path[:1] != ("channels",):
        return _reached(_top(), spec, path)
    prefix = path[:3] if path[1:2] == ("OTT-Messaging",) else path[:2]
    name = prefix[-1]
    if len(prefix) < 2 or not isinstance(name, str):
        return _NOTHING
    inner, held = path[len(prefix) :], _at(spec, prefix)
    channel = canonical(name)
    if channel is None:
        return _reached(_definition(name), held, inner) if name in _BESIDE else _NOTHING
    if inner[:1] == ("smartlinks",):
        return _reached(_definition("smartlinks"), _at(held, inner[:1]), inner[1:])
    return _appid() if inner == ("appid",) else _reached(_definition(channel), held, inner)


# --- the places of the payload schema, each worked out when data first leads there ------------------------------------------


class _Parts:
    """The parts of the schema that apply to a value, and the places of its members."""

    def __init__(self, schemas: list[Schema]) -> None:
        self.schemas = schemas
        """``[{}]`` where anything goes, ``[]`` where nothing may stand."""
        self.taken = Taken(_types(schemas), _listed(schemas))
        self._names = frozenset(name for schema in schemas for name in schema.get("properties", ()))
        self._places: dict[str | int | type, _Place] = {}
        self._settled: dict[str | int | type, _Parts] = {}

    def member(self, step: str | int, value: Plain) -> _Parts:
        """The parts that apply to a member. All items of a list have one place, and so have all members that no schema names."""
        key = step if step in self._names else step.__class__
        settled = self._settled.get(key)
        if settled is not None:
            return settled
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = _Place(_members(self.schemas, step))
        parts = place.parts(value)
        if place.settled:
            self._settled[key] = parts
        return parts


class _Place:
    """Schemas for a value. Which of their parts apply, the value decides only where one of them has an ``if``."""

    def __init__(self, schemas: list[Schema]) -> None:
        self._schemas = schemas
        self._conditions = [condition for schema in schemas for condition in _conditions(schema)]
        self.settled = not self._conditions
        """Whether what applies is the same for all values."""
        self._known: dict[tuple[bool, ...], _Parts] = {}

    def parts(self, value: Plain) -> _Parts:
        """What applies to a value."""
        if self.settled:
            return self._known.get(()) or self._known.setdefault((), self._applying(value))
        answers = tuple([value is not _MISSING and holds(condition, value) for condition in self._conditions])
        parts = self._known.get(answers)
        if parts is None:
            parts = self._known[answers] = self._applying(value)
        return parts

    def _applying(self, value: Plain) -> _Parts:
        return _Parts([part for schema in self._schemas for part in _applicable(schema, value)])


def _reached(place: _Place, value: Plain, path: Path) -> _Parts:
    parts = place.parts(value)
    for step in path:
        value = _at(value, (step,))
        parts = parts.member(step, value)
    return parts


@cache
def _definition(name: str) -> _Place:
    return _Place([bundled("payload")["$defs"][name]])


@cache
def _top() -> _Place:
    """A spec, as far as it is a message object."""
    return _Place([{"properties": bundled("payload")["$defs"]["message"]["properties"], "additionalProperties": False}])


@cache
def _appid() -> _Parts:
    return _Parts([bundled("payload")["$defs"]["message"]["properties"]["appid"]])


def _conditions(schema: Schema) -> Iterator[Schema]:
    """Whatever a value is asked before it is known what applies to it."""
    if "if" in schema:
        yield schema["if"]
    branches = [schema[name] for name in ("then", "else") if isinstance(schema.get(name), dict)]
    for part in (*branches, *_same_value(schema)):
        yield from _conditions(part)


def _same_value(schema: Schema) -> Iterator[Schema]:
    """The schemas besides that speak of the same value."""
    if "$ref" in schema:
        yield resolve(bundled("payload"), schema["$ref"])
    yield from schema.get("allOf", ())


def _applicable(schema: Schema, value: Plain) -> Iterator[Schema]:
    yield schema
    for part in _same_value(schema):
        yield from _applicable(part, value)
    if "if" in schema:
        branch = schema.get("then" if value is not _MISSING and holds(schema["if"], value) else "else")
        if isinstance(branch, dict):
            yield from _applicable(branch, value)


def _members(schemas: list[Schema], step: str | int) -> list[Schema]:
    keyword = "items" if isinstance(step, int) else "properties"
    found = [part for schema in schemas if (part := _member(schema, keyword, step)) is not None]
    if found:
        return found
    closed = any(schema.get("additionalProperties") is False or types_of(schema).isdisjoint({"object", "array"}) for schema in schemas)
    return [] if closed or not schemas else [{}]


def _member(schema: Schema, keyword: str, step: str | int) -> Schema | None:
    part: Any = schema.get(keyword)
    if keyword == "properties":
        part = (part or {}).get(step)
    return part if isinstance(part, dict) else None


def _listed(schemas: list[Schema]) -> tuple[str, ...] | None:
    for schema in schemas:
        listed = schema.get("enum")
        if isinstance(listed, list) and all(isinstance(one, (str, int)) for one in listed):
            return tuple(dict.fromkeys(str(one).lower() if isinstance(one, bool) else str(one) for one in listed))
    return None


def _types(schemas: list[Schema]) -> frozenset[str]:
    if not schemas:
        return NOWHERE
    types = ALL_TYPES
    for schema in schemas:
        types &= types_of(schema)
    return types


_NOTHING = _Parts([])


def _special_types(path: Path, spec: Plain) -> frozenset[str] | None:
    """Fields that a spec writes in a form of its own."""
    if not path:
        return frozenset({"object"})
    head = path[0]
    if head == "destination":
        return _destination_types(path, isinstance(_at(spec, ("destination",)), list))
    if head in _OF_TEXTS and len(path) == 2:
        return _TEXT
    if head == "channels" and len(path) == 1:
        return frozenset({"object"})
    return None


def _destination_types(path: Path, is_list: bool) -> frozenset[str]:
    depth = 2 if is_list else 1
    if len(path) <= depth:
        return frozenset({"object"}) if len(path) > 1 else frozenset({"array", "object"})
    own, below = _of_recipients(is_list).get(path[depth], _NO_RECIPIENTS)
    return (own if len(path) == depth + 1 else below).types


_NO_RECIPIENTS = (Taken(NOWHERE), Taken(NOWHERE))


@cache
def _of_recipients(is_list: bool) -> dict[str | int, tuple[Taken, Taken]]:
    """What is taken for a member of a destination, and for what that holds."""
    text, anything = Taken(_TEXT), Taken(ALL_TYPES)
    addresses = (Taken(_TEXT_OR_LIST) if is_list else text, text)
    return {**dict.fromkeys(identifier_keys(), addresses), "correlationid": (text, text), "with": (anything, anything)}


def _at(value: Plain, path: Path) -> Plain:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return _MISSING
    return value
