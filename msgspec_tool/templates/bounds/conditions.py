"""Conditions that decide nothing: tests that always come out the same way, branches that say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import nodes

from msgspec_tool.domain import values
from msgspec_tool.domain.constants import constants
from msgspec_tool.domain.values import CAN_BE_FALSE, CAN_BE_TRUE
from msgspec_tool.templates.bounds.analysis import Analysis
from msgspec_tool.templates.bounds.observations import Outcome, Spot
from msgspec_tool.templates.names.guards import path_of
from msgspec_tool.templates.positions import offset_of
from msgspec_tool.templates.skeletons import Copied, copy_of
from msgspec_tool.templates.tree import extent, parts_of, walk


def constant_outcomes(analysis: Analysis) -> Iterator[tuple[Spot, bool, str]]:
    """Tests of the template itself that came out one way on every path: where, which way, and why where that can be told.

    Tests in macros and partials serve others too, and what an environment says may differ elsewhere: of both nothing is said.
    """
    for spot, outcome in analysis.result.noted.decided:
        if spot.file is not None or outcome.in_macro or not _declared(outcome, analysis):
            continue
        holds = outcome.flags == CAN_BE_TRUE
        yield spot, holds, _reason(outcome.test, holds, analysis)


def _declared(outcome: Outcome, analysis: Analysis) -> bool:
    """Whether the declarations, or constants alone, decide: not the environment, a loop's own state, or names that the template sets."""
    names = {node.name for node in walk(outcome.test) if isinstance(node, nodes.Name)}
    return names <= analysis.setting.variables.keys() and not any(
        isinstance(node, nodes.Name) and node.ctx != "load" and node.name in names for node in walk(analysis.template.tree)
    )


def _reason(test: nodes.Node, holds: bool, analysis: Analysis) -> str:
    if analysis.decides(test) != (CAN_BE_TRUE if holds else CAN_BE_FALSE):
        return "a condition before it has decided that"
    name = ".".join(path_of(test))
    known = analysis.setting.names.get(name)
    if known is not None and holds and known.text is not None and values.truth(known) == CAN_BE_TRUE:
        return f"'{name}' has at least {int(known.text.least.points)} character{'' if known.text.least.points == 1 else 's'}"
    if isinstance(test, nodes.Compare) and len(test.ops) == 1:
        return _compared(test, analysis)
    return ""


def _compared(test: nodes.Compare, analysis: Analysis) -> str:
    name = ".".join(path_of(test.expr))
    known = analysis.setting.names.get(name)
    texts = constants(known) if known is not None else None
    if known is not None and texts is not None and known.text is not None:
        return f"'{name}' is one of {', '.join(repr(one) for one in texts[:4])}" + (" …" if len(texts) > 4 else "")
    if known is not None and known.number is not None and known.number.least.is_finite() and known.number.most.is_finite():
        return f"'{name}' is from {known.number.least} to {known.number.most}"
    return ""


def identical_branches(root: nodes.Template) -> tuple[Spot, ...]:
    """Tests whose branches all print the same."""
    copied = copy_of(root)
    if copied is not None and not any(_say_the_same(branches, copied) for branches in copied.skeleton.answer(_rivals)):
        return ()
    return tuple(_identical_branches(root))


_Branches = tuple[tuple[int, ...], ...]
"""Where the texts of each branch stand."""


def _say_the_same(branches: _Branches, copied: Copied) -> bool:
    first, *others = [[copied.pieces.texts[copied.skeleton.piece(offset) // 2] for offset in offsets] for offsets in branches]
    return all(first == other for other in others)


def _rivals(root: nodes.Template) -> tuple[_Branches, ...]:
    """The choices whose branches are equal but for their texts."""
    choices = [branches for node in walk(root) if (branches := _branches(node)) is not None]
    alike = [branches for branches in choices if all(_shape(branches[0]) == _shape(other) for other in branches[1:])]
    return tuple([tuple([tuple(_texts(branch)) for branch in branches]) for branches in alike])


def _branches(node: nodes.Node) -> list[list[nodes.Node]] | None:
    """What a choice may come to, where it has an answer for each case."""
    if isinstance(node, nodes.If) and node.else_:
        return [node.body, *(branch.body for branch in node.elif_), node.else_]
    return [[node.expr1], [node.expr2]] if isinstance(node, nodes.CondExpr) and node.expr2 is not None else None


def _shape(part: Any) -> Any:
    """A tree as data, without places and texts."""
    if isinstance(part, nodes.TemplateData):
        return nodes.TemplateData
    if isinstance(part, nodes.Node):
        return (type(part), *(_shape(getattr(part, name)) for name in part.fields))
    return [_shape(one) for one in part] if isinstance(part, list) else part


def _texts(branch: list[nodes.Node]) -> Iterator[int]:
    return (offset_of(node) for part in branch for node in walk(part) if isinstance(node, nodes.TemplateData))


def _identical_branches(root: nodes.Template) -> Iterator[Spot]:
    tokens = parts_of(root).tokens
    for node in walk(root):
        branches = _branches(node)
        # Jinja compares fields, not line numbers
        if branches is not None and all(branches[0] == other for other in branches[1:]):
            yield Spot(*extent(node.test, tokens))  # type: ignore[attr-defined]
