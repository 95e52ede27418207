"""One address space for everything: offsets in a file's text, in Unicode code points, a BOM counted.

Lines and columns exist only for people: reporters ask :meth:`SourceFile.position`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from msgspec_tool.caching.file_states import MAX_BYTES as MAX_BYTES
from msgspec_tool.errors import UnreadableError

_BREAK = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of offsets ``[start, end)`` in a file's text."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as people count: line and column from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class SourceFile:
    """A decoded file. ``path`` is what a person is shown (relative, ``/``-separated); ``text`` keeps a BOM and every CR."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> list[int]:
        r"""Offsets at which lines begin. Only ``\n``, ``\r\n`` and ``\r`` end a line, as editors count."""
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Line and column of an offset; an offset past the end is the place after the last character."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def place(self, offset: int) -> str:
        """``path:line:column`` of an offset, which editors and terminals know how to open."""
        position = self.position(offset)
        return f"{self.path}:{position.line}:{position.column}"

    def line_text(self, line: int) -> str:
        """The text of a line (from 1) without its line break."""
        return self.slice(self.line_span(line))

    def line_span(self, line: int) -> Span:
        """Where a line (from 1) stands, without its line break."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def slice(self, span: Span) -> str:
        """The author's own characters."""
        return self.text[span.start : span.end]


def decode(path: str, data: bytes) -> SourceFile:
    """Read bytes as UTF-8. A BOM stays the text's first character, and every CR stays.

    Raises :class:`UnreadableError` with reason ``too-large`` over :data:`MAX_BYTES`, and ``encoding`` where the bytes are not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"the file is larger than {MAX_BYTES:,} bytes, the most that is read",
            path=path,
            reason="too-large",
            help="split it, or put recipients into a file of their own",
        )
    try:
        return SourceFile(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableError(_encoding_message(data, error.start), path=path, reason="encoding", help="save it as UTF-8") from None


def _encoding_message(data: bytes, offset: int) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "the file is UTF-16; save it as UTF-8"
    line = len(_BREAK.findall(data[:offset].decode("utf-8"))) + 1
    return f"the file is not UTF-8: byte 0x{data[offset]:02x} at byte offset {offset} (line {line}) does not belong there; save it as UTF-8"
