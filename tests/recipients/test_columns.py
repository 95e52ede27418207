"""Rows read as columns are the rows that are read one by one, whatever the bytes."""

from __future__ import annotations

import tracemalloc
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.errors import ToolError
from msgspec_tool.recipients import cutting, quoting
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
@given(BODIES, st.sampled_from([1, 2, 7, 1000]), st.sampled_from([1, 5, quoting.STRETCH]))
def test_columns_hold_the_rows(body: bytes, size: int, stretch: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(quoting, "STRETCH", stretch)
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
    st.sampled_from([10, 40]),
)
def test_blocks_are_cut_where_they_are_cut_row_by_row(body: bytes, size: int, stretch: int) -> None:
    slow = [cut.block for cut in cutting._cut_slowly(BytesIO(body), 0, "csv", (1, 2), size)]
    with pytest.MonkeyPatch.context() as patch:
        for module in (cutting, quoting):
            patch.setattr(module, "ROW_LIMIT", 40)
        patch.setattr(quoting, "STRETCH", stretch)
        quick = list(cutting.cut_blocks(BytesIO(body), 0, "csv", first_line=2, block_bytes=size))
    assert quick == slow


@settings(deadline=None)
@given(BODIES, st.sampled_from([1, 4, 16, quoting.STRETCH]), st.booleans())
def test_stretches_are_whole_rows_without_doubt(body: bytes, size: int, last: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quoting, "STRETCH", size)
        found = list(quoting.closed_stretches(body, last=last))
    ends = [0, *(one.end for one in found if one is not None)]
    rows = list(cutting.extents(body[: ends[-1]], "csv"))
    assert all(row.sound for row in rows)
    assert [one.rows for one in found if one is not None] == [sum(start < row.end <= end for row in rows) for start, end in pairwise(ends)]
    assert None not in found[:-1]
    if last and None not in found:
        assert ends[-1] == len(body)


def test_quoted_rows_take_the_memory_of_a_few(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(b"a,b\n" + b'1,"[""tea"", ""jam""]"\n' * 200_000)
    file = open_recipients(tmp_path / "r.csv")
    tracemalloc.start()
    try:
        rows = sum(len(columns.numbers) for block in file.blocks() for columns in read_columns(file, block, 1000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rows == 200_000
    assert peak < 20 << 20
