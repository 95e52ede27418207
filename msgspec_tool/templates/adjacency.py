"""Which pieces of a template's own text can come to stand side by side when the tags between them print nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.positions import offset_of
from msgspec_tool.templates.tree import Partial, Parts, constant_name, parts_of

MOST_PAIRS = 4_000
"""Pairs that are told apart: a long row of tags that may all print nothing has as many as their number squared."""


MOST_EXPANSIONS = 40
"""Partials and macros that are looked into, each as often as it is used; those behind print anything."""

MOST_LEVELS = 4
"""Levels of partials and macros that are looked into."""


class Piece(NamedTuple):
    """A piece of text that is printed as it stands. ``token`` is its place among the tokens of its ``file``, None being the
    template itself; without a place it is anything else that is printed.
    """

    token: int | None
    text: str = ""
    file: SourceFile | None = None

    @property
    def leading(self) -> str:
        """The white space at its beginning."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def trailing(self) -> str:
        """The white space at its end."""
        return self.text[len(self.text.rstrip()) :]


START, END, OPAQUE = Piece(-1), Piece(-2), Piece(None)
"""The beginning and the end of the whole text, and whatever an expression prints."""

Pair = tuple[Piece, Piece]


class _Reach(NamedTuple):
    """What some statements can begin and end with; ``silent`` is whether they can print nothing at all."""

    silent: bool
    first: frozenset[Piece] = frozenset()
    last: frozenset[Piece] = frozenset()


_NOTHING = _Reach(True)
_SOMETHING = _Reach(False, frozenset((OPAQUE,)), frozenset((OPAQUE,)))


@lru_cache(maxsize=128)
def neighbours(root: nodes.Template) -> frozenset[Pair]:
    """Every two pieces of which one can follow the other; none where they are too many.

    Partials and macros are looked into where they are used; bodies of blocks that are set, filtered or handed to macros are not.
    """
    walker = _Walker(parts_of(root))
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

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.file: SourceFile | None = None
        self.pairs: set[Pair] = set()
        self.macros: dict[tuple[str, ...], _Macro | None] = {}
        self.expansions = self.level = 0

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
            piece = Piece(self.parts.tokens.index(offset_of(node)), node.data, self.file)
            return _Reach(False, frozenset((piece,)), frozenset((piece,))) if node.data else _NOTHING
        if isinstance(node, nodes.If):
            return _either([self.block(node.body), *(self.block(one.body) for one in node.elif_), self.block(node.else_)])
        if isinstance(node, nodes.For):
            body = self.block(node.body)
            self.join(body.last, body.first)
            return _either([body, self.block(node.else_)])
        if isinstance(node, (nodes.With, nodes.Scope)):
            return self.block(node.body)
        if isinstance(node, nodes.Include):
            return self._included(self.parts.partials.get(constant_name(node) or ""))
        if isinstance(node, nodes.Call):
            return self._called(self.macros.get(_name_of(node.node)))
        if isinstance(node, (nodes.Macro, nodes.Import, nodes.FromImport)):
            self._learn(node)
            return _NOTHING
        return _NOTHING if isinstance(node, (nodes.Assign, nodes.AssignBlock)) else _SOMETHING

    def _included(self, partial: Partial | None) -> _Reach:
        if partial is None or not self._may_expand():
            return _SOMETHING
        with self._inside(partial.file, partial.parts):
            return self.block(partial.root.body)

    def _called(self, macro: _Macro | None) -> _Reach:
        if macro is None or not self._may_expand():
            return _SOMETHING
        with self._inside(macro.file, macro.parts):
            return self.block(macro.node.body)

    def _may_expand(self) -> bool:
        self.expansions += 1
        return self.expansions <= MOST_EXPANSIONS and self.level < MOST_LEVELS

    @contextmanager
    def _inside(self, file: SourceFile | None, parts: Parts) -> Iterator[None]:
        before = self.file, self.parts
        self.file, self.parts = file, parts
        self.level += 1
        try:
            yield
        finally:
            self.file, self.parts = before
            self.level -= 1

    def _learn(self, node: nodes.Macro | nodes.Import | nodes.FromImport) -> None:
        """Remember which macro a name means; of one that means several nothing is known."""
        if isinstance(node, nodes.Macro):
            self._name((node.name,), _Macro(node, self.file, self.parts))
            return
        partial = self.parts.partials.get(constant_name(node) or "")
        if partial is None:
            return
        for one in (statement for statement in partial.root.body if isinstance(statement, nodes.Macro)):
            macro = _Macro(one, partial.file, partial.parts)
            if isinstance(node, nodes.Import):
                self._name((node.target, one.name), macro)
                continue
            for asked, given in ((name, name) if isinstance(name, str) else name for name in node.names):
                if asked == one.name:
                    self._name((given,), macro)

    def _name(self, name: tuple[str, ...], macro: _Macro) -> None:
        self.macros[name] = None if name in self.macros and self.macros[name] != macro else macro


class _Macro(NamedTuple):
    node: nodes.Macro
    file: SourceFile | None
    parts: Parts


def _name_of(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return node.node.name, node.attr
    return (node.name,) if isinstance(node, nodes.Name) else ()


def _either(arms: list[_Reach]) -> _Reach:
    first: frozenset[Piece] = frozenset().union(*(arm.first for arm in arms))
    last: frozenset[Piece] = frozenset().union(*(arm.last for arm in arms))
    return _Reach(any(arm.silent for arm in arms), first, last)
