"""Walking Jinja's AST, and what a parse leaves on it: tokens and followed partials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import nodes

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.positions import Tokens


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


def walk(root: nodes.Node) -> Iterator[nodes.Node]:
    """Every node below, parents first, in source order; no recursion, so that no depth can hurt."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(node.iter_child_nodes())))


def depth(root: nodes.Node) -> int:
    """Levels of the tree; each ``elif`` counts as one, as it does in Python's own compiler."""
    deepest = 0
    stack: list[tuple[nodes.Node, int]] = [(root, 1)]
    while stack:
        node, level = stack.pop()
        deepest = max(deepest, level)
        extra = 0
        for child in node.iter_child_nodes():
            extra += isinstance(node, nodes.If) and child in node.elif_
            stack.append((child, level + 1 + extra))
    return deepest


def constant_name(node: nodes.Include | nodes.Import | nodes.FromImport) -> str | None:
    """The name that an include or import asks for, where it is a constant text."""
    template = node.template
    return template.value if isinstance(template, nodes.Const) and isinstance(template.value, str) else None
