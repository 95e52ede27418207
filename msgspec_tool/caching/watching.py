"""Whether something that rests on files still holds, asked again and again while people edit them.

Files are looked at by name: that works alike on every file system, on those that a container or a network shares too, and only for
files that matter. What the operating system tells of a file is compared first, its bytes only where that differs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from msgspec_tool.caching.file_states import project_file_above
from msgspec_tool.caching.remembered_runs import Facts, below


class Watch:
    """Facts, and how what they speak of looks from outside.

    Make it when the facts are complete: what has changed since they were taken is noticed as well.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._seen: list[object] = []

    def broken(self) -> bool:
        """Whether one of the facts no longer holds."""
        seen = list(self._outside())
        if seen != self._seen:
            if not self._facts.hold(time.time()):
                return True
            self._seen = seen
        return False

    def _outside(self) -> Iterator[object]:
        facts = self._facts
        yield from map(_status, (*facts.files, *facts.looked))
        yield from map(below, facts.folders)
        yield from map(project_file_above, facts.projects)


def _status(path: str) -> tuple[int, int, int] | None:
    """When a file was changed last (nanoseconds), its size, and which one it is; None where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
