"""Texts that leave little to ask: what most cells of most campaigns are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import TypeGuard, TypeVar

from msgspec_tool.domain.characters import BASIC

Value = TypeVar("Value")

SIMPLE = bytes(sorted(ord(char) for char in BASIC if " " <= char < "\x80" and char not in '"\\'))
"""Characters of ASCII that GSM-7 has in one septet, and that JSON writes as they are."""


class SimpleTexts(list[str]):
    """Texts in which every character is one of :data:`SIMPLE`. They are not changed any more."""

    different: Collection[str] | None = None
    """Each of them once, where somebody found out that they are few: then there is less to look at."""

    @cached_property
    def lines(self) -> str:
        """All of them, each with a line break behind it, which none of them holds."""
        return "\n".join((*self, ""))

    @cached_property
    def searched(self) -> str:
        """What to look into for a text without line breaks that one of them may hold."""
        return self.lines if self.different is None else "\n".join(self.different)

    @cached_property
    def lengths(self) -> tuple[int, int]:
        """Characters of the shortest and of the longest."""
        if not self:
            return 0, 0
        first = len(self[0])
        # where the last break of so many is where it would be if all were as long as the first, and so is every one before it, they are
        if self.different is None and len(self.lines) == len(self) * (first + 1) and self.lines[first :: first + 1] == "\n" * len(self):
            return first, first
        sizes = set(map(len, self.different or self))
        return min(sizes), max(sizes)

    @cached_property
    def blank(self) -> bool:
        """Whether one of them is empty, or white space only."""
        return self.lengths[0] == 0 or (" " in self.lines and not all(map(str.strip, self)))


def seen_through(texts: Iterable[str]) -> list[str]:
    """The texts, as :class:`SimpleTexts` where they are."""
    column = list(texts)
    joined = "".join(column)
    return SimpleTexts(column) if joined.isascii() and not joined.encode("ascii").translate(None, SIMPLE) else column


def picked(column: Sequence[Value], indices: Iterable[int]) -> Sequence[Value]:
    """Some of the values; of simple texts it is known that they are."""
    values = [column[index] for index in indices]
    return SimpleTexts(values) if type(column) is SimpleTexts else values  # type: ignore[return-value, arg-type]


def are_texts(column: Sequence[object]) -> TypeGuard[Sequence[str]]:
    """Whether every value is text; where there are no values it is not."""
    return type(column) is SimpleTexts or set(map(type, column)) == {str}
