"""A file of recipients, on disk, in shared storage or in memory: its kind, its columns, its blocks and their rows."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.recipients.cutting import cut_blocks, cut_rows, extents
from msgspec_tool.recipients.parquet import column_names, row_count, row_groups, rows_of
from msgspec_tool.recipients.parsing import RowError, decode_row, json_values, parse_row, split_cells
from msgspec_tool.recipients.rows import BLOCK_BYTES, CELL_LIMIT, ROW_LIMIT, BadRow, Block, Row
from msgspec_tool.storage.remote import Readable

_BOM = b"\xef\xbb\xbf"
_UNPACK = "unpack it, or pipe it in: gunzip -c FILE | … --recipients -"
_SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
_REMEDIES = {".gz": _UNPACK, **dict.fromkeys(_SHEETS, "export it as CSV (UTF-8), and name that file")}
"""What to do about files that are not read, by their extensions."""
_ARRAY = re.compile(rb"\s*\[\s*(?:\{|\Z)")
"""How an array of objects begins, on one line or on several."""
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_KINDS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}


@dataclass(frozen=True)
class RecipientsFile:
    """A readable file of recipients. ``columns`` are those of the header (CSV), of the first object (JSON Lines), or those that are
    read (Parquet).
    """

    path: Readable
    kind: str
    """``csv``, ``jsonl`` or ``parquet``."""
    columns: tuple[str, ...]
    body_start: int
    first_line: int
    sha256: str | None = None
    """Of its bytes, where it is known already."""

    def reading(self, names: Collection[str]) -> RecipientsFile:
        """The same for somebody who reads no other columns: nothing else of a Parquet file is looked at."""
        return replace(self, columns=tuple(name for name in self.columns if name in names)) if self.kind == "parquet" else self

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self.path.stat().st_size if isinstance(self.path, Path) else self.path.size()

    def share(self, end: int) -> float:
        """How much of the file is before the end of a block, from 0 to 1."""
        whole = len(list(row_groups(self.path))) if self.kind == "parquet" else self.size
        return end / whole if whole else 1.0

    def blocks(self, block_bytes: int = BLOCK_BYTES) -> Iterator[Block]:
        """Consecutive whole rows up to ``block_bytes`` of input, or row groups; they depend on the file's bytes alone."""
        if self.kind == "parquet":
            yield from row_groups(self.path)
            return
        with opened(self.path) as stream:
            yield from cut_blocks(stream, self.body_start, self.kind, first_line=self.first_line, block_bytes=block_bytes)

    def rows(self, block: Block) -> Iterator[Row | BadRow]:
        """The rows of a block in order, blank lines left out."""
        if self.kind == "parquet":
            yield from rows_of(self.path, block, self.columns)
            return
        if block.oversize:
            yield BadRow(block.first_row, block.first_line, f"is longer than {ROW_LIMIT:,} bytes")
            return
        with opened(self.path) as stream:
            stream.seek(block.start)
            data = stream.read(block.end - block.start)
        number, line = block.first_row, block.first_line
        for extent in extents(data, self.kind):
            row = parse_row(self.kind, data[extent.start : extent.end], extent.sound, self.columns, number, line)
            if row is not None:
                yield row
            number, line = number + 1, line + extent.lines

    def count(self) -> int:
        """Rows of the file, those that can't be read among them."""
        if self.kind == "parquet":
            return row_count(self.path)
        return sum(self._counted(block) for block in self.blocks())

    def _counted(self, block: Block) -> int:
        if block.oversize:
            return 1
        with opened(self.path) as stream:
            stream.seek(block.start)
            data = stream.read(block.end - block.start)
        return sum(not data[extent.start : extent.end].isspace() for extent in extents(data, self.kind))


@contextmanager
def opened(path: Readable) -> Iterator[BinaryIO]:
    """The bytes of a file. ``UnreadableError`` for what is there and no regular file; ``OSError`` as paths raise it."""
    if not isinstance(path, Path):
        with path.open() as held:
            yield cast(BinaryIO, held)
        return
    # a pipe would be waited for
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            words = f"{str(path)!r} is no regular file"
            raise UnreadableError(words, path=str(path), reason="unreadable", help="a pipe is read as standard input: --recipients -")
        yield stream


