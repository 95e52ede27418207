"""The order of the stages of a render, and nothing else.

What lint does (:mod:`msgspec_tool.lint_pipeline`), then bind → render → check → pack → emit, block by block of the recipients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec_tool.catalogue import select
from msgspec_tool.diagnostics import Diagnostic, Severity
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.lint_pipeline import examine
from msgspec_tool.model import AnalysedSpec, BoundMessage, Refusal, RenderedMessage
from msgspec_tool.recipients.digests import FileDigest
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.recipients.rows import Block
from msgspec_tool.rendering.block_runs import BlockWork, block_work, run_blocks, told, without_repeated
from msgspec_tool.rendering.options import (
    RenderOptions,
    choose_environment,
    chosen_samples,
    named_environment,
    open_source,
    render_context,
)
from msgspec_tool.rendering.outcome import BlockResult, BodySink, RenderedSample, RenderOutcome
from msgspec_tool.rendering.output import count_messages, counted, manifest, planned, spooled
from msgspec_tool.rendering.render_stages import RenderStages, render_stages
from msgspec_tool.rendering.row_bounds import RowResult
from msgspec_tool.source.document import Plain
from msgspec_tool.stages.bind import Pending
from msgspec_tool.stages.emit import content_text, request_bytes
from msgspec_tool.stages.pack import pack
from msgspec_tool.surroundings.discovery import InputFile, InputKind
from msgspec_tool.surroundings.files import read_file


def render(path: Path, options: RenderOptions) -> RenderOutcome:
    """The request bodies of a spec: into a plan where ``out`` names one, else kept for :meth:`RenderOutcome.write`.

    A spec with errors renders nothing: its findings are in the outcome.
    """
    sound = sound_spec(path, options)
    if sound.spec is None:
        return RenderOutcome(diagnostics=sound.errors)
    return render_spec(sound.spec, sound.data, options, path.parent)


class SoundSpec(NamedTuple):
    """A spec that can be rendered, with its bytes; no spec but its errors where lint refuses it."""

    spec: AnalysedSpec | None
    data: bytes
    errors: tuple[Diagnostic, ...] = ()
    looked: tuple[str, ...] = ()
    """The files that were looked for on the way, as partials are; not all are there."""


def sound_spec(path: Path, options: RenderOptions) -> SoundSpec:
    """Read and inspect the spec of a render. ``UnreadableError`` where something could not be checked."""
    return inspected_spec(InputFile(path.as_posix(), InputKind.SPEC, read_file(path)), options)


def inspected_spec(file: InputFile, options: RenderOptions) -> SoundSpec:
    """:func:`sound_spec` for a file whose bytes are given."""
    data = file.data or b""
    context = render_context(options, named_environment(options))
    examined = examine(file, options.project, select(options.project.lint), context, options.recipients)
    inspection = examined.judged()
    errors = sorted((one for one in inspection.diagnostics if one.severity is Severity.ERROR), key=lambda one: one.sort_key)
    for failure in inspection.failures:
        raise UnreadableError(failure.message, path=failure.path, reason=failure.reason)
    return SoundSpec(None if errors else inspection.spec, data, tuple(errors), tuple(examined.looked))


def render_spec(spec: AnalysedSpec, data: bytes, options: RenderOptions, folder: Path) -> RenderOutcome:
    """:func:`render` for a spec that was analysed and found sound; ``data`` are its bytes, ``folder`` is where ``from`` begins."""
    environment = choose_environment(spec, options)
    file = open_source(spec, options, folder)
    recipients = None if file is None else FileDigest(file)
    stages = render_stages(spec, data, options, environment, file, folder)
    if options.refuse_repeated and file is not None:
        stages = without_repeated(stages, partial(_run, stages, recipients, options, ()))
    run = partial(_run, stages, recipients, options, chosen_samples(spec, options))
    if options.progress is not None and file is not None:
        run = partial(told, run, options.progress, file)
    if options.estimate:
        return counted(run)
    if options.out is None:
        return spooled(run, options)
    if not isinstance(options.out, Path):
        raise UsageError(f"'{options.out}' is a URL: plans go there by shards")
    return planned(run, options, options.out, partial(manifest, spec, data, options, environment, recipients))


def _run(
    stages: RenderStages,
    recipients: FileDigest | None,
    options: RenderOptions,
    samples: tuple[str, ...],
    bodies: Callable[[int], BodySink],
) -> Iterator[BlockResult]:
    """Every block of the recipients in order; ``bodies`` gives what takes the request bodies of one."""
    if recipients is None:
        pending = stages.binder.samples(samples) if options.samples else stages.binder.inline()
        return iter((_block(stages, pending, bodies(0)),))
    return run_blocks(block_renderer(stages, recipients.file, options), recipients, options, bodies)


def block_renderer(stages: RenderStages, file: RecipientsFile, options: RenderOptions) -> BlockWork:
    """What renders one block of a file."""
    return block_work(stages, file, options, partial(_file_block, stages, file), partial(_row, stages))


def render_samples(
    spec: AnalysedSpec,
    data: bytes,
    options: RenderOptions,
    folder: Path,
    generated: Mapping[str, Mapping[str, Plain]] | None = None,
    *,
    attempted: bool = False,
) -> Iterator[RenderedSample]:
    """Each of the chosen samples by itself, through the same stages; the arguments are those of :func:`render_spec`.

    Then those that were ``generated``: names, and the values of all variables. With ``attempted`` a sample that is refused
    gives the messages all the same that could be rendered, beside the refusal: to look at, never to send.
    """
    stages = render_stages(spec, data, options, choose_environment(spec, options), None, folder)
    names = chosen_samples(spec, options)
    known = [*((name, None) for name in names), *(generated or {}).items()]
    pending = chain(stages.binder.samples(names), stages.binder.generated((generated or {}).values()))
    work = partial(_attempted_row if attempted else _recorded_row, stages)
    for (name, values), row in zip(known, stages.bounds.map(work, pending), strict=True):
        requests = pack(row.messages, max_addresses=stages.max_addresses, bulk=stages.bulk)
        bodies = tuple(request_bytes(one.body) for one in requests)
        yield RenderedSample(name, row.messages, bodies, row.refusal, row.reached, values)


def render_recipient(stages: RenderStages, recipient: Pending) -> RowResult:
    """The messages of one recipient; those that may not be sent are among them, beside the first refusal."""
    return next(iter(stages.bounds.map(partial(_attempted_row, stages), (recipient,))))


def _attempted_row(stages: RenderStages, recipient: Pending) -> RowResult:
    bound = recipient.bind()
    messages = [stages.renderers[wanted.channel].render(wanted) for wanted in bound.messages]
    refusals = (_refusal(stages, wanted, made) for wanted, made in zip(bound.messages, messages, strict=True))
    refusal = bound.refusal or next((one for one in refusals if one is not None), None)
    return RowResult(tuple(one for one in messages if isinstance(one, RenderedMessage)), refusal, bound.skipped)


def _recorded_row(stages: RenderStages, recipient: Pending) -> RowResult:
    row = _row(stages, recipient)
    return row if stages.recorder is None else replace(row, reached=stages.recorder.take())


def _file_block(stages: RenderStages, file: RecipientsFile, block: Block, bodies: BodySink) -> BlockResult:
    return _block(stages, stages.binder.rows(file.rows(block)), bodies)


def _block(stages: RenderStages, recipients: Iterable[Pending], bodies: BodySink) -> BlockResult:
    """One block: bind → render → check for each recipient, then pack → emit for all of them."""
    result = BlockResult()
    messages: list[RenderedMessage] = []
    for row in stages.bounds.map(partial(_row, stages), recipients):
        result.counts.rows += 1
        result.counts.skipped.update(row.skipped)
        result.counts.suppressed.update(row.suppressed)
        if row.refusal is not None:
            result.refusals.append(row.refusal)
        messages += row.messages
    result.refused()
    for request in pack(messages, max_addresses=stages.max_addresses, bulk=stages.bulk):
        bodies.add(request_bytes(request.body))
        result.counts.requests += 1
        result.counts.messages += request.messages
    count_messages(messages, result.counts, stages.tariff)
    if bodies.log is not None:
        for message in messages:
            bodies.log.add(message.key, ((message.row, content_text(message.address)[1:-1]),))
    bodies.end(result)
    return result


def _row(stages: RenderStages, recipient: Pending) -> RowResult:
    """All messages of one recipient, or none: a recipient is never reached on half of the channels by mistake."""
    bound = recipient.bind()
    if bound.refusal is not None:
        return RowResult(refusal=bound.refusal)
    messages: list[RenderedMessage] = []
    for wanted in bound.messages:
        rendered = stages.renderers[wanted.channel].render(wanted)
        refusal = _refusal(stages, wanted, rendered)
        if isinstance(rendered, Refusal) or refusal is not None:
            return RowResult(refusal=refusal)
        messages.append(rendered)
    return RowResult(tuple(messages), skipped=bound.skipped, suppressed=bound.suppressed)


def _refusal(stages: RenderStages, wanted: BoundMessage, rendered: RenderedMessage | Refusal) -> Refusal | None:
    """Why a message must not be sent: it could not be rendered, or something is wrong with what was."""
    if isinstance(rendered, Refusal):
        return rendered
    objection = stages.check.objection(rendered)
    return None if objection is None else stages.places.refusal(objection, wanted, rendered)
