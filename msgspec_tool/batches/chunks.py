"""A chunk of rows on its way to messages: cast, addressed and rendered column by column, with the rows that are in doubt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TypeGuard

from msgspec_tool.batches.encoding import encoded
from msgspec_tool.batches.merging import NOTHING, Placed
from msgspec_tool.batches.messages import Contents, sms_sizes
from msgspec_tool.batches.observing import Values
from msgspec_tool.batches.planning import BatchPlan, ChannelPlan
from msgspec_tool.batches.requests import OBJECT, Head, Messages, form_of
from msgspec_tool.batches.scopes import Column, Scope
from msgspec_tool.channels.sms_parts import count
from msgspec_tool.channels.tariffs import Tariff
from msgspec_tool.domain.simple_texts import SimpleTexts, are_texts, picked
from msgspec_tool.model import ALWAYS_DECLARED
from msgspec_tool.recipients.columns import Columns
from msgspec_tool.recipients.rows import Row
from msgspec_tool.rendering.outcome import RenderCounts
from msgspec_tool.stages.bind import Binder


@dataclass(frozen=True)
class Part:
    """What one channel gives for the rows of a chunk that it can address, column by column."""

    plan: ChannelPlan
    rows: Sequence[int]
    """Indices of the rows in the chunk."""
    contents: Contents
    heads: Sequence[Head]
    addresses: Sequence[str]
    ids: Sequence[str | None]
    absent: Sequence[int]
    """Rows that the channel can't address."""
    suppressed: Sequence[int]
    """Rows whose address is on the suppression list."""
    identified: bool | None
    """Whether all have a correlation id, or none; None where some do."""

    def placed(self, order: int, numbers: Sequence[int], doubtful: set[int]) -> Placed:
        """The messages of rows that are not in doubt, given the numbers of all rows and the channel's place among the channels."""
        kept = self.without(doubtful) if doubtful else self
        if not kept.rows:
            return NOTHING
        return Placed(numbers if len(kept.rows) == len(numbers) else [numbers[row] for row in kept.rows], order, kept._messages())

    def without(self, doubtful: set[int]) -> Part:
        """What is given for rows that are not in doubt."""
        stay = [index for index, row in enumerate(self.rows) if row not in doubtful]
        if len(stay) == len(self.rows):
            return self
        ids = picked(self.ids, stay)
        return replace(
            self,
            rows=picked(self.rows, stay),
            contents=self.contents.taken(stay),
            heads=picked(self.heads, stay),
            addresses=picked(self.addresses, stay),
            ids=ids,
            identified=_identified(ids) if self.identified is None else self.identified,
        )

    def _messages(self) -> Messages:
        """Of one form, where they are all addressed alike."""
        made = self.plan.messages
        if len(_distinct(self.plan, self.heads)) == 1 and self.identified is not None:
            head, identified = self.heads[0], self.identified
            if self.contents.unicode is None:
                return Messages(self.addresses, self.ids, form_of(made.plain, head, identified), self.contents.gaps)
            return Messages(self.addresses, self.ids, form_of(OBJECT, head, identified), [made.objects(self.contents)])
        return Messages(self.addresses, self.ids, objects=made.objects(self.contents), heads=self.heads)

    def count(self, counts: RenderCounts, doubtful: set[int], tariff: Tariff | None) -> None:
        """Add the messages of rows that are not in doubt to the counts, their SMS parts by a tariff too where there is one."""
        channel = self.plan.messages.channel
        kept = [index for index, row in enumerate(self.rows) if row not in doubtful] if doubtful else range(len(self.rows))
        skipped = sum(row not in doubtful for row in self.absent)
        if skipped:
            counts.skipped[channel] += skipped
        suppressed = sum(row not in doubtful for row in self.suppressed)
        if suppressed:
            counts.suppressed[channel] += suppressed
        if not kept:
            return
        counts.addresses[channel] += len(kept)
        texts = self.plan.messages.sms_texts(self.contents.texts, len(self.rows))
        if texts:
            texts = [texts[index] for index in kept] if doubtful else texts
            parts, encodings = sms_sizes(texts, self.contents)
            counts.sms_parts.update(parts)
            counts.sms_encodings.update(encodings)
            if tariff is not None:
                for index, size in zip(kept, repeat(1) if parts.keys() <= {1} else [count(text).parts for text in texts], strict=False):
                    counts.parts_by_prefix[tariff.prefix(self.addresses[index])] += size


