"""The folder in which lint remembers what it found: the user's own, so that no repository can bring results of its making.

What stands in it is checked before it is used and never trusted to be there: another process may write or remove it at any
time. What quotes a file is veiled by the bytes of that file, so that the folder tells nobody anything who does not have them.
"""

from __future__ import annotations

import os
import sys

import msgspec_tool
from msgspec_tool import __version__
from msgspec_tool.caching.file_states import digest, encoded, keyed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER_VARIABLE = "MSGSPEC_CACHE_DIR"
"""Names the folder; ``off`` means none."""
MOST_FILES = 200
"""Files that stay in the folder; of more, those that were not used for longest are removed."""
MOST_BYTES = 50_000_000
"""Bytes of one file that is kept."""

_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n# What lint remembers; it can be removed at any time.\n"
_DIGEST_SIZE = 16


class CacheFolder:
    """Named records; a record that is damaged, or that could not be written, was never there."""

    def __init__(self, path: str) -> None:
        self.path = path

    def read(self, name: str) -> bytes | None:
        """The record of a name."""
        file = os.path.join(self.path, name)
        try:
            with open(file, "rb") as stream:
                data = stream.read(MOST_BYTES + 1)
            os.utime(file)
        except OSError:
            return None
        sealed, record = data[:_DIGEST_SIZE], data[_DIGEST_SIZE:]
        return record if sealed == digest(record) else None

    def write(self, name: str, record: bytes | bytearray) -> None:
        """Put a record in place, whole or not at all; without a word where that can't be done."""
        if len(record) + _DIGEST_SIZE > MOST_BYTES:
            return
        beside = os.path.join(self.path, f"{name}.{os.getpid()}.new")
        try:
            self._make()
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                stream.write(digest(record))
                stream.write(record)
            os.replace(beside, os.path.join(self.path, name))
            self._remove_oldest()
        except OSError:
            _remove(beside)

    def _make(self) -> None:
        if not os.path.isdir(self.path):
            os.makedirs(self.path, mode=0o700, exist_ok=True)
            with open(os.path.join(self.path, "CACHEDIR.TAG"), "w", encoding="ascii") as stream:
                stream.write(_SIGNATURE)

    def _remove_oldest(self) -> None:
        with os.scandir(self.path) as entries:
            records = [entry for entry in entries if entry.name != "CACHEDIR.TAG"]
        if len(records) > MOST_FILES:
            for entry in sorted(records, key=_used)[: len(records) - MOST_FILES]:
                _remove(entry.path)


def _used(entry: os.DirEntry[str]) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:  # pragma: no cover - another process has removed it
        return 0.0


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def cache_folder_of(surroundings: Mapping[str, str]) -> CacheFolder | None:
    """The folder that environment variables name, else the one that is usual; None where there is none."""
    chosen = surroundings.get(FOLDER_VARIABLE, "")
    if chosen:
        return None if chosen == "off" else CacheFolder(os.path.abspath(chosen))
    of_user = surroundings.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(of_user):
        home = os.path.expanduser("~")
        of_user = os.path.join(home, ".cache") if os.path.isabs(home) else ""
    return CacheFolder(os.path.join(of_user, "msgspec-tool")) if of_user else None


def program_state() -> bytes:
    """Digest of what decides results besides their input: this program, the interpreter, what is installed beside it."""
    parts = [__version__, sys.version, *_code(os.path.dirname(os.path.abspath(msgspec_tool.__file__)))]
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder):
            # installing, upgrading and removing a library changes the folder
            parts.append(f"{folder} {os.stat(folder).st_mtime_ns}")
    return digest(*map(encoded, parts))


def _code(folder: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _code(entry.path)
        else:
            status = entry.stat()
            yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"


def veiled(data: bytes, key: bytes) -> bytes:
    """Data made unreadable, or readable again, by a key: xor with a stream that the key and each block's number give."""
    blocks = (keyed(number.to_bytes(8, "big"), key) for number in range(-(-len(data) // 64)))
    stream = b"".join(blocks)[: len(data)]
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")
