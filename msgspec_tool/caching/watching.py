"""Whether something that rests on files still holds, asked again and again while people edit them.

Files are looked at by name: that works alike on every file system, on those that a container or a network shares too, and only for
files that matter. What the operating system tells of a file is compared first, its bytes only where that differs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping

from msgspec_tool.caching.file_states import Seen, looked_into, project_file_above
from msgspec_tool.caching.remembered_runs import Facts, below


class Noted:
    """What something rests on, noted while it is made: each before it is read."""

    def __init__(self) -> None:
        self.facts = Facts()

    def paths(self, paths: Iterable[str]) -> None:
        """Files that are named, and folders whose specs are looked for."""
        for path in paths:
            if os.path.isdir(path):
                self.facts.folders[path] = below(path)
            else:
                self.file(path)

    def file(self, path: str) -> None:
        """A file, which may be absent."""
        if path not in self.facts.looked:
            self.facts.looked[path] = looked_into(path)

    def project_of(self, folder: str) -> None:
        """Which project file a folder belongs to, and that file."""
        if folder not in self.facts.projects:
            found = self.facts.projects[folder] = project_file_above(folder) or ""
            if found:
                self.file(found)

    def states(self, looked: Mapping[str, Seen]) -> None:
        """Files whose states were taken already."""
        for path, state in looked.items():
            self.facts.looked.setdefault(path, state)


class Watch:
    """Facts, and how what they speak of looks from outside.

    Make it when the facts are complete: what has changed since they were taken is noticed as well.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._seen: list[object] = []

    def broken(self) -> bool:
        """Whether one of the facts no longer holds."""
        seen = self.looks()
        if seen != self._seen:
            if not self._facts.hold(time.time()):
                return True
            self._seen = seen
        return False

    def looks(self) -> list[object]:
        """How it all looks now: equal to another time's where nobody has touched anything in between."""
        facts = self._facts
        files = map(_status, (*facts.files, *facts.looked))
        return [*files, *map(below, facts.folders), *map(project_file_above, facts.projects)]


def _status(path: str) -> tuple[int, int, int] | None:
    """When a file was changed last (nanoseconds), its size, and which one it is; None where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
