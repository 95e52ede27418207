from __future__ import annotations

from datetime import timedelta

import pytest

from msgspec_tool.variables.timestamps import format_timestamp, is_timestamp, parse_date, parse_duration, parse_timestamp


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2015-04-12T13:00:19.456Z", "2015-04-12T13:00:19.456Z"),
        ("2015-04-12T18:30:19.456+5:30", "2015-04-12T13:00:19.456Z"),
        ("2015-04-12t18:30:19-05:30", "2015-04-13T00:00:19.000Z"),
        ("2030-01-31T18:30:00", "2030-01-31T18:30:00.000Z"),
        ("2030-01-31T18:30:00.1239999Z", "2030-01-31T18:30:00.123Z"),
    ],
)
def test_times_become_utc_with_milliseconds(text: str, utc: str) -> None:
    instant = parse_timestamp(text)
    assert instant is not None
    assert format_timestamp(instant) == utc


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2030-01-31",
        "2030-02-30T00:00:00Z",
        "2030-01-31T24:00:00Z",
        "2030-01-31T18:30:00+25:00",
        "0001-01-01T00:00:00+05:00",
        "2030-01-31T18:30:00Z\n",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert parse_timestamp(text) is None


def test_strict_times_and_dates() -> None:
    assert is_timestamp("2030-01-31T18:30:00+05:30")
    assert not is_timestamp("2030-01-31T18:30:00+5:30")
    assert not is_timestamp("2030-01-31T18:30:00")
    assert parse_date("2030-02-30") is None


def test_durations() -> None:
    assert parse_duration("90m") == timedelta(minutes=90)
    assert parse_duration("2d") == timedelta(days=2)
    assert parse_duration("1w") is None
