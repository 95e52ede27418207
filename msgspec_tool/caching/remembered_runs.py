"""Whole runs of lint, remembered with everything that they rest on: where all of it still holds, the same text is printed again.

A record says in the clear which files a run looked at, and their digests. What was printed quotes these files, and is veiled by
their bytes. Loads no more than it needs to find out that nothing has changed.
"""

from __future__ import annotations

import os
import sys
import time
from functools import cache

from msgspec_tool.caching.file_states import Seen, digest, encoded, file_bytes, looked_into, project_file_above, seen, specs_below
from msgspec_tool.caching.folder import CacheFolder, cache_folder_of, program_state, veiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    # typing itself takes longer to load than all that is done here
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

_SURROUNDINGS = ("COLUMNS", "NO_COLOR", "TERM", "MSGSPEC_DEBUG")
"""Environment variables that decide what is printed."""


class Facts:
    """What a run rests on. ``files`` are read whole, ``looked`` are those that may be absent and are looked into."""

    def __init__(self) -> None:
        self.files: dict[str, Seen] = {}
        self.looked: dict[str, Seen] = {}
        self.folders: dict[str, bytes] = {}
        """Folders below which specs were looked for, and the digest of what is there."""
        self.projects: dict[str, str] = {}
        """The project file of each folder that holds a file; ``""`` where there is none."""
        self.moments: dict[float, bool] = {}
        """Instants that the clock was compared with (seconds of the epoch), and whether they had passed."""

    def fields(self) -> Iterator[tuple[str, str, str]]:
        """As kind, name and value; what is cheap to look at first."""
        yield from (("moment", repr(instant), str(int(passed))) for instant, passed in self.moments.items())
        yield from (("project", folder, file) for folder, file in self.projects.items())
        yield from (("folder", folder, value.hex()) for folder, value in self.folders.items())
        yield from (("looked", path, state.hex()) for path, (state, _secret) in self.looked.items())
        yield from (("file", path, state.hex()) for path, (state, _secret) in self.files.items())

    @property
    def secrets(self) -> list[bytes]:
        """In the order in which a reader of the record meets the files."""
        return [found for _state, found in (*self.looked.values(), *self.files.values())]

    def hold(self, now: float) -> bool:
        """Whether all of them are still true; ``now`` is in seconds of the epoch."""
        try:
            return _unchanged(self.fields(), now) is not None
        except OSError:
            return False


def below(folder: str) -> bytes:
    """The digest of which specs are below a folder."""
    return digest(*map(encoded, sorted(specs_below(folder))))


class RememberedRun:
    """The record of one command line, in one folder, with one way of printing."""

    def __init__(self, folder: CacheFolder, program: bytes, arguments: Sequence[str], stream: TextIO) -> None:
        self.folder = folder
        self.program = program
        self.name = f"run-{digest(program, *map(encoded, (os.getcwd(), *_printing(stream), *arguments))).hex()}"

    def recall(self, now: float) -> tuple[int, str] | None:
        """Exit code and text of the run, where everything that it rests on is as it was."""
        record = self.folder.read(self.name)
        if record is None:
            return None
        try:
            size = int.from_bytes(record[:4], "big")
            fields = record[4 : 4 + size].decode("utf-8", "surrogatepass").split("\0")
            secrets = _unchanged(zip(fields[::3], fields[1::3], fields[2::3], strict=True), now)
            if secrets is None:
                return None
            text = veiled(record[4 + size :], self._key(secrets, fields)).decode("utf-8", "surrogatepass")
            code, _, said = text.partition("\n")
            return int(code), said
        except (ValueError, OSError):
            return None

    def keep(self, facts: Facts, code: int, text: str) -> None:
        """Remember a run that said all it had to say on standard output."""
        fields = [part for triple in facts.fields() for part in triple]
        if any("\0" in field for field in fields):
            # a name that no file can have
            return
        head = "\0".join(fields).encode("utf-8", "surrogatepass")
        said = veiled(f"{code}\n{text}".encode("utf-8", "surrogatepass"), self._key(facts.secrets, fields))
        self.folder.write(self.name, len(head).to_bytes(4, "big") + head + said)

    def _key(self, secrets: Iterable[bytes], fields: Iterable[str]) -> bytes:
        return digest(self.name.encode(), *secrets, *(encoded(field) for field in fields))


def _printing(stream: TextIO) -> Iterator[str]:
    """What decides how a report looks on a stream."""
    yield stream.encoding or ""
    yield from (f"{name}={os.environ[name]}" for name in _SURROUNDINGS if name in os.environ)
    if stream.isatty():
        yield f"terminal {os.get_terminal_size(stream.fileno()).columns}"


def _unchanged(fields: Iterable[tuple[str, str, str]], now: float) -> list[bytes] | None:
    """The secrets of all files, where every field is still true."""
    secrets = []
    for kind, name, value in fields:
        if kind == "file":
            found = seen(file_bytes(name))
        elif kind == "looked":
            found = looked_into(name)
        elif not _holds(kind, name, value, now):
            return None
        else:
            continue
        if found[0].hex() != value:
            return None
        secrets.append(found[1])
    return secrets


def _holds(kind: str, name: str, value: str, now: float) -> bool:
    if kind == "moment":
        return (float(name) <= now) == bool(int(value))
    if kind == "project":
        return (project_file_above(name) or "") == value
    return kind == "folder" and below(name).hex() == value


def remembered_run(arguments: Sequence[str], surroundings: Mapping[str, str], stream: TextIO) -> RememberedRun | None:
    """The record of this command line; None where nothing can be remembered."""
    try:
        folder = cache_folder_of(surroundings)
        return RememberedRun(folder, _own_state(), arguments, stream) if folder is not None else None
    except (OSError, ValueError):
        return None


@cache
def _own_state() -> bytes:
    """The state of the program when the process began, before it loaded what decides."""
    return program_state()


def recalled(arguments: Sequence[str]) -> tuple[int, str] | None:
    """Exit code and text of a run of ``lint`` that is remembered and still true."""
    if arguments[:1] != ["lint"] or "--no-cache" in arguments:
        return None
    run = remembered_run(arguments, os.environ, sys.stdout)
    # the clock of a run counts whole seconds
    return run.recall(float(int(time.time()))) if run is not None else None
