"""What templates can read, for many rows at a time: names whose values differ from row to row, and names whose values do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec_tool.domain.simple_texts import picked
from msgspec_tool.source.document import Plain

Column = Sequence[Plain]


class Names(NamedTuple):
    """What is known of a scope before there are rows."""

    columns: frozenset[str]
    texts: frozenset[str] = frozenset()
    """Columns whose every value is text."""
    printable: frozenset[str] = frozenset()
    """Columns whose every value has a text: text, numbers, truth values."""

    def over(self, other: Names) -> Names:
        """Both scopes, where names of this one hide those of the other."""
        return Names(
            self.columns | other.columns,
            self.texts | (other.texts - self.columns),
            self.printable | (other.printable - self.columns),
        )


@dataclass(frozen=True)
class Scope:
    """The values of names for some rows."""

    rows: int
    columns: Mapping[str, Column]
    constants: Mapping[str, Plain]

    def row(self, index: int, names: Collection[str]) -> dict[str, Plain]:
        """The scope of one row, with those of the columns that are named."""
        return {**self.constants, **{name: self.columns[name][index] for name in names if name in self.columns}}

    def taken(self, indices: Sequence[int], names: Collection[str]) -> Scope:
        """The scope of some of the rows, with those of the columns that are named."""
        columns = {name: picked(column, indices) for name, column in self.columns.items() if name in names}
        return Scope(len(indices), columns, self.constants)

    def having(self, columns: Mapping[str, Column]) -> Scope:
        """The scope with other columns, which hide those of the same name."""
        return Scope(self.rows, {**self.columns, **columns}, self.constants)
