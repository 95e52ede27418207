"""A baseline: the findings that were there when a rule or the program came, so that only new ones are told.

The file is JSON with a line for each finding, in a fixed order, so that a change of it reads well in a review. Its schema is
published as ``schemas/v1/baseline.schema.json``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from msgspec_tool.diagnostics import Diagnostic, LintReport
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.fingerprints import fingerprints

VERSION = 1
MAX_BYTES = 50_000_000
"""The largest baseline that is read: some 300,000 findings."""

_REMEDY = "write it anew with --write-baseline"


@dataclass(frozen=True)
class Baseline:
    """Findings that are known: by fingerprint the path of their file, relative to the baseline's folder."""

    file: Path
    known: Mapping[str, str]


@dataclass(frozen=True)
class Compared:
    """A report without what the baseline knows: how many that were, and how many of its findings are gone."""

    report: LintReport
    known: int
    gone: int


def read_baseline(file: Path) -> Baseline:
    """A baseline from its file. ``UsageError`` with the place for one that is none; ``UnreadableError`` for no file at all."""
    text = _text(file)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(f"'{file}' is no baseline: {error.msg} at line {error.lineno}, column {error.colno}", help=_REMEDY) from None
    except RecursionError:
        raise UsageError(f"'{file}' is no baseline: it is nested too deeply", help=_REMEDY) from None
    if not isinstance(value, dict) or not isinstance(value.get("findings"), list):
        raise UsageError(f"'{file}' is no baseline: it is no object with a list 'findings'", help=_REMEDY)
    if value.get("version") != VERSION:
        raise UsageError(f"'{file}' is a baseline of version {json.dumps(value.get('version'))}; this is {VERSION}", help=_REMEDY)
    return Baseline(file, dict(_known(file, value["findings"])))


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UnreadableError(f"'{file}' is larger than {MAX_BYTES:,} bytes", path=str(file), reason="too-large", help=_REMEDY)
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"'{file}' is no baseline: it is not UTF-8", help=_REMEDY) from None
    except FileNotFoundError:
        raise UsageError(f"there is no baseline '{file}'", help="--write-baseline makes one of what is found now") from None
    except OSError as error:
        raise UnreadableError(f"'{file}' can't be read: {error.strerror}", path=str(file), reason="unreadable") from error


def _known(file: Path, findings: Sequence[object]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(findings, 1):
        fingerprint, path = (one.get("fingerprint"), one.get("path")) if isinstance(one, dict) else (None, None)
        if not isinstance(fingerprint, str) or not isinstance(path, str):
            raise UsageError(f"'{file}' is no baseline: finding {number} has no 'fingerprint' and 'path' of text", help=_REMEDY)
        yield fingerprint, path


def compared(report: LintReport, baseline: Baseline) -> Compared:
    """The report without the findings that the baseline knows.

    Those count as gone that stand in files which this run checked, or which are no more, and were not found again.
    """
    names = _names(baseline.file)
    found = dict(zip(fingerprints(report.diagnostics, names), report.diagnostics, strict=True))
    fresh = tuple(one for fingerprint, one in found.items() if fingerprint not in baseline.known)
    looked_at = {names(path) for path in report.files}
    missed = (path for fingerprint, path in baseline.known.items() if fingerprint not in found)
    folder = baseline.file.parent
    gone = sum(path in looked_at or not (folder / path).exists() for path in missed)
    known = len(found) - len(fresh)
    return Compared(report._replace(diagnostics=fresh, suppressed=report.suppressed + known), known, gone)


def baseline_lines(diagnostics: Sequence[Diagnostic], file: Path) -> Iterator[str]:
    """The lines of a baseline with these findings, for a file in this place."""
    names = _names(file)
    entries = sorted(
        (names(one.finding.file.path), one.rule.code, fingerprint)
        for one, fingerprint in zip(diagnostics, fingerprints(diagnostics, names), strict=True)
    )
    yield f'{{"version": {VERSION}, "findings": ['
    for number, (path, code, fingerprint) in enumerate(entries, 1):
        entry = json.dumps({"path": path, "code": code, "fingerprint": fingerprint}, ensure_ascii=False)
        yield f"{entry}{',' if number < len(entries) else ''}"
    yield "]}"


def _names(file: Path) -> Callable[[str], str]:
    """Paths relative to the folder of a baseline, so that it means the same wherever a run begins."""
    folder = os.path.realpath(file.parent)
    return cache(lambda path: Path(os.path.relpath(os.path.realpath(path), folder)).as_posix())
