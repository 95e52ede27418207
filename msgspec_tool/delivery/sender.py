"""Workers that take units of a plan to the wire: the ledger before, the wire, the ledger after. Memory does not grow with the plan."""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from msgspec_tool.delivery.answers import WHOLESALE, Answer, Verdict, outcomes, read_answer, unknown_outcomes
from msgspec_tool.delivery.bodies import narrowed
from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.pacing import Clock, Pacer, Retries
from msgspec_tool.delivery.states import Settled, State, Unit
from msgspec_tool.delivery.wire import Lost, NotSent, Replied
from msgspec_tool.errors import PolicyError

DEFAULT_WAIT = 1.0
"""Seconds for which all workers pause after 429 or 7020 without ``Retry-After``."""

LONGEST_WAIT = 600.0
"""Seconds: a platform that asks for more is not waited for; the run stops and can be resumed."""

_WORDS = {
    "7001": "the platform does not know the key (7001)",
    "7002": "the platform misses the key (7002)",
    "7007": "the service is not live (7007)",
}


class Poster(Protocol):
    """What sends a body: :class:`~msgspec_tool.delivery.wire.Wire`."""

    def post(self, body: bytes) -> Replied | NotSent | Lost:
        """Send a body."""


@dataclass
class Stop:
    """The end of a run before its work is done: the first reason counts."""

    event: threading.Event = field(default_factory=threading.Event)
    reason: str | None = None
    error: BaseException | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def because(self, reason: str, error: BaseException | None = None) -> None:
        """No further request leaves; those on their way are finished."""
        with self._lock:
            self.reason = self.reason or reason
            self.error = self.error or error
            self.event.set()


