"""The order of the stages, and nothing else: the only file that knows it.

lint      load → validate → analyse, and after each the rules that read its result; then those that compare the files of a
          project; comments take findings away last
render    the same, then bind → render → check → pack → emit, block by block of the recipients
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec_tool.block_runs import block_work, run_blocks, told, without_repeated
from msgspec_tool.catalogue import Selection, select
from msgspec_tool.comparison import compare
from msgspec_tool.config import LintSettings, Project
from msgspec_tool.diagnostics import Diagnostic, Failure, LintReport, Severity, Subject
from msgspec_tool.discovery import Discovered, InputFile, InputKind, discover
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.examinations import Examinations
from msgspec_tool.lint_memory import LintMemory
from msgspec_tool.model import AnalysedSpec, BoundMessage, LoadedSpec, Refusal, RenderedMessage, RequestBody
from msgspec_tool.project_file import load_project, nearest_project_file
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.recipients.rows import Block
from msgspec_tool.render_options import (
    RenderOptions,
    choose_environment,
    chosen_samples,
    named_environment,
    open_source,
    possible_locales,
    render_context,
)
from msgspec_tool.render_outcome import BlockResult, BodySink, RenderedSample, RenderOutcome
from msgspec_tool.render_output import count_messages, counted, manifest, planned, spooled
from msgspec_tool.render_stages import RenderStages, render_stages
from msgspec_tool.row_bounds import RowResult
from msgspec_tool.rule_run import Examined, Inspection, RuleRun, Settings, begun
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Plain
from msgspec_tool.stages.bind import Pending
from msgspec_tool.stages.claim import claims
from msgspec_tool.stages.emit import content_text, request_bytes
from msgspec_tool.stages.load import load_body, load_spec
from msgspec_tool.stages.pack import pack
from msgspec_tool.stages.validate import validate_body, validate_spec
from msgspec_tool.surroundings import Looked, partials, read_file, recipient_columns

# --- lint ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LintOptions:
    """What ``lint`` was asked for. ``now`` is the run's frozen clock (aware, UTC); ``stdin`` the bytes that ``-`` stands for."""

    now: datetime
    project: Project | None = None
    """The project of all files; without one each file's own, the nearest above it."""
    paths: tuple[str, ...] = (".",)
    stdin: bytes | None = None
    stdin_filename: str = "<stdin>"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    environment: str | None = None
    recipients: Path | None = None
    jobs: int | None = 1
    """Processes; None for as many as pay."""
    memory: LintMemory | None = None
    """What is known from runs before, and takes down what this one rests on."""


def lint(options: LintOptions) -> LintReport:
    """Check every file that was asked for. A broken file hides no other file."""
    if options.memory is not None:
        options.memory.note_paths(options.paths)
    found, settings = _asked_for(options)
    examined = _examined(options, [(file, _noted(settings, options, file.folder)) for file in found.files])
    inspections = [*_compared(examined), *(one.judged(compared=True) for _settings, one in examined)]
    if options.memory is not None:
        options.memory.note_examined(examined)
    failures = [*found.failures, *(failure for inspection in inspections for failure in inspection.failures)]
    unread = {failure.path for failure in failures}
    return LintReport(
        found=len(found.files) + len(found.skipped) + len(found.failures),
        checked=sum(file.path not in unread for file in found.files),
        skipped=len(found.skipped),
        suppressed=sum(inspection.suppressed for inspection in inspections),
        diagnostics=tuple(sorted((one for inspection in inspections for one in inspection.diagnostics), key=lambda one: one.sort_key)),
        failures=tuple(failures),
        files=tuple(sorted(file.path for file in found.files if file.path not in unread)),
    )


def _examined(options: LintOptions, files: Sequence[tuple[InputFile, Settings]]) -> list[tuple[Settings, Examined]]:
    """What rules find in each file by itself, with the settings of the file."""
    choices = (*(f"select {name}" for name in options.select), *(f"ignore {name}" for name in options.ignore))
    surroundings = (f"environment {options.environment}", f"recipients {options.recipients}")
    examine_one = partial(_examine, recipients=options.recipients)
    found = Examinations(examine_one, (*choices, *surroundings), options.jobs, options.memory).of(files)
    return [(settings, one) for (_file, settings), one in zip(files, found, strict=True)]


