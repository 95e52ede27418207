"""Requests as text: what :mod:`msgspec_tool.stages.pack` makes of messages, made of message objects that are JSON already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from msgspec_tool.templates.running.gaps import Gapped

Write = Callable[[str, int], None]
"""Takes a request body, and how many message objects are in it."""


class Head(NamedTuple):
    """How messages of one channel are addressed."""

    channel: str
    key: str


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


OBJECT = Gapped(("", ""))
"""The content of a form whose messages have nothing in common: the one gap is the object."""

form_of = lru_cache(maxsize=100)(Form)
"""The form with these properties: the same for the same."""


@dataclass(frozen=True)
class Messages:
    """Some messages in their order, column by column; all texts as they stand between the quotes of JSON."""

    addresses: Sequence[str]
    ids: Sequence[str | None]
    form: Form | None = None
    """What all of them have in common; where they are addressed in several ways there is none."""
    gaps: Sequence[Sequence[str]] = ()
    """What fills the gaps of the form."""
    objects: Sequence[str] = ()
    """Without a form: message objects without their last bracket."""
    heads: Sequence[Head] = ()
    """Without a form: how each is addressed."""

    def __len__(self) -> int:
        return len(self.addresses)

    @property
    def contents(self) -> Sequence[str]:
        """The message objects without their last bracket."""
        if self.form is None:
            return self.objects
        return self.gaps[0] if self.form.content == OBJECT else self.form.content.filled(self.gaps, len(self))

    @property
    def ends(self) -> Sequence[Sequence[Any]]:
        """What fills the gaps of destinations of the form."""
        return (self.addresses, self.ids) if self.form is not None and self.form.identified else (self.addresses,)

    def bodies(self, start: int, end: int) -> str:
        """Objects that reach one address each, with a comma between each two."""
        part = slice(start, end)
        if self.form is not None:
            columns = (*self.gaps, *self.ends)
            return self.form.whole.joined([column[part] for column in columns], end - start, ",")
        members = zip(self.objects[part], self.heads[part], self.ids[part], self.addresses[part], strict=True)
        return ",".join(
            f'{content},"destination":[{destination(head, identifier, (address,))}]}}' for content, head, identifier, address in members
        )


class Piece(NamedTuple):
    """A message object with everybody it reaches, within the limit of one request."""

    channel: str
    body: str
    addresses: int


def destination(head: Head, identifier: str | None, addresses: Iterable[str]) -> str:
    """One element of ``destination``."""
    listed = '","'.join(addresses)
    closing = "" if identifier is None else f',"correlationid":"{identifier}"'
    return f'{{"{head.key}":["{listed}"]{closing}}}'


def shared_destinations(members: Iterable[tuple[Head, str | None, str]]) -> Iterator[str]:
    """The destinations of (head, id, address): neighbours under the same key with the same id share one."""
    last: tuple[Head, str | None] | None = None
    shared: list[str] = []
    for head, identifier, address in members:
        if last is not None and last[0].key == head.key and last[1] == identifier:
            shared.append(address)
            continue
        if last is not None:
            yield destination(*last, shared)
        last, shared = (head, identifier), [address]
    if last is not None:
        yield destination(*last, shared)


def packed(pieces: Iterable[Piece], limit: int, bulk: str, write: Write) -> None:
    """Write pieces in their order, as many in one request as the limit of addresses and the mode allow."""
    waiting: list[Piece] = []
    total = 0
    for piece in pieces:
        apart = bool(waiting) and (bulk == "off" or (bulk == "per-channel" and waiting[-1].channel != piece.channel))
        if waiting and (apart or total + piece.addresses > limit):
            write_request([one.body for one in waiting], len(waiting), write)
            waiting, total = [], 0
        waiting.append(piece)
        total += piece.addresses
    if waiting:
        write_request([one.body for one in waiting], len(waiting), write)


def write_request(bodies: Sequence[str], objects: int, write: Write) -> None:
    """Write one request of so many message objects: as they are, where it is one, else as an array."""
    write(bodies[0] if objects == 1 else f"[{','.join(bodies)}]", objects)
