"""How many parts an SMS takes (3GPP TS 23.038; TS 23.040, 9.2.3.24.1: a concatenated part loses six octets to its header)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from msgspec_tool.channels.gsm7 import all_gsm7, is_gsm7, septets
from msgspec_tool.domain.characters import ASTRAL, ESCAPED, EURO, EXTENSION
from msgspec_tool.domain.texts import Text

GSM7_SINGLE, GSM7_PART = 160, 153
"""Septets in an SMS that stands alone, and in each part of a longer one."""

UCS2_SINGLE, UCS2_PART = 70, 67
"""UTF-16 units, likewise."""

MAX_TEXT = 1024
"""Most characters of an SMS text in the Messaging API v1 (its reference page; receipts speak of 4,000)."""


class SmsCount(NamedTuple):
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


def part_spans(text: str, *, unicode: bool) -> Iterator[tuple[int, int, int]]:
    """Where each part begins and ends in the text, and the units that it takes; an empty text is one part of nothing.

    ``unicode`` counts UTF-16 units, else septets: the text then has to be one that GSM-7 can hold.
    """
    single, room = (UCS2_SINGLE, UCS2_PART) if unicode else (GSM7_SINGLE, GSM7_PART)
    sizes = [2 if (char > "\uffff" if unicode else char in EXTENSION) else 1 for char in text]
    if sum(sizes) <= single:
        yield 0, len(text), sum(sizes)
        return
    start = used = 0
    for at, size in enumerate(sizes):
        if used + size > room:
            yield start, at, used
            start, used = at, 0
        used += size
    yield start, len(text), used


def surely_within(texts: Sequence[str], most: int) -> bool:
    """Whether each of many texts takes at most so many parts; where bounds do not tell, each of the long ones is counted."""
    # no text of so many characters takes more, whatever they are
    any_text = UCS2_SINGLE // 2 if most == 1 else most * (UCS2_PART - 1) // 2
    if max(map(len, texts), default=0) <= any_text:
        return True
    long = [text for text in texts if len(text) > any_text]
    joined = "".join(long)
    if all_gsm7(long):
        pairs = not EXTENSION.isdisjoint(joined)
        room = GSM7_SINGLE if most == 1 else most * (GSM7_PART - pairs)
        if max(map(len, long)) * (1 + pairs) <= room:
            return True
    elif without_pairs(joined) and max(map(len, long)) <= (UCS2_SINGLE if most == 1 else most * UCS2_PART):
        return True
    return all(count(text).parts <= most for text in long)


def without_pairs(text: str) -> bool:
    """Whether each character is one unit of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)


def parts_of_many(texts: Sequence[str], unicode: Sequence[bool]) -> Counter[int]:
    """How many of the texts take so many parts; ``unicode`` tells of each whether GSM-7 can't hold it."""
    narrow = without_pairs("".join(texts))
    made: Counter[int] = Counter()
    for text, odd in zip(texts, unicode, strict=True):
        size = len(text)
        if size <= UCS2_SINGLE if odd and narrow else size <= (UCS2_SINGLE // 2 if odd else GSM7_SINGLE // 2):
            made[1] += 1
        elif odd and (narrow or without_pairs(text)):
            made[1 if size <= UCS2_SINGLE else -(-size // UCS2_PART)] += 1
        else:
            made[count(text).parts] += 1
    return made


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
