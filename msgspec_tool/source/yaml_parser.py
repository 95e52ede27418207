"""PyYAML's parser with everything taken out but the node graph: libyaml where it is there, else the pure one.

Tags are reduced to "was it plain?"; what a scalar means is decided in :mod:`.scalars`.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from operator import is_
from typing import Any

from yaml.composer import Composer
from yaml.error import Mark
from yaml.events import Event
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser as PureEvents
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

from msgspec_tool.source.text import Span

try:
    from yaml._yaml import CParser
except ImportError:  # pragma: no cover - only where PyYAML was built without libyaml
    CParser = None  # type: ignore[assignment,misc]

_SURROGATE = "[\ud800-\udfff]"
_SURROGATE_ESCAPE = r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}"

PLAIN: Any = object()
"""The tag of a scalar without quotes and without a written tag."""
TEXT: Any = object()
"""The tag of a quoted or block scalar without a written tag."""
COLLECTION: Any = object()
"""The tag of a mapping or sequence without a written tag."""


class _OnlyPlainOrText:
    """A resolver that answers one question; looking tags up by patterns costs half of the parsing time."""

    def resolve(self, kind: type[Node], _value: Any, implicit: Any) -> Any:
        if kind is ScalarNode:
            return PLAIN if implicit[0] else TEXT
        return COLLECTION

    # asked for every node; what is no function of Python costs half of a call
    descend_resolver = staticmethod(is_)
    ascend_resolver = tuple


class PureParser(_OnlyPlainOrText, Reader, Scanner, PureEvents, Composer):
    """The parser for places where PyYAML has no C extension: the same answers, some forty times slower."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        PureEvents.__init__(self)
        Composer.__init__(self)

    def dispose(self) -> None:
        PureEvents.dispose(self)

    def scan_flow_scalar(self, style: str) -> Any:
        """Refuse escapes that give half of a character, as libyaml does."""
        start = self.get_mark()
        begin, buffer = self.index, self.pointer
        source = self.buffer
        token = Scanner.scan_flow_scalar(self, style)
        if re.search(_SURROGATE, token.value):
            escape = re.compile(_SURROGATE_ESCAPE).search(source, buffer)
            index = begin + (escape.start() - buffer if escape else 0)
            mark = Mark(start.name, index, start.line, start.column, None, 0)
            raise ScannerError("while parsing a quoted scalar", start, "found invalid Unicode character escape code", mark)
        return token


def _parser_class() -> Any:
    if CParser is None:  # pragma: no cover - see above
        return PureParser
    return type("LibyamlParser", (_OnlyPlainOrText, CParser), {})


PARSER: Any = _parser_class()
"""What reads YAML here. Tests put :class:`PureParser` in its place."""


@contextmanager
def _parsing(text: str) -> Iterator[Any]:
    parser = PARSER(text)
    try:
        yield parser
    finally:
        parser.dispose()


def events(text: str) -> Iterator[Event]:
    """The events of a text in order. Raises ``MarkedYAMLError`` where it stops being YAML."""
    with _parsing(text) as parser:
        while parser.check_event():
            yield parser.get_event()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Node graphs make many objects and no garbage: the collector would take a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def event_span(event: Event) -> Span:
    """The place of an event."""
    start, end = event.start_mark, event.end_mark
    return Span(start.index if start else 0, end.index if end else 0)


def is_flow(node: Node) -> bool:
    """A collection in brackets."""
    return isinstance(node, (MappingNode, SequenceNode)) and bool(node.flow_style)


def compose(text: str) -> tuple[Node | None, int | None]:
    """The first document's node graph, and the offset of a second document's start where there is one.

    Raises ``MarkedYAMLError`` where the text is not YAML. The caller has bounded the nesting before.
    """
    with _without_collector(), _parsing(text) as parser:
        if not parser.check_node():
            return None, None
        root = parser.get_node()
        second = parser.get_event().start_mark.index if parser.check_node() else None
        return root, second


def children(node: Node) -> Iterator[Node]:
    """Keys and values, in written order."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key
            yield value
    elif isinstance(node, SequenceNode):
        yield from node.value


def unique_nodes(root: Node) -> Iterator[Node]:
    """Every node once, in written order, however many aliases lead to it."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if not isinstance(node, ScalarNode):
            stack.extend(reversed(list(children(node))))
