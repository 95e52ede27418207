"""What templates with the same tags print for the same values: worked out once, and filled with the texts of each.

That is possible where nothing but conditions and expressions stands in a template: no text is then counted, filtered or
compared, and each path prints what it prints, one piece after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from jinja2 import nodes

from msgspec_tool.domain import texts
from msgspec_tool.domain.runs import Run
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import Value
from msgspec_tool.templates.bounds.interpretation import Interpreter
from msgspec_tool.templates.bounds.observations import Attempt, Gap, Observations, Outcome, Spot, Trouble
from msgspec_tool.templates.bounds.paths import MOST_PATHS, Branch, Condition
from msgspec_tool.templates.positions import offset_of
from msgspec_tool.templates.skeletons import Copied, Skeleton, same_for_all
from msgspec_tool.templates.tree import below, walk

_SPEC = "spec"

MOST_OUTLINES = 512
"""Outlines that are kept: those that were used last."""


@same_for_all
def has_outline(root: nodes.Template) -> bool:
    """Whether a template is made of text, expressions and conditions alone."""
    return all(isinstance(node, (nodes.Output, nodes.If)) for node in walk(root) if isinstance(node, nodes.Stmt))


@lru_cache(maxsize=MOST_OUTLINES)
def kept_outline(_skeleton: Skeleton, _around: tuple[object, ...]) -> list[Any]:
    """What is kept of a skeleton among certain values: the values once somebody asked, then the outline, or None where there is none."""
    return []


@same_for_all
def prints_spec_name(root: nodes.Template) -> bool:
    """Whether a template prints the name of its spec as it stands, and asks nothing else of ``spec``: a text like its own ones."""
    printed = [child for node in walk(root) if isinstance(node, nodes.Output) for child in node.nodes if _is_spec_name(child)]
    return bool(printed) and len(printed) == sum(isinstance(node, nodes.Name) and node.name == _SPEC for node in walk(root))


def _is_spec_name(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr == "name" and isinstance(node.node, nodes.Name) and node.node.name == _SPEC


class Printed(NamedTuple):
    """Pieces that are printed one after the other: texts of the template and the spec's name, by number, and those of expressions."""

    before: int | None
    """The number of what is printed before; None at the beginning."""
    pieces: list[int | Text]


class Path(NamedTuple):
    """A way through a template: the number of what it prints last, and the conditions that lead there."""

    last: int | None
    conditions: tuple[Condition, ...]


class ManyPathsError(Exception):
    """More paths than are followed one by one."""


class _Outliner(Interpreter):
    """Notes what is printed in place of putting it together."""

    def __init__(self, skeleton: Skeleton, *setting: Any) -> None:
        super().__init__(*setting)
        self._skeleton = skeleton
        self._name = len(skeleton.pieces.texts) if prints_spec_name(skeleton.root) else None
        """The number of the spec's name, where it is like a text of the template."""
        self.printed_pieces: list[Printed] = []

    def limited(self, paths: list[Branch]) -> list[Branch]:
        if len(paths) > MOST_PATHS:
            raise ManyPathsError
        return paths

    def behind(self, output: Any, node: nodes.Node, text: Text) -> Any:
        made: int | Text = text
        if isinstance(node, nodes.TemplateData):
            made = self._skeleton.piece(offset_of(node)) // 2
        elif self._name is not None and _is_spec_name(node):
            made = self._name
        self.printed_pieces.append(Printed(output if isinstance(output, int) else None, [made]))
        return len(self.printed_pieces) - 1


