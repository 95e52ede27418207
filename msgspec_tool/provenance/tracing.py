"""From what a traced render says of a value to places in files, and to the data that brought it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from msgspec_tool.channels.gsm7 import first_non_gsm7
from msgspec_tool.errors import UsageError
from msgspec_tool.model import AnalysedSpec
from msgspec_tool.origins import Datum, Made, Origin, Print, Written
from msgspec_tool.provenance.data_sources import DataSources, in_words
from msgspec_tool.provenance.message_places import written, written_field
from msgspec_tool.provenance.payload_pointer import Pointed
from msgspec_tool.source.document import Field, Path, Plain, at, pointer
from msgspec_tool.templates.running.trace import Run, TracedText, lone_run
from msgspec_tool.variables.timestamps import format_timestamp


@dataclass(frozen=True)
class Tracer:
    """Tells where values of one recipient's messages come from. ``now`` is the clock of the run."""

    spec: AnalysedSpec
    sources: DataSources
    now: datetime

    def origin(self, found: Pointed) -> Origin:
        """The origin of a value, or of the character that was asked for; ``UsageError`` where there is no such character."""
        value = found.value
        length = len(value) if isinstance(value, str) else None
        origin = Origin(pointer(found.path), found.message.channel, self.sources.words, length)
        if found.offset is not None:
            _refuse_offset(origin, found.offset)
            origin = replace(origin, offset=found.offset, character=str.__str__(value[found.offset]))
        field = self._field(found)
        made = None if isinstance(value, TracedText) else self._made(found, field)
        if made is not None or field is None:
            return replace(origin, made=made)
        return replace(origin, prints=tuple(self._prints(value, field, found.offset)))

    # --- what is printed or written -------------------------------------------------------------------------------------

    def _field(self, found: Pointed) -> Field | None:
        """The field of the spec that gives a value; None where no field does."""
        if isinstance(found.value, TracedText):
            return self.spec.shaped.root.find(*found.value.field or ())
        return written_field(self.spec.shaped, found.message.channel, found.message.body, found.path, self.sources.holder)

    def _prints(self, value: Plain, field: Field, offset: int | None) -> Iterator[Print]:
        text = str.__str__(value) if isinstance(value, str) else json.dumps(value)
        template = self.spec.templates.get(field.path)
        if isinstance(value, TracedText):
            runs = value.runs
        elif template is not None and template.tree is not None:
            runs = (lone_run(template, len(text)),)
        else:
            yield Print(0, text, Written(field.file, field.span))
            return
        if not runs:
            yield Print(0, "", Written(field.file, field.span))
        start = 0
        for run in runs:
            if offset is None or start <= offset < start + run.length:
                place = run.place if offset is None else run.character(offset - start)
                yield self._print(Print(start, text[start : start + run.length], written(place, field)), run, field)
            start += run.length

    def _print(self, made: Print, run: Run, field: Field) -> Print:
        callers = tuple(written(place, field) for place in run.callers)
        if run.literal:
            return replace(made, callers=callers)
        source = run.place.file.text if run.place.file else self.spec.templates[field.path].source
        reads = tuple(".".join(name) for name in run.reads)
        return replace(made, tag=source[run.place.start : run.place.end], reads=reads, data=self._data(run.brought_by), callers=callers)

    def _data(self, names: Iterable[tuple[str, ...]]) -> tuple[Datum, ...]:
        """The data of names; members of one variable came together."""
        return tuple({datum.name: datum for datum in map(self.sources.datum, names)}.values())

    # --- what the program makes -----------------------------------------------------------------------------------------

    def _made(self, found: Pointed, field: Field | None) -> Made | None:
        """How the program made a value that stands nowhere as it is; None for what is written."""
        if field is None:
            return Made(_chosen_type(found) if found.path == _SMS_TYPE else "a fictional address, because the sample names no recipient")
        make = _MAKERS.get(found.path)
        return Made(make(self, found, field), Written(field.file, field.span)) if make is not None else None

    def _channel(self, found: Pointed, _field: Field) -> str:
        called = "" if found.value == found.message.channel else f", which the environment calls '{found.value}'"
        return f"the channel '{found.message.channel}' of this message{called}"

    def _expiry(self, _found: Pointed, field: Field) -> str:
        if isinstance(field.value, dict):
            return f"{in_words(field.value.get('after'))} after the clock of the run, {format_timestamp(self.now)}"
        return "the time that the spec gives, in UTC"

    def _priority(self, _found: Pointed, field: Field) -> str:
        return f"the API's number for {in_words(field.value)}"


_SMS_TYPE: Path = ("channels", "sms", "type")
_MAKERS: dict[Path, Callable[[Tracer, Pointed, Field], str]] = {
    ("deliverychannel",): Tracer._channel,
    ("expiry",): Tracer._expiry,
    ("priority",): Tracer._priority,
}


def _chosen_type(found: Pointed) -> str:
    text = at(found.message.body, ("channels", "sms", "text"))
    offset = first_non_gsm7(text) or 0
    return f"Unicode, because GSM-7 lacks {in_words(text[offset])}, the character /channels/sms/text[{offset}]"


def _refuse_offset(origin: Origin, offset: int) -> None:
    if origin.length is None:
        raise UsageError(f"'{origin.pointer}' is no text, so it has no character {offset}", help="leave the offset out")
    if offset >= origin.length:
        last = f"the last one is [{origin.length - 1}]" if origin.length else "it is empty"
        raise UsageError(f"'{origin.pointer}' has {origin.length} characters, so there is no [{offset}]", help=last)
