"""Rows read as columns are the rows that are read one by one, whatever the bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.errors import ToolError
from msgspec_tool.recipients import cutting
from msgspec_tool.recipients.columns import read_columns
from msgspec_tool.recipients.files import RecipientsFile, open_recipients
from msgspec_tool.recipients.rows import BadRow, Row

PIECES = st.sampled_from(
    [b"a", b"b c", b",", b",", b"\n", b"\n", b"\r\n", b'"', b'"x"', b'"x,y"', b'"l\nm"', b'""', b'"q""r"', b"\r", b"\xff", b"\0"]
)
BODIES = st.lists(PIECES, max_size=40).map(b"".join) | st.lists(
    st.sampled_from([b"1,2\n", b'1,"2"\n', b"\n", b'"1\r\n1",2\r\n']), max_size=20
).map(b"".join)


def one_by_one(file: RecipientsFile) -> list[tuple[int, object]]:
    found = [row for block in file.blocks() for row in file.rows(block)]
    return [(row.number, dict(row.values) if isinstance(row, Row) else row) for row in found]


def as_columns(file: RecipientsFile, size: int) -> list[tuple[int, object]]:
    found: list[tuple[int, object]] = []
    for block in file.blocks():
        for columns in read_columns(file, block, size):
            rows: list[Row | BadRow] = [*(columns.row(index) for index in range(len(columns.numbers))), *columns.unread]
            found += [(row.number, dict(row.values) if isinstance(row, Row) else row) for row in sorted(rows, key=lambda row: row.number)]
    return found


@settings(deadline=None)
@given(BODIES, st.sampled_from([1, 2, 7, 1000]))
def test_columns_hold_the_rows(body: bytes, size: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.csv"
        path.write_bytes(b"a,b\n" + body)
        try:
            file = open_recipients(path)
        except ToolError:
            return
        assert as_columns(file, size) == one_by_one(file)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([b"1,2\n", b'"3\n3",4\n', b"\n", b'5,"6""6"\r\n', b"7" * 30 + b",8\n"]), max_size=60).map(b"".join),
    st.integers(40, 200),
)
def test_blocks_are_cut_where_they_are_cut_row_by_row(body: bytes, size: int) -> None:
    slow = [cut.block for cut in cutting._cut_slowly(BytesIO(body), 0, "csv", (1, 2), size)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "ROW_LIMIT", 40)
        quick = list(cutting.cut_blocks(BytesIO(body), 0, "csv", first_line=2, block_bytes=size))
    assert quick == slow
