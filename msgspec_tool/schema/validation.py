"""Documents against their schemas: a fast yes, and only where that is not given, the validator whose errors become words.

The fast validators are modules that fastjsonschema generated (:mod:`.generation`), committed and compared by a test.
Measured over the sample bodies of the API's facts (Python 3.11): jsonschema 771 us a message and an import of 80 to
130 ms; the generated module 74 us; jsonschema-rs 3.8 us and an import of 54 ms. The generated module needs no further
dependency and is a hundredth of the time that a message takes elsewhere.

A fast *yes* is believed. That is sound for our schemas because they keep to what draft 7 and 2020-12 share, write patterns
with explicit ASCII classes only, and use neither ``format`` nor ``uniqueItems``. A fast *no* is only a reason to ask
jsonschema, whose answer decides.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec_tool.model import ShapeProblem
from msgspec_tool.schema.registry import bundled, locations
from msgspec_tool.source.document import Field, Plain

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator


def validate_spec_document(root: Field) -> tuple[ShapeProblem, ...]:
    """What a spec's shape has against the spec schema."""
    return _problems("spec", root)


def validate_payload(document_root: Field) -> tuple[ShapeProblem, ...]:
    """What a request body (object or array) has against the payload schema."""
    return _problems("payload", document_root)


def validate_config(root: Field) -> tuple[ShapeProblem, ...]:
    """What a project file has against its schema."""
    return _problems("config", root)


def is_valid_payload(body: Plain) -> bool:
    """Whether :func:`validate_payload` would have nothing to say of this plain body."""
    return _surely_valid("payload", body) or bool(_validator("payload").is_valid(body))


def _problems(name: str, root: Field) -> tuple[ShapeProblem, ...]:
    if _surely_valid(name, root.value):
        return ()
    from msgspec_tool.schema.problems import shape_problems

    return shape_problems(root, _validator(name).iter_errors(root.value), _places(name))


def _surely_valid(name: str, value: Plain) -> bool:
    generated: Any = import_module(f"msgspec_tool.schema._generated.{name}")
    try:
        generated.validate(value)
    except generated.JsonSchemaException:
        return False
    return True


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(bundled(name))


@cache
def _places(name: str) -> dict[str, tuple[str, ...]]:
    return dict(locations(bundled(name)))
