"""``submit``: what would be sent, or the sending of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.pacing import Clock, Pacer, Retries, SystemClock
from msgspec_tool.delivery.states import State, Tally
from msgspec_tool.delivery.submission import Submission
from msgspec_tool.delivery.wishes import Wish, addresses_to_send, belt, chosen_units, refused_addresses
from msgspec_tool.errors import ExitCode, PolicyError, ToolError
from msgspec_tool.variables.timestamps import format_timestamp

if TYPE_CHECKING:
    from msgspec_tool.delivery.sender import Poster, Stop


@dataclass(frozen=True)
class SubmitOptions:
    """How a plan is sent. ``rate`` can only be lower than the environment's own."""

    wish: Wish = field(default_factory=Wish)
    rate: float | None = None
    max_recipients: int | None = None
    jobs: int = 4
    who: str = "somebody"
    """Whose decisions the ledger notes."""
    clock: Clock = field(default_factory=SystemClock)
    retries: Retries = field(default_factory=Retries)
    told: Callable[[State, int], None] = lambda _state, _addresses: None
    begun: Callable[[], None] = lambda: None
    """Called when everything is ready and requests begin to leave."""
    waiting: Callable[[], None] = lambda: None
    """Called at the first interrupt: what is on its way is finished."""


@dataclass(frozen=True)
class DryRun:
    """What a run would do."""

    addresses: int
    tallies: dict[State, Tally] | None
    """The ledger's; None for a plan that is new."""
    rate: float | None

    @property
    def seconds(self) -> float | None:
        """How long it takes at the rate; None without one."""
        return None if self.rate is None else self.addresses / self.rate


@dataclass(frozen=True)
class RunResult:
    """What a run did, and the ledger's state after it."""

    kind: str
    """Of its child plan: see :attr:`Wish.kind <msgspec_tool.delivery.wishes.Wish.kind>`."""
    started: str
    finished: str
    tallies: dict[State, Tally]
    rejected: list[tuple[str, Tally]]
    """By the platform's codes."""
    unknown: list[tuple[str, Tally]]
    """By codes, or reasons where there is no code."""
    receipts: list[tuple[str, int]]
    """Addresses with a receipt of each code."""
    planned: Tally
    """All of the plan."""
    retried: int
    """Requests that were sent again because the platform surely had not taken them."""
    stopped: str | None
    """Why the run ended before its work was done; None where nothing is left."""

    @property
    def exit_code(self) -> ExitCode:
        """5 where something is open, else 4 where something was refused, else 0; 130 after an interrupt."""
        if self.stopped == "interrupted":
            return ExitCode.INTERRUPTED
        if any(self.tallies[state].addresses for state in (State.PLANNED, State.SENDING, State.UNKNOWN)):
            return ExitCode.UNSETTLED
        return ExitCode.REJECTED if self.tallies[State.REJECTED].addresses else ExitCode.CLEAN


def lowest_rate(submission: Submission, rate: float | None) -> float | None:
    """Destinations a second: the environment's limit, or the option where that is lower."""
    given = [one for one in (submission.environment.rate, rate) if one is not None]
    return min(given) if given else None


def dry_run(submission: Submission, options: SubmitOptions) -> DryRun:
    """What :func:`send` would do, without doing or writing anything; refuses what it would refuse."""
    tallies, addresses = None, addresses_to_send(options.wish, None, 0, submission.plan.addresses)
    begun = False
    if submission.begun:
        with closing(Ledger(submission.ledger_path)) as ledger:
            begun = ledger.last_child() is not None
            if begun:
                tallies, addresses = ledger.tallies(), _ahead(ledger, options.wish)
    options.wish.check(begun=begun)
    belt(addresses, options.max_recipients)
    return DryRun(addresses, tallies, lowest_rate(submission, options.rate))


def _ahead(ledger: Ledger, wish: Wish) -> int:
    """How many addresses a run would reach. A plan is new until it has a child plan: nothing leaves before."""
    tallies = ledger.tallies() if ledger.last_child() is not None else None
    refused = refused_addresses(ledger) if wish.bisect else 0
    return addresses_to_send(wish, tallies, refused, ledger.planned().addresses)


def send(submission: Submission, options: SubmitOptions, wire: Poster) -> RunResult:
    """Send what was asked for. Ends with a reconciliation of the ledger, whatever happened on the way.

    ``PolicyError`` where the other side is not who it should be or the plan changed meanwhile.
    """
    from msgspec_tool.delivery.sender import Sender, Stop

    started = _now(options.clock)
    with submission.opened(started) as ledger:
        new = ledger.last_child() is None
        options.wish.check(begun=not new)
        belt(_ahead(ledger, options.wish), options.max_recipients)
        child, units = chosen_units(ledger, options.wish, new=new, who=options.who, at=format_timestamp(started))
        stop = Stop()
        pacer = Pacer(options.clock, lowest_rate(submission, options.rate), stop.event)
        sender = Sender(
            ledger=ledger,
            wire=wire,
            folder=submission.plan.folder,
            pacer=pacer,
            retries=options.retries,
            clock=options.clock,
            stop=stop,
            child=child,
            jobs=options.jobs,
            expires=math.inf if submission.plan.expires is None else submission.plan.expires.timestamp(),
            halving=options.wish.bisect,
            told=options.told,
            waiting=options.waiting,
        )
        options.begun()
        sender.run(units)
        _raise_failure(stop)
        ledger.interrupt()
        return _result(submission, ledger, options, started, stop, sender.retried)


def _raise_failure(stop: Stop) -> None:
    error = stop.error
    if error is None:
        return
    if isinstance(error, ToolError) and not isinstance(error, PolicyError):
        error.exit_code = ExitCode.UNSETTLED
    raise error


def _result(submission: Submission, ledger: Ledger, options: SubmitOptions, started: datetime, stop: Stop, retried: int) -> RunResult:
    tallies = submission.reconciled(ledger)
    stopped = stop.reason
    left = tallies[State.PLANNED].addresses
    if stopped is None and left:
        stopped = "the canary was sent" if options.wish.canary is not None else "there is more to send"
    if stopped is not None:
        ledger.note(f"stopped: {stopped}", format_timestamp(_now(options.clock)))
    return RunResult(
        kind=options.wish.kind,
        started=format_timestamp(started),
        finished=format_timestamp(_now(options.clock)),
        tallies=tallies,
        rejected=ledger.reasons(State.REJECTED),
        unknown=ledger.reasons(State.UNKNOWN),
        receipts=ledger.receipts(),
        planned=ledger.planned(),
        retried=retried,
        stopped=stopped,
    )


def _now(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock.time(), timezone.utc)


def plan_store(root: Path) -> Path:
    """Where ``submit SPEC`` keeps plans: each in a folder named by its identity."""
    return root / ".msgspec" / "plans"
