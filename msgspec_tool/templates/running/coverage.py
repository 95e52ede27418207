"""Which branches does a render reach? Templates are compiled with marks that print nothing, so the text stays as it is.

A mark is a call in the generated code, first thing in each arm. The arms of a spec's templates are those of
:mod:`msgspec_tool.templates.bounds.branches`; what a render reached and what there is are compared by :func:`coverage`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jinja2 import nodes
from jinja2.compiler import Frame

from msgspec_tool.model import AnalysedSpec
from msgspec_tool.source.document import Field, Path, Plain
from msgspec_tool.source.text import Span
from msgspec_tool.templates.bounds.branches import Branch, BranchId, BranchKind, branches
from msgspec_tool.templates.environment import Generator
from msgspec_tool.templates.partials import Partials
from msgspec_tool.templates.positions import offset_of
from msgspec_tool.templates.running.engine import EngineEnvironment
from msgspec_tool.templates.running.evaluation import Evaluator
from msgspec_tool.verdicts import Coverage, Unreached


class Reached(NamedTuple):
    """A branch of a spec: the field whose template has it (None for a partial's, whoever includes it), and which one it is."""

    field: Path | None
    branch: BranchId


@dataclass
class Recorder:
    """What was reached; ``at`` is the field that is being rendered."""

    at: Path = ()
    found: set[Reached] = field(default_factory=set)

    def take(self) -> frozenset[Reached]:
        """What was reached since the last time."""
        taken, self.found = frozenset(self.found), set()
        return taken


class RecordingEvaluator(Evaluator):
    """An evaluator that tells a recorder which field it is at."""

    def __init__(self, recorder: Recorder, spec: AnalysedSpec, engine: Any, **options: Any) -> None:
        super().__init__(spec, engine, **options)
        self._recorder = recorder

    def value(self, field: Field, scope: Mapping[str, Plain], *, native: bool = False) -> Plain:
        self._recorder.at = field.path
        return super().value(field, scope, native=native)


class _RecordingGenerator(Generator):
    """Code whose branches tell that they are reached. Each construct is compiled from a copy with marks in it."""

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802  Jinja's name
        marked = copy(node)
        marked.body = [self._statement(node, BranchKind.IF), *node.body]
        marked.elif_ = [self._marked_elif(one) for one in node.elif_]
        marked.else_ = [self._statement(node, BranchKind.ELSE), *node.else_]
        super().visit_If(marked, frame)

    def _marked_elif(self, node: nodes.If) -> nodes.If:
        marked = copy(node)
        marked.body = [self._statement(node, BranchKind.ELIF), *node.body]
        return marked

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        marked = copy(node)
        marked.body = [self._statement(node, BranchKind.FOR), *node.body]
        if node.else_:
            marked.else_ = [self._statement(node, BranchKind.FOR_ELSE), *node.else_]
        super().visit_For(marked, frame)

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        marked = copy(node)
        marked.expr1 = self._before(node.expr1, node, BranchKind.INLINE_IF)
        if node.expr2 is not None:
            marked.expr2 = self._before(node.expr2, node, BranchKind.INLINE_ELSE)
        else:
            # a mark is false: behind a false condition it changes nothing
            marked.test = nodes.Or(node.test, self._mark(node, BranchKind.INLINE_ELSE), lineno=node.lineno)
        super().visit_CondExpr(marked, frame)

    def _statement(self, node: nodes.Node, kind: BranchKind) -> nodes.Node:
        return nodes.ExprStmt(self._mark(node, kind), lineno=node.lineno)

    def _before(self, arm: nodes.Expr, node: nodes.Node, kind: BranchKind) -> nodes.Expr:
        return nodes.Or(self._mark(node, kind), arm, lineno=arm.lineno)

    def _mark(self, node: nodes.Node, kind: BranchKind) -> nodes.Expr:
        arguments: list[nodes.Expr] = [nodes.Const(part, lineno=node.lineno) for part in (self.filename, offset_of(node), kind.value)]
        return nodes.Call(nodes.EnvironmentAttribute("reached"), arguments, [], None, None, lineno=node.lineno)


class RecordingEnvironment(EngineEnvironment):
    """The environment of templates that tell a recorder which branches they reach."""

    code_generator_class = _RecordingGenerator

    def __init__(self, recorder: Recorder, partials: Partials | None, **options: Any) -> None:
        super().__init__(partials, **options)
        self._recorder = recorder

    def reached(self, code_name: str, offset: int, kind: str) -> bool:
        """A mark: false, so that what stands behind ``or`` is what counts."""
        file = self.files[code_name][0].path if code_name in self.files else None
        branch = (file, offset, BranchKind(kind))
        self._recorder.found.add(Reached(self._recorder.at if file is None else None, branch))
        return False


# --- of a whole spec ----------------------------------------------------------------------------------------------------


def coverage(spec: AnalysedSpec, reached: Collection[Reached]) -> Coverage:
    """How many branches a spec has, its partials' included, and those that were not reached: its own first, by place.

    Templates under ``destination`` are left out: they read rows, and samples have none.
    """
    known = {Reached(None if branch.file else field.path, branch.identity): (branch, field) for branch, field in _branches(spec)}
    missed = [_unreached(branch, field) for name, (branch, field) in known.items() if name not in reached]
    own = spec.shaped.file.path
    return Coverage(len(known), tuple(sorted(missed, key=lambda one: (one.file.path != own, one.file.path, one.span))))


def _branches(spec: AnalysedSpec) -> Iterator[tuple[Branch, Field]]:
    for known in spec.shaped.templates:
        template = spec.templates.get(known.field.path)
        if template is not None and known.field.path[0] != "destination":
            yield from ((branch, known.field) for branch in branches(template))


def _unreached(branch: Branch, field: Field) -> Unreached:
    file = branch.file or field.file
    span = Span(branch.start, branch.end) if branch.file else field.text_span(branch.start, branch.end)
    return Unreached(branch.kind.value, branch.words, file, span)