class Chunk:
    """Rows of a file, and what becomes of them. ``passes`` tells whether the form of a row's message passes the fixed checks."""

    def __init__(self, plan: BatchPlan, binder: Binder, columns: Columns, passes: Callable[[object, Row], bool]) -> None:
        self.plan = plan
        self.binder = binder
        self.columns = columns
        self.passes = passes
        self.doubtful: set[int] = set()
        """Rows that the stages have to look at, by their indices."""
        self._kept: Sequence[int] = range(len(columns.numbers))
        """The rows that are still in the columns at work."""

    def parts(self) -> list[Part]:
        """What each channel gives. Rows that no channel can address are in doubt."""
        mapping, variables = self._scopes()
        addresses = {key: self._addresses(key, mapping) for key in self.plan.addresses}
        made = [self._part(plan, addresses, mapping, variables) for plan in self.plan.channels]
        if any(part.absent for part in made):
            reached = set().union(*(rows for part in made for rows in (part.rows, part.suppressed)))
            self.doubtful.update(row for row in self._kept if row not in reached)
        return made

    # --- values ---

    def _scopes(self) -> tuple[Scope, frozenset[str]]:
        """What the templates of the mapping read, and the names in it that templates of messages read too."""
        rows = len(self.columns.numbers)
        own = {name: column for name, column in self.columns.values.items() if name not in ALWAYS_DECLARED}
        nothing = [None] * rows
        repeated = self.binder.repeated
        doubts = {index for index, number in enumerate(self.columns.numbers) if number in repeated} if repeated is not None else set()
        cast = {name: one.values(own.get(name, nothing), doubts) for name, one in self.plan.casts.items()}
        constant = {name: [value] * rows for name, value in self.plan.missing.items()}
        optional = {name: nothing for name in self.binder.optional if name not in own and name not in ALWAYS_DECLARED}
        scope = self._without(Scope(rows, {**optional, **own, **constant, **cast, **self._recipients(None)}, self.binder.constants), doubts)
        if self.plan.given:
            scope = self._given(scope)
        if self.plan.work is not None and self.plan.work.looping:
            scope = self._without(scope, self.plan.work.long_rows(scope))
        return scope, frozenset((*cast, *constant, *(one.variable.name for one, _column in self.plan.given)))

    def _given(self, scope: Scope) -> Scope:
        """The scope with the variables under ``with``."""
        doubts: set[int] = set()
        values: dict[str, Column] = {}
        for cast, column in self.plan.given:
            made = [None if value is self.binder.evaluator.omit else value for value in column.make(scope, doubts)]
            values[cast.variable.name] = cast.values(made, doubts)
        return self._without(scope.having(values), doubts)

    def _without(self, scope: Scope, doubts: set[int]) -> Scope:
        """The scope without the rows that are in doubt."""
        if not doubts:
            return scope
        self.doubtful.update(self._kept[index] for index in doubts)
        stay = [index for index in range(scope.rows) if index not in doubts]
        self._kept = [self._kept[index] for index in stay]
        return scope.taken(stay, scope.columns)

    def _recipients(self, channel: str | None, indices: Sequence[int] | None = None, addresses: Column = ()) -> Mapping[str, Column]:
        """The column ``recipient``, where somebody reads it."""
        if not self.plan.reads_recipient:
            return {}
        if indices is None:
            return {"recipient": [{"row": number, "address": None, "channel": None} for number in self.columns.numbers]}
        numbers = (self.columns.numbers[index] for index in indices)
        made = zip(numbers, addresses, strict=True)
        return {"recipient": [{"row": number, "address": address, "channel": channel} for number, address in made]}

    def _addresses(self, key: str, mapping: Scope) -> Sequence[str | None]:
        """The addresses under one identifier key; None where a row has none."""
        doubts: set[int] = set()
        column = self.plan.addresses[key].make(mapping, doubts)
        if _are_filled(column):
            found: Sequence[str | None] = column
        else:
            found = [self._address(index, value, doubts) for index, value in enumerate(column)]
        self.doubtful.update(self._kept[index] for index in doubts)
        return found

    def _address(self, index: int, value: object, doubts: set[int]) -> str | None:
        if value is None or value is self.binder.evaluator.omit:
            return None
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            doubts.add(index)
            return None
        return str(value) if str(value).strip() else None

    # --- channels ---

    def _part(self, plan: ChannelPlan, addresses: Mapping[str, Sequence[str | None]], mapping: Scope, variables: frozenset[str]) -> Part:
        heads, found = self._chosen(plan, addresses, mapping.rows)
        chosen: Sequence[str] = found  # type: ignore[assignment]
        rows, absent = self._kept, [self._kept[index] for index, one in enumerate(found) if one is None] if None in found else []
        suppressed = self._suppressed(heads, found)
        if absent or suppressed:
            present = [index for index, one in enumerate(found) if one is not None and index not in suppressed]
            rows = [self._kept[index] for index in present]
            mapping = mapping.taken(present, mapping.columns)
            heads, chosen = [heads[index] for index in present], [found[index] or "" for index in present]
        reached = self._recipients(plan.messages.channel, rows, chosen)
        doubts = {index for index, row in enumerate(rows) if row in self.doubtful} if self.doubtful else set()
        ids = self._ids(mapping.having(reached), doubts)
        identified = _identified(ids)
        scope = Scope(mapping.rows, {**{name: mapping.columns[name] for name in variables}, **reached}, mapping.constants)
        contents = plan.messages.make(scope, doubts) if rows else plan.messages.nothing
        if rows:
            forms = _forms(plan, contents, heads, ids, identified)
            self._settle(forms, rows, doubts)
            doubts |= _breaking(plan, contents, heads, chosen, () if identified is False else ids)
        quoted = encoded(chosen, doubts).texts
        self.doubtful.update(rows[index] for index in doubts)
        quoted_ids = ids if identified is False else _quoted_ids(ids, doubts)
        return Part(plan, rows, contents, heads, quoted, quoted_ids, absent, [self._kept[index] for index in suppressed], identified)

    def _suppressed(self, heads: Sequence[Head], addresses: Sequence[str | None]) -> Collection[int]:
        """The rows whose addresses are on the suppression list."""
        listed = self.binder.suppressed
        if listed is None:
            return ()
        return {index for key in {head.key for head in heads} for index in listed.among(key, addresses) if heads[index].key == key}

    def _chosen(
        self, plan: ChannelPlan, addresses: Mapping[str, Sequence[str | None]], rows: int
    ) -> tuple[Sequence[Head], Sequence[str | None]]:
        """For each row how the channel addresses it: under the first key that has an address."""
        if len(plan.heads) == 1:
            return [plan.heads[0]] * rows, addresses[plan.heads[0].key]
        found = [next(((head, one) for head in plan.heads if (one := addresses[head.key][index])), None) for index in range(rows)]
        return [one[0] if one else plan.heads[0] for one in found], [one[1] if one else None for one in found]

    def _ids(self, mapping: Scope, doubts: set[int]) -> Sequence[str | None]:
        """The correlation ids; None where a row has none."""
        column = self.plan.correlationid
        if column is None or not mapping.rows:
            return [None] * mapping.rows
        made = column.make(mapping, doubts)
        if are_texts(made) and (made.lengths[0] > 0 if isinstance(made, SimpleTexts) else "" not in made):
            return made
        return [None if value is None or value is self.binder.evaluator.omit or value == "" else str(value) for value in made]

    def _settle(self, forms: Sequence[object], rows: Sequence[int], doubts: set[int]) -> None:
        """Of each form of messages, have one row pass all checks; rows that do not are in doubt."""
        same = len(forms) == 1
        for form in dict.fromkeys(forms):
            members = (index for index in range(len(rows)) if (same or forms[index] == form) and index not in doubts)
            for index in members:
                if self.passes(form, self.columns.row(rows[index])):
                    break
                doubts.add(index)


