"""What a condition says of the names in it: under ``if offer`` the offer is not empty, under ``if days > 1`` there are two or more."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import inf
from typing import Protocol

from jinja2 import nodes

from msgspec_tool.domain import values
from msgspec_tool.domain.constants import constants
from msgspec_tool.domain.texts import exactly
from msgspec_tool.domain.values import (
    CAN_BE_FALSE,
    CAN_BE_TRUE,
    EVERYTHING,
    NULL,
    NUMBER,
    OPAQUE,
    TEXT,
    TRUTH,
    UNDEFINED,
    Items,
    Number,
    Value,
)
from msgspec_tool.templates.bounds.operators import fits
from msgspec_tool.templates.bounds.paths import Branch
from msgspec_tool.templates.filters.functions import TEST_ENTRIES
from msgspec_tool.templates.names.guards import path_of

_OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "gteq", "gteq": "lt", "gt": "lteq", "lteq": "gt", "in": "notin", "notin": "in"}
_MIRRORED = {"eq": "eq", "ne": "ne", "lt": "gt", "gt": "lt", "lteq": "gteq", "gteq": "lteq"}
_LENGTHS = ("length", "count")
_TESTS = {"==": "eq", "eq": "eq", "equalto": "eq", "!=": "ne", "ne": "ne"} | {
    name: sign
    for sign, names in (
        ("gt", (">", "gt", "greaterthan")),
        ("gteq", (">=", "ge")),
        ("lt", ("<", "lt", "lessthan")),
        ("lteq", ("<=", "le")),
    )
    for name in names
}


class Evaluates(Protocol):
    """What gives the values of an expression on a path, without saying anything of it."""

    def quiet(self, node: nodes.Node, path: Branch) -> Value: ...


def narrowed(test: nodes.Node, holds: bool, path: Branch, evaluator: Evaluates) -> Branch | None:
    """The path on which a test came out so; None where it can't."""
    if isinstance(test, nodes.Not):
        return narrowed(test.node, not holds, path, evaluator)
    if (isinstance(test, nodes.And) and holds) or (isinstance(test, nodes.Or) and not holds):
        left = narrowed(test.left, holds, path, evaluator)
        return None if left is None else narrowed(test.right, holds, left, evaluator)
    place = path_of(test)
    if place:
        return _known(path, place, lambda value: truthy(value) if holds else falsy(value), evaluator, test)
    if isinstance(test, nodes.Test):
        return _tested(test, holds, path, evaluator)
    if isinstance(test, nodes.Compare) and len(test.ops) == 1:
        sign = test.ops[0].op
        return _compared(test.expr, sign if holds else _OPPOSITE[sign], test.ops[0].expr, path, evaluator)
    return path


def _known(path: Branch, place: tuple[str, ...], change: Callable[[Value], Value], evaluator: Evaluates, node: nodes.Node) -> Branch | None:
    value = evaluator.quiet(node, path)
    if value.unknown:
        return path
    left = change(value)
    return None if left.empty else path.knowing(place, left)


def truthy(value: Value) -> Value:
    """Those of the values that count as true."""
    if value.unknown:
        return value
    text, items, number = value.text, value.items, value.number
    if text is not None:
        text = text.narrowed(least=1) if text.most.points else None
        text = None if text is not None and text.finite == frozenset(("",)) else text
    if items is not None:
        items = items._replace(least=max(1, items.least)) if items.most else None
    if number is not None and number.finite is not None:
        kept = tuple(one for one in number.finite if one)
        number = number._replace(finite=kept) if kept else None
    elif number is not None and number.integral:
        number = _shrunk(number, 1 if not number.least else number.least, -1 if not number.most else number.most)
    opaque = value.opaque if value.opaque else None
    return value._replace(
        text=text, items=items, number=number, truth=value.truth & CAN_BE_TRUE, opaque=opaque, null=False, undefined=False
    )


def falsy(value: Value) -> Value:
    """Those of the values that count as false."""
    if value.unknown:
        return value
    text = None
    if value.text is not None and not value.text.least.points:
        text = values.constant("").text
        text = text._replace(sources=value.text.sources) if text is not None else None
    items = Items(value.items.element, 0, 0, ()) if value.items is not None and not value.items.least else None
    number = _zero(value.number) if value.number is not None else None
    members = value.members if value.members is not None and values.truth(Value(members=value.members)) & CAN_BE_FALSE else None
    opaque = value.opaque if value.opaque is not None and not value.opaque else None
    return value._replace(
        text=text, items=items, number=number, members=members, truth=value.truth & CAN_BE_FALSE, opaque=opaque, undefined=False
    )


def _zero(number: Number) -> Number | None:
    if number.finite is not None:
        kept = tuple(one for one in number.finite if not one)
        return number._replace(finite=kept) if kept else None
    return number._replace(least=Decimal(0), most=Decimal(0)) if number.least <= 0 <= number.most else None


