"""Old spellings that the schemas still accept: marked ``deprecated`` there, with the right name in ``x-instead``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec_tool.schema.fields import message_schemas, spec_schemas
from msgspec_tool.schema.registry import Schema, bundled
from msgspec_tool.source.document import Field, Path


@cache
def _names() -> frozenset[str]:
    """Keys that are deprecated somewhere, so that few places need a closer look."""
    found: set[str] = set()
    queue: list[object] = [bundled("payload")]
    while queue:
        part = queue.pop()
        if isinstance(part, dict):
            members = part.get("properties")
            found.update(name for name, member in members.items() if "deprecated" in member) if isinstance(members, dict) else None
            queue.extend(part.values())
        elif isinstance(part, list):
            queue.extend(part)
    return frozenset(found)


def deprecated_fields(root: Field) -> Iterator[tuple[Field, str | None, str]]:
    """Every deprecated field of a spec or message object: (field, its right name, the schema's description)."""
    depth = len(root.path)
    for field in root.walk():
        if field.path and field.path[-1] in _names():
            for schema in _speaking(root, field.path[depth:]):
                if "deprecated" in schema:
                    yield field, schema.get("x-instead"), schema.get("description", "")
                    break


def _speaking(root: Field, path: Path) -> list[Schema]:
    if not root.document.templated:
        return message_schemas(path, root.value)
    if path[:1] == ("destination",):
        inner = path[-1:] if len(path) == (3 if isinstance(path[1], int) else 2) else ()
        return message_schemas(("destination", 0, *inner), {"destination": [{}]}) if inner else []
    return spec_schemas(path, root.value)
