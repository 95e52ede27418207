"""Which rows need no worker with limits though templates loop: those whose lists are short.

A loop over a list does the work of a template in which it is written out. As long as that is no longer than a template may be that
loops nowhere, its work is bounded by its input, and what the list of a row holds tells how long it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from msgspec_tool.batches.scopes import Scope
from msgspec_tool.model import AnalysedSpec, Variable
from msgspec_tool.recipients.rows import Row
from msgspec_tool.rendering.render_stages import STRAIGHT_CHARACTERS
from msgspec_tool.source.document import Plain
from msgspec_tool.templates.reading import MAX_STRAIGHT
from msgspec_tool.templates.unrolling import MAX_UNROLLED, Lengths, Unrolled, unrolled

_ENDLESS = STRAIGHT_CHARACTERS
"""Elements of a list of which nothing is known."""


@dataclass(frozen=True)
class BoundedWork:
    """The templates of a spec with their loops written out."""

    straight: int
    """Characters of those that do not loop."""
    looping: tuple[Unrolled, ...]
    variables: Mapping[str, Variable]
    given: Collection[str]
    """Variables that are no columns."""

    def long_rows(self, scope: Scope) -> set[int]:
        """The rows of a scope that need a worker."""
        sizes = {name: [_size(value) for value in scope.columns[name]] for name in self._names if name in scope.columns}
        same = {name: _size(value) for name, value in scope.constants.items()}
        if not scope.rows or self._fits(lambda name: max(sizes[name]) if name in sizes else same.get(name, _ENDLESS)):
            return set()
        return {
            index
            for index in range(scope.rows)
            if not self._fits(lambda name, index=index: sizes[name][index] if name in sizes else same.get(name, _ENDLESS))  # type: ignore[misc]
        }

    def is_short(self, row: Row) -> bool:
        """Whether a row surely needs no worker, its cells as they stand in the file: JSON has fewer elements than characters."""
        return self._fits(lambda name: self._most(row, name))

    def _most(self, row: Row, name: str) -> int:
        if name in self.given or (name not in row.values and name not in self.variables):
            return _ENDLESS
        default = self.variables[name].schema.get("default") if name in self.variables else None
        return max(_size(row.values.get(name)), _size(default))

    @property
    def _names(self) -> frozenset[str]:
        return frozenset().union(*(one.names for one in self.looping))

    def _fits(self, lengths: Lengths) -> bool:
        sizes = [one.characters(lengths) for one in self.looping]
        return max(sizes, default=0) <= MAX_UNROLLED and self.straight + sum(sizes) <= STRAIGHT_CHARACTERS


def _size(value: Plain) -> int:
    return len(value) if isinstance(value, (str, list, tuple, dict)) else 0


def bounded_work(spec: AnalysedSpec, given: Collection[str]) -> BoundedWork | None:
    """The work of a spec's templates, ``given`` the variables under ``with``; None where the lists of a row do not bound it."""
    straight, looping = 0, []
    for known in spec.shaped.templates:
        template = spec.templates.get(known.field.path)
        if template is None or template.tree is None:
            continue
        if template.straight_line:
            straight += len(template.source)
            continue
        found = unrolled(template) if len(template.source) <= MAX_STRAIGHT else None
        # what is given is evaluated before anybody can look at how long its lists are
        if found is None or known.field.path[:2] == ("destination", "with"):
            return None
        looping.append(found)
    if straight > STRAIGHT_CHARACTERS:
        return None
    return BoundedWork(straight, tuple(looping), spec.shaped.variables, given)
