"""Which variables a template prints, each with its place and the currency that it is printed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import nodes

from msgspec_tool.model import Template
from msgspec_tool.templates.names.guards import path_of
from msgspec_tool.templates.tree import extent, parts_of, walk


@dataclass(frozen=True)
class Mention:
    """A variable, by its path, that the expression at ``[start, end)`` prints."""

    path: tuple[str, ...]
    start: int
    end: int
    currency: str | None = None
    """The constant currency that ``money`` was given."""


def mentions(template: Template) -> Iterator[Mention]:
    """The variables in a template's own expressions, in written order. What only decides about a text is no part of it."""
    if template.tree is None:
        return
    tokens = parts_of(template.tree).tokens
    for output in template.tree.find_all(nodes.Output):
        for expression in output.nodes:
            start, end = extent(expression, tokens) if not isinstance(expression, nodes.TemplateData) else (0, 0)
            yield from (Mention(path, start, end, _currency(expression)) for path in _paths(expression))


def _paths(node: nodes.Node) -> Iterator[tuple[str, ...]]:
    path = path_of(node)
    if path:
        yield path
    elif isinstance(node, nodes.CondExpr):
        yield from _paths(node.expr1)
        yield from _paths(node.expr2) if node.expr2 is not None else ()
    elif not isinstance(node, (nodes.Test, nodes.Compare, nodes.Call)):
        for child in node.iter_child_nodes():
            yield from _paths(child)


def _currency(node: nodes.Node) -> str | None:
    found = [one for one in walk(node) if isinstance(one, nodes.Filter) and one.name == "money"]
    given = found[0].args[:1] if found else []
    return given[0].value if given and isinstance(given[0], nodes.Const) and isinstance(given[0].value, str) else None
