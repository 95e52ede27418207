"""Can a spec be rendered many rows at a time, and which way does each of its templates take? Decided once, before the first row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from msgspec_tool.batches.bounded_work import BoundedWork, bounded_work
from msgspec_tool.batches.fields import FieldColumn, FieldColumns
from msgspec_tool.batches.messages import ChannelMessages, Slot, patterns
from msgspec_tool.batches.observing import OpenRules, can_observe
from msgspec_tool.batches.requests import Head
from msgspec_tool.batches.scopes import Names
from msgspec_tool.channels.layout import ALL_IDENTIFIERS, IDENTIFIERS
from msgspec_tool.model import ALWAYS_DECLARED, AnalysedSpec, Variable
from msgspec_tool.rendering.render_stages import RenderStages
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field, Path, Plain
from msgspec_tool.stages.render import NORMALISED, ChannelRenderer
from msgspec_tool.variables.columns import ColumnCast

_NO_NAMES: frozenset[str] = frozenset()
_RECIPIENT = Names(frozenset({"recipient"}))


@dataclass(frozen=True)
class ChannelPlan:
    """How the messages of one channel are made."""

    messages: ChannelMessages
    heads: tuple[Head, ...]
    """How the channel can address a row, in written order."""
    rules: OpenRules


@dataclass(frozen=True)
class BatchPlan:
    """How a spec's rows are made many at a time; ``obstacles`` say in words why they are not."""

    casts: Mapping[str, ColumnCast] = field(default_factory=dict)
    """By column, of the variables that the file gives."""
    missing: Mapping[str, Plain] = field(default_factory=dict)
    """Variables that no column gives, with the value that each row gets."""
    given: tuple[tuple[ColumnCast, FieldColumn], ...] = ()
    """Variables under ``with``."""
    addresses: Mapping[str, FieldColumn] = field(default_factory=dict)
    """By identifier key, also those that no channel takes."""
    correlationid: FieldColumn | None = None
    channels: tuple[ChannelPlan, ...] = ()
    work: BoundedWork | None = None
    """What tells rows that need a worker with limits; None where the lists of a row do not tell it."""
    obstacles: tuple[str, ...] = ()

    @property
    def fields(self) -> Iterator[FieldColumn]:
        """Every field that rows decide, in the order of their work."""
        yield from (column for _cast, column in self.given)
        yield from self.addresses.values()
        if self.correlationid is not None:
            yield self.correlationid
        slots = {slot.column.field.path: slot.column for plan in self.channels for slot in plan.messages.slots}
        yield from slots.values()

    @property
    def reads_recipient(self) -> bool:
        """Whether some template asks who the recipient is."""
        return any("recipient" in column.reads for column in self.fields)


def batch_plan(stages: RenderStages, columns: tuple[str, ...] | None) -> BatchPlan:
    """The plan for a file with these columns; None where rows can each have other ones, of any type."""
    return _Planner(stages, columns).plan()


