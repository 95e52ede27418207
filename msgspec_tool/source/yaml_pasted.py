"""What copying leaves in YAML: the fences of Markdown around it, and blanks that are none."""

from __future__ import annotations

import re
import unicodedata

from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_fault import Fault

_FENCE = re.compile(r"^```[^`\r\n]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_WIDE_LEAD = re.compile(r"^[ \t]*[\u00a0\u2000-\u200a\u202f\u3000][ \t\u00a0\u2000-\u200a\u202f\u3000]*(?=\S)", re.MULTILINE)
_FAR = 20
"""Lines above a fault in which the blanks that are to blame may stand."""


def fence(fault: Fault) -> SourceProblem | None:
    """Lines of Markdown around a block of code: one finding for all of them."""
    line = fault.line_start(fault.at)
    if _FENCE.match(fault.text, line) is None:
        return None
    fences = [Span(*found.span()) for found in _FENCE.finditer(fault.text)]
    for one in fences:
        fault.masked.blank(one.start, one.end)
    first = fences[0].start
    written = fault.masked.file.text[first : fault.line_end(first)].rstrip()
    return SourceProblem(
        SourceProblemKind.DOCUMENT,
        Span(first, first + len(written)),
        f"'{shown(written)}' is a fence of Markdown, no YAML",
        help="remove such lines",
        edits=tuple((one, "") for one in fences),
        edit_description="remove such lines",
    )


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