def open_recipients(path: Readable) -> RecipientsFile:
    """The file at a path, by its extension. ``UsageError`` for a kind that is not read, ``UnreadableError`` for a file that can't be."""
    kind = kind_of(path)
    if kind == "parquet":
        return RecipientsFile(path, kind, column_names(path), 0, 1)
    try:
        with opened(path) as stream:
            head = stream.read(3)
            skip = len(_BOM) if head == _BOM else 0
            if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise UnreadableError(
                    f"{str(path)!r} is UTF-16: UTF-8 is expected", path=str(path), reason="encoding", help="save it as UTF-8"
                )
            if head == b"PK\x03":
                words = f"{str(path)!r} is a workbook or an archive, not text"
                raise UnreadableError(words, path=str(path), reason="unreadable", help="export it as CSV (UTF-8)")
            if head[:2] == b"\x1f\x8b":
                raise UnreadableError(f"{str(path)!r} is compressed", path=str(path), reason="unreadable", help=_UNPACK)
            first = next(cut_rows(stream, skip, kind), None)
            if first is None:
                return _empty(path, kind)
            stream.seek(first.start)
            data = stream.read(min(first.end - first.start, ROW_LIMIT))
    except OSError as error:
        reason = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
        raise UnreadableError(f"{str(path)!r} can't be read: {error.strerror or error}", path=str(path), reason=reason) from error
    if kind == "jsonl":
        if _ARRAY.match(data):
            words = f"{str(path)!r} is a JSON array: JSON Lines has an object on each line"
            raise UnreadableError(words, path=str(path), reason="unreadable", help="write one object a line, as `jq -c '.[]'` does")
        return RecipientsFile(path, kind, _first_keys(data), skip, 1)
    return RecipientsFile(path, kind, _header(path, data, first.sound), first.end, 1 + first.lines)


def columns_of(path: Readable) -> tuple[str, ...]:
    """The columns that templates of a destination mapping can read; only the head of the file is looked at."""
    return tuple(name for name in open_recipients(path).columns if name)


def kind_of(path: Readable) -> str:
    """``csv``, ``jsonl`` or ``parquet``, by the end of the name; the spec's schema knows the same ends. ``UsageError`` for others."""
    suffix = path.suffix.lower()
    if suffix in _KINDS:
        return _KINDS[suffix]
    raise UsageError(
        f"{str(path)!r} is no recipients file: the name must end in .csv, .jsonl, .ndjson or .parquet",
        help=_REMEDIES.get(suffix, "other text is read from standard input: --recipients -"),
    )


def _empty(path: Readable, kind: str) -> RecipientsFile:
    if kind == "csv":
        raise UnreadableError(f"{str(path)!r} is empty: a header with the columns' names is expected", path=str(path), reason="unreadable")
    return RecipientsFile(path, kind, (), 0, 1)


def _first_keys(data: bytes) -> tuple[str, ...]:
    try:
        return tuple(json_values(data, True, ()) or ())
    except RowError:
        return ()


def _header(path: Readable, data: bytes, sound: bool) -> tuple[str, ...]:
    def refuse(message: str, help: str | None = None, reason: str = "unreadable") -> UnreadableError:
        return UnreadableError(f"{str(path)!r}: {message}", path=str(path), reason=reason, help=help)

    try:
        text = decode_row(data)
    except RowError as error:
        raise refuse(f"the header: {error.reason}", "save the file as UTF-8", "encoding") from error
    if "\r" in text and not sound:
        raise refuse("lines end with a lone carriage return", "save the file with line ends of Unix or Windows")
    if not sound or len(data) > CELL_LIMIT:
        raise refuse("the header can't be read: its quotes are not those of RFC 4180, or it is too long")
    columns = tuple(split_cells(text, len(text) + 1))
    separator = next((words for sign, words in _SEPARATORS.items() if sign in text), None)
    if len(columns) == 1 and separator is not None:
        raise refuse(f"the header is one column: cells seem to be separated by {separator}", "save the file with commas between cells")
    named = [name for name in columns if name]
    if not named:
        raise refuse("the header names no column")
    twice = next((name for name, number in Counter(named).items() if number > 1), None)
    if twice is not None:
        raise refuse(f"the column {twice[:60]!r} stands twice in the header", "rename or remove one of them")
    return columns
