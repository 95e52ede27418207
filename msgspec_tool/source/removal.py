"""Taking an entry out of a YAML mapping: the characters to delete, so that all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec_tool.source.document import Field, at
from msgspec_tool.source.text import Span

_REST_OF_BLOCK_LINE = re.compile(r"[ \t]*(?:[ \t]#.*)?")
_REST_OF_FLOW_LINE = re.compile(r"[ \t]*,?[ \t]*(?:[ \t]#.*)?")
_COMMA = re.compile(r"\s*,\s*")
_ANCHOR = re.compile(r"(?<![^\s,\[{:])&[^\s,\[\]{}]")


def entry_removal(entry: Field, comments: Collection[int]) -> Span | None:
    """What to delete so that a mapping loses this member: key, value, its lines and the comments that belong to it.

    ``comments`` are offsets at which comments begin that stand alone on their lines; those right above the entry go with
    it. None where it can't be taken out cleanly: it shares its lines with others, other places refer to it by an anchor,
    its mapping is an alias, or is in block style and would be left with nothing. Not for files with merge keys: what they
    bring stands in another mapping.
    """
    holder = Field(entry.document, entry.path[:-1], at(entry.document.value, entry.path[:-1]))
    file, whole = entry.file, Span(entry.key_span.start, entry.span.end)
    if not holder.span.start <= whole.start < whole.end or _ANCHOR.search(file.slice(whole)):
        return None
    in_block = entry.document.style(holder.path) == "block"
    if in_block and len(holder.value) == 1:
        return None
    return _own_lines(entry, whole, comments, in_block=in_block) or (None if in_block else _in_line(entry, holder, whole))


def _own_lines(entry: Field, whole: Span, comments: Collection[int], *, in_block: bool) -> Span | None:
    """The lines of an entry that has them for itself."""
    file = entry.file
    first, last = file.position(whole.start), file.position(whole.end)
    indent = first.column - 1
    rest = file.slice(Span(whole.end, file.line_span(last.line).end))
    pattern = _REST_OF_BLOCK_LINE if in_block else _REST_OF_FLOW_LINE
    if file.line_text(first.line)[:indent].strip(" ") or not pattern.fullmatch(rest):
        return None
    line = first.line
    while line > 1 and file.line_starts[line - 2] + indent in comments:
        line -= 1
    end = file.line_starts[last.line] if last.line < len(file.line_starts) else len(file.text)
    return Span(file.line_starts[line - 1], end)


def _in_line(entry: Field, holder: Field, whole: Span) -> Span | None:
    """An entry of a flow mapping and the one comma that is no longer needed."""
    keys = list(holder.value)
    index = keys.index(entry.path[-1])
    after = holder.get(keys[index + 1]) if index + 1 < len(keys) else None
    before = holder.get(keys[index - 1]) if index else None
    if after is not None:
        gap = Span(whole.end, after.key_span.start)
        return Span(whole.start, gap.end) if _COMMA.fullmatch(entry.file.slice(gap)) else None
    if before is not None:
        gap = Span(before.span.end, whole.start)
        return Span(gap.start, whole.end) if _COMMA.fullmatch(entry.file.slice(gap)) else None
    return whole if entry.file.slice(Span(whole.end, holder.span.end)).strip() == "}" else None
