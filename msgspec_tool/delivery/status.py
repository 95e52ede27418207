"""``status``: the ledger's view of a plan; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from msgspec_tool.delivery.bodies import message_objects, recipients
from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.plan import read_manifest, request_lines
from msgspec_tool.delivery.states import State, Tally
from msgspec_tool.delivery.submitted import find_submitted
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import escaped


@dataclass(frozen=True)
class Status:
    """What became of a plan."""

    tallies: dict[State, Tally]
    rejected: tuple[tuple[str, Tally], ...] = ()
    unknown: tuple[tuple[str, Tally], ...] = ()
    receipts: tuple[tuple[str, int], ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    ledger: Path | None = None


def status(folder: Path) -> Status:
    """The status of a plan; of one that was never submitted all is ``planned``."""
    submitted = find_submitted(folder)
    if submitted is None:
        return Status({state: Tally() for state in State} | {State.PLANNED: _planned(folder)})
    with closing(Ledger(submitted.ledger_path)) as ledger:
        return Status(
            ledger.tallies(),
            tuple(ledger.reasons(State.REJECTED)),
            tuple(ledger.reasons(State.UNKNOWN)),
            tuple(ledger.receipts()),
            tuple(ledger.events()),
            submitted.ledger_path,
        )


def _planned(folder: Path) -> Tally:
    messages = addresses = 0
    for line in request_lines(read_manifest(folder)):
        for message in message_objects(line.data):
            messages += 1
            addresses += sum(1 for _recipient in recipients(message))
    return Tally(messages, addresses)


def status_lines(found: Status) -> Iterator[str]:
    """The status for a person."""
    yield f"{'':<10}{'messages':>12}{'addresses':>12}"
    for state in State:
        yield f"{state.value:<10}{found.tallies[state].messages:>12,}{found.tallies[state].addresses:>12,}"
    for code, tally in found.rejected:
        yield f"rejected {code}: {counted(tally.addresses, 'address')} (`msgspec-tool explain {code}`)"
    for reason, tally in found.unknown:
        yield f"unknown, {reason}: {counted(tally.addresses, 'address')}"
    for code, number in found.receipts:
        yield f"receipts {code}: {counted(number, 'address')}"
    for at, what in found.events:
        yield f"{at} {what}"
    if found.ledger is not None:
        yield f"ledger: {escaped(str(found.ledger))}"
