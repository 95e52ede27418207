"""The form for people: message, source lines with carets, related places, one line of help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec_tool.diagnostics import Diagnostic, Label, LintReport, Severity
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import BLUE, BOLD, CYAN, GREEN, RED, YELLOW, Screen, escaped
from msgspec_tool.source.text import SourceFile, Span

COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}


def full(report: LintReport, *, screen: Screen) -> Iterator[str]:
    """Lines of the whole report."""
    for diagnostic in report.diagnostics:
        yield from one(diagnostic, screen=screen)
        yield ""
    for failure in report.failures:
        yield f"{screen.paint('not checked', BOLD, RED)}: {escaped(failure.path)}: {escaped(failure.message)}"
    yield from summary(report, screen=screen)


def one(diagnostic: Diagnostic, *, screen: Screen) -> Iterator[str]:
    """The lines of a single diagnostic."""
    finding, colour = diagnostic.finding, COLOURS[diagnostic.severity]
    head = screen.paint(f"{diagnostic.severity.word}[{diagnostic.rule.name}]", BOLD, colour)
    yield f"{head} {diagnostic.rule.code}: {screen.paint(escaped(finding.message), BOLD)}"
    yield from picture(finding.file, finding.span, finding.related, colour=colour, screen=screen, secret=finding.secret)
    yield from _notes(diagnostic, screen)


def picture(file: SourceFile, span: Span, related: Sequence[Label], *, colour: int, screen: Screen, secret: bool = False) -> Iterator[str]:
    """A place with its source lines, and related places with their labels: in the same picture where they are in the same file.

    What stands at a ``secret`` place is not shown.
    """
    from msgspec_tool.reporters.excerpt import Mark, excerpt

    yield f"{screen.paint('-->', BOLD, BLUE)} {escaped(file.place(span.start))}"
    same = [label for label in related if label.file.path == file.path]
    marks = [Mark(span, primary=True, colour=colour, hidden=secret), *(Mark(label.span, escaped(label.message)) for label in same)]
    yield from excerpt(file, marks, screen)
    others = [label for label in related if label.file.path != file.path]
    for _path, labels in groupby(others, key=lambda label: label.file.path):
        found = list(labels)
        other = found[0].file
        yield f"{screen.paint(':::', BOLD, BLUE)} {escaped(other.place(found[0].span.start))}"
        yield from excerpt(other, [Mark(label.span, escaped(label.message)) for label in found], screen)


def _notes(diagnostic: Diagnostic, screen: Screen) -> Iterator[str]:
    finding = diagnostic.finding
    # a fix that says the same is said once
    if finding.help and (finding.fix is None or finding.fix.description != finding.help):
        yield f"  = {screen.paint('help', BOLD)}: {escaped(finding.help)}"
    if finding.fix is not None:
        kind = "" if finding.fix.applicability.value == "safe" else " (unsafe)"
        yield f"  = {screen.paint('fix', BOLD, GREEN)}{kind}: {escaped(finding.fix.description)}"
    if finding.api is not None:
        yield f"  = {screen.paint('platform', BOLD)}: {finding.api.code} {escaped(finding.api.message)}"


def summary(report: LintReport, *, screen: Screen) -> Iterator[str]:
    """The last lines: what was looked at, and what was found."""
    if not report.found:
        yield screen.paint("nothing was checked: no spec was found (files end in .msg.yaml)", BOLD, RED)
        return
    counts = [
        (report.number_of(Severity.ERROR), "error", RED),
        (report.number_of(Severity.WARNING), "warning", YELLOW),
        (report.number_of(Severity.INFO), "info", CYAN),
    ]
    found = ", ".join(screen.paint(counted(count, word), BOLD, colour) for count, word, colour in counts if count)
    clean = screen.paint("no problems", BOLD, GREEN) if report.checked else screen.paint("nothing was checked", BOLD, RED)
    yield f"{found or clean} in {counted(report.found, 'file')} ({_looked_at(report)}){_extra(report)}{_kinds(report)}"


def _looked_at(report: LintReport) -> str:
    missed = report.found - report.checked - report.skipped
    parts = [(report.checked, "checked"), (report.skipped, "skipped"), (missed, "not checked")]
    return ", ".join(f"{count:,} {word}" for count, word in parts if count > 0)


def _extra(report: LintReport) -> str:
    parts = [(report.suppressed, "suppressed"), (report.fixable, "fixable")]
    return "".join(f"; {count:,} {word}" for count, word in parts if count)


def _kinds(report: LintReport) -> str:
    return ": specs end in .msg.yaml, request bodies in .json" if report.skipped and not report.checked else ""
