"""Which links a template names by constants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.templates.skeletons import none_for_all
from msgspec_tool.templates.tree import extent, parts_of, walk


class NamedLink(NamedTuple):
    """``smartlink(5)`` at ``[start, end)`` of a template."""

    identifier: str
    start: int
    end: int


@none_for_all
def linked(root: nodes.Template) -> tuple[NamedLink, ...]:
    """Every call of ``smartlink`` with a constant id, in written order."""
    return tuple(_linked(root))


def _linked(root: nodes.Template) -> Iterator[NamedLink]:
    tokens = parts_of(root).tokens
    for node in walk(root):
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "smartlink":
            given = [*node.args, *(keyword.value for keyword in node.kwargs)]
            if len(given) == 1 and isinstance(given[0], nodes.Const) and isinstance(given[0].value, (str, int)):
                yield NamedLink(str(given[0].value), *extent(node, tokens))
