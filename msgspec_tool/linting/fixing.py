"""Fixes applied, pass by pass: edits that do not touch each other at once, then the file is checked again.

What is kept leaves no file with more findings than it had, and adds none to other files of the run. Nothing outside the
edits changes: bytes, line breaks and a byte order mark stay. Only files that were asked for are changed, never a partial that
one of them includes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from msgspec_tool.diagnostics import Applicability, Diagnostic, Edit, Failure, Fix, Severity
from msgspec_tool.errors import UnreadableError
from msgspec_tool.file_writing import write_whole
from msgspec_tool.linting.rule_run import Inspection
from msgspec_tool.model import Claim
from msgspec_tool.source.text import Span
from msgspec_tool.surroundings.discovery import InputFile, InputKind
from msgspec_tool.surroundings.files import read_file

MOST_CHECKS = 200
"""Times that one file is checked while it is fixed: a hostile one could ask for a check for each of a thousand findings."""

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


class Run(Protocol):
    """The files of a run: what is found in each, and whether a change of one harms others."""

    def inspect(self, file: InputFile) -> Inspection:
        """What is found in a file by itself."""
        ...

    def harmed(self, file: InputFile, change: tuple[bytes, bytes], claims: tuple[tuple[Claim, ...], tuple[Claim, ...]]) -> bool:
        """Whether more would be wrong in others after a change; each pair is before and after."""
        ...

    def settle(self, file: InputFile, data: bytes) -> None:
        """From now on a file is what ``data`` says."""
        ...


@dataclass(frozen=True)
class FixedFile:
    """What became of a file: its bytes before and after, and the findings whose fixes were applied or left out."""

    file: InputFile
    before: bytes
    after: bytes
    applied: tuple[Diagnostic, ...] = ()
    refused: tuple[Diagnostic, ...] = ()
    """Their fixes would leave more findings than there are without them."""
    exhausted: bool = False
    """Fixes are left that were not tried: the file was checked as often as one may be."""
    failures: tuple[Failure, ...] = ()
    """Why the file could not be checked, or not to its end."""

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after


@dataclass(frozen=True)
class Fixing:
    """A whole run: the files in the order of their names, and what could not be checked or written."""

    files: tuple[FixedFile, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def changed(self) -> tuple[FixedFile, ...]:
        """The files that the fixes change."""
        return tuple(one for one in self.files if one.changed)


def fix_files(files: Iterable[InputFile], run: Run, *, unsafe: bool, write: bool) -> Fixing:
    """Fix each file by itself, and with ``write`` replace those on disk that change (standard input is never written)."""
    fixed: list[FixedFile] = []
    failures: list[Failure] = []
    for file in files:
        try:
            one = fixed_file(file, run, unsafe=unsafe)
            if write and one.changed and file.data is None:
                _replace(Path(file.path), one.before, one.after)
            if one.changed:
                run.settle(file, one.after)
            fixed.append(one)
            failures += one.failures
        except UnreadableError as error:
            failures.append(Failure(file.path, error.reason, error.message))
    return Fixing(tuple(fixed), tuple(failures))


def fixed_file(file: InputFile, run: Run, *, unsafe: bool) -> FixedFile:
    """A file with every fix applied that can be: safe ones, and with ``unsafe`` all. ``UnreadableError`` where it can't be read."""
    data = file.data if file.data is not None else read_file(Path(file.path))
    attempt = _Attempt(file, run, unsafe, data, run.inspect(file._replace(data=data)))
    attempt.run()
    return FixedFile(
        file,
        data,
        attempt.data,
        tuple(attempt.applied),
        tuple(attempt.refused.values()),
        exhausted=attempt.checks >= MOST_CHECKS,
        failures=tuple(attempt.found.failures),
    )


