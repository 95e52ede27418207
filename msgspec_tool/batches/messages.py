"""Message objects of one channel as text: what is the same for everybody is JSON already, with gaps for what is not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec_tool.batches.encoding import encoded
from msgspec_tool.batches.fields import FieldColumn
from msgspec_tool.batches.scopes import Column, Scope
from msgspec_tool.channels.gsm7 import is_gsm7
from msgspec_tool.channels.sms_parts import GSM7_PART, GSM7_SINGLE, count
from msgspec_tool.source.document import Field, Path
from msgspec_tool.stages.emit import request_bytes
from msgspec_tool.stages.render import ChannelRenderer

SMS_TEXT: Path = ("channels", "sms", "text")


class Slot(NamedTuple):
    """A gap of a message object: where it is, and what fills it."""

    target: Path
    column: FieldColumn


@dataclass(frozen=True)
class Pattern:
    """A message object without its destination and its last bracket; for ``%``, with gaps."""

    text: str

    def filled(self, columns: Sequence[Sequence[str]], rows: int) -> list[str]:
        """One object for each row."""
        return list(map(self.text.__mod__, zip(*columns, strict=True))) if columns else [self.text % ()] * rows


class Contents(NamedTuple):
    """Message objects of some rows, and the texts in them before they became JSON."""

    objects: list[str]
    texts: Sequence[Sequence[str]]
    """By slot."""
    unicode: Sequence[bool] | None = None
    """Which objects got the type of Unicode; None where none did."""
    simple: bool = False
    """SMS texts of all rows are ASCII of one septet a character."""


@dataclass(frozen=True)
class ChannelMessages:
    """Makes the message objects of one channel."""

    channel: str
    slots: tuple[Slot, ...]
    plain: Pattern
    unicode: Pattern | None
    """With the type that an SMS in Unicode gets, where the spec leaves it open."""
    constant_text: str | None
    """The text of an SMS that is the same for everybody."""

    @property
    def reads(self) -> frozenset[str]:
        """The names that the templates read."""
        return frozenset().union(*(slot.column.reads for slot in self.slots))

    def make(self, scope: Scope, doubtful: set[int]) -> Contents:
        """The objects for all rows of a scope; those of doubtful rows are nobody's."""
        texts = [_texts(slot.column.make(scope, doubtful), doubtful) for slot in self.slots]
        made = [encoded(column, doubtful) for column in texts]
        columns = [one.texts for one in made]
        objects = self.plain.filled(columns, scope.rows)
        simple = all(one.simple for slot, one in zip(self.slots, made, strict=True) if slot.target == SMS_TEXT)
        if self.unicode is None or simple:
            return Contents(objects, texts, simple=simple and self.constant_text is None)
        printed = self.sms_texts(texts, scope.rows)
        odd = [not is_gsm7(text) for text in printed]
        if any(odd):
            other = self.unicode.filled(columns, scope.rows)
            objects = [two if chosen else one for chosen, one, two in zip(odd, objects, other, strict=True)]
        return Contents(objects, texts, odd)

    def sms_texts(self, texts: Sequence[Sequence[str]], rows: int) -> Sequence[str]:
        """The texts of SMS, row by row; nothing on other channels."""
        if self.constant_text is not None:
            return [self.constant_text] * rows
        return next((column for slot, column in zip(self.slots, texts, strict=True) if slot.target == SMS_TEXT), ())


def _texts(column: Column, doubtful: set[int]) -> Sequence[str]:
    """The column, with nothing at the place of values that are no text: fields that are left out, values of refused rows."""
    if set(map(type, column)) <= {str}:
        return column
    doubtful.update(index for index, value in enumerate(column) if not isinstance(value, str))
    return [value if isinstance(value, str) else "" for value in column]


def sms_sizes(texts: Sequence[str], *, simple: bool) -> tuple[Counter[int], Counter[str]]:
    """How many of some SMS have so many parts, and how many are in each encoding; ``simple`` ones take a septet a character."""
    parts: Counter[int] = Counter()
    if simple:
        for size, number in Counter(map(len, texts)).items():
            parts[1 if size <= GSM7_SINGLE else -(-size // GSM7_PART)] += number
        return parts, Counter(gsm7=len(texts))
    found = [count(text) for text in texts]
    return Counter(one.parts for one in found), Counter(one.encoding for one in found)


def patterns(renderer: ChannelRenderer, fields: Sequence[Field]) -> tuple[Pattern, Pattern | None, tuple[Field, ...]]:
    """The channel's message object with gaps, as it is and with the type of Unicode, and the fields of its gaps in their order."""
    plain, order = _pattern(renderer, fields, "")
    other, _order = _pattern(renderer, fields, "\u0939")
    return plain, other if other != plain else None, order


def _pattern(renderer: ChannelRenderer, fields: Sequence[Field], beginning: str) -> tuple[Pattern, tuple[Field, ...]]:
    """The object with a mark at each gap, cut at the marks. ``beginning`` is a character that all marks hold."""
    for attempt in range(len(fields) + 2):
        marks = {f"{beginning}gap-{attempt}-{number}-": field for number, field in enumerate(fields)}
        of = {field.path: mark for mark, field in marks.items()}
        text = request_bytes(renderer.content(lambda field, of=of: of[field.path])).decode()[:-1]
        found = re.split("|".join(map(re.escape, marks)) or "(?!)", text)
        order = tuple(marks[mark] for mark in re.findall("|".join(map(re.escape, marks)) or "(?!)", text))
        if len(order) == len(fields) == len({field.path for field in order}):
            return Pattern("%s".join(part.replace("%", "%%") for part in found)), order
    raise AssertionError("a text of the spec holds every mark")
