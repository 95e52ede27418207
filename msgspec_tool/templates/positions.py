"""Exact places in templates: every token, AST node and syntax error of Jinja gets its offset in the author's own text.

Jinja copies a token's line number untouched into nodes and errors. A line number that also carries an offset
(:class:`Line`) therefore locates the whole tree, and no part of Jinja is forked. Jinja works on text with normalised
newlines; offsets here are those of the text as it was written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, cast

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

from msgspec_tool.templates.syntax import SYNTAX

_BREAK = re.compile(r"\r\n|\r")
_PLACE = r" at (\d+)$"

MAX_BRACKETS = 30
"""Nested brackets in an expression. Jinja's parser takes 14 Python frames a level; its limit of 1,000 must not be what decides."""

_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}

MAX_BLOCKS = 16
"""Nested tags. Python itself refuses more than 20 nested loops."""


class Line(int):
    """A line number that also knows its token: ``offset`` is the token's first character, ``end`` the one after its last."""

    offset: int
    end: int

    @classmethod
    def at(cls, line: int, offset: int, end: int) -> Line:
        """A line number with a place."""
        made = cls(line)
        made.offset, made.end = offset, end
        return made


class Tokens:
    """The tokens of one template in order, white space and comments included; ``starts`` are offsets in the author's text."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[str] = []
        self.values: list[str] = []
        self.extents: dict[nodes.Node, tuple[int, int]] = {}
        """Where expressions begin and end, as far as somebody asked."""

    def add(self, start: int, end: int, kind: str, value: str) -> None:
        """Append a token."""
        self.starts.append(start)
        self.ends.append(end)
        self.kinds.append(kind)
        self.values.append(value)

    def index(self, offset: int) -> int:
        """The token that holds an offset, or the last one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def names_from(self, offset: int) -> Iterator[tuple[str, int, int]]:
        """Names (value, start, end) from an offset on, to the end of the tag that the offset is in."""
        for i in range(self.index(offset), len(self.starts)):
            if self.kinds[i] in ("variable_end", "block_end"):
                return
            if self.kinds[i] == "name":
                yield self.values[i], self.starts[i], self.ends[i]

    def tag(self, offset: int) -> tuple[int, int]:
        """Span of the ``{{ … }}`` or ``{% … %}`` around an offset, delimiters included; to the last token where it is not closed."""
        if not self.starts:
            return offset, offset
        first = last = self.index(offset)
        while first > 0 and self.kinds[first] not in ("variable_begin", "block_begin", "data"):
            first -= 1
        while last < len(self.starts) - 1 and self.kinds[last] not in ("variable_end", "block_end"):
            last += 1
        return self.starts[first], self.starts[last] + len(self.values[last].rstrip())

    def comments(self, source: str) -> tuple[tuple[int, str], ...]:
        """Comments as (offset of the opening delimiter, whole text)."""
        found = []
        begin = 0
        for i, kind in enumerate(self.kinds):
            if kind == "comment_begin":
                begin = self.starts[i]
            elif kind == "comment_end":
                found.append((begin, source[begin : self.ends[i]].rstrip()))
        return tuple(found)


class LocatedSyntaxError(Exception):
    """A syntax error with its exact place; ``open_tags`` are the statements that were not closed, outermost first."""

    def __init__(self, message: str, start: int, end: int, tokens: Tokens, open_tags: tuple[tuple[str, int, int], ...]) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.tokens = tokens
        self.open_tags = open_tags


def _unnormalised(source: str) -> Callable[[int], int]:
    """The function from an offset in Jinja's normalised text to the offset in ``source``."""
    if "\r" not in source:
        return lambda offset: offset
    pairs = [found.start() for found in _BREAK.finditer(source) if found.end() - found.start() == 2]
    shorter = [start - index for index, start in enumerate(pairs)]
    return lambda offset: offset + bisect_left(shorter, offset)


