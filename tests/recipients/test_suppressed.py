"""Lists of addresses that get nothing: however a number is written, nobody on the list is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgspec_tool.errors import UnreadableError
from msgspec_tool.recipients.suppressed import Suppressed, read_suppressed


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "stop.txt"


@pytest.mark.parametrize(
    "line",
    [
        "+447700900001",
        "447700900001",
        "+44 7700 900001",
        "00447700900001",
        "0044 (7700) 900-001",
        "44.7700/900001",
        " +44\u00a07700900001 ",
    ],
)
def test_a_number_is_meant_however_it_is_written(listed: Path, line: str) -> None:
    listed.write_text(f"# asked to stop\n\n{line}\nuser-1\n", encoding="utf-8-sig")
    known = read_suppressed(listed)
    wanted = ("+447700900001", "447700900001", "447700900002", None, " +447700900001 ")
    assert list(known.among("msisdn", wanted)) == [0, 1, 4]
    assert list(known.among("userid", ("user-1", "user-2", None))) == [0]
    assert [known.holds("msisdn", one) for one in wanted if one] == [True, True, False, True]


def test_most_addresses_are_on_no_list() -> None:
    assert list(Suppressed(frozenset({"1"}), "").among("msisdn", ["+2", None])) == []


@pytest.mark.parametrize("line", ["447700900001,Asha", '"447700900001"', "447700900001;1", "447700900001\tx"])
def test_tables_are_no_lists(listed: Path, line: str) -> None:
    listed.write_text(f"msisdn\n447700900002\n{line}\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"line 3 of '.*stop.txt' is more than an address") as caught:
        read_suppressed(listed)
    assert caught.value.help == "write one address a line, without quotes and other columns"


def test_lists_that_can_not_be_read(listed: Path) -> None:
    with pytest.raises(UnreadableError, match="can't be read: No such file"):
        read_suppressed(listed)
    listed.write_bytes("447700900001\n".encode("utf-16"))
    with pytest.raises(UnreadableError, match="is not UTF-8"):
        read_suppressed(listed)