def _shrunk(number: Number, least: Decimal | int, most: Decimal | int) -> Number | None:
    lower, upper = max(number.least, Decimal(least)), min(number.most, Decimal(most))
    if number.integral and lower.is_finite():
        lower = Decimal(-int(-lower // 1))
    if number.integral and upper.is_finite():
        upper = Decimal(int(upper // 1))
    return number._replace(least=lower, most=upper) if lower <= upper else None


def _tested(test: nodes.Test, holds: bool, path: Branch, evaluator: Evaluates) -> Branch | None:
    place = path_of(test.node)
    if test.name in _TESTS and test.args:
        sign = _TESTS[test.name]
        return _compared(test.node, sign if holds else _OPPOSITE[sign], test.args[0], path, evaluator)
    if not place:
        return path
    kinds = _kinds(test.name)
    if kinds is None:
        return path
    wanted = kinds if holds else EVERYTHING & ~kinds
    return _known(path, place, lambda value: value.only(wanted), evaluator, test.node)


def _kinds(name: str) -> int | None:
    """The kinds of values for which a test is true, where the kind alone decides."""
    if name in ("defined", "undefined"):
        return UNDEFINED if name == "undefined" else EVERYTHING & ~UNDEFINED
    entry = TEST_ENTRIES.get(name)
    return entry.holds_for if entry is not None else None


def _compared(left: nodes.Node, sign: str, right: nodes.Node, path: Branch, evaluator: Evaluates) -> Branch | None:
    after: Branch | None = path
    for one, other, way in ((left, right, sign), (right, left, _MIRRORED.get(sign))):
        if way is None or after is None:
            continue
        bound = evaluator.quiet(other, path)
        place = path_of(one)
        if place:
            after = _known(after, place, lambda value, way=way, bound=bound: _kept(value, way, bound), evaluator, one)  # type: ignore[misc]
        elif isinstance(one, nodes.Filter) and one.name in _LENGTHS and one.node is not None and path_of(one.node) and not one.args:
            inner = one.node
            after = _known(after, path_of(inner), lambda value, way=way, bound=bound: _sized(value, way, bound), evaluator, inner)  # type: ignore[misc]
    return after


def _kept(value: Value, sign: str, bound: Value) -> Value:
    """Those of the values for which a comparison with some value of ``bound`` can be true."""
    if bound.unknown:
        return value
    if sign in ("eq", "in"):
        return _equal(value, bound if sign == "eq" or bound.items is None else bound.items.element)
    if sign in ("ne", "notin"):
        return _unequal(value, bound if sign == "ne" or bound.items is None or bound.items.exact is None else bound.items.element, sign)
    if value.number is None or bound.number is None:
        return value
    low, high = bound.number.least, bound.number.most
    step = 1 if value.number.integral else 0
    ranges = {
        "lt": (-values.INFINITY, high - step if high == high // 1 or not high.is_finite() else high),
        "lteq": (-values.INFINITY, high),
        "gt": (low + step if low == low // 1 or not low.is_finite() else low, values.INFINITY),
        "gteq": (low, values.INFINITY),
    }
    number = value.number
    if number.finite is not None:
        inside = tuple(one for one in number.finite if ranges[sign][0] <= values.exact_decimal(one) <= ranges[sign][1])
        return value._replace(number=number._replace(finite=inside) if inside else None)
    return value._replace(number=_shrunk(number, *ranges[sign]))


def _equal(value: Value, bound: Value) -> Value:
    known = constants(bound)
    if known is None or bound.kinds & ~(TEXT | NUMBER | TRUTH | NULL):
        return value
    kept = values.NOTHING
    for one in known:
        if isinstance(one, str) and value.text is not None and fits(one, value.text):
            exact = values.constant(one)
            text = exact.text._replace(sources=value.text.sources) if exact.text is not None else None
            kept = values.join(kept, exact._replace(text=text))
        elif isinstance(one, (bool, int, float)):
            kept = values.join(kept, _equal_number(value, one))
        elif one is None and value.null:
            kept = values.join(kept, values.NULL_VALUE)
    return kept.brought_by(value.sources) if not kept.empty else kept


def _equal_number(value: Value, one: bool | int | float) -> Value:
    kept = values.NOTHING
    exact = Decimal(int(one)) if isinstance(one, bool) else values.exact_decimal(one)
    number = value.number
    if number is not None and number.least <= exact <= number.most and not (number.finite is not None and one not in number.finite):
        # 5 equals 5.00, and each prints as it was written
        kept = Value(number=number._replace(least=exact, most=exact))
        if number.finite is not None:
            kept = Value(number=number._replace(least=exact, most=exact, finite=tuple(other for other in number.finite if other == one)))
    if one in (0, 1):
        kept = kept._replace(truth=value.truth & (CAN_BE_TRUE if one else CAN_BE_FALSE))
    return kept


def _unequal(value: Value, bound: Value, sign: str) -> Value:
    known = constants(bound)
    if known is None or (sign == "ne" and len(known) != 1):
        return value
    text, number = value.text, value.number
    if text is not None and text.finite is not None:
        left = text.finite - {one for one in known if isinstance(one, str)}
        text = exactly(left)._replace(sources=text.sources, triggers=text.triggers) if left else None
    if number is not None and number.finite is not None:
        rest = tuple(one for one in number.finite if one not in known)
        number = number._replace(finite=rest) if rest else None
    truth = value.truth
    for one in known:
        if isinstance(one, bool):
            truth &= ~(CAN_BE_TRUE if one else CAN_BE_FALSE)
    if text is not None and "" in known:
        text = text.narrowed(least=1)
    return value._replace(text=text, number=number, truth=truth, null=value.null and None not in known)


def _sized(value: Value, sign: str, bound: Value) -> Value:
    """Those of the values whose length compares so."""
    if bound.number is None or value.unknown:
        return value
    low, high = bound.number.least, bound.number.most
    ranges: dict[str, tuple[float, float]] = {
        "lt": (0, float(high) - 1),
        "lteq": (0, float(high)),
        "gt": (float(low) + 1, inf),
        "gteq": (float(low), inf),
        "eq": (float(low), float(high)),
    }
    if sign not in ranges:
        return value
    least, most = ranges[sign]
    text, items = value.text, value.items
    if text is not None:
        fitting = text.least.points <= most and text.most.points >= least
        text = text.narrowed(least=least, most=most) if fitting else None
    if items is not None:
        fitting = items.least <= most and items.most >= least
        items = Items(items.element, max(items.least, least), min(items.most, most), items.exact) if fitting else None
    return value.only(~OPAQUE)._replace(text=text, items=items, members=value.members)
