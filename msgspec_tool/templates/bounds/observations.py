"""What an analysis notes on its way: operations that can't succeed, tests that come out one way, prints of what may be missing."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass
class Attempt:
    """An operation: how often an analysis met it, and how often it failed for every value."""

    kind: Trouble
    met: int = 0
    failed: int = 0
    message: str = ""
    help: str | None = None


@dataclass
class Outcome:
    """A test of a condition: which ways it went, over all paths and values."""

    test: nodes.Node
    flags: int = 0
    in_macro: bool = False
    sources: frozenset[str] = NAMES
    """Variables that take part in it."""


@dataclass
class Gap:
    """An expression that is printed and whose value may be missing, or be a default that says nothing."""

    sources: frozenset[str]
    null: bool = False
    """Null or undefined may come here: the row is refused."""
    empty: bool = False
    """A default of no characters may come here."""


@dataclass
class Observations:
    """Everything that was noted, by place."""

    attempts: dict[tuple[Spot, Trouble], Attempt] = field(default_factory=dict)
    outcomes: dict[Spot, Outcome] = field(default_factory=dict)
    gaps: dict[Spot, Gap] = field(default_factory=dict)
    heaviest: tuple[float, Spot] | None = None
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
