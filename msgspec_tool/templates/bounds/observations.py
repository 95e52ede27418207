"""What an analysis notes on its way: operations that can't succeed, tests that come out one way, prints of what may be missing."""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.domain.texts import NAMES
from msgspec_tool.domain.values import EITHER
from msgspec_tool.source.text import SourceFile


class Trouble(Enum):
    """Kinds of operations that can't succeed; one kind a rule."""

    TYPE = "type-mismatch"
    PRINT = "type-mismatch of what is printed"
    """Beside the operation that gives the value, which stands at the same place."""
    ARGUMENTS = "bad-arguments"
    COST = "costly-construct"


class Spot(NamedTuple):
    """A place in a template, or in a partial where ``file`` names it."""

    start: int
    end: int
    file: SourceFile | None = None


class Attempt:
    """An operation: how often an analysis met it, and how often it failed for every value."""

    def __init__(self, kind: Trouble) -> None:
        self.kind = kind
        self.met = 0
        self.failed = 0
        self.message = ""
        self.help: str | None = None


class Outcome:
    """A test of a condition: which ways it went, over all paths and values."""

    def __init__(self, test: nodes.Node) -> None:
        self.test = test
        self.flags = 0
        self.in_macro = False
        self.sources = NAMES
        """Variables that take part in it."""


class Gap:
    """An expression that is printed and whose value may be missing, or be a default that says nothing."""

    def __init__(self, sources: frozenset[str]) -> None:
        self.sources = sources
        self.null = False
        """Null or undefined may come here: the row is refused."""
        self.empty = False
        """A default of no characters may come here."""


class Observations:
    """Everything that was noted, by place."""

    def __init__(self) -> None:
        self.attempts: dict[tuple[Spot, Trouble], Attempt] = {}
        self.outcomes: dict[Spot, Outcome] = {}
        self.gaps: dict[Spot, Gap] = {}
        self.heaviest: tuple[float, Spot] | None = None
        """Most steps of any one loop, and where it stands."""

    @cached_property
    def failures(self) -> tuple[tuple[Spot, Attempt], ...]:
        """Operations that failed with every value with which they were met."""
        return tuple((spot, attempt) for (spot, _kind), attempt in self.attempts.items() if attempt.failed == attempt.met)

    @cached_property
    def decided(self) -> tuple[tuple[Spot, Outcome], ...]:
        """Tests that came out one way on every path."""
        return tuple((spot, outcome) for spot, outcome in self.outcomes.items() if outcome.flags not in (0, EITHER))

    @property
    def refuses(self) -> bool:
        """Whether some operation failed with some value: the row is refused."""
        return any(attempt.failed for attempt in self.attempts.values())

    def attempt(self, spot: Spot, kind: Trouble, failure: str | None, help: str | None = None) -> None:
        """An operation was met, and failed for all values where ``failure`` says why."""
        noted = self.attempts.setdefault((spot, kind), Attempt(kind))
        noted.met += 1
        if failure is not None:
            noted.failed += 1
            noted.message, noted.help = failure, help

    def went(self, spot: Spot, test: nodes.Node, flags: int, sources: frozenset[str], *, in_macro: bool) -> None:
        """A test came out."""
        noted = self.outcomes.setdefault(spot, Outcome(test))
        noted.flags |= flags
        noted.in_macro = noted.in_macro or in_macro
        noted.sources |= sources

    def gap(self, spot: Spot, sources: frozenset[str], *, null: bool = False, empty: bool = False) -> None:
        """Something that may be missing is printed."""
        noted = self.gaps.setdefault(spot, Gap(sources))
        noted.null = noted.null or null
        noted.empty = noted.empty or empty
