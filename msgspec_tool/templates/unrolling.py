"""How long a template is where its loops are written out: what goes round ten times does the work of ten times the text.

A template in one line may be so long and need no worker; written out, a loop over a list of a row is such a template, with a length
that is known as soon as the list is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import prod

from jinja2 import nodes

from msgspec_tool.model import Template
from msgspec_tool.templates.allowed import STRAIGHT, is_bounded
from msgspec_tool.templates.reading import MAX_STRAIGHT
from msgspec_tool.templates.tree import children, walk

_NODE = 8
"""Characters that a tag, a name or an operator counts as."""

MAX_UNROLLED = MAX_STRAIGHT
"""Characters of a template, written out, that may run outside a worker."""

Lengths = Callable[[str], int]
"""How many elements the value of a name has, at most."""


@dataclass(frozen=True)
class Unrolled:
    """A template with its loops written out."""

    rounds: Mapping[tuple[str, ...], int]
    """Characters that are there once for each element of some lists, by the names of the lists."""

    @property
    def names(self) -> frozenset[str]:
        """The names of the lists that decide how long it is."""
        return frozenset(name for names in self.rounds for name in names)

    def characters(self, lengths: Lengths) -> int:
        """Its length, given how long the lists are."""
        return sum(characters * prod(map(lengths, names)) for names, characters in self.rounds.items())


def unrolled(template: Template) -> Unrolled | None:
    """The template with loops over names and literal lists written out; None where it does anything else that has no bound."""
    rounds: Counter[tuple[str, ...]] = Counter({(): len(template.source)})
    try:
        for names, characters in _rounds(template.tree, 1, (), frozenset()) if template.tree is not None else ():
            rounds[names] += characters
    except _UnboundedError:
        return None
    return Unrolled(rounds)


_Rounds = tuple[tuple[str, ...], int]
"""Characters that are written out once for each element of the lists with these names."""


class _UnboundedError(Exception):
    pass


def _rounds(node: nodes.Node, times: int, names: tuple[str, ...], hidden: frozenset[str]) -> Iterator[_Rounds]:
    """What a node and all below it are written out as; ``times`` is for literal lists around it, ``hidden`` are names that loops set."""
    if isinstance(node, nodes.For):
        yield from _loop(node, times, names, hidden)
        return
    if not isinstance(node, STRAIGHT) or not is_bounded(node):
        raise _UnboundedError
    yield names, times * (_NODE + _text(node))
    for child in children(node):
        yield from _rounds(child, times, names, hidden)


def _loop(node: nodes.For, times: int, names: tuple[str, ...], hidden: frozenset[str]) -> Iterator[_Rounds]:
    if node.recursive:
        raise _UnboundedError
    for outside in (node.iter, *node.else_):
        yield from _rounds(outside, times, names, hidden)
    if isinstance(node.iter, nodes.Name) and node.iter.name not in hidden:
        names = (*names, node.iter.name)
    elif isinstance(node.iter, (nodes.List, nodes.Tuple)):
        times *= len(node.iter.items)
    else:
        raise _UnboundedError
    yield names, times * _NODE
    hidden |= {"loop", *(one.name for one in walk(node.target) if isinstance(one, nodes.Name))}
    for inside in (*([node.test] if node.test is not None else []), *node.body):
        yield from _rounds(inside, times, names, hidden)


def _text(node: nodes.Node) -> int:
    """Characters of a node that is text itself."""
    if isinstance(node, nodes.TemplateData):
        return len(node.data)
    return len(str(node.value)) if isinstance(node, nodes.Const) else 0
