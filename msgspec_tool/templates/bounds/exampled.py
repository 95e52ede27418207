"""Which branches of a template data surely or possibly reaches, told by the analysis: nothing is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from msgspec_tool.domain import values
from msgspec_tool.domain.values import CAN_BE_FALSE, CAN_BE_TRUE, Value
from msgspec_tool.source.document import Plain
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.bounds.analysis import Analysis, Interpretation
from msgspec_tool.templates.bounds.branches import BranchId, BranchKind
from msgspec_tool.templates.bounds.observations import Spot
from msgspec_tool.templates.positions import offset_of
from msgspec_tool.templates.tree import extent, parts_of, walk

CONDITIONAL = frozenset((BranchKind.IF, BranchKind.ELIF, BranchKind.ELSE, BranchKind.INLINE_IF, BranchKind.INLINE_ELSE))
"""The branches that are told of here: arms of conditions. Whether a loop has rounds is the data's own business."""


def reached_by(analysis: Analysis, data: Mapping[str, Plain]) -> frozenset[BranchId]:
    """The arms of conditions that may be taken for these values of the variables."""
    known: dict[str, Value] = {name: values.constant(value) for name, value in data.items()}
    return reached(analysis, analysis.given(known))


def reached(analysis: Analysis, result: Interpretation) -> frozenset[BranchId]:
    """The arms of conditions that an analysis took."""
    if analysis.template.tree is None:
        return frozenset()
    flags = {spot: outcome.flags for spot, outcome in result.noted.outcomes.items()}
    return frozenset(_reached(analysis.template.tree, None, flags, set()))


def _reached(root: nodes.Template, file: SourceFile | None, flags: Mapping[Spot, int], seen: set[int]) -> Iterator[BranchId]:
    if id(root) in seen:
        return
    seen.add(id(root))
    parts, path = parts_of(root), file.path if file is not None else None

    def went(test: nodes.Node) -> int:
        return flags.get(Spot(*extent(test, parts.tokens), file), 0)

    for place, kind, test, wanted in _arms(root):
        if went(test) & wanted:
            yield path, place, kind
    for partial in parts.partials.values():
        yield from _reached(partial.root, partial.file, flags, seen)


def _arms(root: nodes.Template) -> Iterator[tuple[int, BranchKind, nodes.Node, int]]:
    """Every arm of a condition: its construct's place, its kind, and the test with the way that it must go."""
    later = {id(branch) for node in root.find_all(nodes.If) for branch in node.elif_}
    for node in walk(root):
        if id(node) in later:
            continue
        if isinstance(node, nodes.If):
            yield offset_of(node), BranchKind.IF, node.test, CAN_BE_TRUE
            yield from ((offset_of(branch), BranchKind.ELIF, branch.test, CAN_BE_TRUE) for branch in node.elif_)
            yield offset_of(node), BranchKind.ELSE, (node, *node.elif_)[-1].test, CAN_BE_FALSE
        elif isinstance(node, nodes.CondExpr):
            yield offset_of(node), BranchKind.INLINE_IF, node.test, CAN_BE_TRUE
            yield offset_of(node), BranchKind.INLINE_ELSE, node.test, CAN_BE_FALSE
