"""One line a finding, for editors' problem matchers and for grep."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import LintReport
from msgspec_tool.reporters.full import summary
from msgspec_tool.reporters.screen import Style, escaped


def concise(report: LintReport, *, style: Style) -> Iterator[str]:
    """``path:line:column: severity[name] CODE: message``, then failures and the counts."""
    for diagnostic in report.diagnostics:
        finding = diagnostic.finding
        place = finding.file.position(finding.span.start)
        head = f"{escaped(finding.file.path)}:{place.line}:{place.column}"
        yield f"{head}: {diagnostic.severity.word}[{diagnostic.rule.name}] {diagnostic.rule.code}: {escaped(finding.message)}"
    for failure in report.failures:
        yield f"{escaped(failure.path)}: not checked: {escaped(failure.message)}"
    yield from summary(report, style=style)
