"""Work spread over processes, with results in the order of the work: the same bytes however many processes there are.

The processes are forked before anything else happens and no thread is started, so that no lock of a thread is left behind
locked in a child.
"""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from msgspec_tool.errors import UnreadableError

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2
"""Items on their way to each process: one in work and one waiting, so that no process idles and memory stays flat."""


def ordered_map(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[Result]:
    """``map`` in ``jobs`` forked processes, which take turns. An exception of the function is raised here.

    Children inherit the function: compiled templates can't be sent through a pipe. Items and results are.
    """
    iterator = iter(items)
    first = list(islice(iterator, 2))
    if jobs <= 1 or len(first) < 2:
        yield from map(function, chain(first, iterator))
        return
    with _Crew(function, jobs) as crew:
        given = taken = 0
        for item in chain(first, iterator):
            if given - taken == _AHEAD * jobs:
                yield crew.take(taken)
                taken += 1
            crew.give(given, item)
            given += 1
        while taken < given:
            yield crew.take(taken)
            taken += 1


class _Crew:
    """Forked processes, each at the end of a pipe: item ``n`` goes to process ``n % jobs`` and its result comes from there."""

    def __init__(self, function: Callable[[Any], Any], jobs: int) -> None:
        context = multiprocessing.get_context("fork")
        self._pipes: list[Connection] = []
        self._processes: list[Any] = []
        for _ in range(jobs):
            ours, theirs = context.Pipe()
            # a child that keeps another's pipe open would hide its death
            process = context.Process(target=_serve, args=(function, theirs, [*self._pipes, ours]), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.kill()
            process.join()

    def give(self, number: int, item: Any) -> None:
        """Send an item on its way."""
        try:
            self._pipes[number % len(self._pipes)].send(item)
        except OSError as error:
            raise _died() from error

    def take(self, number: int) -> Any:
        """Wait for the result of an item."""
        try:
            done, value = self._pipes[number % len(self._pipes)].recv()
        except (EOFError, OSError) as error:
            raise _died() from error
        if not done:
            raise value
        return value


def _died() -> UnreadableError:
    return UnreadableError("a worker process died", path="", reason="internal", help="try --jobs 1")


def _serve(function: Callable[[Any], Any], pipe: Connection, others: list[Connection]) -> None:
    """A child: results for items until its pipe is closed."""
    for other in others:
        other.close()
    # the parent has gone: nobody waits for results
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            pipe.send(_done(function, pipe.recv()))


def _done(function: Callable[[Any], Any], item: Any) -> tuple[bool, Any]:
    try:
        return True, function(item)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes, tried before they travel
        except Exception:
            return False, RuntimeError(f"{type(error).__name__}: {error}")
        return False, error
