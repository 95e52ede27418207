"""How many parts an SMS takes (3GPP TS 23.038; TS 23.040, 9.2.3.24.1: a concatenated part loses six octets to its header)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from msgspec_tool.channels.gsm7 import is_gsm7, septets
from msgspec_tool.domain.characters import ASTRAL, ESCAPED, EURO, EXTENSION
from msgspec_tool.domain.texts import Text

GSM7_SINGLE, GSM7_PART = 160, 153
"""Septets in an SMS that stands alone, and in each part of a longer one."""

UCS2_SINGLE, UCS2_PART = 70, 67
"""UTF-16 units, likewise."""

MAX_TEXT = 1024
"""Most characters of an SMS text in the Messaging API v1 (its reference page; receipts speak of 4,000)."""


@dataclass(frozen=True, slots=True)
class SmsCount:
    """``units`` are septets (gsm7) or UTF-16 units (ucs2)."""

    encoding: str
    units: int
    parts: int


def count(text: str) -> SmsCount:
    """Encoding, units and parts of a text. An empty text is one part of nothing."""
    if is_gsm7(text):
        units = septets(text)
        return SmsCount("gsm7", units, _parts(text, units, GSM7_SINGLE, GSM7_PART, EXTENSION.__contains__))
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return SmsCount("ucs2", units, _parts(text, units, UCS2_SINGLE, UCS2_PART, lambda char: char > "\uffff"))


def fewest_parts(text: Text) -> int:
    """Parts that every text of a set takes at least."""
    if text.finite is not None:
        return min(count(one).parts for one in text.finite)
    gsm7 = _rounded(text.least.septets, GSM7_SINGLE, GSM7_PART)
    ucs2 = _rounded(text.least.units, UCS2_SINGLE, UCS2_PART)
    return int(ucs2 if text.never_gsm7 else gsm7 if text.always_gsm7 else min(gsm7, ucs2))


def most_parts(text: Text) -> float:
    """Parts that no text of a set exceeds; infinite where there is no bound."""
    if text.finite is not None:
        return max(count(one).parts for one in text.finite)
    # where pairs occur each part may have to leave its last unit free
    gsm7 = _rounded(text.most.septets, GSM7_SINGLE, GSM7_PART - bool(text.may & (ESCAPED | EURO)))
    ucs2 = _rounded(text.most.units, UCS2_SINGLE, UCS2_PART - bool(text.may & ASTRAL))
    return ucs2 if text.never_gsm7 else gsm7 if text.always_gsm7 else max(gsm7, ucs2)


def _rounded(units: float, single: int, part: int) -> float:
    return units if units == inf else 1 if units <= single else -(-units // part)


def _parts(text: str, units: int, single: int, part: int, is_pair: Callable[[str], bool]) -> int:
    """Greedy packing: a pair (escape and character, or two surrogates) is never split across parts."""
    if units <= single:
        return 1
    if units == len(text):
        return -(-units // part)
    parts, room = 1, part
    for char in text:
        need = 2 if is_pair(char) else 1
        if need > room:
            parts, room = parts + 1, part
        room -= need
    return parts
