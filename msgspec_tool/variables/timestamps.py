"""Dates and times as RFC 3339 writes them, and as old samples of the API write offsets (``+5:30``)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_TIMESTAMP = r"(?a)([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?([Zz]|[+-][0-9]{1,2}:[0-9]{2})?"
_DURATION = re.compile(r"([0-9]{1,9})([smhd])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def parse_date(text: str) -> date | None:
    """``YYYY-MM-DD`` of a day that exists, or None."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def parse_timestamp(text: str) -> datetime | None:
    """The instant of an RFC 3339 time, in UTC; a time without an offset counts as UTC, as the API says; None for anything else.

    Offsets with one digit of hours, as in the API's own example ``+5:30``, are understood.
    """
    found = re.fullmatch(_TIMESTAMP, text)
    day = parse_date(found.group(1)) if found else None
    if found is None or day is None:
        return None
    hour, minute, second = (int(found.group(index)) for index in (2, 3, 4))
    micro = int((found.group(5) or "0").ljust(6, "0")[:6])
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, second, micro, timezone.utc)
        return local - _offset(found.group(6))
    except (ValueError, OverflowError):
        return None


def is_timestamp(text: str) -> bool:
    """Whether a text is a strict RFC 3339 time: with an offset of two-digit hours."""
    found = re.fullmatch(_TIMESTAMP, text)
    return found is not None and found.group(6) is not None and len(found.group(6)) != 5 and parse_timestamp(text) is not None


def _offset(text: str | None) -> timedelta:
    if text is None or text in "Zz":
        return timedelta()
    hours, minutes = text[1:].split(":")
    if int(hours) > 23 or int(minutes) > 59:
        raise ValueError(text)
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return -offset if text[0] == "-" else offset


def parse_duration(text: str) -> timedelta | None:
    """``90m``, ``4h``, ``2d``, ``30s``; None for anything else."""
    found = _DURATION.fullmatch(text)
    return timedelta(**{_UNITS[found.group(2)]: int(found.group(1))}) if found else None


def format_timestamp(instant: datetime) -> str:
    """UTC with milliseconds and ``Z``: the form of the API's reference."""
    return instant.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
