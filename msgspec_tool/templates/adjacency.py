"""Which pieces of a template's own text can come to stand side by side when the tags between them print nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import nodes

from msgspec_tool.templates.positions import Tokens, offset_of
from msgspec_tool.templates.tree import parts_of

MOST_PAIRS = 4_000
"""Pairs that are told apart: a long row of tags that may all print nothing has as many as their number squared."""


@dataclass(frozen=True)
class Piece:
    """A piece of text that is printed as it stands. ``token`` is its place among the tokens; None for anything else that is printed."""

    token: int | None
    text: str = ""

    @property
    def leading(self) -> str:
        """The white space at its beginning."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def trailing(self) -> str:
        """The white space at its end."""
        return self.text[len(self.text.rstrip()) :]


START, END, OPAQUE = Piece(-1), Piece(-2), Piece(None)
"""The beginning and the end of the whole text, and whatever an expression, a macro or a partial prints."""

Pair = tuple[Piece, Piece]


@dataclass(frozen=True)
class _Reach:
    """What some statements can begin and end with; ``silent`` is whether they can print nothing at all."""

    silent: bool
    first: frozenset[Piece] = frozenset()
    last: frozenset[Piece] = frozenset()


_NOTHING = _Reach(True)
_SOMETHING = _Reach(False, frozenset((OPAQUE,)), frozenset((OPAQUE,)))


@lru_cache(maxsize=256)
def neighbours(root: nodes.Template) -> frozenset[Pair]:
    """Every two pieces of which one can follow the other; none where they are too many.

    Bodies of macros and of blocks that are set or filtered are not looked into.
    """
    walker = _Walker(parts_of(root).tokens)
    try:
        whole = walker.block(root.body)
        walker.join({START}, whole.first)
        walker.join(whole.last, {END})
    except _TooManyError:
        return frozenset()
    return frozenset(walker.pairs)


class _TooManyError(Exception):
    """More pairs than are told apart."""


class _Walker:
    """Takes statements together as one does with regular expressions: what each begins and ends with, and what follows what."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.pairs: set[Pair] = set()

    def join(self, before: Iterable[Piece], after: Iterable[Piece]) -> None:
        """Each of the first can be followed by each of the second."""
        following = tuple(after)
        self.pairs.update((one, other) for one in before for other in following)
        if len(self.pairs) > MOST_PAIRS:
            raise _TooManyError

    def block(self, body: Iterable[nodes.Node]) -> _Reach:
        """Statements one after the other."""
        whole = _NOTHING
        for statement in body:
            whole = self._sequence(whole, self._statement(statement))
        return whole

    def _sequence(self, one: _Reach, other: _Reach) -> _Reach:
        self.join(one.last, other.first)
        first = one.first | other.first if one.silent else one.first
        last = one.last | other.last if other.silent else other.last
        return _Reach(one.silent and other.silent, first, last)

    def _statement(self, node: nodes.Node) -> _Reach:
        if isinstance(node, nodes.Output):
            return self.block(node.nodes)
        if isinstance(node, nodes.TemplateData):
            piece = Piece(self.tokens.index(offset_of(node)), node.data)
            return _Reach(False, frozenset((piece,)), frozenset((piece,))) if node.data else _NOTHING
        if isinstance(node, nodes.If):
            return _either([self.block(node.body), *(self.block(one.body) for one in node.elif_), self.block(node.else_)])
        if isinstance(node, nodes.For):
            body = self.block(node.body)
            self.join(body.last, body.first)
            return _either([body, self.block(node.else_)])
        if isinstance(node, (nodes.With, nodes.Scope)):
            return self.block(node.body)
        silent = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport)
        return _NOTHING if isinstance(node, silent) else _SOMETHING


def _either(arms: list[_Reach]) -> _Reach:
    first: frozenset[Piece] = frozenset().union(*(arm.first for arm in arms))
    last: frozenset[Piece] = frozenset().union(*(arm.last for arm in arms))
    return _Reach(any(arm.silent for arm in arms), first, last)
