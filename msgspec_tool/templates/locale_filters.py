"""Money, numbers, dates and phone numbers as people write them. Babel and the phone data are imported on first use.

Amounts are decimals from the lexeme, rounded half up. CLDR writes no-break spaces; they are ordinary spaces here, because
one of them alone turns an SMS into UCS-2 and more than doubles what it costs.
"""

from __future__ import annotations

import datetime as dt
import re
from datetime import timedelta, timezone, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.values import decimal_of, shape

if TYPE_CHECKING:
    from babel import Locale

    from msgspec_tool.templates.environment import MessageEnvironment

_NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})
_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2})?")
_TIME_FIELDS = frozenset("hHkKmsSAazZvVOXx")
_NAMED_PATTERNS = ("short", "medium", "long", "full")
_MAX_PATTERN = 64
_MAX_DECIMALS = 20
_PHONE_STYLES = ("e164", "international", "national")


@lru_cache(maxsize=64)
def locale_named(name: str) -> Locale:
    """The CLDR data of a language such as ``en``, ``en-IN`` or ``pt_BR``. Raises :class:`BadValueError`."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        raise BadValueError(f"locale {quoted(name)} is not known; write it like 'en' or 'en-IN'") from None


@lru_cache(maxsize=64)
def timezone_named(name: str) -> tzinfo:
    """A time zone such as ``UTC`` or ``Asia/Kolkata``. Raises :class:`BadValueError`."""
    from zoneinfo import ZoneInfo

    if name == "UTC":
        return timezone.utc
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadValueError(f"time zone {quoted(name)} is not known; write it like 'Asia/Kolkata'") from None


def _locale(environment: MessageEnvironment, name: Any) -> Locale:
    if name is not None and not isinstance(name, str):
        raise BadValueError(f"a locale is text such as 'en', got {shape(name)}")
    return locale_named(environment.locale if name is None else name)


def _rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-digits), context=_EXACT)


def money(environment: MessageEnvironment, value: Any, currency: str, display: str = "symbol", locale: str | None = None) -> str:
    """An amount in a currency: ``INR 1,299.50``, ``₹1,299.50`` or ``1,299.50 Indian rupees``."""
    from babel.numbers import format_currency, get_currency_precision, is_currency

    number = decimal_of(value, "money")
    if not isinstance(currency, str) or not is_currency(currency):
        raise BadValueError(f"currency {quoted(currency)} is not known; write its ISO 4217 code such as 'INR'")
    language = _locale(environment, locale)
    number = _rounded(number, get_currency_precision(currency))
    if display == "name":
        text = format_currency(number, currency, locale=language, format_type="name")
    elif display == "symbol":
        text = format_currency(number, currency, locale=language)
    elif display == "code":
        text = format_currency(number, currency, _code_pattern(language), locale=language)
    else:
        raise BadValueError(f"money takes display='symbol', 'code' or 'name', got {quoted(display)}")
    return text.translate(_NO_BREAK)


def _code_pattern(language: Locale) -> str:
    # CLDR puts a space between a code and digits also where a symbol stands close (its pattern alphaNextToNumber).
    pattern: str = language.currency_formats["standard"].pattern
    spaced = re.sub(r"¤(?=[#0])", "¤ ", pattern)
    return re.sub(r"(?<=[#0])¤", " ¤", spaced).replace("¤", "¤¤")


def number(environment: MessageEnvironment, value: Any, decimals: int | None = None, locale: str | None = None) -> str:
    """A number with the grouping and signs of a language, with all its decimals or rounded to ``decimals``."""
    from babel.numbers import format_decimal

    amount = decimal_of(value, "number")
    language = _locale(environment, locale)
    if decimals is None:
        return str(format_decimal(amount, locale=language, decimal_quantization=False)).translate(_NO_BREAK)
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= _MAX_DECIMALS:
        raise BadValueError(f"number takes 0 to {_MAX_DECIMALS} decimals")
    whole = language.decimal_formats[None].pattern.partition(".")[0]
    pattern = f"{whole}.{'0' * decimals}" if decimals else whole
    return str(format_decimal(_rounded(amount, decimals), pattern, locale=language)).translate(_NO_BREAK)


def date(environment: MessageEnvironment, value: Any, pattern: str = "medium", locale: str | None = None) -> str:
    """A date or time by a CLDR pattern (``d MMM yyyy``) or by ``short``, ``medium``, ``long``, ``full``."""
    from babel.dates import format_date, format_datetime

    moment = _moment(value, environment)
    language = _locale(environment, locale)
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
    return str(text).translate(_NO_BREAK)


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


def phone(value: Any, style: str = "international") -> str:
    """A phone number as ``e164`` (+447700900123), ``international`` (+44 7700 900123) or ``national`` (07700 900123)."""
    import phonenumbers

    if style not in _PHONE_STYLES:
        raise BadValueError(f"phone takes the styles 'e164', 'international' and 'national', got {quoted(style)}")
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    try:
        parsed = phonenumbers.parse(text if text.startswith("+") else f"+{text}", None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise BadValueError(f"phone needs a number with its country code such as '+447700900123', got {quoted(value)}")
    formats = phonenumbers.PhoneNumberFormat
    kind = {"e164": formats.E164, "international": formats.INTERNATIONAL, "national": formats.NATIONAL}[style]
    return str(phonenumbers.format_number(parsed, kind)).translate(_NO_BREAK)
