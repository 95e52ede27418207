"""Expressions on all values at once: what a name, a filter, an operator or an attribute can give on a path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from jinja2 import nodes

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.constants import constants
from msgspec_tool.domain.printing import printed_text
from msgspec_tool.domain.values import (
    CAN_BE_FALSE,
    CAN_BE_TRUE,
    EITHER,
    ITEMS,
    MEMBERS,
    NULL,
    NUMBER,
    PRINTABLE,
    TEXT,
    TRUTH,
    UNDEFINED,
    Value,
)
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.bounds import attempts, members, operators
from msgspec_tool.templates.bounds.narrowing import falsy, narrowed, truthy
from msgspec_tool.templates.bounds.observations import Observations, Spot, Trouble
from msgspec_tool.templates.bounds.paths import Branch
from msgspec_tool.templates.failures import quoted
from msgspec_tool.templates.filters.entries import FilterEntry
from msgspec_tool.templates.filters.functions import FILTER_ENTRIES, TEST_ENTRIES
from msgspec_tool.templates.names.guards import path_of
from msgspec_tool.templates.positions import end_of, offset_of
from msgspec_tool.templates.tree import Parts, extent

MOST_STEPS = 10_000
"""Expressions and statements that an analysis looks at, each as often as it meets it."""

_SIGNS: dict[type[nodes.BinExpr], str] = {
    nodes.Add: "+",
    nodes.Sub: "-",
    nodes.Mul: "*",
    nodes.Div: "/",
    nodes.FloorDiv: "//",
    nodes.Mod: "%",
    nodes.Pow: "**",
}
_ABSENT = NULL | UNDEFINED
_DOING = {"+": "added", "-": "subtracted", "*": "multiplied", "/": "divided", "//": "divided", "%": "divided", "**": "raised to a power"}


class GaveUpError(Exception):
    """The analysis would take too long, or meets what it can't follow; nothing is then said of the template."""


def called(node: nodes.Node) -> str:
    """An expression in a sentence: its name in quotes, or ``this value``."""
    place = path_of(node)
    return quoted(".".join(place)) if place else "this value"


