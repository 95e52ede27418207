"""What rules found in a file, as plain data and back: the form in which it is remembered, and sent from one process to another.

A place in a file is its offsets and the number of the file: 0 for the file itself, others for those that it looked into. Their
text is not part of the data: it is read again, and has to be the same as then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec_tool.caching.file_states import Seen, file_bytes
from msgspec_tool.catalogue import HANDLES
from msgspec_tool.diagnostics import Applicability, Diagnostic, Edit, Failure, Finding, Fix, Label, Prediction, Severity
from msgspec_tool.linting.rule_run import Examined, RuleRun
from msgspec_tool.model import Claim, ClaimKind, Suppression
from msgspec_tool.source.text import SourceFile, Span

PlainData = dict[str, Any]
"""Mappings, lists, texts, numbers, true, false and null."""


class UnknownFileError(Exception):
    """A finding stands in a file that is none of the known ones."""


def plain(examined: Examined, own: SourceFile) -> PlainData:
    """Everything that the rules found, but for the examples of data that break them. Raises :class:`UnknownFileError`."""
    number = _Numbers(own, examined.looked)
    run = examined.run
    return {
        "found": [_plain_diagnostic(one, number) for one in run.found.values()],
        "failures": [(one.path, one.reason, one.message) for one in run.failures],
        "suppressions": [_plain_suppression(one, number) for one in examined.suppressions],
        "claims": [(one.kind.value, one.text, number(one.file), one.span, one.path) for one in examined.claims],
        # last, when all files have their numbers
        "files": number.others,
    }


def restored(data: PlainData, own: SourceFile, run: RuleRun, looked: Mapping[str, Seen]) -> Examined:
    """What :func:`plain` was given, in a run that has found nothing yet. Raises ``OSError`` and ``ValueError`` where a file is gone."""
    files = [own, *(SourceFile(shown, _text(path)) for path, shown in data["files"])]
    for one in data["found"]:
        diagnostic = _diagnostic(one, files)
        run.found[diagnostic.key] = diagnostic
    run.failures += [Failure(*one) for one in data["failures"]]
    suppressions = tuple(_suppression(one, files) for one in data["suppressions"])
    claims = tuple(Claim(ClaimKind(kind), text, files[file], Span(*span), tuple(where)) for kind, text, file, span, where in data["claims"])
    return Examined(run, own.path, None, suppressions, claims, looked)


class _Numbers:
    """Numbers files as they come."""

    def __init__(self, own: SourceFile, looked: Iterable[str]) -> None:
        self._files = [own]
        self._looked = tuple(looked)
        self.others: list[tuple[str, str]] = []
        """From number 1 on: where a file was read, and what it is called."""

    def __call__(self, file: SourceFile) -> int:
        for number, known in enumerate(self._files):
            if known is file or known == file:
                return number
        for path in self._looked:
            if _text_or_none(path) == file.text:
                self._files.append(file)
                self.others.append((path, file.path))
                return len(self.others)
        raise UnknownFileError(file.path)


def _text(path: str) -> str:
    return file_bytes(path).decode("utf-8")


def _text_or_none(path: str) -> str | None:
    try:
        return _text(path)
    except (OSError, ValueError):
        return None


def _plain_diagnostic(one: Diagnostic, number: _Numbers) -> tuple[Any, ...]:
    found = one.finding
    return (
        one.rule.code,
        int(one.severity),
        number(found.file),
        found.span,
        found.message,
        found.path,
        None if found.severity is None else int(found.severity),
        [(label.message, number(label.file), label.span) for label in found.related],
        found.help,
        None if found.fix is None else _plain_fix(found.fix),
        None if found.api is None else (found.api.code, found.api.message),
        found.secret,
    )


def _diagnostic(data: Sequence[Any], files: Sequence[SourceFile]) -> Diagnostic:
    code, severity, file, span, message, path, own, related, help, fix, api, secret = data
    finding = Finding(
        files[file],
        Span(*span),
        message,
        None if path is None else tuple(path),
        severity=None if own is None else Severity(own),
        related=tuple(Label(words, files[other], Span(*place)) for words, other, place in related),
        help=help,
        fix=None if fix is None else _fix(fix),
        api=None if api is None else Prediction(*api),
        secret=secret,
    )
    return Diagnostic(HANDLES[code], Severity(severity), finding)


def _plain_fix(fix: Fix) -> tuple[Any, ...]:
    return fix.description, [(edit.span, edit.text) for edit in fix.edits], fix.applicability.value


def _fix(data: Sequence[Any]) -> Fix:
    description, edits, applicability = data
    return Fix(description, tuple(Edit(Span(*span), text) for span, text in edits), Applicability(applicability))


def _plain_suppression(one: Suppression, number: _Numbers) -> tuple[Any, ...]:
    until = None if one.until is None else one.until.isoformat()
    return number(one.file), one.span, one.line, one.names, one.reason, until, one.malformed


def _suppression(data: Sequence[Any], files: Sequence[SourceFile]) -> Suppression:
    file, span, line, names, reason, until, malformed = data
    known = tuple((name, Span(*place)) for name, place in names)
    return Suppression(files[file], Span(*span), line, known, reason, None if until is None else date.fromisoformat(until), malformed)
