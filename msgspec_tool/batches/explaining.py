"""Which way each template of a spec takes through a render, and why: what ``render --explain-plan`` says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec_tool.batches.fields import FieldColumn, Way
from msgspec_tool.batches.planning import BatchPlan
from msgspec_tool.model import AnalysedSpec

_WORDS = {
    Way.CONSTANT: "once for all rows",
    Way.COLUMN: "taken from a column",
    Way.SPLICED: "spliced: many rows in one step",
    Way.LOOPED: "one compiled loop over many rows",
    Way.ONE_BY_ONE: "row by row",
}


@dataclass(frozen=True)
class ExplainedField:
    """A template: its name and place, the way that it takes, and why."""

    name: str
    place: str
    way: str
    why: str


@dataclass(frozen=True)
class ExplainedPlan:
    """How a spec would be rendered."""

    obstacles: tuple[str, ...]
    """Why the whole spec is rendered row by row; nothing where it is not."""
    fields: tuple[ExplainedField, ...]
    rules: tuple[tuple[str, str, str], ...] = ()
    """Rules that are not proved for all rows: channel, name, and how they are checked."""
    bounded: tuple[str, ...] = ()
    """The places of templates for which rows are rendered in workers with limits."""
    long_only: bool = False
    """Only rows need them whose lists are long."""


def explained(spec: AnalysedSpec, plan: BatchPlan, bounded: tuple[str, ...]) -> ExplainedPlan:
    """What is decided for a spec."""
    if plan.obstacles:
        fields = (known.field for known in spec.shaped.templates if known.field.templated)
        alone = (FieldColumn(field, Way.ONE_BY_ONE, "all of the spec is", lambda _scope, _doubtful: ()) for field in fields)
        return ExplainedPlan(plan.obstacles, tuple(map(_explained, alone)), (), bounded)
    rules = tuple(_rules(plan))
    ways = tuple(_explained(one) for one in plan.fields if one.way is not Way.CONSTANT)
    return ExplainedPlan((), ways, rules, bounded, plan.work is not None)


def _explained(column: FieldColumn) -> ExplainedField:
    field = column.field
    position = field.file.position(field.span.start)
    place = f"{field.file.path}:{position.line}:{position.column}"
    return ExplainedField(".".join(map(str, field.path)), place, _WORDS[column.way], column.why)


def _rules(plan: BatchPlan) -> Iterator[tuple[str, str, str]]:
    for channel in plan.channels:
        for rule in channel.rules.rules:
            how = "many values at once" if rule.clears is not None else "by the bounds of many texts"
            yield channel.messages.channel, rule.name, how
