"""The specs' own tests: every sample is rendered through the stages of a render, and what their ``tests`` expect is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter

from msgspec_tool.catalogue import select
from msgspec_tool.config import Project
from msgspec_tool.diagnostics import Failure
from msgspec_tool.errors import UnreadableError
from msgspec_tool.lint_pipeline import inspect
from msgspec_tool.linting.rule_run import Inspection
from msgspec_tool.model import AnalysedSpec
from msgspec_tool.pipeline import render_samples
from msgspec_tool.rendering.options import RenderOptions, named_environment, render_context
from msgspec_tool.rendering.outcome import RenderedSample
from msgspec_tool.source.document import Field
from msgspec_tool.surroundings.discovery import InputFile, InputKind, discover
from msgspec_tool.surroundings.files import read_file
from msgspec_tool.surroundings.project_file import projects
from msgspec_tool.templates.failures import quoted
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.trials.expectations import has_limits, mismatches
from msgspec_tool.trials.generated_samples import as_yaml, boundary_samples, generated_samples
from msgspec_tool.trials.stored_renderings import SUFFIX, StoredRenderings
from msgspec_tool.verdicts import Case, Coverage, Mismatch, SpecVerdict, Verdicts

MAX_COMPARISONS = 5_000
"""Expectations of one spec, each counted for every sample that it is compared with: a hostile file has thousands of both."""


@dataclass(frozen=True)
class TrialOptions:
    """What ``test`` was asked for. ``now`` is the run's frozen clock (aware, UTC)."""

    now: datetime
    project: Project | None = None
    """The project of all files; without one each file's own, the nearest above it."""
    paths: tuple[str, ...] = (".",)
    environment: str | None = None
    coverage: bool = False
    update: bool = False
    """Store what the samples give, before anything is compared."""


def run_trials(options: TrialOptions) -> Verdicts:
    """Test every spec that was asked for. A broken spec hides no other.

    Raises ``UsageError`` for an environment that is not there, and for a spec that reads ``env`` where none is named.
    """
    found = discover(options.paths)
    files = [file for file in found.files if file.kind is InputKind.SPEC]
    project_of = projects(options.project)
    specs: list[SpecVerdict] = []
    failures = list(found.failures)
    for file in files:
        try:
            specs.append(_tried(file, options, project_of(file.folder)))
        except UnreadableError as error:
            failures.append(Failure.of(error))
    return Verdicts(tuple(specs), tuple(failures), len(found.skipped) + len(found.files) - len(files))


def run_generation(options: TrialOptions) -> Iterator[tuple[str, str | None]]:
    """The path of every spec that was asked for, with samples to add to it as YAML; None for a spec that has errors.

    Raises what :func:`run_trials` raises, and ``UnreadableError`` for a file that can't be read.
    """
    project_of = projects(options.project)
    found = discover(options.paths)
    for failure in found.failures:
        raise failure.error
    for file in found.files:
        if file.kind is InputKind.SPEC:
            inspection = _inspected(file, options, project_of(file.folder))[0]
            spec = inspection.spec
            yield file.path, None if spec is None or inspection.errors else as_yaml(generated_samples(spec))


def _tried(file: InputFile, options: TrialOptions, project: Project) -> SpecVerdict:
    """One spec: its errors, or its cases."""
    started = perf_counter()
    inspection, render, data = _inspected(file, options, project)
    if inspection.errors or inspection.spec is None:
        name = inspection.spec.shaped.name if inspection.spec else ""
        return SpecVerdict(file.path, name, diagnostics=inspection.errors, seconds=perf_counter() - started)
    return _judged(inspection.spec, data, render, file.folder, started, update=options.update)


def _inspected(file: InputFile, options: TrialOptions, project: Project) -> tuple[Inspection, RenderOptions, bytes]:
    render = RenderOptions(options.now, project, environment=options.environment, keep_going=True, coverage=options.coverage)
    data = read_file(Path(file.path))
    context = render_context(render, named_environment(render))
    inspection = inspect(InputFile(file.path, file.kind, data), project, select(project.lint), context)
    return inspection.complete(), render, data


