"""A report for other machines: what it quotes of people and of secrets is masked.

Masked are the values of personal and secret variables (in samples, ``with``, ``examples``, ``default``), addresses and ids,
whatever a rule on secrets found, and every value that a finding quotes where it stands in the data of a recipient, a sample
or a test. Keys of the file stay readable, and so do places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec_tool.diagnostics import Diagnostic, Edit, Failure, Finding, Fix, Label, LintReport
from msgspec_tool.reporters.private_data import BEGINNING, PrivateData, private_data
from msgspec_tool.source.text import SourceFile

MASK = "***"
_SHORT = 4
"""Shorter values are words that occur anywhere: they are masked in quotes only."""
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_LONG_NUMBER = re.compile(r"\+?\d[\d ().-]{3,}\d")
_NOBODYS = frozenset(("+447700900000", "+447700900999"))
"""The range reserved for fiction that rules advise."""
_CREDENTIALS = re.compile(r"//[^\s/@'\"]+:[^\s/@'\"]*@")
_READING = ("YML", "JSN")
"""Families of rules that speak of a file as text."""

_Known = Callable[[SourceFile], PrivateData]


def public(report: LintReport) -> LintReport:
    """The same report without what is private; a fix that would write it is left out."""
    return report._replace(diagnostics=public_findings(report.diagnostics), failures=tuple(map(_failure, report.failures)))


def public_findings(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """:func:`public` for findings alone."""
    found: dict[tuple[str, str], PrivateData] = {}
    secrets = _secrets(diagnostics)

    def known(file: SourceFile) -> PrivateData:
        key = (file.path, file.text)
        if key not in found:
            found[key] = private_data(file, secrets.get(file.path, ()))
        return found[key]

    return tuple(one._replace(finding=_finding(one, known)) for one in diagnostics)


def _secrets(diagnostics: Iterable[Diagnostic]) -> dict[str, tuple[str, ...]]:
    by_path: dict[str, tuple[str, ...]] = {}
    for one in diagnostics:
        if one.rule.family == "SEC" or one.finding.secret:
            file = one.finding.file
            by_path[file.path] = (*by_path.get(file.path, ()), file.slice(one.finding.span))
    return by_path


def _failure(failure: Failure) -> Failure:
    # the words of an error inside a rule can quote anything
    if failure.reason != "internal":
        return failure
    return failure._replace(message="a rule failed on this file; lint says which on your own machine")


def _finding(diagnostic: Diagnostic, known: _Known) -> Finding:
    finding = diagnostic.finding
    own = known(finding.file)
    inside = own.covers(finding.span) or (not own.readable and diagnostic.rule.family in _READING)
    values = [pair for file in _files(finding) for pair in known(file).beginnings]
    here = finding.file.slice(finding.span).strip("\"'")
    if inside and here not in own.keys:
        values.append((here[:BEGINNING], here))

    def masked(text: str, *, inside: bool = inside) -> str:
        return _masked(text, values, own.keys if inside else None)

    return finding._replace(
        message=masked(finding.message),
        help=masked(finding.help) if finding.help else finding.help,
        related=tuple(_label(label, known, masked) for label in finding.related),
        fix=_fix(finding.fix, own, masked, inside=inside),
        api=finding.api._replace(message=masked(finding.api.message)) if finding.api else None,
        example=None,
    )


def _files(finding: Finding) -> list[SourceFile]:
    files = {file.path: file for file in (finding.file, *(label.file for label in finding.related))}
    return list(files.values())


def _label(label: Label, known: _Known, masked: Callable[..., str]) -> Label:
    return label._replace(message=masked(label.message, inside=known(label.file).covers(label.span)))


def _fix(fix: Fix | None, own: PrivateData, masked: Callable[..., str], *, inside: bool) -> Fix | None:
    if fix is None or any(_is_private(edit, own, masked, inside=inside) for edit in fix.edits):
        return None
    return fix._replace(description=masked(fix.description))


def _is_private(edit: Edit, own: PrivateData, masked: Callable[..., str], *, inside: bool) -> bool:
    writes = any(char.isalnum() for char in edit.text) and edit.text not in own.keys
    return (writes and (inside or own.covers(edit.span))) or masked(edit.text, inside=False) != edit.text


def _masked(text: str, values: Iterable[tuple[str, str]], keys: frozenset[str] | None) -> str:
    """The text without private values; with ``keys`` it is about private data, and keeps in quotes nothing but these."""
    for beginning, value in values:
        if beginning in text:
            text = _without(text, value)
    text = _CREDENTIALS.sub(f"//{MASK}@", text)
    if keys is not None:
        kept = keys
        text = _QUOTED.sub(
            lambda found: found[0] if _tells_nothing(found[1] or found[2] or "", kept) else found[0][0] + MASK + found[0][0], text
        )
        text = _LONG_NUMBER.sub(lambda found: found[0] if found[0] in _NOBODYS else MASK, text)
    return text


def _tells_nothing(piece: str, keys: frozenset[str]) -> bool:
    return piece in keys or piece == MASK or len(piece) < 2 or not any(char.isalnum() for char in piece)


def _without(text: str, value: str) -> str:
    if not any(char.isalnum() for char in value):
        return text
    if len(value) < _SHORT:
        return text.replace(f"'{value}'", f"'{MASK}'").replace(f'"{value}"', f'"{MASK}"')
    if value in text:
        before, after = (r"(?<!\w)" if value[0].isalnum() else ""), (r"(?!\w)" if value[-1].isalnum() else "")
        text = re.sub(before + re.escape(value) + after, MASK, text)
    if "…" in text and len(value) > BEGINNING and value[:BEGINNING] in text:
        text = re.sub(re.escape(value[:BEGINNING]) + r"[^…']*…", MASK, text)
    return text
