"""Where a template prints the members of a mapping in the order in which the data happens to hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.model import Variable
from msgspec_tool.source.document import Plain
from msgspec_tool.templates.names.guards import path_of
from msgspec_tool.templates.tree import extent, parts_of, walk
from msgspec_tool.variables.alphabets import member_schema

_VIEWS = frozenset(("items", "keys", "values"))
_PICKING = frozenset(("join", "first", "last"))
"""Filters whose result shows the order."""


class Unordered(NamedTuple):
    """A mapping from the data (by its path) whose order shows; ``[start, end)`` is the expression that names it."""

    path: tuple[str, ...]
    start: int
    end: int
    remedy: str
    """The filter that puts it in order: ``dictsort`` where names and values are wanted, else ``sort``."""


def unordered_uses(root: nodes.Template, variables: Mapping[str, Variable]) -> Iterator[Unordered]:
    """Loops that print, and filters that pick or join, over a mapping that a variable declares. Sums need no order."""
    if not any(variable.schema.get("type") in ("object", "array") for variable in variables.values()):
        return
    tokens = parts_of(root).tokens
    elements = dict(_loop_names(root, variables))
    hidden = {node.name for node in walk(root) if isinstance(node, nodes.Name) and node.ctx != "load"} - elements.keys()
    for node in walk(root):
        source: nodes.Node | None = None
        if isinstance(node, nodes.For) and _prints(node):
            source = node.iter
        elif isinstance(node, nodes.Filter) and node.name in _PICKING:
            source = node.node
        path = _mapping_of(source) if source is not None else ()
        if source is not None and path and path[0] not in hidden and _schema(path, variables, elements).get("type") == "object":
            paired = (isinstance(node, nodes.For) and isinstance(node.target, nodes.Tuple)) or _is_values(source)
            yield Unordered(path, *extent(source, tokens), "dictsort" if paired else "sort")


def _schema(path: tuple[str, ...], variables: Mapping[str, Variable], elements: Mapping[str, Mapping[str, Plain]]) -> Mapping[str, Plain]:
    if path[0] in elements and path[0] in variables:
        return {}  # the loop hides the variable, and only from its own body
    if path[0] in elements:
        return member_schema(elements[path[0]], path[1:])
    return member_schema(variables[path[0]].schema, path[1:]) if path[0] in variables else {}


def _loop_names(root: nodes.Template, variables: Mapping[str, Variable]) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    """Names of loops over lists that variables declare, with what each element is."""
    for node in walk(root):
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            items = _schema(path, variables, {}).get("items") if (path := path_of(node.iter)) else None
            if isinstance(items, dict):
                yield node.target.name, items


def _mapping_of(node: nodes.Node) -> tuple[str, ...]:
    """The name behind ``name``, ``name.items()``, ``name | items`` and ``name | list``."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr in _VIEWS and not node.args:
        return path_of(node.node.node)
    if isinstance(node, nodes.Filter) and node.name in ("items", "list") and node.node is not None:
        return _mapping_of(node.node)
    return path_of(node)


def _is_values(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr == "values"


def _prints(node: nodes.For) -> bool:
    """Whether what a loop prints can differ from round to round."""
    if not isinstance(node.target, (nodes.Name, nodes.Tuple)):
        return False
    outputs = [one for statement in node.body for one in walk(statement) if isinstance(one, nodes.Output)]
    return any(not isinstance(child, (nodes.TemplateData, nodes.Const)) for output in outputs for child in output.nodes)