class _LocatingParser(Parser):
    """Jinja's parser over located tokens; remembers which statements are open when it fails."""

    def __init__(self, source: str) -> None:
        super().__init__(SYNTAX, "")  # type: ignore[arg-type]
        self.tokens = Tokens()
        self.open_tags: list[tuple[str, int, int]] = []
        self._source = source
        self._text = _BREAK.sub("\n", source)
        self._original = _unnormalised(source)

    def begin(self) -> None:
        """Read the first token; the lexer's errors can come from here on."""
        self.stream = TokenStream(SYNTAX.lexer.wrap(self._located()), None, None)

    def _located(self) -> Iterator[tuple[int, str, str]]:
        # The lexer drops nothing but white space, and only before a delimiter, so the next occurrence is the token's place.
        find, add, original = self._text.find, self.tokens.add, self._original
        same = "\r" not in self._source
        cursor = depth = 0
        for line, kind, value in SYNTAX.lexer.tokeniter(self._source, None):
            first = start = find(value, cursor)
            last = cursor = start + len(value)
            if not same:
                first, last = original(start), original(cursor)
            add(first, last, kind, value)
            place = Line.at(line, first, last)
            if kind == "operator" and value in _BRACKETS:
                depth += _BRACKETS[value]
                if depth > MAX_BRACKETS:
                    raise TemplateSyntaxError(f"more than {MAX_BRACKETS} nested brackets", place)
            yield place, kind, value

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        token = self.stream.current
        line = cast(Line, token.lineno)
        self.open_tags.append((token.value, line.offset, line.end))
        if len(self.open_tags) > MAX_BLOCKS:
            self.fail(f"more than {MAX_BLOCKS} nested tags", token.lineno)
        parsed = super().parse_statement()
        self.open_tags.pop()
        return parsed

    def fail_unknown_tag(self, name: str, lineno: int | None = None) -> NoReturn:
        # A tag that is none opens nothing: the error is about those around it.
        self.open_tags.pop()
        super().fail_unknown_tag(name, lineno)

    def place_of(self, error: TemplateSyntaxError) -> tuple[int, int]:
        """Exact for the parser's errors; the lexer's own tell their place in words, or stand after the last good token."""
        line: Any = error.lineno
        if isinstance(line, Line) and not (self.stream.current.type == "eof" and line is self.stream.current.lineno):
            return line.offset, line.end
        told = re.search(_PLACE, error.message or "")
        if told:
            start = self._original(int(told.group(1)))
            return start, start + 1
        after = self.tokens.ends[-1] if self.tokens.ends else 0
        if (error.message or "").startswith("unexpected '"):
            return after, min(after + 1, len(self._source))
        return after, after


def parse_located(source: str) -> tuple[nodes.Template, Tokens]:
    """The AST of a template, every ``lineno`` a :class:`Line`, and all its tokens. Nothing is compiled.

    Raises :class:`LocatedSyntaxError`, and ``RecursionError`` where an expression nests too deeply without brackets.
    """
    parser = _LocatingParser(source)
    try:
        parser.begin()
        return parser.parse(), parser.tokens
    except TemplateSyntaxError as error:
        start, end = parser.place_of(error)
        raise LocatedSyntaxError(error.message or "", start, end, parser.tokens, tuple(parser.open_tags)) from None
    except ValueError:
        after = parser.tokens.ends[-1] if parser.tokens.ends else 0
        start = parser.tokens.starts[-1] if parser.tokens.starts else 0
        raise LocatedSyntaxError("number too long", start, after, parser.tokens, tuple(parser.open_tags)) from None


def offset_of(node: nodes.Node) -> int:
    """Offset of the token that Jinja remembers for a node; 0 for nodes that no source made."""
    return getattr(node.lineno, "offset", 0)


def end_of(node: nodes.Node) -> int:
    """End of that token."""
    return getattr(node.lineno, "end", 0)
