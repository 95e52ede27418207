"""Every call in a template and its partials, against what is called: filters, tests, functions, and macros where it is sure which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.bounds.arguments import Called, Parameter, Parameters, check_call, macro_parameters
from msgspec_tool.templates.bounds.observations import Spot
from msgspec_tool.templates.filters.functions import FILTER_ENTRIES, TEST_ENTRIES
from msgspec_tool.templates.skeletons import none_for_all
from msgspec_tool.templates.tree import Partial, constant_name, parts_of, walk

_FUNCTIONS: Mapping[str, Parameters] = {
    "range": Parameters(
        (
            Parameter("start", required=True, positional_only=True),
            Parameter("stop", required=False, positional_only=True),
            Parameter("step", required=False, positional_only=True),
        )
    ),
    "smartlink": Parameters((Parameter("identifier", required=True),)),
    "namespace": Parameters(variadic=True, variadic_keywords=True),
    "dict": Parameters(variadic=True, variadic_keywords=True),
}


class CallProblem(NamedTuple):
    """A call that gives not what is asked for."""

    spot: Spot
    message: str
    help: str
    replacement: str | None = None


class _Callee(NamedTuple):
    what: str
    parameters: Parameters


@none_for_all
@lru_cache(maxsize=128)
def call_problems(root: nodes.Template) -> tuple[CallProblem, ...]:
    """Problems of every call in a template, then in its partials, each partial once."""
    return tuple(_call_problems(root))


def _call_problems(root: nodes.Template) -> Iterator[CallProblem]:
    seen: set[int] = set()
    pending: list[tuple[nodes.Template, SourceFile | None]] = [(root, None)]
    while pending:
        tree, file = pending.pop(0)
        if id(tree) not in seen:
            seen.add(id(tree))
            yield from _of_tree(tree, file)
            pending += [(partial.root, partial.file) for partial in parts_of(tree).partials.values()]


def _of_tree(root: nodes.Template, file: SourceFile | None) -> Iterator[CallProblem]:
    macros, tokens = _macros(root), parts_of(root).tokens
    blocks = {id(node.call): node for node in walk(root) if isinstance(node, nodes.CallBlock)}
    for node in walk(root):
        callee = _callee(node, macros)
        if callee is not None and isinstance(node, (nodes.Call, nodes.Filter, nodes.Test)):
            call: Called | nodes.CallBlock = blocks.get(id(node), node)
            for problem in check_call(callee.parameters, call, callee.what, tokens):
                yield CallProblem(Spot(problem.start, problem.end, file), problem.message, problem.help, problem.replacement)


def _callee(node: nodes.Node, macros: Mapping[str, nodes.Macro]) -> _Callee | None:
    if isinstance(node, nodes.Filter):
        entry = FILTER_ENTRIES.get(node.name)
        return None if entry is None or entry.variadic else _Callee(f"filter '{node.name}'", _parameters(entry.parameters))
    if isinstance(node, nodes.Test):
        test = TEST_ENTRIES.get(node.name)
        return None if test is None else _Callee(f"test '{node.name}'", _parameters(test.parameters, positional_only=True))
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    name = node.node.name
    if name in macros:
        return _Callee(f"macro '{name}'", macro_parameters(macros[name]))
    return _Callee(f"'{name}'", _FUNCTIONS[name]) if name in _FUNCTIONS else None


def _parameters(named: tuple[tuple[str, bool], ...], *, positional_only: bool = False) -> Parameters:
    return Parameters(tuple(Parameter(name, required, positional_only=positional_only) for name, required in named))


def _macros(root: nodes.Template) -> dict[str, nodes.Macro]:
    """The macros that a template calls by a name that means nothing else in it: its own, and those that it imports."""
    found: dict[str, nodes.Macro | None] = {}
    for node in walk(root):
        if isinstance(node, nodes.Macro):
            found[node.name] = None if node.name in found else node
        elif isinstance(node, nodes.FromImport):
            partial = parts_of(root).partials.get(constant_name(node) or "")
            for name in node.names:
                asked, given = (name, name) if isinstance(name, str) else name
                found[given] = None if given in found else _exported(partial, asked)
        elif isinstance(node, nodes.Name) and node.ctx != "load":
            found[node.name] = None
    return {name: macro for name, macro in found.items() if macro is not None}


def _exported(partial: Partial | None, name: str) -> nodes.Macro | None:
    if partial is None:
        return None
    return next((node for node in partial.root.body if isinstance(node, nodes.Macro) and node.name == name), None)
