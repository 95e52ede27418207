"""One row's bytes become values by column, or a reason that holds no part of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec_tool.recipients.rows import CELL_LIMIT, BadRow, Row
from msgspec_tool.source.document import Plain
from msgspec_tool.variables.json_text import JsonTextError, parse_json


class RowError(ValueError):
    """A row that can't be read; ``column`` where one is to blame."""

    def __init__(self, reason: str, column: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


def split_cells(text: str, most: int) -> list[str]:
    """The cells of one sound row of RFC 4180 without its line break; ``RowError`` for more than ``most``."""
    if '"' not in text:
        if text.count(",") >= most:
            raise RowError(_too_many(most))
        return text.split(",")
    cells: list[str] = []
    position = 0
    while position <= len(text):
        if len(cells) == most:
            raise RowError(_too_many(most))
        quoted = text[position : position + 1] == '"'
        end = _closing_quote(text, position + 1) if quoted else text.find(",", position)
        if quoted:
            cells.append(text[position + 1 : end].replace('""', '"'))
            position = end + 2
        else:
            end = len(text) if end < 0 else end
            cells.append(text[position:end])
            position = end + 1
    return cells


def _closing_quote(text: str, position: int) -> int:
    while text[(found := text.index('"', position)) + 1 : found + 2] == '"':
        position = found + 2
    return found


def _too_many(most: int) -> str:
    return f"has more cells than the header, which has {most}"


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
    cells = split_cells(text, len(columns))
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
