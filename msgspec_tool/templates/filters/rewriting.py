"""Filters that change characters one by one: what the characters of each class become, in all of Unicode.

The figures are those of Unicode's own tables, taken together for every class; a test takes them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

from msgspec_tool.domain import texts
from msgspec_tool.domain.characters import (
    ACCENTED,
    ASCII_ONLY,
    ASTRAL,
    CLASSES,
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
from msgspec_tool.domain.texts import MOST_FIXED, Text

Image = tuple[Size, Size, int]
"""Least and most that one character becomes, and the classes of what it becomes."""

_KEPT: dict[int, Image] = {
    PLAIN: (Size(1, 1, 1, 1), Size(1, 1, 1, 1), PLAIN),
    ESCAPED: (Size(1, 1, 2, 1), Size(1, 1, 2, 1), ESCAPED),
    ACCENTED: (Size(1, 2, 1, 1), Size(1, 2, 1, 1), ACCENTED),
    EURO: (Size(1, 3, 2, 1), Size(1, 3, 2, 1), EURO),
    ASCII_ONLY: (Size(1, 1, 1, 1), Size(1, 1, 1, 1), ASCII_ONLY),
    NARROW: (Size(1, 2, 1, 1), Size(1, 2, 1, 1), NARROW),
    WIDE: (Size(1, 3, 1, 1), Size(1, 3, 1, 1), WIDE),
    ASTRAL: (Size(1, 4, 1, 2), Size(1, 4, 1, 2), ASTRAL),
}
_LETTERS = PLAIN | ACCENTED | NARROW | WIDE

RAISED: Mapping[int, Image] = {
    **_KEPT,
    # ß becomes SS, è becomes È, which GSM-7 lacks
    ACCENTED: (Size(1, 2, 1, 1), Size(2, 2, 2, 2), PLAIN | ACCENTED | NARROW),
    NARROW: (Size(1, 1, 1, 1), Size(3, 6, 3, 3), _LETTERS),
    WIDE: (Size(1, 2, 1, 1), Size(3, 6, 3, 3), _LETTERS),
}
"""``upper``."""

LOWERED: Mapping[int, Image] = {
    **_KEPT,
    ACCENTED: (Size(1, 2, 1, 1), Size(1, 2, 1, 1), ACCENTED | NARROW),
    # İ becomes an i and a dot of its own, the Kelvin sign a k
    NARROW: (Size(1, 2, 1, 1), Size(2, 3, 2, 2), _LETTERS),
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
    ASTRAL: (NOTHING, Size(4, 4, 4, 4), PLAIN | ACCENTED),
}
"""``gsm7``."""


def _percent(octets: int) -> Image:
    size = Size(3 * octets, 3 * octets, 3 * octets, 3 * octets)
    return size, size, PLAIN


PERCENT_ENCODED: Mapping[int, Image] = {
    PLAIN: (Size(1, 1, 1, 1), Size(3, 3, 3, 3), PLAIN),
    # of these only the tilde stays
    ESCAPED: (Size(1, 1, 2, 1), Size(3, 3, 3, 3), PLAIN | ESCAPED),
    ASCII_ONLY: _percent(1),
    ACCENTED: _percent(2),
    NARROW: _percent(2),
    EURO: _percent(3),
    WIDE: _percent(3),
    ASTRAL: _percent(4),
}
"""``urlencode``."""

JSON_QUOTED: Mapping[int, Image] = {
    **_KEPT,
    PLAIN: (Size(1, 1, 1, 1), Size(2, 2, 3, 2), PLAIN | ESCAPED),
    ESCAPED: (Size(1, 1, 2, 1), Size(2, 2, 4, 2), PLAIN | ESCAPED),
    # a control character becomes six: \u0000
    ASCII_ONLY: (Size(1, 1, 1, 1), Size(6, 6, 7, 6), PLAIN | ESCAPED | ASCII_ONLY),
}
"""``tojson``, without the quotation marks."""


def rewritten(text: Text, table: Mapping[int, Image], *, prefix: str = "", suffix: str = "") -> Text:
    """Bounds of all texts when each character becomes what the table says of its class."""
    images = [table[kind] for kind in split(text.may)]
    if not images:
        return text
    least = Size(*map(min, zip(*(image[0] for image in images), strict=True))).times(text.least.points)
    most = Size(*map(max, zip(*(image[1] for image in images), strict=True))).times(text.most.points)
    may = reduce(or_, (image[2] for image in images), VISIBLE)
    surely = reduce(or_, (table[kind][2] for kind in split(text.surely) if table[kind][0].points and table[kind][2] in CLASSES), 0)
    if all(image[0].points for image in images):
        surely |= text.surely & VISIBLE
    made = texts.recoded(text, 0, 1, may, surely=surely)
    return made._replace(least=least, most=most, prefix=prefix[:MOST_FIXED], suffix=suffix[-MOST_FIXED:])
