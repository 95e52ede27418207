"""Walking Jinja's AST, and what a parse leaves on it: tokens and followed partials."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from msgspec_tool.deferred import dataclass, field
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.positions import Tokens, end_of, offset_of


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


def expansions(parts: Parts) -> int:
    """How many partials are rendered at most, each as often as it is named (loops aside)."""
    counted: dict[int, int] = {}

    def count(one: Parts) -> int:
        if id(one) not in counted:
            counted[id(one)] = sum(1 + count(one.partials[name].parts) for name in one.named if name in one.partials)
        return counted[id(one)]

    return count(parts)


def attach(root: nodes.Template, parts: Parts) -> None:
    """Leave the parts on the AST."""
    root.msgspec_parts = parts  # type: ignore[attr-defined]


def parts_of(root: nodes.Template) -> Parts:
    """The parts that :func:`attach` left."""
    parts: Parts = root.msgspec_parts  # type: ignore[attr-defined]
    return parts


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
    known: list[nodes.Node] | None = getattr(root, "msgspec_nodes", None)
    if known is None:
        known = root.msgspec_nodes = list(_below(root))  # type: ignore[attr-defined]
    return iter(known)


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


def depth(root: nodes.Node) -> int:
    """Levels of the tree; each ``elif`` counts as one, as it does in Python's own compiler."""
    deepest = 0
    stack: list[tuple[nodes.Node, int]] = [(root, 1)]
    while stack:
        node, level = stack.pop()
        deepest = max(deepest, level)
        extra = 0
        for child in children(node):
            extra += isinstance(node, nodes.If) and child in node.elif_
            stack.append((child, level + 1 + extra))
    return deepest


def constant_name(node: nodes.Include | nodes.Import | nodes.FromImport) -> str | None:
    """The name that an include or import asks for, where it is a constant text."""
    template = node.template
    return template.value if isinstance(template, nodes.Const) and isinstance(template.value, str) else None
