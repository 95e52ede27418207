"""The messages of a block become requests while its rows are read: as soon as nothing that follows can change a request it is written.

Which way is quick depends on what the messages turn out to be, and that is not known before the last one. So a block begins the way
that was right for the block before; where a message contradicts it, the block begins anew in the next way. The last one takes
everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol

from msgspec_tool.batches.requests import Form, Head, Messages, Piece, Write, packed, shared_destinations, write_request


class Way(IntEnum):
    """What a block takes for granted, most first."""

    BY_COLUMN = 0
    """No two message objects are equal, because one of their gaps never is."""
    BY_GAPS = 1
    """No two are equal, because all gaps together never are."""
    BY_OBJECT = 2
    """No two are equal."""
    GROUPED = 3
    """All have one form, and neighbours in a group never share a destination by chance: each has one of its own, or all share one."""
    EXACT = 4
    """Nothing."""


class UnforeseenError(Exception):
    """A message contradicts the way of its block; ``way`` is the next one to try."""

    def __init__(self, way: Way) -> None:
        super().__init__()
        self.way = way


@dataclass
class Packing:
    """How requests may be filled, and the way that the last block took."""

    limit: int
    """Addresses of a request."""
    bulk: str
    way: Way = Way.BY_COLUMN

    def begin(self, write: Write) -> Gathering:
        """What takes the messages of a block."""
        if self.way <= Way.BY_OBJECT and self.bulk == "mixed":
            return _Apart(self.way, self.limit, write)
        return _Grouped(self, write) if self.way <= Way.GROUPED else _Exact(self, write)


class Gathering(Protocol):
    """Takes the messages of one block."""

    def add(self, messages: Messages) -> None:
        """More messages; :class:`UnforeseenError` where the block has to begin anew."""

    def end(self) -> None:
        """Write what is left."""


@dataclass
class _Apart:
    """No two message objects are equal, so that each reaches one address and every thousand of them are a request."""

    way: Way
    limit: int
    write: Write
    _form: Form | None = None
    _column: int | None = None
    _met: set[object] = field(default_factory=set)
    """What tells objects apart, or its hashes where it is large: where two are the same by chance, that costs time and nothing else."""
    _taken: int = 0
    _waiting: list[str] = field(default_factory=list)
    _waits: int = 0

    def add(self, messages: Messages) -> None:
        """See :class:`Gathering`."""
        self._met.update(self._keys(messages))
        self._taken += len(messages)
        if len(self._met) != self._taken:
            raise UnforeseenError(Way.BY_GAPS if self.way is Way.BY_COLUMN and len(messages.gaps) > 1 else Way.GROUPED)
        start = 0
        while start < len(messages):
            end = min(len(messages), start + self.limit - self._waits)
            self._waiting.append(messages.bodies(start, end))
            self._waits += end - start
            if self._waits == self.limit:
                self.end()
            start = end

    def end(self) -> None:
        """See :class:`Gathering`."""
        if self._waits:
            write_request(self._waiting, self._waits, self.write)
            self._waiting, self._waits = [], 0

    def _keys(self, messages: Messages) -> Iterable[object]:
        if self.way is Way.BY_OBJECT:
            return map(hash, messages.contents)
        if not self._taken:
            self._form, self._column = messages.form, _widest(messages.gaps) if self.way is Way.BY_COLUMN else None
        if messages.form is None or messages.form != self._form or not messages.form.content.starts_tell_apart(messages.gaps):
            raise UnforeseenError(Way.BY_OBJECT)
        return map(hash, _together(messages.gaps)) if self._column is None else messages.gaps[self._column]


def _widest(gaps: Sequence[Sequence[str]]) -> int | None:
    """The column with most different values."""
    return max(range(len(gaps)), key=lambda index: len(set(gaps[index])), default=None)


def _together(gaps: Sequence[Sequence[str]]) -> Sequence[Any]:
    """The gaps of each message as one value; there has to be one."""
    return gaps[0] if len(gaps) == 1 else list(zip(*gaps, strict=True))


@dataclass
class _Grouped:
    """Equal objects are put together by what fills their gaps; of each group only the texts of its destinations are kept."""

    packing: Packing
    write: Write
    _form: Form | None = None
    _groups: dict[Any, str | list[str]] = field(default_factory=dict)
    """A list of the texts of destinations, or the one that there is: where most groups have one that is half of all memory."""

    def add(self, messages: Messages) -> None:
        """See :class:`Gathering`."""
        self._form = self._form or messages.form
        form, groups = self._form, self._groups
        if form is None or messages.form != form or not form.content.starts_tell_apart(messages.gaps):
            raise UnforeseenError(Way.EXACT)
        keys = _together(messages.gaps) if messages.gaps else [""] * len(messages)
        if form.identified:
            self._keep_apart(keys, messages.ids)
            destinations: Sequence[str] = form.destination.filled(messages.ends, len(messages))
        else:
            destinations = messages.addresses
        for key, destination in zip(keys, destinations, strict=True):
            found = groups.get(key)
            if found is None:
                groups[key] = destination
            elif isinstance(found, list):
                found.append(destination)
            else:
                groups[key] = [found, destination]

    def _keep_apart(self, keys: Sequence[object], ids: Sequence[str | None]) -> None:
        """Make sure that no neighbours in a group have one id: among these, or the last one before them and the first of these."""
        if len(set(ids)) != len(ids):
            raise UnforeseenError(Way.EXACT)
        firsts = dict(zip(reversed(keys), reversed(ids), strict=True))
        last = {key: self._members(self._groups[key])[-1] for key in firsts.keys() & self._groups.keys()}
        if any(destination.endswith(f'"correlationid":"{firsts[key]}"}}') for key, destination in last.items()):
            raise UnforeseenError(Way.EXACT)

    def end(self) -> None:
        """See :class:`Gathering`."""
        packed(self._pieces(), self.packing.limit, self.packing.bulk, self.write)

    @staticmethod
    def _members(group: str | list[str]) -> list[str]:
        return group if isinstance(group, list) else [group]

    def _pieces(self) -> Iterator[Piece]:
        form, limit = self._form, self.packing.limit
        if form is None:
            return
        for key, group in self._groups.items():
            members = self._members(group)
            gaps = (key,) if len(form.content.literals) == 2 else key
            content = form.content.joined([(gap,) for gap in gaps], 1, "")
            for start in range(0, len(members), limit):
                part = members[start : start + limit]
                listed = ",".join(part) if form.identified else form.destination.joined([('","'.join(part),)], 1, "")
                yield Piece(form.head.channel, f'{content},"destination":[{listed}]}}', len(part))


@dataclass
class _Exact:
    """Equal objects are put together by their texts, with all that is known of their destinations."""

    packing: Packing
    write: Write
    _groups: defaultdict[str, list[tuple[Head, str | None, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, messages: Messages) -> None:
        """See :class:`Gathering`."""
        heads = messages.heads if messages.form is None else [messages.form.head] * len(messages)
        members = zip(heads, messages.ids, messages.addresses, strict=True)
        for content, member in zip(messages.contents, members, strict=True):
            self._groups[content].append(member)

    def end(self) -> None:
        """See :class:`Gathering`."""
        packed(self._pieces(), self.packing.limit, self.packing.bulk, self.write)

    def _pieces(self) -> Iterator[Piece]:
        limit = self.packing.limit
        for content, members in self._groups.items():
            for start in range(0, len(members), limit):
                part = members[start : start + limit]
                body = f'{content},"destination":[{",".join(shared_destinations(part))}]}}'
                yield Piece(part[0][0].channel, body, len(part))
