"""bind: who gets the message, on which channel, under which address, and with which values.

Three sources of recipients, one result: the rows of a file, the objects of an inline list, the spec's samples.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from msgspec_tool.channels.fiction import FICTIONAL_ADDRESSES
from msgspec_tool.channels.layout import ALL_IDENTIFIERS, IDENTIFIERS, canonical
from msgspec_tool.model import AnalysedSpec, BoundMessage, Refusal, Variable
from msgspec_tool.recipients.repeated import RowSet
from msgspec_tool.recipients.rows import BadRow, Row
from msgspec_tool.recipients.suppressed import Suppressed
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.source.plain import PlainDocument
from msgspec_tool.templates.running.evaluation import EvaluationError, Evaluator
from msgspec_tool.variables.casting import CastError, MissingValueError, value_of_cell, value_of_json
from msgspec_tool.variables.numbers import DecimalNumber

Scope = dict[str, Plain]
Addresses = Mapping[str, tuple[str, ...]]
"""Per identifier key in written order, the addresses under it."""


class Bound(NamedTuple):
    """What one row gave: messages, or a refusal; and the channels that were skipped for want of an address."""

    messages: tuple[BoundMessage, ...] = ()
    refusal: Refusal | None = None
    skipped: tuple[str, ...] = ()
    suppressed: tuple[str, ...] = ()
    """The channel of each address that was left out, because it is on the suppression list."""


class Pending(NamedTuple):
    """A recipient whose templates are not evaluated yet: its number can be told even where they never end."""

    number: int
    bind: Callable[[], Bound]


@dataclass(frozen=True)
class Binder:
    """What is the same for all rows: the spec, the chosen environment's values, the channels that are asked for."""

    spec: AnalysedSpec
    evaluator: Evaluator
    environment: Mapping[str, Plain]
    version: str
    """What ``spec.version`` prints: the digest of the spec's text, shortened."""
    channels: tuple[str, ...]
    cells_are_text: bool = True
    """Values of the recipients file are text that is cast (CSV), not values of their own type (JSON Lines)."""
    suppressed: Suppressed | None = None
    """Addresses that get nothing."""
    repeated: RowSet | None = None
    """Rows that are refused because an earlier row has an address of theirs."""

    def rows(self, rows: Iterable[Row | BadRow]) -> Iterator[Pending]:
        """Recipients from a file, through the mapping under ``destination``."""
        destination = self.spec.shaped.destination
        for row in rows:
            if isinstance(row, BadRow):
                reason = f"line {row.line}: {row.reason}" if row.line else row.reason
                refusal = Refusal(row.number, reason, "row-unreadable", row.column)
                yield Pending(row.number, partial(Bound, refusal=refusal))
            elif self.repeated is not None and row.number in self.repeated:
                refusal = Refusal(row.number, "an earlier row has the same address", "DST503")
                yield Pending(row.number, partial(Bound, refusal=refusal))
            else:
                yield self._pending(row.number, partial(self._bind_row, row, destination))

    def inline(self) -> Iterator[Pending]:
        """Recipients from the list under ``destination``; a row is an object of the list, numbered from 1."""
        destination = self.spec.shaped.destination
        for number, item in enumerate(destination.elements() if destination else (), 1):
            yield self._pending(number, partial(self._bind_object, number, item))

    def samples(self, names: Iterable[str]) -> Iterator[Pending]:
        """One fictional recipient for each of the named samples, numbered from 1."""
        for number, name in enumerate(names, 1):
            sample = self.spec.shaped.root.find("samples", name)
            if sample is not None:
                yield self._pending(number, partial(self._bind_sample, number, sample))

    def generated(self, samples: Iterable[Mapping[str, Plain]]) -> Iterator[Pending]:
        """One fictional recipient for each mapping of variables, numbered from 1."""
        for number, values in enumerate(samples, 1):
            yield self._pending(number, partial(self._bind_sample, number, self._stand_in(dict(values))))

    def _stand_in(self, values: dict[str, Plain]) -> Field:
        """What nobody wrote stands where the variables are declared."""
        return Field(PlainDocument(values, self.spec.shaped.root.document, {(): ("variables",)}), (), values)

    def _pending(self, number: int, bind: Callable[[], Bound]) -> Pending:
        return Pending(number, partial(self._guarded, number, bind))

    def _guarded(self, number: int, bind: Callable[[], Bound]) -> Bound:
        try:
            return bind()
        except _RefusedError as error:
            return Bound(refusal=Refusal(number, error.reason, error.code, error.column))
        except EvaluationError as error:
            return Bound(refusal=Refusal(number, error.reason, "render-failed"))

    # --- rows of a file ---

    def _bind_row(self, row: Row, destination: Field | None) -> Bound:
        with_ = self.given
        columns = self._cast_columns(row, with_)
        base = self._base(row.number)
        variables = self._row_variables(columns, with_, base)
        reads = {**self.optional, **columns, **variables, **base}
        addresses = {key: self._address(field, reads) for key, field in self._mapped}
        return self._messages(row.number, addresses, destination, variables, reads)

    @cached_property
    def given(self) -> Mapping[str, Field]:
        """The fields under the mapping's ``with``, by variable."""
        given = self.spec.shaped.root.find("destination", "with")
        return dict(given.items()) if given else {}

    @cached_property
    def _mapped(self) -> tuple[tuple[str, Field], ...]:
        """The mapping's identifier keys and their fields."""
        return tuple(_identifiers(self.spec.shaped.destination))

    def _cast_columns(self, row: Row, overridden: Collection[str]) -> Scope:
        """The row by column: declared ones cast, others as they are. A declared one that the row lacks is as good as an empty one."""
        values: Scope = dict(row.values)
        for name, variable in self.spec.shaped.variables.items():
            if name not in overridden:
                values[name] = _cast(variable, values.get(name), from_text=self.cells_are_text and name in values)
        return values

    def _row_variables(self, columns: Scope, with_: Mapping[str, Field], base: Scope) -> Scope:
        variables: Scope = {}
        for name in self.spec.shaped.variables:
            if name not in with_:
                variables[name] = columns[name]
        reads = {**self.optional, **variables, **columns, **base}
        for name, field in with_.items():
            declared = self.spec.shaped.variables.get(name)
            if declared is not None:
                value = self.evaluator.value(field, reads, native=True)
                value = None if value is self.evaluator.omit else value
                variables[name] = _cast(declared, value, from_text=isinstance(value, str))
        return variables

    @cached_property
    def optional(self) -> dict[str, None]:
        """What rows of JSON Lines may lack: every name that the mapping's templates read is null where a row has no such member."""
        destination = self.spec.shaped.destination
        if self.cells_are_text or destination is None:
            return {}
        found = (self.evaluator.template(field) for field in destination.walk())
        return dict.fromkeys(name for template in found if template for name in template.reads)

    def _address(self, field: Field, reads: Scope) -> tuple[str, ...]:
        value = self.evaluator.value(field, reads, native=True)
        if value is None or value is self.evaluator.omit:
            return ()
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            decimals = "; this is a number with decimals" if isinstance(value, float) else ""
            raise _RefusedError(f"destination.{field.path[-1]}: an address is text or a whole number{decimals}", "DST501")
        return (str(value),)

    # --- objects of an inline list ---

    def _bind_object(self, number: int, item: Field) -> Bound:
        given = item.get("with")
        base = self._base(number)
        values = {name: self.evaluator.value(field, base, native=True) for name, field in given.items()} if given else {}
        variables = self._native_variables(values, given)
        reads = {**variables, **base}
        addresses = {key: tuple(self._listed(field, reads)) for key, field in _identifiers(item)}
        return self._messages(number, addresses, item, variables, reads)

    def _listed(self, field: Field, reads: Scope) -> Iterator[str]:
        for one in field.elements() if isinstance(field.value, list) else (field,):
            yield from self._address(one, reads)

    def _native_variables(self, values: Mapping[str, Plain], source: Field | None) -> Scope:
        variables: Scope = {}
        for name, variable in self.spec.shaped.variables.items():
            value = values.get(name)
            place = source.get(name) if source is not None else None
            variables[name] = _cast(variable, _with_lexemes(value, place))
        return variables

    # --- samples ---

    def _bind_sample(self, number: int, sample: Field) -> Bound:
        destination = self.spec.shaped.destination
        variables = self._native_variables(sample.value if isinstance(sample.value, dict) else {}, sample)
        reads = {**variables, **self._base(number)}
        own = sample.get("recipient") if "recipient" not in self.spec.shaped.variables else None
        addresses: dict[str, tuple[str, ...]] = {key: tuple(self._listed(field, reads)) for key, field in _identifiers(own)}
        if not any(map(any, addresses.values())):
            addresses = {key: (FICTIONAL_ADDRESSES[key],) for key in self._keys_in_use(destination)}
        mapping = destination if destination is not None and isinstance(destination.value, dict) else None
        return self._messages(number, addresses, self._readable(mapping, reads), variables, reads)

    def _keys_in_use(self, destination: Field | None) -> tuple[str, ...]:
        """The identifier keys that the spec writes, then the usual one of each channel."""
        items = destination.elements() if destination and isinstance(destination.value, list) else iter((destination,))
        written = [key for item in items for key, _field in _identifiers(item)]
        return tuple(dict.fromkeys([*written, *(keys[0] for keys in IDENTIFIERS.values())]))

    def _readable(self, mapping: Field | None, reads: Scope) -> Field | None:
        """The mapping, unless its correlation id needs columns, which a sample has not."""
        field = mapping.get("correlationid") if mapping else None
        template = self.evaluator.template(field) if field else None
        return mapping if template is None or template.reads <= reads.keys() else None

    # --- what all have in common ---

    @cached_property
    def constants(self) -> Scope:
        """The names that mean the same for every recipient."""
        return {"env": self.environment, "spec": {"name": self.spec.shaped.name, "version": self.version}}

    def _base(self, number: int) -> Scope:
        return {**self.constants, "recipient": {"row": number, "address": None, "channel": None}}

    def _messages(self, number: int, addresses: Addresses, source: Field | None, variables: Scope, reads: Scope) -> Bound:
        channels = self._channels(reads)
        found: list[BoundMessage] = []
        skipped, suppressed = [], []
        for channel in channels:
            chosen = _first_address(channel, addresses)
            if chosen is None:
                skipped.append(channel)
                continue
            key, listed = chosen
            if self.suppressed is not None:
                wanted = tuple(address for address in listed if not self.suppressed.holds(key, address))
                suppressed += [channel] * (len(listed) - len(wanted))
                listed = wanted
            found += (self._message(number, channel, key, address, source, variables, reads) for address in listed)
        if channels and not found and not suppressed:
            raise _RefusedError(f"there is no address for {' or '.join(channels)}", "DST501")
        return Bound(tuple(found), skipped=tuple(skipped), suppressed=tuple(suppressed))

    def _channels(self, reads: Scope) -> tuple[str, ...]:
        """The channels of this recipient: the spec's, or the one that the template of ``deliverychannel`` names."""
        field = self.spec.shaped.channel_template
        if field is None:
            return self.channels
        value = self.evaluator.value(field, reads)
        channel = canonical(value.strip()) if isinstance(value, str) else None
        if channel is None or channel not in self.spec.shaped.channels:
            raise _RefusedError("deliverychannel: the value is no channel that the spec has a block for", "SPC104")
        return (channel,) if channel in self.channels else ()

    def _message(
        self, number: int, channel: str, key: str, address: str, source: Field | None, variables: Scope, reads: Scope
    ) -> BoundMessage:
        recipient = {"row": number, "address": address, "channel": channel}
        written = source.get("correlationid") if source else None
        value = None if written is None else self.evaluator.value(written, {**reads, "recipient": recipient})
        correlation = None if value is None or value is self.evaluator.omit or value == "" else str(value)
        scope = {**variables, "env": reads["env"], "spec": reads["spec"], "recipient": recipient}
        return BoundMessage(number, channel, key, address, correlation, scope)


