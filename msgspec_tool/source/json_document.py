"""A JSON document: plain data, and where each part was written."""

from __future__ import annotations

import re
from typing import Any

from msgspec_tool.source.document import Path, Plain
from msgspec_tool.source.text import SourceFile, Span

_CHARACTER = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)


class JsonNode:
    """A value and its place. ``members`` holds the nodes of an object by key or of an array by index."""

    __slots__ = ("end", "key", "members", "start", "value")

    def __init__(self, value: Plain, start: int, end: int, members: Any = None) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.members = members
        self.key: Span | None = None


class JsonDocument:
    """Implements :class:`~msgspec_tool.source.document.Document` for request bodies: strings are final text."""

    templated = False

    def __init__(self, file: SourceFile, root: JsonNode) -> None:
        self.file = file
        self.value: Plain = root.value
        self._root = root
        self._places: dict[int, list[int]] = {}

    def span(self, path: Path) -> Span:
        node = self._node(path)
        return Span(node.start, node.end)

    def key_span(self, path: Path) -> Span:
        node = self._node(path)
        return node.key or Span(node.start, node.end)

    def text_span(self, path: Path, start: int, end: int) -> Span:
        node = self._node(path)
        if not isinstance(node.value, str):
            return Span(node.start, node.end)
        places = self._places.setdefault(id(node), self._character_places(node))
        start = max(0, min(start, len(places) - 1))
        return Span(places[start], places[max(start, min(end, len(places) - 1))])

    def lexeme(self, path: Path) -> str:
        return self.file.slice(self.span(path))

    def style(self, path: Path) -> str:
        value = self._node(path).value
        if isinstance(value, (dict, list)):
            return "flow"
        return "double" if isinstance(value, str) else "plain"

    def _node(self, path: Path) -> JsonNode:
        """The node of a path, or of the part of it that exists."""
        node = self._root
        for part in path:
            child = _child(node.members, part)
            if child is None:
                break
            node = child
        return node

    def _character_places(self, node: JsonNode) -> list[int]:
        """The offset of every character of a string, and of its closing quote."""
        found = _CHARACTER.finditer(self.file.text, node.start + 1, node.end - 1)
        return [*(character.start() for character in found), node.end - 1]


def _child(members: dict[str, JsonNode] | list[JsonNode] | None, part: str | int) -> JsonNode | None:
    if isinstance(members, dict):
        return members.get(part) if isinstance(part, str) else None
    if isinstance(members, list) and isinstance(part, int) and 0 <= part < len(members):
        return members[part]
    return None
