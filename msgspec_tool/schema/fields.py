"""Which JSON types the API takes at a place: decides what a lone ``{{ expression }}`` keeps and what YAML coerced."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec_tool.channels.layout import ALL_IDENTIFIERS, BLOCK_PATHS, canonical
from msgspec_tool.schema.registry import MESSAGE, resolve
from msgspec_tool.source.document import Path

ANY = frozenset({"string", "integer", "number", "boolean", "array", "object", "null"})
"""Places whose type the API leaves open, such as an app's own tags."""

_TEXT = frozenset({"string"})
_Place = tuple[dict[str, Any], str]


def types_at(path: Path) -> frozenset[str]:
    """JSON types at a place of a message object of a request body; empty where the API has no such place."""
    return _types(tuple(0 if isinstance(part, int) else part for part in path))


def spec_types_at(path: Path) -> frozenset[str]:
    """The same for a place of a spec. Only places of API fields have types; the tool's own keys have none."""
    if not path:
        return frozenset()
    head, *rest = path
    if head == "destination":
        return _destination_types(tuple(part for part in rest if isinstance(part, str)))
    if head == "deliverychannel" or (head == "expiry" and not rest):
        return _TEXT
    if head == "priority":
        return _TEXT
    if head == "channels" and rest:
        return _block_types(str(rest[0]), tuple(rest[1:]))
    return types_at(path) if head in _API_KEYS else frozenset()


_API_KEYS = frozenset(
    {"appid", "message", "route", "correlationid", "notifyurl", "notifyurlAuthId", "callbackData", "options", "contactPolicy"}
)


def _destination_types(keys: tuple[str, ...]) -> frozenset[str]:
    if keys and keys[0] == "with":
        return ANY if len(keys) > 1 else frozenset({"object"})
    return _TEXT if keys and keys[0] in (*ALL_IDENTIFIERS, "wechatid", "correlationid") else frozenset()


def _block_types(name: str, rest: Path) -> frozenset[str]:
    if name == "smartlinks":
        return types_at(("channels", "smartlinks", *rest))
    channel = canonical(name)
    if channel is None:
        return frozenset()
    if rest and rest[0] == "appid":
        return _TEXT
    if rest and rest[0] == "smartlinks":
        return types_at(("channels", *rest))
    return _types((*BLOCK_PATHS[channel], *(0 if isinstance(part, int) else part for part in rest)))


@cache
def _types(path: Path) -> frozenset[str]:
    places: list[_Place] = list(_expanded(*resolve(MESSAGE, "")))
    for part in path:
        places = [expanded for place in places for step in _steps(place, part) for expanded in _expanded(*step)]
    found: set[str] = set()
    for schema, _file in places:
        found.update(_own_types(schema))
    if places and not found:
        return ANY
    return frozenset(found)


def _expanded(schema: dict[str, Any], file: str) -> Iterator[_Place]:
    """A schema and all that is laid over it: whichever branch the data takes, a place has the same types in all of them."""
    if "$ref" in schema:
        yield from _expanded(*resolve(schema["$ref"], file))
    yield schema, file
    for keyword in ("then", "else"):
        if keyword in schema:
            yield from _expanded(schema[keyword], file)
    for member in schema.get("allOf", ()):
        yield from _expanded(member, file)


def _steps(place: _Place, part: str | int) -> Iterator[_Place]:
    schema, file = place
    if isinstance(part, int):
        if "items" in schema:
            yield schema["items"], file
        return
    properties = schema.get("properties", {})
    if part in properties:
        yield properties[part], file
    elif isinstance(schema.get("additionalProperties"), dict):
        yield schema["additionalProperties"], file
    elif schema.get("type") == "object" and "properties" not in schema:
        yield {}, file  # an open object: anything may stand below


def _own_types(schema: dict[str, Any]) -> set[str]:
    declared = schema.get("type")
    if declared is not None:
        return {declared} if isinstance(declared, str) else set(declared)
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return {_NAMES[type(value)] for value in values}


_NAMES = {str: "string", int: "integer", bool: "boolean", float: "number", type(None): "null"}
