"""The order of the stages, and nothing else: what a command does, from source text to request bodies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec_tool import __version__
from msgspec_tool.config import Environment, Project
from msgspec_tool.diagnostics import Diagnostic, Finding, Rule, Severity, Subject
from msgspec_tool.errors import UnreadableError
from msgspec_tool.model import AnalysedSpec, Refusal, RenderedMessage
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.recipients.rows import Block
from msgspec_tool.render_options import (
    RenderOptions,
    address_limit,
    bulk_mode,
    choose_environment,
    chosen_channels,
    chosen_samples,
    open_source,
)
from msgspec_tool.render_outcome import BlockResult, RenderCounts, RenderOutcome
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Plain
from msgspec_tool.stages.bind import Binder, Pending
from msgspec_tool.stages.check import MessageCheck
from msgspec_tool.stages.emit import PlanWriter, Spool, request_bytes
from msgspec_tool.stages.pack import pack
from msgspec_tool.stages.render import ChannelRenderer, channel_renderer
from msgspec_tool.workers import ordered_map

if TYPE_CHECKING:
    from msgspec_tool.templates.partials import Partials

RULE_SET = 1
"""The rule set that ``msgspec: 1`` pins."""

SHOWN_REFUSALS = 1000
"""Refusals kept for showing; a plan's ``refused.jsonl`` has them all."""

BOUNDED_ROWS = 100
"""Rows that share one bounded worker: enough to pay for its start, few enough for its two seconds."""

BOUNDED_SECONDS = 2.0
BOUNDED_MEMORY = 300 << 20
"""What the rendering of templates with loops, macros or includes may use (promised for hostile input)."""


# --- render -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _RowResult:
    messages: tuple[RenderedMessage, ...]
    refusal: Refusal | None
    skipped: tuple[str, ...]


@dataclass(frozen=True)
class _Renderer:
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
        _count_messages(messages, result.counts)
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
        from msgspec_tool.templates.worker import WorkLimitError, run_bounded

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


def _count_messages(messages: Iterable[RenderedMessage], counts: RenderCounts) -> None:
    from msgspec_tool.channels.sms_parts import count

    for message in messages:
        counts.addresses[message.channel] += 1
        text = message.content.get("channels", {}).get("sms", {}).get("text") if message.channel == "sms" else None
        if isinstance(text, str):
            counts.sms_parts[count(text).parts] += 1


def render(path: Path, options: RenderOptions) -> RenderOutcome:
    """The request bodies of a spec: into a plan where ``out`` names one, else kept for :meth:`RenderOutcome.write`."""
    data = _read(path)
    spec, diagnostics = _sound_spec(path, data, options)
    if spec is None or diagnostics:
        return RenderOutcome(diagnostics=diagnostics)
    return render_spec(spec, data, options, path.parent)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
        raise UnreadableError(f"'{path}' can't be read: {error.strerror or error}", path=str(path), reason=reason) from error


def _sound_spec(path: Path, data: bytes, options: RenderOptions) -> tuple[AnalysedSpec | None, tuple[Diagnostic, ...]]:
    """The analysed spec, or the errors for which nothing is rendered."""
    from msgspec_tool.stages.analyse import analyse_spec
    from msgspec_tool.stages.load import load_spec
    from msgspec_tool.stages.validate import validate_spec

    context = _render_context(options, options.project.environments.get(options.environment or ""))
    loaded = load_spec(str(path), data)
    errors = _errors(Subject.LOADED, loaded, context)
    shaped = None if loaded.broken else validate_spec(loaded)
    if shaped is None:
        return None, errors
    errors += _errors(Subject.SHAPED, shaped, context)
    for message in shaped.messages:
        errors += _errors(Subject.MESSAGE, message, context)
    file = open_source(shaped, options, path.parent)
    columns = file.columns if file is not None and file.kind == "csv" else None
    context = replace(context, columns=columns)
    spec = analyse_spec(shaped, _partials(options.project, path.parent), context)
    return spec, errors + _errors(Subject.ANALYSED, spec, context)


def _errors(subject: Subject, value: object, context: RuleContext) -> tuple[Diagnostic, ...]:
    from msgspec_tool.catalogue import RULES

    def severe(rule: Rule, finding: Finding) -> bool:
        return (finding.severity or rule.severity) is Severity.ERROR

    rules = [rule for rule in RULES if rule.subject is subject]
    return tuple(Diagnostic(rule, Severity.ERROR, found) for rule in rules for found in rule.check(value, context) if severe(rule, found))


def _render_context(options: RenderOptions, environment: Environment | None) -> RuleContext:
    return RuleContext(
        now=options.now,
        environments={name: known.values for name, known in options.project.environments.items()},
        environment=environment.name if environment else None,
        max_addresses=address_limit(options, environment),
        options=options.project.lint.options,
    )


def _message_rules() -> tuple[Rule, ...]:
    from msgspec_tool.catalogue import RULES

    return tuple(rule for rule in RULES if rule.subject in (Subject.MESSAGE, Subject.BODY))


def _partials(project: Project, folder: Path) -> Partials:
    from msgspec_tool.templates.partials import Partials

    return Partials(project.root, (project.root / project.partials, folder))


