"""Work spread over processes, with results in the order of the work: the same bytes however many processes there are."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Any, TypeVar

from msgspec_tool.errors import UnreadableError

Item = TypeVar("Item")
Result = TypeVar("Result")

_function: Callable[[Any], Any] | None = None
"""What forked workers run: inherited, because compiled templates can't be sent through a pipe."""


def ordered_map(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[Result]:
    """``map`` in up to ``jobs`` forked processes; at most two items per process are on their way, so memory stays flat."""
    iterator = iter(items)
    first = list(islice(iterator, 2))
    if jobs <= 1 or len(first) < 2:
        yield from map(function, chain(first, iterator))
        return
    global _function
    _function = function
    waiting: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        try:
            for item in chain(first, iterator):
                waiting.append(pool.submit(_run, item))
                if len(waiting) >= 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise UnreadableError("a worker process died", path="", reason="internal", help="try --jobs 1") from error
        finally:
            for future in waiting:
                future.cancel()
            _function = None


def _run(item: Any) -> Any:
    assert _function is not None
    return _function(item)
