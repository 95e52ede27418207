"""The files of a run, each examined once: remembered where nothing has changed, else checked, in several processes where it pays.

What is found does not depend on how it came about.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec_tool.caching.file_states import Seen, digest, encoded, file_bytes, seen
from msgspec_tool.diagnostics import Failure
from msgspec_tool.errors import UnreadableError
from msgspec_tool.linting.examined_data import PlainData, UnknownFileError, plain, restored
from msgspec_tool.linting.released import ReleasedFile, released
from msgspec_tool.linting.rule_run import Examined, Settings, begun
from msgspec_tool.source.text import SourceFile, decode
from msgspec_tool.surroundings.discovery import InputFile

if TYPE_CHECKING:
    from msgspec_tool.linting.memory import LintMemory

_PASSING = frozenset(("missing", "unreadable", "internal"))
"""Reasons of failures that may be gone the next time, though no file has changed."""


class _Sheet(NamedTuple):
    """What was found in a file, free of everything that only one process can know."""

    bytes_seen: Seen
    looked: Mapping[str, Seen]
    moments: Mapping[float, bool]
    data: PlainData

    def packed(self) -> bytes:  # pragma: no cover - in a child
        """For the way from one process to another."""
        looked = [(path, *map(bytes.hex, state)) for path, state in self.looked.items()]
        return json.dumps((*map(bytes.hex, self.bytes_seen), looked, list(self.moments.items()), self.data)).encode()

    @classmethod
    def unpacked(cls, packed: bytes) -> _Sheet:
        """The sheet that was :meth:`packed`."""
        state, secret, looked, moments, data = json.loads(packed)
        others = {path: (bytes.fromhex(one), bytes.fromhex(other)) for path, one, other in looked}
        return cls((bytes.fromhex(state), bytes.fromhex(secret)), others, dict(moments), data)


class Examinations(NamedTuple):
    """How the files of a run are examined. ``choices`` are words of the command line that decide what is found in a file."""

    examine: Callable[[InputFile, Settings], Examined]
    choices: tuple[str, ...] = ()
    jobs: int | None = 1
    """Processes; None for as many as pay."""
    memory: LintMemory | None = None

    def of(self, files: Sequence[tuple[InputFile, Settings]]) -> list[Examined]:
        """What was found in each file; the spec itself is not kept."""
        found = {number: one for number, task in enumerate(files) if (one := self._recalled(*task)) is not None}
        left = [number for number in range(len(files)) if number not in found]
        jobs = self._processes(len(left))
        # with the first file is loaded what all processes then share
        alone = left[:1] if jobs > 1 else left
        found.update((number, self._fresh(*files[number])) for number in alone)
        found.update(self._spread(files, left[len(alone) :], jobs))
        if self.memory is not None:
            self.memory.save()
        return [found[number] for number in range(len(files))]

    def _processes(self, files: int) -> int:
        if files < 2 or self.jobs == 1:
            return 1
        from msgspec_tool.linting.crew import processes

        return processes(files, self.jobs)

    def _recalled(self, file: InputFile, settings: Settings) -> Examined | None:
        data = _bytes(file) if self.memory is not None else None
        if self.memory is None or data is None:
            return None
        bytes_seen = self.memory.note_file(file.path, data)
        known = self.memory.recall(self._key(file, settings), bytes_seen)
        return _restored(file, settings, data, _Sheet(bytes_seen, *known)) if known is not None else None

    def _fresh(self, file: InputFile, settings: Settings) -> Examined:
        data = _bytes(file)
        examined = self.examine(file._replace(data=data), settings)._replace(spec=None)
        if self.memory is not None:
            self._remember(file, settings, _sheet(file, data, examined))
        return examined if data is None or file.data is not None else released(examined, data, settings[2])

    def _remember(self, file: InputFile, settings: Settings, sheet: _Sheet | None) -> None:
        if (
            self.memory is not None
            and sheet is not None
            and not any(reason in _PASSING for _path, reason, _words in sheet.data["failures"])
        ):
            self.memory.remember(self._key(file, settings), *sheet)

    def _key(self, file: InputFile, settings: Settings) -> str:
        project = self.memory.project_state(settings[0]) if self.memory is not None else b""
        words = (file.kind.value, file.path, *self.choices)
        return digest(project, *(encoded(word) for word in words)).hex()

    def _spread(self, files: Sequence[tuple[InputFile, Settings]], numbers: Sequence[int], jobs: int) -> Iterator[tuple[int, Examined]]:
        """Files examined in processes of their own; one that a process does not survive has not been checked."""
        if not numbers:
            return
        from msgspec_tool.linting.crew import spread

        def work(number: int) -> bytes:  # pragma: no cover - in a child
            file, settings = files[number]
            data = _bytes(file)
            sheet = _sheet(file, data, self.examine(file._replace(data=data), settings))
            return sheet.packed() if sheet is not None else b""

        for number, result in spread(work, numbers, jobs):
            file, settings = files[number]
            if isinstance(result, str):
                run = begun(file.path, *settings)
                run.failures.append(Failure(file.path, "limit", f"the file could not be checked: {result}"))
                yield number, Examined(run, file.path)
            else:
                yield number, self._received(file, settings, result) or self._fresh(file, settings)

    def _received(self, file: InputFile, settings: Settings, packed: bytes) -> Examined | None:
        data = _bytes(file)
        sheet = _Sheet.unpacked(packed) if packed else None
        if sheet is None or data is None or seen(data) != sheet.bytes_seen:
            return None
        self._remember(file, settings, sheet)
        return _restored(file, settings, data, sheet)


def _bytes(file: InputFile) -> bytes | None:
    if file.data is not None:
        return file.data
    try:
        return file_bytes(file.path)
    except OSError:
        return None


def _sheet(file: InputFile, data: bytes | None, examined: Examined) -> _Sheet | None:
    """What was found, where it can be written down."""
    if data is None:
        return None
    try:
        return _Sheet(seen(data), examined.looked, examined.run.context.moments, plain(examined, _own(file, data)))
    except UnknownFileError:
        return None


def _own(file: InputFile, data: bytes) -> SourceFile:
    try:
        return decode(file.path, data)
    except UnreadableError:
        # nothing was found at any place in it
        return SourceFile(file.path, "")


def _restored(file: InputFile, settings: Settings, data: bytes, sheet: _Sheet) -> Examined | None:
    run = begun(file.path, *settings)
    run.context.moments.update(sheet.moments)
    is_clean = file.data is None and not sheet.data["found"] and not sheet.data["suppressions"]
    own = ReleasedFile(file.path, data) if is_clean else _own(file, data)
    try:
        return restored(sheet.data, own, run, sheet.looked)
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None
