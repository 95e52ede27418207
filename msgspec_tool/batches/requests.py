"""Requests as text: what :mod:`msgspec_tool.stages.pack` makes of messages, made of message objects that are JSON already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from msgspec_tool.templates.running.gaps import Gapped


class Head(NamedTuple):
    """How messages of one channel are addressed."""

    channel: str
    key: str


class Line(NamedTuple):
    """A request body, and how many message objects are in it."""

    text: str
    messages: int


@dataclass(frozen=True)
class Form:
    """What messages have in common whose objects differ in their gaps only."""

    content: Gapped
    """The message object without its last bracket."""
    head: Head
    identified: bool
    """Whether each has a correlation id."""

    @cached_property
    def whole(self) -> Gapped:
        """An object that reaches one address: the gaps of the content, address, id."""
        return self.content.then(self.destination.around(',"destination":[', "]}"))

    @cached_property
    def destination(self) -> Gapped:
        """One destination: address, id."""
        beginning = f'{{"{self.head.key}":["'
        return Gapped((beginning, '"],"correlationid":"', '"}') if self.identified else (beginning, '"]}'))


@dataclass
class Gathered:
    """The messages of a block in their order, column by column; all texts as they stand between the quotes of JSON.

    As long as all messages have one form only their gaps are kept.
    """

    form: Form | None = None
    gaps: list[list[str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)

    def add(self, content: str, head: Head, address: str, identifier: str | None) -> None:
        """One more message, of any form."""
        self._loosen()
        self.objects.append(content)
        self.heads.append(head)
        self.addresses.append(address)
        self.ids.append(identifier)

    def extend(self, form: Form, gaps: Sequence[Sequence[str]], addresses: Sequence[str], ids: Sequence[str | None]) -> None:
        """More messages, all of one form."""
        if not self.addresses:
            self.form = form
            self.gaps = [[] for _ in gaps]
        if form == self.form:
            for gap, column in zip(self.gaps, gaps, strict=True):
                gap += column
        else:
            self._loosen()
            self.objects += form.content.filled(gaps, len(addresses))
            self.heads += [form.head] * len(addresses)
        self.addresses += addresses
        self.ids += ids

    def _loosen(self) -> None:
        """Keep whole objects from now on."""
        if self.form is not None:
            self.objects = self.form.content.filled(self.gaps, len(self.addresses))
            self.heads = [self.form.head] * len(self.addresses)
            self.form, self.gaps = None, []

    def requests(self, max_addresses: int, bulk: str) -> Iterator[Line]:
        """Request bodies, as :func:`~msgspec_tool.stages.pack.pack` packs them."""
        keys = self._keys()
        if bulk == "mixed" and len(set(keys)) == len(keys):
            yield from self._apart(max_addresses)
        else:
            yield from _packed(self._pieces(keys, max_addresses), max_addresses, bulk)

    def _keys(self) -> Sequence[object]:
        """What tells objects apart, message by message: their gaps, where from different gaps follow different objects."""
        if self.form is None:
            return self.objects
        if len(self.gaps) == 1:
            return self.gaps[0]
        if not self.gaps:
            return [()] * len(self.addresses)
        if self.form.content.starts_tell_apart(self.gaps):
            unique = [gap for gap in self.gaps if len(set(gap)) == len(gap)]
            return unique[0] if unique else list(zip(*self.gaps, strict=True))
        return self.form.content.filled(self.gaps, len(self.addresses))

    def _apart(self, limit: int) -> Iterator[Line]:
        """No two objects are equal, so each has one address."""
        for start in range(0, len(self.addresses), limit):
            part = slice(start, min(start + limit, len(self.addresses)))
            text, number = self._bodies(part), part.stop - part.start
            yield Line(text if number == 1 else f"[{text}]", number)

    def _bodies(self, part: slice) -> str:
        """Whole objects, with a comma between each two."""
        if self.form is not None:
            return self.form.whole.joined([column[part] for column in (*self.gaps, *self._ends())], part.stop - part.start, ",")
        columns = (self.objects[part], self.heads[part], self.addresses[part], self.ids[part])
        return ",".join(
            f'{content},"destination":[{_destination(head, identifier, (address,))}]}}'
            for content, head, address, identifier in zip(*columns, strict=True)
        )

    def _ends(self) -> Sequence[list[Any]]:
        """The columns of destinations."""
        return (self.addresses, self.ids) if self.form is not None and self.form.identified else (self.addresses,)

    def _pieces(self, keys: Sequence[object], limit: int) -> Iterator[_Piece]:
        """Objects with everybody they reach, cut where there are more than the limit."""
        groups: dict[object, list[int]] = {}
        for index, key in enumerate(keys):
            try:
                groups[key].append(index)
            except KeyError:
                groups[key] = [index]
        made = self._unshared()
        for members in groups.values():
            first = members[0]
            content = self.objects[first] if self.form is None else self.form.content.joined([[gap[first]] for gap in self.gaps], 1, "")
            channel = self.heads[first].channel if self.form is None else self.form.head.channel
            for start in range(0, len(members), limit):
                part = members[start : start + limit]
                destinations = self._destinations(part) if made is None else map(made.__getitem__, part)
                yield _Piece(channel, f'{content},"destination":[{",".join(destinations)}]}}', len(part))

    def _unshared(self) -> list[str] | None:
        """The destinations of all messages, where surely no two neighbours share one."""
        if self.form is None or not self.form.identified or len(set(self.ids)) != len(self.ids):
            return None
        return self.form.destination.filled(self._ends(), len(self.addresses))

    def _destinations(self, members: Iterable[int]) -> Iterator[str]:
        """Neighbours under the same key with the same id share one."""
        last: tuple[Head, str | None] | None = None
        shared: list[str] = []
        for index in members:
            head = self.heads[index] if self.form is None else self.form.head
            if last is not None and last[0].key == head.key and last[1] == self.ids[index]:
                shared.append(self.addresses[index])
                continue
            if last is not None:
                yield _destination(*last, shared)
            last, shared = (head, self.ids[index]), [self.addresses[index]]
        if last is not None:
            yield _destination(*last, shared)


class _Piece(NamedTuple):
    channel: str
    body: str
    addresses: int


def _destination(head: Head, identifier: str | None, addresses: Iterable[str]) -> str:
    listed = '","'.join(addresses)
    closing = "" if identifier is None else f',"correlationid":"{identifier}"'
    return f'{{"{head.key}":["{listed}"]{closing}}}'


def _packed(pieces: Iterable[_Piece], limit: int, bulk: str) -> Iterator[Line]:
    waiting: list[_Piece] = []
    total = 0
    for piece in pieces:
        apart = bool(waiting) and (bulk == "off" or (bulk == "per-channel" and waiting[-1].channel != piece.channel))
        if waiting and (apart or total + piece.addresses > limit):
            yield _line(waiting)
            waiting, total = [], 0
        waiting.append(piece)
        total += piece.addresses
    if waiting:
        yield _line(waiting)


def _line(pieces: list[_Piece]) -> Line:
    bodies = [piece.body for piece in pieces]
    return Line(bodies[0] if len(bodies) == 1 else f"[{','.join(bodies)}]", len(bodies))
