"""What a declaration says of all values that a variable can have."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import reduce
from math import inf
from typing import Any

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import ANY, ASCII, GSM7, PLAIN, VISIBLE, measure
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import Items, Members, Number, Value
from msgspec_tool.model import Variable
from msgspec_tool.source.document import Plain
from msgspec_tool.variables.casting import missing_value
from msgspec_tool.variables.keywords import is_number
from msgspec_tool.variables.numbers import exact
from msgspec_tool.variables.patterns import pattern_text

_CHARSETS = {"ascii": ASCII | VISIBLE, "gsm7": GSM7 | VISIBLE}

_FORMATS: dict[str, Text] = {
    "date": texts.bounded(10, 10, PLAIN | VISIBLE, PLAIN | VISIBLE, characters=frozenset("0123456789-")),
    # 2030-01-31T18:30:00Z to 2030-01-31T18:30:00.123456789+05:30
    "date-time": texts.bounded(20, 35, PLAIN | VISIBLE, PLAIN | VISIBLE, characters=frozenset("0123456789-:.+TtZz")),
    "msisdn": texts.bounded(7, 16, PLAIN | VISIBLE, PLAIN | VISIBLE, characters=frozenset("0123456789+")),
    "uri": texts.bounded(3, inf, ANY | VISIBLE, PLAIN | VISIBLE),
    "email": texts.bounded(3, inf, ANY | VISIBLE, PLAIN | VISIBLE),
}
"""Formats as :mod:`.keywords` checks them."""

MOST_DEPTH = 8
"""Levels of a declaration that are looked at; a deeper value can be anything."""


def declared_value(variable: Variable) -> Value:
    """All values of a variable: those that its declaration allows, its default, and null where it may be missing.

    Variables that are declared alike have one object: specs of a project repeat declarations.
    """
    written = (variable.name, repr(variable.schema))
    known = _DECLARED.get(written)
    if known is None:
        if len(_DECLARED) >= _MOST_DECLARED:
            _DECLARED.clear()
        known = _DECLARED[written] = _declared_value(variable)
    return known


_DECLARED: dict[tuple[str, str], Value] = {}
_MOST_DECLARED = 2_000


def _declared_value(variable: Variable) -> Value:
    found = schema_value({"type": "string", **variable.schema} if "type" not in variable.schema else variable.schema, variable.name)
    if not variable.required:
        found = values.join(found, values.constant(missing_value(variable)))
    return _named(found, variable.name)


def schema_value(schema: Mapping[str, Plain], name: str, depth: int = 0) -> Value:
    """All values that a schema allows; ``name`` is the variable, with its members, that brings them."""
    if depth > MOST_DEPTH:
        return values.UNKNOWN
    kind = schema.get("type")
    for keyword in ("const", "enum"):
        if keyword in schema:
            listed = schema[keyword] if keyword == "enum" and isinstance(schema[keyword], list) else [schema[keyword]]
            equal = (_equal_to(one, whole=kind == "integer") for one in listed)
            return _named(reduce(values.join, equal, values.NOTHING), name)
    if kind == "string":
        return _named(values.of_text(_text(schema)), name)
    if kind in ("integer", "number"):
        return _named(_number(schema, integral=kind == "integer"), name)
    if kind == "boolean":
        return _named(values.BOOLEAN, name)
    if kind == "array":
        return _list(schema, name, depth)
    return _mapping(schema, name, depth) if kind == "object" else values.UNKNOWN


def _equal_to(value: Plain, *, whole: bool = False) -> Value:
    """All values that equal one in JSON: ``1.50`` and ``15e-1`` are 1.5, and print as they were written; ``whole`` ones are cast."""
    if isinstance(value, dict):
        return values.mapping({name: _equal_to(member) for name, member in value.items()})
    if isinstance(value, list):
        return values.listed(map(_equal_to, value))
    if not is_number(value):
        return values.constant(value)
    number = exact(value)
    integral = number == number.to_integral_value()
    if whole and integral:
        return values.constant(int(number))
    least, most = sorted((number, exact(float(number))))
    return Value(number=Number(least, most, integral, decimals=values.decimals(number)))


def _named(value: Value, name: str) -> Value:
    sources = frozenset((name,))
    text = value.text.of(sources) if value.text is not None else None
    return value._replace(sources=sources, text=text)


def _text(schema: Mapping[str, Plain]) -> Text:
    found = texts.UNBOUNDED
    if isinstance(schema.get("pattern"), str):
        found = pattern_text(schema["pattern"])
    known = _FORMATS.get(schema["format"]) if isinstance(schema.get("format"), str) else None
    if known is not None:
        found = _both(found, known)
    charset = _CHARSETS.get(str(schema.get("charset")))
    if charset is not None:
        found = _both(found, texts.bounded(0, inf, charset))
    return found.narrowed(least=_count(schema, "minLength", 0), most=_count(schema, "maxLength", inf))


def _both(one: Text, other: Text) -> Text:
    """Bounds of the texts that are in both sets."""
    if one.finite is not None:
        kept = {text for text in one.finite if not measure(text)[1] & ~other.may}
        return texts.exactly(kept or one.finite)
    may = one.may & other.may
    tight = texts.bounded(max(one.least.points, other.least.points), min(one.most.points, other.most.points), may)
    least = one.least.most(other.least).most(tight.least)
    most = one.most.least(other.most).least(tight.most)
    known = (
        one.characters if other.characters is None else other.characters if one.characters is None else one.characters & other.characters
    )
    prefix, suffix = one.prefix or other.prefix, one.suffix or other.suffix
    return Text(least, most.most(least), may, one.surely | other.surely, None, prefix, suffix, characters=known)


def _count(schema: Mapping[str, Plain], keyword: str, otherwise: float) -> float:
    bound: Any = schema.get(keyword)
    return max(0, int(bound)) if is_number(bound) else otherwise


def _number(schema: Mapping[str, Plain], *, integral: bool) -> Value:
    least: Plain = schema.get("minimum")
    most: Plain = schema.get("maximum")
    step: Plain = schema.get("multipleOf")
    lower = exact(least) if is_number(least) else -values.INFINITY
    upper = exact(most) if is_number(most) else values.INFINITY
    decimals = values.decimals(exact(step)) if is_number(step) and step > 0 else inf
    if integral:
        lower, upper = _whole(lower, ROUND_CEILING), _whole(upper, ROUND_FLOOR)
        return Value(number=Number(lower, max(lower, upper), integral=True, plain=True, decimals=0))
    # a template calculates with the nearest float, which may lie a little outside
    lower = min(lower, exact(float(lower))) if lower.is_finite() else lower
    upper = max(upper, exact(float(upper))) if upper.is_finite() else upper
    return Value(number=Number(lower, max(lower, upper), not decimals, decimals=decimals))


def _whole(bound: Decimal, rounding: str) -> Decimal:
    return bound.to_integral_value(rounding) if bound.is_finite() else bound


def _list(schema: Mapping[str, Plain], name: str, depth: int) -> Value:
    items = schema.get("items")
    element = schema_value(items, name, depth + 1) if isinstance(items, dict) else values.UNKNOWN.brought_by(frozenset((name,)))
    least, most = _count(schema, "minItems", 0), _count(schema, "maxItems", inf)
    return Value(items=Items(element, least, max(least, most)), sources=frozenset((name,)))


def _mapping(schema: Mapping[str, Plain], name: str, depth: int) -> Value:
    properties = schema.get("properties")
    source = frozenset((name,))
    if not isinstance(properties, dict):
        return Value(members=Members({}, values.UNKNOWN.brought_by(source)), sources=source)
    required = schema.get("required")
    known = {}
    for member, inner in properties.items():
        value = schema_value(inner, f"{name}.{member}", depth + 1) if isinstance(inner, dict) else values.UNKNOWN
        there = isinstance(required, list) and member in required
        known[str(member)] = value if there else value._replace(undefined=True)
    return Value(members=Members(known, values.MISSING._replace(unknown=True)), sources=source)
