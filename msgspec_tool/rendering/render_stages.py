"""What the stages of a render are made of: everything that is the same for all recipients, made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec_tool.catalogue import Selection, select
from msgspec_tool.channels.tariffs import Tariff
from msgspec_tool.config import Environment
from msgspec_tool.diagnostics import Rule, Severity, Subject
from msgspec_tool.model import AnalysedSpec, ShapedSpec
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.rendering.options import (
    RenderOptions,
    address_limit,
    bulk_mode,
    chosen_channels,
    declared_smartlinks,
    locale_setting,
    render_context,
)
from msgspec_tool.rendering.output import digest
from msgspec_tool.rendering.refused_places import RefusedPlaces
from msgspec_tool.rendering.row_bounds import RowBounds
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.stages.bind import Binder
from msgspec_tool.stages.check import MessageCheck
from msgspec_tool.stages.render import ChannelRenderer, channel_renderer
from msgspec_tool.surroundings.files import partials

if TYPE_CHECKING:
    from msgspec_tool.templates.running.coverage import Recorder
    from msgspec_tool.templates.running.engine import Engine
    from msgspec_tool.templates.running.evaluation import Evaluator

STRAIGHT_CHARACTERS = 32_000
"""Characters of all straight-line templates of a spec that run without a worker: as many as one template may have."""


@dataclass(frozen=True)
class RenderStages:
    """The stages after analysis, ready for one block of recipients after another, whoever runs it."""

    binder: Binder
    renderers: Mapping[str, ChannelRenderer]
    check: MessageCheck
    places: RefusedPlaces
    """Makes refusals of what the check objects to."""
    max_addresses: int
    bulk: str
    bounds: RowBounds
    engine: Engine
    tariff: Tariff | None = None
    """What SMS parts are counted by, for an estimate."""
    recorder: Recorder | None = None
    """Learns which branches are reached, where the options ask for it."""


def render_stages(
    spec: AnalysedSpec, data: bytes, options: RenderOptions, environment: Environment | None, file: RecipientsFile | None, folder: Path
) -> RenderStages:
    """The stages for a spec, an environment and a source of recipients (None where the spec itself has them)."""
    from msgspec_tool.schema.validation import is_valid_payload, validate_payload
    from msgspec_tool.source.plain import RenderedDocument

    selection = select(options.project.lint).for_file(options.project.relative(spec.shaped.file.path))
    engine, evaluator, recorder = _evaluator(spec, options, environment, folder)
    context = render_context(options, environment)
    binder = Binder(
        spec,
        evaluator,
        environment.values if environment else {},
        version=digest(data)[:12],
        channels=chosen_channels(spec, options),
        cells_are_text=file is None or file.kind == "csv",
        suppressed=options.suppressed,
    )
    # what a sample reaches, and what printed a text, is asked of each message
    constants = {} if options.coverage or options.trace else binder.constants
    renderers = _renderers(spec.shaped, binder.channels, evaluator, options, environment, constants)
    return RenderStages(
        binder=binder,
        renderers=renderers,
        check=MessageCheck(
            tuple(_open_rules(spec, selection, context)),
            context,
            valid=is_valid_payload,
            explain=validate_payload,
            document=RenderedDocument,
            severity=selection.severity,
            varying={name: renderer.varying for name, renderer in renderers.items()},
        ),
        places=RefusedPlaces(spec, partial(_traced_renderers, spec, binder.channels, options, environment, folder)),
        max_addresses=address_limit(options, environment),
        bulk=bulk_mode(options, environment),
        bounds=RowBounds(tuple(_looping(spec)), options.keep_going),
        engine=engine,
        tariff=Tariff(environment.prices if environment else {}) if options.estimate else None,
        recorder=recorder,
    )


def _renderers(
    spec: ShapedSpec,
    channels: Sequence[str],
    evaluator: Evaluator,
    options: RenderOptions,
    environment: Environment | None,
    constants: Mapping[str, Any],
) -> dict[str, ChannelRenderer]:
    rt_name = environment.rt_name if environment else "rt"
    return {name: channel_renderer(spec, name, evaluator, now=options.now, rt_name=rt_name, constants=constants) for name in channels}


def _traced_renderers(
    spec: AnalysedSpec, channels: Sequence[str], options: RenderOptions, environment: Environment | None, folder: Path
) -> dict[str, ChannelRenderer]:
    _engine, evaluator, _recorder = _evaluator(spec, replace(options, trace=True), environment, folder)
    return _renderers(spec.shaped, channels, evaluator, options, environment, {})


def _open_rules(spec: AnalysedSpec, selection: Selection, context: RuleContext) -> Iterator[Rule]:
    """The rules that can refuse a message, without those that are proved to hold for all data."""
    asked = replace(context, proving=True)
    for known in selection.rules:
        refuses = selection.severity(known, max(known.severity, known.worst or known.severity)) is Severity.ERROR
        if known.subject in (Subject.MESSAGE, Subject.BODY) and refuses:
            if known.proves and not any(True for form in spec.messages for _finding in known.check(form, asked)):
                continue
            yield known


def _evaluator(
    spec: AnalysedSpec, options: RenderOptions, environment: Environment | None, folder: Path
) -> tuple[Engine, Evaluator, Recorder | None]:
    """What compiles the spec's templates, what evaluates them, and who learns which branches they take."""
    from msgspec_tool.templates.failures import RenderFailure
    from msgspec_tool.templates.running.engine import Engine
    from msgspec_tool.templates.running.evaluation import Evaluator
    from msgspec_tool.templates.values import OMIT

    found = partials(options.project, folder)
    settings: dict[str, Any] = {
        "locale": locale_setting(spec, environment, "locale", "en"),
        "timezone": locale_setting(spec, environment, "timezone", "UTC"),
        "smartlinks": declared_smartlinks(spec.shaped),
    }
    if options.trace:
        from msgspec_tool.templates.running.trace import TracingEngine, TracingEvaluator

        tracing = TracingEngine(found, **settings)
        return tracing, TracingEvaluator(spec, tracing, omit=OMIT, failure=RenderFailure), None
    if not options.coverage:
        engine = Engine(found, **settings)
        return engine, Evaluator(spec, engine, omit=OMIT, failure=RenderFailure), None
    from msgspec_tool.templates.running.coverage import Recorder, RecordingEnvironment, RecordingEvaluator

    recorder = Recorder()
    recording = Engine(found, **settings, environment=partial(RecordingEnvironment, recorder))
    return recording, RecordingEvaluator(recorder, spec, recording, omit=OMIT, failure=RenderFailure), recorder


def _looping(spec: AnalysedSpec) -> Iterator[str]:
    """The places of templates whose work is not bounded by their inputs: ``channels.sms.text (path:line:column)``.

    Of straight-line templates each does little, but a hostile spec can hold thousands: over a limit all of them count.
    """
    many = sum(len(template.source) for template in spec.templates.values() if template.tree is not None) > STRAIGHT_CHARACTERS
    for known in spec.shaped.templates:
        template = spec.templates.get(known.field.path)
        if template is not None and template.tree is not None and (many or not template.straight_line):
            yield f"{'.'.join(map(str, known.field.path))} ({known.field.file.place(known.field.span.start)})"