class _RefusedError(Exception):
    def __init__(self, reason: str, code: str, column: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.column = column


def _identifiers(holder: Field | None) -> Iterator[tuple[str, Field]]:
    """The identifier keys of a destination and their fields, in written order."""
    for key, field in holder.items() if holder else ():
        if key in ALL_IDENTIFIERS:
            yield key, field


def _first_address(channel: str, addresses: Addresses) -> tuple[str, tuple[str, ...]] | None:
    for key, listed in addresses.items():
        filled = tuple(address for address in listed if address.strip())
        if filled and key in IDENTIFIERS[channel]:
            return key, filled
    return None


def _cast(variable: Variable, value: Plain, *, from_text: bool = False) -> Plain:
    """The variable's value. Text of a file is cast by the declared type; values of JSON and YAML have one already."""
    try:
        return value_of_cell(variable, value) if from_text else value_of_json(variable, value)
    except MissingValueError as error:
        raise _RefusedError(error.reason, "VAR302", variable.name) from error
    except CastError as error:
        raise _RefusedError(error.reason, "cast-failed", variable.name) from error


def _with_lexemes(value: Plain, place: Field | None) -> Plain:
    """A number as its author wrote it: 1299.50 stays a decimal of two places."""
    if isinstance(value, float) and not isinstance(value, DecimalNumber) and place is not None and place.value is value:
        try:
            number = DecimalNumber(place.lexeme)
        except ValueError:
            return value
        return number if number == value else value
    return value
