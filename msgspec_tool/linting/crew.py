"""Work of lint in several processes. A process that dies takes down one piece of work and no more, and nothing waits for it.

Bare forks with a pipe each: what is loaded and read stays shared, and a pool of the library takes longer to load than it saves.
"""

from __future__ import annotations

import os
import resource
import selectors
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

MOST_SECONDS = 120
"""Seconds of computing that a process may take for one file."""
WORTH_A_PROCESS = 16
"""Files from which on another process saves more than it costs."""

_HEAD = 4


def processes(files: int, wanted: int | None) -> int:
    """How many processes a number of files is spread over; without a wish those of the machine, where it pays."""
    if not hasattr(os, "fork"):
        return 1
    if wanted is None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        wanted = min(cores, files // WORTH_A_PROCESS)
    return max(1, min(wanted, files))


def spread(work: Callable[[int], bytes], numbers: Sequence[int], jobs: int) -> Iterator[tuple[int, bytes | str]]:
    """``work`` done for each number in other processes, in any order: its result, or in words how the process over it ended."""
    waiting = [_Worker(work, numbers[start::jobs]) for start in range(jobs)]
    with selectors.DefaultSelector() as selector:
        try:
            for worker in waiting:
                selector.register(worker.pipe, selectors.EVENT_READ, worker)
            while selector.get_map():
                for key, _events in selector.select():
                    worker = key.data
                    more = worker.receive()
                    yield from worker.take()
                    if more:
                        continue
                    selector.unregister(worker.pipe)
                    waiting.remove(worker)
                    ending = worker.end()
                    if worker.left:
                        yield worker.left[0], ending
                    if worker.left[1:]:
                        fresh = _Worker(work, worker.left[1:])
                        waiting.append(fresh)
                        selector.register(fresh.pipe, selectors.EVENT_READ, fresh)
        finally:
            for worker in waiting:
                with suppress(ProcessLookupError):
                    os.kill(worker.process, signal.SIGKILL)
                worker.end()


class _Worker:
    """A forked process that works through some numbers in order, and our end of its pipe."""

    def __init__(self, work: Callable[[int], bytes], numbers: Sequence[int]) -> None:
        self.left = list(numbers)
        self._received = bytearray()
        self.pipe, theirs = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            _serve(work, self.left, theirs)
        os.close(theirs)

    def receive(self) -> bool:
        """Read what is there; False where nothing will come any more."""
        data = os.read(self.pipe, 1 << 16)
        self._received += data
        return bool(data)

    def take(self) -> Iterator[tuple[int, bytes]]:
        """The results that have arrived whole."""
        while len(self._received) >= _HEAD:
            end = _HEAD + int.from_bytes(self._received[:_HEAD], "big")
            if len(self._received) < end:
                return
            yield self.left.pop(0), bytes(self._received[_HEAD:end])
            del self._received[:end]

    def end(self) -> str:
        """Wait for the end of the process, and say how it ended."""
        os.close(self.pipe)
        _process, status = os.waitpid(self.process, 0)
        if os.WIFSIGNALED(status):
            if os.WTERMSIG(status) == signal.SIGXCPU:
                return f"it took more than {MOST_SECONDS} seconds of computing"
            return f"the process that checked it was ended by signal {os.WTERMSIG(status)}"
        return f"the process that checked it ended with status {os.WEXITSTATUS(status)}"


def _serve(work: Callable[[int], bytes], numbers: Sequence[int], pipe: int) -> None:  # pragma: no cover - in a child
    """The life of a child: never comes back, so that nothing of its parent is finished twice."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        for number in numbers:
            _allow_time()
            result = work(number)
            rest = memoryview(len(result).to_bytes(_HEAD, "big") + result)
            while rest:
                rest = rest[os.write(pipe, rest) :]
        os._exit(0)
    except BaseException:
        os._exit(1)


def _allow_time() -> None:  # pragma: no cover - in a child
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = int(used.ru_utime + used.ru_stime) + MOST_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
