"""Message objects of one channel as text: what is the same for everybody is JSON already, with gaps for what is not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from msgspec_tool.batches.encoding import encoded
from msgspec_tool.batches.fields import FieldColumn
from msgspec_tool.batches.scopes import Column, Scope
from msgspec_tool.channels.gsm7 import is_gsm7, septets
from msgspec_tool.channels.sms_parts import GSM7_PART, GSM7_SINGLE, parts_of_many
from msgspec_tool.domain.simple_texts import are_texts, picked
from msgspec_tool.source.document import Field, Path
from msgspec_tool.stages.emit import content_text
from msgspec_tool.stages.render import ChannelRenderer
from msgspec_tool.templates.running.batch import Spliced
from msgspec_tool.templates.running.gaps import Gapped, GappedTexts

SMS_TEXT: Path = ("channels", "sms", "text")


class Slot(NamedTuple):
    """A place of a message object that differs from row to row: where it is, and what fills it."""

    target: Path
    column: FieldColumn
    splice: Spliced | None = None
    """What stands there as text with gaps of its own: then only its columns are filled in, and nobody makes the text."""


class Contents(NamedTuple):
    """What fills the gaps of the message objects of some rows, slot by slot."""

    rows: int
    gaps: Sequence[Sequence[str]]
    """As they stand between the quotes of JSON."""
    texts: Sequence[Sequence[str]]
    """As they are read."""
    unicode: Sequence[bool] | None = None
    """Which objects get the type of Unicode; None where none does."""
    simple: bool = False
    """SMS texts of all rows are GSM-7 of one septet a character."""
    longest: float = 0
    """Characters that no simple SMS text exceeds."""

    def taken(self, indices: Sequence[int]) -> Contents:
        """Those of some of the rows."""
        unicode = None if self.unicode is None else [self.unicode[index] for index in indices]
        return self._replace(
            rows=len(indices),
            gaps=[picked(column, indices) for column in self.gaps],
            texts=[picked(column, indices) for column in self.texts],
            unicode=unicode,
        )


@dataclass(frozen=True)
class ChannelMessages:
    """Makes the message objects of one channel."""

    channel: str
    slots: tuple[Slot, ...]
    plain: Gapped
    """The message object without its destination and its last bracket, with a gap for each slot, or for each of its splice."""
    unicode: Gapped | None
    """The same with the type that an SMS in Unicode gets, where the spec leaves it open."""
    constant_text: str | None
    """The text of an SMS that is the same for everybody."""

    @property
    def reads(self) -> frozenset[str]:
        """The names that the templates read."""
        return frozenset().union(*(slot.column.reads for slot in self.slots))

    @property
    def nothing(self) -> Contents:
        """What there is of no rows."""
        return self.make(Scope(0, defaultdict(list), {}), set())

    def make(self, scope: Scope, doubtful: set[int]) -> Contents:
        """The objects for all rows of a scope; those of doubtful rows are nobody's."""
        texts: list[Sequence[str]] = []
        gaps: list[Sequence[str]] = []
        simple, longest = self.constant_text is None, 0.0
        for slot in self.slots:
            filling = _filling(slot, scope, doubtful)
            texts.append(filling.texts)
            gaps += filling.gaps
            if slot.target == SMS_TEXT:
                simple, longest = filling.simple, filling.longest
        if self.unicode is None or simple:
            return Contents(scope.rows, gaps, texts, None, simple, longest)
        odd = [not is_gsm7(text) for text in self.sms_texts(texts, scope.rows)]
        return Contents(scope.rows, gaps, texts, odd if any(odd) else None)

    def objects(self, contents: Contents) -> list[str]:
        """The message objects, without their destination and their last bracket."""
        made = self.plain.filled(contents.gaps, contents.rows)
        if contents.unicode is None or self.unicode is None:
            return made
        other = self.unicode.filled(contents.gaps, contents.rows)
        return [two if odd else one for odd, one, two in zip(contents.unicode, made, other, strict=True)]

    def sms_texts(self, texts: Sequence[Sequence[str]], rows: int) -> Sequence[str]:
        """The texts of SMS, row by row; nothing on other channels."""
        if self.constant_text is not None:
            return [self.constant_text] * rows
        return next((column for slot, column in zip(self.slots, texts, strict=True) if slot.target == SMS_TEXT), ())


