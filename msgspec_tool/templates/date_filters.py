"""Dates and times as people write them. Each implementation stands beside its transfer function and its entry."""

from __future__ import annotations

import datetime as dt
import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, cast

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import PLAIN, VISIBLE
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import NULL, TEXT, Value
from msgspec_tool.templates.entries import VARIES, FilterCall, FilterEntry
from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.languages import NO_BREAK, language_of, locale_named, timezone_named
from msgspec_tool.templates.values import shape

if TYPE_CHECKING:
    from msgspec_tool.templates.environment import MessageEnvironment

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2})?")
_TIME_FIELDS = frozenset("hHkKmsSAazZvVOXx")
_NAMED_PATTERNS = ("short", "medium", "long", "full")
_MAX_PATTERN = 64


def date(environment: MessageEnvironment, value: Any, pattern: str = "medium", locale: str | None = None) -> str:
    """A date or time by a CLDR pattern (``d MMM yyyy``) or by ``short``, ``medium``, ``long``, ``full``."""
    from babel.dates import format_date, format_datetime

    moment = _moment(value, environment)
    language = language_of(environment, locale)
    if not isinstance(pattern, str) or not 0 < len(pattern) <= _MAX_PATTERN:
        raise BadValueError(f"date takes a pattern of 1 to {_MAX_PATTERN} characters such as 'd MMM yyyy'")
    try:
        if pattern in _NAMED_PATTERNS:
            text = format_date(moment, pattern, locale=language)
        elif isinstance(moment, dt.datetime):
            text = format_datetime(moment, pattern, tzinfo=None, locale=language)
        else:
            _refuse_time_fields(pattern, value)
            text = format_date(moment, pattern, locale=language)
    except BadValueError:
        raise
    except Exception:  # Babel lets KeyError, ValueError and AttributeError out for patterns that are none
        raise BadValueError(f"date pattern {quoted(pattern)} is not understood; write it like 'd MMM yyyy'") from None
    return str(text).translate(NO_BREAK)


def _refuse_time_fields(pattern: str, value: Any) -> None:
    bare = re.sub(r"'[^']*'", "", pattern)
    if _TIME_FIELDS.intersection(bare):
        raise BadValueError(f"{quoted(value)} is a date without a time, and the pattern {quoted(pattern)} asks for one")


def _moment(value: Any, environment: MessageEnvironment) -> dt.date | dt.datetime:
    """ISO text as a date, or as a time: one with an offset is told in the engine's time zone, one without as it stands."""
    if not isinstance(value, str):
        raise BadValueError(f"date needs text such as '2030-01-31', got {shape(value)}")
    day = _DATE.match(value)
    clock = _TIME.fullmatch(value, day.end()) if day and day.end() < len(value) else None
    if not day or (not clock and day.end() < len(value)):
        raise BadValueError(f"date needs a date such as '2030-01-31', got {quoted(value)}")
    try:
        found = dt.date(*map(int, day.groups()))
        if clock is None:
            return found
        hour, minute, second, fraction, offset = clock.groups()
        micro = int((fraction or "0").ljust(6, "0")[:6])
        moment = dt.datetime(found.year, found.month, found.day, int(hour), int(minute), int(second or 0), micro, _offset(offset))
        return moment.astimezone(timezone_named(environment.timezone)) if offset else moment
    except (ValueError, OverflowError):
        raise BadValueError(f"there is no date {quoted(value)}") from None


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in "Zz":
        return timezone.utc
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


_DAYS = tuple(dt.datetime(2030, 1, day) for day in range(1, 32))
_MONTHS = tuple(dt.datetime(2030, month, 1) for month in range(1, 13))
_HOURS = tuple(dt.datetime(2030, 1, 1, hour) for hour in range(24))
_MINUTES = tuple(dt.datetime(2030, 1, 1, 0, minute, minute) for minute in range(60))
_YEARS = tuple(dt.datetime(year, 1, 1) for year in (1, 9, 10, 99, 100, 999, 1000, 9999))
_WHOLE_FIELDS = {
    **dict.fromkeys("MLQq", _MONTHS),
    **dict.fromkeys("Eec", _DAYS[:7]),
    "d": _DAYS,
    **dict.fromkeys("hHkKa", _HOURS),
    **dict.fromkeys("ms", _MINUTES),
    "G": _DAYS[:1],
}
"""Fields of a pattern, each with times that show all it can print (there are only years of our era)."""

_NUMBER_FIELDS = {"y": _YEARS, "D": (dt.datetime(2030, 1, 1), dt.datetime(2030, 1, 10), dt.datetime(2030, 12, 31))}
"""Fields that print a number, each with times that show the shortest and the longest."""


@lru_cache(maxsize=256)
def _pattern_text(pattern: str, locale: str) -> Text:
    """All texts that a pattern prints."""
    from babel.dates import get_date_format, tokenize_pattern

    language = locale_named(locale)
    spelt = get_date_format(cast(Any, pattern), language).pattern if pattern in _NAMED_PATTERNS else pattern
    made = texts.EMPTY
    for kind, token in tokenize_pattern(spelt):
        part = texts.exactly((str(token).translate(NO_BREAK),)) if kind == "chars" else _field_text(*token, locale)
        made = texts.concat(made, part)
    return made


@lru_cache(maxsize=256)
def _field_text(char: str, width: int, locale: str) -> Text:
    from babel.dates import format_datetime

    known = _WHOLE_FIELDS.get(char) or _NUMBER_FIELDS.get(char)
    if known is None:
        return texts.bounded(0, float("inf"))
    field, language = char * width, locale_named(locale)
    shown = texts.exactly(str(format_datetime(moment, field, tzinfo=None, locale=language)).translate(NO_BREAK) for moment in known)
    return shown if char in _WHOLE_FIELDS else shown._replace(finite=None, prefix="", suffix="", surely=PLAIN | VISIBLE)


def _dated(call: FilterCall) -> Value:
    pattern, locale = call.constant("pattern", "medium"), call.constant("locale")
    sources = call.value.sources
    if pattern is VARIES or locale is VARIES:
        return values.of_text(texts.bounded(0, float("inf"))._replace(sources=sources))
    locales = (locale,) if isinstance(locale, str) else call.locales
    sample = "2030-01-01" if call.text.most.points <= len("2030-01-01") else "2030-01-01T00:00:00Z"
    made = []
    for name in locales:
        try:
            _tried(sample, pattern, name)
        except BadValueError as error:
            words = f"the pattern {quoted(pattern)} asks for a time, and this is a date without one"
            raise BadValueError(words if "without a time" in str(error) else str(error)) from None
        made.append(_pattern_text(pattern, name))
    return values.of_text(reduce(texts.either, made)._replace(sources=sources))


@lru_cache(maxsize=256)
def _tried(value: str, pattern: str, locale: str) -> str:
    from msgspec_tool.templates.environment import MessageEnvironment

    return date(MessageEnvironment(locale=locale), value, pattern)


FILTERS: tuple[FilterEntry, ...] = (
    FilterEntry(
        "date",
        date,
        "date(pattern='medium', locale=the environment's)",
        "an ISO date or time by a CLDR pattern",
        _dated,
        takes=TEXT,
        wants={"pattern": TEXT, "locale": TEXT | NULL},
        context="environment",
    ),
)