class _Planner:
    def __init__(self, stages: RenderStages, columns: tuple[str, ...] | None) -> None:
        self.stages = stages
        self.environment = stages.engine.environment
        self.spec: AnalysedSpec = stages.binder.spec
        self.columns = None if columns is None else frozenset(filter(None, columns)) - ALWAYS_DECLARED
        self.evaluator = stages.binder.evaluator
        self.obstacles: list[str] = []

    def plan(self) -> BatchPlan:
        shaped = self.spec.shaped
        destination = shaped.destination
        if destination is None or not isinstance(destination.value, dict):
            return BatchPlan(obstacles=("the spec lists its destinations, or a sample is rendered",))
        if shaped.channel_template is not None:
            return BatchPlan(obstacles=("a template chooses the channel of each row",))
        given = self.stages.binder.given
        casts = self._casts(given)
        missing = {name: cast.variable for name, cast in casts.items() if self.columns is not None and name not in self.columns}
        if any(variable.required for variable in missing.values()):
            return BatchPlan(obstacles=("a variable has no column and no default: every row is refused",))
        variables = self._variable_names(casts, given)
        mapping = FieldColumns(self.spec, self.evaluator, self.environment, self._mapping_names(variables))
        first = FieldColumns(self.spec, self.evaluator, self.environment, self._mapping_names(variables, without=frozenset(given)))
        content = FieldColumns(self.spec, self.evaluator, self.environment, _RECIPIENT.over(variables))
        correlationid = destination.get("correlationid")
        made = BatchPlan(
            {name: cast for name, cast in casts.items() if name not in missing},
            {name: _missing(variable) for name, variable in missing.items()},
            tuple((ColumnCast(shaped.variables[name], from_text=True), self._native(first, one)) for name, one in self._given(given)),
            {key: self._native(mapping, one) for key, one in destination.items() if key in ALL_IDENTIFIERS},
            None if correlationid is None else mapping.column(correlationid, self.evaluator.value, native=False),
            tuple(self._channel(renderer, content, destination) for renderer in self.stages.renderers.values()),
            bounded_work(self.spec, given),
        )
        return BatchPlan(obstacles=tuple(dict.fromkeys(self.obstacles))) if self.obstacles else made

    # --- names ---

    def _casts(self, given: Mapping[str, Field]) -> dict[str, ColumnCast]:
        from_text = self.stages.binder.cells_are_text
        return {name: ColumnCast(one, from_text) for name, one in self.spec.shaped.variables.items() if name not in given}

    def _variable_names(self, casts: Mapping[str, ColumnCast], given: Mapping[str, Field]) -> Names:
        variables = {name: one for name, one in self.spec.shaped.variables.items() if name not in ALWAYS_DECLARED}
        never_null = {name for name in variables if ColumnCast(variables[name], from_text=True).never_null}
        texts = frozenset(name for name in never_null if variables[name].type == "string")
        printable = frozenset(name for name in never_null if variables[name].type in ("string", "integer", "number", "boolean"))
        return Names(frozenset(casts) | frozenset(given), texts, printable)

    def _mapping_names(self, variables: Names, without: frozenset[str] = _NO_NAMES) -> Names:
        """What templates under ``destination`` read: the file's columns, variables in front of them, the row itself above all."""
        variables = Names(variables.columns - without, variables.texts - without, variables.printable - without)
        if self.columns is None:
            own = Names(frozenset(self.stages.binder.optional) - ALWAYS_DECLARED)
        else:
            own = Names(self.columns, self.columns, self.columns)
        return _RECIPIENT.over(variables.over(own))

    # --- fields ---

    def _given(self, given: Mapping[str, Field]) -> Iterator[tuple[str, Field]]:
        return ((name, one) for name, one in given.items() if name in self.spec.shaped.variables)

    def _native(self, fields: FieldColumns, one: Field) -> FieldColumn:
        return fields.column(one, lambda field, scope: self.evaluator.value(field, scope, native=True), native=True)

    def _channel(self, renderer: ChannelRenderer, content: FieldColumns, destination: Field) -> ChannelPlan:
        check, channel = self.stages.check, renderer.channel
        rules = check.open_rules(channel) or ()
        for rule in rules:
            if not can_observe(rule):
                self.obstacles.append(f"{channel}: '{rule.name}' looks at every message")
        if check.needs_schema(channel):
            self.obstacles.append(f"{channel}: the payload schema restricts what a template prints")
        open_rules = OpenRules(self.spec, channel, rules, _context(check.context))
        heads = tuple(Head(channel, key) for key, _field in destination.items() if key in IDENTIFIERS[channel])
        return ChannelPlan(self._messages(renderer, content), heads, open_rules)

    def _messages(self, renderer: ChannelRenderer, content: FieldColumns) -> ChannelMessages:
        fields = list(renderer.templates())
        if any(path in NORMALISED for path in renderer.varying):
            self.obstacles.append(f"{renderer.channel}: a template decides the expiry or the priority")
        if any(renderer.is_native(field) for field, _path in fields):
            self.obstacles.append(f"{renderer.channel}: a template gives a value that is no text")
        return patterns(renderer, [self._slot(renderer, content, field, path) for field, path in fields])

    def _slot(self, renderer: ChannelRenderer, content: FieldColumns, field: Field, path: Path) -> Slot:
        column = content.column(field, renderer.evaluate, native=False)
        return Slot(path, column, column.splice)


def _missing(variable: Variable) -> Plain:
    from msgspec_tool.variables.casting import missing_value

    return missing_value(variable)


def _context(context: object) -> RuleContext:
    assert isinstance(context, RuleContext)
    return context