class _Filling(NamedTuple):
    """What stands at one slot: its texts, and the columns of its gaps."""

    texts: Sequence[str]
    gaps: Sequence[Sequence[str]]
    simple: bool
    longest: float


def _filling(slot: Slot, scope: Scope, doubtful: set[int]) -> _Filling:
    if slot.splice is None:
        texts = _texts(slot.column.make(scope, doubtful), doubtful)
        made = encoded(texts, doubtful)
        return _Filling(texts, [made.texts], made.simple, max(map(len, texts), default=0) if slot.target == SMS_TEXT else 0)
    read: list[Any] = [scope.columns[name] for name in slot.splice.names]
    columns = [encoded(column, doubtful) for column in read]
    literal = slot.splice.literal
    simple = all(one.simple for one in columns) and is_gsm7(literal) and septets(literal) == len(literal)
    longest = slot.column.most
    if simple and longest > GSM7_SINGLE:
        longest = len(literal) + sum(max(map(len, one.texts), default=0) for one in columns)
    return _Filling(GappedTexts(slot.splice.text, read, scope.rows), [one.texts for one in columns], simple, longest)


def _texts(column: Column, doubtful: set[int]) -> Sequence[str]:
    """The column, with nothing at the place of values that are no text: fields that are left out, values of refused rows."""
    if not column or are_texts(column):
        return column
    doubtful.update(index for index, value in enumerate(column) if not isinstance(value, str))
    return [value if isinstance(value, str) else "" for value in column]


def _gaps(slot: Slot) -> Gapped:
    """What a slot leaves open, as it stands between the quotes of JSON."""
    literals = ("", "") if slot.splice is None else slot.splice.text.literals
    return Gapped(tuple(content_text(literal)[1:-1] for literal in literals))


def sms_sizes(texts: Sequence[str], contents: Contents) -> tuple[Counter[int], Counter[str]]:
    """How many of some SMS of these contents have so many parts, and how many are in each encoding."""
    if contents.simple and contents.longest <= GSM7_SINGLE:
        return Counter({1: len(texts)}), Counter(gsm7=len(texts))
    if contents.simple:
        parts: Counter[int] = Counter()
        for size, number in Counter(map(len, texts)).items():
            parts[1 if size <= GSM7_SINGLE else -(-size // GSM7_PART)] += number
        return parts, Counter(gsm7=len(texts))
    unicode = [not is_gsm7(text) for text in texts]
    encodings = Counter({name: number for name, number in (("ucs2", sum(unicode)), ("gsm7", len(texts) - sum(unicode))) if number})
    return parts_of_many(texts, unicode), encodings


def patterns(renderer: ChannelRenderer, slots: Sequence[Slot]) -> ChannelMessages:
    """The messages of a channel, given what fills their places, in any order."""
    plain, order = _pattern(renderer, slots, "")
    other, _order = _pattern(renderer, slots, "\u0939")
    constant = dict(renderer.parts).get(SMS_TEXT) if renderer.channel == "sms" else None
    return ChannelMessages(
        renderer.channel, order, plain, other if other != plain else None, constant if isinstance(constant, str) else None
    )


def _pattern(renderer: ChannelRenderer, slots: Sequence[Slot], beginning: str) -> tuple[Gapped, tuple[Slot, ...]]:
    """The object with a mark at each place, cut at the marks. ``beginning`` is a character that all marks hold."""
    for attempt in range(len(slots) + 2):
        marks = {f"{beginning}gap-{attempt}-{number}-": slot for number, slot in enumerate(slots)}
        of = {slot.column.field.path: mark for mark, slot in marks.items()}
        text = content_text(renderer.content(partial(_mark, of)))[:-1]
        cut = re.split(f"({'|'.join(map(re.escape, marks))})" if marks else "((?!))", text)
        order = tuple(marks[mark] for mark in cut[1::2])
        if len(order) == len(slots) == len({slot.target for slot in order}):
            made = Gapped((cut[0],))
            for slot, literal in zip(order, cut[2::2], strict=True):
                made = made.then(_gaps(slot)).then(Gapped((literal,)))
            return made, order
    raise AssertionError("a text of the spec holds every mark")


def _mark(of: Mapping[Path, str], field: Field) -> str:
    return of[field.path]
