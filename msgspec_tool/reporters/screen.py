"""How text looks on a terminal: widths, control characters, colours."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

TAB = "    "
_JOINERS = "\u200d\ufe0f"
"""They take no column and steer nothing: emoji are made with them."""


def visible(char: str) -> str:
    """A character as it can be shown without moving the cursor: controls and invisible marks are written out."""
    if char == "\t":
        return TAB
    if char.isprintable() or char in _JOINERS or char == "\u3000":
        return char
    return char.encode("unicode_escape").decode("ascii")


def escaped(text: str) -> str:
    """A text in which nothing can steer a terminal."""
    return text if text.isprintable() else "".join(visible(char) for char in text)


def width(text: str) -> int:
    """Columns that a shown text takes: wide characters two, combining ones none."""
    return len(text) if text.isascii() else sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if char in _JOINERS or unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class Screen(NamedTuple):
    """What text is written for: how wide it is, and whether it knows colours."""

    columns: int = 100
    colour: bool = False

    def paint(self, text: str, *codes: int) -> str:
        """The text in ANSI colours where colours are wanted, and some are named."""
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m" if self.colour and text and codes else text

    def narrower(self, columns: int) -> Screen:
        """What is left beside an indent of so many columns."""
        return self._replace(columns=self.columns - columns)


BOLD, RED, GREEN, YELLOW, BLUE, CYAN = 1, 31, 32, 33, 34, 36
