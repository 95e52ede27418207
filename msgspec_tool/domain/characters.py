"""Classes of characters by what they cost on the wire, and the GSM 7-bit alphabet (3GPP TS 23.038, 6.2.1 and 6.2.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Characters of one septet."""

EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters that are sent as an escape and a second septet."""

PLAIN, ESCAPED, ACCENTED, EURO, ASCII_ONLY, NARROW, WIDE, ASTRAL = (1 << index for index in range(8))
"""The classes: ASCII that GSM-7 has in one septet, and in two; GSM-7 beyond ASCII; the euro; ASCII that GSM-7 lacks; the others by
the bytes that UTF-8 takes: two, three, four."""

VISIBLE = 1 << 8
"""No class of its own: a character that is no white space."""

ASCII = PLAIN | ESCAPED | ASCII_ONLY
GSM7 = PLAIN | ESCAPED | ACCENTED | EURO
OUTSIDE_GSM7 = ASCII_ONLY | NARROW | WIDE | ASTRAL
ANY = ASCII | GSM7 | OUTSIDE_GSM7


class Size(NamedTuple):
    """Lengths of a text in the units that channels count; infinite where there is no bound.

    ``septets`` count every character that GSM-7 lacks as one: the figure matters only for texts that have none.
    """

    points: float
    bytes: float
    septets: float
    units: float

    def plus(self, other: Size) -> Size:
        """The size of two texts one after the other."""
        points, bytes_, septets, units = self
        more_points, more_bytes, more_septets, more_units = other
        return Size(points + more_points, bytes_ + more_bytes, septets + more_septets, units + more_units)

    def times(self, count: float) -> Size:
        """The size of a text repeated; nothing times without end is nothing."""
        return Size(*(part * count if part and count else 0 for part in self))

    def least(self, other: Size) -> Size:
        """In each unit the smaller one."""
        return Size(*map(min, self, other))

    def most(self, other: Size) -> Size:
        """In each unit the larger one."""
        return Size(*map(max, self, other))


NOTHING = Size(0, 0, 0, 0)

_COSTS: dict[int, Size] = {
    PLAIN: Size(1, 1, 1, 1),
    ESCAPED: Size(1, 1, 2, 1),
    ACCENTED: Size(1, 2, 1, 1),
    EURO: Size(1, 3, 2, 1),
    ASCII_ONLY: Size(1, 1, 1, 1),
    NARROW: Size(1, 2, 1, 1),
    WIDE: Size(1, 3, 1, 1),
    ASTRAL: Size(1, 4, 1, 2),
}
CLASSES = tuple(_COSTS)

REPRESENTATIVES: dict[int, str] = {
    PLAIN: "W",
    ESCAPED: "{",
    ACCENTED: "Ä",
    EURO: "€",
    ASCII_ONLY: "`",
    NARROW: "Ł",
    WIDE: "ह",
    ASTRAL: "😀",
}
"""One visible character of each class, for examples."""


def class_of(char: str) -> int:
    """The class of one character."""
    if char in BASIC:
        return PLAIN if char < "\x80" else ACCENTED
    if char in EXTENSION:
        return EURO if char == "€" else ESCAPED
    if char < "\x80":
        return ASCII_ONLY
    return NARROW if char < "\u0800" else WIDE if char < "\U00010000" else ASTRAL


def split(classes: int) -> Iterator[int]:
    """The single classes of a set of them."""
    return (one for one in CLASSES if one & classes)


@lru_cache(maxsize=512)
def cheapest(classes: int) -> Size:
    """In each unit, what a character of the cheapest of these classes takes."""
    return Size(*map(min, zip(*(_COSTS[one] for one in split(classes)), strict=True))) if classes & ANY else NOTHING


@lru_cache(maxsize=512)
def dearest(classes: int) -> Size:
    """In each unit, what a character of the dearest of these classes takes."""
    return Size(*map(max, zip(*(_COSTS[one] for one in split(classes)), strict=True))) if classes & ANY else NOTHING


_JUST_PLAIN = re.compile("[" + re.escape("".join(sorted(char for char in BASIC if char < "\x80"))) + "]*")


@lru_cache(maxsize=512)
def measure(text: str) -> tuple[Size, int]:
    """The size of a text and the classes that occur in it, :data:`VISIBLE` included."""
    length = len(text)
    visible = VISIBLE if text.strip() else 0
    if _JUST_PLAIN.fullmatch(text):
        return Size(length, length, length, length), (PLAIN if text else 0) | visible
    size, found = [0.0, 0.0, 0.0, 0.0], 0
    for char in text:
        kind = class_of(char)
        found |= kind
        for index, cost in enumerate(_COSTS[kind]):
            size[index] += cost
    return Size(*(int(part) for part in size)), found | visible
