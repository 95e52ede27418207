"""``lint --fix`` and ``--diff``: fixes into files, or shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec_tool.cli.output import print_bytes, print_lines, print_unchecked, style
from msgspec_tool.errors import ExitCode
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import escaped

if TYPE_CHECKING:
    from msgspec_tool.diagnostics import LintReport
    from msgspec_tool.lint_pipeline import LintOptions
    from msgspec_tool.linting.fixing import Fixing


def shown_differences(options: LintOptions, *, unsafe: bool, colour: str) -> ExitCode:
    """Print what the fixes would change, and write nothing; 1 where there is something."""
    from msgspec_tool.reporters.differences import differences

    fixing = _fixing(options, unsafe=unsafe, write=False)
    changed = [(one.file.path, one.before, one.after) for one in fixing.changed]
    lines = list(differences(changed, style=style(colour, sys.stdout)))
    print_bytes(lambda stream: stream.writelines(line.encode("utf-8", "surrogatepass") for line in lines))
    print_unchecked(fixing.failures)
    if fixing.files:
        print_lines(_told(fixing, "would fix"), sys.stderr)
    else:
        print_lines(["nothing was checked: there is no spec and no request body among the files"], sys.stderr)
    if fixing.failures or not fixing.files:
        return ExitCode.INCOMPLETE
    return ExitCode.FINDINGS if changed else ExitCode.CLEAN


def applied(options: LintOptions, *, unsafe: bool) -> tuple[LintOptions, LintReport]:
    """Fix the files; the options for what is there now, and what is still found in it. Fixed standard input is printed."""
    from msgspec_tool.lint_pipeline import lint

    fixing = _fixing(options, unsafe=unsafe, write=True)
    given = next((one.after for one in fixing.files if one.file.data is not None), options.stdin)
    if given is not None:
        print_bytes(lambda stream: stream.write(given))
    options = options._replace(stdin=given)
    report = lint(options)
    known = {(failure.path, failure.message) for failure in report.failures}
    unwritten = tuple(one for one in fixing.failures if (one.path, one.message) not in known)
    print_lines(_told(fixing, "fixed"), sys.stderr)
    return options, replace(report, failures=(*report.failures, *unwritten))


def _fixing(options: LintOptions, *, unsafe: bool, write: bool) -> Fixing:
    from msgspec_tool.lint_pipeline import lint_inputs
    from msgspec_tool.linting.fixing import fix_files

    found, neighbours = lint_inputs(options)
    fixing = fix_files(found.files, neighbours, unsafe=unsafe, write=write)
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
