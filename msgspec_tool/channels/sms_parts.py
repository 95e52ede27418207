"""How many parts an SMS takes (3GPP TS 23.038; TS 23.040, 9.2.3.24.1: a concatenated part loses six octets to its header)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec_tool.channels.gsm7 import is_gsm7, septets
from msgspec_tool.domain.characters import EXTENSION

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
