"""Names that a template gives a meaning of its own, each with its exact place: what may hide a name from outside."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.positions import Tokens, end_of, offset_of
from msgspec_tool.templates.skeletons import none_for_all
from msgspec_tool.templates.tree import constant_name, parts_of, walk

"""Names behind a ``|``. They live apart: no name of a template hides one, however alike it looks."""

_Partial = nodes.Include | nodes.Import | nodes.FromImport
_Place = tuple[str, int, int]


class Binder(Enum):
    """What gives a name its meaning."""

    SET = "set"
    LOOP = "for"
    WITH = "with"
    ARGUMENT = "argument"
    """Of a macro, or of a call block."""
    MACRO = "macro"
    IMPORT = "import"


class Binding(NamedTuple):
    """A name that is bound at ``[start, end)`` of the template's own text, or of a partial's (``file`` then names it)."""

    name: str
    binder: Binder
    start: int
    end: int
    file: SourceFile | None
    sees_names: bool
    """Whether this place sees the variables and ``env``, ``spec``, ``recipient``: an import without context sees functions only."""


@none_for_all
@lru_cache(maxsize=128)
def bindings(root: nodes.Template) -> tuple[Binding, ...]:
    """Every name that a template and its partials bind. A partial that is read in several ways gives its names for each."""
    return tuple(_of_text(root, None, True, set()))


def _of_text(root: nodes.Template, file: SourceFile | None, sees_names: bool, read: set[tuple[str, bool]]) -> Iterator[Binding]:
    parts = parts_of(root)
    for node in walk(root):
        for binder, (name, start, end) in _bound(node, parts.tokens):
            yield Binding(name, binder, start, end, file, sees_names)
        if isinstance(node, _Partial):
            partial = parts.partials.get(constant_name(node) or "")
            inner = sees_names and node.with_context
            if partial is not None and (partial.file.path, inner) not in read:
                read.add((partial.file.path, inner))
                yield from _of_text(partial.root, partial.file, inner, read)


def _bound(node: nodes.Node, tokens: Tokens) -> Iterator[tuple[Binder, _Place]]:
    if isinstance(node, (nodes.Assign, nodes.AssignBlock)):
        yield from ((Binder.SET, place) for place in _names(node.target))
    elif isinstance(node, nodes.For):
        yield from ((Binder.LOOP, place) for place in _names(node.target))
    elif isinstance(node, nodes.With):
        yield from ((Binder.WITH, place) for target in node.targets for place in _names(target))
    elif isinstance(node, (nodes.Import, nodes.FromImport)):
        yield from ((Binder.IMPORT, place) for place in _imported(node, tokens))
    elif isinstance(node, (nodes.Macro, nodes.CallBlock)):
        if isinstance(node, nodes.Macro):
            _tag, place = _first_two(node, tokens)
            yield Binder.MACRO, place
        yield from ((Binder.ARGUMENT, place) for argument in node.args for place in _names(argument))


def _names(target: nodes.Node) -> Iterator[_Place]:
    """The names of a target; members of a namespace are none."""
    return ((node.name, offset_of(node), end_of(node)) for node in walk(target) if isinstance(node, nodes.Name))


def _first_two(node: nodes.Node, tokens: Tokens) -> tuple[_Place, _Place]:
    """The word of a tag and the name after it."""
    found = tokens.names_from(offset_of(node))
    return next(found), next(found)


def _imported(node: nodes.Import | nodes.FromImport, tokens: Tokens) -> Iterator[_Place]:
    """The names under which an import is known here: ``as`` gives another one."""
    if constant_name(node) is None:
        return
    found = tokens.names_from(offset_of(node))
    if isinstance(node, nodes.Import):
        _import, _as, name = next(found), next(found), next(found)
        yield name
        return
    _from, _import = next(found), next(found)
    for known in node.names:
        if isinstance(known, tuple):
            _imported_name, _as = next(found), next(found)
        yield next(found)
