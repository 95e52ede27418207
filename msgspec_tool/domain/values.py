"""All values that an expression can have: what kinds are possible, and the bounds of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache, reduce
from math import inf
from typing import Any, NamedTuple

from msgspec_tool.domain import texts
from msgspec_tool.domain.texts import NAMES, Text

INFINITY = Decimal("Infinity")

FLOAT_WIDTH = 25
"""Characters that a calculated number prints at most: sign, 17 digits, point, exponent."""

MOST_NUMBERS = 16
"""Numbers that a finite set may hold."""


MOST_ELEMENTS = 64
"""Elements of a list that are known one by one."""

MOST_WEIGHT = 2_000
"""Values in one value. A template can build lists of lists that share their elements: few in memory, and no end to walk."""

TEXT, NUMBER, TRUTH, ITEMS, MEMBERS, NULL, UNDEFINED, OPAQUE = (1 << index for index in range(8))
"""Kinds of values, as a set of bits."""

PRINTABLE = TEXT | NUMBER | TRUTH
ITERABLE = TEXT | ITEMS | MEMBERS
EVERYTHING = PRINTABLE | ITEMS | MEMBERS | NULL | UNDEFINED | OPAQUE

CAN_BE_TRUE, CAN_BE_FALSE = 1, 2
EITHER = CAN_BE_TRUE | CAN_BE_FALSE


class Number(NamedTuple):
    """Numbers from ``least`` to ``most``."""

    least: Decimal = -INFINITY
    most: Decimal = INFINITY
    integral: bool = False
    finite: tuple[Any, ...] | None = None
    """The numbers themselves, where they are few and known."""
    plain: bool = False
    """Whole numbers are Python's own: they print as their digits alone, never as ``1e3`` or ``1.0``."""
    width: float = inf
    """Most characters that one of them prints, where that is known and does not follow from the range."""
    decimals: float = inf
    """Most digits after the point, trailing zeros aside."""


class Items(NamedTuple):
    """Lists of ``least`` to ``most`` elements."""

    element: Value
    """What each element can be."""
    least: float = 0
    most: float = inf
    exact: tuple[Value, ...] | None = None
    """The elements one by one, where their number is known and small."""
    weight: int = 1
    """Values that it holds at all depths, each as often as it is met."""


class Members(NamedTuple):
    """Mappings: what each known member can be (``undefined`` among it where it may be absent)."""

    known: Mapping[str, Value]
    others: Value | None = None
    """What any other member can be; None where there is none."""
    weight: int = 1


class Value(NamedTuple):
    """A set of values, by kind. A set with no kind at all is empty: nothing ever gets there."""

    text: Text | None = None
    number: Number | None = None
    truth: int = 0
    items: Items | None = None
    members: Members | None = None
    null: bool = False
    undefined: bool = False
    opaque: Any = None
    """Something that is no data: a macro, a namespace, ``omit``, ``loop``."""
    unknown: bool = False
    """Anything at all, of any kind."""
    sources: frozenset[str] = NAMES
    """Variables that take part in the value."""

    @property
    def empty(self) -> bool:
        """No value is in the set."""
        return not self.kinds

    @property
    def kinds(self) -> int:
        """The kinds that are possible."""
        if self.unknown:
            return EVERYTHING
        return (
            (TEXT if self.text is not None else 0)
            | (NUMBER if self.number is not None else 0)
            | (TRUTH if self.truth else 0)
            | (ITEMS if self.items is not None else 0)
            | (MEMBERS if self.members is not None else 0)
            | (NULL if self.null else 0)
            | (UNDEFINED if self.undefined else 0)
            | (OPAQUE if self.opaque is not None else 0)
        )

    def only(self, kinds: int) -> Value:
        """The values of these kinds."""
        if self.unknown:
            return self
        return Value(
            self.text if kinds & TEXT else None,
            self.number if kinds & NUMBER else None,
            self.truth if kinds & TRUTH else 0,
            self.items if kinds & ITEMS else None,
            self.members if kinds & MEMBERS else None,
            self.null and bool(kinds & NULL),
            self.undefined and bool(kinds & UNDEFINED),
            self.opaque if kinds & OPAQUE else None,
            sources=self.sources,
        )

    def brought_by(self, sources: frozenset[str]) -> Value:
        """The same values, with more variables that take part."""
        if sources <= self.sources:
            return self
        all_sources = self.sources | sources
        text = self.text
        if text is not None:
            text = text._replace(sources=text.sources | sources)
        return self._replace(sources=all_sources, text=text)