def _judged(spec: AnalysedSpec, data: bytes, options: RenderOptions, folder: Path, started: float, *, update: bool) -> SpecVerdict:
    samples, tests = _members(spec.shaped.root.get("samples")), list(_elements(spec.shaped.root.get("tests")))
    boundaries = dict(boundary_samples(spec))
    _refuse_too_many(spec.shaped.file.path, len(samples) + len(boundaries), tests)
    chosen = replace(options, samples=tuple(samples))
    rendered: list[RenderedSample] = []
    cases: list[Case] = []
    before = perf_counter()
    for sample in render_samples(spec, data, chosen, folder, boundaries):
        rendered.append(sample)
        cases.append(_sample_case(sample, samples, perf_counter() - before))
        before = perf_counter()
    cases += (case for test in tests for case in _cases(test, rendered))
    own = [sample for sample in rendered if sample.data is None]
    renderings = StoredRenderings(spec.shaped, f"{spec.shaped.file.path}{SUFFIX}")
    stored = renderings.update(own) if update else None
    cases += renderings.cases(own)
    return SpecVerdict(
        spec.shaped.file.path,
        spec.shaped.name,
        samples=len(samples),
        tests=len(tests),
        cases=tuple(cases),
        coverage=_coverage(spec, rendered) if options.coverage else None,
        seconds=perf_counter() - started,
        stored=stored,
    )


def _refuse_too_many(path: str, samples: int, tests: Iterable[Field]) -> None:
    expected = ((len(_members(test.get("expect"))) + 1, 1 if test.get("sample") else samples) for test in tests)
    if samples + sum(number * times for number, times in expected) > MAX_COMPARISONS:
        raise UnreadableError(f"the samples and tests take more than {MAX_COMPARISONS:,} comparisons", path=path, reason="limit")


def _members(field: Field | None) -> dict[str, Field]:
    return dict(field.items()) if field is not None else {}


def _elements(field: Field | None) -> Iterable[Field]:
    return field.elements() if field is not None else ()


def _sample_case(sample: RenderedSample, samples: Mapping[str, Field], seconds: float) -> Case:
    """That a sample renders; one that was generated may as well be refused, as a row like it would be."""
    if sample.data is None:
        return Case(None, sample.name, tuple(_refused(samples[sample.name], sample)), seconds)
    refusal = sample.refusal
    unsent = refusal.reason if refusal is not None else None if sample.messages else "it gives no message"
    return Case(None, sample.name, (), seconds, sample.data, unsent)


def _refused(sample: Field, rendered: RenderedSample) -> Iterator[Mismatch]:
    """Why a sample gives no message."""
    refusal = rendered.refusal
    if refusal is not None:
        variable = f"'{refusal.column}': " if refusal.column else ""
        message = f"the sample can't be rendered: {variable}{refusal.reason} [{refusal.code}]"
        yield Mismatch(message, sample.file, sample.key_span, sample.path)
    elif not rendered.messages:
        yield Mismatch("the sample gives no message", sample.file, sample.key_span, sample.path)


def _cases(test: Field, rendered: Sequence[RenderedSample]) -> Iterator[Case]:
    """A test on the sample that it names; or on all, and its limits on those that were generated and give a message."""
    name, wanted = test.find("name") or test, test.get("sample")
    written = {sample.name: sample for sample in rendered if sample.data is None}
    if wanted is not None and str(wanted.value) not in written:
        missing = f"there is no sample {quoted(str(wanted.value))}{suggestion(nearest(str(wanted.value), written))}"
        yield Case(str(name.value), str(wanted.value), (_mismatch(missing, wanted),))
        return
    limits = has_limits(test.get("expect"))
    everyone = [one for one in rendered if one.data is None or (limits and one.messages)]
    chosen = everyone if wanted is None else [written[str(wanted.value)]]
    if not chosen:
        yield Case(str(name.value), None, (_mismatch("there is no sample to test", name),))
    for sample in chosen:
        started = perf_counter()
        found = tuple(_failing(test, wanted or name, sample))
        yield Case(str(name.value), sample.name, found, perf_counter() - started, sample.data)


def _failing(test: Field, place: Field, sample: RenderedSample) -> Iterator[Mismatch]:
    expect = test.get("expect")
    if not sample.messages:
        # the sample's own case says why
        yield _mismatch(f"sample {quoted(sample.name)} gives no message", place)
    elif expect is not None:
        yield from mismatches(expect, sample)


def _mismatch(message: str, place: Field) -> Mismatch:
    return Mismatch(message, place.file, place.span, place.path)


def _coverage(spec: AnalysedSpec, rendered: Iterable[RenderedSample]) -> Coverage:
    """Only what came to a message counts as reached, and only by a sample that the spec has."""
    from msgspec_tool.templates.running.coverage import coverage

    counted = (sample for sample in rendered if sample.refusal is None and sample.data is None)
    return coverage(spec, frozenset().union(*(sample.reached for sample in counted)))
