"""The states of a message object, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class State(str, Enum):
    """``planned → sending → accepted | rejected | unknown | skipped``."""

    PLANNED = "planned"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Piece(NamedTuple):
    """A message object of a request, or some neighbouring addresses of one; ``id`` is its row in the ledger."""

    id: int
    object: int
    first: int
    addresses: int


@dataclass(frozen=True)
class Unit:
    """What one request carries: pieces of one request of the plan. ``whole``: all of it, byte for byte as it was rendered."""

    request: int
    pieces: tuple[Piece, ...]
    whole: bool

    @property
    def addresses(self) -> int:
        """How many addresses it reaches."""
        return sum(piece.addresses for piece in self.pieces)

    @property
    def objects(self) -> tuple[int, ...]:
        """The message objects that its body has, in order: pieces of one object leave together as one."""
        return tuple(dict.fromkeys(piece.object for piece in self.pieces))


@dataclass(frozen=True)
class Outcome:
    """What became of ``addresses`` neighbouring addresses of a piece."""

    state: State
    addresses: int
    code: str | None = None
    reason: str | None = None
    transid: str | None = None
    whole: bool = False
    """The request was refused as a whole."""


class Tally(NamedTuple):
    """Message objects and addresses."""

    messages: int = 0
    addresses: int = 0


def total(tallies: Mapping[State, Tally]) -> Tally:
    """The sum over all states."""
    return Tally(sum(one.messages for one in tallies.values()), sum(one.addresses for one in tallies.values()))
