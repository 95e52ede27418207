"""Work spread over processes, with results in the order of the work: the same bytes however many processes there are.

The processes are forked before anything else happens and no thread is started, so that no lock of a thread is left behind
locked in a child.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec_tool.errors import UnreadableError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

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
    """Forked processes, each at the end of a pipe: item ``n`` goes to process ``n % jobs`` and its result comes from there.

    A process that dies is replaced, and what it had been given is done again; the second death over one item is a failure.
    """

    def __init__(self, function: Callable[[Any], Any], jobs: int) -> None:
        self._function = function
        self._workers: list[_Worker] = []
        for _ in range(jobs):
            self._workers.append(_Worker(function, [worker.pipe for worker in self._workers]))

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def give(self, number: int, item: Any) -> None:
        """Send an item on its way."""
        worker = self._workers[number % len(self._workers)]
        worker.waiting.append(item)
        # that it is dead is seen when its result is asked for
        with suppress(OSError):
            worker.pipe.send(item)

    def take(self, number: int) -> Any:
        """Wait for the result of an item."""
        place = number % len(self._workers)
        try:
            done, value = self._workers[place].pipe.recv()
        except (EOFError, OSError):
            self._replace(place)
            try:
                done, value = self._workers[place].pipe.recv()
            except (EOFError, OSError) as error:
                raise _died() from error
        self._workers[place].waiting.popleft()
        if not done:
            raise value
        return value

    def _replace(self, place: int) -> None:
        dead = self._workers[place]
        dead.end()
        others = [worker.pipe for worker in self._workers if worker is not dead]
        self._workers[place] = fresh = _Worker(self._function, others)
        fresh.waiting = dead.waiting
        for item in fresh.waiting:
            with suppress(OSError):
                fresh.pipe.send(item)


class _Worker:
    """One process, our end of its pipe, and the items that it has not answered yet."""

    def __init__(self, function: Callable[[Any], Any], others: list[Connection]) -> None:
        import multiprocessing

        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.waiting: deque[Any] = deque()
        # a child that keeps another's pipe open would hide its death
        self._process = context.Process(target=_serve, args=(function, theirs, [*others, self.pipe]), daemon=True)
        self._process.start()
        theirs.close()

    def end(self) -> None:
        """Whatever it is doing, end it."""
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _died() -> UnreadableError:
    return UnreadableError("a worker process died twice over the same work", path="", reason="internal", help="try --jobs 1")


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
