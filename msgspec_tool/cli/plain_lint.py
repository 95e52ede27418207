"""``lint`` where its command line is plain, without the library that reads command lines; all others are the program's."""

from __future__ import annotations

import sys
from functools import partial

from msgspec_tool.cli.failures import finished, guarded, interrupted
from msgspec_tool.cli.lint_options import Words, plain_words
from msgspec_tool.cli.output import tool_error
from msgspec_tool.errors import ToolError


def main(arguments: list[str]) -> int:
    """Run ``lint`` and hand over what it said; the exit code."""
    words = plain_words(arguments[1:])
    if words is None:
        from msgspec_tool.cli.main import main as run

        return run(arguments)
    return max(guarded(partial(_run, arguments, words)), finished(sys.stdout), finished(sys.stderr))


def _run(arguments: list[str], words: Words) -> int:
    from msgspec_tool.cli.lint_run import run_lint

    try:
        return run_lint(tuple(arguments), "auto", words)
    except ToolError as error:
        tool_error(error, "auto")
        return error.exit_code
    except (KeyboardInterrupt, EOFError):
        print(file=sys.stderr)
        return interrupted()
