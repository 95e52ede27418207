"""The schemas of version 1 as self-contained documents: every ``$ref`` to another file is brought inside.

An editor, ``schema payload`` and both validators then need one document and no resolver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec_tool import resources

Schema = dict[str, Any]

NAMES = ("spec", "payload", "config", "report", "test", "baseline", "submit", "diff")
"""The documents that :func:`bundled` knows."""


@cache
def bundled(name: str) -> Schema:
    """One of the schemas :data:`NAMES` with all its parts under its own ``$defs``; not to be changed."""
    if name == "payload":
        # lint asks it in every run: it is kept as it was put together
        from msgspec_tool.schema._generated.payload_document import DOCUMENT

        return DOCUMENT
    return assembled(name)


def assembled(name: str) -> Schema:
    """:func:`bundled`, put together from the files of the schemas."""
    start = f"{name}.schema.json"
    root = {key: part for key, part in resources.schema(start).items() if key != "$defs"}
    parts: Schema = {}
    bundle: Schema = _localised(root, start, parts)
    while missing := [target for target, part in parts.items() if part is None]:
        for target in missing:
            file, _, inner = target.partition("#")
            parts[target] = _localised(_part(file, inner), file, parts)
    if parts:
        bundle["$defs"] = {_key(target): part for target, part in parts.items()}
    return bundle


def resolve(document: Schema, reference: str) -> Schema:
    """The part that a ``#/$defs/…`` reference of a bundled document names."""
    found: Schema = document["$defs"][reference.rpartition("/")[2]]
    return found


def _part(file: str, inner: str) -> Schema:
    document = resources.schema(file)
    if inner:
        found: Schema = document["$defs"][inner.rpartition("/")[2]]
        return found
    return {key: part for key, part in document.items() if key not in ("$schema", "$defs", "title")}


def _key(target: str) -> str:
    """``channels/push.schema.json#/$defs/x`` becomes ``push.x``; shared parts and those of the document itself keep their names."""
    file, _, inner = target.partition("#")
    stem = file.rpartition("/")[2].removesuffix(".schema.json")
    name = inner.rpartition("/")[2]
    if not file.startswith("channels/"):
        return name
    return f"{stem}.{name}" if name else stem


def _localised(part: Any, file: str, parts: Schema) -> Any:
    if isinstance(part, list):
        return [_localised(item, file, parts) for item in part]
    if not isinstance(part, dict):
        return part
    copy = {key: _localised(item, file, parts) for key, item in part.items() if key != "$ref"}
    if isinstance(part.get("$ref"), str):
        target = _absolute(part["$ref"], file)
        parts.setdefault(target, None)
        copy["$ref"] = f"#/$defs/{_key(target)}"
    return copy


def _absolute(reference: str, file: str) -> str:
    path, _, inner = reference.partition("#")
    if not path:
        path = file
    elif path.startswith("../"):
        path = path[3:]
    return f"{path}#{inner}"


def locations(document: Schema) -> Mapping[str, tuple[str, ...]]:
    """Every property name of a bundled document and where it is valid, as dotted paths (``channels.sms``; ``""`` is the top)."""
    found: dict[str, list[str]] = {}
    for name, place in _places(document, document, (), frozenset()):
        known = found.setdefault(name, [])
        if place not in known:
            known.append(place)
    return {name: tuple(sorted(places, key=lambda place: (place.count("."), place))) for name, places in found.items()}


def _places(document: Schema, schema: Any, path: tuple[str, ...], seen: frozenset[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(schema, dict):
        return
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference not in seen:
        yield from _places(document, resolve(document, reference), path, seen | {reference})
    for name, member in schema.get("properties", {}).items():
        if not (isinstance(member, dict) and "deprecated" in member):
            yield name, ".".join(path)
        yield from _places(document, member, (*path, name), seen)
    for keyword in ("items", "then", "else", "additionalProperties"):
        yield from _places(document, schema.get(keyword), path, seen)
    for member in schema.get("allOf", ()):
        yield from _places(document, member, path, seen)
