"""Old spellings that the schemas still accept: marked ``deprecated`` there, with the right name in ``x-instead``."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.schema.fields import message_schemas, spec_schemas
from msgspec_tool.schema.registry import Schema
from msgspec_tool.source.document import Field, Path

_OWN = frozenset(("variables", "samples", "tests"))
"""Keys of a spec below which the API's schema says nothing."""


def deprecated_fields(root: Field) -> Iterator[tuple[Field, str | None, str]]:
    """Every deprecated field of a spec or message object: (field, its right name, the schema's description)."""
    from msgspec_tool.schema._generated.payload_document import DEPRECATED

    depth = len(root.path)
    members = [member for name, member in root.items() if not (root.document.templated and name in _OWN)]
    for field in [field for member in members for field in member.walk()]:
        if field.path[-1] in DEPRECATED:
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
