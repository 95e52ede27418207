"""Where rows end, in bytes: so that a file can be cut into blocks without being parsed, and one bad row spoils no other.

A row of a CSV file ends at a line break outside quotes. Where its quoting breaks RFC 4180 (a quote that is never closed, or
stands inside an unquoted cell), the row is the one physical line it begins on, and reading goes on with the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from msgspec_tool.recipients.quoting import closed_stretches
from msgspec_tool.recipients.rows import ROW_LIMIT, Block, Extent

_CELL = rb'(?:"[^"]*(?:""[^"]*)*"|[^",\r\n]*)'
_CSV_ROW = re.compile(_CELL + rb"(?:," + _CELL + rb")*(?:\r?\n|\Z)")
_PLAIN_CELLS = re.compile(rb'[^"\r\n]*')

_SHORT_ROW = 1 << 16
"""Bytes within which a row is matched as a whole; a pattern needs memory for each cell, so longer rows are walked cell by cell."""


def extents(data: bytes, kind: str, *, final: bool = True) -> Iterator[Extent]:
    """The rows of ``data``. Unless ``final``, stops where fewer than :data:`ROW_LIMIT` bytes are left to look at."""
    start, size = 0, len(data)
    while start < size and (final or size - start >= ROW_LIMIT):
        limit = min(start + ROW_LIMIT, size)
        at_end = final and limit == size
        line_end = data.find(b"\n", start, limit) + 1 or (size if at_end else 0)
        if kind != "csv" or (line_end and data.find(b'"', start, line_end) < 0):
            end, sound = line_end, kind != "csv" or _has_clean_end(data, start, line_end)
        else:
            end = _csv_row_end(data, start, limit, at_end)
            end, sound = end or line_end, bool(end)
        if not end:
            return
        yield Extent(start, end, data.count(b"\n", start, end) if sound else 1, sound)
        start = end


def _has_clean_end(data: bytes, start: int, end: int) -> bool:
    """No carriage return but the one of the line break."""
    found = data.find(b"\r", start, end)
    return found < 0 or data[found:end] == b"\r\n"


def _csv_row_end(data: bytes, start: int, limit: int, at_end: bool) -> int:
    """Where a row with quotes ends, its line break included; 0 where its quoting is broken or it does not end before the limit."""
    short = min(start + _SHORT_ROW, limit)
    found = _CSV_ROW.match(data, start, short)
    if found is not None and (data[found.end() - 1] == 10 or (at_end and found.end() == limit)):
        return found.end()
    return _walk_row(data, start, limit, at_end) if short < limit else 0


def _walk_row(data: bytes, start: int, limit: int, at_end: bool) -> int:
    """:func:`_csv_row_end` for long rows, in constant memory."""
    position = start
    while True:
        if data[position : position + 1] == b'"':
            position = _after_quotes(data, position + 1, limit)
            if position == 0:
                return 0
        else:
            # a stretch without quotes ends before a quote or a line break; a quote may only follow a comma
            position = _PLAIN_CELLS.match(data, position, limit).end()  # type: ignore[union-attr]
            if data[position : position + 1] == b'"' and data[position - 1] == 44:
                continue
        following = data[position : position + 2]
        if position >= limit:
            return limit if at_end else 0
        if following[:1] == b",":
            position += 1
        else:
            return position + 1 if following[:1] == b"\n" else position + 2 if following == b"\r\n" else 0


def _after_quotes(data: bytes, position: int, limit: int) -> int:
    """The place after the closing quote of a cell that was opened before ``position``; 0 where there is none."""
    while True:
        found = data.find(b'"', position, limit)
        if found < 0:
            return 0
        if data[found + 1 : found + 2] != b'"' or found + 1 >= limit:
            return found + 1
        position = found + 2


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
    window = _Window(stream, start)
    window.advance(0)
    while window.data:
        used = 0
        for extent in extents(window.data, kind, final=window.final):
            yield Extent(window.base + extent.start, window.base + extent.end, extent.lines, extent.sound)
            used = extent.end
        if used:
            window.advance(used)
        else:
            before = window.base
            window.skip_line()
            yield Extent(before, window.base, 1, False)


def cut_blocks(stream: BinaryIO, start: int, kind: str, *, first_line: int, block_bytes: int) -> Iterator[Block]:
    """Blocks of consecutive whole rows up to ``block_bytes``. The same file gives the same blocks, whoever reads them.

    Where the bytes leave no doubt a block is cut at the last row's end that fits, without looking at every row.
    """
    row, line = 1, first_line
    while True:
        stream.seek(start)
        quick = _quick_block(stream.read(block_bytes + 1), kind, block_bytes)
        if quick is None:
            found = next(_cut_slowly(stream, start, kind, (row, line), block_bytes), None)
            if found is None:
                return
        else:
            found = _Cut(Block(start, start + quick.end, row, line), quick.rows, quick.lines)
        yield found.block
        start, row, line = found.block.end, row + found.rows, line + found.lines


class _Cut(NamedTuple):
    block: Block
    rows: int
    lines: int


class _Quick(NamedTuple):
    end: int
    rows: int
    lines: int


def _quick_block(data: bytes, kind: str, most: int) -> _Quick | None:
    """Where a block at the beginning of ``data`` ends, with its rows and lines; None where that takes a closer look."""
    last = len(data) <= most
    if not data or most < ROW_LIMIT:
        return None
    if kind == "csv" and b'"' in data:
        return _quick_quoted(data, last, most)
    end = len(data) if last else data.rfind(b"\n", 0, most) + 1
    # a row over the limit would leave some stretch of half of it without a line break
    for at in range(0, end, ROW_LIMIT // 2):
        if at + ROW_LIMIT // 2 <= end and data.find(b"\n", at, at + ROW_LIMIT // 2) < 0:
            return None
    rows = data.count(b"\n", 0, end) + (data[end - 1 : end] != b"\n")
    return _Quick(end, rows, rows) if end else None


def _quick_quoted(data: bytes, last: bool, most: int) -> _Quick | None:
    """:func:`_quick_block` where quotes can hold line breaks."""
    end = rows = 0
    for stretch in closed_stretches(data[:most], last=last):
        if stretch is None:
            return None
        end, rows = stretch.end, rows + stretch.rows
    return _Quick(end, rows, data.count(b"\n", 0, end) + (data[end - 1 : end] != b"\n")) if end else None


def _cut_slowly(stream: BinaryIO, start: int, kind: str, at: tuple[int, int], block_bytes: int) -> Iterator[_Cut]:
    """Blocks from ``start`` on, whose first row has the number and begins on the line of ``at``, row by row."""
    row, line = at
    begin, begin_row, begin_line, end = start, row, line, start
    for extent in cut_rows(stream, start, kind):
        oversize = extent.end - extent.start > ROW_LIMIT
        if end > begin and (oversize or extent.end - begin > block_bytes):
            yield _Cut(Block(begin, end, begin_row, begin_line), row - begin_row, line - begin_line)
            begin, begin_row, begin_line = end, row, line
        row, line, end = row + 1, line + extent.lines, extent.end
        if oversize:
            yield _Cut(Block(begin, end, begin_row, begin_line, oversize=True), row - begin_row, line - begin_line)
            begin, begin_row, begin_line = end, row, line
    if end > begin:
        yield _Cut(Block(begin, end, begin_row, begin_line), row - begin_row, line - begin_line)
