"""Indentation that YAML does not see as such: blanks that are none, and text that is not deeper than its key."""

from __future__ import annotations

import re
import unicodedata

from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_fault import Fault

_WIDE_LEAD = re.compile(r"^[ \t]*[\u00a0\u2000-\u200a\u202f\u3000][ \t\u00a0\u2000-\u200a\u202f\u3000]*(?=\S)", re.MULTILINE)
_FAR = 20
"""Lines above a fault in which the blanks that are to blame may stand."""
_BLOCK_HEAD = re.compile(r"([ \t]*)(?:- +)?([^\s:#][^:\r\n]*):[ \t]+([|>])[-+0-9]*[ \t]*(?:\r\n|\n|\r)\Z")
_KEY_LINE = re.compile(r"[ \t]*(?:- |[^\s:#{}]+:(?:\s|\Z))")


def wide_blanks(fault: Fault) -> SourceProblem | None:
    """Lines whose indentation is not of blanks, as pages of the web have it: to YAML these are letters."""
    start = fault.line_start(fault.at)
    for _ in range(_FAR):
        if start == 0 or _WIDE_LEAD.match(fault.text, start) is not None:
            break
        start = fault.line_start(start - 1)
    first = _WIDE_LEAD.match(fault.text, start)
    if first is None:
        return None
    leads = [Span(*found.span()) for found in _WIDE_LEAD.finditer(fault.text, start)]
    for lead in leads:
        fault.masked.blank(lead.start, lead.end)
    wide = next(at for at in range(first.start(), first.end()) if fault.masked.file.text[at] not in " \t")
    char = fault.masked.file.text[wide]
    return SourceProblem(
        SourceProblemKind.DOCUMENT,
        Span(wide, first.end()),
        f"{unicodedata.name(char).lower()} (U+{ord(char):04X}) is used for indentation; YAML allows only spaces there",
        help="indent with spaces, two for each level",
        edits=tuple((lead, " " * (lead.end - lead.start)) for lead in leads),
        edit_description="write spaces",
    )


def shallow_block(fault: Fault) -> SourceProblem | None:
    """The lines below ``text: |`` that stand where keys stand: one finding for all of them."""
    if fault.context != "while scanning a simple key" or fault.context_at is None:
        return None
    start = fault.line_start(fault.context_at)
    above = fault.text[fault.line_start(start - 1) : start] if start else ""
    head = _BLOCK_HEAD.match(above)
    if head is None or fault.text[start : fault.context_at].strip(" \t"):
        return None
    end = first = fault.line_end(start)
    while end < len(fault.text):
        following = end + 2 if fault.text.startswith("\r\n", end) else end + 1
        line = fault.text[following : fault.line_end(following)]
        if _KEY_LINE.match(line) or not line.startswith(head[1]):
            break
        end = fault.line_end(following)
    fault.masked.blank(start, end)
    message = f"the lines below '{shown(head[2])}: {head[3]}' are indented no deeper than it, so they are no part of the text"
    return fault.syntax(fault.context_at, first, message, f"indent each of its lines more than '{shown(head[2])}'")
