"""Recipients in Parquet: blocks are row groups, values become those of JSON, and what is no such value refuses its row."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.recipients.files import open_recipients
from msgspec_tool.recipients.rows import CELL_LIMIT, BadRow, Row
from msgspec_tool.recipients.spooling import spooled_recipients
from msgspec_tool.variables.numbers import DecimalNumber

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def written(folder: Path, rows: list[dict[str, Any]], **options: Any) -> Path:
    path = folder / "r.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), path, **options)
    return path


def test_row_groups_are_blocks_and_values_are_those_of_json(tmp_path: Path) -> None:
    instant = datetime(2030, 1, 31, 18, 30, tzinfo=timezone.utc)
    rows: list[dict[str, Any]] = [
        {"a": "x", "d": Decimal("12.50"), "day": date(2030, 1, 31), "at": instant, "l": [1, 2], "m": {"k": None}, "f": 1.5, "b": True},
        {"a": None, "d": None, "day": None, "at": None, "l": [], "m": {"k": "v"}, "f": float("nan"), "b": None},
        {"a": "z", "d": Decimal("1.00"), "day": None, "at": None, "l": None, "m": None, "f": 0.0, "b": False},
    ]
    file = open_recipients(written(tmp_path, rows, row_group_size=2))
    assert (file.kind, file.columns) == ("parquet", ("a", "d", "day", "at", "l", "m", "f", "b"))
    blocks = list(file.blocks())
    assert [(block.start, block.end, block.first_row) for block in blocks] == [(0, 1, 1), (1, 2, 3)]
    assert [file.share(block.end) for block in blocks] == [0.5, 1.0]
    first, second, third = (row for block in blocks for row in file.rows(block))
    assert isinstance(first, Row)
    assert (first.number, str(first.values["d"])) == (1, "12.50")
    assert {**first.values, "d": 0} == {
        "a": "x", "d": 0, "day": "2030-01-31", "at": "2030-01-31T18:30:00Z", "l": [1, 2], "m": {"k": None}, "f": 1.5, "b": True,
    }  # fmt: skip
    assert second == BadRow(2, 0, "holds a number that is out of range", "f")
    assert isinstance(third, Row)
    assert third.number == 3


def read(path: Path) -> list[Any]:
    """The values of the column ``a``, or why there is none."""
    file = open_recipients(path)
    rows = (row for block in file.blocks() for row in file.rows(block))
    return [row.values["a"] if isinstance(row, Row) else (row.number, row.reason, row.column) for row in rows]


OTHER = "holds a value of a type that JSON does not have"
UNREAD = "holds a value that can't be read: a time out of range, or in an unknown time zone"
VALUES = (
    ("binary", [b"bytes", None], None, [(1, OTHER, "a"), None]),
    ("duration", [timedelta(1)], None, [(1, OTHER, "a")]),
    ("map", [[("k", 1)]], pyarrow.map_(pyarrow.string(), pyarrow.int64()), [(1, OTHER, "a")]),
    ("nothing", [None, None], pyarrow.null(), [None, None]),
    ("dictionary", ["x", None, "x"], pyarrow.dictionary(pyarrow.int8(), pyarrow.string()), ["x", None, "x"]),
    ("large", ["x"], pyarrow.large_string(), ["x"]),
    ("unsigned", [2**64 - 1], pyarrow.uint64(), [2**64 - 1]),
    ("seconds", [1893553445], pyarrow.timestamp("s"), ["2030-01-02T03:04:05"]),
    ("nanoseconds", [1893553445000000001, 1893553445120000000, None, -1], pyarrow.timestamp("ns"),
     ["2030-01-02T03:04:05.000000001", "2030-01-02T03:04:05.120000", None, "1969-12-31T23:59:59.999999999"]),
    ("in UTC", [1893553445000000001], pyarrow.timestamp("ns", "UTC"), ["2030-01-02T03:04:05.000000001Z"]),
    ("in a zone", [1893553445000000000], pyarrow.timestamp("us", "Europe/Paris"), [(1, UNREAD, "a")]),
    ("in no zone", [1893553445000000, None], pyarrow.timestamp("us", "Not/There"), [(1, UNREAD, "a"), None]),
    ("time of day", [3723000000001], pyarrow.time64("ns"), ["01:02:03.000000001"]),
    ("single", [0.1, 1.0, None, float("inf")], pyarrow.float32(), ["0.1", "1.0", None, (4, "holds a number that is out of range", "a")]),
    ("nested", [{"at": [Decimal("1.50")]}], None, [{"at": [1.5]}]),
)  # fmt: skip


@pytest.mark.parametrize(("values", "kind", "wanted"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES])
def test_values_of_each_type(tmp_path: Path, values: list[Any], kind: Any, wanted: list[Any]) -> None:
    path = tmp_path / "r.parquet"
    parquet.write_table(pyarrow.table({"a": pyarrow.array(values, kind)}), path)
    assert [str(one) if isinstance(one, DecimalNumber) else one for one in read(path)] == wanted


def test_text_that_is_not_utf_8_refuses_its_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    parquet.write_table(pyarrow.table({"a": pyarrow.array([b"Jos\xe9", b"Jos\xc3\xa9"]).view(pyarrow.string())}), path)
    assert read(path) == [(1, "is not UTF-8", "a"), "José"]


def test_a_cell_over_the_limit_refuses_its_row_alone(tmp_path: Path) -> None:
    assert read(written(tmp_path, [{"a": "x" * (CELL_LIMIT + 1)}, {"a": "y"}])) == [
        (1, "has a cell of more than 1,048,576 characters", "a"),
        "y",
    ]


def test_columns_that_nobody_reads_are_not_looked_at(tmp_path: Path) -> None:
    file = open_recipients(written(tmp_path, [{"a": "x", "b": b"bytes", "c": "y"}])).reading({"c", "a", "z"})
    assert file.columns == ("a", "c")
    assert [list(file.rows(block)) for block in file.blocks()] == [[Row(1, 0, {"a": "x", "c": "y"})]]
    none = file.reading(())
    assert [list(none.rows(block)) for block in none.blocks()] == [[Row(1, 0, {})]]


def test_a_damaged_row_group_is_told_by_its_rows(tmp_path: Path) -> None:
    path = written(tmp_path, [{"a": f"{number:08d}"} for number in range(40)], row_group_size=20, compression="none", use_dictionary=False)
    data = path.read_bytes()
    place = parquet.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    path.write_bytes(data[:place] + bytes(byte ^ 255 for byte in data[place : place + 40]) + data[place + 40 :])
    with pytest.raises(UnreadableError, match=r"row group 2, from row 21 on, can't be read: the file is damaged") as caught:
        read(path)
    assert caught.value.help == "write it again where it came from"


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    column = pyarrow.array(["x"])
    parquet.write_table(pyarrow.Table.from_arrays([column, column], names=["a", "a"]), path)
    with pytest.raises(UnreadableError, match="there are two columns 'a'"):
        open_recipients(path)


def test_files_that_are_no_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError) as caught:
        open_recipients(tmp_path / "none.parquet")
    assert caught.value.reason == "missing"
    (tmp_path / "bad.parquet").write_bytes(b"no parquet at all")
    with pytest.raises(UnreadableError, match="is no Parquet file"):
        open_recipients(tmp_path / "bad.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match="need pyarrow, which is not installed"):
        open_recipients(tmp_path / "bad.parquet")


def opened(stream: BinaryIO) -> None:
    with spooled_recipients(stream) as kept:
        open_recipients(kept)


def test_what_is_said_of_a_stream_names_standard_input(tmp_path: Path) -> None:
    for data, words in ((b"", "is empty"), (b'[{"a": 1}]', "is a JSON array"), (b"PAR1", "is no Parquet file")):
        (tmp_path / "stream").write_bytes(data)
        with (tmp_path / "stream").open("rb") as stream, pytest.raises(UnreadableError) as caught:
            opened(stream)
        assert caught.value.message.startswith(f"standard input {words}")


def test_a_stream_is_kept_by_its_kind(tmp_path: Path) -> None:
    path = written(tmp_path, [{"a": "x"}])
    for data, kind in ((path.read_bytes(), "parquet"), (b'\xef\xbb\xbf {"a": 1}\n', "jsonl"), (b"a,b\n1,2\n", "csv"), (b"", "csv")):
        (tmp_path / "stream").write_bytes(data)
        with (tmp_path / "stream").open("rb") as stream, spooled_recipients(stream) as kept:
            assert (kept.suffix, kept.read_bytes()) == (f".{kind}", data)
        assert not kept.exists()
