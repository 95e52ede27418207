"""Every spec that was asked for, linted and rendered for a page: its own samples, and those at the boundaries of its declarations.

Nothing is read of recipients but the header of their file, as lint does: what stands on the page is made of samples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from msgspec_tool.caching.watching import Noted
from msgspec_tool.catalogue import Selection, select
from msgspec_tool.config import Project
from msgspec_tool.diagnostics import Diagnostic, Failure
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.lint_pipeline import examine
from msgspec_tool.linting.comparison import compare
from msgspec_tool.linting.rule_run import Examined
from msgspec_tool.model import AnalysedSpec, Refusal
from msgspec_tool.pipeline import render_samples
from msgspec_tool.preview.findings import finding_views
from msgspec_tool.preview.memory import Rendered, SpecMemory
from msgspec_tool.preview.messages import message_view, shown_json
from msgspec_tool.preview.views import Preview, SampleView, SpecView
from msgspec_tool.rendering.options import RenderOptions, named_environment, render_context
from msgspec_tool.rendering.outcome import RenderedSample
from msgspec_tool.reporters.privacy import MASK
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.surroundings.discovery import InputFile, InputKind, discover
from msgspec_tool.surroundings.files import read_file
from msgspec_tool.surroundings.project_file import projects
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.trials.generated_samples import boundary_samples

MAX_SAMPLES = 500
"""Samples of one spec that a page can hold: a hostile file has thousands."""

AS_WRITTEN = "as written"
"""The name of the only rendering of a spec in which nothing varies and that has no sample."""


@dataclass(frozen=True)
class PreviewOptions:
    """What ``preview`` was asked for. ``now`` is the run's frozen clock (aware, UTC)."""

    now: datetime
    project: Project | None = None
    """The project of all files; without one each file's own, the nearest above it."""
    paths: tuple[str, ...] = (".",)
    environment: str | None = None
    samples: tuple[str, ...] = ()
    """Only these, by name; all without any."""


class _Looked(NamedTuple):
    """A file that rules have looked at, and what it was looked at with."""

    file: InputFile
    project: Project
    selection: Selection
    context: RuleContext
    examined: Examined


def preview(options: PreviewOptions, noted: Noted, memory: SpecMemory) -> Preview:
    """What a page shows of every spec that was asked for. A broken spec hides no other.

    ``noted`` takes what it rests on, and what ``memory`` knows is not made again.
    ``UsageError`` for an environment that is not there, for a spec that reads ``env`` where none is named, and for a sample
    that no spec has.
    """
    noted.paths(options.paths)
    found = discover(options.paths)
    failures = list(found.failures)
    looked = list(_looked([file for file in found.files if file.kind is InputKind.SPEC], options, failures, noted, memory))
    of_projects = tuple(finding for several in _by_project(looked) for finding in finding_views(_compared(several), ()))
    shown: list[SpecView] = []
    names: dict[str, None] = {}
    for one in looked:
        try:
            shown += _spec_views(one, options, names, memory)
        except UnreadableError as error:
            failures.append(Failure.of(error))
    missing = [name for name in options.samples if name not in names]
    if missing and not failures:
        raise UsageError(f"no spec has a sample '{missing[0]}'{suggestion(nearest(missing[0], names))}")
    return Preview(tuple(shown), options.now, options.environment or "", tuple(failures), of_projects)


def _by_project(looked: Iterable[_Looked]) -> Iterator[list[_Looked]]:
    def project(one: _Looked) -> str:
        return str(one.project.file)

    return (list(several) for _project, several in groupby(sorted(looked, key=project), key=project))


def _compared(several: list[_Looked]) -> tuple[Diagnostic, ...]:
    """What is found in the project file; what the files of a project have against each other joins their own findings."""
    first = several[0]
    return compare(first.project, first.selection, first.context, [one.examined for one in several]).diagnostics


def _looked(
    files: Iterable[InputFile], options: PreviewOptions, failures: list[Failure], noted: Noted, memory: SpecMemory
) -> Iterator[_Looked]:
    project_of = projects(options.project)
    for file in files:
        noted.project_of(str(file.folder))
        noted.file(file.path)
        project = project_of(file.folder)
        render = RenderOptions(options.now, project, environment=options.environment)
        try:
            given = InputFile(file.path, file.kind, read_file(Path(file.path)))
        except UnreadableError as error:
            failures.append(Failure.of(error))
            continue
        context, selection = render_context(render, named_environment(render)), select(project.lint)
        examined = memory.examined(given, project, partial(examine, given, project, selection, context))
        noted.states(examined.looked)
        yield _Looked(given, project, selection, context, examined)


