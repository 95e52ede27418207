"""Which names from outside bring what an expression prints? Names that the template itself sets are followed to what set them.

``{% set x = first_name %}{{ x }}`` is brought by ``first_name``, ``{% for line in lines %}{{ line.title }}`` by ``lines``, and
what a macro prints by the arguments of the call that printed it. Nothing is run: the sources of a name are a set of what
it was set from, and are resolved when somebody asks. Conditions of ``if`` decide what is printed and bring none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from msgspec_tool.model import Template
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.filters.functions import FUNCTION_NAMES
from msgspec_tool.templates.names.guards import path_of
from msgspec_tool.templates.names.scopes import stored
from msgspec_tool.templates.names.sources import (
    NOTHING,
    Argument,
    Call,
    Caller,
    Cell,
    Macro,
    Module,
    Name,
    Namespace,
    Sources,
    calls_in,
    outside,
)
from msgspec_tool.templates.positions import offset_of
from msgspec_tool.templates.tree import constant_name, parts_of, walk

Site = tuple[str | None, int]
"""A tag that prints: path of its partial (None for the template's own text), and the offset where the tag begins."""


@dataclass
class _Frame:
    """The names of one scope: what each is set from here, and in the whole scope."""

    parent: _Frame | None
    later: frozenset[str] = frozenset()
    macro: bool = False
    names: dict[str, Sources] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)

    def cell(self, name: str) -> Cell:
        # on paths that do not set it the name comes from outside
        return self.cells.setdefault(name, Cell(frozenset(((name,),))))

    def set(self, name: str, sources: Sources) -> None:
        self.names[name] = sources
        self.cell(name).add(sources)


class Lineage:
    """Where the texts of a template and its partials come from. The template has no problems."""

    def __init__(self, template: Template) -> None:
        walker = _Walker()
        if template.tree is not None:
            walker.template(template.tree, None, _Frame(None, stored(template.tree.body)))
        self._sites = walker.sites
        self._reads = walker.reads
        self._outside = template.reads
        self._known: dict[tuple[Site, ...], tuple[Name, ...]] = {}

    def brought_by(self, sites: Sequence[Site]) -> tuple[Name, ...]:
        """The names from outside that bring what a tag prints, in their order; behind it stand the tags that it is printed through.

        Arguments of a macro are those of the call among these tags, of all calls where none of them calls it.
        """
        asked = tuple(sites)
        if asked not in self._known:
            calls = calls_in(self._sites.get(site, NOTHING) for site in asked[1:])
            found = outside(self._sites.get(asked[0], NOTHING), calls)
            self._known[asked] = tuple(sorted(name for name in found if name[0] in self._outside))
        return self._known[asked]

    def everything(self) -> tuple[Name, ...]:
        """The names from outside that bring anything that the template prints."""
        return tuple(sorted({name for site in self._sites for name in self.brought_by((site,))}))

    def reads(self, site: Site) -> tuple[Name, ...]:
        """The names that a tag reads, as it writes them, in their order; those that the template sets are among them."""
        return self._reads.get(site, ())


