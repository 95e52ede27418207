"""A template cut into its tags and the text between them, without reading what the tags say.

Blanks and line breaks go as ``trim_blocks`` and ``lstrip_blocks`` say, which :class:`~.syntax.Syntax` sets.
Where that is not sure to be how Jinja reads it there is no cut: braces inside tags, raw blocks, tags that are not closed,
and carriage returns.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

_QUOTED = r""" '[^'\\]*(?:\\.[^'\\]*)*' | "[^"\\]*(?:\\.[^"\\]*)*" """
# white space that a tag takes away behind it: all of it with a dash, behind statements and comments one line break without a sign
_TAKEN = r"(?: (?<=-%\})\s* | (?<=-\#\})\s* | (?<=[^+-].\})\n? | (?<=\+.\}) )"
_TAG = re.compile(
    rf"""
    ( \{{ (?:
      \{{ [^'"{{}}]* (?: (?:{_QUOTED}) [^'"{{}}]* )* \}}\}} (?: (?<=-\}}\}})\s* )?
    | (?: % (?! [-+]? \s* (?:end)?raw ) [^'"{{}}%]* (?: (?: {_QUOTED} | %(?!\}}) ) [^'"{{}}%]* )* %\}} | \# .*? \#\}} ) {_TAKEN}
    | ( [{{%\#] ) .*
    ) )
    """,
    re.S | re.X,
)


class Cut(NamedTuple):
    """A template in pieces: a text, a tag, a text, a tag, …, a text."""

    tags: tuple[str, ...]
    """Each with the white space that it takes away behind it."""
    texts: tuple[str, ...]
    """What is left of the text before each tag, and behind the last one, when tags have taken their white space."""
    starts: tuple[int, ...]
    """Where the pieces begin, texts and tags in turns."""

    @property
    def skeleton(self) -> tuple[tuple[str, ...], tuple[bool, ...]]:
        """All that decides how the template is read but for the words of its texts: the tags, and where any text is."""
        return self.tags, tuple(map(bool, self.texts))


def cut(source: str) -> Cut | None:
    """The pieces of a template; None where they are not sure."""
    if "\r" in source:
        return None
    # each text, the tag behind it, and the sign of one that is not closed, with which all ends
    pieces = _TAG.split(source)
    if len(pieces) > 1 and pieces[-2] is not None:
        return None
    del pieces[2::3]
    texts, tags = pieces[::2], pieces[1::2]
    starts = tuple(accumulate(map(len, pieces[:-1]), initial=0))
    for number, tag in enumerate(tags):
        if tag[1] != "{" or tag[2] == "-":
            texts[number] = _left(texts[number], tag, not number or tags[number - 1].endswith("\n"))
    return Cut(tuple(tags), tuple(texts), starts)


def _left(text: str, tag: str, at_line_start: bool) -> str:
    """What a tag leaves of the text before it: a statement or comment takes the blanks that it is indented with."""
    if tag[2] == "-":
        return text.rstrip()
    if tag[2] == "+":
        return text
    line = text.rfind("\n") + 1
    indented = (line or at_line_start) and text[line:].isspace()
    return text[:line] if indented else text
