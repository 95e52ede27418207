"""A place behind a URL such as ``s3://bucket/folder/file``: the few things that a path of this machine can do too.

What goes wrong out there becomes a failure with the place in it, whatever library it comes from. Only the URL is kept, so a place
can be sent to other processes and used there.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec_tool.errors import ToolError, UnreadableError, UsageError
from msgspec_tool.storage.held import HeldFile

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_URL = re.compile(r"[a-z][a-z0-9+.\-]*(?:://|::)", re.ASCII | re.IGNORECASE)
_CREDENTIALS = re.compile(r"(://)[^/@]*@")


@dataclass(frozen=True)
class RemotePath:
    """A file or folder of shared storage. Shown without the credentials that a URL can hold."""

    url: str

    def __str__(self) -> str:
        return _CREDENTIALS.sub(r"\1***@", self.url)

    __repr__ = __str__

    def __truediv__(self, name: str) -> RemotePath:
        return RemotePath(f"{self.url.rstrip('/')}/{name}")

    @property
    def name(self) -> str:
        """The last part of the place."""
        return PurePosixPath(self.url.rstrip("/")).name

    @property
    def parent(self) -> RemotePath:
        """The folder of the place."""
        return RemotePath(self.url.rstrip("/").rpartition("/")[0])

    @property
    def suffix(self) -> str:
        """The end of the name, with its dot."""
        return PurePosixPath(self.name).suffix

    def filesystem(self) -> tuple[AbstractFileSystem, str]:
        """What fsspec reads and writes the place with, and what it calls it. ``UsageError`` naming what is not installed."""
        try:
            from fsspec import url_to_fs
        except ImportError as error:
            words = f"'{self}': places behind URLs need fsspec, which is not installed"
            raise UsageError(words, help="pip install 'msgspec-tool[dask]'") from error
        try:
            found: tuple[AbstractFileSystem, str] = url_to_fs(self.url)
        except ImportError as error:
            raise UsageError(f"'{self}' can't be reached: {error}", help="install the package that is named") from error
        except ValueError as error:
            raise UsageError(
                f"'{self}': no storage is known by that name", help="use s3://, gs://, abfs:// or another of fsspec's"
            ) from error
        return found

    def size(self) -> int:
        """Bytes of the file; ``UnreadableError`` where there is none."""
        files, path = self.filesystem()
        with told(self):
            return int(files.info(path)["size"])

    def is_file(self) -> bool:
        """Whether there is a file."""
        files, path = self.filesystem()
        with told(self):
            return bool(files.isfile(path))

    def open(self, _mode: str = "rb") -> io.BufferedIOBase:
        """The bytes of the file. Each read asks for just what is wanted: those who read here ask for much at a time."""
        files, path = self.filesystem()
        with told(self):
            return _Reading(self, files.open(path, "rb", cache_type="none"))


class _Reading(io.BufferedIOBase):
    """A stream whose failures name its place."""

    def __init__(self, place: RemotePath, stream: Any) -> None:
        self._place = place
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        with told(self._place):
            data: bytes = self._stream.read(-1 if size is None else size)
            return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        with told(self._place):
            return int(self._stream.seek(offset, whence))

    def tell(self) -> int:
        return int(self._stream.tell())

    def close(self) -> None:
        if not self.closed:
            with closing(self._stream):
                super().close()


Place = Path | RemotePath
"""Where something is: on this machine, or behind a URL."""

Readable = Place | HeldFile
"""A file that can be read, wherever its bytes are."""


def place(text: str) -> Place:
    """The place that an option names. ``file://`` is this machine."""
    return Path(text[len("file://") :]) if text.lower().startswith("file:///") else RemotePath(text) if _URL.match(text) else Path(text)


@contextmanager
def told(where: RemotePath, does: str = "read") -> Iterator[None]:
    """Make a ``UnreadableError`` of whatever goes wrong: each storage has exceptions of its own."""
    try:
        yield
    except ToolError:
        raise
    except FileNotFoundError as error:
        raise UnreadableError(f"there is no '{where}'", path=str(where), reason="missing") from error
    except Exception as error:
        words = f"'{where}' can't be {does}: {type(error).__name__}"
        raise UnreadableError(words, path=str(where), reason="unreadable", help=_cause(error)) from error


def _cause(error: Exception) -> str | None:
    """The first line of what a storage says, which is about buckets and permissions."""
    return next(iter(str(error).splitlines()), None)
