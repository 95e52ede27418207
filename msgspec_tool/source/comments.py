"""YAML comments with their places, and nothing that only looks like one inside a scalar."""

from __future__ import annotations

import re
from itertools import chain

from yaml.nodes import MappingNode, Node, ScalarNode

from msgspec_tool.source.document import Comment
from msgspec_tool.source.masking import MaskedText
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_guards import too_many

MAX_COMMENTS = 50_000
"""Comments in a file; each takes time and memory as a value does."""

_BEFORE = ",[]{}\"'"
_REST = re.compile(r"[^\r\n]*")


def find_comments(masked: MaskedText, root: Node | None) -> tuple[Comment, ...]:
    """The comments of a file in order. Without a node graph there is no telling what is one: none."""
    text = masked.text
    if "#" not in text or root is None:
        return ()
    found: list[Comment] = []
    held: list[Span] | None = None
    nearest = at = 0
    while (start := _candidate(text, at)) >= 0:
        # before the first value there is no scalar that one could stand in
        if start >= root.start_mark.index:
            held = _scalars_holding_hashes(text, root) if held is None else held
            while nearest < len(held) and held[nearest].end <= start:
                nearest += 1
            if nearest < len(held) and held[nearest].start <= start:
                at = held[nearest].end
                continue
        if len(found) >= MAX_COMMENTS:
            raise too_many(masked.file, start, MAX_COMMENTS, "comments")
        at = _REST.match(text, start).end()  # type: ignore[union-attr]
        found.append(Comment(Span(start, at), masked.file.text[start:at], _stands_alone(text, start)))
    return tuple(found)


def _candidate(text: str, at: int) -> int:
    """Where the next ``#`` stands that begins a comment if it stands in no scalar; -1 where there is none."""
    start = text.find("#", at)
    while start > 0 and not (text[start - 1].isspace() or text[start - 1] in _BEFORE):
        start = text.find("#", start + 1)
    return start


def _stands_alone(text: str, start: int) -> bool:
    """Whether nothing but blanks stands before a place on its line."""
    before = start - 1
    while before >= 0 and text[before] in " \t":
        before -= 1
    return before < 0 or text[before] in "\r\n"


def _scalars_holding_hashes(text: str, root: Node) -> list[Span]:
    """In the order of the text."""
    spans = []
    for node in _holding_hashes(root):
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">"):
            header = _REST.match(text, text.index(node.style, start))
            start = header.end() if header else start
        spans.append(Span(start, end))
    return sorted(set(spans))


def _holding_hashes(root: Node) -> list[ScalarNode]:
    """The scalars with a ``#`` in them, keys included, in any order."""
    found: list[ScalarNode] = []
    pending, seen = [root], set()
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        inside = (
            [node] if node.__class__ is ScalarNode else chain.from_iterable(node.value) if node.__class__ is MappingNode else node.value
        )
        for one in inside:
            if one.__class__ is not ScalarNode:
                pending.append(one)
            elif "#" in one.value:
                found.append(one)
    return found