@dataclass
class Sender:
    """One run over some units. ``told`` hears of every state that addresses come into."""

    ledger: Ledger
    wire: Poster
    folder: Path
    pacer: Pacer
    retries: Retries
    clock: Clock
    stop: Stop
    child: int
    jobs: int = 4
    expires: float = math.inf
    """Unix seconds of the plan's earliest expiry: no request leaves after it, however long the run takes."""
    halving: bool = False
    """Requests that are refused as a whole are sent again in halves, down to single addresses."""
    told: Callable[[State, int], None] = lambda _state, _addresses: None
    waiting: Callable[[], None] = lambda: None
    """Called at the first interrupt: answers are waited for."""
    retried: int = 0

    def run(self, units: Iterator[tuple[Unit, bool]]) -> None:
        """Send units (each with whether it is to be halved first) until there are none or the run stops."""
        source = _Shared(units)
        ended = [threading.Event() for _number in range(self.jobs)]
        for number, event in enumerate(ended):
            threading.Thread(target=self._work, args=(source, event), name=f"sender-{number}", daemon=True).start()
        self._wait_for(ended)

    def _wait_for(self, ended: list[threading.Event]) -> None:
        """Return when all workers have ended.

        Not by ``Thread.join``: before Python 3.13 an interrupt in it ends the waiting for a thread that still runs, and what that one has
        on its way would be unknown.
        """
        while True:
            try:
                while not all(event.wait(0.2) for event in ended):
                    pass
                return
            except KeyboardInterrupt:
                if self.stop.event.is_set():
                    # a second time: what is on its way will be unknown
                    raise
                self.stop.because("interrupted")
                self.waiting()

    def _work(self, source: _Shared, ended: threading.Event) -> None:
        try:
            self._take(source)
        except BaseException as error:
            self.stop.because(str(error), error)
        finally:
            ended.set()

    def _take(self, source: _Shared) -> None:
        while not self.stop.event.is_set():
            found = source.take()
            if found is None:
                return
            unit, halve = found
            if halve:
                self._halves(unit)
            else:
                self._deliver(unit)

    def _deliver(self, unit: Unit) -> None:
        body = self._body(unit)
        attempt = 0
        while self.pacer.acquire(unit.addresses):
            if self.clock.time() >= self.expires:
                self.stop.because("the expiry of a message has passed")
                return
            self.ledger.begin(unit, self.child, self.clock.time())
            attempt += 1
            settled = self._attempt(unit, body, attempt)
            if settled is not None:
                self._settle(unit, settled)
                return

    def _attempt(self, unit: Unit, body: bytes, attempt: int) -> list[Settled] | None:
        """One request. What became of the unit; None where it was surely not taken, and may be tried again while the run goes on."""
        try:
            reply = self.wire.post(body)
        except PolicyError:
            self.ledger.give_back(unit)
            raise
        if isinstance(reply, Lost):
            return unknown_outcomes(unit, reply.reason)
        if isinstance(reply, NotSent):
            self.ledger.give_back(unit)
            self._again(attempt, reply.reason)
            return None
        answer = read_answer(reply.status, reply.body, reply.retry_after, now=self.clock.time())
        if answer.verdict is Verdict.SETTLED:
            self._pause(answer.retry_after or 0.0)
            return outcomes(answer, unit)
        self.ledger.give_back(unit)
        if answer.verdict is Verdict.STOP:
            code = answer.whole.code if answer.whole is not None else None
            self.stop.because(_WORDS.get(str(code), f"the platform refuses the service ({code})"))
        else:
            self._slow_down(attempt, answer)
        return None

    def _again(self, attempt: int, reason: str) -> None:
        seconds = self.retries.backoff(attempt)
        if seconds is None:
            self.stop.because(f"the platform can't be reached: {reason}")
            return
        self.retried += 1
        self.clock.wait(seconds, self.stop.event)

    def _slow_down(self, attempt: int, answer: Answer) -> None:
        seconds = self.retries.backoff(attempt)
        if seconds is None:
            self.stop.because("the platform asks to send later")
            return
        self.retried += 1
        self._pause(max(answer.retry_after or 0.0, seconds) or DEFAULT_WAIT)

    def _pause(self, seconds: float) -> None:
        """Nobody sends for so long; where it is too long to wait for, the run stops."""
        if seconds > LONGEST_WAIT:
            self.stop.because("the platform asks to send later")
        elif seconds:
            self.pacer.pause(seconds)

    def _settle(self, unit: Unit, settled: list[Settled]) -> None:
        halve = self._may_be_halved(unit, settled)
        self.ledger.record(settled)
        self._learn(settled)
        if halve:
            self._halves(unit)
            return
        for _piece, parts in settled:
            for part in parts:
                self.told(part.state, part.addresses)

    def _learn(self, settled: list[Settled]) -> None:
        """An outage must not use the plan up: where one outcome after the other is unknown, all pause, and then the run stops."""
        parts = [part for _piece, outcomes in settled for part in outcomes]
        if any(part.state is not State.UNKNOWN for part in parts):
            self.retries.settled()
            return
        seconds = self.retries.unsettled()
        if seconds is None:
            self.stop.because(f"one outcome after the other is unknown: {parts[-1].reason or parts[-1].code}")
        else:
            self._pause(seconds)

    def _may_be_halved(self, unit: Unit, settled: list[Settled]) -> bool:
        first = settled[0][1][0]
        return self.halving and first.whole and unit.addresses > 1 and first.code not in WHOLESALE

    def _halves(self, unit: Unit) -> None:
        if not self.stop.event.is_set():
            for half in self.ledger.halve(unit, self.child):
                self._deliver(half)

    def _body(self, unit: Unit) -> bytes:
        """The bytes of a unit; ``PolicyError`` where they changed since the ledger was made."""
        file, start, length, digest = self.ledger.place(unit.request)
        try:
            with (self.folder / file).open("rb") as stream:
                stream.seek(start)
                line = stream.read(length)
        except OSError:
            line = b""
        if hashlib.sha256(line).digest() != digest:
            raise PolicyError(f"the plan changed while it was sent: request {unit.request + 1:,} is not as it was", help="render it again")
        return line if unit.whole else narrowed(line, unit.pieces)


class _Shared:
    """An iterator that several threads take from."""

    def __init__(self, units: Iterator[tuple[Unit, bool]]) -> None:
        self._units = units
        self._lock = threading.Lock()

    def take(self) -> tuple[Unit, bool] | None:
        """The next one, or None."""
        with self._lock:
            return next(self._units, None)
