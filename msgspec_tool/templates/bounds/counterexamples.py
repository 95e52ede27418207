"""Data of the declared types that makes a template print something extreme: found by trying, and sure when it is found.

Nothing is rendered: the analysis itself is run on the chosen values. What it then says is true of every text that is left,
so that a figure which it reaches is reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.domain import values
from msgspec_tool.source.document import Plain
from msgspec_tool.templates.bounds.analysis import Analysis, Interpretation, Outcome
from msgspec_tool.templates.tree import walk
from msgspec_tool.variables.extremes import Extremes, extremes

MOST_TRIES = 150
"""Sets of values on which an analysis is run in search of one example."""

MOST_SEARCH_STEPS = 5_000
"""Steps of all these runs together."""

Score = Callable[[Outcome], float]
"""How extreme an outcome surely is; the larger, the better an example."""


class Example(NamedTuple):
    """Values of variables, and how extreme what they print surely is."""

    data: Mapping[str, Plain]
    score: float
    outcome: Outcome


class Search:
    """Looks for examples for one template. ``unbounded`` is how long texts are for which no length is declared."""

    def __init__(self, analysis: Analysis, *, unbounded: int = 0) -> None:
        self._analysis = analysis
        hints = tuple(_constants(analysis))
        variables = analysis.setting.variables
        names = [name for name in variables if name in analysis.template.reads]
        self._extremes: dict[str, Extremes] = {name: extremes(variables[name], hints, unbounded) for name in names}
        self._tries = self._steps = 0

    def best(self, score: Score, *, enough: float) -> Example | None:
        """The best example that was found; the search ends at the first that scores ``enough``. None where all rows are refused."""
        self._tries = self._steps = 0
        found: Example | None = None
        for start in self._starts():
            found = self._better(found, start, score)
            if self._tired or (found is not None and found.score >= enough):
                return found
        while found is not None and not self._tired:
            before = found.score
            for data in self._changed(found.data):
                found = self._better(found, data, score) or found
                if found.score >= enough or self._tired:
                    return found
            if found.score <= before:
                break
        return found

    def reaching(self, wanted: Callable[[Interpretation], bool]) -> Mapping[str, Plain] | None:
        """Values for which the analysis of the template has a property, or None where none were found."""
        self._tries = self._steps = 0
        for start in (dict(one) for one in self._starts()):
            for data in (start, *self._changed(start)):
                if self._tired:
                    return None
                self._tries += 1
                result = self._result(data)
                if _renders(result) and wanted(result):
                    return data
        return None

    @property
    def _tired(self) -> bool:
        return self._tries >= MOST_TRIES or self._steps >= MOST_SEARCH_STEPS

    def _result(self, data: Mapping[str, Plain]) -> Interpretation:
        if not data:
            return self._analysis.result
        result = self._analysis.given({name: values.constant(value) for name, value in data.items()}, searching=True)
        self._steps += result.steps
        return result

    def _starts(self) -> Iterable[Mapping[str, Plain]]:
        if not self._extremes:
            # a template that reads no variable prints what it prints
            yield {}
            return
        # short data is tried first: it costs least
        for turn in range(2):
            yield {name: found.short[min(turn, len(found.short) - 1)] for name, found in self._extremes.items() if found.short}
        depth = max((len(found.long) for found in self._extremes.values()), default=1)
        for turn in range(min(depth, 8)):
            yield {name: found.long[min(turn, len(found.long) - 1)] for name, found in self._extremes.items() if found.long}
        yield {name: found.others[0] for name, found in self._extremes.items() if found.others}

    def _changed(self, data: Mapping[str, Plain]) -> Iterable[Mapping[str, Plain]]:
        for name, found in self._extremes.items():
            for value in found.all:
                if name not in data or data[name] is not value:
                    yield {**data, name: value}

    def _better(self, best: Example | None, data: Mapping[str, Plain], score: Score) -> Example | None:
        self._tries += 1
        result = self._result(data)
        outcomes = result.outcomes
        if not _renders(result) or data.keys() != self._extremes.keys():
            return best
        reached = min(((score(outcome), index) for index, outcome in enumerate(outcomes)), key=lambda pair: pair[0])
        if best is not None and best.score >= reached[0]:
            return best
        return Example(data, reached[0], outcomes[reached[1]])


def _renders(result: Interpretation) -> bool:
    """Whether chosen data print anything: a row on which an operation fails is refused, and shows nothing."""
    return bool(result.outcomes) and not result.noted.refuses


def _constants(analysis: Analysis) -> Iterable[Plain]:
    """Values that the template writes: what it compares with is among them."""
    if analysis.template.tree is not None:
        for node in walk(analysis.template.tree):
            if isinstance(node, nodes.Const) and isinstance(node.value, (str, int, float)):
                yield node.value
