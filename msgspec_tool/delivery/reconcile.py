"""``reconcile``: unknown outcomes that delivery notifications settle.

A receipt proves that a message arrived; its absence proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import groupby, islice
from typing import NamedTuple

from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.receipts import Receipt
from msgspec_tool.delivery.states import Outcome, Piece, State, Tally
from msgspec_tool.delivery.submitted import Submitted
from msgspec_tool.reporters.counting import counted
from msgspec_tool.variables.timestamps import format_timestamp

CLOCK_SLACK = 300.0
"""Seconds by which the platform's clock may be behind ours: a receipt that is earlier than its request is of another run."""

ZONES = 86_400.0
"""Seconds by which a receipt may seem to come from the future, since some have no zone; a later one is not believed."""

_BATCH = 1000


class Reconciliation(NamedTuple):
    """What notifications told: how many there were, how many of them were ``new``, and how many were none of an address."""

    read: int
    new: int
    unreadable: int
    settled: int
    """Addresses whose outcome was unknown."""
    tallies: dict[State, Tally]


def reconcile(submitted: Submitted, receipts: Iterable[Receipt | None], now: datetime) -> Reconciliation:
    """Keep receipts, then settle what is unknown from all that were kept. Duplicates and late arrivals change nothing twice."""
    read = new = unreadable = 0
    with submitted.registry.locked(submitted.identity), closing(Ledger(submitted.ledger_path)) as ledger:
        if ledger.interrupt():
            ledger.note("a run ended before its answers came", format_timestamp(now))
        key = submitted.registry.hash_key()
        for batch in _batches(receipts):
            readable = [receipt for receipt in batch if receipt is not None]
            read += len(batch)
            unreadable += len(batch) - len(readable)
            new += ledger.add_receipts(receipt.row(key) for receipt in readable)
        settled = _settle(ledger, now)
        if settled:
            ledger.note(f"receipts settled {counted(settled, 'address')}", format_timestamp(now))
        return Reconciliation(read, new, unreadable, settled, ledger.tallies())


def _batches(receipts: Iterable[Receipt | None]) -> Iterator[list[Receipt | None]]:
    source = iter(receipts)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _settle(ledger: Ledger, now: datetime) -> int:
    proven = ledger.proven(CLOCK_SLACK, now.timestamp() + ZONES)
    pieces = [(piece, {place for _piece, place, _code in found}) for piece, found in groupby(proven, key=lambda one: one[0])]
    ledger.record((piece, tuple(_outcomes(piece, places))) for piece, places in pieces)
    return len(proven)


def _outcomes(piece: Piece, places: set[int]) -> Iterator[Outcome]:
    """The piece cut into addresses with a receipt and those without."""
    for arrived, run in groupby(range(piece.addresses), key=lambda place: place in places):
        count = sum(1 for _place in run)
        if arrived:
            yield Outcome(State.ACCEPTED, count, reason="a receipt came")
        else:
            yield Outcome(State.UNKNOWN, count, reason="no receipt for this address yet")
