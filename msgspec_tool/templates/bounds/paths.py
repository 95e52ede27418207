"""A path through a template: what is known of every name on it, what it has printed, which conditions led there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import Value
from msgspec_tool.source.text import SourceFile

MOST_PATHS = 12
"""Paths that are followed one by one; beyond that those that end alike are taken together."""

Place = tuple[str, ...]
"""A name, or a name and constant attributes of it."""

Names = Mapping[Place, Value]


class Condition(NamedTuple):
    """A test that went one way."""

    test: nodes.Node
    holds: bool
    file: SourceFile | None


class Branch(NamedTuple):
    """A path so far."""

    names: Names
    output: Text = texts.EMPTY
    conditions: tuple[Condition, ...] = ()

    def set(self, place: Place, value: Value) -> Branch:
        """The path with a name set anew: what was known of its members is forgotten."""
        kept = {known: found for known, found in self.names.items() if known[: len(place)] != place}
        return self._replace(names={**kept, place: value})

    def knowing(self, place: Place, value: Value) -> Branch:
        """The path on which more is known of a name that did not change."""
        return self._replace(names={**self.names, place: value})

    def under(self, condition: Condition) -> Branch:
        """The path with one more condition on it."""
        return self._replace(conditions=(*self.conditions, condition))

    def printing(self, text: Text) -> Branch:
        """The path with more text on it."""
        return self._replace(output=texts.concat(self.output, text))


def merged(paths: Iterable[Branch]) -> Branch | None:
    """All paths as one: names that only some of them know are forgotten."""
    found = tuple(paths)
    if not found:
        return None
    return found[0] if len(found) == 1 else reduce(_merge, found)


def _merge(one: Branch, other: Branch) -> Branch:
    names = {}
    for place, value in one.names.items():
        if place in other.names:
            names[place] = values.join(value, other.names[place])
        elif len(place) == 1:
            names[place] = value._replace(undefined=True)
    for place, value in other.names.items():
        if len(place) == 1 and place not in one.names:
            names[place] = value._replace(undefined=True)
    shared = []
    for mine, theirs in zip(one.conditions, other.conditions, strict=False):
        if mine != theirs:
            break
        shared.append(mine)
    return Branch(names, texts.either(one.output, other.output), tuple(shared))


def limited(paths: list[Branch]) -> list[Branch]:
    """The paths, taken together as one where they are too many."""
    if len(paths) <= MOST_PATHS:
        return paths
    together = merged(paths)
    return [together] if together is not None else []
