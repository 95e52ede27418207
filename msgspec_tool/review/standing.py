"""A file of the repository on both sides: the same questions, asked of a revision and of the work tree.

Paths begin at the root of the repository. A digest is git's name for the bytes: both sides give the same one for the same file.
"""

from __future__ import annotations

import hashlib
import os
import stat
from functools import lru_cache

from msgspec_tool.caching.file_states import MAX_BYTES
from msgspec_tool.revisions.revision import Revision

_CHUNK = 1 << 20


class Then:
    """As it stood at a revision."""

    def __init__(self, revision: Revision) -> None:
        self._revision = revision
        self.digest = lru_cache(maxsize=None)(self._digest)
        """Of a file, links followed; None where there is none."""

    def _digest(self, path: str) -> str | None:
        found = self._revision.file(path)
        return found[1].object if found is not None else None

    def text(self, path: str) -> str:
        """A file's text, as far as files are read; bytes that are no UTF-8 are replaced. Empty where there is none."""
        return (self._revision.read(path, MAX_BYTES) or b"").decode("utf-8", "replace")


class Now:
    """As it is in the work tree."""

    def __init__(self, root: str, *, sha256: bool) -> None:
        """``sha256`` says which of git's names for files the repository uses."""
        self._root = root
        self._kind = hashlib.sha256 if sha256 else hashlib.sha1
        self.digest = lru_cache(maxsize=None)(self._digest)
        """As :attr:`Then.digest`."""

    def _digest(self, path: str) -> str | None:
        try:
            descriptor = os.open(os.path.join(self._root, path), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        except (OSError, ValueError):
            return None
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            return None
        with os.fdopen(descriptor, "rb") as stream:
            found = self._kind(b"blob %d\0" % status.st_size, usedforsecurity=False)
            while chunk := stream.read(_CHUNK):
                found.update(chunk)
        return found.hexdigest()

    def text(self, path: str) -> str:
        """As :meth:`Then.text`."""
        try:
            with open(os.path.join(self._root, path), "rb") as stream:
                return stream.read(MAX_BYTES).decode("utf-8", "replace")
        except (OSError, ValueError):
            return ""
