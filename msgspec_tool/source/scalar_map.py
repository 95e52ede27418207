"""From an offset in a scalar's value to the offset in the file, in all five YAML styles.

The scalar's source characters are decoded once more, as libyaml does, while runs are recorded: so many characters of the
value stand at this place of the file. The decoded text is then compared with the value that the parser gave: where they
differ there is no map, and the caller points at the whole scalar rather than at a wrong place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from msgspec_tool.source.yaml_nodes import after_properties

_BREAK = re.compile(r"\r\n|\n|\r")
_FOLD = re.compile(r"[ \t]*(?:(?:\r\n|\n|\r)[ \t]*)*")
_HEADER = re.compile(r"[|>]([-+1-9]*)[^\n\r]*(?:\r\n|\n|\r)")
_TEXT = {None: re.compile(r"[^ \t\r\n]+"), "'": re.compile(r"[^ \t\r\n']+"), '"': re.compile(r'[^ \t\r\n"\\]+')}
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEX_DIGITS = {"x": 2, "u": 4, "U": 8}


class Run(NamedTuple):
    """``length`` value characters from ``value`` on stand at ``width`` file characters from ``source`` on; equal means copied."""

    value: int
    source: int
    length: int
    width: int


class ScalarMap:
    """The runs of one scalar's value."""

    def __init__(self, runs: list[Run]) -> None:
        self._runs = runs
        self._starts = [run.value for run in runs]

    def place(self, offset: int) -> tuple[int, int]:
        """The file range ``[start, end)`` of the value's character at ``offset``; an escape or a fold is one range."""
        run = self._runs[bisect_right(self._starts, offset) - 1]
        if run.length != run.width:
            return run.source, run.source + run.width
        start = run.source + offset - run.value
        return start, start + 1

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The file range of the value's characters ``[start, end)``; an empty range has an empty place."""
        if not self._runs:
            return None
        last = self._runs[-1]
        if start >= last.value + last.length:
            after = last.source + last.width
            return after, after
        first = self.place(max(start, 0))[0]
        return first, first if end <= start else self.place(min(end, last.value + last.length) - 1)[1]


class _Decoded:
    """The value so far, and where its characters came from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.length = 0

    def add(self, text: str, source: int, width: int | None = None) -> None:
        if not text:
            return
        self.runs.append(Run(self.length, source, len(text), len(text) if width is None else width))
        self.parts.append(text)
        self.length += len(text)

    @property
    def value(self) -> str:
        return "".join(self.parts)


def map_scalar(text: str, start: int, end: int, style: str | None, value: str) -> ScalarMap | None:
    """The map of the scalar ``text[start:end]`` whose value is ``value``; None where its decoding does not give that value."""
    begin = after_properties(text, start, end)
    try:
        for decoded in _decodings(text, begin, end, style):
            if decoded.value == value:
                return ScalarMap(decoded.runs)
    except (KeyError, ValueError):
        return None
    return None


def _decodings(text: str, begin: int, end: int, style: str | None) -> Iterator[_Decoded]:
    if style in ("|", ">"):
        yield from _block_decodings(text, begin, end, folded=style == ">")
    elif style in ("'", '"'):
        yield _decode_flow(text, begin + 1, end - 1, style)
    else:
        yield _decode_flow(text, begin, end, None)


# --- plain and quoted ---------------------------------------------------------------------------------------------------


def _decode_flow(text: str, at: int, end: int, quote: str | None) -> _Decoded:
    decoded = _Decoded()
    plain = _TEXT[quote]
    while at < end:
        found = plain.match(text, at, end)
        if found:
            decoded.add(found[0], at)
            at = found.end()
        elif text[at] in " \t\r\n":
            at = _fold(decoded, text, at, end)
        elif quote == "'":
            decoded.add("'", at, 2)
            at += 2
        else:
            at = _escape(decoded, text, at, end)
    return decoded


def _escape(decoded: _Decoded, text: str, at: int, end: int) -> int:
    escaped_break = _BREAK.match(text, at + 1, end)
    if escaped_break:
        after = _FOLD.match(text, escaped_break.end(), end)
        stop = after.end() if after else escaped_break.end()
        _add_breaks(decoded, text, escaped_break.end(), stop)
        return stop
    letter = text[at + 1]
    digits = _HEX_DIGITS.get(letter)
    if digits is None:
        decoded.add(_ESCAPES[letter], at, 2)
        return at + 2
    decoded.add(chr(int(text[at + 2 : at + 2 + digits], 16)), at, digits + 2)
    return at + 2 + digits


def _fold(decoded: _Decoded, text: str, at: int, end: int) -> int:
    """Blanks stay; a line break becomes a space, or vanishes before further breaks, which stay."""
    found = _FOLD.match(text, at, end)
    stop = found.end() if found else at
    first = _BREAK.search(text, at, stop)
    if first is None:
        decoded.add(text[at:stop], at)
        return stop
    if _BREAK.search(text, first.end(), stop):
        _add_breaks(decoded, text, first.end(), stop)
    else:
        decoded.add(" ", first.start(), first.end() - first.start())
    return stop


def _add_breaks(decoded: _Decoded, text: str, start: int, end: int) -> None:
    for found in _BREAK.finditer(text, start, end):
        decoded.add("\n", found.start(), found.end() - found.start())


# --- literal and folded -------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A line of a block scalar: ``[start, stop)`` without its break, whose end is ``end``."""

    start: int
    stop: int
    end: int


