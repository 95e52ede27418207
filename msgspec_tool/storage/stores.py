"""A flat folder of files that are there whole or not at all, on a file system or in an object store.

On a file system a file is written under a temporary name, synced, and renamed into place. An object store has neither renames nor
syncs: it shows an object when all of it has arrived, so it is sent in one piece. In both, what a name stands for never changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from msgspec_tool.errors import UnreadableError
from msgspec_tool.file_writing import sync
from msgspec_tool.storage.remote import Place, RemotePath, told

_CHUNK = 8 << 20
_UNFINISHED = ".new-"
"""Begins the names of files that nobody counts: whoever wrote them died, or is still writing."""


class Store(Protocol):
    """Where the shards of a render are kept."""

    def make(self) -> None:
        """Make the folder and the one that it is in, for their owner only."""

    @contextmanager
    def begun(self) -> Iterator[Path]:
        """A path for a new file, which :meth:`keep` takes; what is left there is removed."""

    def keep(self, file: Path, name: str) -> None:
        """Put a file that is complete into its place, where it lasts."""

    def write(self, name: str, data: bytes) -> None:
        """Put some bytes into their place."""

    def read(self, name: str) -> bytes | None:
        """All bytes of a file; None where there is none."""

    def sha256(self, name: str) -> str | None:
        """The digest of a file; None where there is none."""

    def taken(self, name: str, folder: Path) -> Path:
        """The file, on this machine, under a name in a folder that may be moved: what is kept stays as it is."""

    def remove(self) -> None:
        """Remove everything, quietly where some of it is gone."""


class FolderStore:
    """A store on a file system: this machine's disk, or one that machines share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """See :class:`Store`."""
        try:
            self.folder.parent.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self.folder.parent, self.folder):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise _unwritten(self.folder, error) from error

    @contextmanager
    def begun(self) -> Iterator[Path]:
        """See :class:`Store`."""
        try:
            descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
        except OSError as error:
            raise _unwritten(self.folder, error) from error
        os.close(descriptor)
        try:
            yield Path(name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)

    def keep(self, file: Path, name: str) -> None:
        """See :class:`Store`."""
        try:
            sync(file)
            os.replace(file, self.folder / name)
            sync(self.folder)
        except OSError as error:
            raise _unwritten(self.folder, error) from error

    def write(self, name: str, data: bytes) -> None:
        """See :class:`Store`."""
        with self.begun() as path:
            path.write_bytes(data)
            self.keep(path, name)

    def read(self, name: str) -> bytes | None:
        """See :class:`Store`."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def sha256(self, name: str) -> str | None:
        """See :class:`Store`."""
        try:
            with (self.folder / name).open("rb") as stream:
                return _sha256(stream)
        except FileNotFoundError:
            return None

    def taken(self, name: str, folder: Path) -> Path:
        """See :class:`Store`. A second name for the file where the file system knows such, else a copy."""
        path = folder / f"{_UNFINISHED}{name}"
        with suppress(FileNotFoundError):
            path.unlink()
        try:
            os.link(self.folder / name, path)
        except FileNotFoundError as error:
            raise _gone(self.folder) from error
        except OSError:
            shutil.copyfile(self.folder / name, path)
            path.chmod(0o600)
            sync(path)
        return path

    def remove(self) -> None:
        """See :class:`Store`."""
        shutil.rmtree(self.folder, ignore_errors=True)


class ObjectStore:
    """A store of fsspec's: S3, Google Cloud Storage and the like."""

    def __init__(self, folder: RemotePath) -> None:
        self.folder = folder
        self.files, self._root = folder.filesystem()

    def path(self, name: str) -> str:
        """What the storage calls a file of the folder."""
        return f"{self._root.rstrip('/')}/{name}"

    def make(self) -> None:
        """See :class:`Store`. Object stores have no folders; other storage wants them."""
        with told(self.folder, "written"):
            self.files.makedirs(self._root, exist_ok=True)

    @contextmanager
    def begun(self) -> Iterator[Path]:
        """See :class:`Store`."""
        with tempfile.TemporaryDirectory(prefix="msgspec-") as folder:
            yield Path(folder) / "new"

    def keep(self, file: Path, name: str) -> None:
        """See :class:`Store`."""
        with told(self.folder, "written"):
            self.files.put_file(str(file), self.path(name))

    def write(self, name: str, data: bytes) -> None:
        """See :class:`Store`."""
        with told(self.folder, "written"):
            self.files.pipe_file(self.path(name), data)

    def read(self, name: str) -> bytes | None:
        """See :class:`Store`."""
        with told(self.folder):
            try:
                data: bytes = self.files.cat_file(self.path(name))
            except FileNotFoundError:
                return None
            return data

    def sha256(self, name: str) -> str | None:
        """See :class:`Store`."""
        with told(self.folder):
            try:
                with self.files.open(self.path(name), "rb", cache_type="none") as stream:
                    return _sha256(stream)
            except FileNotFoundError:
                return None

    def taken(self, name: str, folder: Path) -> Path:
        """See :class:`Store`."""
        path = folder / name
        with told(self.folder):
            self.files.get_file(self.path(name), str(path))
        return path

    def remove(self) -> None:
        """See :class:`Store`."""
        with suppress(Exception):
            self.files.rm(self._root, recursive=True)


def store_at(where: Place) -> FolderStore | ObjectStore:
    """The store at a place."""
    return FolderStore(where) if isinstance(where, Path) else ObjectStore(where)


def _sha256(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        found.update(chunk)
    return found.hexdigest()


def _unwritten(folder: Path, error: OSError) -> UnreadableError:
    words = f"'{folder}' can't be written: {error.strerror or error}"
    return UnreadableError(words, path=str(folder), reason="unreadable")


def _gone(folder: Path) -> UnreadableError:
    words = f"a shard is gone from '{folder}': another run has finished or was stopped"
    return UnreadableError(words, path=str(folder), reason="missing", help="run it again")
