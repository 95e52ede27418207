"""Recipients in Parquet: blocks are row groups, values become those of JSON, and what is no such value refuses its row."""

from __future__ import annotations

import sys
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.recipients.files import open_recipients
from msgspec_tool.recipients.rows import BadRow, Row
from msgspec_tool.recipients.spooling import spooled_recipients

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
    assert second == BadRow(2, 2, "holds a number that is out of range", "f")
    assert isinstance(third, Row)
    assert third.number == 3


def test_values_that_json_does_not_have(tmp_path: Path) -> None:
    file = open_recipients(written(tmp_path, [{"a": b"bytes"}]))
    assert [list(file.rows(block)) for block in file.blocks()] == [[BadRow(1, 1, "holds a value of a type that JSON does not have", "a")]]


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


def test_a_stream_is_kept_by_its_kind(tmp_path: Path) -> None:
    path = written(tmp_path, [{"a": "x"}])
    for data, kind in ((path.read_bytes(), "parquet"), (b'\xef\xbb\xbf {"a": 1}\n', "jsonl"), (b"a,b\n1,2\n", "csv"), (b"", "csv")):
        (tmp_path / "stream").write_bytes(data)
        with (tmp_path / "stream").open("rb") as stream, spooled_recipients(stream) as kept:
            assert (kept.suffix, kept.read_bytes()) == (f".{kind}", data)
        assert not kept.exists()
