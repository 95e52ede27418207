"""Message objects of one channel as text: what is the same for everybody is JSON already, with gaps for what is not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from msgspec_tool.batches.encoding import encoded
from msgspec_tool.batches.fields import FieldColumn
from msgspec_tool.batches.requests import filled
from msgspec_tool.batches.scopes import Column, Scope
from msgspec_tool.channels.gsm7 import is_gsm7
from msgspec_tool.channels.sms_parts import GSM7_PART, GSM7_SINGLE, count
from msgspec_tool.source.document import Field, Path
from msgspec_tool.stages.emit import content_text
from msgspec_tool.stages.render import ChannelRenderer

SMS_TEXT: Path = ("channels", "sms", "text")


class Slot(NamedTuple):
    """A gap of a message object: where it is, and what fills it."""

    target: Path
    column: FieldColumn


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
    """SMS texts of all rows are ASCII of one septet a character."""


@dataclass(frozen=True)
class ChannelMessages:
    """Makes the message objects of one channel."""

    channel: str
    slots: tuple[Slot, ...]
    plain: str
    """The message object without its destination and its last bracket; for ``%``, with a gap for each slot."""
    unicode: str | None
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
        empty: list[Sequence[str]] = [() for _slot in self.slots]
        return Contents(0, empty, empty)

    def make(self, scope: Scope, doubtful: set[int]) -> Contents:
        """The objects for all rows of a scope; those of doubtful rows are nobody's."""
        texts = [_texts(slot.column.make(scope, doubtful), doubtful) for slot in self.slots]
        made = [encoded(column, doubtful) for column in texts]
        gaps = [one.texts for one in made]
        simple = all(one.simple for slot, one in zip(self.slots, made, strict=True) if slot.target == SMS_TEXT)
        if self.unicode is None or simple:
            return Contents(scope.rows, gaps, texts, simple=simple and self.constant_text is None)
        odd = [not is_gsm7(text) for text in self.sms_texts(texts, scope.rows)]
        return Contents(scope.rows, gaps, texts, odd if any(odd) else None)

    def objects(self, contents: Contents) -> list[str]:
        """The message objects, without their destination and their last bracket."""
        made = filled(self.plain, contents.gaps, contents.rows)
        if contents.unicode is None or self.unicode is None:
            return made
        other = filled(self.unicode, contents.gaps, contents.rows)
        return [two if odd else one for odd, one, two in zip(contents.unicode, made, other, strict=True)]

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


def patterns(renderer: ChannelRenderer, fields: Sequence[Field]) -> tuple[str, str | None, tuple[Field, ...]]:
    """The channel's message object with gaps, as it is and with the type of Unicode, and the fields of its gaps in their order."""
    plain, order = _pattern(renderer, fields, "")
    other, _order = _pattern(renderer, fields, "\u0939")
    return plain, other if other != plain else None, order


def _pattern(renderer: ChannelRenderer, fields: Sequence[Field], beginning: str) -> tuple[str, tuple[Field, ...]]:
    """The object with a mark at each gap, cut at the marks. ``beginning`` is a character that all marks hold."""
    for attempt in range(len(fields) + 2):
        marks = {f"{beginning}gap-{attempt}-{number}-": field for number, field in enumerate(fields)}
        of = {field.path: mark for mark, field in marks.items()}
        text = content_text(renderer.content(partial(_mark, of)))[:-1]
        found = re.split("|".join(map(re.escape, marks)) or "(?!)", text)
        order = tuple(marks[mark] for mark in re.findall("|".join(map(re.escape, marks)) or "(?!)", text))
        if len(order) == len(fields) == len({field.path for field in order}):
            return "%s".join(part.replace("%", "%%") for part in found), order
    raise AssertionError("a text of the spec holds every mark")


def _mark(of: Mapping[Path, str], field: Field) -> str:
    return of[field.path]