def _default(spec: AnalysedSpec, environment: Environment | None, name: str, fallback: str) -> str:
    """``locale`` and ``timezone``: the spec's own, else the environment's."""
    own = spec.shaped.root.get(name)
    if own is not None and isinstance(own.value, str):
        return own.value
    return getattr(environment, name, None) or fallback


def render_spec(spec: AnalysedSpec, data: bytes, options: RenderOptions, folder: Path) -> RenderOutcome:
    """:func:`render` for a spec that was analysed and found sound; ``data`` are its bytes, ``folder`` is where ``from`` begins."""
    environment = choose_environment(spec, options)
    file = open_source(spec.shaped, options, folder)
    renderer = _renderer(spec, data, options, environment, file, folder)
    if file is None:
        pending = renderer.binder.samples(chosen_samples(spec, options)) if options.samples else renderer.binder.inline()
        results: Iterator[BlockResult] = iter((renderer.block(pending),))
    else:
        work = partial(_file_block, renderer, file)
        results = ordered_map(work, file.blocks(options.block_bytes), options.jobs)
    if options.out is None:
        return _spooled(results, options)
    return _planned(results, options, options.out, partial(_manifest, spec, data, options, environment, file))


def _file_block(renderer: _Renderer, file: RecipientsFile, block: Block) -> BlockResult:
    return renderer.block(renderer.binder.rows(file.rows(block)))


def _spooled(results: Iterator[BlockResult], options: RenderOptions) -> RenderOutcome:
    spool = Spool()
    outcome = RenderOutcome(spool=spool)
    _drain(results, options, outcome, spool.add, lambda _refusal: None)
    return outcome


def _planned(results: Iterator[BlockResult], options: RenderOptions, out: Path, manifest: Callable[[RenderCounts], Plain]) -> RenderOutcome:
    outcome = RenderOutcome()
    with PlanWriter(out) as plan:
        _drain(results, options, outcome, plan.add, plan.refuse)
        if outcome.complete:
            plan.finish(manifest(outcome.counts))
            outcome.plan = out
    return outcome


def _drain(
    results: Iterator[BlockResult],
    options: RenderOptions,
    outcome: RenderOutcome,
    add: Callable[[bytes], None],
    refuse: Callable[[Refusal], None],
) -> None:
    """Blocks in order; the first one with a refusal is the last unless ``keep_going``."""
    refusals: list[Refusal] = []
    for result in results:
        outcome.counts.add(result.counts)
        for line in result.lines:
            add(line)
        for refusal in result.refusals:
            refuse(refusal)
        refusals += result.refusals[: SHOWN_REFUSALS - len(refusals)]
        if refusals and not options.keep_going:
            break
    outcome.refusals = tuple(refusals)
    outcome.complete = options.keep_going or not refusals


def _renderer(
    spec: AnalysedSpec, data: bytes, options: RenderOptions, environment: Environment | None, file: RecipientsFile | None, folder: Path
) -> _Renderer:
    from msgspec_tool.schema.validation import is_valid_payload, validate_payload
    from msgspec_tool.source.plain import PlainDocument
    from msgspec_tool.templates.engine import OMIT, Engine, RenderFailure
    from msgspec_tool.templates.evaluation import Evaluator

    shaped = spec.shaped
    engine = Engine(
        _partials(options.project, folder),
        locale=_default(spec, environment, "locale", "en"),
        timezone=_default(spec, environment, "timezone", "UTC"),
    )
    evaluator = Evaluator(spec, engine, omit=OMIT, failure=RenderFailure)
    rt_name = environment.rt_name if environment else "rt"
    channels = chosen_channels(spec, options)
    return _Renderer(
        Binder(
            spec, evaluator, environment.values if environment else {}, _digest(data)[:12], channels, file is None or file.kind == "csv"
        ),
        {name: channel_renderer(shaped, name, evaluator, now=options.now, rt_name=rt_name) for name in channels},
        MessageCheck(
            _message_rules(),
            _render_context(options, environment),
            is_valid_payload,
            validate_payload,
            PlainDocument,
        ),
        address_limit(options, environment),
        bulk_mode(options, environment),
        all(template.straight_line for template in spec.templates.values()),
        options.keep_going,
    )


def _manifest(
    spec: AnalysedSpec,
    data: bytes,
    options: RenderOptions,
    environment: Environment | None,
    file: RecipientsFile | None,
    counts: RenderCounts,
) -> dict[str, Plain]:
    """What binds a plan to its inputs. Digests and names only: no path, no machine, no time of day."""
    from importlib.metadata import version

    from msgspec_tool.variables.timestamps import format_timestamp

    target = None if environment is None else {"name": environment.name, "endpoint": environment.endpoint, "region": environment.region}
    return {
        "tool": {"name": "msgspec-tool", "version": __version__, "rules": RULE_SET, "babel": version("babel")},
        "spec": {"name": spec.shaped.name, "sha256": _digest(data)},
        "recipients": None if file is None else {"kind": file.kind, "sha256": file.digest()},
        "samples": list(options.samples),
        "environment": target,
        "clock": format_timestamp(options.now),
        "relative_expiry": spec.shaped.root.find("expiry", "after") is not None,
        "run": options.run,
        "counts": counts.plain(),
    }


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
