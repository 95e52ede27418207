"""A rule's documentation as it is read: the text of ``explain``, and its sections as Markdown."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator

from msgspec_tool.diagnostics import Rule

_SECTION = re.compile(r"^(What|Why|Bad|Good):[ ]?(.*)$")
_BROKEN_OFF = 4
"""Blanks before the rest of a line that is broken."""


def rule_text(rule: Rule) -> str:
    """The summary, an empty line, and the sections What, Why, Bad and Good as they are written."""
    return prose(inspect.cleandoc(rule.documentation))


def rule_markdown(rule: Rule) -> str:
    """The sections behind the summary: prose as it stands, examples in fences."""
    return "\n".join(_sections(rule)).strip()


def prose(text: str) -> str:
    """Docstrings mark code with two backticks, Markdown with one."""
    return text.replace("``", "`")


def fitted(lines: Iterable[str], room: int | None) -> Iterator[str]:
    """Lines broken at blanks to ``room`` columns, what is broken off further in; as they are without a room."""
    for line in lines:
        if room is None or len(line) <= room:
            yield line
        else:
            inside = " " * (len(line) - len(line.lstrip()) + _BROKEN_OFF)
            yield from textwrap.wrap(line, room, subsequent_indent=inside, break_long_words=False, break_on_hyphens=False)


def fitted_rule(rule: Rule, room: int | None) -> Iterator[str]:
    """:func:`rule_text`, its prose broken anew to ``room`` columns; examples stay as they are written."""
    lines = rule_text(rule).splitlines()
    if room is None:
        yield from lines
        return
    paragraph: list[str] = []
    is_example = False
    for line in lines:
        section = _SECTION.match(line)
        is_example = is_example if section is None else section[1] in ("Bad", "Good")
        if section or not line:
            yield from fitted(_joined(paragraph), room)
            paragraph = []
        if is_example or not line:
            yield line
        else:
            paragraph.append(line.strip())
    yield from fitted(_joined(paragraph), room)


def _joined(lines: list[str]) -> Iterator[str]:
    if lines:
        yield " ".join(lines)


def _sections(rule: Rule) -> Iterator[str]:
    fragment: list[str] | None = None
    for line in [*rule_text(rule).splitlines()[1:], "End:"]:
        section = _SECTION.match(line)
        if section or line == "End:":
            yield from _fenced(fragment)
            fragment = None
        if section and section[1] in ("Bad", "Good"):
            yield f"\n{section[1]}:\n"
            fragment = [section[2]] if section[2] else []
        elif section:
            text = prose(section[2])
            yield f"\n{text}" if section[1] == "What" else f"\n*Why*: {text}"
        elif fragment is not None:
            fragment.append(line)
        elif line != "End:":
            yield prose(line.strip())


def _fenced(fragment: list[str] | None) -> Iterator[str]:
    if fragment:
        text = textwrap.dedent("\n".join(fragment)).strip("\n")
        language = "json" if text[:1] in "{[" else "yaml"
        yield f"```{language}\n{text}\n```"
