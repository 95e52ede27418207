"""How text looks on a terminal: widths, control characters, colours."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

TAB = "    "


def visible(char: str) -> str:
    """A character as it can be shown without moving the cursor: controls and invisible marks are written out."""
    if char == "\t":
        return TAB
    if char.isprintable() or (unicodedata.category(char) in ("Mn", "Mc", "Zs") and char != "\u00a0"):
        return char
    if unicodedata.category(char) == "Cf" and char == "\u200d":
        return char
    return char.encode("unicode_escape").decode("ascii")


def escaped(text: str) -> str:
    """A text in which nothing can steer a terminal."""
    return "".join(visible(char) for char in text)


def width(text: str) -> int:
    """Columns that a shown text takes: wide characters two, combining ones none."""
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


@dataclass(frozen=True)
class Style:
    """Colours, or none."""

    colour: bool = False

    def paint(self, text: str, *codes: int) -> str:
        """The text in ANSI colours where colours are wanted."""
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m" if self.colour and text else text


BOLD, RED, YELLOW, BLUE, CYAN, GREEN = 1, 31, 33, 34, 36, 32
