"""A page that is built again whenever a file that it rests on has changed, in a process of its own.

A build may fork to keep templates within limits, which a process whose threads serve readers must not do; and whatever a build comes
to, the process that serves them lives on.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec_tool.caching.watching import Noted, Watch
from msgspec_tool.errors import ToolError, UnreadableError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_PAUSE = 0.2
"""Seconds between two looks at the files."""
_QUIET = 0.05
"""Seconds without another change after which what was begun is taken to be written: programs empty a file before they fill it."""
_MOST_WAITS = 20
"""How often more of it is waited for."""
_REST = 30
"""How many times as long as a look the pause after it is at least: many files may not keep a processor busy."""

Page = TypeVar("Page")


class Rebuilding(Generic[Page]):
    """The pages, from the first on, while it is entered. Nothing may have started a thread before that."""

    def __init__(self, build: Callable[[Noted], Page]) -> None:
        """``build`` makes the page and notes what it rests on, each before it is read; it raises ``ToolError``."""
        import multiprocessing

        context = multiprocessing.get_context("fork")
        self._pages, theirs = context.Pipe()
        self._process = context.Process(target=_keep_building, args=(build, theirs, self._pages))
        self._process.start()
        theirs.close()

    def __enter__(self) -> Rebuilding[Page]:
        return self

    def __exit__(self, *_: object) -> None:
        self._pages.close()
        self._process.kill()
        self._process.join()

    def __iter__(self) -> Iterator[Page | ToolError]:
        """Each page when it is built, or why there is none; never ends. ``UnreadableError`` where the process that builds has died."""
        while True:
            try:
                page = self._pages.recv()
            except (EOFError, OSError) as error:
                self._process.join()
                words = f"the process that builds the page has ended ({self._process.exitcode})"
                raise UnreadableError(words, path="", reason="internal", help="start it again") from error
            yield page


def _keep_building(build: Callable[[Noted], object], pipe: Connection, theirs: Connection) -> None:
    """The process that builds: to the end of the one that serves."""
    theirs.close()
    # what ends the process that serves ends this one too, by the pipe
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    while True:
        noted = Noted()
        try:
            pipe.send(_built(build, noted))
        except OSError:
            return
        if not _wait(pipe, Watch(noted.facts)):
            return


def _built(build: Callable[[Noted], object], noted: Noted) -> object:
    try:
        return build(noted)
    except ToolError as error:
        return error
    except Exception as error:
        words = f"an internal error ({type(error).__name__}); this is a mistake in msgspec-tool"
        return ToolError(words, help="`msgspec-tool preview` without --serve tells more with MSGSPEC_DEBUG=1")


def _wait(pipe: Connection, watch: Watch) -> bool:
    """True when a fact no longer holds, False when nobody serves the pages any more."""
    pause = 0.0
    while not pipe.poll(pause):
        began = time.perf_counter()
        if watch.broken():
            return _settled(pipe, watch)
        pause = max(_PAUSE, _REST * (time.perf_counter() - began))
    return False


def _settled(pipe: Connection, watch: Watch) -> bool:
    """As :func:`_wait`, when nobody writes any more."""
    before = watch.looks()
    for _ in range(_MOST_WAITS):
        if pipe.poll(_QUIET):
            return False
        now = watch.looks()
        if now == before:
            break
        before = now
    return True
