"""Values of a declared variable that are likely to break something: the longest, the shortest, the dearest, the odd ones.

Every value that is given keeps its declaration: it is one that a customer's data may hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from msgspec_tool.domain.characters import ACCENTED, ASCII_ONLY, ASTRAL, ESCAPED, EURO, NARROW, PLAIN, REPRESENTATIVES, WIDE
from msgspec_tool.model import Variable
from msgspec_tool.source.document import Plain
from msgspec_tool.variables.keywords import is_number, violation
from msgspec_tool.variables.numbers import DecimalNumber, exact
from msgspec_tool.variables.patterns import example

MOST_LENGTH = 4_000
"""Characters of the longest text that is tried."""

MOST_ITEMS = 64
"""Elements of the longest list that is tried."""

MOST_VALUES = 64
"""Values of one variable that are tried."""

_DEAR = (ASTRAL, WIDE, EURO, NARROW, ACCENTED, ESCAPED, ASCII_ONLY, PLAIN)
_ODD = "™"
"""What filters make longest: four characters in GSM-7."""

_DAYS = (
    *("2030-09-25", "2030-01-30", "2030-02-27", "2030-03-27", "2030-04-24", "2030-05-29", "2030-06-26", "2030-07-31", "2030-08-28"),
    *("2030-10-30", "2030-11-27", "2030-12-25", "2030-05-01", "2030-05-06", "2030-03-01", "2030-09-07", "2030-09-05", "2030-06-03"),
    *("2030-12-31", "0001-01-01", "9999-12-31"),
)
_CLOCKS = ("T23:59:59Z", "T00:00:00Z", "T09:05:07.123456789+05:30")
_PHONES = (
    "+788466574900493",
    "+447700900123",
    "447700900123",
    "+12025550123",
    "+491701234567890",
    "123456789012345",
    "1234567",
    "+1234567",
)
_URLS = ("https://example.com/a", "http://example.com", "ftp://example.com/a", "javascript:a", "a:b")
_EMAILS = ("someone@example.com", "a@b")


class Extremes(NamedTuple):
    """Values by what they are good for; each list begins with the most extreme."""

    long: tuple[Plain, ...]
    short: tuple[Plain, ...]
    others: tuple[Plain, ...] = ()

    @property
    def all(self) -> tuple[Plain, ...]:
        """Every value once."""
        kept: dict[str, Plain] = {}
        for value in (*self.long, *self.short, *self.others):
            kept.setdefault(repr(value), value)
        return tuple(islice(kept.values(), MOST_VALUES))


def extremes(variable: Variable, hints: Iterable[Plain] = (), unbounded: int = 40) -> Extremes:
    """Extreme values of a variable; null is among the short ones where it may be missing.

    ``hints`` are values that a template compares with: they and their neighbours are tried too. ``unbounded`` is how long
    texts are that have no declared length.
    """
    schema = variable.schema if "type" in variable.schema else {"type": "string", **variable.schema}
    found = _of_schema(schema, unbounded)
    short = list(found.short)
    if "default" in schema:
        short.insert(0, schema["default"])
    elif not variable.required:
        short.insert(0, None)
    near = list(_neighbours(hints))
    listed = [[hint] for hint in near] if schema.get("type") == "array" else []
    others = (*found.others, *_kept(schema, near), *_kept(schema, listed), *_kept(schema, _list(schema.get("examples"))))
    return Extremes(found.long, tuple(short), others)


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _kept(schema: Mapping[str, Plain], candidates: Iterable[Plain]) -> tuple[Plain, ...]:
    return tuple(value for value in candidates if violation(schema, value) is None)


def _neighbours(hints: Iterable[Plain]) -> Iterator[Plain]:
    for hint in hints:
        yield hint
        if is_number(hint):
            around = exact(hint)
            for number in (around + 1, around - 1, around + Decimal("0.01"), around - Decimal("0.01")):
                yield int(number) if number == number.to_integral_value() else DecimalNumber(str(number))


def _of_schema(schema: Mapping[str, Plain], unbounded: int) -> Extremes:
    for keyword in ("const", "enum"):
        if keyword in schema:
            listed = _kept({}, _list(schema[keyword]) if keyword == "enum" else [schema[keyword]])
            ordered = tuple(sorted(listed, key=lambda value: -len(str(value))))
            return Extremes(ordered, ordered[::-1])
    kind = schema.get("type")
    if kind == "string":
        return _texts(schema, unbounded)
    if kind in ("integer", "number"):
        return _numbers(schema, endless=unbounded > 0)
    if kind == "boolean":
        return Extremes((True, False), (False, True))
    if kind == "array":
        return _lists(schema, unbounded)
    return _mappings(schema, unbounded) if kind == "object" else Extremes((), ())


def _texts(schema: Mapping[str, Plain], unbounded: int) -> Extremes:
    fixed = _formatted(schema)
    if fixed:
        kept = _kept(schema, fixed)
        return Extremes(kept, tuple(sorted(kept, key=len)))
    if isinstance(schema.get("pattern"), str):
        return _patterned(schema, unbounded)
    shortest = _count(schema, "minLength", 0)
    longest = min(MOST_LENGTH, max(shortest, _count(schema, "maxLength", unbounded)))
    long = _kept(schema, (REPRESENTATIVES[kind] * longest for kind in _DEAR))
    short = _kept(schema, ("" if not shortest else "i" * shortest, "i" * max(1, shortest), " " * max(1, shortest)))
    odd = _kept(schema, (_ODD * longest, "ß" * longest, "è" * longest, "Ł" * max(1, shortest), "x" * longest))
    return Extremes(long, short, odd)


def _count(schema: Mapping[str, Plain], keyword: str, otherwise: int) -> int:
    bound = schema.get(keyword)
    return max(0, int(bound)) if is_number(bound) and bound is not None else otherwise


def _formatted(schema: Mapping[str, Plain]) -> tuple[str, ...]:
    kind = schema.get("format")
    if kind == "date":
        return _DAYS
    if kind == "date-time":
        return (*(day + clock for day in _DAYS for clock in _CLOCKS[:2]), _DAYS[0] + _CLOCKS[2])
    if kind == "uri":
        longest = min(MOST_LENGTH, _count(schema, "maxLength", 0))
        return tuple(one.ljust(longest, "a") for one in _URLS[:1]) + _URLS
    if kind == "email":
        longest = min(MOST_LENGTH, _count(schema, "maxLength", 0))
        return tuple(one.ljust(longest, "m") for one in _EMAILS[:1]) + _EMAILS
    return _PHONES if kind == "msisdn" else ()


def _patterned(schema: Mapping[str, Plain], unbounded: int) -> Extremes:
    pattern = str(schema["pattern"])
    longest, shortest = min(MOST_LENGTH, _count(schema, "maxLength", unbounded)), _count(schema, "minLength", 0)
    long: list[Plain] = []
    for kinds in ((kind, *_DEAR) for kind in _DEAR):
        # of one endless part all is right at once; with several the room is shared
        fills = (longest, longest - 1, longest - 2, longest // 2, longest // 3, longest - 4, longest - 8)
        made = (example(pattern, longest=True, classes=kinds, fill=max(0, fill)) for fill in fills)
        long += _kept(schema, (text for text in made if text is not None))[:1]
    short = [example(pattern, longest=False, fill=shortest), example(pattern, longest=True, fill=shortest)]
    return Extremes(tuple(long), _kept(schema, (text for text in short if text is not None)))


def _numbers(schema: Mapping[str, Plain], *, endless: bool) -> Extremes:
    low, high = schema.get("minimum"), schema.get("maximum")
    whole = schema.get("type") == "integer"
    bounds = [value for value in (high, low) if is_number(value)]
    usual: list[Plain] = [0, 1, -1, 9, 10, 12, 100, 999, 1000, 9999, 12345, 100000, 1000000, 10**9]
    huge: list[Plain] = [10**30 - 1, 1 - 10**30] if endless and not is_number(high) else []
    huge += [] if whole or not huge else [DecimalNumber("9" * 30 + "." + "9" * 30)]
    fractions: list[Plain] = [] if whole else [DecimalNumber(text) for text in ("0.5", "0.01", "1234.56", "99999.99", "1299.50", "-0.01")]
    steps = [] if whole or not is_number(high) else _neighbours([high])
    kept = _kept(schema, (*huge, *bounds, *steps, *usual, *fractions))
    ordered = sorted(kept, key=lambda value: (-len(str(value)), str(value)))
    return Extremes(tuple(ordered), tuple(sorted(kept, key=lambda value: (len(str(value)), abs(value)))))


def _lists(schema: Mapping[str, Plain], unbounded: int) -> Extremes:
    items = schema.get("items")
    inner = _of_schema(items, unbounded) if isinstance(items, dict) else Extremes(("x",), ("",))
    longest = min(MOST_ITEMS, _count(schema, "maxItems", 5))
    shortest = min(MOST_ITEMS, _count(schema, "minItems", 0))
    long = [[value] * longest for value in inner.long[:16]]
    short = [[value] * shortest for value in inner.short[:2] or inner.long[:1]]
    others = [[value] for value in (*inner.short[:2], *inner.long[:2])] + [[value] * min(2, longest) for value in inner.long[:2]]
    return Extremes(_kept(schema, long), _kept(schema, short), _kept(schema, others))


def _mappings(schema: Mapping[str, Plain], unbounded: int) -> Extremes:
    properties = schema.get("properties")
    members = {name: _of_schema(inner, unbounded) for name, inner in properties.items()} if isinstance(properties, dict) else {}
    needed = set(_list(schema.get("required")))
    several = {name: (*found.long, *found.others) for name, found in members.items()}
    long = [
        {name: found[min(turn, len(found) - 1)] for name, found in several.items() if found}
        for turn in range(max(map(len, several.values()), default=1))
    ]
    short = [
        {name: found.short[0] for name, found in members.items() if found.short and name in needed},
        {name: found.short[0] for name, found in members.items() if found.short},
    ]
    return Extremes(_kept(schema, long[:16]), _kept(schema, short))
