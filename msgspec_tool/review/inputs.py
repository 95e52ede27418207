"""The specs of both sides, paired, and those among them whose inputs differ: only these are rendered."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec_tool.caching.file_states import SKIPPED_FOLDERS, SPEC_SUFFIXES, file_bytes
from msgspec_tool.config import Project
from msgspec_tool.diagnostics import Failure
from msgspec_tool.errors import ToolError, UnreadableError, UsageError
from msgspec_tool.review.former_projects import FormerProjects, same_settings
from msgspec_tool.review.reading_partials import PartialChanges, recipients_names
from msgspec_tool.review.standing import Now, Then
from msgspec_tool.revisions.revision import Revision
from msgspec_tool.source.quoting import shown
from msgspec_tool.surroundings.discovery import Discovered, InputKind, kind_of

MOST_FOLDERS = 50_000
"""Folders of a revision that are searched: a hostile one has more than any disk, since equal folders are one object."""

_NAME = re.compile(r"""^name\s*:\s*["']?([A-Za-z0-9-]{1,64})["']?\s*(?:#.*)?$""", re.MULTILINE)


@dataclass(frozen=True)
class Pair:
    """One spec on both sides."""

    shown: str
    """What a person is told that it is called: where it is now, else where it was."""
    here: str | None
    """Its path now, from the root of the repository."""
    there: str | None
    """Its path at the revision."""


class Paths:
    """The same file as a person names it, and as the repository does."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._folder = lru_cache(maxsize=None)(os.path.realpath)

    def inside(self, path: str) -> str:
        """From the root of the repository; ``UsageError`` for what is not in it."""
        folder, name = os.path.split(os.path.normpath(path))
        real = self._folder(path) if name in ("", ".", "..") else os.path.join(self._folder(folder or "."), name)
        found = os.path.relpath(real, self._root)
        if found.split(os.sep)[0] == os.pardir:
            raise UsageError(f"'{path}' is outside the repository '{self._root}'", help="name files of one repository")
        return "" if found == "." else found.replace(os.sep, "/")

    def holds(self, path: str) -> bool:
        """Whether a path of this disk is in the repository."""
        try:
            return bool(self.inside(path))
        except UsageError:
            return False

    def shown(self, path: str) -> str:
        """As seen from the current folder; where that is outside the repository, the whole path."""
        whole, here = os.path.join(self._root, path), self._folder(".")
        inside = here == self._root or here.startswith(os.path.join(self._root, ""))
        return (os.path.relpath(whole, here) if inside else os.path.normpath(whole)).replace(os.sep, "/")


def paired(found: Discovered, asked: Sequence[str], revision: Revision, paths: Paths) -> tuple[list[Pair], list[Failure]]:
    """Every spec that was asked for on either side: by its path, else by its bytes, else by its name.

    Failures are what could not be found on either side, and specs that belong to another repository.
    """
    now = {paths.inside(file.path): file.path for file in found.files if file.kind is InputKind.SPEC}
    then = {path for one in asked for path in _specs_then(revision, paths.inside(one))}
    failures = [one for one in found.failures if one.reason != "missing" or not _was_there(revision, paths.inside(one.path))]
    moved = _moved(now.keys() - then, then - now.keys(), revision, paths)
    pairs = []
    for here, named in now.items():
        submodule = revision.submodule_above(here)
        if submodule is not None:
            words = f"the spec is in the submodule '{submodule}': run diff there, with a revision of its own"
            failures.append(Failure(named, "unreadable", words))
        else:
            pairs.append(Pair(named, here, here if here in then else moved.get(here)))
    pairs += [Pair(paths.shown(there), None, there) for there in sorted(then - now.keys() - set(moved.values()))]
    return pairs, failures


def _was_there(revision: Revision, path: str) -> bool:
    return revision.is_folder(path) or (kind_of(path) is InputKind.SPEC and revision.file(path) is not None)


def _specs_then(revision: Revision, path: str) -> Iterator[str]:
    """Specs below a folder, found as they are in the work tree; or the file itself."""
    if not revision.is_folder(path):
        if _was_there(revision, path):
            yield path
        return
    pending = [(path, revision.members(path))]
    for _count in range(MOST_FOLDERS):
        if not pending:
            return
        folder, members = pending.pop()
        for name, entry in members.items():
            inner = f"{folder}/{name}" if folder else name
            if name.startswith("."):
                continue
            if entry.is_folder:
                below = revision.tree(entry)
                if name not in SKIPPED_FOLDERS and "pyvenv.cfg" not in below:
                    pending.append((inner, below))
            elif name.endswith(SPEC_SUFFIXES) and (entry.is_file or revision.file(inner) is not None):
                yield inner
    words = f"'{shown(path or '.')}' has more than {MOST_FOLDERS:,} folders at '{revision.name}'"
    raise UnreadableError(words, path=path or ".", reason="limit", help="name the folder that holds the messages")


def _moved(new: set[str], gone: set[str], revision: Revision, paths: Paths) -> dict[str, str]:
    """Where each of the new paths was before: the file of the same bytes, else the one of the same name, if there is just one."""
    data = {path: _bytes(paths.shown(path)) for path in sorted(new)} if gone else {}
    moved: dict[str, str] = {}
    for key_now, key_then in (
        ({path: revision.blob_name(one) for path, one in data.items()}, {path: _blob(revision, path) for path in sorted(gone)}),
        ({path: _name(one) for path, one in data.items()}, {path: _name(revision.read(path) or b"") for path in sorted(gone)}),
    ):
        for path, key in key_now.items():
            candidates = [old for old, known in key_then.items() if known == key and old not in moved.values()]
            if key is not None and path not in moved and len(candidates) == 1:
                moved[path] = candidates[0]
    return moved


def _blob(revision: Revision, path: str) -> str | None:
    found = revision.file(path)
    return found[1].object if found is not None else None


def _name(data: bytes) -> str | None:
    found = _NAME.search(data.decode("utf-8", "replace"))
    return found[1] if found is not None else None


def _bytes(path: str) -> bytes:
    try:
        return file_bytes(path)
    except OSError:
        return b""


class Differences:
    """Which inputs of a spec differ between the sides."""

    def __init__(self, then: Then, now: Now, projects: FormerProjects, root: str) -> None:
        """``root`` is the repository's."""
        self._then = then
        self._now = now
        self._projects = projects
        self._root = root
        self._partials = lru_cache(maxsize=None)(self._partials_of)
        self._settings: dict[str, bool] = {}

    def differ(self, path: str) -> bool:
        """Whether a file has other bytes, is new or is gone."""
        return self._then.digest(path) != self._now.digest(path)

    def affect(self, pair: Pair, project: Project) -> bool:
        """Whether anything that the messages of a spec are made of may differ; ``project`` is the one that it belongs to now."""
        if pair.here is None or pair.here != pair.there or self.differ(pair.here):
            return True
        folder = os.path.dirname(pair.here)
        if self.settings_differ(folder, project):
            return True
        text = self._now.text(pair.here)
        names = (os.path.normpath(os.path.join(folder, name)) for name in recipients_names(text))
        return any(map(self.differ, names)) or self._partials(folder, str(project.root), project.partials).touch(text)

    def settings_differ(self, folder: str, project: Project) -> bool:
        """Whether the project of a folder has other settings than it had, or they could not be read then."""
        if folder not in self._settings:
            try:
                self._settings[folder] = not same_settings(self._projects.of(folder), project)
            except ToolError:
                self._settings[folder] = True
        return self._settings[folder]

    def _partials_of(self, folder: str, root: str, partials: str) -> PartialChanges:
        place = os.path.relpath(os.path.realpath(root), self._root)
        return PartialChanges(self._then, self._now, (os.path.normpath(os.path.join(place, partials)), folder))
