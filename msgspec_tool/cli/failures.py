"""What a run says of a failure, and how it ends: one clear message and a named exit code, never a traceback unasked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from msgspec_tool.cli.output import discard
from msgspec_tool.errors import FULL, ExitCode


def guarded(work: Callable[[], int]) -> int:
    """The exit code of some work, whatever becomes of it."""
    try:
        return work()
    except OSError as error:
        return _unwritten(error) if error.errno in FULL else _internal(error)
    except Exception as error:
        return _internal(error)


def interrupted() -> int:
    """Somebody asked for the end."""
    _say("interrupted")
    return ExitCode.INTERRUPTED


def finished(stream: TextIO) -> int:
    """What was said reaches the reader, or the exit code tells that it did not."""
    try:
        stream.flush()
    except BrokenPipeError:
        discard(stream)
    except OSError as error:
        return _unwritten(error)
    return ExitCode.CLEAN


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _internal(error: Exception) -> int:
    """What an unforeseen error says may be a value of a row: it is told where ``MSGSPEC_DEBUG`` is ``values``, and nowhere else."""
    asked = os.environ.get("MSGSPEC_DEBUG")
    if asked:
        import traceback

        shown = traceback.format_exception(error) if asked == "values" else _without_values(error)
        _say("".join(shown).removesuffix("\n"))
        return ExitCode.INCOMPLETE
    _say(f"error: an internal error ({type(error).__name__}{_place(error)}); this is a mistake in msgspec-tool")
    _say("help: run it again with MSGSPEC_DEBUG=1 and report what it prints")
    return ExitCode.INCOMPLETE


def _place(error: BaseException) -> str:
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return f" at {os.path.basename(last.tb_frame.f_code.co_filename)}:{last.tb_lineno}" if last is not None else ""


def _without_values(error: BaseException) -> Iterator[str]:
    """A traceback, causes first, that shows the program's own lines and the types of errors."""
    import traceback

    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield from _without_values(cause)
        yield "\nthen:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__} (MSGSPEC_DEBUG=values shows what it says)\n"


def _unwritten(error: OSError) -> int:
    discard(sys.stdout)
    _say(f"error: the output can't be written: {error.strerror}")
    return ExitCode.INCOMPLETE