class _Walker:
    """Walks statements in the order of execution; ``printed`` collects what the block around this place prints."""

    def __init__(self) -> None:
        self.sites: dict[Site, Sources] = {}
        self.reads: dict[Site, tuple[Name, ...]] = {}
        self.modules: dict[str, _Frame] = {}
        """Partials that are imported without context: the same for all who import them."""
        self.frame = _Frame(None)
        self.file: SourceFile | None = None
        self.root = nodes.Template([], lineno=1)
        self.printed: set[Any] = set()

    def template(self, root: nodes.Template, file: SourceFile | None, frame: _Frame) -> _Frame:
        """Walk a template or partial in a scope; the scope as it is then."""
        before = self.frame, self.file, self.root
        self.frame, self.file, self.root = frame, file, root
        self.block(root.body)
        self.frame, self.file, self.root = before
        return frame

    def block(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            getattr(self, f"visit_{type(node).__name__}", _pass)(node)

    @contextmanager
    def scope(self, names: Mapping[str, Sources], body: Sequence[nodes.Node], *, macro: bool = False) -> Iterator[None]:
        outer = self.frame
        self.frame = _Frame(outer, stored(body), macro, dict(names))
        yield
        self.frame = outer

    @contextmanager
    def printing(self) -> Iterator[set[Any]]:
        """A block whose text goes elsewhere: what it is made from."""
        outer, self.printed = self.printed, set()
        yield self.printed
        self.printed = outer

    def site(self, node: nodes.Node, sources: Sources, expression: nodes.Node | None = None) -> None:
        """A tag prints something. The tags of a partial are the same ones wherever it is included."""
        site = (self.file.path if self.file else None, parts_of(self.root).tokens.tag(offset_of(node))[0])
        self.sites[site] = self.sites.get(site, NOTHING) | sources
        read = dict.fromkeys(_written(expression or node))
        self.reads[site] = tuple(path for path in read if not any(isinstance(one, Module) for one in self.name(path)))
        self.printed |= sources

    # --- expressions ----------------------------------------------------------------------------------------------------

    def value(self, node: nodes.Node) -> Sources:
        """What the value of an expression is made from."""
        if isinstance(node, nodes.Name):
            return self.name((node.name,))
        if isinstance(node, (nodes.Getattr, nodes.Getitem)):
            return self.member(node)
        if isinstance(node, nodes.Call):
            return self.call(node)
        return NOTHING.union(*map(self.value, node.iter_child_nodes()))

    def name(self, path: Name) -> Sources:
        """What a name is made from here; a macro may find what is set behind it, too."""
        frame: _Frame | None = self.frame
        deferred = False
        while frame is not None:
            if deferred and path[0] in frame.later:
                return frozenset((frame.cell(path[0]),))
            if path[0] in frame.names:
                return frame.names[path[0]]
            deferred = deferred or frame.macro
            frame = frame.parent
        return NOTHING if path[0] in FUNCTION_NAMES else frozenset((path,))

    def member(self, node: nodes.Getattr | nodes.Getitem) -> Sources:
        owner = self.value(node.node)
        inside = NOTHING if isinstance(node, nodes.Getattr) else self.value(node.arg)
        attribute = path_of(node)[-1:] or ("",)
        found: set[Any] = set(inside)
        for one in owner:
            if isinstance(one, Namespace):
                found.add(one.cell(attribute[0]))
            elif isinstance(one, Module):
                found |= one.names.get(attribute[0], NOTHING)
            else:
                found.add((*one, *attribute) if attribute[0] and one == path_of(node.node) else one)
        return frozenset(found)

    def call(self, node: nodes.Call) -> Sources:
        called = node.node
        if isinstance(called, nodes.Name) and called.name == "namespace" and called.name not in self.frame.names:
            return frozenset((self.namespace(node),))
        positional = tuple(self.value(one) for one in (*node.args, *(one for one in (node.dyn_args,) if one is not None)))
        named = {one.key: self.value(one.value) for one in node.kwargs if isinstance(one, nodes.Keyword)}
        extra = self.value(node.dyn_kwargs) if node.dyn_kwargs is not None else NOTHING
        targets = self.targets(called)
        if not targets:
            # of a method what it belongs to brings the value
            owner = called.node if isinstance(called, nodes.Getattr) else called
            return self.value(owner).union(extra, *positional, *named.values())
        calls = [Call(target, positional, named) for target in targets]
        for one in calls:
            for macro in (one.called,) if isinstance(one.called, Macro) else ():
                macro.calls.append(one)
        return extra.union(calls)

    def targets(self, called: nodes.Node) -> list[Macro | Caller]:
        found: list[Macro | Caller] = []
        for one in self.value(called):
            for inner in one.sources if isinstance(one, Cell) else (one,):
                if isinstance(inner, (Macro, Caller)):
                    found.append(inner)
        return found

    def namespace(self, node: nodes.Call) -> Namespace:
        made = Namespace()
        for one in node.kwargs:
            if isinstance(one, nodes.Keyword):
                made.cell(one.key).add(self.value(one.value))
        return made

    # --- statements -----------------------------------------------------------------------------------------------------

    def visit_Output(self, node: nodes.Output) -> None:  # noqa: N802  Jinja's name, here and below
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                self.site(child, self.value(child))

    def bind(self, target: nodes.Node, sources: Sources) -> None:
        for node in walk(target):
            if isinstance(node, nodes.Name):
                self.frame.set(node.name, sources)
            elif isinstance(node, nodes.NSRef):
                for one in self.name((node.name,)):
                    if isinstance(one, Namespace):
                        one.cell(node.attr).add(sources)

    def visit_Assign(self, node: nodes.Assign) -> None:  # noqa: N802
        self.bind(node.target, self.value(node.node))

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> None:  # noqa: N802
        with self.printing() as printed, self.scope({}, node.body):
            self.block(node.body)
        self.bind(node.target, frozenset(printed) | (self.filtered(node.filter) if node.filter is not None else NOTHING))

    def filtered(self, node: nodes.Filter) -> Sources:
        """What the arguments of filters over a block bring: innermost the block has no node."""
        inner = self.filtered(node.node) if isinstance(node.node, nodes.Filter) else NOTHING
        return inner.union(*(self.value(one) for one in (*node.args, *node.kwargs)))

    def visit_If(self, node: nodes.If) -> None:  # noqa: N802
        before = self.frame.names
        ends: list[dict[str, Sources]] = []
        for body in (node.body, *(one.body for one in node.elif_), node.else_):
            self.frame.names = dict(before)
            self.block(body)
            ends.append(self.frame.names)
        self.frame.names = dict(before)
        # a path that does not set a name leaves what it was
        left = {name: self.name((name,)) for end in ends for name in end}
        self.frame.names = {name: NOTHING.union(*(end.get(name, was) for end in ends)) for name, was in left.items()}

    def visit_For(self, node: nodes.For) -> None:  # noqa: N802
        sources = self.value(node.iter)
        if node.recursive:
            # the lists that the loop is called with lie within the first
            self.site(node, sources, node.iter)
        targets = {one.name: sources for one in walk(node.target) if isinstance(one, nodes.Name)}
        with self.scope({**targets, "loop": sources}, node.body):
            self.block(node.body)
        with self.scope({}, node.else_):
            self.block(node.else_)

    def visit_With(self, node: nodes.With) -> None:  # noqa: N802
        given = [self.value(one) for one in node.values]
        with self.scope({}, node.body):
            for target, sources in zip(node.targets, given, strict=True):
                self.bind(target, sources)
            self.block(node.body)

    def visit_FilterBlock(self, node: nodes.FilterBlock) -> None:  # noqa: N802
        with self.printing() as printed, self.scope({}, node.body):
            self.block(node.body)
        self.site(node, frozenset(printed) | self.filtered(node.filter), node.filter)

    def visit_Macro(self, node: nodes.Macro) -> None:  # noqa: N802
        macro = Macro(tuple(one.name for one in node.args))
        self.frame.set(node.name, frozenset((macro,)))
        self.body(node, macro)

    def visit_CallBlock(self, node: nodes.CallBlock) -> None:  # noqa: N802
        body = Macro(tuple(one.name for one in node.args))
        self.body(node, body)
        sources = self.value(node.call)
        for one in sources:
            if isinstance(one, Call) and isinstance(one.called, Macro):
                one.called.bodies.append(body)
        self.site(node, sources, node.call)

    def body(self, node: nodes.Macro | nodes.CallBlock, macro: Macro) -> None:
        names: dict[str, Sources] = {name: frozenset((Argument(macro, name),)) for name in (*macro.arguments, "varargs", "kwargs")}
        if isinstance(node, nodes.Macro):
            names["caller"] = frozenset((Caller(macro),))
        with self.printing() as printed, self.scope(names, node.body, macro=True):
            optional = macro.arguments[len(macro.arguments) - len(node.defaults) :]
            macro.defaults.update(zip(optional, map(self.value, node.defaults), strict=True))
            self.block(node.body)
        macro.printed = frozenset(printed)

    # --- partials -------------------------------------------------------------------------------------------------------

    def visit_Include(self, node: nodes.Include) -> None:  # noqa: N802
        self.enter(node)

    def visit_Import(self, node: nodes.Import) -> None:  # noqa: N802
        self.frame.set(node.target, frozenset((Module(self.defined(node)),)))

    def visit_FromImport(self, node: nodes.FromImport) -> None:  # noqa: N802
        defined = self.defined(node)
        for name in node.names:
            asked, given = (name, name) if isinstance(name, str) else name
            self.frame.set(given, defined.get(asked, NOTHING))

    def defined(self, node: nodes.Import | nodes.FromImport) -> Mapping[str, Sources]:
        with self.printing():
            frame = self.enter(node)
        return frame.names if frame is not None else {}

    def enter(self, node: nodes.Include | nodes.Import | nodes.FromImport) -> _Frame | None:
        """Walk a partial as it is seen from here; None where there is none."""
        partial = parts_of(self.root).partials.get(constant_name(node) or "")
        if partial is None:
            return None
        if node.with_context or isinstance(node, nodes.Include):
            parent = self.frame if node.with_context else None
            return self.template(partial.root, partial.file, _Frame(parent, stored(partial.root.body)))
        path = partial.file.path
        if path not in self.modules:
            self.modules[path] = self.template(partial.root, partial.file, _Frame(None, stored(partial.root.body)))
        return self.modules[path]


def _written(node: nodes.Node) -> Iterator[Name]:
    """The names in an expression with their constant attributes; functions, macros and methods that it calls are none."""
    path = path_of(node)
    if path:
        yield from (path,) if path[0] not in FUNCTION_NAMES else ()
        return
    if isinstance(node, nodes.Call):
        if isinstance(node.node, nodes.Getattr):
            yield from _written(node.node.node)
        for child in node.iter_child_nodes(exclude=("node",)):
            yield from _written(child)
        return
    for child in node.iter_child_nodes():
        yield from _written(child)


def _pass(_node: nodes.Node) -> None:
    """A statement that neither prints nor sets."""
