"""Workflow commands of GitHub Actions: findings as annotations on the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Diagnostic, LintReport, Severity
from msgspec_tool.reporters.screen import escaped

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(report: LintReport) -> Iterator[str]:
    """One command a finding; what could not be checked is an error of its file."""
    for diagnostic in report.diagnostics:
        yield _annotation(diagnostic)
    for failure in report.failures:
        yield f"::error file={_property(failure.path)},title=not checked::{_data(failure.message)}"
    if not report.checked and not report.failures:
        yield "::error title=nothing was checked::no spec was found"


def _annotation(diagnostic: Diagnostic) -> str:
    finding = diagnostic.finding
    start, end = finding.file.position(finding.span.start), finding.file.position(finding.span.end)
    properties = {
        "file": finding.file.path,
        "line": start.line,
        "endLine": end.line,
        "col": start.column,
        "endColumn": end.column,
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
