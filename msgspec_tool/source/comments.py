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

_CANDIDATE = re.compile(r"(?:^|(?<=[\s,\[\]{}\"']))#[^\r\n]*", re.MULTILINE)
_LINE_END = re.compile(r"[\r\n]|\Z")


def find_comments(masked: MaskedText, root: Node | None) -> tuple[Comment, ...]:
    """The comments of a file in order. Without a node graph there is no telling what is one: none."""
    text = masked.text
    if "#" not in text or root is None:
        return ()
    holding = _scalars_holding_hashes(text, root)
    starts = [span.start for span in holding]
    found: list[Comment] = []
    at = 0
    while candidate := _CANDIDATE.search(text, at):
        nearest = bisect_right(starts, candidate.start()) - 1
        if nearest >= 0 and candidate.start() < holding[nearest].end:
            at = max(holding[nearest].end, candidate.start() + 1)
            continue
        if len(found) >= MAX_COMMENTS:
            raise too_many(masked.file, candidate.start(), MAX_COMMENTS, "comments")
        found.append(_comment(masked, candidate))
        at = candidate.end()
    return tuple(found)


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


def _comment(masked: MaskedText, found: re.Match[str]) -> Comment:
    start, end = found.span()
    before = masked.text[masked.line_start(start) : start]
    return Comment(Span(start, end), masked.file.text[start:end], not before.strip(" \t"))
