"""Names that a template sets and that are already something else: a variable, ``env``, a function.

Filters and tests have names of their own: a variable called ``sum`` hides no filter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import nodes

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.functions import FUNCTION_NAMES
from msgspec_tool.templates.observations import Spot
from msgspec_tool.templates.positions import offset_of
from msgspec_tool.templates.tree import Partial, parts_of, walk


@dataclass(frozen=True)
class Shadow:
    """A name at the place where it is set."""

    name: str
    spot: Spot


def shadows(root: nodes.Template, declared: frozenset[str]) -> Iterator[Shadow]:
    """Every name that hides a declared one or a function.

    The arguments of macros in a partial that is imported hide nothing: such a partial does not see the variables.
    """
    yield from _of_tree(root, None, declared, {})


def _of_tree(root: nodes.Template, file: SourceFile | None, declared: frozenset[str], seen: dict[int, None]) -> Iterator[Shadow]:
    if id(root) in seen:
        return
    seen[id(root)] = None
    for name, start, end in _set_names(root):
        if name in declared or name in FUNCTION_NAMES:
            yield Shadow(name, Spot(start, end, file))
    for partial in _seeing(root):
        yield from _of_tree(partial.root, partial.file, declared, seen)


def _seeing(root: nodes.Template) -> Iterator[Partial]:
    """The partials that see what the template sees."""
    partials = parts_of(root).partials
    for node in walk(root):
        if isinstance(node, (nodes.Include, nodes.Import, nodes.FromImport)) and node.with_context:
            name = node.template.value if isinstance(node.template, nodes.Const) else None
            if name in partials:
                yield partials[name]


def _set_names(root: nodes.Template) -> Iterator[tuple[str, int, int]]:
    tokens = parts_of(root).tokens
    for node in walk(root):
        if isinstance(node, nodes.Name) and node.ctx != "load":
            yield node.name, offset_of(node), offset_of(node) + len(node.name)
        elif isinstance(node, (nodes.Macro, nodes.Import)):
            name = node.name if isinstance(node, nodes.Macro) else node.target
            found = [one for one in tokens.names_from(offset_of(node)) if one[0] == name]
            yield from found[:1] if isinstance(node, nodes.Macro) else found[-1:]
        elif isinstance(node, nodes.FromImport):
            given = {name if isinstance(name, str) else name[1] for name in node.names}
            yield from (one for one in tokens.names_from(offset_of(node)) if one[0] in given)
