"""Guards against YAML that kills parsers and walkers: deep nesting before libyaml sees it, aliases that multiply, cycles.

The limits are far above any message: the deepest field of the API stands some ten levels down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yaml.error import MarkedYAMLError
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event, NodeEvent
from yaml.nodes import Node, ScalarNode

from msgspec_tool.errors import UnreadableError
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.source.yaml_parser import children, event_span, events

MAX_DEPTH = 100
"""Levels of nesting. libyaml needs quadratic time and finally the whole C stack for deep input."""

MAX_VALUES = 100_000
"""Keys and values in a file: a lint needs up to 15 µs and a kilobyte for each, and has 2 s and 300 MB."""

MAX_ALIASED = 100_000
"""Values that aliases may add to those that are written."""

_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"
"""What libyaml from 0.2.6 on says at 1,000 levels. It looks ahead in flow collections, so it says so before the events of
those levels are out; the text before that place gives them."""

_BRACKETS = re.compile(r"[\[\]{}]")
_LEAD = " -?:"


def check_limits(file: SourceFile, text: str) -> None:
    """Refuse nesting over :data:`MAX_DEPTH` and more than :data:`MAX_VALUES` values.

    ``UnreadableError`` with reason ``too-deep`` or ``limit``, naming the place. Cheap upper bounds first; only where they
    trip the events are counted, which stops at the limit.
    """
    if not _may_be_deep(text) and not _may_be_many(text):
        return
    depth = values = 0
    try:
        for event in events(text):
            values += isinstance(event, NodeEvent)
            if values > MAX_VALUES:
                raise too_many(file, event_span(event).start)
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise too_deep(file, event_span(event).start)
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
    except MarkedYAMLError as error:
        # what else is wrong up to here is the reader's to say, and it is not nested deeper than allowed
        if error.problem == _DEEP_FOR_LIBYAML and error.problem_mark is not None:
            check_limits(file, text[: error.problem_mark.index - 1])


def too_deep(file: SourceFile, offset: int) -> UnreadableError:
    """The refusal of a file whose nesting passes :data:`MAX_DEPTH` at ``offset``."""
    place = file.position(offset)
    return UnreadableError(
        f"nested deeper than {MAX_DEPTH} levels at line {place.line}, column {place.column}", path=file.path, reason="too-deep"
    )


def too_many(file: SourceFile, offset: int, limit: int = MAX_VALUES, what: str = "keys and values") -> UnreadableError:
    """The refusal of a file whose values (or comments) pass ``limit`` at ``offset``."""
    line = file.position(offset).line
    return UnreadableError(
        f"more than {limit:,} {what}; the limit is reached at line {line}",
        path=file.path,
        reason="limit",
        help="put recipients into a file of their own",
    )


def _may_be_many(text: str) -> bool:
    """Every value follows one of these indicators, and after ``:`` and ``,`` an empty one may stand beside it."""
    return 2 * len(text) >= MAX_VALUES and 2 * (text.count(":") + text.count(",")) + sum(text.count(char) for char in "-[{?") >= MAX_VALUES


def _may_be_deep(text: str) -> bool:
    if text.count("[") + text.count("{") > MAX_DEPTH:
        depth = 0
        for bracket in _BRACKETS.findall(text):
            if bracket in "[{":
                depth += 1
                if depth > MAX_DEPTH:
                    return True
            elif depth:
                depth -= 1
    long = [line for line in text.split("\n") if len(line) >= MAX_DEPTH]
    return any(not line[:MAX_DEPTH].strip(_LEAD) for line in long)


# --- aliases ------------------------------------------------------------------------------------------------------------


@dataclass
class Anchors:
    """What the anchors and aliases of a text do; spans are those of ``&name`` and ``*name``."""

    defined: dict[str, Span] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    repeated: list[tuple[str, Span]] = field(default_factory=list)
    undefined: list[tuple[str, Span]] = field(default_factory=list)
    cyclic: list[tuple[str, Span]] = field(default_factory=list)
    aliases: list[Span] = field(default_factory=list)

    @property
    def unused(self) -> list[tuple[str, Span]]:
        """Anchors that no alias names."""
        return [(name, span) for name, span in self.defined.items() if name not in self.used]


def read_anchors(text: str) -> Anchors:
    """Follow the anchors of a text's first document. Raises ``MarkedYAMLError`` where the text is not YAML."""
    found = Anchors()
    open_names: list[str | None] = []
    for event in events(text):
        if isinstance(event, AliasEvent):
            _note_alias(found, event, open_names)
        elif isinstance(event, NodeEvent) and event.anchor:
            _note_anchor(found, event, text)
        if isinstance(event, CollectionStartEvent):
            open_names.append(event.anchor)
        elif isinstance(event, CollectionEndEvent):
            open_names.pop()
    return found


def _note_alias(found: Anchors, event: Event, open_names: list[str | None]) -> None:
    name = str(event.anchor)  # type: ignore[attr-defined]
    span = event_span(event)
    found.aliases.append(span)
    if name not in found.defined:
        found.undefined.append((name, span))
        return
    found.used.add(name)
    if name in open_names:
        found.cyclic.append((name, span))


def _note_anchor(found: Anchors, event: NodeEvent, text: str) -> None:
    name = str(event.anchor)
    start = text.find("&" + name, event_span(event).start)
    span = Span(start, start + len(name) + 1)
    if name in found.defined:
        found.repeated.append((name, span))
    else:
        found.defined[name] = span


def aliases_multiply(root: Node) -> bool:
    """Whether expanding all aliases passes :data:`MAX_ALIASED` or :data:`MAX_DEPTH`; linear in the nodes. There are no cycles."""
    known: dict[int, tuple[int, int]] = {}
    size, depth = _expanded(root, known)
    return size - len(known) > MAX_ALIASED or depth > MAX_DEPTH


def _expanded(node: Node, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Values and levels below a node. An anchor stands before its aliases, so recursion is never deeper than the text's nesting."""
    answer = known.get(id(node))
    if answer is None:
        size, depth = 1, 0
        if not isinstance(node, ScalarNode):
            for child in children(node):
                child_size, child_depth = _expanded(child, known)
                size += child_size
                depth = max(depth, child_depth + 1)
        answer = known[id(node)] = size, depth
    return answer
