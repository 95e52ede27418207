"""Where and how a parser stopped: the error, what had been understood before it, and the lines around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yaml.error import MarkedYAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent

from msgspec_tool.source.masking import MaskedText
from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_parser import event_span, events
from msgspec_tool.source.yaml_templates import template_end

_LINE_BREAK = re.compile(r"[\r\n]")


@dataclass
class Trace:
    """What a parser had understood when it stopped."""

    scalars: list[Span] = field(default_factory=list)
    styles: list[str | None] = field(default_factory=list)
    open_flows: list[int] = field(default_factory=list)
    """Offsets of the brackets that were still open."""
    last_flow: Span | None = None
    """The outermost flow collection that was closed last."""


def trace(text: str) -> Trace:
    """Follow the events up to the error."""
    found = Trace()
    opened: list[int | None] = []
    try:
        for event in events(text):
            if isinstance(event, ScalarEvent):
                found.scalars.append(event_span(event))
                found.styles.append(event.style)
            elif isinstance(event, CollectionStartEvent):
                opened.append(event_span(event).start if event.flow_style else None)
            elif isinstance(event, CollectionEndEvent):
                start = opened.pop()
                if start is not None:
                    found.last_flow = Span(start, event_span(event).end)
    except MarkedYAMLError:
        found.open_flows = [start for start in opened if start is not None]
    return found


@dataclass
class Fault:
    """An error with everything that is known about its surroundings."""

    masked: MaskedText
    problem: str
    context: str
    at: int
    context_at: int | None
    trace: Trace

    @property
    def text(self) -> str:
        return self.masked.text

    @property
    def char(self) -> str:
        return self.text[self.at : self.at + 1]

    def line_start(self, offset: int) -> int:
        return self.masked.line_start(offset)

    def line_end(self, offset: int) -> int:
        found = _LINE_BREAK.search(self.text, offset)
        return found.start() if found else len(self.text)

    def line(self, offset: int) -> int:
        return self.masked.file.position(offset).line

    def in_flow(self, offset: int) -> bool:
        """Whether a place stands inside brackets: those open on earlier lines, and those of its own line."""
        start = self.line_start(offset)
        if any(opened < start for opened in self.trace.open_flows):
            return True
        depth = 0
        for char in self.text[start:offset]:
            depth += (char in "[{") - (char in "]}" and depth > 0)
        return depth > 0

    def rest_end(self, offset: int) -> int:
        """Where the value that begins at an offset ends for its author."""
        return template_end(self.text, offset, in_flow=self.in_flow(offset))

    def syntax(self, start: int, end: int, message: str, help: str | None = None) -> SourceProblem:
        size = len(self.text)
        start = min(start, max(size - 1, 0))
        return SourceProblem(SourceProblemKind.SYNTAX, Span(start, max(min(end, size), start)), message, help=help)
