"""Places of a message's values in the files of its spec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec_tool.channels.layout import canonical
from msgspec_tool.model import ShapedSpec
from msgspec_tool.origins import Written
from msgspec_tool.source.document import Field, Path, Plain, at
from msgspec_tool.source.text import Span
from msgspec_tool.stages.render import message_parts

if TYPE_CHECKING:
    from msgspec_tool.templates.running.trace import Place


def written_field(spec: ShapedSpec, channel: str, body: Mapping[str, Plain], path: Path, holder: Field | None) -> Field | None:
    """The field of the spec that gives the value at a path of a message object; None where no field does.

    ``holder`` is where the recipient's address is written.
    """
    if path[:1] == ("destination",):
        return holder.get(path[2]) if holder is not None and len(path) > 2 else holder
    if path[:1] == ("deliverychannel",):
        named = spec.root.get("deliverychannel")
        listed = (one for one in (named.elements() if named is not None else ()) if canonical(str(one.value)) == channel)
        return next(listed, named)
    form = next(form for form in spec.messages if form.channel == channel)
    for part in message_parts(form, channel):
        if path[: len(part.target)] == part.target:
            return _below(part.source, at(body, part.target), path[len(part.target) :])
    return None


def _below(field: Field, value: Plain, rest: Path) -> Field:
    """The field of a part of a value, as far as fields go: what is below a template has none of its own."""
    for part in rest:
        moved = isinstance(field.value, list) and len(field.value) != len(value)
        inner = None if moved else field.get(part)
        if inner is None:
            break
        field, value = inner, value[part]
    return field


def written(place: Place, field: Field) -> Written:
    """A place of a trace as characters of a file; ``field`` is the one whose template was rendered."""
    if place.file is not None:
        return Written(place.file, Span(place.start, place.end))
    return Written(field.file, field.text_span(place.start, place.end))
