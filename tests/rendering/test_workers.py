"""Work over several processes: order, failures, and deaths."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import pytest

from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.rendering.workers import ordered_map


class UntransportableError(Exception):
    def __init__(self, one: object, other: object) -> None:
        super().__init__("lost")
        self.held = Lock()


def fail(number: int) -> int:
    if number == 3:
        raise UsageError("three", help="not three")
    if number == 4:
        raise UntransportableError(1, 2)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("size", [0, 1, 2, 7, 50])
def test_results_come_in_the_order_of_the_work(jobs: int, size: int) -> None:
    assert list(ordered_map(lambda number: (number, "x" * 100_000), range(size), jobs)) == [
        (number, "x" * 100_000) for number in range(size)
    ]


def test_work_is_fetched_as_it_is_needed() -> None:
    fetched = []

    def items() -> Iterator[int]:
        for number in range(100):
            fetched.append(number)
            yield number

    results = ordered_map(abs, items(), 2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    assert len(fetched) < 10
    results.close()  # type: ignore[attr-defined]


def test_an_exception_of_the_work_is_raised_here() -> None:
    with pytest.raises(UsageError, match="three") as caught:
        list(ordered_map(fail, [1, 2, 3, 5], 2))
    assert caught.value.help == "not three"
    with pytest.raises(RuntimeError, match="UntransportableError: lost"):
        list(ordered_map(fail, [1, 2, 4], 2))


def test_a_dead_process_is_an_error_and_no_hang() -> None:
    for numbers in ([1, 1, 1], [0] * 20):
        with pytest.raises(UnreadableError, match="worker process died twice"):
            list(ordered_map(os._exit, numbers, 2))


def test_a_dead_process_is_replaced_and_its_work_done_again(tmp_path: Path) -> None:
    def die_once(number: int) -> int:
        mark = tmp_path / str(number)
        if number % 3 == 0 and not mark.exists():
            mark.touch()
            os._exit(9)
        return number * 2

    assert list(ordered_map(die_once, range(10), 2)) == [number * 2 for number in range(10)]


def test_no_more_processes_start_than_there_is_work() -> None:
    before = set(multiprocessing.active_children())
    most = 0
    for _result in ordered_map(abs, range(3), 8):
        most = max(most, len(set(multiprocessing.active_children()) - before))
    assert most <= 3
    assert set(multiprocessing.active_children()) == before
