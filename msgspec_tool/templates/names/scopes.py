"""Which names does a template read from outside? Jinja's scoping on the AST, with exact places.

A ``for``, ``with``, ``macro``, ``call``, ``filter`` or ``set`` block has a scope of its own; an ``if`` has none, so a name
set in one branch only is set on some paths. A macro sees what its surroundings hold when it is called. An include sees
everything, an import sees functions only, unless ``with context``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from jinja2 import nodes
from jinja2.idtracking import VAR_LOAD_UNDEFINED, Symbols

from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.allowed import member_span
from msgspec_tool.templates.filters.functions import FUNCTION_NAMES
from msgspec_tool.templates.names.guards import DEFINED, UNDEFINED, Paths, path_of, when_false, when_true
from msgspec_tool.templates.positions import end_of, offset_of
from msgspec_tool.templates.skeletons import same_for_all, skeleton_of
from msgspec_tool.templates.tree import Parts, children, constant_name, parts_of, walk

_MACRO_NAMES = ("caller", "varargs", "kwargs")
_DEFAULTS = ("default", "d")


class Origin(Enum):
    """Where a name that is read gets its value."""

    FREE = "free"
    """From outside: the template sets it nowhere that this place can see."""
    MAYBE = "maybe"
    """The template sets it on some paths to this place; on the others it comes from outside."""
    CUT_OFF = "cut-off"
    """Read in an import without context, which sees functions only."""
    HIDDEN = "hidden"
    """Set further on in a scope around this place: Jinja then hides the outer value from the scopes inside, before the set too."""
    UNEXPORTED = "unexported"
    """Asked of a partial that defines no such name."""


class Read(NamedTuple):
    """A name that is read: ``path`` is the name and the attributes after it, as far as they are constant."""

    path: tuple[str, ...]
    start: int
    end: int
    """Span of the last part of ``path``."""
    origin: Origin
    guarded: bool
    """Under ``default`` or ``is defined``, or where one of them was true."""
    file: SourceFile | None
    called: bool = False


class _Frame:
    """Names of one scope: True where set on every path to here, False where on some."""

    def __init__(
        self,
        parent: _Frame | None,
        symbols: Symbols,
        names: dict[str, bool] | None = None,
        later: frozenset[str] = frozenset(),
        cut_off: bool = False,
    ) -> None:
        self.parent = parent
        self.symbols = symbols
        """Jinja's own bookkeeping of the scope, which decides what it hides."""
        self.names = {} if names is None else names
        self.later = later
        """Names that the whole scope sets anywhere: what a macro may find when it is called."""
        self.cut_off = cut_off

    def hides(self, name: str) -> bool:
        """Whether the scope has a variable of this name that starts without a value."""
        identifier = self.symbols.refs.get(name)
        return identifier is not None and self.symbols.loads.get(identifier, ("",))[0] == VAR_LOAD_UNDEFINED


def _frame(root: nodes.Template, parent: _Frame | None, *, cut_off: bool = False) -> _Frame:
    """The outermost scope of a template; an included one has its including scope as parent, but no variables of it."""
    symbols = Symbols()
    symbols.analyze_node(root)
    return _Frame(parent, symbols, later=stored(root.body), cut_off=cut_off)


@lru_cache(maxsize=128)
def reads(root: nodes.Template) -> tuple[Read, ...]:
    """Every read of a name that the template does not surely set itself, in the order of evaluation."""
    copied = parts_of(root).copied
    if copied is None:
        skeleton = skeleton_of(root)
        return _reads(root) if skeleton is None else skeleton.answer(_reads)
    move = copied.moved
    return tuple(
        Read(one.path, move(one.start), one.end - one.start + move(one.start), one.origin, one.guarded, one.file, one.called)
        for one in copied.skeleton.answer(_reads)
    )


def _reads(root: nodes.Template) -> tuple[Read, ...]:
    analysis = _Analysis()
    analysis.template(root, None, _frame(root, None))
    return tuple(analysis.found)


@same_for_all
def reads_plainly(root: nodes.Template) -> bool:
    """Whether a template reads whole names only, and sets none of those that it reads."""
    return all(len(read.path) == 1 and read.origin is Origin.FREE for read in reads(root))


def free_names(root: nodes.Template) -> frozenset[str]:
    """The names that the template needs from outside; functions are not among them."""
    origins = (Origin.FREE, Origin.MAYBE)
    return frozenset(read.path[0] for read in reads(root) if read.origin in origins) - FUNCTION_NAMES


def stored(body: Iterable[nodes.Node]) -> frozenset[str]:
    """Names that a block of statements sets in its own scope."""
    names: set[str] = set()
    for node in body:
        if isinstance(node, nodes.If):
            names |= stored((*node.body, *node.elif_, *node.else_))
        elif isinstance(node, (nodes.Assign, nodes.AssignBlock)):
            names |= {name.name for name in _targets(node.target)}
        elif isinstance(node, nodes.Macro):
            names.add(node.name)
        elif isinstance(node, nodes.Import):
            names.add(node.target)
        elif isinstance(node, nodes.FromImport):
            names |= {name if isinstance(name, str) else name[1] for name in node.names}
    return frozenset(names)


