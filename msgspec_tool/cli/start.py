"""Where the program starts: a run of lint that is remembered is told again before anything is loaded; all else is a command."""

from __future__ import annotations

import gc
import os
import sys

from msgspec_tool.caching.remembered_runs import recalled
from msgspec_tool.cli.streams import open_closed_streams


def main() -> None:
    """Run the program and end the process with its exit code."""
    open_closed_streams()
    arguments = sys.argv[1:]
    told = recalled(arguments)
    alone = _works_alone(arguments)
    if told is not None:
        code = _told(*told)
    else:
        if alone:
            # what is made at the beginning lasts to the end, and little of it is garbage: looking for it takes a fifth of the time
            gc.disable()
        code = _run(arguments)
    if alone:
        # nothing is left to finish, and to take a large heap apart takes longer than to check a file
        os._exit(code)
    sys.exit(code)


def _works_alone(arguments: list[str]) -> bool:
    """Whether nothing but the command itself runs in the process: lint, and a render that no cluster is asked for."""
    return arguments[:1] == ["lint"] or (arguments[:1] == ["render"] and not any("dask" in one for one in arguments))


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["lint"]:
        from msgspec_tool.cli.plain_lint import main as run
    else:
        from msgspec_tool.cli.main import main as run
    return run(arguments)


def _told(code: int, text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        from msgspec_tool.cli.failures import lost

        return max(code, lost(error))
    return code
