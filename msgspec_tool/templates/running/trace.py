"""Where does each character of a rendered text come from? A render that keeps, with every text, the places that printed it.

Templates are compiled with a mark around everything that is printed. A marked text is a text like any other; where it is
joined to others or printed again unchanged it keeps its places, and a filter that makes a new text of it makes an unmarked
one, which belongs to the tag that prints it. The environment is one of its own: the ordinary render knows nothing of marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import nodes
from jinja2.compiler import Frame

from msgspec_tool.model import Template
from msgspec_tool.source.document import Field, Path, Plain
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.environment import Generator
from msgspec_tool.templates.names.lineage import Lineage, Site
from msgspec_tool.templates.partials import Partials
from msgspec_tool.templates.positions import offset_of
from msgspec_tool.templates.printing import joined, printed
from msgspec_tool.templates.running.engine import CompiledTemplate, Engine, EngineEnvironment
from msgspec_tool.templates.running.evaluation import Evaluator
from msgspec_tool.templates.tree import parts_of
from msgspec_tool.templates.values import OMIT

# --- what a trace says --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Characters ``[start, end)`` of a field's own template, or of a partial's text where ``file`` names it."""

    start: int
    end: int
    file: SourceFile | None = None


@dataclass(frozen=True)
class Run:
    """So many characters of a text that one place printed."""

    length: int
    place: Place
    """The literal characters, or the tag: ``{{ first_name }}``."""
    breaks: tuple[int, ...] | None = None
    """None for a tag; for literal text the offsets in it that are line breaks of two characters in the source."""
    reads: tuple[tuple[str, ...], ...] = ()
    """Names that the tag reads, as it writes them, with their constant attributes."""
    brought_by: tuple[tuple[str, ...], ...] = ()
    """Names from outside that bring what is printed; those that the template sets are followed to them."""
    callers: tuple[Place, ...] = ()
    """The tags that this was printed through, innermost first: calls of macros, includes, prints of what a block was set to."""

    @property
    def literal(self) -> bool:
        """Text of the template itself."""
        return self.breaks is not None

    def character(self, offset: int) -> Place:
        """The place of one character: exact in literal text, the whole tag otherwise."""
        if self.breaks is None:
            return self.place
        start = self.place.start + offset + sum(found < offset for found in self.breaks)
        return Place(start, start + (2 if offset in self.breaks else 1), self.place.file)


class TracedText(str):
    """A text that knows what printed it: ``runs`` cover it exactly, ``field`` is the field of the spec whose template gave it."""

    runs: tuple[Run, ...]
    field: Path | None

    @classmethod
    def of(cls, text: str, runs: Iterable[Run], field: Path | None = None) -> TracedText:
        """A text with its runs; empty ones are left out."""
        made = cls(text)
        made.runs, made.field = tuple(run for run in runs if run.length), field
        return made

    def __str__(self) -> str:
        # what takes the text of a value keeps its places
        return self


def untraced(value: Plain) -> Plain:
    """Plain data without any traces: what one template printed is only data to the next."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {key: untraced(member) for key, member in value.items()}
    return [untraced(member) for member in value] if isinstance(value, list) else value


# --- marks --------------------------------------------------------------------------------------------------------------

_Piece = tuple[int, tuple[int, ...]]
"""A length, and the numbers of the marks around so many characters, innermost first; none where no tag has printed them yet."""


@dataclass(frozen=True)
class _Mark:
    """What stands in the generated code by its number."""

    place: Place
    breaks: tuple[int, ...] | None = None

    @property
    def site(self) -> Site:
        return (self.place.file.path if self.place.file else None, self.place.start)


class _MarkedText(str):
    """A text that a template is still at work with."""

    pieces: tuple[_Piece, ...]

    @classmethod
    def of(cls, text: str, pieces: Iterable[_Piece]) -> _MarkedText:
        made = cls(text)
        made.pieces = tuple(pieces)
        return made

    def __str__(self) -> str:
        return self


def _pieces(text: str) -> tuple[_Piece, ...]:
    if isinstance(text, _MarkedText):
        return text.pieces
    return ((len(text), ()),) if text else ()


def _gathered(parts: Iterable[Any]) -> str:
    """:func:`joined`, with the pieces of all parts."""
    kept: list[_Piece] = []

    def noted() -> Iterator[str]:
        for part in parts:
            text = printed(part)
            kept.extend(_pieces(text))
            yield text

    return _MarkedText.of(joined(noted()), _merged(kept))


def _merged(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The pieces with neighbours that nothing has printed yet as one: whatever prints them prints them together."""
    unprinted = 0
    for length, marks in pieces:
        if marks:
            if unprinted:
                yield unprinted, ()
            unprinted = 0
            yield length, marks
        else:
            unprinted += length
    if unprinted:
        yield unprinted, ()


