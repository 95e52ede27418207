"""YAML comments with their places, and nothing that only looks like one inside a scalar."""

from __future__ import annotations

import re
from bisect import bisect_right

from yaml.nodes import Node

from msgspec_tool.source.document import Comment
from msgspec_tool.source.masking import MaskedText
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_guards import too_many
from msgspec_tool.source.yaml_parser import scalars

MAX_COMMENTS = 50_000
"""Comments in a file; each takes time and memory as a value does."""

_BEFORE = ",[]{}\"'"
_LINE_END = re.compile(r"[\r\n]|\Z")


def find_comments(masked: MaskedText, root: Node | None) -> tuple[Comment, ...]:
    """The comments of a file in order. Without a node graph there is no telling what is one: none."""
    text = masked.text
    if "#" not in text or root is None:
        return ()
    found: list[Comment] = []
    at = 0
    # before the first value there is no scalar that one could stand in
    while (candidate := _candidate(text, at)) and candidate.end <= root.start_mark.index:
        _take(masked, candidate, found)
        at = candidate.end
    if candidate is None:
        return tuple(found)
    holding = _scalars_holding_hashes(text, root)
    starts = [span.start for span in holding]
    while candidate := _candidate(text, at):
        nearest = bisect_right(starts, candidate.start) - 1
        if nearest >= 0 and candidate.start < holding[nearest].end:
            at = max(holding[nearest].end, candidate.start + 1)
            continue
        _take(masked, candidate, found)
        at = candidate.end
    return tuple(found)


def _candidate(text: str, at: int) -> Span | None:
    """The next ``#`` that begins a comment if it stands in no scalar, with the rest of its line."""
    start = text.find("#", at)
    while start > 0 and not (text[start - 1].isspace() or text[start - 1] in _BEFORE):
        start = text.find("#", start + 1)
    return Span(start, _LINE_END.search(text, start).start()) if start >= 0 else None  # type: ignore[union-attr]


def _take(masked: MaskedText, candidate: Span, found: list[Comment]) -> None:
    if len(found) >= MAX_COMMENTS:
        raise too_many(masked.file, candidate.start, MAX_COMMENTS, "comments")
    before = masked.text[masked.line_start(candidate.start) : candidate.start]
    found.append(Comment(candidate, masked.file.slice(candidate), not before.strip(" \t")))


def _scalars_holding_hashes(text: str, root: Node) -> list[Span]:
    spans = []
    for node in scalars(root):
        if "#" in node.value:
            start, end = node.start_mark.index, node.end_mark.index
            if node.style in ("|", ">"):
                header = _LINE_END.search(text, text.index(node.style, start))
                start = header.start() if header else start
            spans.append(Span(start, end))
    return sorted(set(spans))
