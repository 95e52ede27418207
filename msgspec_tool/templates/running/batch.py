"""One template, many rows: texts made in one go, the same that :class:`~.engine.CompiledTemplate` makes row by row.

Two ways lead there. A template that only prints columns is spliced: its text with a gap for each column, filled row by row without
any code of a template. Any other straight-line template runs in one compiled loop over the rows, which pays once for what a render
costs before it begins. Where such a loop fails nobody knows the row, and the rows have to be rendered one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from jinja2 import nodes
from jinja2.compiler import Frame
from jinja2.runtime import Context

from msgspec_tool.domain.simple_texts import SIMPLE, SimpleTexts, are_texts
from msgspec_tool.model import Template
from msgspec_tool.source.document import Plain
from msgspec_tool.templates.allowed import STRAIGHT
from msgspec_tool.templates.environment import Generator
from msgspec_tool.templates.filters.functions import FILTER_ENTRIES
from msgspec_tool.templates.running.engine import EngineEnvironment, execute
from msgspec_tool.templates.running.gaps import Gapped
from msgspec_tool.templates.running.rounds import Rounds, are_counted, is_counted
from msgspec_tool.templates.tree import walk

_ROWS, _ROW = "msgspec_rows", "msgspec_row"
_END = "\0"
"""Stands after each row of a loop's output. Data that holds one makes the number of pieces wrong, and that is seen."""

_BOUND_TO_CONTEXT = frozenset(entry.name for entry in FILTER_ENTRIES.values() if entry.context == "context")

Column = Sequence[Plain]


class Batch(Protocol):
    """The texts of a template for the rows of some columns, in order; None where the rows have to be rendered one by one.

    They may be longer than :data:`~msgspec_tool.templates.printing.MAX_TEXT`, which is left to those who know how long they can be.
    """

    def __call__(self, columns: Mapping[str, Column], constants: Mapping[str, Plain], rows: int) -> list[str] | None: ...


@dataclass(frozen=True)
class Spliced:
    """A text with gaps, and the columns that fill them."""

    text: Gapped
    names: tuple[str, ...]

    @property
    def literal(self) -> str:
        """The text with nothing in its gaps."""
        return "".join(self.text.literals)

    def __call__(self, columns: Mapping[str, Column], constants: Mapping[str, Plain], rows: int) -> list[str]:  # noqa: ARG002
        """See :class:`Batch`."""
        printed = [_printed(columns[name]) for name in self.names]
        made = self.text.filled(printed, rows)
        return SimpleTexts(made) if self._simple and all(type(column) is SimpleTexts for column in printed) else made

    @cached_property
    def _simple(self) -> bool:
        return not self.literal.encode("utf-8", "surrogatepass").translate(None, SIMPLE)


def _printed(column: Column) -> Sequence[str]:
    return column if are_texts(column) else list(map(str, column))


@dataclass(frozen=True)
class Looped:
    """One compiled loop. ``names`` are the columns that the template reads."""

    names: tuple[str, ...]
    environment: EngineEnvironment
    root: Callable[[Context], Any]

    def __call__(self, columns: Mapping[str, Column], constants: Mapping[str, Plain], rows: int) -> list[str] | None:
        """See :class:`Batch`."""
        cells: Any = zip(*(columns[name] for name in self.names), strict=True) if self.names else range(rows)
        context = Context(self.environment, {**self.environment.globals, **constants, _ROWS: cells}, None, {})
        try:
            made = "".join(self.root(context)).split(_END)
        except Exception:
            # whatever it is belongs to a row, and the row's own render says what
            return None
        made.pop()
        return made if len(made) == rows else None


def batched(
    template: Template, environment: EngineEnvironment, columns: Collection[str], texts: Collection[str], printable: Collection[str]
) -> Batch | str:
    """The template for many rows; why it has to be rendered one by one, in words, where it has to.

    ``columns`` differ from row to row, and every name is one or in the environment or a constant. Values of ``texts`` are text in
    every row, those of ``printable`` have a text.
    """
    gaps: Batch | None = spliced(template, printable)
    refusal = refused_loop(template)
    return gaps or refusal or looped(template, environment, columns, texts)


