"""Texts with gaps, filled for many rows in a few steps, however many the rows are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from msgspec_tool.domain.simple_texts import SimpleTexts

_BETWEEN = "\0"
"""Divides the texts of rows. Values that hold one make their number wrong, and that is seen."""


class Gapped(NamedTuple):
    """A text with a gap between each two of its literals."""

    literals: tuple[str, ...]

    def joined(self, columns: Sequence[Sequence[str]], rows: int, separator: str) -> str:
        """The texts of all rows in one, given the columns that fill the gaps."""
        first, last = self.literals[0], self.literals[-1]
        if not rows:
            return ""
        if len(self.literals) == 1:
            return separator.join([first] * rows)
        of_a_row = [last + separator + first, ""]
        for literal in self.literals[1:-1]:
            of_a_row += (literal, "")
        parts = of_a_row * rows
        parts[0] = first
        parts.append(last)
        for index, column in enumerate(columns):
            parts[2 * index + 1 :: len(of_a_row)] = column
        return "".join(parts)

    def filled(self, columns: Sequence[Sequence[str]], rows: int) -> list[str]:
        """The text of each row."""
        made = self.joined(columns, rows, _BETWEEN).split(_BETWEEN)
        if len(made) == rows:
            return made
        return [self.joined([(column[index],) for column in columns], 1, "") for index in range(rows)]

    def around(self, before: str, after: str) -> Gapped:
        """The same with more text on both sides."""
        made = (before + self.literals[0], *self.literals[1:])
        return Gapped((*made[:-1], made[-1] + after))

    def then(self, other: Gapped) -> Gapped:
        """This text followed by another."""
        return Gapped((*self.literals[:-1], self.literals[-1] + other.literals[0], *other.literals[1:]))

    def starts_tell_apart(self, columns: Sequence[Sequence[str]]) -> bool:
        """Whether different values surely make different texts: each gap but the last ends where a character comes that it never has."""
        return all(literal and not any_holds(column, literal[0]) for literal, column in zip(self.literals[1:-1], columns, strict=False))


class GappedTexts(Sequence[str]):
    """The texts of many rows, made when somebody asks for one: whoever is content with what fills the gaps saves that."""

    def __init__(self, text: Gapped, columns: Sequence[Sequence[str]], rows: int) -> None:
        self.text = text
        self.columns = columns
        self._rows = rows

    @cached_property
    def _made(self) -> list[str]:
        return self.text.filled(self.columns, self._rows)

    def __len__(self) -> int:
        return self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return GappedTexts(self.text, [column[index] for column in self.columns], len(range(self._rows)[index]))
        return self._made[index]


def any_holds(texts: Sequence[str], character: str) -> bool:
    """Whether one of many texts holds a character. Texts with gaps are not made for that."""
    if isinstance(texts, GappedTexts):
        return any(character in literal for literal in texts.text.literals) or any(any_holds(one, character) for one in texts.columns)
    return character in (texts.searched if isinstance(texts, SimpleTexts) else "".join(texts))
