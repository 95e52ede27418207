"""What ``lint`` keeps of a run, and where it finds it again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec_tool.cli.output import written

if TYPE_CHECKING:
    from datetime import datetime

    from msgspec_tool.diagnostics import LintReport, Severity
    from msgspec_tool.lint_pipeline import LintOptions
    from msgspec_tool.linting.memory import LintMemory


def lint_memory(arguments: Sequence[str], now: datetime, config: str | None, *, fixed_clock: bool) -> LintMemory | None:
    """What is remembered for this command line; None where there is no folder for it."""
    from msgspec_tool.caching.remembered_runs import remembered_run
    from msgspec_tool.linting.memory import LintMemory

    run = remembered_run(arguments, os.environ, sys.stdout)
    if run is None:
        return None
    memory = LintMemory(run, now.timestamp(), fixed_clock=fixed_clock)
    if config is not None:
        memory.note_settings(os.path.abspath(config))
    return memory


def remembered(lines: Iterable[str], options: LintOptions, report: LintReport, fail_on: Severity | None) -> Iterator[str]:
    """The lines as they come; when the last is said, the run is remembered, unless something was not checked."""
    said = []
    for line in lines:
        said.append(line)
        yield line
    if options.memory is not None and options.stdin is None and not report.failures and not report.skipped and report.checked:
        options.memory.keep_run(report.exit_code(fail_on), "".join(f"{written(line, sys.stdout)}\n" for line in said))
