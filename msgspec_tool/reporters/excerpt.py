"""Source lines with carets: several labelled places in one picture, cut to the width of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec_tool.reporters.screen import BLUE, BOLD, Screen, escaped, visible, width
from msgspec_tool.source.text import SourceFile, Span

_ELLIPSIS = "…"
_DOT = "•"
_LOOKED_AT = 2000
"""Characters of a line that are looked at around a mark: a line of megabytes is no picture."""
_LINES = 5
"""Lines of a place that are shown: of a longer one the first and the last."""


class Mark(NamedTuple):
    """A place to underline: the primary one with ``^``, others with ``-`` and their label."""

    span: Span
    label: str = ""
    primary: bool = False
    colour: int = BLUE
    hidden: bool = False
    """What stands there is shown as dots."""


class _LineMark(NamedTuple):
    """The part of a mark that is on one line: columns from 0, in characters of the line."""

    start: int
    end: int
    mark: Mark
    label: str = ""


class _Window(NamedTuple):
    """What is shown of a line: the characters ``[start, end)``, with an ellipsis where more stands beside them."""

    shown: str
    start: int
    end: int
    prefix: str = ""

    def column(self, text: str, index: int) -> int:
        """The column of a character; of one that is not shown, that of the ellipsis or the line's last column."""
        if index < self.start:
            return 0
        return width(self.prefix) + width(escaped(text[self.start : min(index, self.end)]))


def excerpt(file: SourceFile, marks: list[Mark], screen: Screen) -> Iterator[str]:
    """The lines of a file that hold marks, in order, each with its underlines below."""
    by_line: dict[int, list[_LineMark]] = {}
    for mark in marks:
        for line, part in _parts(file, mark):
            by_line.setdefault(line, []).append(part)
    gutter = len(str(max(by_line)))
    bar = screen.paint("|", BOLD, BLUE)
    yield f"{' ' * gutter} {bar}"
    previous = 0
    for line in sorted(by_line):
        if previous and line > previous + 1:
            yield screen.paint("...", BOLD, BLUE)
        text, parts = _covered(file.line_text(line), by_line[line]), by_line[line]
        window = _window(text, parts, screen.columns - gutter - 3)
        yield f"{screen.paint(f'{line:>{gutter}}', BOLD, BLUE)} {bar} {window.shown}".rstrip()
        for part in sorted(parts, key=lambda one: (not one.mark.primary, one.start)):
            yield f"{' ' * gutter} {bar} {_underline(text, part, window, screen)}"
        previous = line


def _parts(file: SourceFile, mark: Mark) -> Iterator[tuple[int, _LineMark]]:
    start, end = file.position(mark.span.start), file.position(max(mark.span))
    last = end.line - 1 if end.column == 1 and end.line > start.line else end.line
    # of a related place the beginning says enough
    lines = [start.line] if not mark.primary else [line for line in range(start.line, last + 1) if _is_shown(line, start.line, last)]
    for line in lines:
        text = file.line_text(line)
        blanks = len(text) - len(text.lstrip(" \t"))
        first = min(start.column - 1, len(text)) if line == start.line else blanks
        stop = min(end.column - 1, len(text)) if line == end.line else len(text)
        if line == start.line or stop > first:
            yield line, _LineMark(first, max(stop, first), mark, mark.label if line == start.line else "")


def _covered(text: str, parts: list[_LineMark]) -> str:
    """A line with dots for what must not be repeated."""
    for part in parts:
        if part.mark.hidden:
            text = text[: part.start] + _DOT * (part.end - part.start) + text[part.end :]
    return text


def _is_shown(line: int, first: int, last: int) -> bool:
    return last - first < _LINES or line in (first, last)


def _window(text: str, parts: list[_LineMark], room: int) -> _Window:
    if len(text) <= _LOOKED_AT:
        whole = escaped(text)
        # a caret behind the end needs a column of its own
        if width(whole) + any(part.start == len(text) for part in parts) <= room:
            return _Window(whole, 0, len(text))
    primary = next((part for part in parts if part.mark.primary), parts[0])
    context = max(room // 3, 10)
    near = primary.end <= _LOOKED_AT and width(escaped(text[: primary.end])) < room - context
    # where little follows, more of what stands before it is shown
    start = 0 if near else min(_before(text, primary.start, context), _before(text, len(text), room - 2))
    prefix = _ELLIPSIS if start else ""
    pieces, used, index = [prefix], len(prefix), start
    for char in text[start : start + _LOOKED_AT]:
        piece = visible(char)
        used += width(piece)
        if used > room - 1:
            break
        pieces.append(piece)
        index += 1
    return _Window("".join(pieces) + (_ELLIPSIS if index < len(text) else ""), start, index, prefix)


def _before(text: str, index: int, columns: int) -> int:
    """Where to begin so that at most some columns stand before a character."""
    first = index
    while first > max(0, index - _LOOKED_AT // 2):
        columns -= width(visible(text[first - 1]))
        if columns < 0:
            break
        first -= 1
    return first


def _underline(text: str, part: _LineMark, window: _Window, screen: Screen) -> str:
    before = window.column(text, _carrier(text, part.start))
    length = max(1, window.column(text, part.end) - before)
    if part.start < window.end < part.end:
        length += 1  # the ellipsis stands for the rest
    sign = "^" if part.mark.primary else "-"
    label = f" {part.label}" if part.label else ""
    return " " * before + screen.paint(sign * length + label, BOLD, part.mark.colour)


def _carrier(text: str, index: int) -> int:
    """The character in whose column a character stands: a combining one stands in that of the one before it."""
    while 0 < index < len(text) and not width(visible(text[index])):
        index -= 1
    return index
