"""What a change of one file does to the other files of a run: names that two now claim, texts that others include."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec_tool.diagnostics import Severity
from msgspec_tool.errors import UnreadableError
from msgspec_tool.linting.comparison import compare
from msgspec_tool.linting.rule_run import Examined, Inspection, RuleRun, Settings, begun
from msgspec_tool.model import Claim
from msgspec_tool.surroundings.discovery import InputFile
from msgspec_tool.surroundings.files import read_file

Examine = Callable[[InputFile, Settings], Examined]


class Neighbours:
    """The files of a run as they stand while one after the other is changed; what was not written yet counts too."""

    def __init__(self, files: Sequence[InputFile], settings: Callable[[Path], Settings], examine: Examine) -> None:
        self._files = {file.path: file for file in files}
        self._settings = settings
        self._examine = examine
        self._examined: dict[str, Examined] = {}

    def inspect(self, file: InputFile) -> Inspection:
        """What is found in a file by itself."""
        return self._examine(file, self._settings(file.folder)).judged()

    def settle(self, file: InputFile, data: bytes) -> None:
        """From now on a file is what ``data`` says."""
        self._files[file.path] = file._replace(data=data)
        self._examined.pop(file.path, None)

    def harmed(self, file: InputFile, change: tuple[bytes, bytes], claims: tuple[tuple[Claim, ...], tuple[Claim, ...]]) -> bool:
        """Whether more would be wrong in other files, or in several together, after a change: each pair is before and after."""
        others = [one for one in self._files.values() if one.path != file.path and self._is_beside(one, file)]
        if _said(claims[0]) != _said(claims[1]) and self._contested(file, others, claims[1]) > self._contested(file, others, claims[0]):
            return True
        name = os.path.basename(file.path).encode("utf-8", "surrogateescape")
        users = [one for one in others if name in _bytes(one)]
        return any(self._weight(user, file, change[1]) > self._weight(user, file, change[0]) for user in users)

    def _is_beside(self, one: InputFile, other: InputFile) -> bool:
        return self._settings(one.folder)[0].file == self._settings(other.folder)[0].file

    def _contested(self, file: InputFile, others: Sequence[InputFile], claims: tuple[Claim, ...]) -> int:
        """How much is found in the files of a project together, where one of them makes these claims."""
        settings = self._settings(file.folder)
        own = Examined(self._blank(file), file.path, claims=claims)
        beside = [self._known(one)._replace(run=self._blank(one)) for one in others]
        files = sorted((own, *beside), key=lambda one: one.path)
        compare(*settings, files)
        return sum(len(one.judged(compared=True).diagnostics) for one in files)

    def _known(self, file: InputFile) -> Examined:
        if file.path not in self._examined:
            self._examined[file.path] = self._examine(file, self._settings(file.folder))._replace(spec=None)
        return self._examined[file.path]

    def _blank(self, file: InputFile) -> RuleRun:
        return begun(file.path, *self._settings(file.folder))

    def _weight(self, user: InputFile, file: InputFile, data: bytes) -> tuple[int, int, int]:
        """How much is wrong in a file that may include another, where the other is ``data``."""
        project, *rest = self._settings(user.folder)
        unsaved = {os.path.realpath(path): known.data for path, known in self._files.items() if known.data is not None}
        changed = replace(project, unsaved={**unsaved, os.path.realpath(file.path): data})
        found = self._examine(user, (changed, *rest)).judged()  # type: ignore[arg-type]
        errors = sum(one.severity is Severity.ERROR for one in found.diagnostics)
        return len(found.failures), errors, len(found.diagnostics)


def _said(claims: tuple[Claim, ...]) -> list[tuple[object, str]]:
    return [(claim.kind, claim.text) for claim in claims]


def _bytes(file: InputFile) -> bytes:
    try:
        return file.data if file.data is not None else read_file(Path(file.path))
    except UnreadableError:
        return b""
