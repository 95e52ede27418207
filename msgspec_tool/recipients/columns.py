"""Rows many at a time, as columns: quick where the bytes leave no doubt how they are cut, else read row by row.

What is read here is what :meth:`~msgspec_tool.recipients.files.RecipientsFile.rows` reads. Doubt about a single row (a quote that
RFC 4180 does not know, a cell too many, a byte that is not UTF-8) sends the rest of its block there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from msgspec_tool.domain.simple_texts import SIMPLE, SimpleTexts, seen_through
from msgspec_tool.recipients.files import RecipientsFile, opened
from msgspec_tool.recipients.quoting import clean_ends, closed_stretches
from msgspec_tool.recipients.rows import CELL_LIMIT, BadRow, Block, Row
from msgspec_tool.source.document import Plain

_CELL = bytes(code for code in range(256) if code not in b",\n")
_SIMPLE_CELL = bytes(code for code in SIMPLE if code not in b",\n")

_LONGEST = CELL_LIMIT // 4
"""Characters of some rows together that surely are in no cell over the limit."""


class Columns(NamedTuple):
    """Some consecutive rows: their numbers, and the values of every named column in the order of the rows."""

    numbers: Sequence[int]
    values: Mapping[str, Sequence[Plain]]
    unread: tuple[BadRow, ...] = ()
    """Rows among and after them that could not be read."""

    def row(self, index: int) -> Row:
        """One of the rows by itself. It does not know its line, which only unreadable rows are told by."""
        return Row(self.numbers[index], 0, {name: column[index] for name, column in self.values.items()})


class _DoubtError(Exception):
    """Rows that have to be looked at one by one."""


def read_columns(file: RecipientsFile, block: Block, size: int) -> Iterator[Columns]:
    """The rows of a block, up to ``size`` at a time, blank lines left out."""
    given = block.first_row
    if file.kind == "csv" and not block.oversize:
        try:
            for columns, given in _quick(file, block, size):  # noqa: B007  where reading goes on after a doubt
                yield columns
        except _DoubtError:
            pass
        else:
            return
    yield from _one_by_one((row for row in file.rows(block) if row.number >= given), size)


def _one_by_one(rows: Iterable[Row | BadRow], size: int) -> Iterator[Columns]:
    iterator = iter(rows)
    while several := list(islice(iterator, size)):
        read = [row for row in several if isinstance(row, Row)]
        names = dict.fromkeys(name for row in read for name in row.values)
        values = {name: [row.values.get(name) for row in read] for name in names}
        unread = tuple(row for row in several if isinstance(row, BadRow))
        yield Columns([row.number for row in read], values, unread)


def _quick(file: RecipientsFile, block: Block, size: int) -> Iterator[tuple[Columns, int]]:
    """Columns, each with the number of the row after them."""
    with opened(file.path) as stream:
        stream.seek(block.start)
        data = stream.read(block.end - block.start)
    quoted = b'"' in data
    if b"\0" in data or not (quoted or clean_ends(data)):
        raise _DoubtError
    yield from (_quoted_cells if quoted else _plain_cells)(data, file.columns, block.first_row, size)


def _plain_cells(data: bytes, columns: Sequence[str], first: int, size: int) -> Iterator[tuple[Columns, int]]:
    """Cells of lines without quotes: a chunk is cut at every comma at once, and columns are slices of all its cells."""
    data = data.replace(b"\r\n", b"\n") if b"\r" in data else data
    start, row = 0, data.find(b"\n") + 1 or len(data)
    while start < len(data):
        # lines are about as long as the first one
        end = data.rfind(b"\n", start, start + size * row) + 1 or data.find(b"\n", start) + 1 or len(data)
        chunk = data[start:end] if data[end - 1 : end] == b"\n" else data[start:end] + b"\n"
        start = end
        cut = _cut(chunk, len(columns))
        if cut is not None:
            lines = len(cut[0])
            numbers: Sequence[int] = range(first, first + lines)
        else:
            lines = chunk.count(b"\n")
            numbers, chunk = _without_blank(range(first, first + lines), chunk)
            cut = _cut(chunk, len(columns))
        first += lines
        if cut is None:
            raise _DoubtError
        if numbers:
            yield Columns(numbers, _named(columns, cut)), first


def _without_blank(numbers: Sequence[int], chunk: bytes) -> tuple[Sequence[int], bytes]:
    lines = chunk.splitlines(keepends=True)
    filled = [number for number, line in zip(numbers, lines, strict=True) if line != b"\n"]
    return filled, b"".join(line for line in lines if line != b"\n")


def _cut(chunk: bytes, width: int) -> list[Sequence[str]] | None:
    """The columns of some lines, each ended by a break; None where a line has more or fewer cells, or none."""
    simple = _has_shape(chunk.translate(None, _SIMPLE_CELL), width)
    if not simple and not _has_shape(chunk.translate(None, _CELL), width):
        return None
    if width == 1 and (chunk[:1] == b"\n" or b"\n\n" in chunk):
        return None
    cells = _decoded(chunk).replace("\n", ",").split(",")
    cells.pop()
    if len(chunk) > _LONGEST and max(map(len, cells)) > _LONGEST:
        raise _DoubtError
    return [SimpleTexts(cells[index::width]) if simple else seen_through(cells[index::width]) for index in range(width)]


def _has_shape(ends: bytes, width: int) -> bool:
    """Whether what is left of some lines are the ends of so many cells each."""
    return ends == (b"," * (width - 1) + b"\n") * (len(ends) // width)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise _DoubtError from None


def _quoted_cells(data: bytes, columns: Sequence[str], first: int, size: int) -> Iterator[tuple[Columns, int]]:
    rows = csv.reader(chain.from_iterable(_stretches(data)))
    while True:
        try:
            chunk = list(islice(rows, size))
        except csv.Error:
            raise _DoubtError from None
        if not chunk:
            return
        numbers: Sequence[int] = range(first, first + len(chunk))
        first += len(chunk)
        if [] in chunk:
            numbers = [number for number, row in zip(numbers, chunk, strict=True) if row]
            chunk = [row for row in chunk if row]
        if set(map(len, chunk)) - {len(columns)}:
            raise _DoubtError
        if chunk:
            yield Columns(numbers, _named(columns, list(map(seen_through, zip(*chunk, strict=True))))), first


def _stretches(data: bytes) -> Iterator[io.StringIO]:
    """The lines of whole rows, some rows at a time, so that no more than those are kept as text."""
    start = 0
    for stretch in closed_stretches(data):
        if stretch is None:
            raise _DoubtError
        yield io.StringIO(_decoded(data[start : stretch.end]), newline="")
        start = stretch.end


def _named(columns: Sequence[str], cut: Sequence[Sequence[str]]) -> dict[str, Sequence[Plain]]:
    return {name: column for name, column in zip(columns, cut, strict=True) if name}
