"""Work spread over processes, with results in the order of the work: the same bytes however many processes there are.

The processes are forked before anything else happens and no thread is started, so that no lock of a thread is left behind
locked in a child.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec_tool.errors import UnreadableError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2
"""Items on their way to each process: one in work and one waiting, so that no process idles."""

_UNTAKEN = 3
"""Items for each process that are given and whose results are not taken yet, so that memory stays flat."""


def ordered_map(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[Result]:
    """``map`` in ``jobs`` forked processes, each of which gets more when it has done something.

    An exception of the function is raised here. Children inherit the function, as compiled templates can't be sent through a pipe;
    items and results are.
    """
    iterator = iter(items)
    first = list(islice(iterator, 2))
    if jobs <= 1 or len(first) < 2:
        yield from map(function, chain(first, iterator))
        return
    waiting = chain(first, iterator)
    with _Crew(function, jobs) as crew:
        for taken in count():
            while not crew.has(taken):
                for item in islice(waiting, crew.room(taken)):
                    crew.give(item)
                if crew.room(taken):
                    crew.finish()
                if crew.given == taken:
                    return
                crew.receive()
            yield crew.take(taken)


class _Crew:
    """Forked processes, each at the end of a pipe: an item goes to the one that has least to do, and its result comes from there.

    A process that dies is replaced, and what it had been given is done again; the second death over one item is a failure.
    """

    def __init__(self, function: Callable[[Any], Any], jobs: int) -> None:
        self.given = 0
        self._all_given = False
        self._function = function
        self._done: dict[int, tuple[bool, Any]] = {}
        self._deadly: set[int] = set()
        """Items over which a process has died."""
        self._workers: list[_Worker] = []
        for _ in range(jobs):
            self._workers.append(_Worker(function, [worker.pipe for worker in self._workers]))

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.end()

    def room(self, taken: int) -> int:
        """How many more items can be given, when the results of so many are taken."""
        free = sum(_AHEAD - len(worker.waiting) for worker in self._workers)
        return min(free, taken + _UNTAKEN * len(self._workers) - self.given)

    def give(self, item: Any) -> None:
        """Send the next item on its way."""
        min(self._workers, key=lambda worker: len(worker.waiting)).give(self.given, item)
        self.given += 1

    def finish(self) -> None:
        """All items are given: a process that has done its share ends while others are at work."""
        self._all_given = True
        for worker in self._workers:
            if not worker.waiting:
                worker.kill()

    def has(self, number: int) -> bool:
        """Whether the result of an item is there."""
        return number in self._done

    def take(self, number: int) -> Any:
        """The result of an item."""
        done, value = self._done.pop(number)
        if not done:
            raise value
        return value

    def receive(self) -> None:
        """Wait for results."""
        from multiprocessing.connection import wait

        ready = wait([worker.pipe for worker in self._workers if worker.waiting])
        for place, worker in enumerate(self._workers):
            if worker.pipe not in ready:
                continue
            try:
                result = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(place)
                continue
            number, _item = worker.waiting.popleft()
            self._done[number] = result
            if self._all_given and not worker.waiting:
                worker.kill()

    def _replace(self, place: int) -> None:
        dead = self._workers[place]
        dead.kill()
        dead.end()
        for number, _item in islice(dead.waiting, 1):
            if number in self._deadly:
                raise _died()
            self._deadly.add(number)
        others = [worker.pipe for worker in self._workers if worker is not dead]
        self._workers[place] = fresh = _Worker(self._function, others)
        for number, item in dead.waiting:
            fresh.give(number, item)


class _Worker:
    """One process, and our end of its pipe."""

    def __init__(self, function: Callable[[Any], Any], others: list[Connection]) -> None:
        import multiprocessing

        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.waiting: deque[tuple[int, Any]] = deque()
        """Numbered items that are not answered yet."""
        # a child that keeps another's pipe open would hide its death
        self._process = context.Process(target=_serve, args=(function, theirs, [*others, self.pipe]), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, number: int, item: Any) -> None:
        """Send an item on its way."""
        self.waiting.append((number, item))
        # that it is dead is seen when its result is asked for
        with suppress(OSError):
            self.pipe.send(item)

    def kill(self) -> None:
        """Whatever it is doing, have it end."""
        self._process.kill()

    def end(self) -> None:
        """Wait for its end."""
        self.pipe.close()
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
