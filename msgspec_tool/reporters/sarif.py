"""SARIF 2.1.0, the exchange format of static analysis: for code scanning and for editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from msgspec_tool import __version__
from msgspec_tool.diagnostics import Applicability, Diagnostic, Edit, Failure, Fix, Label, LintReport, Rule, Severity
from msgspec_tool.reporters.rule_text import prose, rule_markdown, rule_text
from msgspec_tool.reporters.sarif_places import artifact, physical, region, told
from msgspec_tool.source.document import pointer

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "msgspecFinding/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


def sarif(report: LintReport, *, fingerprints: Sequence[str]) -> str:
    """The log as text, indented, with the documentation of each rule that found something; ``fingerprints`` go with the diagnostics."""
    known = sorted({one.rule for one in report.diagnostics}, key=lambda rule: rule.code)
    places = {rule: index for index, rule in enumerate(known)}
    run = {
        "tool": {"driver": _driver(known)},
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "UTF-8",
        "invocations": [_invocation(report)],
        "results": [_result(one, places[one.rule], print_) for one, print_ in zip(report.diagnostics, fingerprints, strict=True)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _driver(rules: list[Rule]) -> dict[str, Any]:
    return {"name": "msgspec-tool", "version": __version__, "semanticVersion": __version__, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": told(prose(rule.summary))},
        "help": {"text": told(rule_text(rule)), "markdown": told(f"{prose(rule.summary)}\n\n{rule_markdown(rule)}")},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": "default" in rule.profiles},
        "properties": {
            "tags": [rule.family, *rule.profiles],
            "precision": "high" if rule.confident else "medium",
            "problem.severity": _PROBLEMS[rule.severity],
            "fix": rule.fix.value,
            "api": list(rule.api),
        },
    }


def _invocation(report: LintReport) -> dict[str, Any]:
    notifications = [_notification(failure) for failure in report.failures]
    if not report.checked and not report.failures:
        notifications = [{"level": "error", "message": {"text": "nothing was checked: no spec was found"}}]
    return {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}


def _notification(failure: Failure) -> dict[str, Any]:
    return {
        "level": "error",
        "descriptor": {"id": failure.reason},
        "message": {"text": told(f"not checked: {failure.message}")},
        "locations": [{"physicalLocation": {"artifactLocation": artifact(failure.path)}}],
    }


def _result(diagnostic: Diagnostic, index: int, fingerprint: str) -> dict[str, Any]:
    finding = diagnostic.finding
    text = "\n".join(part for part in (finding.message, finding.help) if part)
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": told(text)},
        "locations": [_location(diagnostic)],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [{"id": number, **_related(label)} for number, label in enumerate(finding.related, 1)]
        result["codeFlows"] = [_flow(diagnostic)]
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.fix, diagnostic)]
    if finding.api is not None:
        result["properties"] = {"api": {"code": finding.api.code, "message": finding.api.message}}
    return result


def _location(diagnostic: Diagnostic) -> dict[str, Any]:
    finding = diagnostic.finding
    location = {"physicalLocation": physical(finding.file, finding.span)}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": pointer(finding.path), "kind": "member"}]  # type: ignore[assignment]
    return location


def _related(label: Label) -> dict[str, Any]:
    return {"physicalLocation": physical(label.file, label.span), "message": {"text": told(label.message)}}


def _flow(diagnostic: Diagnostic) -> dict[str, Any]:
    """The related places, then the finding's own: how one leads to the other."""
    own = {**_location(diagnostic), "message": {"text": told(diagnostic.finding.message)}}
    steps = [*map(_related, diagnostic.finding.related), own]
    return {"threadFlows": [{"locations": [{"location": step} for step in steps]}]}


def _fix(fix: Fix, diagnostic: Diagnostic) -> dict[str, Any]:
    file = diagnostic.finding.file
    kind = "" if fix.applicability is Applicability.SAFE else " (unsafe)"
    replacements = [_replacement(edit, diagnostic) for edit in fix.edits]
    return {
        "description": {"text": told(f"{fix.description}{kind}")},
        "artifactChanges": [{"artifactLocation": artifact(file.path), "replacements": replacements}],
    }


def _replacement(edit: Edit, diagnostic: Diagnostic) -> dict[str, Any]:
    return {"deletedRegion": region(diagnostic.finding.file, edit.span), "insertedContent": {"text": edit.text}}