class _MarkingGenerator(Generator):
    """Code in which everything that is printed goes through a mark."""

    _including: nodes.Include | None = None

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ARG002  Jinja's signature
        raise nodes.Impossible

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(f"environment.marked({self._mark(node)}, environment.finalize(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write("))")

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        """What prints without being an output: a ``call`` or ``filter`` block, a recursive loop, each text of an include."""
        super().start_write(frame, node)
        self.write(f"environment.marked({self._mark(node or self._including)}, ")

    def end_write(self, frame: Frame) -> None:
        self.write(")")
        super().end_write(frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802  Jinja's name
        before, self._including = self._including, node
        super().visit_Include(node, frame)
        self._including = before

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        # an include without context hands all texts on in one statement
        if self._including is not None and x.startswith("yield from "):
            x = f"yield from environment.all_marked({self._mark(self._including)}, {x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)

    def _mark(self, node: nodes.Node | None) -> int:
        assert isinstance(self.environment, TracingEnvironment)
        assert node is not None
        return self.environment.mark(self.filename or "", node)


class TracingEnvironment(EngineEnvironment):
    """The environment of templates whose texts keep what printed them."""

    code_generator_class = _MarkingGenerator
    concat = staticmethod(_gathered)

    def __init__(self, partials: Partials | None, **options: Any) -> None:
        super().__init__(partials, **options)
        self.marks: list[_Mark] = []
        self.template: Template | None = None
        """The template that is being compiled; partials are known by the name of their code."""

    def mark(self, code_name: str, node: nodes.Node) -> int:
        """The number of a new mark for what a node prints."""
        file, template = self.files.get(code_name, (None, self.template))
        assert template is not None
        offset = offset_of(node)
        if isinstance(node, nodes.TemplateData):
            self.marks.append(_literal(template.source, offset, len(node.data), file))
        else:
            self.marks.append(_Mark(Place(*parts_of(template.tree).tokens.tag(offset), file)))
        return len(self.marks) - 1

    def marked(self, number: int, value: Any) -> Any:
        """A text inside one more mark. What is no text is refused where it is joined to others, as ever."""
        if not isinstance(value, str):
            return value
        return _MarkedText.of(value, ((length, (*marks, number)) for length, marks in _pieces(value)))

    def all_marked(self, number: int, values: Iterable[Any]) -> Iterator[Any]:
        """Texts inside one more mark."""
        return (self.marked(number, value) for value in values)


def _literal(source: str, start: int, length: int, file: SourceFile | None) -> _Mark:
    """Literal text from an offset on, whose line breaks are one character each whatever they are in the source."""
    breaks = []
    at = start
    for offset in range(length):
        if source.startswith("\r\n", at):
            breaks.append(offset)
            at += 1
        at += 1
    return _Mark(Place(start, at, file), tuple(breaks))


# --- the render ---------------------------------------------------------------------------------------------------------


class TracedTemplate:
    """A compiled template whose texts are :class:`TracedText`, whether it prints them or they stand in its native value."""

    def __init__(self, compiled: CompiledTemplate, environment: TracingEnvironment) -> None:
        self._compiled = compiled
        self._environment = environment

    @cached_property
    def _lineage(self) -> Lineage:
        return Lineage(self._compiled.template)

    def render(self, scope: Mapping[str, Plain]) -> Plain:
        """As :meth:`CompiledTemplate.render`."""
        value = self._compiled.render({name: untraced(member) for name, member in scope.items()})
        return value if value is OMIT else self._traced(value)

    def _traced(self, value: Plain) -> Plain:
        if isinstance(value, str):
            return TracedText.of(value, (self._run(length, marks) for length, marks in _pieces(value)))
        if isinstance(value, dict):
            return {key: self._traced(member) for key, member in value.items()}
        return [self._traced(member) for member in value] if isinstance(value, list) else value

    def _run(self, length: int, numbers: tuple[int, ...]) -> Run:
        marks = [self._environment.marks[number] for number in numbers]
        if self._compiled.template.lone or not marks:
            marks.append(_whole(self._compiled.template))
        return _run(length, marks, self._lineage)


def _run(length: int, marks: Sequence[_Mark], lineage: Lineage) -> Run:
    first, *callers = marks
    if first.breaks is not None:
        return Run(length, first.place, first.breaks, callers=tuple(mark.place for mark in callers))
    brought_by = lineage.brought_by([mark.site for mark in marks])
    return Run(length, first.place, None, lineage.reads(first.site), brought_by, tuple(mark.place for mark in callers))


def _whole(template: Template) -> _Mark:
    """The mark of a template that is one tag, or text without any."""
    if template.lone:
        return _Mark(Place(*parts_of(template.tree).tokens.tag(offset_of(template.tree.body[0].nodes[0]))))
    return _literal(template.source, 0, len(template.source) - template.source.count("\r\n"), None)


def lone_run(template: Template, length: int) -> Run:
    """What a template that is one tag says of a value that is no text: that the tag gave it, and what brings it."""
    return _run(length, (_whole(template),), Lineage(template))


class TracingEngine(Engine):
    """An engine whose templates give the same values as those of :class:`Engine`, with texts that know what printed them."""

    def __init__(self, partials: Partials | None, **options: Any) -> None:
        super().__init__(partials, environment=TracingEnvironment, **options)

    def compile(self, template: Template, *, native: bool) -> Any:
        """As :meth:`Engine.compile`; gives a :class:`TracedTemplate`."""
        environment = self.environment
        assert isinstance(environment, TracingEnvironment)
        environment.template = template
        return TracedTemplate(super().compile(template, native=native), environment)


class TracingEvaluator(Evaluator):
    """An evaluator whose texts know their field; literal ones are a single run."""

    def literal(self, field: Field) -> Plain:
        """As :meth:`Evaluator.literal`."""
        value = super().literal(field)
        if not isinstance(value, str):
            return value
        return TracedText.of(value, (Run(len(value), Place(0, len(value)), ()),), field.path)

    def value(self, field: Field, scope: Mapping[str, Plain], *, native: bool = False) -> Plain:
        """As :meth:`Evaluator.value`. What is given to a variable is data: it is not the text of the message yet."""
        value = super().value(field, scope, native=native)
        return untraced(value) if field.path[0] == "destination" and "with" in field.path else _in_field(value, field.path)


def _in_field(value: Plain, path: Path) -> Plain:
    if isinstance(value, TracedText):
        return TracedText.of(value, value.runs, path)
    if isinstance(value, dict):
        return {key: _in_field(member, path) for key, member in value.items()}
    return [_in_field(member, path) for member in value] if isinstance(value, list) else value
