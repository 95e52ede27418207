"""The schemas as one set: references between files resolve here, without files or network."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec_tool.model import CHANNELS
from msgspec_tool.resources import schema as load

BASE = "https://msgspec.invalid/v1/"
"""What the relative names, by which schemas refer to one another, are relative to. Never fetched."""

PAYLOAD = "payload.schema.json"
MESSAGE = "payload.schema.json#/$defs/message"
SPEC = "spec.schema.json"
CONFIG = "config.schema.json"
REPORT = "report.schema.json"

_FILES = (PAYLOAD, SPEC, CONFIG, REPORT, *(f"channels/{name}.schema.json" for name in ("notification", *CHANNELS)))


def resources() -> list[tuple[str, dict[str, Any]]]:
    """Every schema under the address by which the others refer to it."""
    return [(BASE + name, load(name)) for name in _FILES]


@cache
def _parts(reference: str) -> tuple[str, tuple[str, ...]]:
    file, _, fragment = reference.partition("#")
    return file, tuple(part.replace("~1", "/").replace("~0", "~") for part in fragment.split("/")[1:])


def resolve(reference: str, file: str) -> tuple[dict[str, Any], str]:
    """The schema that a ``$ref`` in ``file`` names, and the file it stands in."""
    target, path = _parts(reference)
    if target:
        folder = file.rpartition("/")[0]
        file = f"{folder}/{target}" if folder else target
    found = load(file)
    for part in path:
        found = found[part]
    return found, file
