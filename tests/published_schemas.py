"""What the program prints, compared with the schemas that are published for it."""

from __future__ import annotations

from functools import cache

from jsonschema import Draft202012Validator

from msgspec_tool.schema.registry import bundled
from msgspec_tool.source.document import Plain


def validate_report(value: Plain, name: str = "report") -> tuple[str, ...]:
    """What a JSON document has against its published schema (``report``, ``test``, ``diff`` …), as sentences of the validator."""
    return tuple(error.message for error in _validator(name).iter_errors(value))


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(bundled(name))
