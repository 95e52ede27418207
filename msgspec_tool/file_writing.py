"""Files that are written whole or not at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec_tool.errors import DISK_FULL, UnreadableError

ROOM = "set TMPDIR to a folder with room for it"
"""The remedy where temporary files find no room."""


@contextmanager
def room_in(where: str, help: str | None = None) -> Iterator[None]:
    """Make a ``UnreadableError`` that names the place of it when a disk takes no more."""
    try:
        yield
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        words = f"'{where}' can't be written: {error.strerror}"
        raise UnreadableError(words, path=where, reason="unreadable", help=help) from error


def claimed(descriptor: int) -> bool:
    """Claim an open file for this process until it closes it or ends, however it ends; False where another one has it.

    ``OSError`` where the file system knows no claims.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_whole(path: Path, data: bytes) -> None:
    """Write a file of the user's beside and move it into its place: there is never half of it. Links are followed, permissions kept.
    A device or a pipe is written to.

    ``UnreadableError`` where that can't be done; what was there is as it was.
    """
    real = Path(os.path.realpath(path))
    try:
        _replace(real, data, _mode(real))
    except OSError as error:
        raise UnreadableError(f"'{path}' can't be written: {error.strerror}", path=path.as_posix(), reason="unreadable") from error


def write_private(path: Path, data: bytes) -> None:
    """Write a file of the program's own, which its owner alone can read: whole, and durable when this returns.

    ``OSError`` where that can't be done; what was there is as it was.
    """
    _replace(path, data, 0o600)
    sync(path.parent)


def make_private(folder: Path) -> None:
    """A folder for its owner alone, with what is missing above it. ``OSError`` where it can't be made."""
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def sync(path: Path) -> None:
    """Make a file durable that is written and closed, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(path: Path, data: bytes, mode: int) -> None:
    if path.exists() and not path.is_file():
        # a device or a pipe takes what is written to it; a file in its place would harm everybody who uses it
        path.write_bytes(data)
        return
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _mode(real: Path) -> int:
    """The permissions of the file that is there, or those of any new file."""
    try:
        return real.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
