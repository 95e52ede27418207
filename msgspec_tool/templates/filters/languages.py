"""Languages and time zones by name, as CLDR and the tz database have them. Babel is imported on first use."""

from __future__ import annotations

from datetime import timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.values import shape

if TYPE_CHECKING:
    from babel import Locale

    from msgspec_tool.templates.environment import MessageEnvironment

NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})
"""CLDR writes no-break spaces. They are ordinary ones here: a single one turns an SMS into UCS-2 and more than doubles what it costs."""


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


def language_of(environment: MessageEnvironment, name: Any) -> Locale:
    """The language that a filter names, else the environment's. Raises :class:`BadValueError`."""
    if name is not None and not isinstance(name, str):
        raise BadValueError(f"a locale is text such as 'en', got {shape(name)}")
    return locale_named(environment.locale if name is None else name)
