"""Filters that change characters one by one: what the characters of each class become, in all of Unicode.

The figures are those of Unicode's own tables, taken together for every class; a test takes them again.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec_tool.domain import texts
from msgspec_tool.domain.characters import (
    ACCENTED,
    ANY,
    ASCII_ONLY,
    ASTRAL,
    ESCAPED,
    EURO,
    NARROW,
    NOTHING,
    PLAIN,
    VISIBLE,
    WIDE,
    Size,
    split,
)
from msgspec_tool.domain.texts import Text

Image = tuple[Size, Size, int]
"""Least and most that one character becomes, and the classes of what it becomes."""

_KEPT: dict[int, Image] = {
    PLAIN: (Size(1, 1, 1, 1), Size(1, 1, 1, 1), PLAIN),
    ESCAPED: (Size(1, 1, 2, 1), Size(1, 1, 2, 1), ESCAPED),
    EURO: (Size(1, 3, 2, 1), Size(1, 3, 2, 1), EURO),
    ASCII_ONLY: (Size(1, 1, 1, 1), Size(1, 1, 1, 1), ASCII_ONLY),
    ASTRAL: (Size(1, 4, 1, 2), Size(1, 4, 1, 2), ASTRAL),
}
_LETTERS = PLAIN | ACCENTED | NARROW | WIDE

RAISED: Mapping[int, Image] = {
    **_KEPT,
    # ß becomes SS, è becomes È, which GSM-7 lacks
    ACCENTED: (Size(1, 2, 1, 1), Size(2, 2, 2, 2), PLAIN | ACCENTED | NARROW),
    NARROW: (Size(1, 1, 1, 1), Size(3, 6, 3, 3), _LETTERS),
    WIDE: (Size(1, 1, 1, 1), Size(3, 6, 3, 3), _LETTERS),
}
"""``upper``."""

LOWERED: Mapping[int, Image] = {
    **_KEPT,
    ACCENTED: (Size(1, 2, 1, 1), Size(1, 2, 1, 1), ACCENTED | NARROW),
    # İ becomes an i and a dot of its own, the Kelvin sign a k
    NARROW: (Size(1, 1, 1, 1), Size(2, 3, 2, 2), _LETTERS),
    WIDE: (Size(1, 1, 1, 1), Size(1, 3, 1, 1), _LETTERS),
}
"""``lower``."""

CAPITALISED: Mapping[int, Image] = {
    kind: (LOWERED[kind][0].least(RAISED[kind][0]), LOWERED[kind][1].most(RAISED[kind][1]), LOWERED[kind][2] | RAISED[kind][2])
    for kind in RAISED
}
"""``title`` and ``capitalize``: any character may become either."""

GSM7_NEAREST: Mapping[int, Image] = {
    **_KEPT,
    # an accent of its own takes the one before it away: å and an acute become a
    ACCENTED: (Size(1, 1, 1, 1), Size(1, 2, 1, 1), PLAIN | ACCENTED),
    ASCII_ONLY: (Size(1, 1, 1, 1), Size(1, 1, 1, 1), PLAIN),
    # ™ becomes (TM), and what has no width becomes nothing
    NARROW: (NOTHING, Size(4, 4, 4, 4), PLAIN | ACCENTED),
    WIDE: (NOTHING, Size(4, 4, 4, 4), PLAIN | ESCAPED | ACCENTED),
    ASTRAL: (NOTHING, Size(4, 4, 4, 4), PLAIN | ESCAPED | ACCENTED),
}
"""``gsm7``."""


def rewritten(text: Text, table: Mapping[int, Image]) -> Text:
    """Bounds of all texts when each character becomes what the table says of its class."""
    images = [table[kind] for kind in split(text.may)]
    if not images:
        return text
    least = Size(*map(min, zip(*(image[0] for image in images), strict=True))).times(text.least.points)
    most = Size(*map(max, zip(*(image[1] for image in images), strict=True))).times(text.most.points)
    surely = sum(kind for kind in split(text.surely) if table[kind][2] == kind)
    if all(image[0].points for image in images):
        surely |= text.surely & VISIBLE
    may = VISIBLE
    for image in images:
        may |= image[2]
    made = texts.recoded(text, 0, 1, may, surely=surely)
    return made._replace(least=least, most=most, prefix="", suffix="", may=may & (ANY | VISIBLE))
