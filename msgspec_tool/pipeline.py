"""The order of the stages, and nothing else: the only file that knows it.

lint      load → validate → analyse, and after each the rules that read its result; comments take findings away last
render    the same, then bind → render → check → pack → emit, block by block of the recipients
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec_tool.catalogue import HANDLES, RULES, Selection, select
from msgspec_tool.config import Environment, Project
from msgspec_tool.diagnostics import Diagnostic, Failure, Finding, LintReport, Rule, Severity, Subject
from msgspec_tool.discovery import InputFile, InputKind, discover
from msgspec_tool.errors import ToolError, UnreadableError, UsageError
from msgspec_tool.model import AnalysedSpec, LoadedSpec, Refusal, RenderedMessage, RequestBody, ShapedSpec, Suppression
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.recipients.rows import Block
from msgspec_tool.render_options import (
    RenderOptions,
    address_limit,
    bulk_mode,
    choose_environment,
    chosen_channels,
    chosen_samples,
    declared_smartlinks,
    locale_setting,
    open_source,
    render_context,
)
from msgspec_tool.render_outcome import BlockResult, RenderOutcome
from msgspec_tool.render_output import count_messages, digest, manifest, planned, spooled
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.text import MAX_BYTES
from msgspec_tool.stages.bind import Binder, Pending
from msgspec_tool.stages.check import MessageCheck
from msgspec_tool.stages.emit import request_bytes
from msgspec_tool.stages.load import load_body, load_spec
from msgspec_tool.stages.pack import pack
from msgspec_tool.stages.render import ChannelRenderer, channel_renderer
from msgspec_tool.stages.suppress import suppress
from msgspec_tool.stages.validate import validate_body, validate_spec
from msgspec_tool.workers import ordered_map

BOUNDED_ROWS = 100
"""Rows that share one bounded worker: enough to pay for its start, few enough for its two seconds."""

MAX_FINDINGS = 1000
"""Findings that one file is told: more help nobody, and a hostile file can hold a million."""

BOUNDED_SECONDS = 2.0
BOUNDED_MEMORY = 300 << 20
"""What the rendering of templates with loops, macros or includes may use (promised for hostile input)."""

# --- lint ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LintOptions:
    """What ``lint`` was asked for. ``now`` is the run's frozen clock (aware, UTC); ``stdin`` the bytes that ``-`` stands for."""

    now: datetime
    project: Project
    paths: tuple[str, ...] = (".",)
    stdin: bytes | None = None
    stdin_filename: str = "<stdin>"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    environment: str | None = None
    recipients: Path | None = None


@dataclass
class Inspection:
    """What is known of one file: its findings, and the analysed spec where it is one and could be read."""

    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: int = 0
    failures: tuple[Failure, ...] = ()
    spec: AnalysedSpec | None = None


def lint(options: LintOptions) -> LintReport:
    """Check every file that was asked for. A broken file hides no other file."""
    selection = select(options.project.lint, only=options.select, ignore=options.ignore)
    context = _context(options)
    found = discover(options.paths, stdin=options.stdin, stdin_filename=options.stdin_filename)
    inspections = [inspect(file, options.project, selection, context, options.recipients) for file in found.files]
    failures = [*found.failures, *(failure for inspection in inspections for failure in inspection.failures)]
    unread = {failure.path for failure in failures}
    return LintReport(
        found=len(found.files) + len(found.skipped) + len(found.failures),
        checked=sum(file.path not in unread for file in found.files),
        skipped=len(found.skipped),
        suppressed=sum(inspection.suppressed for inspection in inspections),
        diagnostics=tuple(sorted((one for inspection in inspections for one in inspection.diagnostics), key=lambda one: one.sort_key)),
        failures=tuple(failures),
    )


