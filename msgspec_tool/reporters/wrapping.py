"""Marked text in lines that fit the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec_tool.reporters.screen import BOLD, Screen, escaped, width
from msgspec_tool.reporters.word_diff import Run

_WORDS = re.compile(r"\s+|\S+")

Atom = tuple[str, str]
"""A word or a blank: as it is measured, and as it is painted."""


def atoms(pieces: Iterable[Run], brackets: tuple[str, str], colour: int, screen: Screen) -> Iterator[Atom]:
    """The words of a text of which some pieces are its own; these are painted, or stand in brackets where there are no colours."""
    for is_common, text in pieces:
        words = _WORDS.findall(escaped(text))
        if is_common or not words:
            yield from ((word, word) for word in words)
        elif screen.colour:
            yield from ((word, screen.paint(word, BOLD, colour)) for word in words)
        else:
            words[0] = brackets[0] + words[0]
            words[-1] += brackets[1]
            yield from ((word, word) for word in words)


def wrapped(words: Iterable[Atom], room: int) -> Iterator[str]:
    """Lines of at most ``room`` columns, broken at blanks; a word that is longer is cut."""
    line, used = "", 0
    for shown, painted in words:
        size = width(shown)
        if used and used + size > room:
            yield line.rstrip(" ")
            line, used = "", 0
            if shown.isspace():
                continue
        if size > room:
            *whole, (shown, painted) = _cut(shown, painted, room)
            yield from (piece for _measured, piece in whole)
            size = width(shown)
        line, used = line + painted, used + size
    if used:
        yield line


def _cut(shown: str, painted: str, room: int) -> list[Atom]:
    """A long word in pieces, each painted as the word is."""
    before, _, after = painted.partition(shown)
    pieces, piece, used = [], "", 0
    for char in shown:
        size = width(char)
        if used + size > room:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + char, used + size
    return [(one, f"{before}{one}{after}") for one in (*pieces, piece)]
