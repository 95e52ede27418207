"""Which schema speaks at a place: walked with the data, so that only the branch that the data chooses is seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec_tool.schema.conditions import ALL_TYPES, holds, types_of
from msgspec_tool.schema.facts import canonical, identifier_keys
from msgspec_tool.schema.registry import Schema, bundled, resolve
from msgspec_tool.source.document import Path, Plain

NOWHERE: frozenset[str] = frozenset()
"""The types of a place that no schema knows."""

_TEXT = frozenset({"string"})
_BESIDE = ("smartlinks", "contactPolicy")
_MISSING = object()


def types_at(path_in_body: Path, value: Plain) -> frozenset[str]:
    """JSON types that the payload schema takes at a place of the message object ``value``; empty where it knows no such place."""
    return _types(message_schemas(path_in_body, value))


def message_schemas(path: Path, message: Plain) -> list[Schema]:
    """Every part of the payload schema that speaks at a place of a message object."""
    document = bundled("payload")
    return schemas_at(document, document["$defs"]["message"], message, path)


def spec_types_at(path_in_spec: Path, spec_value: Plain) -> frozenset[str]:
    """JSON types that the API takes at a place of a spec; empty for what is the tool's own and for unknown places."""
    special = _special_types(path_in_spec, spec_value)
    return special if special is not None else _types(spec_schemas(path_in_spec, spec_value))


def spec_schemas(path: Path, spec: Plain) -> list[Schema]:
    """Every part of the payload schema that speaks at a place of a spec, which nests channels in its own way."""
    document = bundled("payload")
    if path[:1] != ("channels",):
        properties = document["$defs"]["message"]["properties"]
        return schemas_at(document, {"properties": properties, "additionalProperties": False}, spec, path)
    prefix = path[:3] if path[1:2] == ("OTT-Messaging",) else path[:2]
    if len(prefix) < 2 or not isinstance(prefix[-1], str):
        return []
    inner, held = path[len(prefix) :], _at(spec, prefix)
    channel = canonical(prefix[-1])
    if channel is None:
        return schemas_at(document, document["$defs"][prefix[-1]], held, inner) if prefix[-1] in _BESIDE else []
    if inner[:1] == ("smartlinks",):
        return schemas_at(document, document["$defs"]["smartlinks"], _at(held, inner[:1]), inner[1:])
    if inner == ("appid",):
        return [document["$defs"]["message"]["properties"]["appid"]]
    return schemas_at(document, document["$defs"][channel], held, inner)


def schemas_at(document: Schema, schema: Schema, value: Plain, path: Path) -> list[Schema]:
    """The parts of ``schema`` that apply at ``path`` of ``value``; ``[{}]`` where anything goes, ``[]`` where nothing may stand."""
    current = list(_applicable(document, schema, value))
    for step in path:
        members = _members(current, step)
        value = _at(value, (step,))
        current = [part for member in members for part in _applicable(document, member, value)]
    return current


def _applicable(document: Schema, schema: Schema, value: Plain) -> Iterator[Schema]:
    yield schema
    if "$ref" in schema:
        yield from _applicable(document, resolve(document, schema["$ref"]), value)
    for part in schema.get("allOf", ()):
        yield from _applicable(document, part, value)
    if "if" in schema:
        branch = schema.get("then" if value is not _MISSING and holds(schema["if"], value) else "else")
        if isinstance(branch, dict):
            yield from _applicable(document, branch, value)


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


def _types(schemas: list[Schema]) -> frozenset[str]:
    if not schemas:
        return NOWHERE
    types = ALL_TYPES
    for schema in schemas:
        types &= types_of(schema)
    return types


def _special_types(path: Path, spec: Plain) -> frozenset[str] | None:
    """Fields that a spec writes in a form of its own."""
    if not path:
        return frozenset({"object"})
    head = path[0]
    if head == "destination":
        return _destination_types(path, isinstance(_at(spec, ("destination",)), list))
    if head in ("deliverychannel", "expiry") and len(path) == 2:
        return _TEXT
    if head == "channels" and len(path) == 1:
        return frozenset({"object"})
    return None


def _destination_types(path: Path, is_list: bool) -> frozenset[str]:
    inner = path[2:] if is_list else path[1:]
    if not inner:
        return frozenset({"object"}) if len(path) > 1 else frozenset({"array", "object"})
    if inner[0] in identifier_keys():
        return _TEXT | {"array"} if is_list and len(inner) == 1 else _TEXT
    if inner[0] == "correlationid":
        return _TEXT
    return ALL_TYPES if inner[0] == "with" else NOWHERE


def _at(value: Plain, path: Path) -> Plain:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return _MISSING
    return value
