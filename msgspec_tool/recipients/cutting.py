"""Where rows end, in bytes: so that a file can be cut into blocks without being parsed, and one bad row spoils no other.

A row of a CSV file ends at a line break outside quotes. Where its quoting breaks RFC 4180 (a quote that is never closed, or
stands inside an unquoted cell), the row is the one physical line it begins on, and reading goes on with the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from msgspec_tool.recipients.rows import ROW_LIMIT, Block, Extent

_CELL = rb'(?:"[^"]*(?:""[^"]*)*"|[^",\r\n]*)'
_CSV_ROW = re.compile(_CELL + rb"(?:," + _CELL + rb")*(?:\r?\n|\Z)")
_LINE = re.compile(rb"[^\n]*(?:\n|\Z)")


def row_pattern(kind: str) -> re.Pattern[bytes]:
    """The grammar of one row with its line break: of a CSV file, or of any file of lines."""
    return _CSV_ROW if kind == "csv" else _LINE


def extents(data: bytes, pattern: re.Pattern[bytes], start: int = 0, *, final: bool = True) -> Iterator[Extent]:
    """The rows of ``data`` from ``start``. Unless ``final``, stops where fewer than :data:`ROW_LIMIT` bytes are left to look at."""
    size = len(data)
    while start < size and (final or size - start >= ROW_LIMIT):
        limit = start + ROW_LIMIT
        found = pattern.match(data, start, limit)
        if found is not None and (data[found.end() - 1] == 10 or (final and found.end() == size)):
            yield Extent(start, found.end(), data.count(b"\n", start, found.end()), True)
            start = found.end()
            continue
        end = data.find(b"\n", start, limit) + 1
        if not end:
            if limit < size or not final:
                return
            end = size
        yield Extent(start, end, 1, False)
        start = end


class _Window:
    """A file seen through at least :data:`ROW_LIMIT` bytes from the place that matters, and never more than some of them."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self.stream = stream
        self.base = start
        self.data = b""
        self.final = False
        stream.seek(start)

    def advance(self, used: int) -> None:
        """Forget ``used`` bytes and read on."""
        rest = self.data[used:]
        self.base += used
        fresh = self.stream.read(2 * ROW_LIMIT - len(rest))
        self.data = rest + fresh
        self.final = len(self.data) < 2 * ROW_LIMIT

    def skip_line(self) -> None:
        """Forget everything up to the next line break."""
        while (found := self.data.find(b"\n")) < 0 and not self.final:
            self.advance(len(self.data))
        self.advance(found + 1 if found >= 0 else len(self.data))


def cut_rows(stream: BinaryIO, start: int, kind: str) -> Iterator[Extent]:
    """The rows of a file from an offset, with offsets in the file; one over the limit comes as an extent that is too long."""
    pattern = row_pattern(kind)
    window = _Window(stream, start)
    window.advance(0)
    while window.data:
        used = 0
        for extent in extents(window.data, pattern, final=window.final):
            yield Extent(window.base + extent.start, window.base + extent.end, extent.lines, extent.sound)
            used = extent.end
        if used:
            window.advance(used)
        else:
            before = window.base
            window.skip_line()
            yield Extent(before, window.base, 1, False)


def cut_blocks(stream: BinaryIO, start: int, kind: str, *, first_line: int, block_bytes: int) -> Iterator[Block]:
    """Blocks of consecutive whole rows up to ``block_bytes``. The same file gives the same blocks, whoever reads them."""
    row, line = 1, first_line
    begin, begin_row, begin_line = start, row, line
    end = start
    for extent in cut_rows(stream, start, kind):
        oversize = extent.end - extent.start > ROW_LIMIT
        if end > begin and (oversize or extent.end - begin > block_bytes):
            yield Block(begin, end, begin_row, begin_line)
            begin, begin_row, begin_line = end, row, line
        row, line, end = row + 1, line + extent.lines, extent.end
        if oversize:
            yield Block(begin, end, begin_row, begin_line, oversize=True)
            begin, begin_row, begin_line = end, row, line
    if end > begin:
        yield Block(begin, end, begin_row, begin_line)
