"""Arguments of filters, tests, functions and macros: too many, unknown, given twice, or missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.attempts import keywords
from msgspec_tool.templates.failures import quoted
from msgspec_tool.templates.functions import FILTER_ENTRIES, TEST_ENTRIES
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.templates.observations import Spot
from msgspec_tool.templates.positions import Tokens, end_of, offset_of
from msgspec_tool.templates.tree import Partial, constant_name, parts_of, walk

_FUNCTIONS: Mapping[str, tuple[tuple[str, bool], ...]] = {
    "range": (("start", True), ("stop", False), ("step", False)),
    "smartlink": (("identifier", True),),
}
_MACRO_NAMES = frozenset(("caller", "varargs", "kwargs"))


@dataclass(frozen=True)
class ArgumentProblem:
    """Arguments that do not fit, at the first of them that is wrong or at what is called."""

    spot: Spot
    message: str
    help: str
    replacement: str | None = None


@dataclass(frozen=True)
class _Callee:
    """What is called, and the names of its parameters with whether each must be given."""

    what: str
    parameters: tuple[tuple[str, bool], ...]
    more_positional: bool = False
    more_named: bool = False

    @property
    def shown(self) -> str:
        names = [name if required else f"{name}=…" for name, required in self.parameters]
        return f"{self.what} takes {', '.join(names)}" if names else f"{self.what} takes no arguments"


def argument_problems(root: nodes.Template) -> Iterator[ArgumentProblem]:
    """Problems of every call in a template and its partials, each partial once."""
    seen: set[int] = set()
    pending: list[tuple[nodes.Template, SourceFile | None]] = [(root, None)]
    while pending:
        tree, file = pending.pop(0)
        if id(tree) not in seen:
            seen.add(id(tree))
            yield from _of_tree(tree, file)
            pending += [(partial.root, partial.file) for partial in parts_of(tree).partials.values()]


def _of_tree(root: nodes.Template, file: SourceFile | None) -> Iterator[ArgumentProblem]:
    macros = _macros(root)
    for node in walk(root):
        callee = _callee(node, macros)
        if callee is not None and isinstance(node, (nodes.Filter, nodes.Test, nodes.Call)):
            problem = _problem(callee, node, file, parts_of(root).tokens)
            if problem is not None:
                yield problem


def _callee(node: nodes.Node, macros: Mapping[str, nodes.Macro]) -> _Callee | None:
    if isinstance(node, nodes.Filter):
        entry = FILTER_ENTRIES.get(node.name)
        return None if entry is None or entry.variadic else _Callee(f"filter '{node.name}'", entry.parameters)
    if isinstance(node, nodes.Test):
        test = TEST_ENTRIES.get(node.name)
        return None if test is None else _Callee(f"test '{node.name}'", test.parameters)
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    name = node.node.name
    if name in macros:
        return _macro(macros[name])
    return _Callee(f"'{name}'", _FUNCTIONS[name]) if name in _FUNCTIONS else None


def _macro(node: nodes.Macro) -> _Callee:
    """A macro's arguments may all be left out; what it then prints is another matter."""
    used = {one.name for one in walk(node) if isinstance(one, nodes.Name)} & _MACRO_NAMES
    parameters = tuple((argument.name, False) for argument in node.args)
    return _Callee(f"macro '{node.name}'", parameters, "varargs" in used, "kwargs" in used or "caller" in used)


def _macros(root: nodes.Template) -> dict[str, nodes.Macro]:
    """The macros that a template calls by a name of its own: its own and those that it imports from partials, each name once."""
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


def _problem(
    callee: _Callee, node: nodes.Filter | nodes.Test | nodes.Call, file: SourceFile | None, tokens: Tokens
) -> ArgumentProblem | None:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return None
    names = [name for name, _required in callee.parameters]
    place = node.node if isinstance(node, nodes.Call) else node
    if len(node.args) > len(names) and not callee.more_positional:
        extra = node.args[len(names)]
        most = "no argument" if not names else f"at most {len(names)} argument{'' if len(names) == 1 else 's'}"
        return _at(extra, file, f"{callee.what} takes {most}, and {len(node.args)} are given", callee)
    given = set(names[: len(node.args)])
    for keyword in keywords(node):
        if keyword.key in given:
            return _named(keyword, tokens, file, f"{callee.what} gets {quoted(keyword.key)} twice", callee)
        if keyword.key not in names and not callee.more_named:
            near = nearest(keyword.key, names)
            return _named(keyword, tokens, file, f"{callee.what} has no argument {quoted(keyword.key)}{suggestion(near)}", callee, near)
        given.add(keyword.key)
    missing = next((name for name, required in callee.parameters if required and name not in given), None)
    return None if missing is None else _at(place, file, f"{callee.what} needs {quoted(missing)}", callee)


def _named(
    keyword: nodes.Keyword, tokens: Tokens, file: SourceFile | None, message: str, callee: _Callee, replacement: str | None = None
) -> ArgumentProblem:
    """At the name of an argument: Jinja remembers only where its value stands."""
    before = tokens.index(offset_of(keyword))
    at = next((i for i in range(before, -1, -1) if tokens.kinds[i] == "name" and tokens.values[i] == keyword.key), before)
    return ArgumentProblem(Spot(tokens.starts[at], tokens.ends[at], file), message, callee.shown, replacement)


def _at(node: nodes.Node, file: SourceFile | None, message: str, callee: _Callee, replacement: str | None = None) -> ArgumentProblem:
    return ArgumentProblem(Spot(offset_of(node), end_of(node), file), message, callee.shown, replacement)
