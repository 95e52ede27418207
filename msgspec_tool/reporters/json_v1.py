"""The JSON report, version 1: frozen, and published as ``schemas/v1/report.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec_tool import __version__
from msgspec_tool.diagnostics import Diagnostic, Fix, Label, LintReport, Prediction, Severity
from msgspec_tool.source.document import pointer
from msgspec_tool.source.text import SourceFile


def json_v1(report: LintReport, *, rule_set: int) -> str:
    """The report as text, indented; keys in the order of the schema. Lone surrogates are written as escapes."""
    return json.dumps(report_value(report, rule_set=rule_set), indent=2, ensure_ascii=True)


def json_lines(report: LintReport, *, rule_set: int) -> Iterator[str]:
    """The same report, a line for each diagnostic and each failure as they stand in it, and last one for the rest.

    ``kind`` says which a line is: ``diagnostic``, ``failure`` or ``summary``.
    """
    value = report_value(report, rule_set=rule_set)
    lines = [{"kind": "diagnostic", **one} for one in value.pop("diagnostics")]
    lines += [{"kind": "failure", **one} for one in value.pop("failures")]
    for line in (*lines, {"kind": "summary", **value}):
        yield json.dumps(line, ensure_ascii=True)


def report_value(report: LintReport, *, rule_set: int) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "version": 1,
        "tool": {"name": "msgspec-tool", "version": __version__, "rules": rule_set},
        "summary": {
            "found": report.found,
            "checked": report.checked,
            "skipped": report.skipped,
            "errors": report.number_of(Severity.ERROR),
            "warnings": report.number_of(Severity.WARNING),
            "infos": report.number_of(Severity.INFO),
            "suppressed": report.suppressed,
            "fixable": report.fixable,
        },
        "failures": [{"path": one.path, "reason": one.reason, "message": one.message} for one in report.failures],
        "diagnostics": [diagnostic_value(one) for one in report.diagnostics],
    }


def diagnostic_value(diagnostic: Diagnostic) -> dict[str, Any]:
    """One finding as plain data."""
    finding = diagnostic.finding
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": diagnostic.severity.word,
        "message": finding.message,
        "path": finding.file.path,
        "start": place_value(finding.file, finding.span.start),
        "end": place_value(finding.file, finding.span.end),
        "pointer": pointer(finding.path) if finding.path is not None else None,
        "related": [_related(label) for label in finding.related],
        "help": finding.help,
        "fix": _fix(finding.fix) if finding.fix else None,
        "api": _api(finding.api) if finding.api else None,
    }


def place_value(file: SourceFile, offset: int) -> dict[str, int]:
    """Line and column from 1, the offset from 0."""
    position = file.position(offset)
    return {"line": position.line, "column": position.column, "offset": offset}


def _related(label: Label) -> dict[str, Any]:
    return {
        "message": label.message,
        "path": label.file.path,
        "start": place_value(label.file, label.span.start),
        "end": place_value(label.file, label.span.end),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{"start": edit.span.start, "end": edit.span.end, "text": edit.text} for edit in fix.edits]
    return {"applicability": fix.applicability.value, "description": fix.description, "edits": edits}


def _api(prediction: Prediction) -> dict[str, str]:
    return {"code": prediction.code, "message": prediction.message}