def _are_filled(column: Sequence[object]) -> TypeGuard[Sequence[str]]:
    """Whether every value is text that is not blank."""
    if isinstance(column, SimpleTexts):
        return not column.blank
    return are_texts(column) and all(map(str.strip, column))


def _forms(
    plan: ChannelPlan, contents: Contents, heads: Sequence[Head], ids: Sequence[str | None], identified: bool | None
) -> Sequence[object]:
    """What of each message may decide whether it passes the fixed checks; once, where it is the same for all of them."""
    if len(_distinct(plan, heads)) == 1 and contents.unicode is None and identified is not None:
        return [(heads[0], not identified, False)]
    return list(zip(heads, [one is None for one in ids], contents.unicode or repeat(False), strict=False))


def _identified(ids: Sequence[str | None]) -> bool | None:
    """Whether all rows have an id, or none; None where some do."""
    if type(ids) is SimpleTexts or None not in ids:
        return True
    return False if set(ids) == {None} else None


def _breaking(
    plan: ChannelPlan, contents: Contents, heads: Sequence[Head], addresses: Sequence[str], ids: Sequence[str | None]
) -> set[int]:
    """The messages that an open rule may object to; without ``ids`` none has one."""
    doubts: set[int] = set()
    several_heads = _distinct(plan, heads)
    for head in several_heads:
        several = [
            Values(("destination", 0, head.key, 0), ("destination", head.key), addresses),
            *(Values(slot.target, slot.column.field.path, texts) for slot, texts in zip(plan.messages.slots, contents.texts, strict=True)),
        ]
        if ids:
            several.append(Values(("destination", 0, "correlationid"), ("destination", "correlationid"), _texts(ids)))
        if len(several_heads) == 1:
            return plan.rules.doubtful(several, len(heads))
        members = [index for index, one in enumerate(heads) if one == head]
        found = plan.rules.doubtful([one.chosen(members) for one in several], len(members))
        doubts.update(members[index] for index in found)
    return doubts


def _distinct(plan: ChannelPlan, heads: Sequence[Head]) -> Collection[Head]:
    """The different ways in which messages are addressed."""
    return plan.heads if len(plan.heads) == 1 else set(heads)


def _texts(ids: Sequence[str | None]) -> Sequence[str]:
    return ids if isinstance(ids, SimpleTexts) else [one or "" for one in ids]


def _quoted_ids(ids: Sequence[str | None], doubts: set[int]) -> Sequence[str | None]:
    if isinstance(ids, SimpleTexts):
        return ids
    return [text or None for text in encoded(_texts(ids), doubts).texts]