def _context(options: LintOptions) -> RuleContext:
    environments = options.project.environments
    chosen = options.environment
    if chosen is not None and chosen not in environments:
        known = ", ".join(environments)
        raise UsageError(f"there is no environment '{chosen}'", help=f"the project has {known}" if known else "the project file has none")
    return RuleContext(
        now=options.now,
        environments={name: environment.values for name, environment in environments.items()},
        environment=chosen,
        max_addresses=environments[chosen].max_addresses if chosen else 1000,
        options=options.project.lint.options,
    )


def inspect(file: InputFile, project: Project, selection: Selection, context: RuleContext, recipients: Path | None = None) -> Inspection:
    """Everything that is known of one file without rendering it."""
    run = _RuleRun(selection.for_file(project.relative(file.path)), context, project.lint.require_reason)
    try:
        data = file.data if file.data is not None else _read(Path(file.path))
        if file.kind is InputKind.BODY:
            return run.result(*_inspect_body(load_body(file.path, data), run))
        return run.result(*_inspect_spec(load_spec(file.path, data), run, project, file.folder, recipients))
    except UnreadableError as error:
        return Inspection(failures=(Failure(file.path, error.reason, error.message),))


def _inspect_spec(
    loaded: LoadedSpec, run: _RuleRun, project: Project, folder: Path, recipients: Path | None
) -> tuple[AnalysedSpec | None, tuple[Suppression, ...]]:
    run.on(Subject.LOADED, loaded)
    shaped = None if loaded.broken else validate_spec(loaded)
    if shaped is None:
        # what is absent may only be unread: nothing that rests on absence is said of a broken file
        return None, ()
    run.on(Subject.SHAPED, shaped)
    run.on(Subject.SHAPE, shaped)
    for message in shaped.messages:
        run.on(Subject.MESSAGE, message)
    run.on(Subject.BODY, RequestBody(shaped.root, shaped.messages))
    from msgspec_tool.stages.analyse import analyse_spec

    run.context = replace(run.context, columns=_columns(shaped, folder, recipients))
    analysed = analyse_spec(shaped, partials(project, folder), run.context)
    run.on(Subject.ANALYSED, analysed)
    return analysed, analysed.suppressions


def _inspect_body(loaded: LoadedSpec, run: _RuleRun) -> tuple[None, tuple[Suppression, ...]]:
    run.on(Subject.LOADED, loaded)
    body = validate_body(loaded)
    if body is not None:
        run.on(Subject.SHAPE, body)
        run.on(Subject.BODY, body)
        for message in body.messages:
            run.on(Subject.MESSAGE, message)
    return None, ()


@dataclass
class _RuleRun:
    """Rules at work on one file. A rule that fails is a failure that names it; the others go on."""

    selection: Selection
    context: RuleContext
    require_reason: bool
    found: dict[tuple[Any, ...], Diagnostic] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def on(self, subject: Subject, value: Any) -> None:
        """Run the rules that read this kind of result."""
        for known in self.selection.rules:
            if known.subject is subject:
                try:
                    for finding in known.check(value, self.context):
                        if len(self.found) >= MAX_FINDINGS:
                            self._stop(finding.file.path)
                            return
                        self._add(known, finding)
                except (UnreadableError, MemoryError):
                    raise
                except Exception as error:
                    path = value.file.path if hasattr(value, "file") else value.root.file.path
                    words = f"rule {known.name} failed on this file ({type(error).__name__}: {error}); this is a mistake in msgspec-tool"
                    self.failures.append(Failure(path, "internal", words))

    def _stop(self, path: str) -> None:
        if not any(failure.reason == "limit" for failure in self.failures):
            words = f"more than {MAX_FINDINGS:,} findings; the others are not told"
            self.failures.append(Failure(path, "limit", words))

    def _add(self, known: Rule, finding: Finding) -> None:
        # forms of one spec share destination and expiry: what several of them show is one finding
        key = (known.code, finding.file.path, finding.span, finding.message)
        severity = self.selection.severity(known, finding.severity)
        if severity is not None:
            self.found.setdefault(key, Diagnostic(known, severity, finding))

    def result(self, spec: AnalysedSpec | None, suppressions: tuple[Suppression, ...]) -> Inspection:
        """Comments take findings away; then the comments themselves are judged."""
        outcome = suppress(
            self.found.values(), suppressions, handles=HANDLES, today=self.context.now.date(), require_reason=self.require_reason
        )
        self.found = {}
        for use in outcome.uses:
            self.on(Subject.SUPPRESSION, use)
        kept = (*outcome.kept, *self.found.values())
        return Inspection(kept, len(outcome.silenced), tuple(self.failures), spec)


