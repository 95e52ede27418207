"""Work with limits: a function in a forked child that can't take more memory or time than it is given, however it tries.

Bounds inside a process reduce what a hostile template can cost; they do not contain it. The kernel's limits on a child do.
POSIX only: Windows has neither fork nor these limits.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import select
import signal
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from msgspec_tool.templates.failures import WorkLimitError

Item = TypeVar("Item")

_HEADER = struct.Struct(">cI")
_CHUNK = 1 << 16
_MAX_MESSAGE = 1 << 28
_ITEM, _ERROR, _MEMORY, _END = b"i", b"e", b"m", b"z"


def run_bounded(function: Callable[[], Iterable[Item]], *, memory: int, seconds: float) -> Iterator[Item]:
    """The items of ``function()``, made in a child with at most ``memory`` bytes of its own and ``seconds`` of CPU time.

    The wall clock is limited to twice the CPU time and a second. An exception of the function is raised here as it was.
    Raises :class:`WorkLimitError` where a limit is met or the child dies. Closing the iterator ends the child.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work(function, writer, memory, seconds)
    os.close(writer)
    try:
        yield from _received(reader, child, time.monotonic() + 2 * seconds + 1, memory, seconds)
    finally:
        os.close(reader)
        _end(child)


def _work(function: Callable[[], Iterable[Any]], writer: int, memory: int, seconds: float) -> None:
    """The child: never returns."""
    try:
        _limit(memory, seconds)
        try:
            for item in function():
                _send(writer, _ITEM, pickle.dumps(item))
            _send(writer, _END, b"")
        except MemoryError:
            _send(writer, _MEMORY, b"")
        except Exception as error:
            _send(writer, _ERROR, _pickled_error(error))
    finally:
        # No exit handler and no buffer of the parent may run twice.
        os._exit(0)


def _limit(memory: int, seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    whole = max(1, int(seconds + 0.999))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_CPU, whole)
    _lower(resource.RLIMIT_AS, _mapped() + memory)
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)


def _lower(kind: int, limit: int) -> None:
    hard = resource.getrlimit(kind)[1]
    limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (limit, limit))


def _mapped() -> int:
    """Bytes of address space that the process has already: the limit counts them."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 1 << 30
    return pages * resource.getpagesize()


def _pickled_error(error: Exception) -> bytes:
    try:
        data = pickle.dumps(error)
        pickle.loads(data)  # noqa: S301  our own bytes, tried before they travel
    except Exception:
        return pickle.dumps(WorkLimitError(f"the work failed: {type(error).__name__}"))
    return data


def _send(writer: int, kind: bytes, data: bytes) -> None:
    rest = memoryview(_HEADER.pack(kind, len(data)) + data)
    while rest:
        rest = rest[os.write(writer, rest) :]


def _received(reader: int, child: int, until: float, memory: int, seconds: float) -> Iterator[Any]:
    while True:
        header = _read(reader, _HEADER.size, until, seconds)
        if header is None:
            raise WorkLimitError(_why_dead(child, memory, seconds))
        kind, size = _HEADER.unpack(header)
        data = _read(reader, size, until, seconds) if size <= _MAX_MESSAGE else None
        if kind == _END:
            return
        if kind == _MEMORY:
            raise WorkLimitError(_too_much_memory(memory))
        if data is None:
            raise WorkLimitError(_why_dead(child, memory, seconds))
        value = pickle.loads(data)  # noqa: S301  bytes of our own child, which ran no code but ours
        if kind == _ERROR:
            raise value
        yield value


def _read(reader: int, size: int, until: float, seconds: float) -> bytes | None:
    """Exactly ``size`` bytes, or None where the child is gone."""
    parts = []
    while size:
        left = until - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            raise WorkLimitError(_too_long(seconds))
        part = os.read(reader, min(size, _CHUNK))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _why_dead(child: int, memory: int, seconds: float) -> str:
    status = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    killer = status.si_status if status is not None and status.si_code != os.CLD_EXITED else 0
    if killer in (signal.SIGXCPU, signal.SIGPROF, signal.SIGKILL):
        return _too_long(seconds)
    if killer in (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS):
        return _too_much_memory(memory)
    return "the worker ended before its work did"


def _too_long(seconds: float) -> str:
    return f"the work takes longer than {seconds:g} s"


def _too_much_memory(memory: int) -> str:
    return f"the work takes more than {memory // (1 << 20)} MiB of memory"


def _end(child: int) -> None:
    """End the child, whatever it is doing, and collect it."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
