"""Dates and times as people write them. Each implementation stands beside its transfer function and its entry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, cast

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import PLAIN, VISIBLE
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import NULL, TEXT, Value
from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.filters.entries import VARIES, FilterCall, FilterEntry
from msgspec_tool.templates.filters.languages import NO_BREAK, language_of, locale_named, timezone_named
from msgspec_tool.templates.values import shape

if TYPE_CHECKING:
    from babel import Locale

    from msgspec_tool.templates.environment import MessageEnvironment

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = r"[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2})?"
_TIME_FIELDS = frozenset("hHkKmsSAazZvVOXx")
_NAMED_PATTERNS = ("short", "medium", "long", "full")
_MAX_PATTERN = 64
_ZONE_NAMES = frozenset("zvV")
_QUOTED, _UNQUOTED = re.compile(r"'[^']*'"), r"[^']+(?=(?:'[^']*'[^']*)*\Z)"
_MEANT = str.maketrans("DY", "dy")
_NO_TIME = "is a date without a time"


def date(environment: MessageEnvironment, value: Any, pattern: str = "medium", locale: str | None = None) -> str:
    """A date or time by a CLDR pattern (``d MMM yyyy``) or by ``short``, ``medium``, ``long``, ``full``."""
    return printed_date(value, pattern, language_of(environment, locale), environment.timezone)


def printed_date(value: Any, pattern: str, language: Locale, timezone: str) -> str:
    """:func:`date` in a language; ``timezone`` is where a time with an offset is told. Raises :class:`BadValueError`."""
    from babel.dates import format_date, format_datetime

    moment = _moment(value, timezone)
    if not isinstance(pattern, str) or not 0 < len(pattern) <= _MAX_PATTERN:
        raise BadValueError(f"date takes a pattern of 1 to {_MAX_PATTERN} characters such as 'd MMM yyyy'")
    _refuse_other_conventions(pattern)
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


def _refuse_other_conventions(pattern: str) -> None:
    """Letters that mean something else elsewhere. CLDR prints a number for them too, and a wrong one on some days of the year."""
    bare = _QUOTED.sub("", pattern)
    if "%" in bare:
        raise BadValueError(f"the pattern {quoted(pattern)} is one of strftime; write it like 'dd/MM/yyyy'")
    of_week, of_year = "Y" in bare and "w" not in bare, "D" in bare and "M" in bare
    if of_week or of_year:
        meant = re.sub(_UNQUOTED, lambda found: found[0].translate(_MEANT), pattern)
        letter, words = ("D", "the day of the year") if of_year else ("Y", "the year that the week belongs to")
        raise BadValueError(f"{letter!r} in the pattern {quoted(pattern)} is {words}; write {quoted(meant)}")


def _refuse_time_fields(pattern: str, value: Any) -> None:
    bare = _QUOTED.sub("", pattern)
    if _TIME_FIELDS.intersection(bare):
        raise BadValueError(f"{quoted(value)} {_NO_TIME}, and the pattern {quoted(pattern)} asks for one")


def _moment(value: Any, timezone: str) -> dt.date | dt.datetime:
    """ISO text as a date, or as a time: one with an offset is told in the time zone, one without as it stands."""
    if not isinstance(value, str):
        raise BadValueError(f"date needs text such as '2030-01-31', got {shape(value)}")
    day = _DATE.match(value)
    clock = re.compile(_TIME).fullmatch(value, day.end()) if day and day.end() < len(value) else None
    if not day or (not clock and day.end() < len(value)):
        raise BadValueError(f"date needs a date such as '2030-01-31', got {quoted(value)}")
    try:
        found = dt.date(*map(int, day.groups()))
        if clock is None:
            return found
        hour, minute, second, fraction, offset = clock.groups()
        micro = int((fraction or "0").ljust(6, "0")[:6])
        moment = dt.datetime(found.year, found.month, found.day, int(hour), int(minute), int(second or 0), micro, _offset(offset))
        return moment.astimezone(timezone_named(timezone)) if offset else moment
    except (ValueError, OverflowError):
        raise BadValueError(f"there is no date {quoted(value)}") from None


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in "Zz":
        return timezone.utc
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


_MONTHS = tuple(dt.datetime(2030, month, 1) for month in range(1, 13))
_WEEKDAYS = tuple(dt.datetime(2030, 1, day) for day in range(1, 8))
_HOURS = tuple(dt.datetime(2030, 1, 1, hour, minute) for hour in range(24) for minute in (0, 30))
_OFFSETS = tuple(
    dt.datetime(2030, 1, 1, tzinfo=timezone(timedelta(minutes=sign * minutes))) for minutes in (0, 30, 60, 330, 1439) for sign in (1, -1)
)
_OFFSET_FIELDS = "ZxXO"
_NAMES = {
    **dict.fromkeys("MLQq", _MONTHS),
    **dict.fromkeys("Eec", _WEEKDAYS),
    **dict.fromkeys("abB", _HOURS),
    **dict.fromkeys(_OFFSET_FIELDS, _OFFSETS),
    "G": _MONTHS[:1],
}
"""Fields of a pattern, each with times that show all that it prints, or of offsets every shape: there are only years of our era."""

_LARGEST = {**dict.fromkeys("yYu", 9999), "D": 366, **dict.fromkeys("dhHkKmsw", 59), **dict.fromkeys("WF", 9), "A": 86_399_999}
"""Fields that print a number, each with one as long as its largest: padded to the width that is asked for."""


@lru_cache(maxsize=256)
def _pattern_text(pattern: str, locale: str) -> Text:
    """All texts that a pattern prints."""
    from babel.dates import get_date_format, tokenize_pattern

    spelt = get_date_format(cast(Any, pattern), locale_named(locale)).pattern if pattern in _NAMED_PATTERNS else pattern
    made = texts.EMPTY
    for kind, token in tokenize_pattern(spelt):
        part = texts.exactly((str(token).translate(NO_BREAK),)) if kind == "chars" else _field_text(*token, locale)
        made = texts.concat(made, part)
    return made


@lru_cache(maxsize=256)
def _field_text(char: str, width: int, locale: str) -> Text:
    if char in _LARGEST:
        digits = len(str(_LARGEST[char]))
        if char in "yYu" and width == 2:
            digits = 2
        return _digits(1 if char in "WF" else width, digits)
    if char == "S":
        # a fraction that is rounded up to a whole second has one digit more
        return _digits(width, width + 1)
    if char not in _NAMES:
        return texts.UNBOUNDED
    shown = texts.exactly(_shown(char * width, locale, _NAMES[char]))
    return shown._replace(finite=None, suffix="") if char in _OFFSET_FIELDS else shown


def _shown(field: str, locale: str, moments: tuple[dt.datetime, ...]) -> Iterator[str]:
    """What a field prints; a language may have no name for an hour of the day, and refuses it."""
    from babel.dates import format_datetime

    for moment in moments:
        with suppress(ValueError):
            yield str(format_datetime(moment, field, tzinfo=None, locale=locale_named(locale))).translate(NO_BREAK)


def _digits(least: int, most: int) -> Text:
    return texts.bounded(least, max(least, most), PLAIN | VISIBLE, PLAIN | VISIBLE)


_SHORTEST_DATE, _SHORTEST_TIME = len("2030-01-01"), len("2030-01-01T00:00")


def _dated(call: FilterCall) -> Value:
    pattern, locale, longest = call.constant("pattern", "medium"), call.constant("locale"), call.text.most.points
    if longest < _SHORTEST_DATE:
        raise BadValueError("date needs a date such as '2030-01-31'")
    if pattern is VARIES or locale is VARIES:
        return values.of_text(texts.UNBOUNDED.of(call.sources))
    found, failure = [], None
    for name in (locale,) if isinstance(locale, str) else call.locales:
        failure = _failure(pattern, name, longest >= _SHORTEST_TIME)
        found += [] if failure else [_pattern_text(pattern, name)]
    if failure and not found:
        raise BadValueError(failure)
    return values.of_text(reduce(texts.either, found)._replace(sources=call.value.sources))


@lru_cache(maxsize=256)
def _failure(pattern: str, locale: str, timed: bool) -> str | None:
    """Why every date, or with ``timed`` every time, is refused."""
    if timed and _names_zone(pattern):
        return None
    found = None
    for hour in range(24):
        try:
            printed_date(f"2030-01-01T{hour:02}:00" if timed else "2030-01-01", pattern, locale_named(locale), "UTC")
        except BadValueError as error:
            found = str(error)
        else:
            return None
    return f"the pattern {quoted(pattern)} asks for a time, and this is a date without one" if _NO_TIME in str(found) else found


def _names_zone(pattern: str) -> bool:
    """Whether it depends on the time zone what is printed: a language may have a name for one and none for another."""
    from babel.dates import parse_pattern, tokenize_pattern

    with suppress(ValueError):
        parse_pattern(pattern)
        return any(kind == "field" and token[0] in _ZONE_NAMES for kind, token in tokenize_pattern(pattern))
    return False


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