def _columns(shaped: ShapedSpec, folder: Path, recipients: Path | None) -> tuple[str, ...] | None:
    """The columns that templates of a destination mapping may read, where there is a CSV file to look at.

    Objects of JSON Lines may each have other members: what they lack is null.
    """
    destination = shaped.destination
    if destination is None or not isinstance(destination.value, dict):
        return None
    source = destination.get("from")
    path = recipients or (folder / source.value if source is not None and isinstance(source.value, str) else None)
    if path is None or path.suffix.lower() != ".csv" or not path.is_file():
        return None
    from msgspec_tool.recipients.files import columns_of

    try:
        return columns_of(path)
    except ToolError:
        return None


def partials(project: Project, folder: Path) -> Any:
    """Where ``include`` and ``import`` look: the project's partials and the spec's own folder, never outside the project."""
    from msgspec_tool.templates.partials import Partials

    return Partials(project.root, (project.root / project.partials, folder))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
        raise UnreadableError(f"'{path}' can't be read: {error.strerror or error}", path=str(path), reason=reason) from error


# --- render -------------------------------------------------------------------------------------------------------------


def render(path: Path, options: RenderOptions) -> RenderOutcome:
    """The request bodies of a spec: into a plan where ``out`` names one, else kept for :meth:`RenderOutcome.write`.

    A spec with errors renders nothing: its findings are in the outcome.
    """
    data = _read(path)
    environment = options.project.environments.get(options.environment or "")
    file = InputFile(path.as_posix(), InputKind.SPEC, data)
    inspection = inspect(file, options.project, select(options.project.lint), render_context(options, environment), options.recipients)
    errors = tuple(one for one in inspection.diagnostics if one.severity is Severity.ERROR)
    if inspection.failures:
        failure = inspection.failures[0]
        raise UnreadableError(failure.message, path=failure.path, reason=failure.reason)
    if errors or inspection.spec is None:
        return RenderOutcome(diagnostics=tuple(sorted(errors, key=lambda one: one.sort_key)))
    return render_spec(inspection.spec, data, options, path.parent)


def render_spec(spec: AnalysedSpec, data: bytes, options: RenderOptions, folder: Path) -> RenderOutcome:
    """:func:`render` for a spec that was analysed and found sound; ``data`` are its bytes, ``folder`` is where ``from`` begins."""
    environment = choose_environment(spec, options)
    file = open_source(spec.shaped, options, folder)
    renderer = _block_renderer(spec, data, options, environment, file, folder)
    if file is None:
        pending = renderer.binder.samples(chosen_samples(spec, options)) if options.samples else renderer.binder.inline()
        results: Iterator[BlockResult] = iter((renderer.block(pending),))
    else:
        work = partial(_file_block, renderer, file)
        results = ordered_map(work, file.blocks(options.block_bytes), options.jobs)
    if options.out is None:
        return spooled(results, options)
    return planned(results, options, options.out, partial(manifest, spec, data, options, environment, file))


def _file_block(renderer: _BlockRenderer, file: RecipientsFile, block: Block) -> BlockResult:
    return renderer.block(renderer.binder.rows(file.rows(block)))


@dataclass(frozen=True)
class _RowResult:
    messages: tuple[RenderedMessage, ...]
    refusal: Refusal | None
    skipped: tuple[str, ...]


