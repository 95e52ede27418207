"""The branches of a template: every arm that some data takes and other data does not. Read from the AST; nothing is compiled.

An ``if`` has its body, one for each ``elif``, and an ``else``, written or not; an inline ``a if c else b`` has two arms; a
``for`` has its body, and its ``else`` where it holds something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from jinja2 import nodes

from msgspec_tool.model import Template
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.positions import Tokens, offset_of
from msgspec_tool.templates.tree import Parts, parts_of, walk

LONGEST_WORDS = 60
"""Characters of a tag that are quoted in the words for a branch."""

_OPENING, _CLOSING = "([{", ")]}"


class BranchKind(Enum):
    """Which arm of which construct; the values are part of a branch's identity in reports."""

    IF = "if"
    ELIF = "elif"
    ELSE = "else"
    """Of an ``if``: what happens where no condition holds, also where no ``else`` is written."""
    INLINE_IF = "inline-if"
    INLINE_ELSE = "inline-else"
    FOR = "for"
    FOR_ELSE = "for-else"


BranchId = tuple[str | None, int, BranchKind]
"""Path of the partial (None for the template's own text), offset of the construct there, and the arm."""


@dataclass(frozen=True)
class Branch:
    """An arm of a template, or of ``file`` where that is a partial.

    ``offset`` is that of the construct's own token: the word ``if`` or ``for``, the first one of an ``elif``'s condition, or
    of an inline ``if`` the one that Jinja remembers. ``[start, end)`` is what to point at: the tag, or the inline arm.
    """

    file: SourceFile | None
    offset: int
    kind: BranchKind
    start: int
    end: int
    words: str
    """What it is, as in "the else of `if offer`": fits behind "not reached:"."""

    @property
    def identity(self) -> BranchId:
        """Tells the branch from all others of its template and the partials, in every run."""
        return (self.file.path if self.file else None, self.offset, self.kind)


def branches(template: Template) -> tuple[Branch, ...]:
    """All branches of a template in the order in which they are written, then those of its partials, each partial once."""
    if template.tree is None:
        return ()
    parts = parts_of(template.tree)
    found = _in_order(_Reader(template.source, parts.tokens, None).read(template.tree))
    for file, root in _partials(parts):
        found += _in_order(_Reader(file.text, parts_of(root).tokens, file).read(root))
    return tuple(found)


def _in_order(found: Iterable[Branch]) -> list[Branch]:
    return sorted(found, key=lambda branch: branch.start)


def _partials(parts: Parts) -> Iterator[tuple[SourceFile, nodes.Template]]:
    """The partials below, at any depth, each once whatever names lead to it."""
    waiting, seen = [parts], set[str]()
    while waiting:
        for partial in waiting.pop().partials.values():
            if partial.file.path not in seen:
                seen.add(partial.file.path)
                waiting.append(partial.parts)
                yield partial.file, partial.root


@dataclass(frozen=True)
class _Reader:
    """Reads the branches of one text."""

    source: str
    tokens: Tokens
    file: SourceFile | None

    def read(self, root: nodes.Template) -> Iterator[Branch]:
        continued = set[int]()
        for node in walk(root):
            if isinstance(node, nodes.If) and id(node) not in continued:
                # each elif is an If of its own in the AST
                continued.update(map(id, node.elif_))
                yield from self._if(node)
            elif isinstance(node, nodes.For):
                yield from self._for(node)
            elif isinstance(node, nodes.CondExpr):
                yield from self._inline(node)

    def _if(self, node: nodes.If) -> Iterator[Branch]:
        for kind, arm in ((BranchKind.IF, node), *((BranchKind.ELIF, one) for one in node.elif_)):
            tag = self.tokens.tag(offset_of(arm))
            yield self._branch(arm, kind, tag, f"{self._tag_words(tag)} taken")
        tag = self.tokens.tag(offset_of(node))
        written = self._else_tag(node)
        suffix = "" if written else " (not written)"
        yield self._branch(node, BranchKind.ELSE, written or tag, f"the else of {self._tag_words(tag)}{suffix}")

    def _for(self, node: nodes.For) -> Iterator[Branch]:
        tag = self.tokens.tag(offset_of(node))
        yield self._branch(node, BranchKind.FOR, tag, f"the body of {self._tag_words(tag)}")
        if node.else_:
            yield self._branch(node, BranchKind.FOR_ELSE, self._else_tag(node) or tag, f"the else of {self._tag_words(tag)}")

    def _inline(self, node: nodes.CondExpr) -> Iterator[Branch]:
        arms = _inline_arms(self.tokens, node)
        condition = _quoted(f"if {self.source[slice(*arms.condition)]}")
        yield self._branch(node, BranchKind.INLINE_IF, arms.taken, f"{condition} taken")
        suffix = "" if node.expr2 is not None else " (not written)"
        yield self._branch(node, BranchKind.INLINE_ELSE, arms.otherwise, f"the else of {condition}{suffix}")

    def _branch(self, node: nodes.Node, kind: BranchKind, span: tuple[int, int], words: str) -> Branch:
        return Branch(self.file, offset_of(node), kind, *span, words)

    def _tag_words(self, span: tuple[int, int]) -> str:
        return _quoted(self.source[slice(*span)].removeprefix("{%").removesuffix("%}").strip("-+"))

    def _else_tag(self, node: nodes.Node) -> tuple[int, int] | None:
        """The ``{% else %}`` of an ``if`` or ``for``; None where none is written."""
        depth = 0
        for name, start in _statements(self.tokens, offset_of(node)):
            if name in ("if", "for"):
                depth += 1
            elif name in ("endif", "endfor"):
                depth -= 1
                if not depth:
                    return None
            elif name == "else" and depth == 1:
                return self.tokens.tag(start)
        return None


