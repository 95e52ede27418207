"""Claim: what a spec says that no other file of the run may say too."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.model import Claim, ClaimKind, ShapedSpec
from msgspec_tool.source.document import Field

_SHORTEST_PREFIX = 2
"""Characters of a prefix that says whose an id is; one alone is a separator or an accident."""


def claims(spec: ShapedSpec) -> tuple[Claim, ...]:
    """The claims of a spec, in written order."""
    return tuple(_claims(spec))


def _claims(spec: ShapedSpec) -> Iterator[Claim]:
    name = spec.root.get("name")
    if name is not None and isinstance(name.value, str) and name.value:
        yield _claim(ClaimKind.NAME, name, name.value)
    for field in _correlation_ids(spec):
        text = field.value
        if not isinstance(text, str) or not text:
            continue
        if not field.templated:
            yield _claim(ClaimKind.CORRELATION_ID, field, text)
            continue
        prefix = text[: min(at for at in (text.find(mark) for mark in ("{{", "{%", "{#")) if at >= 0)]
        if len(prefix) >= _SHORTEST_PREFIX:
            yield _claim(ClaimKind.CORRELATION_PREFIX, field, prefix)


def _correlation_ids(spec: ShapedSpec) -> Iterator[Field]:
    destination = spec.destination
    holders = [spec.root, *((destination, *destination.elements()) if destination is not None else ())]
    return (field for holder in holders if (field := holder.get("correlationid")) is not None)


def _claim(kind: ClaimKind, field: Field, text: str) -> Claim:
    span = field.text_span(0, len(text)) if kind is ClaimKind.CORRELATION_PREFIX else field.span
    return Claim(kind, text, field.file, span, field.path)
