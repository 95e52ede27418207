"""Casting a column at a time: the values of a variable for many rows, and which of the rows have to be cast by themselves.

A column of texts is held against its declaration as a whole: the longest cell against ``maxLength``, all characters together
against ``charset``, all cells in one match against ``pattern``. Where that fails, or where a keyword has no such test, the
different values are cast one by one as :mod:`.casting` does, and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec_tool.domain.simple_texts import SimpleTexts, are_texts
from msgspec_tool.model import Variable
from msgspec_tool.source.document import Plain
from msgspec_tool.variables.casting import CastError, value_of_cell, value_of_json
from msgspec_tool.variables.keywords import compile_pattern, is_number

Test = Callable[[Sequence[str]], bool]

_REMEMBERED = 10_000
"""Values of a variable that are kept with what they cast to."""

_FEW = 100
"""Different values of a column that are so few that to know them saves a look at all values."""

_SILENT = frozenset({"type", "default", "required", "description", "title", "examples", "sensitivity"})
"""Keywords that refuse no text."""

_LINE = re.compile(r"\^(?![?*+{])(?:[\w \-/:,@+]|\[(?!\^)[\w \-/:.,@+]+\]|\\[dw.+*()\-]|\{\d+(?:,\d*)?\}|[?*](?!\?))*\$", re.ASCII)
"""Patterns of a whole value in which nothing can match a line break."""


@dataclass
class ColumnCast:
    """Casts the columns of one variable. ``from_text`` is whether cells are text (CSV) and not values of JSON."""

    variable: Variable
    from_text: bool
    _tests: tuple[Test, ...] | None = field(init=False)
    _known: dict[Plain, Plain] = field(default_factory=dict, init=False)
    _fitting: set[Plain] = field(default_factory=set, init=False)
    """Texts that passed the tests, where they are few."""

    def __post_init__(self) -> None:
        self._tests = _tests(self.variable.schema) if self.variable.type == "string" else None

    @property
    def never_null(self) -> bool:
        """Every row that is not refused has a value."""
        return self.variable.required or self.variable.schema.get("default") is not None

    def values(self, column: Sequence[Plain], doubtful: set[int]) -> Sequence[Plain]:
        """The values of a column; rows whose value is refused join ``doubtful``, whatever stands at their place."""
        if self._tests is not None and self._all_fit(column):
            return column
        return [self._value(index, cell, doubtful) for index, cell in enumerate(column)]

    def _all_fit(self, column: Sequence[Plain]) -> bool:
        if not are_texts(column):
            return False
        if len(self._fitting) <= _FEW:
            different = set(column)
            if type(column) is SimpleTexts and len(different) <= _FEW:
                column.different = different
            if self._fitting >= different:
                return True
        elif self._fitting.issuperset(column):
            return True
        if self.from_text and _least_length(column) == 0:
            return False
        if not all(test(column) for test in self._tests or ()):
            return False
        if len(self._fitting) < _REMEMBERED:
            self._fitting.update(column)
        return True

    def _value(self, index: int, cell: Plain, doubtful: set[int]) -> Plain:
        if not isinstance(cell, str):
            return self._cast(index, cell, doubtful)
        try:
            return self._known[cell]
        except KeyError:
            value = self._cast(index, cell, doubtful)
        if index not in doubtful:
            if len(self._known) == _REMEMBERED:
                self._known.clear()
            self._known[cell] = value
        return value

    def _cast(self, index: int, cell: Plain, doubtful: set[int]) -> Plain:
        try:
            if self.from_text and isinstance(cell, str):
                return value_of_cell(self.variable, cell)
            return value_of_json(self.variable, cell)
        except CastError:
            doubtful.add(index)
            return None


def _tests(schema: Mapping[str, Plain]) -> tuple[Test, ...] | None:
    """Tests that let only columns pass of which no text is refused; None where a keyword has none."""
    made = []
    for keyword, argument in schema.items():
        make = _MAKERS.get(keyword)
        test = make(argument) if make is not None else None
        if test is not None:
            made.append(test)
        elif keyword not in _SILENT:
            return None
    return tuple(made)


def _most(bound: Plain) -> Test | None:
    return (lambda column: _most_length(column) <= bound) if is_number(bound) else None


def _least(bound: Plain) -> Test | None:
    return (lambda column: _least_length(column) >= bound) if is_number(bound) else None


def _least_length(column: Sequence[str]) -> int:
    return column.lengths[0] if isinstance(column, SimpleTexts) else min(map(len, column))


def _most_length(column: Sequence[str]) -> int:
    return column.lengths[1] if isinstance(column, SimpleTexts) else max(map(len, column))


def _charset(name: Plain) -> Test | None:
    if name == "ascii":
        return lambda column: type(column) is SimpleTexts or "".join(column).isascii()
    if name == "gsm7":
        from msgspec_tool.channels.gsm7 import all_gsm7

        return lambda column: type(column) is SimpleTexts or all_gsm7(column)
    return None if name != "any" else lambda _column: True


def _pattern(pattern: Plain) -> Test | None:
    if not isinstance(pattern, str) or not _LINE.fullmatch(pattern):
        return None
    lines = compile_pattern(f"(?:{pattern[1:-1]}\n)*")

    def test(column: Sequence[str]) -> bool:
        joined = column.lines if isinstance(column, SimpleTexts) else "\n".join((*column, ""))
        # of bytes RE2 tells no offsets in characters, which takes as long as to match
        return joined.count("\n") == len(column) and lines.fullmatch(joined.encode("utf-8", "surrogatepass")) is not None

    return test


def _enum(members: Plain) -> Test | None:
    if not isinstance(members, list) or not all(isinstance(member, str) for member in members):
        return None
    allowed = frozenset(members)
    return lambda column: allowed.issuperset(column)


_MAKERS: dict[str, Callable[[Plain], Test | None]] = {
    "maxLength": _most,
    "minLength": _least,
    "charset": _charset,
    "pattern": _pattern,
    "enum": _enum,
}
