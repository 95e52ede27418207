"""``why``: which source printed a character of a message, and whose data brought it.

The message is rendered through the stages of a render, with templates that keep what printed their texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from msgspec_tool.channels.layout import canonical
from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.errors import ExitCode, UsageError
from msgspec_tool.model import AnalysedSpec, Refusal
from msgspec_tool.origins import Origin
from msgspec_tool.pipeline import render_recipient, sound_spec
from msgspec_tool.provenance.data_sources import DataSources
from msgspec_tool.provenance.payload_pointer import MessageObject, pointed
from msgspec_tool.provenance.tracing import Tracer
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.recipients.rows import BadRow, Row
from msgspec_tool.rendering.options import RenderOptions, choose_environment, chosen_samples, open_source
from msgspec_tool.rendering.render_stages import RenderStages, render_stages
from msgspec_tool.source.document import Plain
from msgspec_tool.stages.bind import Pending
from msgspec_tool.stages.pack import pack


@dataclass(frozen=True)
class Answer:
    """What became of a question: the origin of a value; findings that forbid the render; why there is no message, or it is refused."""

    origin: Origin | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    refusal: Refusal | None = None

    @property
    def exit_code(self) -> ExitCode:
        """1 where the spec has errors or the message can't be sent, else 0."""
        return ExitCode.FINDINGS if self.diagnostics or self.refusal else ExitCode.CLEAN


def why(path: Path, asked: str, options: RenderOptions, row: int | None = None) -> Answer:
    """Where the value comes from that ``asked`` points at, or its character at the offset behind it.

    Of ``options`` at most one sample counts; ``row`` is the number of a row, or of a destination of an inline list. Without
    either it is the first sample, without samples the first recipient. ``UsageError`` for a value, an offset, a sample or
    a row that is not there.
    """
    sound = sound_spec(path, options)
    if sound.spec is None:
        return Answer(diagnostics=sound.errors)
    chosen = _with_sample(sound.spec, replace(options, trace=True, keep_going=True), row)
    environment = choose_environment(sound.spec, chosen)
    file = open_source(sound.spec, chosen, path.parent)
    stages = render_stages(sound.spec, sound.data, chosen, environment, file, path.parent)
    pending, sources = _recipient(stages, sound.spec, chosen, file, row or 1)
    sources = replace(sources, environment=environment.name if environment else None, values=environment.values if environment else {})
    result = render_recipient(stages, pending)
    if not result.messages:
        if result.refusal is None:
            raise UsageError(f"{sources.words} gives no message on '{chosen.channels[0]}'", help="leave --channel out")
        return Answer(refusal=result.refusal)
    requests = pack(result.messages, max_addresses=stages.max_addresses, bulk=stages.bulk)
    found = pointed(asked, [one for request in requests for one in _objects(request.body)])
    return Answer(Tracer(sound.spec, sources, chosen.now).origin(found), refusal=result.refusal)


def _with_sample(spec: AnalysedSpec, options: RenderOptions, row: int | None) -> RenderOptions:
    if options.samples and row is not None:
        raise UsageError("--sample and --row exclude each other")
    samples = spec.shaped.root.get("samples")
    if options.samples or row is not None or options.recipients is not None or samples is None or not samples.value:
        return options
    return replace(options, samples=(next(iter(samples.items()))[0],))


def _objects(body: Plain) -> Iterator[MessageObject]:
    for one in body if isinstance(body, list) else (body,):
        yield MessageObject(canonical(one["deliverychannel"]) or "", one)


# --- whose message ------------------------------------------------------------------------------------------------------


def _recipient(
    stages: RenderStages, spec: AnalysedSpec, options: RenderOptions, file: RecipientsFile | None, number: int
) -> tuple[Pending, DataSources]:
    """The recipient that was asked for, and where its data stands."""
    if options.samples:
        (name,) = chosen_samples(spec, options)
        sample = spec.shaped.root.find("samples", name)
        holder = sample.get("recipient") if sample is not None else None
        return next(stages.binder.samples((name,))), DataSources(spec, "sample", f"sample '{name}'", sample, holder)
    if file is not None:
        row = _row(file, number, options.block_bytes)
        words = f"row {number} of {file.path}" + (f" (line {row.line})" if row.line else "")
        values = row.values if isinstance(row, Row) else {}
        # an empty cell is a value only where values have types of their own
        known = Row(row.number, row.line, {name: value for name, value in values.items() if value != "" or file.kind != "csv"})
        return next(stages.binder.rows((row,))), DataSources(spec, "row", words, holder=spec.shaped.destination, row=known)
    found = next(islice(stages.binder.inline(), number - 1, None), None)
    if found is None:
        raise UsageError(f"there is no destination {number}", help="destinations are counted from 1")
    holder = spec.shaped.root.find("destination", number - 1)
    given = holder.get("with") if holder is not None else None
    return found, DataSources(spec, "destination", f"destination {number}", given, holder)


def _row(file: RecipientsFile, number: int, block_bytes: int) -> Row | BadRow:
    block = None
    for found in file.blocks(block_bytes):
        if found.first_row > number:
            break
        block = found
    rows = file.rows(block) if block is not None else iter(())
    row = next((row for row in rows if row.number == number), None)
    if row is None:
        raise UsageError(
            f"'{file.path}' has no row {number}", help="rows are counted from 1 behind the header; a blank line has a number, but is no row"
        )
    return row
