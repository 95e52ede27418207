"""Loops that are asked in which round they are, and nothing else: counted, where Jinja's own look one element ahead each round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import nodes
from jinja2.runtime import LoopContext

from msgspec_tool.templates.tree import walk

_COUNTED = frozenset(("index", "index0", "revindex", "revindex0", "first", "last", "length"))


class Rounds(LoopContext):
    """The ``loop`` of a template whose loops :func:`are_counted`."""

    def __init__(self, iterable: Iterable[Any], undefined: Any, recurse: Any = None, depth0: int = 0) -> None:  # noqa: ARG002  Jinja's signature
        self._values = iterable if isinstance(iterable, (list, tuple)) else list(iterable)
        self._length = len(self._values)

    def __iter__(self) -> Iterator[tuple[Any, Rounds]]:  # type: ignore[override]
        for number, value in enumerate(self._values):
            self.index0 = number
            yield value, self

    @property
    def last(self) -> bool:
        return self.index0 + 1 == self._length


def is_counted(node: nodes.Getattr) -> bool:
    """Whether an attribute asks ``loop`` for something that :class:`Rounds` knows."""
    return isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in _COUNTED


def are_counted(tree: nodes.Template) -> bool:
    """Whether nobody wants more of the loops of a template than :class:`Rounds` knows."""
    asked = sum(isinstance(node, nodes.Getattr) and is_counted(node) for node in walk(tree))
    return asked == sum(isinstance(node, nodes.Name) and node.name == "loop" for node in walk(tree))
