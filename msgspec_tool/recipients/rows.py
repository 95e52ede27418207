"""What a recipients file is made of: blocks, and in them rows and unreadable rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from msgspec_tool.source.document import Plain

CELL_LIMIT = 1 << 20
"""Bytes of one cell: 1 MiB. No field of a message can hold more than a fraction of it."""

ROW_LIMIT = 2 << 20
"""Bytes of one row: 2 MiB, and so the memory that finding its end takes."""

BLOCK_BYTES = 8 << 20
"""Bytes of input that one block takes at most, unless a single row is longer (the spec language's number)."""


class Extent(NamedTuple):
    """The bytes of one row: ``sound`` is False where they are only a physical line whose quoting can't be understood."""

    start: int
    end: int
    lines: int
    sound: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive whole rows: bytes ``[start, end)``, the number of its first row and the line it begins on (both from 1)."""

    start: int
    end: int
    first_row: int
    first_line: int
    oversize: bool = False
    """A single row over :data:`ROW_LIMIT`, which is never read into memory."""


@dataclass(frozen=True, slots=True)
class Row:
    """A recipient: number from 1 (the header is not a row), line in the file (0 where it is not known, or the file has none), and
    values by column (text in CSV).
    """

    number: int
    line: int
    values: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read. The reason holds no part of its data."""

    number: int
    line: int
    reason: str
    column: str | None = None
