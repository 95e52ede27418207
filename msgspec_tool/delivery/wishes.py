"""What a run of ``submit`` was asked for, and which part of a plan that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec_tool.delivery.answers import WHOLESALE
from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.states import State, Tally, Unit
from msgspec_tool.errors import PolicyError, UsageError


@dataclass(frozen=True)
class Wish:
    """The options that choose what is sent."""

    resume: bool = False
    failed: bool = False
    unknown: str | None = None
    """``skip`` or ``resend``: a person's decision about every unknown outcome."""
    bisect: bool = False
    canary: int | None = None

    def check(self, *, begun: bool) -> None:
        """``UsageError`` where the options contradict each other or the plan's past."""
        special = [
            name
            for name, given in (
                ("--only failed", self.failed),
                ("--unknown", self.unknown is not None),
                ("--canary", self.canary is not None),
            )
            if given
        ]
        if len(special) > 1:
            raise UsageError(f"{special[0]} and {special[1]} exclude each other", help="one decision at a time")
        if self.canary is not None and self.resume:
            raise UsageError("--canary and --resume exclude each other", help="--canary takes what is still planned; --resume all of it")
        if not begun and (self.failed or self.unknown is not None):
            raise UsageError(f"nothing was sent of this plan yet: {special[0]} has nothing to choose from")

    @property
    def kind(self) -> str:
        """The name of the child plan."""
        if self.canary is not None:
            return "canary"
        if self.failed:
            return "failed"
        if self.unknown is not None:
            return self.unknown
        return "rest" if self.resume else "bisect" if self.bisect else "whole"


def addresses_to_send(wish: Wish, tallies: dict[State, Tally] | None, refused: int, planned: int) -> int:
    """How many addresses a run would reach. ``tallies`` are those of the ledger (None: a new plan of ``planned`` addresses).

    ``refused`` are addresses of requests that could be halved.
    """
    if tallies is None:
        return min(planned, wish.canary) if wish.canary is not None else planned
    # what is on its way in a ledger that nobody writes has an unknown outcome
    unknown = tallies[State.UNKNOWN].addresses + tallies[State.SENDING].addresses
    left = tallies[State.PLANNED].addresses
    if wish.canary is not None:
        return min(left, wish.canary)
    chosen = left if wish.resume else 0
    chosen += tallies[State.REJECTED].addresses if wish.failed else 0
    chosen += unknown if wish.unknown == "resend" else 0
    return chosen + (refused if wish.bisect and not wish.failed else 0)


def refused_addresses(ledger: Ledger) -> int:
    """Addresses of refused requests that halving could free."""
    return sum(unit.addresses for unit, code in ledger.refused_units() if _may_be_halved(unit, code))


def belt(addresses: int, most: int | None) -> None:
    """``PolicyError`` where a run would reach more than ``--max-recipients`` allows."""
    if most is not None and addresses > most:
        raise PolicyError(f"{addresses:,} addresses would be reached, over --max-recipients {most:,}")


def chosen_units(ledger: Ledger, wish: Wish, *, new: bool, who: str, at: str) -> tuple[int, Iterator[tuple[Unit, bool]]]:
    """The child plan of a run, linked in the ledger, and its units; each with whether it is to be halved first."""
    if wish.unknown == "skip":
        ledger.skip_unknown(who, at)
        if not wish.resume:
            return 0, iter(())
    if not new and not (wish.resume or wish.failed or wish.bisect or wish.unknown or wish.canary is not None):
        return 0, iter(())
    child = ledger.add_child(wish.kind, at)
    if wish.canary is not None:
        ledger.take_first(child, wish.canary)
    if wish.failed:
        ledger.retake(State.REJECTED, child, who, at)
    if wish.unknown == "resend":
        ledger.retake(State.UNKNOWN, child, who, at)
    whole = (new or wish.resume) and wish.canary is None
    return child, _units(ledger, None if whole else child, halve=wish.bisect and not new and not wish.failed)


def _units(ledger: Ledger, child: int | None, *, halve: bool) -> Iterator[tuple[Unit, bool]]:
    # those refused before this run are listed before any is sent
    refused = [unit for unit, code in ledger.refused_units() if _may_be_halved(unit, code)] if halve else []
    after = -1
    while (unit := ledger.next_unit(after, child)) is not None:
        after = unit.request
        yield unit, False
    yield from ((unit, True) for unit in refused)


def _may_be_halved(unit: Unit, code: str) -> bool:
    return unit.addresses > 1 and code not in WHOLESALE
