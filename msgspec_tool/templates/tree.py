"""Walking Jinja's AST, and what a parse leaves on it: tokens and followed partials."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.positions import Tokens, end_of, offset_of

if TYPE_CHECKING:
    from msgspec_tool.templates.skeletons import Copied, Skeleton


@dataclass
class Partial:
    """A partial that was read and parsed."""

    file: SourceFile
    root: nodes.Template
    parts: Parts


@dataclass
class Parts:
    """What belongs to one AST: its tokens, and its partials by name."""

    tokens: Tokens
    partials: dict[str, Partial] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    """Names of the partials, each as often as it is written."""
    copied: Copied | None = None
    """What the tree is a copy of, where its tags alone say what it reads and does: where it names no partials."""
    original: Callable[[], Skeleton | None] | None = None
    """Of the tree that others are copies of, what makes those, as long as that is there."""
    texts: list[tuple[int, int]] | None = None
    """Where its own text stands, once somebody asked: see :func:`~.skeletons.own_texts`."""


def expansions(parts: Parts) -> int:
    """How many partials are rendered at most, each as often as it is named (loops aside)."""
    return _expansions(parts, {})


def _expansions(parts: Parts, counted: dict[int, int]) -> int:
    # no function in a function: one that calls itself is not taken away where nobody collects garbage
    if id(parts) not in counted:
        counted[id(parts)] = sum(1 + _expansions(parts.partials[name].parts, counted) for name in parts.named if name in parts.partials)
    return counted[id(parts)]


def attach(root: nodes.Template, parts: Parts) -> None:
    """Leave the parts on the AST."""
    root.msgspec_parts = parts  # type: ignore[attr-defined]


def parts_of(root: nodes.Template) -> Parts:
    """The parts that :func:`attach` left."""
    parts: Parts = root.msgspec_parts  # type: ignore[attr-defined]
    return parts


NAMING = (nodes.Include, nodes.Import, nodes.FromImport)
"""What names a partial."""


def children(node: nodes.Node) -> list[nodes.Node]:
    """The nodes directly below, in source order: what Jinja's own iterators give, in a third of the time."""
    found: list[nodes.Node] = []
    for name in node.fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += [item for item in value if isinstance(item, nodes.Node)]
        elif isinstance(value, nodes.Node):
            found.append(value)
    return found


def walk(root: nodes.Node) -> Iterator[nodes.Node]:
    """Every node below, parents first, in source order; no recursion, so that no depth can hurt."""
    if not isinstance(root, nodes.Template):
        return _below(root)
    # whole templates are walked by a dozen questions each
    return chain((root,), below(root).nodes)


class Below(NamedTuple):
    """What is below a template. Without the root: what holds itself is not taken away where nobody collects garbage."""

    nodes: list[nodes.Node]
    """Parents first, in source order."""
    levels: int
    """Levels of the tree, the root's own among them."""


def below(root: nodes.Template) -> Below:
    """What is below a template; found out once."""
    known: Below | None = getattr(root, "msgspec_nodes", None)
    if known is None:
        known = _levelled(root)
        know_below(root, known)
    return known


def know_below(root: nodes.Template, known: Below) -> None:
    """Leave what is below a template on it, where that is known."""
    root.msgspec_nodes = known  # type: ignore[attr-defined]


def _levelled(root: nodes.Template) -> Below:
    found: list[nodes.Node] = []
    deepest = 0
    stack: list[tuple[nodes.Node, int]] = [(root, 1)]
    while stack:
        node, level = stack.pop()
        found.append(node)
        deepest = max(deepest, level)
        stack += reversed(_levels(node, level + 1))
    return Below(found[1:], deepest)


def _levels(node: nodes.Node, level: int) -> list[tuple[nodes.Node, int]]:
    """The nodes directly below with their levels: each ``elif`` counts as one, as it does in Python's own compiler."""
    if not isinstance(node, nodes.If) or not node.elif_:
        return [(child, level) for child in children(node)]
    later, found = {id(one) for one in node.elif_}, []
    for child in children(node):
        level += id(child) in later
        found.append((child, level))
    return found


def _below(root: nodes.Node) -> Iterator[nodes.Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack += reversed(children(node))


_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


def extent(node: nodes.Node, tokens: Tokens) -> tuple[int, int]:
    """From the first to the last character of an expression: Jinja remembers one token a node, neither attributes nor closing brackets."""
    known = tokens.extents.get(node)
    if known is None:
        known = tokens.extents[node] = _extent(node, tokens)
    return known


def _extent(node: nodes.Node, tokens: Tokens) -> tuple[int, int]:
    # a comparison remembers the token behind it
    found = [(offset_of(one), _end(one, tokens)) for one in walk(node) if end_of(one) and not isinstance(one, nodes.Compare)]
    if not found:
        return 0, 0
    start, end = min(first for first, _last in found), max(last for _first, last in found)
    return start, _closed(start, end, tokens)


def _end(node: nodes.Node, tokens: Tokens) -> int:
    """The end of a node's own token, of an attribute that of its name."""
    name = next(tokens.names_from(offset_of(node)), None) if isinstance(node, nodes.Getattr) else None
    return end_of(node) if name is None else max(end_of(node), name[2])


def _closed(start: int, end: int, tokens: Tokens) -> int:
    """The end with the brackets closed that were opened on the way."""
    depth = 0
    for index in range(tokens.index(start), len(tokens.starts)):
        if tokens.starts[index] >= end and depth <= 0:
            break
        if tokens.kinds[index] == "operator":
            depth += _BRACKETS.get(tokens.values[index], 0)
            if tokens.starts[index] >= end:
                end = max(end, tokens.ends[index])
    return end


def depth(root: nodes.Template) -> int:
    """Levels of the tree."""
    return below(root).levels


def constant_name(node: nodes.Include | nodes.Import | nodes.FromImport) -> str | None:
    """The name that an include or import asks for, where it is a constant text."""
    template = node.template
    return template.value if isinstance(template, nodes.Const) and isinstance(template.value, str) else None
