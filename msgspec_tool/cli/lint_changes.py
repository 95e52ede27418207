"""What ``lint`` writes besides reports: fixes into files, and findings into a baseline."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec_tool.cli.output import print_bytes, print_lines, style
from msgspec_tool.errors import ExitCode, UnreadableError, UsageError
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import escaped

if TYPE_CHECKING:
    from msgspec_tool.diagnostics import LintReport
    from msgspec_tool.lint_pipeline import LintOptions
    from msgspec_tool.linting.fixing import Fixing


@dataclass(frozen=True)
class FixChoice:
    """What the command line says about fixes."""

    fix: bool
    unsafe: bool
    diff: bool

    def __post_init__(self) -> None:
        if self.unsafe and not (self.fix or self.diff):
            raise UsageError("--unsafe-fixes says which fixes, but not what to do with them", help="add --fix or --diff")


def shown_differences(options: LintOptions, choice: FixChoice, colour: str) -> ExitCode:
    """Print what the fixes would change, and write nothing; 1 where there is something."""
    from msgspec_tool.reporters.differences import differences

    fixing = _fixing(options, choice, write=False)
    changed = [(one.file.path, one.before, one.after) for one in fixing.changed]
    lines = list(differences(changed, style=style(colour, sys.stdout)))
    print_bytes(lambda stream: stream.writelines(line.encode("utf-8", "surrogatepass") for line in lines))
    print_lines(_told(fixing, "would fix"), sys.stderr)
    if fixing.failures or not fixing.files:
        return ExitCode.INCOMPLETE
    return ExitCode.FINDINGS if changed else ExitCode.CLEAN


def applied(options: LintOptions, choice: FixChoice) -> tuple[LintOptions, LintReport]:
    """Fix the files; the options for what is there now, and what is still found in it. Fixed standard input is printed."""
    from msgspec_tool.lint_pipeline import lint

    fixing = _fixing(options, choice, write=True)
    given = next((one.after for one in fixing.files if one.file.data is not None), options.stdin)
    if given is not None:
        print_bytes(lambda stream: stream.write(given))
    options = replace(options, stdin=given)
    report = lint(options)
    known = {(failure.path, failure.message) for failure in report.failures}
    unwritten = tuple(one for one in fixing.failures if (one.path, one.message) not in known)
    print_lines(_told(fixing, "fixed"), sys.stderr)
    return options, replace(report, failures=(*report.failures, *unwritten))


def _fixing(options: LintOptions, choice: FixChoice, *, write: bool) -> Fixing:
    from msgspec_tool.lint_pipeline import lint_inputs
    from msgspec_tool.linting.fixing import fix_files

    found, neighbours = lint_inputs(options)
    fixing = fix_files(found.files, neighbours, unsafe=choice.unsafe, write=write)
    return replace(fixing, failures=(*found.failures, *fixing.failures))


def _told(fixing: Fixing, did: str) -> Iterator[str]:
    for file in fixing.files:
        for one in file.refused:
            place = one.finding.file.position(one.finding.span.start)
            where = f"{escaped(file.file.path)}:{place.line}:{place.column}"
            yield f"not fixed: {where}: {one.rule.name} {one.rule.code}: the fix would leave more findings"
        if file.exhausted:
            yield f"not all fixed: {escaped(file.file.path)}: the file was checked too often; run it once more"
    applied = sum(len(one.applied) for one in fixing.changed)
    if applied:
        yield f"{did} {counted(applied, 'finding')} in {counted(len(fixing.changed), 'file')}"
    elif did != "fixed" or not any(file.refused for file in fixing.files):
        yield "nothing to fix"


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

    for failure in report.failures:
        print_lines([f"not checked: {escaped(failure.path)}: {escaped(failure.message)}"], sys.stderr)
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
