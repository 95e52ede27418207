"""GitLab's Code Quality report: findings beside the changed lines of a merge request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from msgspec_tool.diagnostics import Diagnostic, Failure, LintReport, Severity
from msgspec_tool.reporters.screen import escaped

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(report: LintReport, *, fingerprints: Sequence[str]) -> str:
    """The report as text, indented; ``fingerprints`` go with the diagnostics. What could not be checked is a blocker of its file."""
    issues = [_issue(one, fingerprint) for one, fingerprint in zip(report.diagnostics, fingerprints, strict=True)]
    failures = report.failures
    if not report.checked and not failures:
        failures = (Failure(".", "nothing", "nothing was checked: no spec was found"),)
    return json.dumps([*issues, *map(_unchecked, failures)], indent=2)


def _issue(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    finding = diagnostic.finding
    start, end = finding.file.position(finding.span.start), finding.file.position(finding.span.end)
    message = escaped(finding.message)
    if finding.help:
        message += f"{' ' if message.endswith('?') else '; '}{escaped(finding.help)}"
    name = f"{diagnostic.rule.code} {diagnostic.rule.name}"
    return _entry(message, name, fingerprint, _SEVERITIES[diagnostic.severity], finding.file.path, start.line, end.line)


def _unchecked(failure: Failure) -> dict[str, Any]:
    told = f"{failure.path}\0{failure.reason}\0{failure.message}"
    fingerprint = sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    return _entry(escaped(failure.message), "not-checked", fingerprint, "blocker", failure.path, 1, 1)


def _entry(message: str, name: str, fingerprint: str, severity: str, path: str, begin: int, end: int) -> dict[str, Any]:
    return {
        "description": message,
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": escaped(path.removeprefix("./")), "lines": {"begin": begin, "end": end}},
    }
