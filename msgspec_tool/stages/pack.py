"""pack: the messages of one block become requests. Nobody is lost, nobody comes twice, and the order is kept.

Message objects that are equal but for their destination become one, at the place of the first. Objects are packed in order
into requests whose addresses, summed over everything, stay within the limit: the strictest reading of error 7009.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec_tool.channels.limits import MAX_DESTINATIONS
from msgspec_tool.model import RenderedMessage, Request
from msgspec_tool.source.document import Plain

BULK_MODES = ("mixed", "per-channel", "off")
"""Arrays of any message objects, arrays of one channel, no arrays at all."""


_IDENTITY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass
class _Destination:
    key: str
    correlationid: str | None
    addresses: list[str]

    def plain(self) -> dict[str, Plain]:
        made: dict[str, Plain] = {self.key: self.addresses}
        if self.correlationid is not None:
            made["correlationid"] = self.correlationid
        return made


@dataclass
class _Group:
    """Equal message objects: their content and everybody they reach."""

    channel: str
    content: dict[str, Plain]
    destinations: list[_Destination] = field(default_factory=list)

    def add(self, message: RenderedMessage) -> None:
        """Neighbours under the same key with the same correlation id share a destination object."""
        last = self.destinations[-1] if self.destinations else None
        if last is not None and last.key == message.key and last.correlationid == message.correlationid:
            last.addresses.append(message.address)
        else:
            self.destinations.append(_Destination(message.key, message.correlationid, [message.address]))


class _Piece(NamedTuple):
    """A message object with as many addresses as fit a request."""

    channel: str
    body: dict[str, Plain]
    addresses: int


def pack(messages: Iterable[RenderedMessage], *, max_addresses: int = MAX_DESTINATIONS, bulk: str = "mixed") -> Iterator[Request]:
    """Requests of at most ``max_addresses`` addresses each, in the order of the messages."""
    waiting: list[_Piece] = []
    total = 0
    for group in _group(messages):
        for piece in _pieces(group, max_addresses):
            if waiting and (total + piece.addresses > max_addresses or _apart(waiting[-1], piece, bulk)):
                yield _request(waiting)
                waiting, total = [], 0
            waiting.append(piece)
            total += piece.addresses
    if waiting:
        yield _request(waiting)


def _group(messages: Iterable[RenderedMessage]) -> Iterable[_Group]:
    groups: dict[str, _Group] = {}
    for message in messages:
        identity = _IDENTITY(message.content)
        group = groups.get(identity)
        if group is None:
            group = groups[identity] = _Group(message.channel, dict(message.content))
        group.add(message)
    return groups.values()


def _pieces(group: _Group, limit: int) -> Iterator[_Piece]:
    """The group as one object, or cut into full ones and a rest."""
    part: list[_Destination] = []
    room = limit
    for destination in group.destinations:
        addresses = destination.addresses
        while addresses:
            taken, addresses = addresses[:room], addresses[room:]
            part.append(_Destination(destination.key, destination.correlationid, taken))
            room -= len(taken)
            if room == 0:
                yield _piece(group, part, limit)
                part, room = [], limit
    if part:
        yield _piece(group, part, limit - room)


def _piece(group: _Group, part: list[_Destination], addresses: int) -> _Piece:
    body = {**group.content, "destination": [destination.plain() for destination in part]}
    return _Piece(group.channel, body, addresses)


def _apart(last: _Piece, piece: _Piece, bulk: str) -> bool:
    return bulk == "off" or (bulk == "per-channel" and last.channel != piece.channel)


def _request(pieces: list[_Piece]) -> Request:
    bodies = [piece.body for piece in pieces]
    return Request(bodies[0] if len(bodies) == 1 else bodies, sum(piece.addresses for piece in pieces), len(bodies))
