"""Phone numbers as people write them. The implementation stands beside its transfer function and its entry."""

from __future__ import annotations

from typing import Any

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import ASTRAL, NARROW, PLAIN, VISIBLE, WIDE
from msgspec_tool.domain.values import NUMBER, TEXT, Value
from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.filters.entries import VARIES, FilterCall, FilterEntry
from msgspec_tool.templates.filters.languages import NO_BREAK

_PHONE_STYLES = ("e164", "international", "national")


def phone(value: Any, style: str = "international") -> str:
    """A phone number as ``e164`` (+447700900123), ``international`` (+44 7700 900123) or ``national`` (07700 900123)."""
    from phonenumbers import phonenumberutil

    if style not in _PHONE_STYLES:
        raise BadValueError(f"phone takes the styles 'e164', 'international' and 'national', got {quoted(style)}")
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    try:
        parsed = phonenumberutil.parse(text if text.startswith("+") else f"+{text}", None)
    except phonenumberutil.NumberParseException:
        parsed = None
    if parsed is None or not phonenumberutil.is_possible_number(parsed):
        raise BadValueError(f"phone needs a number with its country code such as '+447700900123', got {quoted(value)}")
    formats = phonenumberutil.PhoneNumberFormat
    kind = {"e164": formats.E164, "international": formats.INTERNATIONAL, "national": formats.NATIONAL}[style]
    return str(phonenumberutil.format_number(parsed, kind)).translate(NO_BREAK)


_MOST_DIGITS = 20
"""Three of a country code, and at most seventeen; as many again of an extension."""

MOST_BETWEEN = 6
"""Characters besides the digits that are given: a plus sign, blanks, brackets, the prefix within the country."""

_EXTENSION = 7
"""Characters before the digits of an extension, such as ``Anexo``."""

_DIGITS = frozenset("+0123456789")

_SHORTEST = {"e164": len("+4912"), "international": len("+49 12"), "national": len("12")}


def _phone(call: FilterCall) -> Value:
    style = call.constant("style", "international")
    if style is not VARIES and style not in _PHONE_STYLES:
        raise BadValueError(f"phone takes the styles 'e164', 'international' and 'national', got {quoted(style)}")
    least, given, may, text = _SHORTEST.get(style, 2), call.text.most.points, PLAIN, call.value.text
    if style == "e164":
        most = 1 + min(given, _MOST_DIGITS)
    elif text is None or (text.characters is not None and text.characters <= _DIGITS):
        most = min(given, _MOST_DIGITS) + MOST_BETWEEN
    else:
        most = min(given, 2 * _MOST_DIGITS) + MOST_BETWEEN + _EXTENSION
        # digits of an extension stay as they are written, in whatever script
        may |= text.may & (NARROW | WIDE | ASTRAL)
    made = texts.recoded(call.text, least, max(least, most), may | VISIBLE, surely=PLAIN | VISIBLE)
    return values.of_text(made._replace(prefix="+" if style in ("e164", "international") else ""))


FILTERS: tuple[FilterEntry, ...] = (
    FilterEntry(
        "phone",
        phone,
        "phone(style='international')",
        "a phone number: e164, international or national",
        _phone,
        takes=TEXT | NUMBER,
        wants={"style": TEXT},
    ),
)
