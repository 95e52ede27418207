"""Source lines with carets: several labelled places in one picture, cut to the width of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec_tool.reporters.screen import BLUE, BOLD, Style, escaped, visible, width
from msgspec_tool.source.text import SourceFile, Span

_ELLIPSIS = "…"
MAX_SHOWN = 1000
"""Characters of a line that are looked at: a line of megabytes is no picture, and there may be many findings on it."""


@dataclass(frozen=True)
class Mark:
    """A place to underline: the primary one with ``^``, others with ``-`` and their label."""

    span: Span
    label: str = ""
    primary: bool = False
    colour: int = BLUE


@dataclass(frozen=True)
class _LineMark:
    """The part of a mark that is on one line: columns from 0, in characters of the line."""

    start: int
    end: int
    mark: Mark


def excerpt(file: SourceFile, marks: list[Mark], style: Style, screen: int) -> Iterator[str]:
    """The lines of a file that hold marks, in order, each with its underlines below; ``screen`` is the width in columns."""
    by_line: dict[int, list[_LineMark]] = {}
    for mark in marks:
        line, part = _on_line(file, mark)
        by_line.setdefault(line, []).append(part)
    gutter = len(str(max(by_line)))
    bar = style.paint("|", BOLD, BLUE)
    yield f"{' ' * gutter} {bar}"
    previous = 0
    for line in sorted(by_line):
        if previous and line > previous + 1:
            yield style.paint("...", BOLD, BLUE)
        number = style.paint(f"{line:>{gutter}}", BOLD, BLUE)
        room = screen - gutter - 3
        shown, offset, prefix = _window(file.text, file.line_span(line), by_line[line], room)
        yield f"{number} {bar} {shown}".rstrip()
        for part in sorted(by_line[line], key=lambda one: not one.mark.primary):
            yield f"{' ' * gutter} {bar} {_underline(file.text, file.line_span(line).start, part, offset, prefix, room, style)}"
        previous = line


def _on_line(file: SourceFile, mark: Mark) -> tuple[int, _LineMark]:
    start, end = file.position(mark.span.start), file.position(mark.span.end)
    span = file.line_span(start.line)
    size = span.end - span.start
    first = min(start.column - 1, size)
    last = end.column - 1 if end.line == start.line else size
    return start.line, _LineMark(first, max(min(last, size), first), mark)


def _window(text: str, line: Span, parts: list[_LineMark], room: int) -> tuple[str, int, str]:
    """What is shown of a line: (text, offset of its first character, what stands before it)."""
    if line.end - line.start <= MAX_SHOWN:
        whole = escaped(text[line.start : line.end])
        if width(whole) <= room:
            return whole, 0, ""
    primary = next((part for part in parts if part.mark.primary), parts[0])
    context = max(room // 3, 10)
    fits = primary.end <= MAX_SHOWN and width(escaped(text[line.start : line.start + primary.end])) < room - context
    start = 0 if fits else max(0, primary.start - context)
    prefix = _ELLIPSIS if start else ""
    shown, used = prefix, len(prefix)
    for char in text[line.start + start : min(line.end, line.start + start + MAX_SHOWN)]:
        piece = visible(char)
        if used + width(piece) > room - 1:
            return shown + _ELLIPSIS, start, prefix
        shown, used = shown + piece, used + width(piece)
    return shown, start, prefix


def _underline(text: str, line: int, part: _LineMark, offset: int, prefix: str, room: int, style: Style) -> str:
    first = max(part.start, offset)
    before = width(prefix) + width(escaped(text[line + offset : line + min(first, offset + MAX_SHOWN)]))
    before = min(before, room - 1)
    length = max(1, min(width(escaped(text[line + first : line + min(part.end, first + MAX_SHOWN)])), room - before))
    sign = "^" if part.mark.primary else "-"
    label = f" {part.mark.label}" if part.mark.label else ""
    return " " * before + style.paint(sign * length + label, BOLD, part.mark.colour)
