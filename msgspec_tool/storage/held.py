"""A file whose bytes are in memory: the few things that a path of this machine can do too."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import PurePosixPath


@dataclass(frozen=True)
class HeldFile:
    """A file by value. ``shown`` is what a person is told that it is called."""

    shown: str
    data: bytes = field(repr=False)

    def __str__(self) -> str:
        return self.shown

    @property
    def name(self) -> str:
        """The last part of what it is called."""
        return PurePosixPath(self.shown).name

    @property
    def suffix(self) -> str:
        """The end of the name, with its dot."""
        return PurePosixPath(self.shown).suffix

    def is_file(self) -> bool:
        """It is there."""
        return True

    def size(self) -> int:
        """Bytes of the file."""
        return len(self.data)

    def open(self, _mode: str = "rb") -> io.BytesIO:
        """The bytes of the file."""
        return io.BytesIO(self.data)
