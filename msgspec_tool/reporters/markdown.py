"""A report as a comment on a pull request: worst first, as much as a comment can hold, the rest counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec_tool.diagnostics import Diagnostic, Failure, LintReport
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.full import summary
from msgspec_tool.reporters.screen import Screen, escaped

LIMIT = 65_536
"""What a comment on GitHub can hold; counted in bytes here, which are never fewer than its characters."""
_RESERVE = 500
"""Bytes kept for the last line."""


def markdown(report: LintReport, *, limit: int = LIMIT) -> Iterator[str]:
    """Lines of the comment. Whatever a finding quotes stands in code spans, where it is no markup, no link and no mention."""
    (line,) = summary(report, screen=Screen())
    head = ["### msgspec-tool", "", line]
    yield from head
    left = limit - _RESERVE - sum(map(size, head))
    items = [*map(_failure_lines, report.failures), *map(_lines, _worst_first(report))]
    for index, item in enumerate(items):
        left -= sum(map(size, item))
        if left < 0:
            yield from ("", f"… and {_rest(report, index)} more; `msgspec-tool lint` shows all.")
            return
        if index == 0:
            yield ""
        yield from item


def size(line: str) -> int:
    """Bytes of a line with its line break."""
    return len(line.encode("utf-8", "surrogatepass")) + 1


def _worst_first(report: LintReport) -> list[Diagnostic]:
    return sorted(report.diagnostics, key=lambda one: -one.severity)


def _failure_lines(failure: Failure) -> list[str]:
    return [f"- **not checked** {code(failure.path)}: {code(failure.message)}"]


def _lines(diagnostic: Diagnostic) -> list[str]:
    finding, rule = diagnostic.finding, diagnostic.rule
    where = code(finding.file.place(finding.span.start))
    lines = [f"- **{diagnostic.severity.word}** {rule.name} ({rule.code}) at {where}\\", f"  {code(finding.message)}"]
    if finding.help:
        lines[-1] += "\\"
        lines.append(f"  help: {code(finding.help)}")
    return lines


def _rest(report: LintReport, told: int) -> str:
    kinds = ["not checked"] * len(report.failures) + [one.severity.word for one in _worst_first(report)]
    left = kinds[told:]
    counts = [(left.count(word), word) for word in ("not checked", "error", "warning", "info")]
    return ", ".join(f"{count} {word}" if word == "not checked" else counted(count, word) for count, word in counts if count)


def code(text: str) -> str:
    """A code span whose fence is longer than any run of backticks in it."""
    shown = escaped(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    # one blank at either end belongs to the fence
    blank = " " if shown[:1] in ("`", " ", "") or shown[-1:] in ("`", " ") else ""
    return f"{fence}{blank}{shown}{blank}{fence}"
