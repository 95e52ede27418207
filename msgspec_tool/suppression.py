"""Suppressions: ``msgspec: ignore[names] until=DATE reason`` in YAML comments and in Jinja comments, by one parser."""

from __future__ import annotations

import re
from datetime import date

from msgspec_tool.model import Suppression
from msgspec_tool.source.text import SourceFile, Span

_COMMENT = re.compile(
    r"(?:\{#[-+]?|#)\s*msgspec\s*:\s*(?P<word>[A-Za-z-]+)\s*(?P<names>\[[^\]]*\]?)?(?P<rest>.*?)\s*(?:[-+]?#\})?\s*\Z", re.DOTALL
)
_NAME = re.compile(r"[^\s,\[\]]+")
_UNTIL = re.compile(r"\s*until=(\S*)\s*")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_FORM = "write 'msgspec: ignore[rule-name] reason'"


def parse_suppression(file: SourceFile, span: Span, text: str, covers_line: int) -> Suppression | None:
    """The suppression that a comment is, or None where it is an ordinary comment.

    ``text`` is the whole comment from ``#`` or ``{#`` on, ``span`` its place, ``covers_line`` the line (from 1) that it
    speaks about. What is wrong with its form is in ``malformed``.
    """
    found = _COMMENT.match(text)
    if found is None or (found["word"] != "ignore" and not found["names"]):
        return None
    names = _names(file, span, text, found)
    until, reason, bad_date = _until_and_reason(found["rest"])
    return Suppression(file, span, covers_line, names, reason, until, _malformed(found, names) or bad_date)


def _names(file: SourceFile, span: Span, text: str, found: re.Match[str]) -> tuple[tuple[str, Span], ...]:
    if found["names"] is None:
        return ()
    exact = file.slice(span) == text
    start = found.start("names")
    return tuple(
        (name[0], Span(span.start + start + name.start(), span.start + start + name.end()) if exact else span)
        for name in _NAME.finditer(found["names"])
    )


def _malformed(found: re.Match[str], names: tuple[tuple[str, Span], ...]) -> str | None:
    if found["word"] != "ignore":
        return f"'{found['word']}' is not known here; {_FORM}"
    if found["names"] is None:
        return f"'ignore' names no rule; {_FORM}"
    if not found["names"].endswith("]"):
        return f"the list of rules is not closed by ']'; {_FORM}"
    return None if names else f"the list of rules is empty; {_FORM}"


def _until_and_reason(rest: str) -> tuple[date | None, str, str | None]:
    found = _UNTIL.match(rest)
    if found is None:
        return None, " ".join(rest.split()), None
    reason = " ".join(rest[found.end() :].split())
    parts = _DATE.match(found[1])
    try:
        if parts is not None:
            return date(int(parts[1]), int(parts[2]), int(parts[3])), reason, None
    except ValueError:
        pass
    return None, reason, f"'{found[1]}' is no date; write until=2031-12-31"
