"""Phone numbers as people write them. The implementation stands beside its transfer function and its entry."""

from __future__ import annotations

from typing import Any

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import PLAIN, VISIBLE
from msgspec_tool.domain.values import NUMBER, TEXT, Value
from msgspec_tool.templates.entries import FilterCall, FilterEntry
from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.languages import NO_BREAK

_PHONE_STYLES = ("e164", "international", "national")


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
    return str(phonenumbers.format_number(parsed, kind)).translate(NO_BREAK)


_MOST = 64
"""Characters of a number: at most 20 digits with something between any two of them, a prefix, and an extension."""


def _phone(call: FilterCall) -> Value:
    style = call.constant("style", "international")
    if isinstance(style, str) and style not in _PHONE_STYLES:
        raise BadValueError(f"phone takes the styles 'e164', 'international' and 'national', got {quoted(style)}")
    most = _MOST if style != "e164" else 21
    return values.of_text(texts.bounded(2, most, PLAIN | VISIBLE, PLAIN | VISIBLE)._replace(sources=call.value.sources))


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
