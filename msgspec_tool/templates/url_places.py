"""Which expressions of a template print into a URL, and which variables they print there as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from functools import partial
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.templates.bounds.analysis import Analysis
from msgspec_tool.templates.names.guards import path_of
from msgspec_tool.templates.positions import Tokens
from msgspec_tool.templates.tree import extent, parts_of, walk
from msgspec_tool.variables.alphabets import member_schema

_OPENING = re.compile(r"https?://", re.IGNORECASE)
_CLOSING = re.compile(r"[\s\"'<>|\\^`]")
_NUMERIC = frozenset(("length", "count", "int", "float", "round", "abs", "sum", "wordcount", "filesizeformat"))
_ENCODING = frozenset(("urlencode",))
_DECIDED_ELSEWHERE = (nodes.Compare, nodes.Test, nodes.Not, nodes.Call, nodes.Const, nodes.TemplateData)
"""Expressions that print no variable as it is: truth values, constants, and calls, whose macros may do anything."""


class UrlPart(Enum):
    """Where in a URL something stands."""

    HOST = "host"
    PATH = "path"
    QUERY = "query"


class Printed(NamedTuple):
    """A variable (by its path) that an expression at ``[start, end)`` prints as it is into a part of a URL."""

    path: tuple[str, ...]
    start: int
    end: int
    part: UrlPart
    filterable: bool
    """``| urlencode`` can be written behind the expression."""


def printed_into_urls(analysis: Analysis, *, whole: bool, encoded: bool = False) -> tuple[Printed, ...]:
    """The variables that a template prints into URLs. ``whole`` is whether it is one URL and nothing else.

    ``encoded`` is whether those count too that ``urlencode`` makes harmless to the URL. Loops' own names, and what macros
    and partials print, are not followed.
    """
    root = analysis.template.tree
    if not whole and not _may_hold_urls(analysis):
        return ()
    harmless = _NUMERIC if encoded else _NUMERIC | _ENCODING
    walker = _Walker(parts_of(root).tokens, partial(_begins_a_url, analysis), dict(_assigned(root)), harmless)
    walker.block(root.body, UrlPart.HOST if whole else None)
    return tuple(dict.fromkeys(walker.found))


def _may_hold_urls(analysis: Analysis) -> bool:
    """Whether a URL can begin somewhere: in the text (or in a constant, whatever escapes it is written with), or with a name."""
    source, setting = analysis.template.source, analysis.setting
    members = setting.names["env"].members
    return "://" in source or "\\" in source or bool(members and members.known) or setting.holds_urls


def _begins_a_url(analysis: Analysis, node: nodes.Expr) -> bool:
    """A variable that is declared as a URL, or a value of the environment that is one."""
    path = path_of(node)
    variable = analysis.setting.variables.get(path[0]) if path else None
    if variable is not None:
        return member_schema(variable.schema, path[1:]).get("format") == "uri"
    members = analysis.setting.names["env"].members
    value = members.known.get(path[1]) if members is not None and len(path) == 2 and path[0] == "env" else None
    return value is not None and value.text is not None and value.text.prefix.lower().startswith("http")


_State = UrlPart | None


def _assigned(root: nodes.Template) -> Iterator[tuple[str, nodes.Node]]:
    """Names that are set to an expression, with the last of those."""
    for node in walk(root):
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            yield node.target.name, node.node


class _Walker:
    """Goes through a template in written order and knows in which part of a URL it is, if in any."""

    def __init__(
        self, tokens: Tokens, begins: Callable[[nodes.Expr], bool], assigned: dict[str, nodes.Node], harmless: frozenset[str]
    ) -> None:
        self.tokens = tokens
        self.harmless = harmless
        """Filters behind which a variable is none any more."""
        self.begins = begins
        self.assigned = assigned
        self.found: list[Printed] = []

    def block(self, body: list[nodes.Node], state: _State) -> _State:
        """The state after some statements."""
        for statement in body:
            state = self._statement(statement, state)
        return state

    def _statement(self, node: nodes.Node, state: _State) -> _State:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                state = _after(child.data, state) if isinstance(child, nodes.TemplateData) else self._expression(child, state)
            return state
        if isinstance(node, nodes.If):
            arms = [self.block(body, state) for body in (node.body, *(one.body for one in node.elif_), node.else_)]
            return next((arm for arm in arms if arm is not None), None)
        if isinstance(node, nodes.For):
            self.block(node.else_, state)
            return self.block(node.body, state)
        if isinstance(node, (nodes.Scope, nodes.With, nodes.ScopedEvalContextModifier)):
            return self.block(node.body, state)
        # what a macro, a partial or a filtered block prints is not followed
        return state if isinstance(node, nodes.Assign) else None

    def _expression(self, node: nodes.Expr, state: _State) -> _State:
        if isinstance(node, nodes.CondExpr) and state is not None:
            for arm in (node.expr1, node.expr2):
                if arm is not None:
                    self._expression(arm, state)
            return state
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return _after(node.value, state)
        if self.begins(node):
            return UrlPart.PATH if state in (None, UrlPart.HOST) else self._record(node, state)
        return state if state is None else self._record(node, state)

    def _record(self, node: nodes.Expr, state: UrlPart) -> _State:
        start, end = extent(node, self.tokens)
        filterable = isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter))
        self.found += (Printed(path, start, end, state, filterable) for path in self._raw(node, 0))
        return state

    def _raw(self, node: nodes.Node, depth: int) -> Iterator[tuple[str, ...]]:
        """Paths of the names that an expression prints as they are."""
        if isinstance(node, _DECIDED_ELSEWHERE) or depth > 10:
            return
        path = path_of(node)
        if path:
            assigned = self.assigned.get(path[0])
            yield from (path,) if assigned is None else self._raw(assigned, depth + 1) if len(path) == 1 else ()
        elif isinstance(node, nodes.Filter):
            if node.name not in self.harmless and node.node is not None:
                yield from self._raw(node.node, depth + 1)
        elif isinstance(node, nodes.CondExpr):
            yield from self._raw(node.expr1, depth + 1)
            yield from self._raw(node.expr2, depth + 1) if node.expr2 is not None else ()
        else:
            for child in node.iter_child_nodes():
                yield from self._raw(child, depth + 1)


def _after(data: str, state: _State) -> _State:
    """The state after some text."""
    at = 0
    while True:
        if state is None:
            opening = _OPENING.search(data, at)
            if opening is None:
                return None
            state, at = UrlPart.HOST, opening.end()
        elif state is UrlPart.HOST:
            # of a whole URL the text holds the scheme too
            opening = _OPENING.match(data, at)
            at = opening.end() if opening else at
        closing = _CLOSING.search(data, at)
        inside = data[at : closing.start()] if closing else data[at:]
        state = UrlPart.QUERY if "?" in inside or "#" in inside else UrlPart.PATH if state is UrlPart.HOST and "/" in inside else state
        if closing is None:
            return state
        state, at = None, closing.end()
