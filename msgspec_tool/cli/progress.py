"""Progress of long work on a terminal: one line that is written over, and nothing where no terminal is."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from msgspec_tool.rendering.outcome import RenderCounts

_ERASE = "\r\x1b[K"


class Progress:
    """Tells how far a render is; called after each block with the counts so far and the share that was read."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = monotonic()

    def __call__(self, counts: RenderCounts, share: float) -> None:
        """Write the line again."""
        spent = max(monotonic() - self._begun, 0.001)
        left = spent * (1 - share) / share if share else 0
        said = f"{share:4.0%}  {counts.rows:,} rows  {counts.rows / spent:,.0f}/s  {counts.refused:,} refused  {left:,.0f} s left"
        self._stream.write(_ERASE + said)
        self._stream.flush()

    def end(self) -> None:
        """Take the line away."""
        self._stream.write(_ERASE)
        self._stream.flush()


def progress() -> Progress | None:
    """Progress on standard error, where that is a terminal."""
    return Progress(sys.stderr) if sys.stderr.isatty() else None
