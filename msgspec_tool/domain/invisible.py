"""Characters that nobody sees, and where they are at home all the same: scripts and signs that are written with them."""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import lru_cache


class Odd(Enum):
    """Why a character is odd; the value is what a reader notices."""

    NO_BREAK = "it looks like a blank and keeps the line from breaking"
    INVISIBLE = "nobody sees it"
    DIRECTION = "it turns the direction of the text around it"


SUSPECTS = "[\u00a0\u00ad\u061c\u180e\u2007\u200b-\u200f\u202a-\u202f\u2060-\u2064\u2066-\u2069\ufeff]"
"""Every character that :func:`oddity` may object to."""

_NO_BREAK = frozenset("\u00a0\u2007\u202f")
_JOINERS = frozenset("\u200c\u200d")
_OVERRIDES = frozenset("\u202d\u202e")
_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_PUNCTUATION = frozenset(":;!?%»€£$°")
_WITHOUT_BLANKS = ("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "JAVANESE", "BALINESE", "TAI")
"""Scripts without blanks between words: they show with a zero-width space where a line may break."""


def oddity(text: str, at: int) -> Odd | None:
    """What is odd about a character of :data:`SUSPECTS` where it stands; None where it belongs."""
    char = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if char in _NO_BREAK:
        return None if _is_typography(before, after) else Odd.NO_BREAK
    if char in _JOINERS:
        return None if _joins(before, after) else Odd.INVISIBLE
    if char in _OVERRIDES or (char in _MARKS and not _has_right_to_left(text)):
        return Odd.DIRECTION
    if char in _MARKS or (char == "\u200b" and (_is_of(before, _WITHOUT_BLANKS) or _is_of(after, _WITHOUT_BLANKS))):
        return None
    return Odd.INVISIBLE


def _is_typography(before: str, after: str) -> bool:
    """Beside a number, before the marks that French sets apart, and inside its quotation marks."""
    return before.isdigit() or after.isdigit() or after in _PUNCTUATION or before in ("«", "‹") or after == "›"


def _joins(before: str, after: str) -> bool:
    """Between the parts of an emoji, or after a letter of a script that joins letters."""
    if not before:
        return False
    if before.isascii() or unicodedata.name(before, "").startswith(("LATIN", "GREEK", "CYRILLIC")):
        return False
    return bool(after) and not after.isascii()


@lru_cache(maxsize=4)
def _has_right_to_left(text: str) -> bool:
    # asked for every mark of a text, which may hold nothing else
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text if char not in _MARKS)


def _is_of(char: str, scripts: tuple[str, ...]) -> bool:
    return bool(char) and unicodedata.name(char, "").startswith(scripts)


_HANGUL = range(0x1100, 0x1200)


def decomposed(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges of characters that stand for one and are one in NFC: a letter and the marks behind it."""
    if unicodedata.is_normalized("NFC", text):
        return ()
    found, start = [], 0
    for at in range(1, len(text) + 1):
        if at < len(text) and (unicodedata.combining(text[at]) or (ord(text[at]) in _HANGUL and ord(text[at - 1]) in _HANGUL)):
            continue
        composed = unicodedata.normalize("NFC", text[start:at])
        # some letters are taken apart by NFC; who writes them as one writes as everybody does
        if composed != text[start:at] and len(composed) <= at - start:
            found.append((start, at))
        start = at
    return tuple(found)
