"""YAML comments with their places, and nothing that only looks like one inside a scalar."""

from __future__ import annotations

import re
from bisect import bisect_right

from yaml.nodes import Node, ScalarNode

from msgspec_tool.deferred import expression
from msgspec_tool.source.document import Comment
from msgspec_tool.source.masking import MaskedText
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_guards import too_many
from msgspec_tool.source.yaml_parser import unique_nodes

MAX_COMMENTS = 50_000
"""Comments in a file; each takes time and memory as a value does."""

_CANDIDATE = expression(r"(?:^|(?<=[\s,\[\]{}\"']))#[^\r\n]*", re.MULTILINE)
_LINE_END = expression(r"[\r\n]|\Z")


def find_comments(masked: MaskedText, root: Node | None) -> tuple[Comment, ...]:
    """The comments of a file in order. Without a node graph there is no telling what is one: none."""
    text = masked.text
    if "#" not in text or root is None:
        return ()
    scalars = _scalars_holding_hashes(text, root)
    starts = [span.start for span in scalars]
    found: list[Comment] = []
    at = 0
    while candidate := _CANDIDATE.search(text, at):
        nearest = bisect_right(starts, candidate.start()) - 1
        if nearest >= 0 and candidate.start() < scalars[nearest].end:
            at = max(scalars[nearest].end, candidate.start() + 1)
            continue
        if len(found) >= MAX_COMMENTS:
            raise too_many(masked.file, candidate.start(), MAX_COMMENTS, "comments")
        found.append(_comment(masked, candidate))
        at = candidate.end()
    return tuple(found)


def _scalars_holding_hashes(text: str, root: Node) -> list[Span]:
    spans = []
    for node in unique_nodes(root):
        if isinstance(node, ScalarNode) and "#" in node.value:
            start, end = node.start_mark.index, node.end_mark.index
            if node.style in ("|", ">"):
                header = _LINE_END.search(text, text.index(node.style, start))
                start = header.start() if header else start
            spans.append(Span(start, end))
    return sorted(spans)


def _comment(masked: MaskedText, found: re.Match[str]) -> Comment:
    span = Span(found.start(), found.end())
    return Comment(span, masked.file.slice(span), not masked.text[masked.line_start(found.start()) : found.start()].strip(" \t"))
