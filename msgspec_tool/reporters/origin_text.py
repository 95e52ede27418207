"""The form of ``why`` for people: the runs of a value one line each, or a single character with its place and its data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec_tool.diagnostics import Label
from msgspec_tool.origins import Datum, Made, Origin, Print, Written
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.full import picture
from msgspec_tool.reporters.screen import BLUE, BOLD, GREEN, Screen, escaped, width
from msgspec_tool.source.quoting import shown

LONGEST_TEXT = 32
"""Characters of a run that its line shows; the places of all runs stand below each other."""

LONGEST_TAG = 60
"""Characters of a tag that are quoted."""

_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)")
_DEEDS = {"include": "included here", "call": "called here", "filter": "filtered here"}
_NAMELESS = {"Cc": "control character", "Cs": "half of a surrogate pair", "Co": "private character", "Cn": "unassigned"}


def origin_text(origin: Origin, *, screen: Screen) -> Iterator[str]:
    """Lines of the whole answer."""
    if origin.offset is not None:
        yield from _character(origin, screen)
    else:
        yield from _value(origin, screen)


# --- all runs of a value ------------------------------------------------------------------------------------------------


def _value(origin: Origin, screen: Screen) -> Iterator[str]:
    size = "" if origin.length is None else f": {counted(origin.length, 'character')}"
    yield screen.paint(f"{escaped(origin.pointer)} of {_whose(origin)}{size}", BOLD)
    if origin.made is not None:
        yield f"  {_made(origin.made)}"
    rows = [_cells(one, quoted=origin.length is not None) for one in origin.prints]
    widths = [max(map(width, column)) for column in zip(*(row[:3] for row in rows), strict=True)]
    for index, text, place, rest in rows:
        cells = (" " * (widths[0] - width(index)) + index, _padded(text, widths[1]), _padded(place, widths[2]), rest)
        yield f"  {'  '.join(cells)}"


def _cells(one: Print, *, quoted: bool) -> tuple[str, str, str, str]:
    data = ", ".join(map(_brief, one.data))
    source = "text" if one.tag is None else _tag(one.tag)
    through = "".join(f" in {_tag(_slice(caller))}" for caller in one.callers)
    return (
        str(one.start),
        _text(one, LONGEST_TEXT) if quoted or one.masked else escaped(one.text),
        _where(one.place),
        f"{source}{through}" + (f"  {data}" if data else ""),
    )


def _brief(datum: Datum) -> str:
    if datum.through:
        return f"{escaped(datum.name)} from {' and '.join(map(_brief, datum.through))}"
    return f"{escaped(datum.name)} = {_said(datum)}"


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


# --- one character ------------------------------------------------------------------------------------------------------


def _character(origin: Origin, screen: Screen) -> Iterator[str]:
    char = origin.character
    name = unicodedata.name(char, "") or _NAMELESS.get(unicodedata.category(char), "no name")
    head = f"{escaped(origin.pointer)}[{origin.offset}] is '{shown(char)}' (U+{ord(char):04X} {name})"
    yield f"{screen.paint(head, BOLD)}, of {_whose(origin)}"
    if origin.made is not None:
        yield _made(origin.made)
    for one in origin.prints:
        yield f"printed by {screen.paint(_tag(one.tag), BOLD)}" if one.tag is not None else "written in the text"
        callers = [Label(_deed(caller), caller.file, caller.span) for caller in one.callers]
        yield from picture(one.place.file, one.place.span, callers, colour=GREEN, screen=screen)
        yield from _notes(one, screen)


def _notes(one: Print, screen: Screen) -> Iterator[str]:
    if one.tag is not None:
        last = one.start + len(one.text) - 1
        place = f"character {last}" if last == one.start else f"characters {one.start} to {last}"
        yield f"  = {screen.paint('text', BOLD)}: {_text(one)}, {place}"
    for datum in one.data:
        yield from _datum(datum, screen, "  ")


def _datum(datum: Datum, screen: Screen, indent: str) -> Iterator[str]:
    where = f" ({_where(datum.place)})" if datum.place is not None else ""
    yield f"{indent}= {screen.paint(escaped(datum.name), BOLD, BLUE)}: {_said(datum, 'from ')}{where}"
    for one in datum.through:
        yield from _datum(one, screen, f"{indent}  ")


# --- words --------------------------------------------------------------------------------------------------------------


def _whose(origin: Origin) -> str:
    return f"{escaped(origin.recipient)} on {origin.channel}"


def _made(made: Made) -> str:
    return f"made by the program: {escaped(made.words)}" + (f" ({_where(made.place)})" if made.place is not None else "")


def _said(datum: Datum, joint: str = "") -> str:
    if not datum.shown:
        return escaped(datum.words)
    return f"{escaped(datum.shown)}, {joint}{escaped(datum.words)}" if joint else f"{escaped(datum.shown)} ({escaped(datum.words)})"


def _text(one: Print, longest: int = 1_000) -> str:
    """A run's text in quotes, or the shape of one that stays out of every output."""
    return f"text of {counted(len(one.text), 'character')}" if one.masked else f"'{shown(one.text, longest)}'"


def _tag(tag: str) -> str:
    line = " ".join(tag.split())
    return escaped(f"{line[: LONGEST_TAG - 1]}…" if len(line) > LONGEST_TAG else line)


def _deed(caller: Written) -> str:
    statement = _STATEMENT.match(_slice(caller))
    return _DEEDS.get(statement[1] if statement else "", "printed here")


def _slice(written: Written) -> str:
    return written.file.slice(written.span)


def _where(written: Written) -> str:
    return escaped(written.file.place(written.span.start))
