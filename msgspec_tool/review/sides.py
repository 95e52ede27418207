"""One side of a comparison: a spec with what its samples give, or why they give nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from msgspec_tool.channels.layout import ALL_IDENTIFIERS
from msgspec_tool.config import Project
from msgspec_tool.errors import ToolError, UnreadableError, UsageError
from msgspec_tool.message_changes import MessageVersion, Unrendered
from msgspec_tool.model import AnalysedSpec
from msgspec_tool.pipeline import inspected_spec, render_samples
from msgspec_tool.recipients.files import open_recipients
from msgspec_tool.rendering.options import RenderOptions
from msgspec_tool.rendering.outcome import RenderedSample
from msgspec_tool.reporters.counting import counted
from msgspec_tool.review.versions import version
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.source.quoting import shown
from msgspec_tool.surroundings.discovery import InputFile
from msgspec_tool.surroundings.files import recipients_file
from msgspec_tool.trials.generated_samples import example_sample
from msgspec_tool.variables.numbers import parse_number

MOST_SAMPLES = 1_000
"""Samples of one spec that are rendered: a hostile file has more."""


@dataclass(frozen=True)
class Side:
    """What one side gives. ``spec`` is None where it has errors or could not be read."""

    spec: AnalysedSpec | None = None
    messages: Mapping[tuple[str, str], MessageVersion] = field(default_factory=dict)
    """By sample and channel."""
    data: Mapping[str, Plain] = field(default_factory=dict)
    """The samples' own data, by name."""
    is_generated: bool = False
    """The spec has no samples, so that one was made."""
    unrendered: tuple[Unrendered, ...] = ()
    looked: tuple[str, ...] = ()
    """The files that were looked for on the way, on this disk."""

    @property
    def looked_at_all(self) -> bool:
        """The spec was read to its end, so that no other file is part of it."""
        return self.spec is not None or any(one.diagnostics for one in self.unrendered)


@dataclass(frozen=True)
class SideOptions:
    """What is the same for all specs of a side. ``now`` is the run's frozen clock (aware, UTC)."""

    now: datetime
    before: bool
    environment: str | None = None


def render_side(file: InputFile, project: Project, options: SideOptions, other: Side | None = None) -> Side:
    """Render the samples of a spec on one side.

    ``other`` is the side that is compared with: its samples are rendered here, with the data that they have here, or had they been
    written already. Without it the spec's own are.

    ``UsageError`` where the spec as it is now needs an environment that nobody named; what is wrong with how it was is told in the
    result, like everything else.
    """
    try:
        return _rendered(file, project, options, other)
    except UsageError as error:
        if not options.before:
            raise
        return side_without(error, before=True)
    except UnreadableError as error:
        return side_without(error, before=options.before)


def side_without(error: ToolError, *, before: bool) -> Side:
    """A side of which nothing could be rendered."""
    return Side(unrendered=(Unrendered(before, error.message, help=error.help),))


def _rendered(file: InputFile, project: Project, options: SideOptions, other: Side | None) -> Side:
    render = RenderOptions(options.now, project, environment=options.environment, keep_going=True)
    sound = inspected_spec(file, render)
    if sound.spec is None:
        errors = Unrendered(options.before, f"the spec has {counted(len(sound.errors), 'error')}", diagnostics=sound.errors)
        return Side(unrendered=(errors,), looked=sound.looked)
    spec, own = sound.spec, _own_data(sound.spec, file.path)
    wanted = _wanted(spec, own, other)
    written = tuple(name for name in wanted if name in own)
    made = {name: data for name, data in wanted.items() if name not in own}
    messages: dict[tuple[str, str], MessageVersion] = {}
    refused: list[Unrendered] = []
    for sample in render_samples(spec, sound.data, replace(render, samples=written), file.folder, made):
        refused += _refused(spec, sample, options)
        for message in sample.messages:
            messages.setdefault((sample.name, message.channel), version(message))
    return Side(spec, messages, wanted, not own, tuple(refused), sound.looked)


def _wanted(spec: AnalysedSpec, own: Mapping[str, Plain], other: Side | None) -> Mapping[str, Plain]:
    """The samples to render, with their data: of the spec's own, or for each of the other side's the one that comes nearest."""
    name, example = example_sample(spec)
    if other is None or other.spec is None:
        return own or {name: example}
    required = {key: example[key] for key, variable in spec.shaped.variables.items() if variable.required}
    return {one: own.get(one, example if other.is_generated else {**required, **data}) for one, data in other.data.items()}


def _own_data(spec: AnalysedSpec, path: str) -> dict[str, Plain]:
    """The data of the samples that the spec has, numbers as their author wrote them."""
    samples = spec.shaped.root.get("samples")
    if samples is None or not isinstance(samples.value, dict):
        return {}
    if len(samples.value) > MOST_SAMPLES:
        raise UnreadableError(f"the spec has more than {MOST_SAMPLES:,} samples", path=path, reason="limit")
    return {name: {key: _exact(one) for key, one in sample.items()} for name, sample in samples.items()}


def _exact(field: Field) -> Plain:
    value = field.value
    number = parse_number(field.lexeme) if isinstance(value, float) else None
    return value if number is None else number


def _refused(spec: AnalysedSpec, sample: RenderedSample, options: SideOptions) -> Iterator[Unrendered]:
    # data of the other side may not fit: then the message is new there, or gone
    if sample.messages or (sample.data is not None and options.before):
        return
    refusal = sample.refusal
    column = f"'{shown(refusal.column)}': " if refusal is not None and refusal.column else ""
    reason = f"{column}{refusal.reason} [{refusal.code}]" if refusal is not None else "it gives no message"
    root = spec.shaped.root
    place = root.find("samples", sample.name) or root.get("variables")
    message = f"sample '{shown(sample.name)}' can't be rendered: {reason}"
    yield Unrendered(options.before, message, sample.name, place, _remedy(sample))


def _remedy(sample: RenderedSample) -> str:
    if sample.data is not None:
        return "the spec has no samples, and the examples of its variables do not fit: give it a sample"
    lacks = sample.refusal is not None and sample.refusal.code == "VAR302"
    return "give the sample a value for it, or the variable a default" if lacks else "change the sample, or the template that refuses it"


def reached(spec: AnalysedSpec, project: Project, folder: Path) -> int | None:
    """How many a spec is sent to: addresses of an inline list, rows of a file; None where no file is there."""
    destination = spec.shaped.destination
    if destination is not None and isinstance(destination.value, list):
        fields = (field for item in destination.elements() for key, field in item.items() if key in ALL_IDENTIFIERS)
        return sum(len(field.value) if isinstance(field.value, list) else 1 for field in fields)
    file = recipients_file(spec.shaped, project, folder)
    if file is None or not file.is_file():
        return None
    try:
        return open_recipients(file).count()
    except ToolError:
        # lint and render say what is wrong with it
        return None