def _targets(target: nodes.Node) -> Iterator[nodes.Name]:
    return (node for node in walk(target) if isinstance(node, nodes.Name))


class _Analysis:
    """Walks statements in the order of execution; ``frame`` is the innermost scope."""

    def __init__(self) -> None:
        self.found: list[Read] = []
        self.frame = _Frame(None, Symbols())
        self.guards: Paths = frozenset()
        self.file: SourceFile | None = None
        self.parts = Parts(tokens=None)  # type: ignore[arg-type]
        self.in_macro: list[_Frame] = []
        self.cut_off: set[str] = set()

    def template(self, root: nodes.Template, file: SourceFile | None, frame: _Frame) -> None:
        """Analyse a template or partial in a scope."""
        before = self.frame, self.file, self.parts
        self.frame, self.file, self.parts = frame, file, parts_of(root)
        self.block(root.body)
        self.frame, self.file, self.parts = before

    def block(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            self.visit(node)

    def visit(self, node: nodes.Node) -> None:
        method = getattr(self, f"visit_{type(node).__name__}", None)
        if method is not None:
            method(node)
        else:
            for child in children(node):
                self.visit(child)

    @contextmanager
    def scope(self, node: nodes.Node, names: Iterable[str], body: Sequence[nodes.Node], **branch: str) -> Iterator[None]:
        outer = self.frame
        symbols = Symbols(outer.symbols)
        names = tuple(names)
        for name in names:
            symbols.declare_parameter(name)
        symbols.analyze_node(node, **branch)
        self.frame = _Frame(outer, symbols, dict.fromkeys(names, True), stored(body))
        yield
        self.frame = outer

    @contextmanager
    def guard(self, paths: Paths) -> Iterator[None]:
        before = self.guards
        self.guards = before | paths
        yield
        self.guards = before

    def set(self, names: Iterable[str]) -> None:
        for name in names:
            self.frame.names[name] = True

    # --- names ----------------------------------------------------------------------------------------------------------

    def origin(self, name: str) -> Origin | None:
        """Where a name comes from at this place; None where the template itself surely sets it."""
        frame: _Frame | None = self.frame
        maybe = cut_off = False
        deferred = False
        while frame is not None:
            if frame.names.get(name) or (deferred and name in frame.later):
                return None
            if frame.hides(name):
                return Origin.HIDDEN
            maybe = maybe or name in frame.names
            cut_off = frame.cut_off
            deferred = deferred or frame in self.in_macro
            frame = frame.parent
        if cut_off and name not in FUNCTION_NAMES:
            return Origin.CUT_OFF
        return Origin.MAYBE if maybe else Origin.FREE

    def read(self, path: tuple[str, ...], span: tuple[int, int], *, guarded: bool = False, called: bool = False) -> None:
        origin = self.origin(path[0])
        if origin is not None:
            guarded = guarded or any(path[: len(known)] == known[: len(path)] for known in self.guards if known)
            self.found.append(Read(path, *span, origin, guarded, self.file, called))

    def visit_Name(self, node: nodes.Name, *, guarded: bool = False, called: bool = False) -> None:  # noqa: N802
        if node.ctx == "load":
            self.read((node.name,), (offset_of(node), end_of(node)), guarded=guarded, called=called)

    def visit_NSRef(self, node: nodes.NSRef) -> None:  # noqa: N802
        self.read((node.name,), (offset_of(node), end_of(node)))

    def visit_Getattr(self, node: nodes.Getattr | nodes.Getitem, *, guarded: bool = False, called: bool = False) -> None:  # noqa: N802
        path = path_of(node)
        if path:
            self.access(node.node, guarded=guarded)
            self.read(path, member_span(node, self.parts.tokens), guarded=guarded, called=called)
        else:
            for child in children(node):
                self.visit(child)

    visit_Getitem = visit_Getattr  # noqa: N815

    def access(self, node: nodes.Node, *, guarded: bool = False, called: bool = False) -> None:
        """Visit a node that is guarded or called where it is a name or an attribute."""
        if isinstance(node, nodes.Name):
            self.visit_Name(node, guarded=guarded, called=called)
        elif isinstance(node, (nodes.Getattr, nodes.Getitem)):
            self.visit_Getattr(node, guarded=guarded, called=called)
        else:
            self.visit(node)

    # --- expressions ----------------------------------------------------------------------------------------------------

    def visit_Call(self, node: nodes.Call) -> None:  # noqa: N802
        self.access(node.node, called=True)
        for child in node.iter_child_nodes(exclude=("node",)):
            self.visit(child)

    def visit_Filter(self, node: nodes.Filter) -> None:  # noqa: N802
        if node.node is not None:
            self.access(node.node, guarded=node.name in _DEFAULTS)
        for child in node.iter_child_nodes(exclude=("node",)):
            self.visit(child)

    def visit_Test(self, node: nodes.Test) -> None:  # noqa: N802
        self.access(node.node, guarded=node.name in (DEFINED, UNDEFINED))
        for child in node.iter_child_nodes(exclude=("node",)):
            self.visit(child)

    def visit_And(self, node: nodes.And) -> None:  # noqa: N802
        self.visit(node.left)
        with self.guard(when_true(node.left)):
            self.visit(node.right)

    def visit_Or(self, node: nodes.Or) -> None:  # noqa: N802
        self.visit(node.left)
        with self.guard(when_false(node.left)):
            self.visit(node.right)

    def visit_CondExpr(self, node: nodes.CondExpr) -> None:  # noqa: N802
        self.visit(node.test)
        with self.guard(when_true(node.test)):
            self.visit(node.expr1)
        if node.expr2 is not None:
            with self.guard(when_false(node.test)):
                self.visit(node.expr2)

    # --- statements -----------------------------------------------------------------------------------------------------

    def visit_If(self, node: nodes.If) -> None:  # noqa: N802
        before = self.frame.names
        ends: list[dict[str, bool]] = []
        passed: Paths = frozenset()
        for branch in (node, *node.elif_):
            with self.guard(passed):
                self.visit(branch.test)
            with self.guard(passed | when_true(branch.test)):
                ends.append(self.branch(branch.body, before))
            passed |= when_false(branch.test)
        with self.guard(passed):
            ends.append(self.branch(node.else_, before))
        names = {name for end in ends for name in end}
        self.frame.names = {name: all(end.get(name, False) for end in ends) for name in names}

    def branch(self, body: Iterable[nodes.Node], before: dict[str, bool]) -> dict[str, bool]:
        self.frame.names = dict(before)
        self.block(body)
        return self.frame.names

    def visit_Assign(self, node: nodes.Assign) -> None:  # noqa: N802
        self.visit(node.node)
        self.visit(node.target)
        self.set(name.name for name in _targets(node.target))

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> None:  # noqa: N802
        with self.scope(node, (), node.body):
            self.block(node.body)
            if node.filter is not None:
                self.visit(node.filter)
        self.visit(node.target)
        self.set(name.name for name in _targets(node.target))

    def visit_For(self, node: nodes.For) -> None:  # noqa: N802
        self.visit(node.iter)
        targets = [name.name for name in _targets(node.target)]
        if node.test is not None:
            with self.scope(node, targets, (), for_branch="test"):
                self.visit(node.test)
        kept = frozenset() if node.test is None else when_true(node.test)
        with self.scope(node, (*targets, "loop"), node.body, for_branch="body"), self.guard(kept):
            self.block(node.body)
        with self.scope(node, (), node.else_, for_branch="else"):
            self.block(node.else_)

    def visit_With(self, node: nodes.With) -> None:  # noqa: N802
        for value in node.values:
            self.visit(value)
        names = [name.name for target in node.targets for name in _targets(target)]
        with self.scope(node, names, node.body):
            self.block(node.body)

    def visit_FilterBlock(self, node: nodes.FilterBlock) -> None:  # noqa: N802
        with self.scope(node, (), node.body):
            self.block(node.body)
            self.visit(node.filter)

    def visit_Macro(self, node: nodes.Macro) -> None:  # noqa: N802
        self.set((node.name,))
        self.macro_body(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> None:  # noqa: N802
        self.visit(node.call)
        self.macro_body(node)

    def macro_body(self, node: nodes.Macro | nodes.CallBlock) -> None:
        with self.scope(node, (*(argument.name for argument in node.args), *_MACRO_NAMES), node.body):
            self.in_macro.append(self.frame)
            for default in node.defaults:
                self.visit(default)
            self.block(node.body)
            self.in_macro.pop()

    # --- partials -------------------------------------------------------------------------------------------------------

    def visit_Include(self, node: nodes.Include) -> None:  # noqa: N802
        self.enter(node)

    def visit_Import(self, node: nodes.Import) -> None:  # noqa: N802
        self.enter(node)
        self.set((node.target,))

    def visit_FromImport(self, node: nodes.FromImport) -> None:  # noqa: N802
        self.enter(node)
        self.unexported(node)
        self.set(name if isinstance(name, str) else name[1] for name in node.names)

    def enter(self, node: nodes.Include | nodes.Import | nodes.FromImport) -> None:
        """Analyse a partial as it is seen from here."""
        name = constant_name(node)
        partial = self.parts.partials.get(name) if name is not None else None
        if partial is None or name is None:
            return
        if node.with_context:
            self.template(partial.root, partial.file, _frame(partial.root, self.frame))
        elif name not in self.cut_off:
            self.cut_off.add(name)
            self.template(partial.root, partial.file, _frame(partial.root, None, cut_off=True))

    def unexported(self, node: nodes.FromImport) -> None:
        """Names that are asked of a partial that does not define them."""
        partial = self.parts.partials.get(constant_name(node) or "")
        if partial is None:
            return
        exported = stored(partial.root.body)
        places = {name: (start, end) for name, start, end in self.parts.tokens.names_from(offset_of(node))}
        for name in node.names:
            asked = name if isinstance(name, str) else name[0]
            if asked not in exported and asked in places:
                self.found.append(Read((asked,), *places[asked], Origin.UNEXPORTED, False, self.file))