def _lines(text: str, at: int, end: int) -> list[_Line]:
    lines = []
    while at < end:
        found = _BREAK.search(text, at, end)
        stop, after = found.span() if found else (end, end)
        lines.append(_Line(at, stop, after))
        at = after
    return lines


def _block_decodings(text: str, begin: int, end: int, *, folded: bool) -> Iterator[_Decoded]:
    header = _HEADER.match(text, begin, end)
    if header is None:
        yield _Decoded()
        return
    chomping = "-" if "-" in header[1] else "+" if "+" in header[1] else ""
    explicit = int(header[1].strip("+-") or "0")
    lines = _lines(text, header.end(), end)
    leads = [_leading_spaces(text, line) for line in lines]
    blank = [line.start + lead == line.stop for line, lead in zip(lines, leads, strict=True)]
    first = next((lead for lead, empty in zip(leads, blank, strict=True) if not empty), max(leads, default=0))
    # With an explicit indicator the parent's indentation counts too, which a node does not tell: the value says which fits.
    widths = range(explicit, max([first, explicit, *leads]) + 1) if explicit else range(max(first, 1), max(first, 1) + 1)
    for width in widths:
        yield _decode_block(text, lines, width, folded=folded, chomping=chomping)


def _leading_spaces(text: str, line: _Line) -> int:
    return line.stop - line.start - len(text[line.start : line.stop].lstrip(" "))


def _decode_block(text: str, lines: list[_Line], width: int, *, folded: bool, chomping: str) -> _Decoded:
    decoded = _Decoded()
    previous: _Line | None = None
    previous_deeper = False
    empty: list[_Line] = []
    for line in lines:
        content = line.start + min(_leading_spaces(text, line), width)
        if content == line.stop:
            empty.append(line)
            continue
        deeper = text[content] in " \t"
        if previous is not None:
            _join(decoded, previous, empty, folded=folded and not previous_deeper and not deeper)
        else:
            _keep_breaks(decoded, empty)
        decoded.add(text[content : line.stop], content)
        previous, previous_deeper, empty = line, deeper, []
    if previous is not None and chomping != "-":
        _keep_breaks(decoded, [previous])
    if chomping == "+":
        _keep_breaks(decoded, empty)
    return decoded


def _join(decoded: _Decoded, previous: _Line, empty: list[_Line], *, folded: bool) -> None:
    if not folded:
        _keep_breaks(decoded, [previous])
    elif not empty:
        decoded.add(" ", previous.stop, previous.end - previous.stop)
    _keep_breaks(decoded, empty)


def _keep_breaks(decoded: _Decoded, lines: list[_Line]) -> None:
    for line in lines:
        if line.end > line.stop:
            decoded.add("\n", line.stop, line.end - line.stop)
