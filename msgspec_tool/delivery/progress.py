"""How far a run is: one line that is written over on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec_tool.delivery.states import State

LIVE_SECONDS = 0.25
PLAIN_SECONDS = 10.0
_MONTH = 30 * 86_400


@dataclass
class Progress:
    """Counts addresses by state. ``write`` gets whole texts; ``live`` says that they go to a terminal."""

    total: int
    write: Callable[[str], None]
    time: Callable[[], float]
    live: bool
    counts: dict[State, int] = field(default_factory=lambda: dict.fromkeys(State, 0))
    _next: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Requests leave from now on: what came before is no part of the rate."""
        self._began = self.time()
        self._next = self._began + self._every

    @property
    def _every(self) -> float:
        return LIVE_SECONDS if self.live else PLAIN_SECONDS

    def told(self, state: State, addresses: int) -> None:
        """Addresses came into a state; may be called by any thread."""
        with self._lock:
            self.counts[state] += addresses
            now = self.time()
            if now >= self._next:
                self._next = now + self._every
                self.write(f"\r\x1b[2K{self.line(now)}" if self.live else f"{self.line(now)}\n")

    def end(self) -> None:
        """Take the live line away."""
        if self.live:
            self.write("\r\x1b[2K")

    def line(self, now: float) -> str:
        """Sent, accepted, rejected, unknown, rate, time left."""
        sent = sum(self.counts.values())
        rate = sent / max(now - self._began, 0.001)
        left = f", {duration((self.total - sent) / rate)} left" if 0 < sent < self.total else ""
        settled = ", ".join(f"{state.value} {self.counts[state]:,}" for state in (State.ACCEPTED, State.REJECTED, State.UNKNOWN))
        return f"sent {sent:,} of {self.total:,}: {settled}; {rate:,.0f} a second{left}"


def duration(seconds: float) -> str:
    """Hours, minutes and seconds for a person, who counts what is longer than a month no more."""
    if seconds > _MONTH:
        return "more than a month"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
