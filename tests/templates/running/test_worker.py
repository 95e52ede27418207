"""A child with limits: its items arrive, its failures too, and the parent lives on."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from collections.abc import Iterator

import pytest

from msgspec_tool.templates.failures import RenderFailure, WorkLimitError
from msgspec_tool.templates.running.worker import run_bounded
from tests.children import forked, is_gone

MIB = 1 << 20


def test_items_stream() -> None:
    assert list(run_bounded(lambda: range(1000), memory=64 * MIB, seconds=2)) == list(range(1000))
    big = list(run_bounded(lambda: ["x" * 300_000] * 3, memory=64 * MIB, seconds=2))
    assert [len(item) for item in big] == [300_000] * 3


def test_exceptions_travel() -> None:
    def work() -> Iterator[int]:
        yield 1
        raise RenderFailure("no", 3, 5)

    items = run_bounded(work, memory=64 * MIB, seconds=2)
    assert next(items) == 1
    with pytest.raises(RenderFailure) as failure:
        next(items)
    assert (failure.value.message, failure.value.start, failure.value.end) == ("no", 3, 5)


def test_exceptions_that_can_not_travel() -> None:
    class LocalError(Exception):
        pass

    def work() -> Iterator[int]:
        raise LocalError
        yield 1

    with pytest.raises(WorkLimitError, match="the work failed: LocalError"):
        list(run_bounded(work, memory=64 * MIB, seconds=2))


@pytest.mark.parametrize(
    ("work", "message"),
    [
        (lambda: [bytearray(2000 * MIB)], "more than 100 MiB"),
        (lambda: [sum(range(10**10))], "longer than 0.5 s"),
        (lambda: [time.sleep(60)], "longer than 0.5 s"),
        (lambda: [faulthandler.disable(), os.kill(os.getpid(), signal.SIGSEGV)], "memory"),
        (lambda: [os._exit(0)], "ended before"),
    ],
    ids=["memory", "cpu", "sleep", "crash", "exit"],
)
def test_limits(work: object, message: str) -> None:
    start = time.monotonic()
    with pytest.raises(WorkLimitError, match=message):
        list(run_bounded(work, memory=100 * MIB, seconds=0.5))  # type: ignore[arg-type]
    assert time.monotonic() - start < 3


def test_closing_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    children = forked(monkeypatch)
    items = run_bounded(lambda: iter(int, 1), memory=64 * MIB, seconds=5)
    assert next(items) == 0
    items.close()  # type: ignore[attr-defined]
    (child,) = children
    assert is_gone(child)
