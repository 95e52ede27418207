"""Diagnostics made by hand: texts with marks, so that a test shows what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Diagnostic, Finding, Label, LintReport, Rule, RuleFunctions, Severity, Subject
from msgspec_tool.source.text import SourceFile, Span


def _nothing(subject: object, context: object) -> Iterator[Finding]:
    """Nothing at all.

    What: nothing.
    """
    return iter(())


RULE = Rule("TST101", "test-rule", Subject.LOADED, Severity.ERROR, __name__, "RULE", written=RuleFunctions(_nothing))


def marked(text: str, path: str = "a.msg.yaml") -> tuple[SourceFile, Span]:
    """A file and the span between ``«`` and ``»`` in its text."""
    start = text.index("«")
    end = text.index("»") - 1
    return SourceFile(path, text.replace("«", "").replace("»", "")), Span(start, end)


def label(text: str, message: str, path: str = "a.msg.yaml") -> Label:
    """A related place: the file is the text without its marks."""
    file, span = marked(text, path)
    return Label(message, file, span)


def diagnostic(finding: Finding, severity: Severity = Severity.ERROR) -> Diagnostic:
    """A finding of the test's rule."""
    return Diagnostic(RULE, severity, finding)


def report(*diagnostics: Diagnostic, files: tuple[str, ...] = (), **counts: int) -> LintReport:
    """A report of one checked file, unless the counts say otherwise."""
    given = {"found": 1, "checked": 1, "skipped": 0, "suppressed": 0, **counts}
    return LintReport(**given, diagnostics=diagnostics, files=files)
