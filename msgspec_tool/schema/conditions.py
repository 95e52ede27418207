"""Whether an ``if`` of our own schemas holds: the few keywords that they use there, without importing a validator."""

from __future__ import annotations

import re
from typing import Any

from msgspec_tool.schema.registry import Schema
from msgspec_tool.source.document import Plain

ALL_TYPES = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})

_ALONE = {name: frozenset((name, "integer") if name == "number" else (name,)) for name in ALL_TYPES}


def json_type(value: Plain) -> str:
    """The JSON type of plain data; a whole float is a ``number``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def types_of(schema: Schema) -> frozenset[str]:
    """What ``type`` allows; everything where it is not said."""
    declared = schema.get("type")
    if declared is None:
        return ALL_TYPES
    if isinstance(declared, str):
        return _ALONE[declared]
    types = frozenset(declared)
    return types | {"integer"} if "number" in types else types


def holds(condition: Schema, value: Plain) -> bool:
    """Whether a value meets a condition."""
    return (
        json_type(value) in types_of(condition) and _scalar(condition, value) and _object(condition, value) and _combined(condition, value)
    )


def _scalar(condition: Schema, value: Plain) -> bool:
    if "const" in condition and not _same(condition["const"], value):
        return False
    if "enum" in condition and not any(_same(option, value) for option in condition["enum"]):
        return False
    if not isinstance(value, str):
        return True
    return len(value) >= condition.get("minLength", 0) and (
        "pattern" not in condition or re.search(condition["pattern"], value) is not None
    )


def _object(condition: Schema, value: Plain) -> bool:
    if not isinstance(value, dict):
        return True
    for name in condition.get("required", ()):
        if name not in value:
            return False
    properties: dict[str, Any] = condition.get("properties", {})
    for name, member in properties.items():  # noqa: SIM110 - this is asked for every field of a spec
        if name in value and not holds(member, value[name]):
            return False
    return True


def _combined(condition: Schema, value: Plain) -> bool:
    if "not" in condition and holds(condition["not"], value):
        return False
    return "anyOf" not in condition or any(holds(option, value) for option in condition["anyOf"])


def _same(option: Plain, value: Plain) -> bool:
    return bool(option == value) and isinstance(option, bool) == isinstance(value, bool)
