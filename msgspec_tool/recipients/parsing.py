"""One row's bytes become values by column, or a reason that holds no part of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec_tool.recipients.rows import CELL_LIMIT, BadRow, Row
from msgspec_tool.source.document import Plain
from msgspec_tool.variables.json_text import JsonTextError, parse_json

_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(?:,|\Z)', re.ASCII)


class RowError(ValueError):
    """A row that can't be read; ``column`` where one is to blame."""

    def __init__(self, reason: str, column: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


def split_cells(text: str) -> list[str]:
    """The cells of one sound row of RFC 4180 without its line break."""
    if '"' not in text:
        return text.split(",")
    cells = []
    position, open_ended = 0, True
    while open_ended:
        found = _CELL.match(text, position)
        if found is None:
            raise RowError("has quotes that RFC 4180 does not allow")
        quoted, plain = found.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        position = found.end()
        open_ended = text[found.end() - 1 : found.end()] == "," and found.end() > found.end(1 if quoted is not None else 2)
    return cells


def decode_row(data: bytes) -> str:
    """A row's text without its line break; ``RowError`` with the place of the first byte that is not UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RowError(f"byte {error.start + 1} of the row (0x{data[error.start]:02x}) is not UTF-8") from error
    if "\0" in text:
        raise RowError("holds a NUL character")
    return text.removesuffix("\n").removesuffix("\r")


def csv_values(data: bytes, sound: bool, columns: Sequence[str]) -> dict[str, str] | None:
    """Cells by column, columns without a name left out; None for a blank line."""
    text = decode_row(data)
    if not text:
        return None
    if not sound:
        raise RowError(_quoting_reason(text))
    cells = split_cells(text)
    if len(cells) != len(columns):
        raise RowError(f"has {len(cells)} cell{'' if len(cells) == 1 else 's'} where the header has {len(columns)}")
    values = {name: cell for name, cell in zip(columns, cells, strict=True) if name}
    _check_sizes(values, len(data))
    return values


def _quoting_reason(text: str) -> str:
    if "\r" in text:
        return "holds a carriage return outside quotes"
    if re.search(r'[^",]"', text) and not re.search(r'(?:^|,)"', text):
        return 'has a quote inside an unquoted cell: put the cell in quotes and write the quote twice ("")'
    return "has a quote that is never closed, or text after a closing quote"


def json_values(data: bytes, _sound: bool, _columns: Sequence[str]) -> dict[str, Plain] | None:
    """The members of the row's object; None for a blank line."""
    text = decode_row(data)
    if not text.strip(" \t\r"):
        return None
    try:
        value = parse_json(text)
    except JsonTextError as error:
        raise RowError(str(error)) from error
    if not isinstance(value, dict):
        raise RowError("is no JSON object")
    _check_sizes(value, len(data))
    return value


def _check_sizes(values: dict[str, Plain], size: int) -> None:
    if size <= CELL_LIMIT:
        return
    for name, value in values.items():
        if isinstance(value, str) and len(value) > CELL_LIMIT // 4 and len(value.encode()) > CELL_LIMIT:
            raise RowError(f"has a cell of more than {CELL_LIMIT:,} bytes", name)


def parse_row(kind: str, data: bytes, sound: bool, columns: Sequence[str], number: int, line: int) -> Row | BadRow | None:
    """The row of these bytes; None for a blank line, which has a number but is no recipient."""
    parse = csv_values if kind == "csv" else json_values
    try:
        values = parse(data, sound, columns)
    except RowError as error:
        return BadRow(number, line, error.reason, error.column)
    return None if values is None else Row(number, line, values)
