"""The order of the stages of lint, and nothing else.

load → validate → analyse, and after each the rules that read its result; then those that compare the files of a project;
comments take findings away last. A render begins alike: see :mod:`msgspec_tool.pipeline`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec_tool.catalogue import Selection, select
from msgspec_tool.channels.limits import MAX_DESTINATIONS
from msgspec_tool.config import LintSettings, Project
from msgspec_tool.diagnostics import Failure, LintReport, Subject
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.linting.comparison import compare
from msgspec_tool.linting.examinations import Examinations
from msgspec_tool.linting.rule_run import Examined, Inspection, RuleRun, Settings, begun
from msgspec_tool.model import LoadedSpec, RequestBody
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.stages.claim import claims
from msgspec_tool.stages.load import load_body, load_spec
from msgspec_tool.stages.validate import validate_body, validate_spec
from msgspec_tool.surroundings.discovery import Discovered, InputFile, InputKind, discover
from msgspec_tool.surroundings.files import Looked, partials, read_file, recipient_columns
from msgspec_tool.surroundings.project_file import load_project, nearest_project_file

if TYPE_CHECKING:
    from msgspec_tool.linting.changes import Comparing
    from msgspec_tool.linting.memory import LintMemory
    from msgspec_tool.linting.neighbours import Neighbours
    from msgspec_tool.storage.remote import Place


class LintOptions(NamedTuple):
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
    compare: Comparing | None = None
    """What compares the specs with a revision, where that was asked for."""


def lint(options: LintOptions) -> LintReport:
    """Check every file that was asked for. A broken file hides no other file."""
    if options.memory is not None:
        options.memory.note_paths(options.paths)
    found, settings = _asked_for(options)
    examined = _examined(options, [(file, _noted(settings, options, file.folder)) for file in found.files])
    if options.compare is not None:
        from msgspec_tool.linting.changes import judge_changes

        judge_changes(options.compare, {one.path: one.run for _settings, one in examined})
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


def lint_inputs(options: LintOptions) -> tuple[Discovered, Neighbours]:
    """The files that were asked for, and what checks one of them by itself, with the rules and the project that it belongs to."""
    from msgspec_tool.linting.neighbours import Neighbours

    found, settings = _asked_for(options)
    return found, Neighbours(found.files, settings, partial(_examine, recipients=options.recipients))


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
        max_addresses=environments[chosen].max_addresses if chosen else MAX_DESTINATIONS,
        options=project.lint.options,
        locales=project.locales(chosen),
    )


def inspect(file: InputFile, project: Project, selection: Selection, context: RuleContext) -> Inspection:
    """Everything that is known of one file by itself without rendering it."""
    return examine(file, project, selection, context).judged()


def examine(file: InputFile, project: Project, selection: Selection, context: RuleContext, recipients: Place | None = None) -> Examined:
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


def _examine_spec(loaded: LoadedSpec, run: RuleRun, project: Project, folder: Path, recipients: Place | None, looked: Looked) -> Examined:
    run.read(loaded.file.text)
    run.on(Subject.LOADED, loaded)
    shaped = None if loaded.broken else validate_spec(loaded)
    if shaped is None:
        # what is absent may only be unread: nothing that rests on absence is said of a broken file
        return Examined(run, loaded.file.path)
    try:
        columns = recipient_columns(shaped, project, folder, recipients, looked.look)
    except UnreadableError as error:
        words = f"{error.message} ({error.help})" if error.help else error.message
        run.failures.append(Failure(shaped.file.path, error.reason, words))
    else:
        if columns is not None:
            run.context = replace(run.context, columns=columns)
    run.on(Subject.SHAPED, shaped)
    run.on(Subject.SHAPE, shaped)
    from msgspec_tool.stages.analyse import analyse_spec

    analysed = analyse_spec(shaped, partials(project, folder, looked.look), run.context)
    run.on_messages(analysed.messages)
    run.on(Subject.BODY, RequestBody(shaped.root, analysed.messages))
    run.on(Subject.ANALYSED, analysed)
    if analysed.exhausted:
        words = "the templates take too many steps to analyse; what they print is not checked against limits"
        run.failures.append(Failure(shaped.file.path, "limit", words))
    return Examined(run, loaded.file.path, analysed, analysed.suppressions, claims(shaped), looked.states)


def _inspect_body(loaded: LoadedSpec, run: RuleRun) -> None:
    run.read(loaded.file.text)
    run.on(Subject.LOADED, loaded)
    body = validate_body(loaded)
    if body is not None:
        run.on(Subject.SHAPE, body)
        run.on(Subject.BODY, body)
        run.on_messages(body.messages)
