"""Requests as text: what :mod:`msgspec_tool.stages.pack` makes of messages, made of message objects that are JSON already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Head(NamedTuple):
    """How messages of one channel are addressed."""

    channel: str
    key: str


class Line(NamedTuple):
    """A request body, and how many message objects are in it."""

    text: str
    messages: int


@dataclass
class Gathered:
    """The messages of a block in their order, column by column; addresses and ids as they stand between the quotes of JSON."""

    objects: list[str] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)

    def add(self, content: str, head: Head, address: str, identifier: str | None) -> None:
        """One more message."""
        self.extend((content,), (head,), (address,), (identifier,))

    def extend(self, objects: Iterable[str], heads: Iterable[Head], addresses: Iterable[str], ids: Iterable[str | None]) -> None:
        """More messages, column by column."""
        self.objects += objects
        self.heads += heads
        self.addresses += addresses
        self.ids += ids

    def requests(self, max_addresses: int, bulk: str) -> Iterator[Line]:
        """Request bodies, as :func:`~msgspec_tool.stages.pack.pack` packs them."""
        if bulk == "mixed" and len(set(self.objects)) == len(self.objects):
            yield from self._apart(max_addresses)
        else:
            yield from _packed(self._pieces(max_addresses), max_addresses, bulk)

    def _apart(self, limit: int) -> Iterator[Line]:
        """No two objects are equal, so each has one address."""
        for start in range(0, len(self.objects), limit):
            bodies = self._bodies(start, start + limit)
            yield Line(bodies[0] if len(bodies) == 1 else f"[{','.join(bodies)}]", len(bodies))

    def _bodies(self, start: int, end: int) -> list[str]:
        objects, heads = self.objects[start:end], self.heads[start:end]
        addresses, ids = self.addresses[start:end], self.ids[start:end]
        if len(set(heads)) > 1 or None in ids:
            return [
                f'{content},"destination":[{_destination(head, identifier, (address,))}]}}'
                for content, head, address, identifier in zip(objects, heads, addresses, ids, strict=True)
            ]
        pattern = f'%s,"destination":[{{"{heads[0].key}":["%s"],"correlationid":"%s"}}]}}'
        return list(map(pattern.__mod__, zip(objects, addresses, ids, strict=True)))

    def _pieces(self, limit: int) -> Iterator[_Piece]:
        """Objects with everybody they reach, cut where there are more than the limit."""
        groups: dict[str, list[int]] = {}
        for index, content in enumerate(self.objects):
            groups.setdefault(content, []).append(index)
        for content, members in groups.items():
            for start in range(0, len(members), limit):
                part = members[start : start + limit]
                destinations = ",".join(self._destinations(part))
                yield _Piece(self.heads[part[0]].channel, f'{content},"destination":[{destinations}]}}', len(part))

    def _destinations(self, members: Iterable[int]) -> Iterator[str]:
        """Neighbours under the same key with the same id share one."""
        last: tuple[Head, str | None] | None = None
        shared: list[str] = []
        for index in members:
            head, identifier = self.heads[index], self.ids[index]
            if last is not None and last[0].key == head.key and last[1] == identifier:
                shared.append(self.addresses[index])
                continue
            if last is not None:
                yield _destination(*last, shared)
            last, shared = (head, identifier), [self.addresses[index]]
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
