"""The members of YAML mappings by the text of their keys: duplicates resolved, merge keys followed.

Merge keys (``<<``) belong to YAML 1.1. They are followed, so that one finding about them is all that a file gets, and not
one for everything that seems to be missing.
"""

from __future__ import annotations

import re

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from msgspec_tool.source.masking import BOM, MaskedText
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_parser import PLAIN, is_flow

Member = tuple[Node, Node]
"""A key and its value."""

MERGE_KEY = "<<"
_PROPERTIES = r"(?:(?:&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*)(?:[ \t]+|(?=[\n\r]))|[ \t\n\r]+|#[^\n\r]*)+"
_BLOCK_STYLES = ("|", ">")
_SMALL = 12
"""Members of a mapping that are looked through one by one."""


class Nodes:
    """Reads nodes of a masked text: keys as their authors wrote them, members by key."""

    def __init__(self, masked: MaskedText) -> None:
        self._masked = masked
        self._members: dict[int, dict[str, Member]] = {}
        self.irregular: set[int] = set()
        """Ids of mappings that hold a key twice or a merge key."""

    def key(self, node: Node) -> str:
        """The text of a key; a key that is no scalar is its own source text."""
        if isinstance(node, ScalarNode):
            text: str = node.value
            return text if text.isascii() else self._masked.restore(text).replace(BOM, "")
        return self._masked.file.text[node.start_mark.index : node.end_mark.index]

    def members(self, node: MappingNode) -> dict[str, Member]:
        """The members of a mapping. Of equal keys the last speaks; a merged mapping gives what is not written here."""
        known = self._members.get(id(node))
        if known is None:
            known = {}
            merged = []
            for member in node.value:
                key, value = member
                if key.value == MERGE_KEY and is_merge(key, value):
                    merged += merge_sources(value)
                else:
                    known[self.key(key)] = member
            self._members[id(node)] = known
            if merged or len(known) != len(node.value):
                self.irregular.add(id(node))
            for source in merged:
                for name, member in self.members(source).items():
                    known.setdefault(name, member)
        return known

    def _own(self, node: MappingNode, part: str | int) -> Member | None:
        """The member that a small mapping itself has: to look for one of them no table is made."""
        members: list[Member] = node.value if len(node.value) <= _SMALL and part != MERGE_KEY else []
        for member in reversed(members):
            text = member[0].value
            if (text if text.__class__ is str and text.isascii() else self.key(member[0])) == part:
                return member
        return None

    def child(self, node: Node, part: str | int) -> Member | None:
        """The member (for a list: the item twice) that a path's next part names."""
        if isinstance(node, MappingNode):
            own = self._own(node, part) if id(node) not in self._members else None
            return own or (self.members(node).get(part) if isinstance(part, str) else None)
        if isinstance(node, SequenceNode) and isinstance(part, int) and 0 <= part < len(node.value):
            return node.value[part], node.value[part]
        return None


def is_merge(key: Node, value: Node) -> bool:
    """A ``<<`` without quotes over a mapping or a list of mappings."""
    return isinstance(key, ScalarNode) and key.value == MERGE_KEY and key.tag is PLAIN and bool(merge_sources(value))


def merge_sources(value: Node) -> list[MappingNode]:
    """The mappings that a merge key names, first one first; nothing where it names anything else."""
    candidates: list[Node] = value.value if isinstance(value, SequenceNode) else [value]
    mappings = [candidate for candidate in candidates if isinstance(candidate, MappingNode)]
    return mappings if len(mappings) == len(candidates) else []


def own_span(text: str, node: Node) -> Span:
    """A node's characters without anchor and tag; trailing blank lines and what follows a block collection left out."""
    start = node.start_mark.index
    if node.__class__ is ScalarNode and node.style not in _BLOCK_STYLES and text[start : start + 1] not in ("&", "!"):
        return Span(start, node.end_mark.index)
    end = _content_end(text, node)
    return Span(min(after_properties(text, start, node.end_mark.index), end), end)


def after_properties(text: str, start: int, end: int) -> int:
    """Where a node's own characters begin, behind its anchor and tag."""
    if text[start : start + 1] not in ("&", "!"):
        return start
    found = re.compile(_PROPERTIES).match(text, start, end)
    return found.end() if found else start


def _content_end(text: str, node: Node) -> int:
    while not isinstance(node, ScalarNode) and not is_flow(node) and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    if not isinstance(node, ScalarNode) or node.style not in _BLOCK_STYLES:
        return end
    content = len(text[node.start_mark.index : end].rstrip(" \t\r\n")) + node.start_mark.index
    while content < end and text[content] in " \t":
        content += 1
    return content
