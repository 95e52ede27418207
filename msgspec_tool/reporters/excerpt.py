"""Source lines with carets: several labelled places in one picture, cut to the width of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec_tool.reporters.screen import BLUE, BOLD, Style, escaped, visible, width
from msgspec_tool.source.text import SourceFile, Span

_ELLIPSIS = "…"


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
        shown, offset, prefix = _window(file.line_text(line), by_line[line], screen - gutter - 3)
        yield f"{number} {bar} {shown}".rstrip()
        for part in sorted(by_line[line], key=lambda one: not one.mark.primary):
            yield f"{' ' * gutter} {bar} {_underline(file.line_text(line), part, offset, prefix, style)}"
        previous = line


def _on_line(file: SourceFile, mark: Mark) -> tuple[int, _LineMark]:
    start, end = file.position(mark.span.start), file.position(mark.span.end)
    text = file.line_text(start.line)
    first = min(start.column - 1, len(text))
    last = end.column - 1 if end.line == start.line else len(text)
    return start.line, _LineMark(first, max(min(last, len(text)), first), mark)


def _window(text: str, parts: list[_LineMark], room: int) -> tuple[str, int, str]:
    """What is shown of a line: (text, offset of its first character, what stands before it)."""
    whole = escaped(text)
    if width(whole) <= room:
        return whole, 0, ""
    primary = next((part for part in parts if part.mark.primary), parts[0])
    context = max(room // 3, 10)
    start = 0 if width(escaped(text[: primary.end])) < room - context else max(0, primary.start - context)
    prefix = _ELLIPSIS if start else ""
    shown, used = prefix, len(prefix)
    for char in text[start:]:
        piece = visible(char)
        if used + width(piece) > room - 1:
            return shown + _ELLIPSIS, start, prefix
        shown, used = shown + piece, used + width(piece)
    return shown, start, prefix


def _underline(text: str, part: _LineMark, offset: int, prefix: str, style: Style) -> str:
    before = width(prefix) + width(escaped(text[offset : max(part.start, offset)]))
    length = max(1, width(escaped(text[max(part.start, offset) : part.end])))
    sign = "^" if part.mark.primary else "-"
    label = f" {part.mark.label}" if part.mark.label else ""
    return " " * before + style.paint(sign * length + label, BOLD, part.mark.colour)
