"""The form for people: message, source lines with carets, related places, one line of help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec_tool.diagnostics import Diagnostic, Label, LintReport, Severity
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import BLUE, BOLD, CYAN, GREEN, RED, YELLOW, Style, escaped
from msgspec_tool.source.text import SourceFile, Span

COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}


def full(report: LintReport, *, style: Style, screen: int) -> Iterator[str]:
    """Lines of the whole report; ``screen`` is the width in columns."""
    for diagnostic in report.diagnostics:
        yield from one(diagnostic, style=style, screen=screen)
        yield ""
    for failure in report.failures:
        yield f"{style.paint('not checked', BOLD, RED)}: {escaped(failure.path)}: {escaped(failure.message)}"
    yield from summary(report, style=style)


def one(diagnostic: Diagnostic, *, style: Style, screen: int) -> Iterator[str]:
    """The lines of a single diagnostic."""
    finding, colour = diagnostic.finding, COLOURS[diagnostic.severity]
    head = style.paint(f"{diagnostic.severity.word}[{diagnostic.rule.name}]", BOLD, colour)
    yield f"{head} {diagnostic.rule.code}: {style.paint(escaped(finding.message), BOLD)}"
    yield from picture(finding.file, finding.span, finding.related, colour=colour, style=style, screen=screen, secret=finding.secret)
    yield from _notes(diagnostic, style)


def picture(
    file: SourceFile, span: Span, related: Sequence[Label], *, colour: int, style: Style, screen: int, secret: bool = False
) -> Iterator[str]:
    """A place with its source lines, and related places with their labels: in the same picture where they are in the same file.

    What stands at a ``secret`` place is not shown.
    """
    from msgspec_tool.reporters.excerpt import Mark, excerpt

    start = file.position(span.start)
    yield f"{style.paint('-->', BOLD, BLUE)} {escaped(file.path)}:{start.line}:{start.column}"
    same = [label for label in related if label.file.path == file.path]
    marks = [Mark(span, primary=True, colour=colour, hidden=secret), *(Mark(label.span, escaped(label.message)) for label in same)]
    yield from excerpt(file, marks, style, screen)
    others = [label for label in related if label.file.path != file.path]
    for path, labels in groupby(others, key=lambda label: label.file.path):
        found = list(labels)
        start = found[0].file.position(found[0].span.start)
        yield f"{style.paint(':::', BOLD, BLUE)} {escaped(path)}:{start.line}:{start.column}"
        yield from excerpt(found[0].file, [Mark(label.span, escaped(label.message)) for label in found], style, screen)


def _notes(diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    finding = diagnostic.finding
    # a fix that says the same is said once
    if finding.help and (finding.fix is None or finding.fix.description != finding.help):
        yield f"  = {style.paint('help', BOLD)}: {escaped(finding.help)}"
    if finding.fix is not None:
        kind = "" if finding.fix.applicability.value == "safe" else " (unsafe)"
        yield f"  = {style.paint('fix', BOLD, GREEN)}{kind}: {escaped(finding.fix.description)}"
    if finding.api is not None:
        yield f"  = {style.paint('platform', BOLD)}: {finding.api.code} {escaped(finding.api.message)}"


def summary(report: LintReport, *, style: Style) -> Iterator[str]:
    """The last lines: what was looked at, and what was found."""
    if not report.found:
        yield style.paint("nothing was checked: no spec was found (files end in .msg.yaml)", BOLD, RED)
        return
    counts = [
        (report.number_of(Severity.ERROR), "error", RED),
        (report.number_of(Severity.WARNING), "warning", YELLOW),
        (report.number_of(Severity.INFO), "info", CYAN),
    ]
    found = ", ".join(style.paint(counted(count, word), BOLD, colour) for count, word, colour in counts if count)
    clean = style.paint("no problems", BOLD, GREEN) if report.checked else style.paint("nothing was checked", BOLD, RED)
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
