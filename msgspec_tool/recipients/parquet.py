"""Parquet files of recipients, by row groups (extra ``parquet``): values have types of their own, as those of JSON Lines have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.recipients.rows import CELL_LIMIT, BadRow, Block, Row
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
    """The columns of a file. ``UnreadableError`` where two have one name."""
    with opened(path) as file:
        names = tuple(file.schema_arrow.names)
    twice = next((name for name, number in Counter(names).items() if number > 1), None)
    if twice is not None:
        words = f"{str(path)!r}: there are two columns {twice[:60]!r}"
        raise UnreadableError(words, path=str(path), reason="unreadable", help="rename or remove one of them")
    return names


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


def rows_of(path: Readable, block: Block, columns: Sequence[str]) -> Iterator[Row | BadRow]:
    """The rows of a row group, with these columns alone: what else the file holds may be of any type, or damaged."""
    number = block.first_row
    with opened(path) as file:
        for size, several in _batches(path, file, block, columns):
            for index in range(size):
                yield _row(number, {name: values[index] for name, values in several.items()})
                number += 1


class _Unread:
    """At the place of a value that can't be read; the reason holds nothing of it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def _batches(path: Readable, file: Any, block: Block, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, list[Any]]]]:
    """Some rows at a time: how many, and the values of each column."""
    try:
        for batch in file.iter_batches(_AT_ONCE, row_groups=[block.start], columns=list(columns)):
            yield batch.num_rows, {name: _read(batch.column(name)) for name in columns}
    except (OSError, ValueError, NotImplementedError) as error:
        words = f"{str(path)!r}: row group {block.end}, from row {block.first_row:,} on, can't be read: the file is damaged"
        raise UnreadableError(words, path=str(path), reason="unreadable", help="write it again where it came from") from error


def _read(column: Any) -> list[Any]:
    """The values of a column as Python has them. What it has not is read one by one, and marked where that fails."""
    kind = str(column.type)
    if kind in ("float", "halffloat"):
        # the shortest text of such a number: as a double 0.1 would be 0.10000000149011612
        return [None if text is None else float(text) for text in column.cast("string").to_pylist()]
    if kind.startswith(("timestamp[ns", "time64[ns")):
        return [_attempt(_of_nanoseconds, one) for one in column]
    try:
        found: list[Any] = column.to_pylist()
    except (ValueError, ArithmeticError, LookupError):
        found = [_attempt(lambda scalar: scalar.as_py(), one) for one in column]
    return found


def _attempt(read: Callable[[Any], Any], scalar: Any) -> Any:
    try:
        return read(scalar)
    except UnicodeDecodeError:
        return _Unread("is not UTF-8")
    except (ValueError, ArithmeticError, LookupError):
        return _Unread("holds a value that can't be read: a time out of range, or in an unknown time zone")


def _of_nanoseconds(scalar: Any) -> str | None:
    """ISO text of a time that is finer than Python's: with nine digits of a second where it needs them."""
    if not scalar.is_valid:
        return None
    import pyarrow

    micro, rest = divmod(scalar.value, 1000)
    kind = pyarrow.time64("us") if str(scalar.type).startswith("time64") else pyarrow.timestamp("us", scalar.type.tz)
    found = pyarrow.scalar(micro, kind).as_py()
    if not rest:
        return _iso(found)
    head, _point, tail = _iso(found, "microseconds").partition(".")
    return f"{head}.{tail[:6]}{rest:03d}{tail[6:]}"


def _iso(value: datetime | time, precision: str = "auto") -> str:
    return value.isoformat(timespec=precision).replace("+00:00", "Z")


def _row(number: int, values: dict[str, Any]) -> Row | BadRow:
    found: dict[str, Plain] = {}
    for name, value in values.items():
        try:
            found[name] = _plain(value)
        except ValueError as error:
            return BadRow(number, 0, str(error), name)
    return Row(number, 0, found)


def _plain(value: Any) -> Plain:
    """A value as JSON would have it: dates as ISO text, decimals with their lexeme. ``ValueError`` where JSON has no such value."""
    if isinstance(value, str) and len(value) > CELL_LIMIT:
        raise ValueError(f"has a cell of more than {CELL_LIMIT:,} characters")
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if isinstance(value, (datetime, time)):
        return _iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(member) for name, member in value.items()}
    raise ValueError(value.reason if isinstance(value, _Unread) else "holds a value of a type that JSON does not have")


def _number(value: float | Decimal) -> Plain:
    text = format(value, "f") if isinstance(value, Decimal) else repr(value)
    number = parse_number(text) if isfinite(value) else None
    if number is None:
        raise ValueError("holds a number that is out of range")
    return number