@dataclass
class _Attempt:
    """One file on its way: its bytes, and what is found in them."""

    file: InputFile
    files: Run
    unsafe: bool
    data: bytes
    found: Inspection
    applied: list[Diagnostic] = field(default_factory=list)
    refused: dict[tuple[object, ...], Diagnostic] = field(default_factory=dict)
    checks: int = 0
    seen: set[bytes] = field(default_factory=set)

    def run(self) -> None:
        """Pass after pass, until nothing is left that could be applied."""
        while self.checks < MOST_CHECKS and self.data not in self.seen:
            self.seen.add(self.data)
            wanted = [one for one in self._applicable() if _identity(one) not in self.refused]
            together = list(_apart(wanted))
            if not together or self._take(together):
                continue
            # one of them does harm, or several do that touch the same thing
            if not any(self._take([one]) or self._refuse(one) for one in together):
                self.seen.discard(self.data)

    def _applicable(self) -> Iterator[Diagnostic]:
        text = self.data.decode("utf-8", "replace")
        tags = [Span(*found.span()) for found in _TAG.finditer(text)] if self.file.kind is InputKind.SPEC else []
        for one in sorted(self.found.diagnostics, key=lambda one: one.sort_key):
            fix = one.finding.fix
            wanted = fix is not None and (self.unsafe or fix.applicability is Applicability.SAFE)
            if fix is not None and wanted and one.finding.file.path == self.file.path and not _cuts_a_tag(fix, tags):
                yield one

    def _take(self, chosen: Sequence[Diagnostic]) -> bool:
        """Apply fixes, unless that does harm."""
        if self.checks >= MOST_CHECKS:
            return False
        self.checks += 1
        after = edited(self.data.decode("utf-8"), [edit for one in chosen for edit in _edits(one)]).encode("utf-8")
        found = self.files.inspect(self.file._replace(data=after))
        if _is_worse(self.found, found) or self.files.harmed(self.file, (self.data, after), (self.found.claims, found.claims)):
            return False
        self.data, self.found = after, found
        self.applied += chosen
        # what did harm before may do none now
        self.refused.clear()
        return True

    def _refuse(self, one: Diagnostic) -> bool:
        if self.checks < MOST_CHECKS:
            self.refused[_identity(one)] = one
        return False


def _identity(one: Diagnostic) -> tuple[object, ...]:
    """What a finding is known by while others are mended around it."""
    return one.rule.code, one.finding.message, one.finding.path


def _edits(one: Diagnostic) -> tuple[Edit, ...]:
    return one.finding.fix.edits if one.finding.fix is not None else ()


def _apart(wanted: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Those of the findings, in order, whose edits do not touch the edits of one before."""
    taken: list[Span] = []
    for one in wanted:
        spans = [edit.span for edit in _edits(one)]
        if not any(span.start <= other.end and other.start <= span.end for span in spans for other in taken):
            taken += spans
            yield one


def _cuts_a_tag(fix: Fix, tags: Iterable[Span]) -> bool:
    """Whether an edit begins or ends in the middle of a tag of a template, and goes on outside of it."""
    return any(
        tag.start < edit.span.start < tag.end < edit.span.end or edit.span.start < tag.start < edit.span.end < tag.end
        for edit in fix.edits
        for tag in tags
    )


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits that do not overlap; several at one place keep their order."""
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += (text[done : edit.span.start], edit.text)
        done = edit.span.end
    return "".join((*parts, text[done:]))


def _is_worse(before: Inspection, after: Inspection) -> bool:
    """Whether more is wrong than was. A file that could not be read to its end may show what was hidden, where it now can be."""
    if {failure.reason for failure in after.failures} - {failure.reason for failure in before.failures}:
        return True
    if before.spec is None and after.spec is not None:
        return False
    counts, counted = (Counter(one.severity for one in found.diagnostics) for found in (before, after))
    return (
        (before.spec is not None and after.spec is None)
        or counted[Severity.ERROR] > counts[Severity.ERROR]
        or sum(counted.values()) > sum(counts.values())
    )


def _replace(path: Path, before: bytes, after: bytes) -> None:
    """Write what was fixed, unless somebody else wrote in the meantime."""
    if read_file(path) != before:
        raise UnreadableError(f"'{path}' changed while it was fixed; nothing was written", path=path.as_posix(), reason="unreadable")
    write_whole(path, after)
