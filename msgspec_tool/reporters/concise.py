"""One line a finding, for editors' problem matchers and for grep."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import LintReport
from msgspec_tool.reporters.full import COLOURS, summary
from msgspec_tool.reporters.screen import BOLD, RED, Screen, escaped


def concise(report: LintReport, *, screen: Screen) -> Iterator[str]:
    """``path:line:column: severity[name] CODE: message``, then failures and the counts."""
    for diagnostic in report.diagnostics:
        finding = diagnostic.finding
        place = finding.file.position(finding.span.start)
        kind = screen.paint(f"{diagnostic.severity.word}[{diagnostic.rule.name}]", BOLD, COLOURS[diagnostic.severity])
        where = f"{screen.paint(escaped(finding.file.path), BOLD)}:{place.line}:{place.column}"
        yield f"{where}: {kind} {diagnostic.rule.code}: {escaped(finding.message)}"
    for failure in report.failures:
        kind = screen.paint("not checked", BOLD, RED)
        yield f"{screen.paint(escaped(failure.path), BOLD)}: {kind}: {escaped(failure.message)}"
    yield from summary(report, screen=screen)
