"""Projects as they stood at a revision: their settings, and their files by value."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

from msgspec_tool.caching.file_states import PROJECT_FILE
from msgspec_tool.config import Project
from msgspec_tool.errors import UsageError
from msgspec_tool.revisions.revision import Revision, RevisionFiles
from msgspec_tool.surroundings.project_file import project_of


@dataclass(frozen=True)
class FormerProject(Project):
    """A project of a revision. Its specs are called ``REVISION:PATH``, as git calls them."""

    revision: str = ""
    place: str = ""
    """The path of its root, from the root of the repository."""

    def relative(self, path: str) -> str:
        """See :class:`~msgspec_tool.config.Project`."""
        return super().relative(path.removeprefix(f"{self.revision}:"))

    def inside(self, folder: str) -> Path:
        """A folder of the repository as seen from the root of the project."""
        return Path(os.path.relpath(folder or ".", self.place or "."))


class FormerProjects:
    """The projects of a revision, each read once."""

    def __init__(self, revision: Revision, given: Project | None = None, given_place: str | None = None) -> None:
        """``given`` is the project that the command line names for all specs, ``given_place`` the path of its file."""
        self._revision = revision
        self._given = given
        self._given_place = given_place
        self.of = lru_cache(maxsize=None)(self._of)
        self._read = lru_cache(maxsize=None)(self._read_project)

    def _of(self, folder: str) -> FormerProject:
        """The project of a folder. Raises ``UsageError`` and ``UnreadableError`` as reading it from the work tree does."""
        if self._given is not None:
            return self._named(self._given)
        at = folder
        while True:
            path = os.path.join(at, PROJECT_FILE)
            if self._revision.file(path) is not None:
                return self._read(path)
            if not at:
                root = Path(self._revision.repository.root, folder)
                return self._former(Project(root), folder)
            at = os.path.dirname(at)

    def _named(self, given: Project) -> FormerProject:
        """The project file that the command line names, as it stood; where the revision has none, as it is."""
        if self._given_place is not None and self._revision.file(self._given_place) is not None:
            return self._read(self._given_place)
        place = os.path.relpath(os.path.realpath(given.root), self._revision.repository.root)
        if place.startswith(os.pardir):
            raise UsageError("the project file of --config is outside the repository", help="name one that is in it")
        return self._former(given, "" if place == "." else place)

    def _read_project(self, path: str) -> FormerProject:
        data = self._revision.read(path) or b""
        file = Path(self._revision.repository.root, path)
        return self._former(project_of(file, f"{self._revision.name}:{path}", data), os.path.dirname(path))

    def _former(self, project: Project, place: str) -> FormerProject:
        values = {known.name: getattr(project, known.name) for known in fields(project)}
        former = FormerProject(**values, revision=self._revision.name, place=place)
        return replace(former, carried=RevisionFiles(self._revision, place))


def same_settings(one: Project, other: Project) -> bool:
    """Whether two projects render and judge alike."""
    return (one.lint, one.partials, one.environments) == (other.lint, other.partials, other.environments)
