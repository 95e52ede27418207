"""How fast requests leave: one bucket of destinations for all workers, pauses that all of them keep, and what retrying may cost."""

from __future__ import annotations

import random
import threading
import time as _time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

BUDGET = 20.0
"""Retries that a run begins with, and never has more of."""


class Clock(Protocol):
    """Time, so that tests can move it by hand."""

    def time(self) -> float:
        """Unix seconds."""

    def monotonic(self) -> float:
        """Seconds that never go back."""

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Let seconds pass, or less where ``stop`` is set."""


class SystemClock:
    """The machine's time."""

    def time(self) -> float:
        return _time.time()

    def monotonic(self) -> float:
        return _time.monotonic()

    def wait(self, seconds: float, stop: threading.Event) -> None:
        stop.wait(seconds)


@dataclass
class Pacer:
    """Lets requests leave at ``rate`` destinations a second (None: as fast as they come), and not before a pause is over.

    A request pays for its addresses after it has left, so one that is larger than the rate leaves too, and the next one waits.
    """

    clock: Clock
    rate: float | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    _free: float = 0.0
    _paused: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def acquire(self, addresses: int) -> bool:
        """Wait for the turn of a request; False where the run stops before it comes."""
        while not self.stop.is_set():
            with self._lock:
                now = self.clock.monotonic()
                turn = max(self._free, self._paused)
                if turn <= now:
                    if self.rate is not None:
                        self._free = now + addresses / self.rate
                    return True
            self.clock.wait(turn - now, self.stop)
        return False

    def pause(self, seconds: float) -> None:
        """Let nobody leave for so long."""
        with self._lock:
            self._paused = max(self._paused, self.clock.monotonic() + seconds)


@dataclass
class Retries:
    """How often requests that were surely not taken are tried again: exponential backoff with full jitter, on a budget.

    A single fault costs little; an outage that meets every request uses the budget up, and the run stops.
    """

    attempts: int = 6
    """Of one request."""
    budget: float = BUDGET
    """Retries that a run may have; each request that is settled earns a tenth of one back."""
    unknown_in_a_row: int = 5
    """Requests with an unknown outcome, one after the other, after which a run stops: a person has to decide about each of them."""
    base: float = 0.5
    """Seconds."""
    longest: float = 30.0
    jitter: Callable[[], float] = random.random
    _row: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def backoff(self, attempt: int) -> float | None:
        """Seconds to wait after the n-th attempt (from 1); None where it was the last, or the budget is used up."""
        with self._lock:
            if attempt >= self.attempts or self.budget < 1:
                return None
            self.budget -= 1
        return self._jittered(attempt)

    def unsettled(self) -> float | None:
        """Seconds to wait after a request whose outcome is unknown; None where too many came in a row."""
        with self._lock:
            self._row += 1
            row = self._row
        return None if row >= self.unknown_in_a_row else self._jittered(row)

    def settled(self) -> None:
        """The outcome of a request is known."""
        with self._lock:
            self._row = 0
            self.budget = min(BUDGET, round(self.budget + 0.1, 3))

    def _jittered(self, attempt: int) -> float:
        return self.jitter() * min(self.longest, float(self.base * 2 ** (attempt - 1)))