NOTHING = Value()
"""No value: a place that is never reached, or a row that is refused."""

UNKNOWN = Value(unknown=True)
"""Any value."""

NULL_VALUE = Value(null=True)
MISSING = Value(undefined=True)
BOOLEAN = Value(truth=EITHER)


def of_text(text: Text) -> Value:
    """Texts."""
    return Value(text=text, sources=text.sources)


def of_number(least: Any = -INFINITY, most: Any = INFINITY, *, integral: bool = False, plain: bool = False, width: float = inf) -> Value:
    """Numbers of a range."""
    return Value(number=Number(Decimal(least), Decimal(most), integral, plain=plain, width=width))


def counted(least: float, most: float) -> Value:
    """Whole numbers of a range, as ``length`` gives them."""
    upper = INFINITY if most == inf else Decimal(int(most))
    return Value(number=Number(Decimal(int(least)), upper, True, (int(least),) if least == most else None, plain=True))


def constant(value: Any) -> Value:
    """Just this value of plain data."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return Value(truth=CAN_BE_TRUE if value else CAN_BE_FALSE)
    if type(value) is int:
        return _whole_number(value)
    if isinstance(value, (int, float)):
        return _number_constant(value)
    if value is None:
        return NULL_VALUE
    if isinstance(value, dict):
        return mapping({str(key): constant(member) for key, member in value.items()})
    if isinstance(value, (list, tuple, range)):
        return listed([constant(item) for item in value])
    return UNKNOWN


@lru_cache(maxsize=texts.MOST_KEPT)
def _text(value: str) -> Value:
    return Value(text=texts.just(value))


@lru_cache(maxsize=512)
def _whole_number(value: int) -> Value:
    return _number_constant(value)


def _number_constant(value: int | float) -> Value:
    exact = exact_decimal(value)
    if not exact.is_finite():
        return Value(number=Number())
    # one that was written with more digits than a float has is calculated with as the nearest float
    least, most = sorted((exact, exact if isinstance(value, int) else exact_decimal(float(value))))
    whole = exact == exact.to_integral_value()
    return Value(number=Number(least, most, whole, (value,), isinstance(value, int), len(str(value)), decimals(exact)))


def exact_decimal(value: int | float) -> Decimal:
    """A number as the decimal that it prints."""
    return Decimal(value) if isinstance(value, int) else Decimal(str(value))


def decimals(number: Decimal) -> float:
    """Digits after the point, trailing zeros aside."""
    _sign, digits, exponent = number.as_tuple()
    written = "".join(map(str, digits))
    return max(0, -exponent - (len(written) - len(written.rstrip("0")))) if isinstance(exponent, int) else inf


def listed(values: Iterable[Value]) -> Value:
    """A list of these elements."""
    found = tuple(values)
    weight = 1 + sum(map(_weight, found))
    if weight > MOST_WEIGHT:
        return UNKNOWN
    element = reduce(join, found, NOTHING)
    exact = found if len(found) <= MOST_ELEMENTS else None
    return Value(items=Items(element, len(found), len(found), exact, weight), sources=element.sources)


def lists(element: Value, least: float = 0, most: float = inf) -> Value:
    """Lists of ``least`` to ``most`` of these elements."""
    weight = 1 + _weight(element)
    if weight > MOST_WEIGHT:
        return UNKNOWN
    return Value(items=Items(element, least, most, weight=weight), sources=element.sources)


def mapping(known: Mapping[str, Value]) -> Value:
    """A mapping with just these members."""
    weight = 1 + sum(map(_weight, known.values()))
    if weight > MOST_WEIGHT:
        return UNKNOWN
    sources = NAMES.union(*(value.sources for value in known.values()))
    return Value(members=Members(known, weight=weight), sources=sources)


def _weight(value: Value) -> int:
    return max(1, value.items.weight if value.items else 1, value.members.weight if value.members else 1)


def join(one: Value, other: Value) -> Value:
    """The values of both."""
    if one is other or other.empty:
        return one
    if one.empty:
        return other
    if one.unknown or other.unknown:
        return UNKNOWN.brought_by(one.sources | other.sources)
    return Value(
        _joined(texts.either, one.text, other.text),
        _joined(_either_number, one.number, other.number),
        one.truth | other.truth,
        _joined(_either_items, one.items, other.items),
        _joined(_either_members, one.members, other.members),
        one.null or other.null,
        one.undefined or other.undefined,
        one.opaque if one.opaque is other.opaque or other.opaque is None else other.opaque if one.opaque is None else object(),
        sources=one.sources | other.sources,
    )


def _joined(merge: Callable[[Any, Any], Any], one: Any, other: Any) -> Any:
    if one is None or other is None:
        return other if one is None else one
    return one if one is other else merge(one, other)


def _either_number(one: Number, other: Number) -> Number:
    finite = None
    if one.finite is not None and other.finite is not None and len(one.finite) + len(other.finite) <= MOST_NUMBERS:
        finite = tuple({str(value): value for value in (*one.finite, *other.finite)}.values())
    return Number(
        min(one.least, other.least),
        max(one.most, other.most),
        one.integral and other.integral,
        finite,
        one.plain and other.plain,
        max(one.width, other.width),
        max(one.decimals, other.decimals),
    )


def _either_items(one: Items, other: Items) -> Items:
    exact = None
    if one.exact is not None and other.exact is not None and len(one.exact) == len(other.exact):
        exact = tuple(join(first, second) for first, second in zip(one.exact, other.exact, strict=True))
    weight = max(one.weight, other.weight)
    return Items(join(one.element, other.element), min(one.least, other.least), max(one.most, other.most), exact, weight)


def _either_members(one: Members, other: Members) -> Members:
    names = dict.fromkeys((*one.known, *other.known))
    known = {name: join(member(one, name), member(other, name)) for name in names}
    others = other.others if one.others is None else one.others if other.others is None else join(one.others, other.others)
    return Members(known, others, max(one.weight, other.weight))


def member(members: Members, name: str) -> Value:
    """What a member can be; undefined where there is none."""
    found = members.known.get(name)
    if found is not None:
        return found
    return MISSING if members.others is None else members.others._replace(undefined=True)


def truth(value: Value) -> int:
    """Whether the values count as true or false in a condition."""
    if value.unknown:
        return EITHER
    found = value.truth
    if value.opaque is not None:
        found |= CAN_BE_TRUE if value.opaque else CAN_BE_FALSE
    if value.text is not None:
        found |= _sized(value.text.least.points, value.text.most.points)
    if value.number is not None:
        found |= _number_truth(value.number)
    if value.items is not None:
        found |= _sized(value.items.least, value.items.most)
    if value.members is not None:
        sure = any(not one.undefined and not one.unknown for one in value.members.known.values())
        found |= (CAN_BE_FALSE if not sure else 0) | (CAN_BE_TRUE if value.members.known or value.members.others is not None else 0)
    return found | (CAN_BE_FALSE if value.null else 0)


def _sized(least: float, most: float) -> int:
    return (CAN_BE_FALSE if not least else 0) | (CAN_BE_TRUE if most else 0)


def _number_truth(number: Number) -> int:
    if number.finite is not None:
        return reduce(lambda flags, one: flags | (CAN_BE_TRUE if one else CAN_BE_FALSE), number.finite, 0)
    zero = number.least <= 0 <= number.most
    return CAN_BE_TRUE | (CAN_BE_FALSE if zero else 0)


_WORDS = (
    (TEXT, "text"),
    (NUMBER, "a number"),
    (TRUTH, "true or false"),
    (ITEMS, "a list"),
    (MEMBERS, "a mapping"),
    (NULL, "null"),
    (UNDEFINED, "nothing"),
    (OPAQUE, "no data"),
)


def named(kinds: int) -> str:
    """Kinds in words of the spec language: ``text``, ``a number or null``."""
    words = [word for bit, word in _WORDS if kinds & bit]
    return " or ".join(words) or "nothing"
