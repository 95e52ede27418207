"""Workflow commands of GitHub Actions: findings as annotations on the changed lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec_tool.diagnostics import Diagnostic, LintReport, Severity
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import escaped

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

MOST = 10
"""Annotations of a level that GitHub shows for one step; further ones are dropped without a word."""


class _Command(NamedTuple):
    """A line for GitHub: its level, the file that it stands beside, and how it is written."""

    level: str
    path: str
    text: str


def github(report: LintReport) -> Iterator[str]:
    """One command a finding, worst first; what could not be checked is an error of its file.

    Where GitHub would drop some of a level, every file has its first one shown before another has its second. What is left
    out is counted in a notice.
    """
    commands = list(_commands(report))
    room = _room(Counter(one.level for one in commands))
    shown = {place for level, most in room.items() for place in _spread(commands, level)[:most]}
    yield from (one.text for place, one in enumerate(commands) if place in shown)
    left = Counter(one.level for place, one in enumerate(commands) if place not in shown)
    if left:
        counts = ", ".join(counted(left[level], level) for level in ("error", "warning", "notice") if left[level])
        yield f"::notice title=more findings::{counts} more than GitHub shows; `msgspec-tool lint` lists them all"


def _room(counts: Counter[str]) -> dict[str, int]:
    """How many commands of each level are shown: the notice that counts the others is one of its level."""
    over = any(count > MOST for count in counts.values())
    return {"error": MOST, "warning": MOST, "notice": MOST - over}


def _spread(commands: Sequence[_Command], level: str) -> list[int]:
    """Places of the commands of a level: the first of each file, then the second of each, and so on."""
    places = [place for place, one in enumerate(commands) if one.level == level]
    of_file: Counter[str] = Counter()
    turns = {}
    for place in places:
        path = commands[place].path
        turns[place] = of_file[path]
        of_file[path] += 1
    return sorted(places, key=turns.__getitem__)


def _commands(report: LintReport) -> Iterator[_Command]:
    for failure in report.failures:
        yield _Command("error", failure.path, f"::error file={_property(failure.path)},title=not checked::{_data(failure.message)}")
    if not report.checked and not report.failures:
        yield _Command("error", "", "::error title=nothing was checked::no spec was found")
    for diagnostic in sorted(report.diagnostics, key=lambda one: -one.severity):
        yield _Command(_COMMANDS[diagnostic.severity], diagnostic.finding.file.path, _annotation(diagnostic))


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
