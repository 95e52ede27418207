"""The JSON report of a test run, version 1: frozen, and published as ``schemas/v1/test.schema.json``."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

from msgspec_tool import __version__
from msgspec_tool.reporters.json_v1 import diagnostic_value, place_value
from msgspec_tool.source.document import Plain, pointer
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.verdicts import Case, Coverage, Mismatch, SpecVerdict, StoredChanges, Unreached, Verdicts


def verdict_json(verdicts: Verdicts, *, rule_set: int) -> str:
    """The report as text, indented; keys in the order of the schema. Lone surrogates are written as escapes."""
    return json.dumps(verdict_value(verdicts, rule_set=rule_set), indent=2, ensure_ascii=True)


def verdict_value(verdicts: Verdicts, *, rule_set: int) -> dict[str, Any]:
    """The report as plain data. It tells no times: the same specs give the same report."""
    specs = verdicts.specs
    return {
        "version": 1,
        "tool": {"name": "msgspec-tool", "version": __version__, "rules": rule_set},
        "summary": {
            "found": len(specs) + len(verdicts.failures) + verdicts.skipped,
            "tested": sum(bool(spec.cases) for spec in specs),
            "empty": sum(spec.is_empty for spec in specs),
            "refused": verdicts.with_errors,
            "skipped": verdicts.skipped,
            "passed": verdicts.passed,
            "failed": verdicts.failed,
            "branches": _counts(verdicts.coverage) if verdicts.coverage else None,
        },
        "failures": [{"path": one.path, "reason": one.reason, "message": one.message} for one in verdicts.failures],
        "specs": [_spec(spec) for spec in specs],
    }


def _counts(coverage: Coverage) -> dict[str, Any]:
    return {"total": coverage.total, "reached": coverage.reached}


def _spec(spec: SpecVerdict) -> dict[str, Any]:
    return {
        "path": spec.path,
        "name": spec.name,
        "samples": spec.samples,
        "tests": spec.tests,
        "passed": spec.passed,
        "failed": spec.failed,
        "cases": [_case(case) for case in spec.cases],
        "diagnostics": [diagnostic_value(one) for one in spec.diagnostics],
        "branches": _branches(spec.coverage) if spec.coverage else None,
        "stored": _stored(spec.stored) if spec.stored else None,
    }


def _stored(changes: StoredChanges) -> dict[str, Any]:
    return {"written": list(changes.written), "removed": list(changes.removed), "unchanged": changes.unchanged}


def _case(case: Case) -> dict[str, Any]:
    mismatches = [_mismatch(one) for one in case.mismatches]
    data = None if case.data is None else {name: _json(value) for name, value in case.data.items()}
    return {
        "name": case.name,
        "sample": case.sample,
        "data": data,
        "passed": case.passed,
        "unsent": case.unsent,
        "mismatches": mismatches,
    }


def _mismatch(mismatch: Mismatch) -> dict[str, Any]:
    comparison = mismatch.comparison
    return {
        "message": mismatch.message,
        "place": mismatch.place,
        "form": comparison.form if comparison else None,
        "expected": _json(comparison.expected) if comparison else None,
        "got": _json(comparison.got) if comparison else None,
        **_where(mismatch.file, mismatch.span, pointer=pointer(mismatch.path)),
    }


def _json(value: Plain) -> Plain:
    """A value as JSON has it: YAML's infinities become text."""
    if isinstance(value, list):
        return [_json(item) for item in value]
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _branches(coverage: Coverage) -> dict[str, Any]:
    return {**_counts(coverage), "unreached": [_branch(one) for one in coverage.unreached]}


def _branch(branch: Unreached) -> dict[str, Any]:
    return {"kind": branch.kind, "words": branch.words, **_where(branch.file, branch.span)}


def _where(file: SourceFile, span: Span, **more: str) -> dict[str, Any]:
    return {"path": file.path, **more, "start": place_value(file, span.start), "end": place_value(file, span.end)}