def _quoted(text: str) -> str:
    """A piece of a template on one line, in backticks, cut where it is long."""
    line = " ".join(text.split())
    return f"`{line[:LONGEST_WORDS]}…`" if len(line) > LONGEST_WORDS else f"`{line}`"


def _statements(tokens: Tokens, offset: int) -> Iterator[tuple[str, int]]:
    """The first word of each ``{% … %}`` and its offset, from the tag around an offset on."""
    opened = False
    for i in range(tokens.index(tokens.tag(offset)[0]), len(tokens.starts)):
        if tokens.kinds[i] == "block_begin":
            opened = True
        elif opened and tokens.kinds[i] == "name":
            yield tokens.values[i], tokens.starts[i]
            opened = False


# --- a if c else b ------------------------------------------------------------------------------------------------------


@dataclass
class _Arms:
    """Spans of the parts of an inline ``if``; the whole where no ``else`` is written."""

    taken: tuple[int, int]
    condition: tuple[int, int]
    otherwise: tuple[int, int]


@dataclass
class _Words:
    """The tokens of a tag one by one."""

    tokens: Tokens
    position: int
    end: int = field(init=False, default=0)
    """End of the last token that belongs to the expression so far."""

    def until(self, *names: str) -> str:
        """From an expression's first token to the first of some words behind it that no bracket holds; empty where it ends before."""
        # a name may be called `if`, and so may an attribute
        depth, named = 0, True
        while self.position < len(self.tokens.starts):
            kind, value = self.tokens.kinds[self.position], self.tokens.values[self.position]
            depth += (kind == "operator" and value in _OPENING) - (kind == "operator" and value in _CLOSING)
            if depth < 0 or kind in ("variable_end", "block_end") or (not depth and value in (",", ":")):
                return ""
            if kind == "name" and value in names and not depth and not named:
                return value
            if kind != "whitespace":
                named = value == "."
                self.end = self.tokens.ends[self.position]
            self.position += 1
        return ""

    def skip(self) -> int:
        """Pass over one word and the blanks behind it; the offset of what follows."""
        self.position += 1
        while self.tokens.kinds[self.position] == "whitespace":
            self.position += 1
        return self.tokens.starts[self.position]


def _inline_arms(tokens: Tokens, node: nodes.CondExpr) -> _Arms:
    first = _first_offset(node)
    words = _Words(tokens, tokens.index(first))
    if first == offset_of(node):
        words.until("if")
    else:
        words.end, words.position = _last_end(tokens, offset_of(node)), tokens.index(offset_of(node))
    taken = (first, words.end)
    start = words.skip()
    found = words.until("if", "else")
    condition = (start, words.end)
    if found != "else" or node.expr2 is None:
        return _Arms(taken, condition, (first, words.end))
    start = words.skip()
    words.until()
    return _Arms(taken, condition, (start, words.end))


def _first_offset(node: nodes.CondExpr) -> int:
    """Where the expression begins: of ``a if b if c`` Jinja remembers the second ``if``."""
    inner = node.expr1
    chained = isinstance(inner, nodes.CondExpr) and offset_of(inner) < offset_of(node)
    return _first_offset(inner) if chained else offset_of(node)  # type: ignore[arg-type]


def _last_end(tokens: Tokens, offset: int) -> int:
    """End of the last token before an offset that is no blank."""
    i = tokens.index(offset) - 1
    while i > 0 and tokens.kinds[i] == "whitespace":
        i -= 1
    return tokens.ends[i]
