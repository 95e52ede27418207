"""Where the program starts: a run of lint that is remembered is told again before anything is loaded; all else is a command."""

from __future__ import annotations

import os
import sys

from msgspec_tool.remembered_runs import recalled


def main() -> None:
    """Run the program and end the process with its exit code."""
    arguments = sys.argv[1:]
    told = recalled(arguments)
    if told is None:
        from msgspec_tool.cli.main import main as run

        code = run(arguments)
    else:
        code = _told(*told)
    if arguments[:1] == ["lint"]:
        # nothing is left to finish, and to take a large heap apart takes longer than to check a file
        os._exit(code)
    sys.exit(code)


def _told(code: int, text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        from msgspec_tool.cli.main import finished

        return max(code, finished(sys.stdout))
    return code