def lone_name(template: Template) -> str | None:
    """The name that a lone expression is, where it is nothing else."""
    expression = template.tree.body[0].nodes[0] if template.lone else None
    return expression.name if isinstance(expression, nodes.Name) else None


def spliced(template: Template, printable: Collection[str]) -> Spliced | None:
    """The template as a text with gaps, where it prints nothing but itself and columns whose every value has a text."""
    literals, names = [""], []
    for statement in template.tree.body:
        if not isinstance(statement, nodes.Output):
            return None
        for node in statement.nodes:
            if isinstance(node, nodes.TemplateData):
                literals[-1] += node.data
            elif isinstance(node, nodes.Name) and node.name in printable:
                literals.append("")
                names.append(node.name)
            else:
                return None
    return Spliced(Gapped(tuple(literals)), tuple(names))


def refused_loop(template: Template) -> str | None:
    """Why a template can't run in one loop over many rows, in words; None where it can."""
    for node in walk(template.tree):
        if not isinstance(node, (*STRAIGHT, nodes.For)) or getattr(node, "recursive", False):
            return "it assigns, or includes a partial"
        if isinstance(node, nodes.Filter) and node.name in _BOUND_TO_CONTEXT:
            return f"the filter '{node.name}' calls others by name"
        if isinstance(node, nodes.Name) and node.name == "omit":
            return "it may leave the field out"
        if isinstance(node, nodes.TemplateData) and _END in node.data:
            return "its text holds a NUL"
    return None


def looped(template: Template, environment: EngineEnvironment, columns: Collection[str], texts: Collection[str]) -> Looped:
    """The template in a loop over ``columns``; values of ``texts`` are text in every row. Only where :func:`refused_loop` is None."""
    names = tuple(sorted(template.reads & set(columns)))
    target: nodes.Expr = nodes.Tuple([nodes.Name(name, "store", lineno=1) for name in names], "store", lineno=1)
    end = nodes.Output([nodes.TemplateData(_END, lineno=1)], lineno=1)
    body = [*template.tree.body, end]
    loop = nodes.For(target if names else nodes.Name(_ROW, "store", lineno=1), _rows(), body, [], None, False, lineno=1)
    tree = nodes.Template([loop], lineno=1)
    counted = are_counted(template.tree)
    code = _generated(environment, tree, frozenset(texts), counted=counted)
    namespace: dict[str, Any] = {"environment": environment, "__file__": "<message templates>"}
    execute(code, namespace)
    if counted:
        namespace["LoopContext"] = Rounds
    return Looped(names, environment, namespace["root"])


def _rows() -> nodes.Name:
    return nodes.Name(_ROWS, "load", lineno=1)


def _generated(environment: EngineEnvironment, tree: nodes.Template, texts: frozenset[str], *, counted: bool) -> Any:
    generator = _LoopGenerator(environment, None, "<message templates>", texts, counted=counted)
    generator.visit(tree)
    source: Any = generator.stream
    return compile(source.getvalue(), "<message templates>", "exec")


class _LoopGenerator(Generator):
    """Code that prints what is surely text as it is, and reads what loops count without asking the sandbox, which allows it."""

    def __init__(self, environment: EngineEnvironment, name: str | None, filename: str, texts: frozenset[str], *, counted: bool) -> None:
        super().__init__(environment, name, filename, optimized=environment.optimized)
        self._texts = texts
        self._counted = counted

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  Jinja's name
        if not (self._counted and is_counted(node)):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f".{node.attr} if type(")
        self.visit(node.node, frame)
        self.write(") is LoopContext else ")
        # outside of all loops it may be a name of the data
        super().visit_Getattr(node, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not self._is_text(node):
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not self._is_text(node):
            super()._output_child_post(node, frame, finalize)

    def _is_text(self, node: nodes.Expr) -> bool:
        return isinstance(node, nodes.Name) and node.name in self._texts
