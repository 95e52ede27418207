"""Workflow commands of GitHub Actions: findings as annotations on the changed lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec_tool.diagnostics import Diagnostic, LintReport, Severity
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import escaped

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


MOST = 10
"""Annotations of a level that GitHub shows for one step; further ones are dropped without a word."""


def github(report: LintReport) -> Iterator[str]:
    """One command a finding, worst first; what could not be checked is an error of its file.

    What GitHub would drop is counted in a notice.
    """
    shown: Counter[str] = Counter()
    left: Counter[str] = Counter()
    commands = list(_commands(report))
    room = _room(Counter(level for level, _command in commands))
    for level, command in commands:
        if shown[level] < room[level]:
            shown[level] += 1
            yield command
        else:
            left[level] += 1
    if left:
        counts = ", ".join(counted(left[level], level) for level in ("error", "warning", "notice") if left[level])
        yield f"::notice title=more findings::{counts} more than GitHub shows; `msgspec-tool lint` lists them all"


def _room(counts: Counter[str]) -> dict[str, int]:
    """How many commands of each level are shown: the notice that counts the others is one of its level."""
    over = any(count > MOST for count in counts.values())
    return {"error": MOST, "warning": MOST, "notice": MOST - over}


def _commands(report: LintReport) -> Iterator[tuple[str, str]]:
    for failure in report.failures:
        yield "error", f"::error file={_property(failure.path)},title=not checked::{_data(failure.message)}"
    if not report.checked and not report.failures:
        yield "error", "::error title=nothing was checked::no spec was found"
    for diagnostic in sorted(report.diagnostics, key=lambda one: -one.severity):
        yield _COMMANDS[diagnostic.severity], _annotation(diagnostic)


def _annotation(diagnostic: Diagnostic) -> str:
    finding = diagnostic.finding
    start, end = finding.file.position(finding.span.start), finding.file.position(finding.span.end)
    # columns mean something on one line only
    columns = {"col": start.column, "endColumn": end.column} if start.line == end.line else {}
    properties = {
        "file": finding.file.path,
        "line": start.line,
        "endLine": end.line,
        **columns,
        "title": f"{diagnostic.rule.code} {diagnostic.rule.name}",
    }
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    # GitHub reads %0A as a line break: the only one is ours, those of the texts are written out
    message = "%0A".join(_data(text) for text in (finding.message, finding.help) if text is not None)
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{message}"


def _data(text: str) -> str:
    return escaped(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
