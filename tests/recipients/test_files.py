from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.recipients import cutting
from msgspec_tool.recipients import rows as limits
from msgspec_tool.recipients.files import columns_of, open_recipients
from msgspec_tool.recipients.rows import BadRow, Row


def read(path: Path, block_bytes: int = limits.BLOCK_BYTES) -> list[Row | BadRow]:
    file = open_recipients(path)
    return [row for block in file.blocks(block_bytes) for row in file.rows(block)]


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def make(data: bytes | str, name: str = "recipients.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return make


def test_a_plain_file(write: Any) -> None:
    path = write('\ufeffphone,name\r\n1,Asha\r\n\r\n2,"B""e,\nn"\r\n3,')
    assert read(path) == [
        Row(1, 2, {"phone": "1", "name": "Asha"}),
        Row(3, 4, {"phone": "2", "name": 'B"e,\nn'}),
        Row(4, 6, {"phone": "3", "name": ""}),
    ]
    assert columns_of(path) == ("phone", "name")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"1", "has 1 cell where the header has 2"),
        (b"1,2,3", "has more cells than the header, which has 2"),
        (b'1,"x', "has a quote that is never closed, or text after a closing quote"),
        (b'1,"x"y', "has a quote that is never closed, or text after a closing quote"),
        (b'1,5" disk', 'has a quote inside an unquoted cell: put the cell in quotes and write the quote twice ("")'),
        (b"1,a\rb", "holds a carriage return outside quotes"),
        (b"1,\xff", "byte 3 of the row (0xff) is not UTF-8"),
        (b"1,a\0b", "holds a NUL character"),
    ],
)
def test_a_bad_row_spoils_no_other(write: Any, line: bytes, reason: str) -> None:
    path = write(b"phone,name\n0,zero\n" + line + b"\n2,two\n")
    assert read(path) == [
        Row(1, 2, {"phone": "0", "name": "zero"}),
        BadRow(2, 3, reason),
        Row(3, 4, {"phone": "2", "name": "two"}),
    ]


def test_a_quote_closed_by_another_rows_quote(write: Any) -> None:
    found = read(write('a,b\n1,"x\n2,"y"\n3,z\n'))
    assert [type(row) for row in found] == [BadRow, Row, Row]


def test_json_lines(write: Any) -> None:
    path = write('{"a": 1, "b": null}\n\n[1]\n{"a": 1.50}\n{"a":\n{"a":1,"a":2}\n', "r.jsonl")
    found = read(path)
    assert found[0] == Row(1, 1, {"a": 1, "b": None})
    assert [row.reason for row in found if isinstance(row, BadRow)] == [
        "is no JSON object",
        "is not JSON (character 6)",
        "has the same key twice in one object",
    ]
    assert isinstance(found[2], Row)
    assert found[2].values["a"].lexeme == "1.50"
    assert columns_of(path) == ("a", "b")
    assert columns_of(write("", "empty.ndjson")) == ()
    assert columns_of(write("[1", "broken.ndjson")) == ()


def test_columns_without_a_name_are_left_out(write: Any) -> None:
    assert read(write("a,,\n1,2,3\n")) == [Row(1, 2, {"a": "1"})]


@pytest.mark.parametrize(
    ("data", "words", "reason"),
    [
        (b"", "is empty", "unreadable"),
        (b"a;b\n1;2\n", "separated by semicolons", "unreadable"),
        (b"a\tb\n", "separated by tabs", "unreadable"),
        (b"a|b\n", "separated by vertical bars", "unreadable"),
        (b"\x1f\x8b\x08\x00", "is compressed", "unreadable"),
        (b"a,b,a\n", "stands twice", "unreadable"),
        (b",\n", "names no column", "unreadable"),
        (b"a,\xe9\n", "not UTF-8", "encoding"),
        ("a,b\n".encode("utf-16"), "UTF-16", "encoding"),
        (b"a,b\r1,2\r", "lone carriage return", "unreadable"),
        (b'a,"b\n1,2\n', "quotes", "unreadable"),
    ],
)
def test_files_that_can_not_be_read(write: Any, data: bytes, words: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=words) as caught:
        open_recipients(write(data))
    assert caught.value.reason == reason