def _noted(settings: Callable[[Path], Settings], options: LintOptions, folder: Path) -> Settings:
    """The settings of a folder, noted before they are read."""
    if options.memory is not None:
        options.memory.note_project(folder)
    return settings(folder)


def _examine(file: InputFile, settings: Settings, recipients: Path | None) -> Examined:
    return examine(file, *settings, recipients)


def _compared(examined: Sequence[tuple[Settings, Examined]]) -> Iterator[Inspection]:
    """What is found in the files of each project together; findings in specs join those of their files."""
    for project_file in dict.fromkeys(settings[0].file for settings, _one in examined):
        of_project = [(settings, one) for settings, one in examined if settings[0].file == project_file]
        yield compare(*of_project[0][0], [one for _settings, one in of_project])


def lint_inputs(options: LintOptions) -> tuple[Discovered, Callable[[InputFile], Inspection]]:
    """The files that were asked for, and what checks one of them by itself, with the rules and the project that it belongs to."""
    found, settings = _asked_for(options)
    return found, lambda file: inspect(file, *settings(file.folder), options.recipients)


def _asked_for(options: LintOptions) -> tuple[Discovered, Callable[[Path], Settings]]:
    settings = _settings(options)
    found = discover(options.paths, stdin=options.stdin, stdin_filename=options.stdin_filename)
    if not found.files:
        # what is asked for has to exist, even where there is nothing to check
        settings(Path())
    return found, settings


def _settings(options: LintOptions) -> Callable[[Path], Settings]:
    """Project, rules and context for the files of a folder; each project file is read once."""
    select(LintSettings(), only=options.select, ignore=options.ignore)

    def settled(project: Project) -> tuple[Project, Selection, RuleContext]:
        return project, select(project.lint, only=options.select, ignore=options.ignore), _context(options, project)

    if options.project is not None:
        given = settled(options.project)
        return lambda _folder: given
    of_file = cache(lambda file: settled(load_project(Path(), file)))
    without = cache(lambda folder: settled(Project(folder)))
    nearest = cache(nearest_project_file)
    return lambda folder: without(folder) if nearest(folder) is None else of_file(nearest(folder))


def _context(options: LintOptions, project: Project) -> RuleContext:
    environments = project.environments
    chosen = options.environment
    if chosen is not None and chosen not in environments:
        known = ", ".join(environments)
        raise UsageError(f"there is no environment '{chosen}'", help=f"the project has {known}" if known else "the project file has none")
    return RuleContext(
        now=options.now,
        environments={name: environment.values for name, environment in environments.items()},
        environment=chosen,
        sandboxes=project.sandboxes,
        max_addresses=environments[chosen].max_addresses if chosen else 1000,
        options=project.lint.options,
        locales=possible_locales(project, chosen),
    )


def inspect(file: InputFile, project: Project, selection: Selection, context: RuleContext, recipients: Path | None = None) -> Inspection:
    """Everything that is known of one file by itself without rendering it."""
    return examine(file, project, selection, context, recipients).judged()


def examine(file: InputFile, project: Project, selection: Selection, context: RuleContext, recipients: Path | None = None) -> Examined:
    """What rules find in one file, before other files and its comments are asked."""
    run, looked = begun(file.path, project, selection, context), Looked()
    try:
        data = file.data if file.data is not None else read_file(Path(file.path))
        if file.kind is InputKind.BODY:
            _inspect_body(load_body(file.path, data), run)
            return Examined(run, file.path)
        return _examine_spec(load_spec(file.path, data), run, project, file.folder, recipients, looked)
    except UnreadableError as error:
        run.found.clear()
        run.failures[:] = [Failure(file.path, error.reason, error.message)]
        return Examined(run, file.path, looked=looked.states)


