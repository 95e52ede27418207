"""``lint --baseline`` and ``--write-baseline``: findings that are known already."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec_tool.cli.output import print_lines, print_unchecked
from msgspec_tool.errors import ExitCode, UnreadableError
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import escaped

if TYPE_CHECKING:
    from msgspec_tool.diagnostics import LintReport


def without_known(report: LintReport, file: Path) -> LintReport:
    """A report without what a baseline knows; how much that was is said to the person."""
    from msgspec_tool.linting.baseline import compared, read_baseline

    found = compared(report, read_baseline(file))
    if found.known:
        print_lines([f"{counted(found.known, 'finding')} in the baseline"], sys.stderr)
    if found.gone:
        words = f"{counted(found.gone, 'finding')} of the baseline {'is' if found.gone == 1 else 'are'} gone"
        print_lines([f"{words}: refresh it with --write-baseline {escaped(str(file))}"], sys.stderr)
    return found.report


def written_baseline(report: LintReport, file: Path) -> ExitCode:
    """Write all findings into a baseline. 3 where something could not be checked: then the old one stays."""
    from msgspec_tool.linting.baseline import baseline_lines

    print_unchecked(report.failures)
    if report.failures or not report.checked:
        print_lines(["no baseline was written: not everything could be checked"], sys.stderr)
        return ExitCode.INCOMPLETE
    text = "".join(f"{line}\n" for line in baseline_lines(report.diagnostics, file))
    real = file.resolve()
    partial = real.with_name(f".{real.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(real)
    except OSError as error:
        raise UnreadableError(f"'{file}' can't be written: {error.strerror}", path=str(file), reason="unreadable") from error
    print_lines([f"wrote {counted(len(report.diagnostics), 'finding')} to {escaped(str(file))}"], sys.stderr)
    return ExitCode.CLEAN
