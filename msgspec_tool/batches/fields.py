"""A field of the spec for many rows: the way that its template takes, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import Any

from msgspec_tool.batches.scopes import Column, Names, Scope
from msgspec_tool.domain.simple_texts import SimpleTexts
from msgspec_tool.model import AnalysedSpec
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.templates.printing import MAX_TEXT
from msgspec_tool.templates.running.batch import Batch, Spliced, batched, lone_name
from msgspec_tool.templates.running.engine import EngineEnvironment
from msgspec_tool.templates.running.evaluation import EvaluationError, Evaluator

Evaluate = Callable[[Field, Mapping[str, Plain]], Plain]
"""The value of a field for the scope of one row."""

Make = Callable[[Scope, set[int]], Column]
"""The values of a field in the order of the rows. Rows for which there is none join the set, whatever stands at their place."""


class Way(Enum):
    """How the values of a field are made, fastest first."""

    CONSTANT = "constant"
    COLUMN = "column"
    SPLICED = "spliced"
    LOOPED = "looped"
    ONE_BY_ONE = "one by one"


@dataclass(frozen=True)
class FieldColumn:
    """Makes the values of one field for many rows."""

    field: Field
    way: Way
    why: str
    make: Make
    reads: frozenset[str] = frozenset()
    splice: Spliced | None = None
    """The text with gaps, where it is one for columns of texts and is never too long."""
    most: float = inf
    """Characters that no text has more of, as far as the analysis knows."""


@dataclass(frozen=True)
class FieldColumns:
    """Chooses the way of fields, given what is known of the names that their templates read."""

    spec: AnalysedSpec
    evaluator: Evaluator
    environment: EngineEnvironment
    names: Names

    def column(self, field: Field, evaluate: Evaluate, *, native: bool) -> FieldColumn:
        """The fastest way for a field, with ``evaluate`` as the slow one; ``native`` is whether a lone value keeps its type."""
        template = self.evaluator.template(field)
        if template is None:
            value = self.evaluator.literal(field)
            return FieldColumn(field, Way.CONSTANT, "it is the same for every row", lambda scope, _doubtful: [value] * scope.rows)
        name = lone_name(template) if template.lone else None
        if name is not None and name in self.names.texts:
            return FieldColumn(field, Way.COLUMN, f"it is the column '{name}'", _of_column(name), template.reads)
        one_by_one = _one_by_one(field, template.reads, evaluate)
        if native and template.lone:
            return FieldColumn(field, Way.ONE_BY_ONE, "its value keeps a type of its own", one_by_one, template.reads)
        found = batched(template, self.environment, self.names.columns, self.names.texts, self.names.printable)
        if isinstance(found, str):
            return FieldColumn(field, Way.ONE_BY_ONE, found, one_by_one, template.reads)
        way, why = (Way.SPLICED, "it prints columns") if isinstance(found, Spliced) else (Way.LOOPED, "it prints what it makes of columns")
        most = self._most(field)
        short = most <= MAX_TEXT
        splice = found if isinstance(found, Spliced) and short and self.names.texts.issuperset(found.names) else None
        return FieldColumn(field, way, why, _at_once(found, one_by_one, short=short), template.reads, splice, most)

    def _most(self, field: Field) -> float:
        """Characters of the longest text of a template, as far as the analysis knows."""
        analysis = self.spec.analyses.get(field.path)
        return inf if analysis is None else float(analysis.result.text.most.points)


def _of_column(name: str) -> Make:
    def make(scope: Scope, doubtful: set[int]) -> Column:
        column: Sequence[Any] = scope.columns[name]
        if isinstance(column, SimpleTexts) and column.lengths[1] <= MAX_TEXT:
            return column
        if len("".join(column)) > MAX_TEXT:
            doubtful.update(index for index, value in enumerate(column) if len(value) > MAX_TEXT)
        return column

    return make


def _at_once(quick: Batch, slow: Make, *, short: bool) -> Make:
    def make(scope: Scope, doubtful: set[int]) -> Column:
        made = quick(scope.columns, scope.constants, scope.rows) if scope.rows else []
        if made is None or not (short or max(map(len, made), default=0) <= MAX_TEXT):
            return slow(scope, doubtful)
        return made

    return make


def _one_by_one(field: Field, reads: frozenset[str], evaluate: Evaluate) -> Make:
    def make(scope: Scope, doubtful: set[int]) -> Column:
        made: list[Plain] = []
        for index in range(scope.rows):
            try:
                made.append(evaluate(field, scope.row(index, reads)))
            except EvaluationError:
                doubtful.add(index)
                made.append(None)
        return made

    return make
