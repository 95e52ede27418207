"""Values of a spec's fields for one recipient: literals as they stand, templates rendered, failures with their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from msgspec_tool.model import AnalysedSpec, Template, TemplateField
from msgspec_tool.source.document import Field, Path, Plain

_OPENING, _CLOSING = re.compile(r"(?<!\w)['\"]"), re.compile(r"['\"](?!\w)")
"""Quotes around something; the apostrophe of "can't" is neither."""


class CompiledTemplate(Protocol):
    """A template that can be rendered for one scope after another."""

    def render(self, scope: Mapping[str, Plain]) -> Plain: ...


class TemplateEngine(Protocol):
    """What compiles templates; each is compiled once and rendered for every recipient."""

    def compile(self, template: Template, *, native: bool) -> Any: ...


class EvaluationError(Exception):
    """A template gave no value for a recipient. ``reason`` names the field and the place in the file, never a value."""

    def __init__(self, field: Field, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class Evaluator:
    """Evaluates fields of one spec. ``omit`` is the engine's sentinel for "leave the field out", ``failure`` its exception."""

    def __init__(self, spec: AnalysedSpec, engine: TemplateEngine, *, omit: object, failure: type[Exception]) -> None:
        self.omit = omit
        self._engine = engine
        self._failure = failure
        self._templates = spec.templates
        self._fields = {found.field.path: found for found in spec.shaped.templates}
        self._compiled: dict[tuple[Path, bool], CompiledTemplate] = {}

    def field(self, field: Field) -> TemplateField | None:
        """What the shape knows of a string field; None for values that are no API strings."""
        return self._fields.get(field.path)

    def template(self, field: Field) -> Template | None:
        """The template at a field, where Jinja changes its text; None where the text is literal."""
        known = self._fields.get(field.path)
        literal = known is None or not known.field.templated
        return None if literal else self._templates.get(field.path)

    def literal(self, field: Field) -> Plain:
        """The value of a field without a template: text for a number that was written plainly where text belongs."""
        known = self._fields.get(field.path)
        return field.value if known is None else known.field.value

    def value(self, field: Field, scope: Mapping[str, Plain], *, native: bool = False) -> Plain:
        """The field's value in a scope: ``omit`` itself where the template says so. ``EvaluationError`` where it fails."""
        template = self.template(field)
        if template is None:
            return self.literal(field)
        compiled = self._compiled.get((field.path, native))
        try:
            if compiled is None:
                compiled = self._compiled[field.path, native] = self._engine.compile(template, native=native)
            return compiled.render(scope)
        except self._failure as failure:
            raise EvaluationError(field, _reason(field, failure)) from failure


def _reason(field: Field, failure: Any) -> str:
    """``channels.sms.text: message (path:line:column)``; the place is in an included file where the failure is."""
    file = failure.file or field.file
    start = failure.start if failure.file is not None else field.text_span(failure.start, failure.end).start
    position = file.position(start)
    name = ".".join(str(part) for part in field.path)
    message = _masked(failure.message, str(field.value) if failure.file is None else file.text)
    return f"{name}: {message} ({file.path}:{position.line}:{position.column})"


def _masked(message: str, source: str) -> str:
    """The message with quotes of the template's own words only: anything else in quotes is a value of somebody's data."""
    first = _OPENING.search(message)
    last = max((found.end() for found in _CLOSING.finditer(message)), default=0)
    if first is None or last <= first.start():
        return message
    quoted = message[first.start() : last]
    if '"' not in quoted and all(fragment in source or fragment == "…" for fragment in quoted.split("'")[1::2]):
        return message
    return f"{message[: first.start()]}'…'{message[last:]}"
