"""Buckets, pauses and retries under a clock that is moved by hand."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from msgspec_tool.delivery.pacing import Pacer, Retries, SystemClock
from msgspec_tool.delivery.progress import Progress, duration
from msgspec_tool.delivery.states import State


@dataclass
class Moved:
    now: float = 1000.0
    waited: list[float] = field(default_factory=list)

    def time(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float, stop: threading.Event) -> None:
        self.waited.append(seconds)
        self.now += seconds


def test_a_bucket_counts_destinations() -> None:
    clock = Moved()
    pacer = Pacer(clock, rate=10)
    left = []
    for addresses in (1, 1, 20, 1, 5):
        assert pacer.acquire(addresses)
        left.append(round(clock.now - 1000, 3))
    assert left == [0, 0.1, 0.2, 2.2, 2.3]


def test_without_a_rate_nobody_waits() -> None:
    clock = Moved()
    pacer = Pacer(clock)
    assert all(pacer.acquire(1000) for _number in range(100))
    assert clock.waited == []


def test_a_pause_holds_for_everybody() -> None:
    clock = Moved()
    pacer = Pacer(clock)
    pacer.pause(30)
    pacer.pause(5)
    assert pacer.acquire(1)
    assert clock.now == 1030
    assert pacer.acquire(1)
    assert clock.now == 1030


def test_a_pause_that_grows_while_it_is_waited_for() -> None:
    class Growing(Moved):
        def wait(self, seconds: float, stop: threading.Event) -> None:
            super().wait(seconds, stop)
            if len(self.waited) == 1:
                pacer.pause(7)

    clock = Growing()
    pacer = Pacer(clock)
    pacer.pause(3)
    assert pacer.acquire(1)
    assert clock.waited == [3, 7]


def test_a_run_that_stops_lets_nobody_leave() -> None:
    pacer = Pacer(Moved(), rate=1)
    pacer.stop.set()
    assert not pacer.acquire(1)


def test_backoff_grows_with_full_jitter() -> None:
    retries = Retries(jitter=lambda: 1.0, attempts=9)
    assert [retries.backoff(attempt) for attempt in range(1, 10)] == [0.5, 1, 2, 4, 8, 16, 30, 30, None]
    assert Retries(jitter=lambda: 0.0).backoff(3) == 0


def test_a_budget_ends() -> None:
    retries = Retries(budget=2, jitter=lambda: 1.0)
    assert [retries.backoff(1), retries.backoff(1), retries.backoff(1)] == [0.5, 0.5, None]
    for _number in range(10):
        retries.settled()
    assert retries.backoff(1) == 0.5
    for _number in range(1000):
        retries.settled()
    assert retries.budget == 20


def test_the_machines_clock() -> None:
    clock, stop = SystemClock(), threading.Event()
    stop.set()
    before = clock.monotonic()
    clock.wait(1000, stop)
    assert clock.monotonic() - before < 100
    assert clock.time() > 1_700_000_000


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (9.4, "0:09"), (75, "1:15"), (3600, "1:00:00"), (90061, "25:01:01")])
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("live", "lines"),
    [
        (True, ["\r\x1b[2Ksent 10 of 100: accepted 10, rejected 0, unknown 0; 1 a second, 1:30 left", "\r\x1b[2K"]),
        (False, ["sent 10 of 100: accepted 10, rejected 0, unknown 0; 1 a second, 1:30 left\n"]),
    ],
)
def test_progress(live: bool, lines: list[str]) -> None:
    clock, written = Moved(), []  # type: tuple[Moved, list[str]]
    progress = Progress(100, written.append, clock.monotonic, live)
    progress.told(State.ACCEPTED, 5)
    clock.now += 10
    progress.told(State.ACCEPTED, 5)
    progress.told(State.REJECTED, 90)
    progress.end()
    assert written == lines
    assert progress.line(clock.now) == "sent 100 of 100: accepted 10, rejected 90, unknown 0; 10 a second"
