"""A YAML document: plain data, and the nodes it was made of for whoever asks where something stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from yaml.events import AliasEvent, CollectionEndEvent, Event, MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent
from yaml.nodes import Node, ScalarNode

from msgspec_tool.source.document import Path, Plain
from msgspec_tool.source.masking import BOM, MaskedText
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.source.yaml_nodes import Nodes, own_span
from msgspec_tool.source.yaml_parser import event_span, events, is_flow

if TYPE_CHECKING:
    from msgspec_tool.source.scalar_map import ScalarMap

_STYLES = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}


class YamlDocument:
    """Implements :class:`~msgspec_tool.source.document.Document`; no place is computed before it is asked for."""

    templated = True

    def __init__(self, masked: MaskedText, nodes: Nodes, root: Node, value: Plain) -> None:
        self.file: SourceFile = masked.file
        self.value = value
        self._masked = masked
        self._nodes = nodes
        self._root = root
        self._maps: dict[int, ScalarMap | None] = {}

    def span(self, path: Path) -> Span:
        found, _key, node = self._locate(path)
        alias = self._alias_sites.get(found) if found else None
        return alias or own_span(self._masked.text, node)

    def key_span(self, path: Path) -> Span:
        found, key, node = self._locate(path)
        if key is node or key is None:
            return self.span(found)
        return own_span(self._masked.text, key)

    def text_span(self, path: Path, start: int, end: int) -> Span:
        node = self._locate(path)[2]
        if not isinstance(node, ScalarNode):
            return self.span(path)
        copied = self._copied(node)
        if copied is not None and node.value:
            at, last = min(max(start, 0), len(node.value)), min(end, len(node.value))
            return Span(copied + at, copied + max(at, last))
        if id(node) not in self._maps:
            self._maps[id(node)] = self._map(node)
        mapped = self._maps[id(node)]
        place = mapped.span(start, end) if mapped else None
        return Span(*place) if place else self.span(path)

    def _copied(self, node: ScalarNode) -> int | None:
        """Where the value of a scalar begins that stands in the file character by character, as most do."""
        start = node.start_mark.index + (node.style in ("'", '"'))
        end = start + len(node.value)
        return start if self._masked.text[start:end] == node.value and node.end_mark.index - end == start - node.start_mark.index else None

    def _map(self, node: ScalarNode) -> ScalarMap | None:
        from msgspec_tool.source.scalar_map import map_scalar

        style = node.style if node.style in ("'", '"', "|", ">") else None
        return map_scalar(self._masked.text, node.start_mark.index, node.end_mark.index, style, node.value)

    def lexeme(self, path: Path) -> str:
        return self.file.slice(own_span(self._masked.text, self._locate(path)[2]))

    def style(self, path: Path) -> str:
        node = self._locate(path)[2]
        if isinstance(node, ScalarNode):
            return _STYLES[node.style]
        return "flow" if is_flow(node) else "block"

    def _locate(self, path: Path) -> tuple[Path, Node | None, Node]:
        """The part of a path that exists, the key that stands before its value, and the value."""
        key: Node | None = None
        node = self._root
        for depth, part in enumerate(path):
            member = self._nodes.child(node, part)
            if member is None:
                return path[:depth], key, node
            key, node = member
        return path, key, node

    @cached_property
    def _alias_sites(self) -> dict[Path, Span]:
        """Where values are aliases: a composed alias is its anchor's node, only the events know its own place."""
        return _alias_sites(self._masked) if "*" in self._masked.text else {}


class _Frame:
    """An open collection: the key or index of its next value."""

    def __init__(self, *, mapping: bool) -> None:
        self.mapping = mapping
        self.key: str | None = None
        self.index = 0


def _alias_sites(masked: MaskedText) -> dict[Path, Span]:
    sites: dict[Path, Span] = {}
    stack: list[_Frame] = []
    anchored: dict[str, str] = {}
    for event in events(masked.text):
        if isinstance(event, AliasEvent) and stack and not _is_key(stack[-1]):
            sites[_path(stack)] = event_span(event)
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            stack.append(_Frame(mapping=isinstance(event, MappingStartEvent)))
        elif isinstance(event, CollectionEndEvent):
            stack.pop()
            _advance(stack, "")
        elif isinstance(event, NodeEvent):
            _advance(stack, _event_text(masked, event, anchored))
    return sites


def _event_text(masked: MaskedText, event: Event, anchored: dict[str, str]) -> str:
    if not isinstance(event, ScalarEvent):
        return anchored.get(str(getattr(event, "anchor", None)), "")
    text = masked.restore(event.value).replace(BOM, "")
    if event.anchor:
        anchored[event.anchor] = text
    return text


def _is_key(frame: _Frame) -> bool:
    return frame.mapping and frame.key is None


def _path(stack: list[_Frame]) -> Path:
    return tuple((frame.key or "") if frame.mapping else frame.index for frame in stack)


def _advance(stack: list[_Frame], text: str) -> None:
    """A value is complete: the innermost open collection moves on."""
    if not stack:
        return
    frame = stack[-1]
    if not frame.mapping:
        frame.index += 1
    else:
        frame.key = text if frame.key is None else None