@dataclass(frozen=True)
class _BlockRenderer:
    """bind → render → check → pack for one block, whoever runs it."""

    binder: Binder
    renderers: dict[str, ChannelRenderer]
    check: MessageCheck
    max_addresses: int
    bulk: str
    straight_line: bool
    keep_going: bool

    def block(self, recipients: Iterable[Pending]) -> BlockResult:
        """The request bodies of one block."""
        result = BlockResult()
        messages: list[RenderedMessage] = []
        for row in map(self._row, recipients) if self.straight_line else self._bounded(recipients):
            result.counts.rows += 1
            result.counts.skipped.update(row.skipped)
            if row.refusal is not None:
                result.refusals.append(row.refusal)
            messages += row.messages
        result.counts.refused = len(result.refusals)
        for request in pack(messages, max_addresses=self.max_addresses, bulk=self.bulk):
            result.lines.append(request_bytes(request.body))
            result.counts.requests += 1
            result.counts.messages += request.messages
        count_messages(messages, result.counts)
        return result

    def _row(self, recipient: Pending) -> _RowResult:
        """All messages of one recipient, or none: a recipient is never reached on half of the channels by mistake."""
        bound = recipient.bind()
        messages: list[RenderedMessage] = []
        refusal = bound.refusal
        for wanted in bound.messages:
            rendered = self.renderers[wanted.channel].render(wanted)
            refusal = rendered if isinstance(rendered, Refusal) else self.check.refusal(rendered)
            if isinstance(rendered, Refusal) or refusal is not None:
                return _RowResult((), refusal, ())
            messages.append(rendered)
        return _RowResult(tuple(messages), refusal, bound.skipped)

    def _bounded(self, recipients: Iterable[Pending]) -> Iterator[_RowResult]:
        """Rows in a worker with limits on memory and time; the row that reaches one is refused, the next ones get a new worker."""
        from msgspec_tool.templates.failures import WorkLimitError
        from msgspec_tool.templates.worker import run_bounded

        iterator = iter(recipients)
        waiting = list(islice(iterator, BOUNDED_ROWS))
        while waiting:
            done = 0
            try:
                for row in run_bounded(partial(map, self._row, waiting), memory=BOUNDED_MEMORY, seconds=BOUNDED_SECONDS):
                    yield row
                    done += 1
            except WorkLimitError as error:
                yield _RowResult((), Refusal(waiting[done].number, f"a template needs too much work: {error}", "work-limit"), ())
                if not self.keep_going:
                    return
                done += 1
            waiting = waiting[done:] or list(islice(iterator, BOUNDED_ROWS))


def _block_renderer(
    spec: AnalysedSpec, data: bytes, options: RenderOptions, environment: Environment | None, file: RecipientsFile | None, folder: Path
) -> _BlockRenderer:
    from msgspec_tool.schema.validation import is_valid_payload, validate_payload
    from msgspec_tool.source.plain import PlainDocument
    from msgspec_tool.templates.engine import Engine
    from msgspec_tool.templates.evaluation import Evaluator
    from msgspec_tool.templates.failures import RenderFailure
    from msgspec_tool.templates.values import OMIT

    shaped = spec.shaped
    engine = Engine(
        partials(options.project, folder),
        locale=locale_setting(spec, environment, "locale", "en"),
        timezone=locale_setting(spec, environment, "timezone", "UTC"),
        smartlinks=declared_smartlinks(shaped),
    )
    evaluator = Evaluator(spec, engine, omit=OMIT, failure=RenderFailure)
    rt_name = environment.rt_name if environment else "rt"
    channels = chosen_channels(spec, options)
    return _BlockRenderer(
        Binder(spec, evaluator, environment.values if environment else {}, digest(data)[:12], channels, file is None or file.kind == "csv"),
        {name: channel_renderer(shaped, name, evaluator, now=options.now, rt_name=rt_name) for name in channels},
        MessageCheck(
            tuple(known for known in RULES if known.subject in (Subject.MESSAGE, Subject.BODY)),
            render_context(options, environment),
            is_valid_payload,
            validate_payload,
            PlainDocument,
        ),
        address_limit(options, environment),
        bulk_mode(options, environment),
        all(template.straight_line for template in spec.templates.values()),
        options.keep_going,
    )
