"""Parquet files of recipients, by row groups (extra ``parquet``): values have types of their own, as those of JSON Lines have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.recipients.rows import BadRow, Block, Row
from msgspec_tool.source.document import Plain
from msgspec_tool.storage.remote import Readable
from msgspec_tool.variables.numbers import parse_number

_AT_ONCE = 1000
"""Rows of a row group that are in memory as Python's own values."""


@contextmanager
def opened(path: Readable) -> Iterator[Any]:
    """The file; ``UsageError`` where pyarrow is not installed, ``UnreadableError`` where the file is no Parquet."""
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        words = f"{str(path)!r}: Parquet files need pyarrow, which is not installed"
        raise UsageError(words, help="pip install 'msgspec-tool[parquet]', or export it as CSV or JSON Lines") from error
    stream = None if isinstance(path, Path) else path.open()
    try:
        file = parquet.ParquetFile(path if stream is None else stream)
    except OSError as error:
        reason = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
        raise UnreadableError(f"{str(path)!r} can't be read", path=str(path), reason=reason) from error
    except ValueError as error:
        raise UnreadableError(f"{str(path)!r} is no Parquet file that can be read", path=str(path), reason="unreadable") from error
    with file, nullcontext() if stream is None else stream:
        yield file


def column_names(path: Readable) -> tuple[str, ...]:
    """The columns of a file."""
    with opened(path) as file:
        return tuple(file.schema_arrow.names)


def row_count(path: Readable) -> int:
    """The rows of a file."""
    with opened(path) as file:
        return int(file.metadata.num_rows)


def row_groups(path: Readable) -> Iterator[Block]:
    """A block for each row group; its places count row groups."""
    with opened(path) as file:
        first = 1
        for group in range(file.num_row_groups):
            yield Block(group, group + 1, first, first)
            first += file.metadata.row_group(group).num_rows


def rows_of(path: Readable, block: Block) -> Iterator[Row | BadRow]:
    """The rows of a row group."""
    number = block.first_row
    with opened(path) as file:
        for batch in file.iter_batches(_AT_ONCE, row_groups=[block.start]):
            for values in batch.to_pylist():
                yield _row(number, values)
                number += 1


def _row(number: int, values: dict[str, Any]) -> Row | BadRow:
    found: dict[str, Plain] = {}
    for name, value in values.items():
        try:
            found[name] = _plain(value)
        except ValueError as error:
            return BadRow(number, number, str(error), name)
    return Row(number, number, found)


def _plain(value: Any) -> Plain:
    """A value as JSON would have it: dates as ISO text, decimals with their lexeme. ``ValueError`` where JSON has no such value."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(member) for name, member in value.items()}
    raise ValueError("holds a value of a type that JSON does not have")


def _number(value: float | Decimal) -> Plain:
    text = format(value, "f") if isinstance(value, Decimal) else repr(value)
    number = parse_number(text) if isfinite(value) else None
    if number is None:
        raise ValueError("holds a number that is out of range")
    return number
