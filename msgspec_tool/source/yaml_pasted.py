"""What copying leaves around YAML: the fences of Markdown."""

from __future__ import annotations

import re

from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_fault import Fault

_FENCE = re.compile(r"^```[^`\r\n]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)


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
