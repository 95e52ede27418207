"""Templates that stand without quotes where YAML wants a value: ``text: {{ name }}`` is a mapping to YAML, never to its author.

Found in the node graph where YAML accepts it, and near the place where it fails otherwise. What the author meant is the
source text itself, so its structure is hidden from the parser and the value keeps its offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_parser import is_flow

_UNQUOTED = r"(?m)(?:^|(?<=[:?\-][ \t])|(?<=[\[,]))[ \t]*(\{[{%#])"
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BLOCK_STEP = r"\{[{%#]|[\r\n]|(?<=[ \t])#[^\r\n]*"
_FLOW_STEP = r"\{[{%#]|[\r\n,\]}]|(?<=[ \t])#[^\r\n]*"
_LONGEST = 2000
"""Characters within which a template has to be closed to be followed over lines."""
_MARKERS = ("{{", "{%", "}}")


def cuts_text(comment: str) -> bool:
    """Whether a comment (from its ``#`` on) looks like the rest of a text: ``#1``, or anything that holds template markers."""
    rest = comment[1:]
    if rest.lstrip().startswith("msgspec:"):
        return False
    return bool(rest[:1].strip()) or any(marker in rest for marker in _MARKERS)


def templates_read_as_mappings(root: Node, text: str) -> list[tuple[int, bool]]:
    """Offsets of ``{{`` that were read as a flow mapping with a mapping for a key, and whether it stands inside a flow collection."""
    found = []
    seen: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, in_flow = stack.pop()
        if node.__class__ is ScalarNode or id(node) in seen:
            continue
        seen.add(id(node))
        flow = is_flow(node)
        if node.__class__ is SequenceNode:
            stack += [(child, flow) for child in node.value if child.__class__ is not ScalarNode]
        elif flow and _is_template(node, text):
            found.append((node.start_mark.index, in_flow))
        else:
            stack += [(child, flow) for pair in node.value for child in pair if child.__class__ is not ScalarNode]
    return sorted(found)


def _is_template(node: Node, text: str) -> bool:
    return text.startswith("{{", node.start_mark.index) and bool(node.value) and isinstance(node.value[0][0], MappingNode)


def unquoted_before(text: str, start: int, end: int, scalars: list[Span]) -> int | None:
    """The last place in ``[start, end]`` where an unquoted template stands for a value; ``scalars`` are those read before."""
    starts = [span.start for span in scalars]
    last = None
    for found in re.compile(_UNQUOTED).finditer(text, start, min(end + 2, len(text))):
        offset = found.start(1)
        before = bisect_left(starts, offset + 1) - 1
        inside = before >= 0 and offset < scalars[before].end
        if not inside and not _in_quotes_or_comment(text, offset):
            last = offset
    return last


def _in_quotes_or_comment(text: str, offset: int) -> bool:
    line = text[_line_start(text, offset) : offset]
    return line.count('"') % 2 == 1 or line.count("'") % 2 == 1 or " #" in line or line.lstrip().startswith("#")


def _line_start(text: str, offset: int) -> int:
    begin = text.rfind("\n", 0, offset) + 1
    return max(begin, text.rfind("\r", begin, offset) + 1)


def template_end(text: str, start: int, *, in_flow: bool) -> int:
    """Where the text that begins with an unquoted template ends: its line's end, a comment, in a flow collection also ``,`` ``]`` ``}``."""
    step = re.compile(_FLOW_STEP if in_flow else _BLOCK_STEP)
    at = start
    while found := step.search(text, at):
        token = found[0]
        if token in _CLOSERS:
            at = _closed(text, found.start(), _CLOSERS[token])
        elif token[0] == "#" and cuts_text(token):
            at = found.end()
        else:
            break
    end = found.start() if found else len(text)
    return start + len(text[start:end].rstrip(" \t\r\n"))


def _closed(text: str, start: int, closer: str) -> int:
    """Behind the closing marker, where it stands on this line or on deeper indented lines after it; else behind the opening one."""
    close = text.find(closer, start + 2, start + _LONGEST)
    if close < 0:
        return start + 2
    line_start = _line_start(text, start)
    indent = len(text[line_start:start]) - len(text[line_start:start].lstrip(" "))
    following = re.split(r"\r\n|\n|\r", text[start:close])[1:]
    deeper = all(line[: indent + 1].isspace() for line in following)
    return close + 2 if deeper else start + 2
