"""Where the program starts: a run of lint that is remembered is told again before anything is loaded; all else is a command."""

from __future__ import annotations

import gc
import os
import sys

from msgspec_tool.caching.remembered_runs import recalled
from msgspec_tool.cli.streams import open_closed_streams


def main() -> None:
    """Run the program and end the process with its exit code."""
    arguments = sys.argv[1:]
    alone = _works_alone(arguments)
    try:
        open_closed_streams()
        code = _ended(arguments)
    except KeyboardInterrupt:
        # while the program was loaded: from then on each command has its own way to end
        from msgspec_tool.cli.failures import interrupted

        code = interrupted()
    if alone:
        # nothing is left to finish, and to take a large heap apart takes longer than to check a file
        os._exit(code)
    sys.exit(code)


def _ended(arguments: list[str]) -> int:
    told = recalled(arguments)
    if told is not None:
        return _told(*told)
    if arguments[:1] in (["lint"], ["render"]):
        # what is made at the beginning lasts to the end, and little of it is garbage: looking for it takes a fifth of the time
        gc.disable()
    return _run(arguments)


def _works_alone(arguments: list[str]) -> bool:
    """Whether no other process has to be taken leave of: lint, and a render that starts no cluster. One that runs already runs on."""
    if arguments[:1] != ["render"]:
        return arguments[:1] == ["lint"]
    return not any("dask" in one for one in arguments) or any(one.startswith("--scheduler") for one in arguments)


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