def test_an_array_is_no_json_lines(write: Any) -> None:
    for data in (b'[{"a": 1}]\n', b'\xef\xbb\xbf [\n  {"a": 1}\n]\n'):
        with pytest.raises(UnreadableError, match="is a JSON array") as caught:
            open_recipients(write(data, "r.jsonl"))
        assert caught.value.help == "write one object a line, as `jq -c '.[]'` does"
    assert read(write(b"[1]\n{}\n", "r.jsonl")) == [BadRow(1, 1, "is no JSON object"), Row(2, 2, {})]


def test_missing_and_foreign_files(write: Any, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        open_recipients(tmp_path / "none.csv")
    assert caught.value.reason == "missing"
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UnreadableError):
        open_recipients(tmp_path / "folder.csv")
    for name, remedy in (("r.xlsx", "export it as CSV"), ("r.csv.gz", "unpack it, or pipe it in"), ("63", "--recipients -")):
        with pytest.raises(UsageError, match="must end in") as foreign:
            open_recipients(tmp_path / name)
        assert remedy in str(foreign.value.help)


def test_huge_cells_and_rows_are_refused_in_flat_memory(write: Any) -> None:
    huge = b"x" * (10 << 20)
    path = write(b"a,b\n1,2\n" + b"y" * (limits.CELL_LIMIT + 1) + b",3\n" + huge + b'\n"' + huge + b'",1\n5,6\n')
    tracemalloc.start()
    try:
        found = read(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [row.number for row in found] == [1, 2, 3, 4, 5]
    assert [row.reason for row in found if isinstance(row, BadRow)] == [
        "has a cell of more than 1,048,576 bytes",
        "is longer than 2,097,152 bytes",
        "is longer than 2,097,152 bytes",
    ]
    assert found[1].column == "a"  # type: ignore[union-attr]
    assert peak < 25 << 20


CELL = st.text(st.sampled_from('ab",\n\r é😀;'), max_size=6)
TABLE = st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=12))


def in_file(data: bytes, name: str, block_bytes: int) -> list[Row | BadRow]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return read(path, block_bytes)


@settings(max_examples=150, deadline=None)
@given(TABLE, st.integers(1, 60), st.sampled_from([("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL)]))
def test_what_csv_writes_is_read_back_whatever_the_blocks(table: list[list[str]], block_bytes: int, dialect: tuple[str, Any]) -> None:
    stream = io.StringIO(newline="")
    header = [f"c{index}" for index in range(len(table[0]))]
    csv.writer(stream, lineterminator=dialect[0], quoting=dialect[1]).writerows([header, *table])
    found = in_file(stream.getvalue().encode(), "r.csv", block_bytes)
    assert [list(row.values.values()) for row in found if isinstance(row, Row)] == table
    assert [row.number for row in found] == list(range(1, len(table) + 1))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80) | st.text(st.sampled_from('a",\n\r'), max_size=60).map(str.encode), st.integers(1, 40))
def test_any_bytes_give_the_same_rows_whatever_the_blocks(data: bytes, block_bytes: int) -> None:
    for name, head in (("r.csv", b"x,y\n"), ("r.jsonl", b"{}\n")):
        assert in_file(head + data, name, block_bytes) == in_file(head + data, name, limits.BLOCK_BYTES)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=5) | st.none(), max_size=3), max_size=8))
def test_json_lines_are_read_back(table: list[dict[str, Any]]) -> None:
    data = "".join(json.dumps(row) + "\n" for row in table).encode()
    assert [row.values for row in in_file(data, "r.jsonl", 30) if isinstance(row, Row)] == table


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('a",\n\r'), max_size=60).map(str.encode))
def test_long_rows_end_where_short_ones_do(data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        expected = list(cutting.extents(data, "csv"))
        patch.setattr(cutting, "_SHORT_ROW", 1)
        assert list(cutting.extents(data, "csv")) == expected


def test_hostile_quotes_take_little_time(write: Any) -> None:
    for body in (b'"' * (2 << 19), b"," * (2 << 19), b'1,"' + b'x""' * (1 << 18), b'1,"x\n' * 5000):
        started = time.process_time()
        found = read(write(b"a,b\n" + body + b"\n1,2\n"))
        assert isinstance(found[-1], Row)
        assert time.process_time() - started < 2


def test_devices_are_no_recipients_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UnreadableError, match="no regular file"):
        open_recipients(tmp_path / "pipe.csv")
