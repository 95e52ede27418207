"""What the platform would answer to a request, as far as its documentation tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec_tool.channels.codes import CODES
from msgspec_tool.diagnostics import Diagnostic, LintReport, Prediction, Severity
from msgspec_tool.source.document import Plain
from msgspec_tool.source.json_reader import read_json
from msgspec_tool.source.text import decode
from msgspec_tool.surroundings.files import read_file

TRANSACTION = "00000000-0000-4000-8000-000000000000"
"""Stands where the platform writes an id of its own, which nobody can foresee."""
_ANSWERED = frozenset(known.code for known in CODES if known.kind == "answer")


@dataclass(frozen=True)
class Answer:
    """The answer to a file's request: for a spec, to the request with one message of it. ``value`` is None where nothing would be sent."""

    path: str
    value: dict[str, Any] | None
    reason: str = ""
    """Why nothing would be sent."""


def answers(report: LintReport, given: Mapping[str, bytes]) -> Iterator[Answer]:
    """One for each file of the report, sorted by path; ``given`` holds the bytes of those that are no files, by their names."""
    found: dict[str, list[Diagnostic]] = {}
    for one in report.diagnostics:
        # what is wrong in a partial is wrong in the spec that includes it
        paths = [path for path in (one.finding.file.path, *(label.file.path for label in one.finding.related)) if path in report.files]
        for path in paths[:1]:
            found.setdefault(path, []).append(one)
    reasons = {failure.path: failure.message for failure in report.failures}
    for path in sorted({*report.files, *reasons}):
        if path in reasons:
            yield Answer(path, None, reasons[path])
        else:
            yield _answer(path, found.get(path, []), given)


def _answer(path: str, found: list[Diagnostic], given: Mapping[str, bytes]) -> Answer:
    prediction = _first(found)
    if prediction is not None:
        refused = {"code": prediction.code, "description": prediction.message, "transid": TRANSACTION}
        return Answer(path, {"response": refused})
    if path.endswith(".json"):
        return Answer(path, {"response": list(_accepted(_body(path, given)))})
    errors = dict.fromkeys(one.rule.name for one in found if one.severity is Severity.ERROR)
    if errors:
        return Answer(path, None, f"it renders nothing: {', '.join(errors)}")
    return Answer(path, {"response": list(_accepted({}))})


def _first(found: list[Diagnostic]) -> Prediction | None:
    """The refusal that is told: of several the lowest code, then the first place; what the platform does is documented nowhere."""
    refusals = [
        one.finding.api
        for one in found
        # a warning is about some data only, or about what the platform lets pass
        if one.finding.api is not None
        and one.finding.api.code in _ANSWERED
        and (one.finding.severity or one.rule.severity) is Severity.ERROR
    ]
    return min(refusals, key=lambda prediction: prediction.code, default=None)


def _body(path: str, given: Mapping[str, bytes]) -> Plain:
    data = given.get(path)
    document = read_json(decode(path, read_file(Path(path)) if data is None else data)).document
    return document.value if document is not None else None


def _accepted(body: Plain) -> Iterator[dict[str, str]]:
    """An entry for each message, in the shapes that the documentation shows for one and for several."""
    if not isinstance(body, list):
        yield {"code": "1001", "transid": TRANSACTION, "description": "Queued"}
        return
    for number, _message in enumerate(body):
        transaction = f"{TRANSACTION}_{number}" if number else TRANSACTION
        yield {"description": "Queued", "correlationid": "", "code": "1001", "transid": transaction}
