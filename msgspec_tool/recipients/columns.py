"""Rows many at a time, as columns: quick where the bytes leave no doubt how they are cut, else read row by row.

What is read here is what :meth:`~msgspec_tool.recipients.files.RecipientsFile.rows` reads. Doubt about a single row (a quote that
RFC 4180 does not know, a cell too many, a byte that is not UTF-8) sends the rest of its block there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from msgspec_tool.recipients.cutting import clean_ends, closed_quotes
from msgspec_tool.recipients.files import RecipientsFile, opened
from msgspec_tool.recipients.rows import CELL_LIMIT, BadRow, Block, Row
from msgspec_tool.source.document import Plain

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
    if b"\0" in data or not (closed_quotes(data) if quoted else clean_ends(data)):
        raise _DoubtError
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _DoubtError from None
    del data
    yield from (_quoted_cells if quoted else _plain_cells)(text, file.columns, block.first_row, size)


def _plain_cells(text: str, columns: Sequence[str], first: int, size: int) -> Iterator[tuple[Columns, int]]:
    """Cells of lines without quotes: a chunk is cut at every comma at once, and columns are slices of all its cells."""
    text = text.replace("\r\n", "\n") if "\r" in text else text
    width, start, end, row = len(columns), 0, 0, (len(text) and text.find("\n") + 1) or len(text)
    while start < len(text):
        # lines are about as long as the first one
        end = text.rfind("\n", start, start + size * row) + 1 or text.find("\n", start) + 1 or len(text)
        chunk = text[start:end].removesuffix("\n")
        numbers: Sequence[int] = range(first, first + chunk.count("\n") + 1)
        start, first = end, numbers[-1] + 1
        if chunk[:1] == "\n" or "\n\n" in chunk or chunk[-1:] in ("", "\n"):
            lines = chunk.split("\n")
            numbers = [number for number, line in zip(numbers, lines, strict=True) if line]
            chunk = "\n".join(filter(None, lines))
        if not chunk:
            continue
        cells = chunk.replace("\n", ",\n").split(",")
        firsts = "".join(cells[::width]).split("\n")
        # a line break begins the first cell of each line but the first, so they tell whether all lines are of one width
        if len(cells) != width * len(numbers) or len(firsts) != len(numbers) or (len(chunk) > _LONGEST and max(map(len, cells)) > _LONGEST):
            raise _DoubtError
        cut = [firsts, *(cells[index::width] for index in range(1, width))]
        yield Columns(numbers, _named(columns, cut)), first


def _quoted_cells(text: str, columns: Sequence[str], first: int, size: int) -> Iterator[tuple[Columns, int]]:
    rows = csv.reader(io.StringIO(text, newline=""))
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
            yield Columns(numbers, _named(columns, list(zip(*chunk, strict=True)))), first


def _named(columns: Sequence[str], cut: Sequence[Sequence[str]]) -> dict[str, Sequence[Plain]]:
    return {name: column for name, column in zip(columns, cut, strict=True) if name}
