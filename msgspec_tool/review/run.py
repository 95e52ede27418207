"""The comparison of a work tree with a revision of its repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from msgspec_tool.caching.file_states import PROJECT_FILE
from msgspec_tool.config import Project
from msgspec_tool.diagnostics import Failure
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.message_changes import Reached, Review, SpecChange
from msgspec_tool.rendering.options import RenderOptions, named_environment, render_context
from msgspec_tool.review.comparison import Compared, change_of, judged
from msgspec_tool.review.former_projects import FormerProject, FormerProjects
from msgspec_tool.review.inputs import Differences, Pair, Paths, paired
from msgspec_tool.review.sides import Side, SideOptions, reached, render_side, side_without
from msgspec_tool.review.standing import Now, Then
from msgspec_tool.revisions.objects import Repository
from msgspec_tool.revisions.revision import Revision
from msgspec_tool.surroundings.discovery import InputFile, InputKind, discover
from msgspec_tool.surroundings.files import read_file, recipients_file
from msgspec_tool.surroundings.project_file import projects


@dataclass(frozen=True)
class ReviewOptions:
    """What ``diff`` was asked for. ``now`` is the clock of both sides (aware, UTC)."""

    now: datetime
    base: str = "HEAD"
    paths: tuple[str, ...] = (".",)
    environment: str | None = None
    project: Project | None = None
    """The project of all files; without one each file's own, the nearest above it."""


def run_review(options: ReviewOptions, hear: Callable[[SpecChange], object] = lambda _change: None) -> Review:
    """Compare every spec that was asked for with how it was. A broken spec hides no other.

    ``hear`` is told of each change while the specs of both sides are at hand; in the result they are not.

    Raises ``UsageError`` where there is no such revision, and where a spec as it is now needs an environment that nobody named.
    """
    found = discover(options.paths)
    with _comparison(options) as comparison:
        pairs, failures = paired(found, options.paths, comparison.revision, comparison.paths)
        changes: list[SpecChange] = []
        for pair in pairs:
            try:
                for change in comparison.of(pair):
                    hear(change)
                    changes.append(replace(change, before=None, after=None))
            except UnreadableError as error:
                failures.append(Failure.of(error))
        commit = comparison.revision.commit
    changes.sort(key=lambda one: one.weight)
    missed = {one.path for one in failures}
    unchanged = sum(pair.shown not in missed for pair in pairs) - len(changes)
    return Review(options.base, commit, tuple(changes), unchanged, tuple(failures))


@contextmanager
def _comparison(options: ReviewOptions) -> Iterator[Comparison]:
    repository = Repository.of(_folder(options.paths))
    with repository.objects() as objects:
        revision = Revision(repository, options.base, objects)
        paths = Paths(repository.root)
        file = options.project.file if options.project is not None else None
        former = FormerProjects(revision, options.project, paths.inside(str(file)) if file is not None else None)
        then, now = Then(revision), Now(repository.root, sha256=len(revision.commit) == 64)
        yield Comparison(options, revision, paths, former, Differences(then, now, former, repository.root))


def _folder(paths: tuple[str, ...]) -> str:
    """The nearest folder of the first path that is there."""
    at = os.path.abspath(paths[0])
    while not os.path.isdir(at):
        at = os.path.dirname(at)
    return at


class Comparison:
    """Everything that specs are compared with."""

    def __init__(self, options: ReviewOptions, revision: Revision, paths: Paths, former: FormerProjects, differences: Differences) -> None:
        self.revision = revision
        self.paths = paths
        self._options = options
        self._former = former
        self._differences = differences
        self._projects = projects(options.project)

    def of(self, pair: Pair) -> Iterator[SpecChange]:
        """The change of one spec, if there is any: rendered where one of its inputs differs."""
        if pair.here is None:
            yield from self._gone(pair)
            return
        project = self._projects(Path(pair.shown).parent)
        if not self._differences.affect(pair, project):
            return
        after = self._after(pair, project)
        through = tuple(self._through(pair, project, after)) if pair.there is not None else ()
        if pair.there is not None and not through and after.looked_at_all:
            return
        before = self._before(pair, after) if pair.there is not None else None
        there = pair.shown if pair.there in (None, pair.here) else self.paths.shown(pair.there)
        counts = self._reached(pair, project, before, after) if before is not None else Reached()
        change = self._judged(change_of(Compared(pair.shown, there, before, after, through, counts)), project)
        if change.differs or change.unrendered:
            yield change

    def _gone(self, pair: Pair) -> Iterator[SpecChange]:
        yield change_of(Compared(pair.shown, pair.shown, self._before(pair, None), None))

    def _judged(self, change: SpecChange, project: Project) -> SpecChange:
        render = RenderOptions(self._options.now, project, environment=self._options.environment)
        return judged(change, project, render_context(render, named_environment(render)))

    def _after(self, pair: Pair, project: Project) -> Side:
        try:
            data = read_file(Path(pair.shown))
        except UnreadableError as error:
            return side_without(error, before=False)
        options = SideOptions(self._options.now, False, self._options.environment)
        return render_side(InputFile(pair.shown, InputKind.SPEC, data), project, options)

    def _before(self, pair: Pair, after: Side | None) -> Side:
        assert pair.there is not None
        options = SideOptions(self._options.now, True, self._options.environment)
        try:
            project = self._former.of(os.path.dirname(pair.there))
            return render_side(self._file_then(pair.there, project), project, options, after)
        except (UsageError, UnreadableError) as error:
            return side_without(error, before=True)

    def _file_then(self, path: str, project: FormerProject) -> InputFile:
        """A spec of the revision, called as git calls it."""
        name = f"{self.revision.name}:{self.paths.shown(path)}"
        return InputFile(name, InputKind.SPEC, self.revision.read(path), project.inside(os.path.dirname(path)))

    def _through(self, pair: Pair, project: Project, after: Side) -> Iterator[str]:
        """The files that differ and that the spec is made of, as a person is told of them: itself first."""
        assert pair.here is not None
        if pair.here != pair.there or self._differences.differ(pair.here):
            yield pair.shown
        if self._differences.settings_differ(os.path.dirname(pair.here), project):
            yield self.paths.shown(self.paths.inside(str(project.file or project.root / PROJECT_FILE)))
        recipients = recipients_file(after.spec.shaped, project, Path(pair.shown).parent) if after.spec is not None else None
        looked = (self.paths.inside(path) for path in (*after.looked, str(recipients or "")) if path and self.paths.holds(path))
        yield from (self.paths.shown(path) for path in dict.fromkeys(looked) if self._differences.differ(path))

    def _reached(self, pair: Pair, project: Project, before: Side, after: Side) -> Reached:
        """How many on each side, where that can differ."""
        if before.spec is None or after.spec is None or pair.there is None:
            return Reached()
        now = reached(after.spec, project, Path(pair.shown).parent)
        former = self._former.of(os.path.dirname(pair.there))
        return Reached(reached(before.spec, former, former.inside(os.path.dirname(pair.there))), now)