def _spec_views(one: _Looked, options: PreviewOptions, names: dict[str, None], memory: SpecMemory) -> Iterator[SpecView]:
    """What is shown of a file: nothing where it has none of the samples that are asked for. ``names`` takes those that it has."""
    inspection = one.examined.judged(compared=True).complete()
    spec = inspection.spec
    if spec is None or inspection.errors:
        yield _view(one.file.path, spec, (), inspection.diagnostics)
        return
    rendered = memory.rendered(one.file.path, partial(_rendered, one, spec, options))
    names.update(dict.fromkeys(rendered.names))
    if rendered.samples:
        yield _view(one.file.path, spec, rendered.samples, inspection.diagnostics)


def _rendered(one: _Looked, spec: AnalysedSpec, options: PreviewOptions) -> Rendered:
    own, generated = _own_samples(spec), dict(_generated(spec))
    names = (*own, *generated)
    if options.samples:
        own = [name for name in own if name in options.samples]
        generated = {name: data for name, data in generated.items() if name in options.samples}
        if not own and not generated:
            return Rendered(names, ())
    if len(own) > MAX_SAMPLES:
        raise UnreadableError(f"the spec has more than {MAX_SAMPLES} samples", path=one.file.path, reason="limit")
    render = RenderOptions(options.now, one.project, samples=tuple(own), environment=options.environment, keep_going=True)
    rendered = render_samples(spec, one.file.data or b"", render, one.file.folder, generated, attempted=True)
    return Rendered(names, tuple(_sample_view(spec, sample) for sample in rendered))


def _own_samples(spec: AnalysedSpec) -> list[str]:
    samples = spec.shaped.root.get("samples")
    return [name for name, _sample in samples.items()] if samples is not None else []


def _generated(spec: AnalysedSpec) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    """The boundaries; of a spec that has neither them nor samples its only rendering."""
    found = list(boundary_samples(spec))
    own = _own_samples(spec)
    yield from ((name, data) for name, data in found if name not in own)
    if not found and not own:
        yield AS_WRITTEN, {}


def _sample_view(spec: AnalysedSpec, sample: RenderedSample) -> SampleView:
    messages = tuple(map(message_view, sample.messages))
    unsent = _words(sample.refusal) if sample.refusal is not None else "" if messages else "it gives no message"
    generated = sample.data is not None and sample.name != AS_WRITTEN
    return SampleView(sample.name, messages, generated, _data(spec, sample), unsent)


def _data(spec: AnalysedSpec, sample: RenderedSample) -> str:
    """The values of a sample; those of secret variables may be on no page."""
    written = spec.shaped.root.find("samples", sample.name)
    values = sample.data if sample.data is not None else written.value if written is not None else {}
    if not isinstance(values, Mapping) or not values:
        return ""
    secret = {name for name, variable in spec.shaped.variables.items() if variable.schema.get("sensitivity") == "secret"}
    return shown_json({name: MASK if name in secret else value for name, value in values.items()})


def _words(refusal: Refusal) -> str:
    variable = f"'{refusal.column}': " if refusal.column else ""
    return f"{variable}{refusal.reason} [{refusal.code}]"


def _view(path: str, spec: AnalysedSpec | None, samples: tuple[SampleView, ...], diagnostics: Iterable[Diagnostic]) -> SpecView:
    channels = spec.shaped.channels if spec is not None else ()
    root = spec.shaped.root if spec is not None else None
    own = [sample for sample in samples if not sample.generated]
    reached = {message.channel for sample in own for message in sample.messages}
    tags = root.get("tags") if root is not None else None
    return SpecView(
        path,
        name=(spec.shaped.name if spec is not None else "") or Path(path).name.partition(".")[0],
        description=_text(root, "description"),
        owner=_text(root, "owner"),
        tags=tuple(str(tag.value) for tag in tags.elements()) if tags is not None else (),
        channels=channels,
        samples=samples,
        findings=finding_views(diagnostics, channels),
        unseen=tuple(channel for channel in channels if own and channel not in reached),
    )


def _text(root: Field | None, key: str) -> str:
    found = root.get(key) if root is not None else None
    return found.value if found is not None and isinstance(found.value, str) else ""
