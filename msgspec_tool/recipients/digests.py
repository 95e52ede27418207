"""The digest of a file of recipients, taken while its blocks are rendered: nobody waits for it at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from msgspec_tool.recipients.files import RecipientsFile, opened
from msgspec_tool.recipients.rows import Block

_CHUNK = 1 << 20


class FileDigest:
    """SHA-256 of a file's bytes, and the file's blocks: those that were handed out are in the digest already when it is asked for."""

    def __init__(self, file: RecipientsFile) -> None:
        self.file = file
        self._found = hashlib.sha256()
        self._position = 0

    def blocks(self, block_bytes: int) -> Iterator[Block]:
        """:meth:`~msgspec_tool.recipients.files.RecipientsFile.blocks`."""
        before = 0
        for block in self.file.blocks(block_bytes):
            yield block
            if self.file.kind != "parquet" and self.file.sha256 is None:
                # one behind: the first two are asked for before other processes are there to work meanwhile
                self._take(before)
                before = block.end

    def hexdigest(self) -> str:
        """In hexadecimal, of the whole file."""
        if self.file.sha256 is not None:
            return self.file.sha256
        self._take(self.file.size)
        return self._found.hexdigest()

    def _take(self, end: int) -> None:
        """Read on up to a place."""
        if end <= self._position:
            return
        with opened(self.file.path) as stream:
            stream.seek(self._position)
            while self._position < end and (chunk := stream.read(min(_CHUNK, end - self._position))):
                self._found.update(chunk)
                self._position += len(chunk)
