"""The formats of ``lint``, each by its name: the only place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec_tool.diagnostics import Diagnostic, LintReport, Severity
from msgspec_tool.reporters.screen import Screen


class Presentation(NamedTuple):
    """What formats need besides the report."""

    fingerprint: Callable[[Sequence[Diagnostic]], Sequence[str]]
    """For each diagnostic of a report its fingerprint: unique in it, and the same wherever the finding moves."""
    rule_set: int = 1
    fail_on: Severity | None = Severity.ERROR
    """From this severity on a finding fails the run; None: never."""
    screen: Screen = Screen()


Format = Callable[[LintReport, Presentation], Iterator[str]]
"""Lines of a report."""


def _full(report: LintReport, shown: Presentation) -> Iterator[str]:
    from msgspec_tool.reporters.full import full

    return full(report, screen=shown.screen)


def _concise(report: LintReport, shown: Presentation) -> Iterator[str]:
    from msgspec_tool.reporters.concise import concise

    return concise(report, screen=shown.screen)


def _json(report: LintReport, shown: Presentation) -> Iterator[str]:
    from msgspec_tool.reporters.json_v1 import json_v1

    yield json_v1(report, rule_set=shown.rule_set)


def _jsonl(report: LintReport, shown: Presentation) -> Iterator[str]:
    from msgspec_tool.reporters.json_v1 import json_lines

    return json_lines(report, rule_set=shown.rule_set)


def _sarif(report: LintReport, shown: Presentation) -> Iterator[str]:
    from msgspec_tool.reporters.privacy import public
    from msgspec_tool.reporters.sarif import sarif

    yield sarif(public(report), fingerprints=shown.fingerprint(report.diagnostics))


def _github(report: LintReport, _shown: Presentation) -> Iterator[str]:
    from msgspec_tool.reporters.github import github
    from msgspec_tool.reporters.privacy import public

    return github(public(report))


def _gitlab(report: LintReport, shown: Presentation) -> Iterator[str]:
    from msgspec_tool.reporters.gitlab import gitlab
    from msgspec_tool.reporters.privacy import public

    yield gitlab(public(report), fingerprints=shown.fingerprint(report.diagnostics))


def _junit(report: LintReport, shown: Presentation) -> Iterator[str]:
    from msgspec_tool.reporters.junit import junit
    from msgspec_tool.reporters.privacy import public

    return junit(public(report), fail_on=shown.fail_on)


def _markdown(report: LintReport, _shown: Presentation) -> Iterator[str]:
    from msgspec_tool.reporters.markdown import markdown
    from msgspec_tool.reporters.privacy import public

    return markdown(public(report))


FORMATS: dict[str, Format] = {
    "full": _full,
    "concise": _concise,
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "markdown": _markdown,
}
"""Those that are made for other machines (from ``sarif`` on) show no personal value and no secret."""