class Outline:
    """The paths through all templates with the tags of a skeleton, for certain values of the names that they read.

    Where it :func:`prints_spec_name`, that is no such value.
    Raises :class:`ManyPathsError`, and what an interpreter raises.
    """

    def __init__(self, skeleton: Skeleton, names: Mapping[tuple[str, ...], Value], *setting: Any) -> None:
        outliner = _Outliner(skeleton, *setting)
        found = outliner.template(skeleton.root, names)
        ends = [path.output if isinstance(path.output, int) else None for path in found]
        printed, numbers = _in_runs(outliner.printed_pieces, ends)
        self.printed = [(before, Run(pieces)) for before, pieces in printed]
        self.paths = [Path(None if end is None else numbers[end], path.conditions) for end, path in zip(ends, found, strict=True)]
        self.noted = outliner.noted
        self.steps = outliner.steps

    def filled(self, own: Sequence[str]) -> list[Text]:
        """What each path prints in a template with these texts, behind which the spec's name stands where it is one of them."""
        made: list[Text] = []
        for before, run in self.printed:
            made.append(run.behind(texts.EMPTY if before is None else made[before], own))
        return [texts.EMPTY if path.last is None else made[path.last] for path in self.paths]

    def observed(self, root: nodes.Template, copied: Copied) -> Observations:
        """What was noted, at the places of a template."""
        return self.noted if root is copied.skeleton.root else MovedObservations(self.noted, root, copied)


def _in_runs(printed: Sequence[Printed], ends: Sequence[int | None]) -> tuple[list[Printed], list[int]]:
    """Pieces of which each is followed by one other only are taken together; and the new number of each piece."""
    followers = Counter(one.before for one in printed)
    found: list[Printed] = []
    numbers: list[int] = []
    for before, pieces in printed:
        if before is not None and followers[before] == 1 and before not in ends:
            found[numbers[before]].pieces.extend(pieces)
            numbers.append(numbers[before])
        else:
            numbers.append(len(found))
            found.append(Printed(None if before is None else numbers[before], [*pieces]))
    return found, numbers


def moved_conditions(path: Path, root: nodes.Template, copied: Copied) -> tuple[Condition, ...]:
    """The conditions of a path, in the tree of a template."""
    if root is copied.skeleton.root:
        return path.conditions
    return tuple(Condition(_own(one.test, root, copied), one.holds, one.file) for one in path.conditions)


def _own(node: nodes.Node, root: nodes.Template, copied: Copied) -> nodes.Node:
    """The node of a copy that is a node of the skeleton."""
    return below(root).nodes[copied.skeleton.numbers[id(node)]]


class MovedObservations(Observations):
    """What was noted of a skeleton, at the places of a template with the same tags: moved when it is asked for."""

    def __init__(self, noted: Observations, root: nodes.Template, copied: Copied) -> None:
        self._noted = noted
        self._root = root
        self._copied = copied
        self.heaviest = None

    def _moved(self, spot: Spot) -> Spot:
        start = self._copied.moved(spot.start)
        return Spot(start, start + spot.end - spot.start)

    def _moved_outcome(self, outcome: Outcome) -> Outcome:
        return replace(outcome, test=_own(outcome.test, self._root, self._copied))

    @cached_property
    def attempts(self) -> dict[tuple[Spot, Trouble], Attempt]:  # type: ignore[override]
        return {(self._moved(spot), kind): attempt for (spot, kind), attempt in self._noted.attempts.items()}

    @cached_property
    def outcomes(self) -> dict[Spot, Outcome]:  # type: ignore[override]
        return {self._moved(spot): self._moved_outcome(outcome) for spot, outcome in self._noted.outcomes.items()}

    @cached_property
    def gaps(self) -> dict[Spot, Gap]:  # type: ignore[override]
        return {self._moved(spot): gap for spot, gap in self._noted.gaps.items()}

    @cached_property
    def failures(self) -> tuple[tuple[Spot, Attempt], ...]:
        return tuple((self._moved(spot), attempt) for spot, attempt in self._noted.failures)

    @cached_property
    def decided(self) -> tuple[tuple[Spot, Outcome], ...]:
        return tuple((self._moved(spot), self._moved_outcome(outcome)) for spot, outcome in self._noted.decided)

    @property
    def refuses(self) -> bool:
        return self._noted.refuses