class Expressions:
    """Evaluates expressions. ``file`` and ``parts`` are those of the template or partial at work."""

    def __init__(self, locales: tuple[str, ...], most_steps: int = MOST_STEPS) -> None:
        self.locales = locales
        self.most_steps = min(MOST_STEPS, most_steps)
        self.noted = Observations()
        self.file: SourceFile | None = None
        self.parts: Parts = Parts(tokens=None)  # type: ignore[arg-type]
        self.steps = 0
        self.cost = 0.0
        self.macro_depth = 0
        self._muted = 0

    # --- noting ---------------------------------------------------------------------------------------------------------

    def spot(self, node: nodes.Node) -> Spot:
        """Where an expression stands."""
        return Spot(*extent(node, self.parts.tokens), self.file)

    def mark(self, node: nodes.Node) -> Spot:
        """Where an expression's own token stands: a filter's name."""
        return Spot(offset_of(node), end_of(node), self.file)

    def attempt(self, spot: Spot, kind: Trouble, failure: str | None, help: str | None = None) -> None:
        """Note an operation that was met, and why it fails for all values."""
        if not self._muted:
            self.noted.attempt(spot, kind, failure, help)

    def absent(self, node: nodes.Node, value: Value, *, empty: bool = False) -> None:
        """Note that what is used here may be missing."""
        null = not value.unknown and bool(value.kinds & _ABSENT)
        if not self._muted and (null or empty):
            self.noted.gap(self.spot(node), value.sources, null=null, empty=empty)

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Evaluate without noting anything."""
        self._muted += 1
        try:
            yield
        finally:
            self._muted -= 1

    def quiet(self, node: nodes.Node, path: Branch) -> Value:
        """The values of an expression that is evaluated a second time."""
        with self.silence():
            return self.value(node, path)

    def step(self) -> None:
        """Count an expression or a statement."""
        self.steps += 1
        self.cost += 1
        if self.steps > self.most_steps:
            raise GaveUpError("too many steps")

    # --- evaluation -----------------------------------------------------------------------------------------------------

    def value(self, node: nodes.Node, path: Branch) -> Value:
        """What an expression can give on a path."""
        self.step()
        method: Callable[[Any, Branch], Value] | None = getattr(self, f"value_{type(node).__name__}", None)
        if method is not None:
            return method(node, path)
        return self._binary(node, path) if isinstance(node, nodes.BinExpr) else values.UNKNOWN

    def present(self, node: nodes.Node, path: Branch) -> Value:
        """What an expression can give where it is used: null and undefined refuse the row."""
        value = self.value(node, path)
        if value.unknown or not value.kinds & _ABSENT:
            return value
        self.absent(node, value)
        return value.only(~_ABSENT)

    def value_Const(self, node: nodes.Const, _path: Branch) -> Value:  # noqa: N802  Jinja's name, here and below
        return values.constant(node.value)

    def value_TemplateData(self, node: nodes.TemplateData, _path: Branch) -> Value:  # noqa: N802
        return values.constant(node.data)

    def value_Name(self, node: nodes.Name, path: Branch) -> Value:  # noqa: N802
        found = path.names.get((node.name,))
        return members.function(node.name) if found is None else found

    def value_List(self, node: nodes.List | nodes.Tuple, path: Branch) -> Value:  # noqa: N802
        return values.listed([self.value(item, path) for item in node.items])

    value_Tuple = value_List  # noqa: N815

    def value_Dict(self, node: nodes.Dict, path: Branch) -> Value:  # noqa: N802
        known = {}
        for pair in node.items:
            key = constants(self.value(pair.key, path))
            value = self.value(pair.value, path)
            if key is None or len(key) != 1 or not isinstance(key[0], str):
                return values.UNKNOWN
            known[key[0]] = value
        return values.mapping(known)

    def value_Getattr(self, node: nodes.Getattr, path: Branch) -> Value:  # noqa: N802
        return self._member(node, node.attr, path)

    def value_Getitem(self, node: nodes.Getitem, path: Branch) -> Value:  # noqa: N802
        if isinstance(node.arg, nodes.Slice):
            return members.sliced(self.present(node.node, path), self._bounds(node.arg, path))
        key = self.value(node.arg, path)
        known = constants(key)
        if known is not None and len(known) == 1 and isinstance(known[0], str):
            return self._member(node, known[0], path)
        return members.item(self.present(node.node, path), key)

    def _bounds(self, node: nodes.Slice, path: Branch) -> tuple[Any, Any, Any]:
        found = []
        for part in (node.start, node.stop, node.step):
            known = constants(self.value(part, path)) if part is not None else (None,)
            found.append(known[0] if known is not None and len(known) == 1 else members.SOMEWHERE)
        return found[0], found[1], found[2]

    def _member(self, node: nodes.Getattr | nodes.Getitem, name: str, path: Branch) -> Value:
        place = path_of(node)
        if place in path.names:
            return path.names[place]
        owner = self.present(node.node, path)
        found = members.attribute(owner, name, path)
        failure = help = None
        if found is None:
            failure = members.lacking(called(node.node), owner, name)
            help, found = members.filter_remedy(name), _poisoned(owner)
        self.attempt(self.spot(node), Trouble.TYPE, failure, help)
        return found.brought_by(owner.sources) if found.opaque is None else found

    # --- filters and tests ----------------------------------------------------------------------------------------------

    def value_Filter(self, node: nodes.Filter, path: Branch, value: Value | None = None) -> Value:  # noqa: N802
        entry = FILTER_ENTRIES.get(node.name)
        if value is None and node.node is not None:
            value = self.value(node.node, path)
        arguments = attempts.arguments(entry, node, lambda one: self.value(one, path)) if entry is not None else None
        if entry is None or value is None or arguments is None:
            return values.UNKNOWN
        return self._filtered(entry, node, value, arguments)

    def _filtered(self, entry: FilterEntry, node: nodes.Filter, value: Value, arguments: dict[str, Value]) -> Value:
        if value.empty or any(one.empty for one in arguments.values()):
            return values.NOTHING
        operand = node.node if node.node is not None else node
        if not value.unknown and value.kinds & _ABSENT & ~entry.takes:
            self.absent(operand, value)
        subject = f"{called(operand)} is {values.named(value.kinds)}"
        result, failure, kind = attempts.apply(entry, value, arguments, self.locales, subject)
        for other in (Trouble.TYPE, Trouble.COST):
            self.attempt(self.mark(node), other, failure if other is kind else None)
        return _poisoned(value) if failure is not None else result

    def value_Test(self, node: nodes.Test, path: Branch) -> Value:  # noqa: N802
        value = self.value(node.node, path)
        others = [self.value(argument, path) for argument in node.args]
        if value.empty or any(one.empty for one in others):
            return values.NOTHING
        sources = value.sources.union(*(one.sources for one in others))
        return Value(truth=self._test(node, value, others), sources=sources)

    def _test(self, node: nodes.Test, value: Value, others: list[Value]) -> int:
        if value.unknown:
            return EITHER
        entry = TEST_ENTRIES.get(node.name)
        kinds = UNDEFINED if node.name in ("defined", "undefined") else entry.holds_for if entry is not None else None
        if kinds is not None:
            inside, outside = bool(value.kinds & kinds), bool(value.kinds & ~kinds)
            if node.name == "defined":
                inside, outside = outside, inside
            return (CAN_BE_TRUE if inside else 0) | (CAN_BE_FALSE if outside else 0)
        sign = attempts.SIGNS.get(node.name)
        if sign is not None and others:
            return operators.compared(sign, value, others[0]) or EITHER
        return attempts.tested(entry, value, others) if entry is not None else EITHER

    # --- operators ------------------------------------------------------------------------------------------------------

    def _binary(self, node: nodes.BinExpr, path: Branch) -> Value:
        sign = _SIGNS.get(type(node))
        left, right = self.present(node.left, path), self.present(node.right, path)
        if sign is None or left.unknown or right.unknown:
            return values.UNKNOWN.brought_by(left.sources | right.sources)
        if left.empty or right.empty:
            return values.NOTHING
        result, failure, kind = attempts.calculate(sign, left, right)
        if failure is not None and kind is Trouble.TYPE:
            failure = f"{values.named(left.kinds)} and {values.named(right.kinds)} can't be {_DOING[sign]}"
        help = "join texts and numbers with ~" if sign == "+" and (left.kinds | right.kinds) & TEXT else None
        for other in (Trouble.TYPE, Trouble.COST):
            self.attempt(self.spot(node), other, failure if other is kind else None, help)
        return _poisoned(left) if failure is not None else result

    def value_Concat(self, node: nodes.Concat, path: Branch) -> Value:  # noqa: N802
        found = texts.EMPTY
        for part in node.nodes:
            value = self.printable(part, path)
            if value.empty:
                return values.NOTHING
            found = texts.concat(found, printed_text(value))
        return values.of_text(found)

    def printable(self, node: nodes.Node, path: Branch) -> Value:
        """What an expression can give where it is printed; lists, mappings and what is no data refuse the row."""
        return self.printed(node, self.value(node, path))

    def printed(self, node: nodes.Node, value: Value) -> Value:
        """The printable ones among the values of an expression."""
        if value.unknown:
            return values.of_text(texts.UNBOUNDED.of(value.sources))
        self.absent(node, value)
        value = value.only(~_ABSENT)
        failure = None
        if not value.empty and not value.kinds & PRINTABLE:
            failure = f"{called(node)} is {values.named(value.kinds)}, which can't be printed"
        help = "use join or tojson" if value.kinds & (ITEMS | MEMBERS) else members.call_remedy(node, value)
        if not value.empty:
            self.attempt(self.spot(node), Trouble.PRINT, failure, help)
        return _poisoned(value) if failure is not None else value.only(PRINTABLE)

    def value_Neg(self, node: nodes.Neg, path: Branch) -> Value:  # noqa: N802
        return self._signed(node, path, "-")

    def value_Pos(self, node: nodes.Pos, path: Branch) -> Value:  # noqa: N802
        return self._signed(node, path, "+")

    def _signed(self, node: nodes.UnaryExpr, path: Branch, sign: str) -> Value:
        value = self.present(node.node, path)
        if value.unknown or value.empty:
            return value
        known = constants(value)
        numbers = value.only(NUMBER | TRUTH)
        failure = None if not numbers.empty else f"{called(node.node)} is {values.named(value.kinds)}, and '{sign}' needs a number"
        self.attempt(self.spot(node), Trouble.TYPE, failure)
        if failure is not None:
            return _poisoned(value)
        if known is not None:
            signed = [(-one if sign == "-" else +one) for one in known if isinstance(one, (bool, int, float))]
            return members.joined(map(values.constant, signed)).brought_by(value.sources)
        return operators.negated(value) or values.NOTHING if sign == "-" else numbers

    def value_Compare(self, node: nodes.Compare, path: Branch) -> Value:  # noqa: N802
        left = self.present(node.expr, path)
        flags, sources = CAN_BE_TRUE, left.sources
        for operand in node.ops:
            right = self.value(operand.expr, path)
            if left.empty or right.empty:
                return values.NOTHING
            sources |= right.sources
            found = operators.compared(operand.op, left, right)
            failure = None
            if found is None:
                failure = f"{values.named(left.kinds)} can't be compared with {values.named(right.kinds)}"
            self.attempt(self.spot(node), Trouble.TYPE, failure)
            if found is None:
                return _poisoned(left)
            flags = (flags & found & CAN_BE_TRUE) | ((flags | found) & CAN_BE_FALSE)
            left = right
        return Value(truth=flags, sources=sources)

    def value_Not(self, node: nodes.Not, path: Branch) -> Value:  # noqa: N802
        value = self.condition(node.node, path)
        flags = values.truth(value)
        turned = (CAN_BE_FALSE if flags & CAN_BE_TRUE else 0) | (CAN_BE_TRUE if flags & CAN_BE_FALSE else 0)
        return Value(truth=turned, sources=value.sources)

    def condition(self, node: nodes.Node, path: Branch) -> Value:
        """What an expression can give where it decides something: undefined refuses the row, null is false."""
        value = self.value(node, path)
        if not value.unknown and value.undefined:
            self.absent(node, value._replace(null=False))
            return value.only(~UNDEFINED)
        return value

    def value_And(self, node: nodes.And, path: Branch) -> Value:  # noqa: N802
        return self._short(node.left, node.right, path, until=False)

    def value_Or(self, node: nodes.Or, path: Branch) -> Value:  # noqa: N802
        return self._short(node.left, node.right, path, until=True)

    def _short(self, first: nodes.Expr, second: nodes.Expr, path: Branch, *, until: bool) -> Value:
        left = self.condition(first, path)
        if left.empty:
            return values.NOTHING
        decided = truthy(left) if until else falsy(left)
        if not values.truth(left) & (CAN_BE_FALSE if until else CAN_BE_TRUE):
            return decided
        after = narrowed(first, not until, path, self)
        right = self.value(second, after) if after is not None else values.NOTHING
        return values.join(decided, right).brought_by(left.sources)

    def value_CondExpr(self, node: nodes.CondExpr, path: Branch) -> Value:  # noqa: N802
        found = values.NOTHING
        for holds, arm in ((True, node.expr1), (False, node.expr2)):
            after = self.decided(node.test, holds, path)
            if after is not None:
                found = values.join(found, self.value(arm, after) if arm is not None else values.MISSING)
        return found

    def decided(self, test: nodes.Node, holds: bool, path: Branch) -> Branch | None:
        """The path on which a test comes out so, or None where it can't; what the test can do at all is noted once."""
        # what a path knows is copied for each arm
        self.steps += len(path.names) // 64
        value = self.condition(test, path) if holds else self.quiet(test, path)
        flags = values.truth(value)
        if holds and not self._muted and not value.empty:
            self.noted.went(self.spot(test), test, flags, value.sources, in_macro=bool(self.macro_depth))
        wanted = CAN_BE_TRUE if holds else CAN_BE_FALSE
        return narrowed(test, holds, path, self) if flags & wanted else None

    def value_Call(self, node: nodes.Call, path: Branch) -> Value:  # noqa: N802
        function = self.value(node.node, path)
        positional = [self.value(argument, path) for argument in node.args]
        named = {keyword.key: self.value(keyword.value, path) for keyword in attempts.keywords(node)}
        if node.dyn_args is not None or node.dyn_kwargs is not None or function.opaque is None:
            return values.UNKNOWN
        if any(one.empty for one in (*positional, *named.values())):
            return values.NOTHING
        return self.called(function.opaque, positional, named, node, path)

    def called(self, function: Any, positional: list[Value], named: dict[str, Value], node: nodes.Call, _path: Branch) -> Value:
        """What a call can give. Macros are statements' business: see :class:`~.interpretation.Interpreter`."""
        result, failure, kind = members.call(function, positional, named)
        for other in (Trouble.TYPE, Trouble.COST):
            self.attempt(self.spot(node.node), other, failure if other is kind else None)
        return result


def _poisoned(value: Value) -> Value:
    """What comes after an operation that can't succeed: anything, so that one mistake is told once and the next is seen too."""
    return values.UNKNOWN.brought_by(value.sources)