def _examine_spec(loaded: LoadedSpec, run: RuleRun, project: Project, folder: Path, recipients: Path | None, looked: Looked) -> Examined:
    run.on(Subject.LOADED, loaded)
    shaped = None if loaded.broken else validate_spec(loaded)
    if shaped is None:
        # what is absent may only be unread: nothing that rests on absence is said of a broken file
        return Examined(run, loaded.file.path)
    try:
        run.context = replace(run.context, columns=recipient_columns(shaped, folder, recipients, looked.look))
    except UnreadableError as error:
        run.failures.append(Failure(shaped.file.path, error.reason, error.message))
    run.on(Subject.SHAPED, shaped)
    run.on(Subject.SHAPE, shaped)
    from msgspec_tool.stages.analyse import analyse_spec

    analysed = analyse_spec(shaped, partials(project, folder, looked.look), run.context)
    for message in analysed.messages:
        run.on(Subject.MESSAGE, message)
    run.on(Subject.BODY, RequestBody(shaped.root, analysed.messages))
    run.on(Subject.ANALYSED, analysed)
    if analysed.exhausted:
        words = "the templates take too many steps to analyse; what they print is not checked against limits"
        run.failures.append(Failure(shaped.file.path, "limit", words))
    return Examined(run, loaded.file.path, analysed, analysed.suppressions, claims(shaped), looked.states)


def _inspect_body(loaded: LoadedSpec, run: RuleRun) -> None:
    run.on(Subject.LOADED, loaded)
    body = validate_body(loaded)
    if body is not None:
        run.on(Subject.SHAPE, body)
        run.on(Subject.BODY, body)
        for message in body.messages:
            run.on(Subject.MESSAGE, message)


# --- render -------------------------------------------------------------------------------------------------------------


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


def sound_spec(path: Path, options: RenderOptions) -> SoundSpec:
    """Read and inspect the spec of a render. ``UnreadableError`` where something could not be checked."""
    data = read_file(path)
    environment = named_environment(options)
    file = InputFile(path.as_posix(), InputKind.SPEC, data)
    inspection = inspect(file, options.project, select(options.project.lint), render_context(options, environment), options.recipients)
    errors = sorted((one for one in inspection.diagnostics if one.severity is Severity.ERROR), key=lambda one: one.sort_key)
    for failure in inspection.failures:
        raise UnreadableError(failure.message, path=failure.path, reason=failure.reason)
    return SoundSpec(None if errors else inspection.spec, data, tuple(errors))


def render_spec(spec: AnalysedSpec, data: bytes, options: RenderOptions, folder: Path) -> RenderOutcome:
    """:func:`render` for a spec that was analysed and found sound; ``data`` are its bytes, ``folder`` is where ``from`` begins."""
    environment = choose_environment(spec, options)
    file = open_source(spec.shaped, options, folder)
    stages = render_stages(spec, data, options, environment, file, folder)
    if options.refuse_repeated and file is not None:
        stages = without_repeated(stages, partial(_run, stages, file, options, ()))
    run = partial(_run, stages, file, options, chosen_samples(spec, options))
    if options.progress is not None and file is not None:
        run = partial(told, run, options.progress, file)
    if options.estimate:
        return counted(run)
    if options.out is None:
        return spooled(run, options)
    return planned(run, options, options.out, partial(manifest, spec, data, options, environment, file))


def _run(
    stages: RenderStages, file: RecipientsFile | None, options: RenderOptions, samples: tuple[str, ...], bodies: Callable[[int], BodySink]
) -> Iterator[BlockResult]:
    """Every block of the recipients in order; ``bodies`` gives what takes the request bodies of one."""
    if file is None:
        pending = stages.binder.samples(samples) if options.samples else stages.binder.inline()
        return iter((_block(stages, pending, bodies(0)),))
    render_block = block_work(stages, file, options, partial(_file_block, stages, file), partial(_row, stages))
    return run_blocks(render_block, file, options, bodies)


def render_samples(
    spec: AnalysedSpec, data: bytes, options: RenderOptions, folder: Path, generated: Mapping[str, Mapping[str, Plain]] | None = None
) -> Iterator[RenderedSample]:
    """Each of the chosen samples by itself, through the same stages; the arguments are those of :func:`render_spec`.

    Then those that were ``generated``: names, and the values of all variables.
    """
    stages = render_stages(spec, data, options, choose_environment(spec, options), None, folder)
    names = chosen_samples(spec, options)
    known = [*((name, None) for name in names), *(generated or {}).items()]
    pending = chain(stages.binder.samples(names), stages.binder.generated((generated or {}).values()))
    for (name, values), row in zip(known, stages.bounds.map(partial(_recorded_row, stages), pending), strict=True):
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
