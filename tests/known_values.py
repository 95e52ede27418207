"""Sets of values made up by hypothesis, each with some of the values in it: declared variables, and what templates make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st

from msgspec_tool.domain import texts, values
from msgspec_tool.domain.values import Items, Value
from msgspec_tool.model import Variable
from msgspec_tool.variables.bounds import declared_value
from msgspec_tool.variables.casting import CastError, value_of_json
from msgspec_tool.variables.numbers import DecimalNumber

NAME = "v"
"""The variable that brings all these values."""


class Known(NamedTuple):
    """A set of values, and some that are surely in it."""

    value: Value
    some: tuple[Any, ...]


CHARACTERS = st.one_of(
    st.sampled_from("abzAZ09 .,-@!/+_\"'<>&%\n\r"),
    st.sampled_from("{}[]^~|€\\\f"),
    st.sampled_from("èßÄΩΣñåØÇ¿"),
    st.sampled_from("`\t\x01\x7f\x00\x1c"),
    st.sampled_from("Łłçıİŉΐʼσς«\u00a0\u0085\u00ad\u0301\u0327¨½ǆǅ"),
    st.sampled_from("ह₹™ﬁ漢ẞK’…\u2003\u3000\u200b\ufeff⁇㏂￥ﬃ"),
    st.sampled_from("😀𝒳𐐀𐐨\U0001d160\U0010ffff"),
    st.characters(exclude_categories=["Cs"]),
)
"""Characters of every class, those with odd forms in front."""

LITERALS = st.sampled_from(("", "a", "Hi ", " ", "ß", "€", "Ł", "😀", "aa", "A-1 ", '"', "%", "www", ", ", "\n"))
TEXTS = st.text(CHARACTERS, max_size=8)

_LEXEMES = (
    *("0", "-0", "0.0", "-0.00", "0.5", "-0.5", "1.5", "2.5", "0.005", "1.005", "2.675", "0.29", "1.1", "9.995", "99.995", "-99.995"),
    *("1299.50", "99999.99", "12", "-12", "100", "1e3", "1E-3", "1e-7", "-3.25", "7.000", "1e15", "1e16", "1.5e300", "1e-300"),
    *("123456789012345678", "12345678901234567890123456789012345", "0.1234567890123456789012345678901", "0.30000000000000000001"),
    *("999999999999999999999999999999", "-999999999999999999999999999999.5", "1000000000000000000000000000000", "0.99999999999999999999"),
    *("9007199254740993", "9007199254740993.5", "33", "42", "1000000", "999.5", "0.0001", "0.00001"),
)


def _number(lexeme: str) -> int | DecimalNumber:
    return int(lexeme) if lexeme.lstrip("-").isdecimal() else DecimalNumber(lexeme)


NUMBERS = st.one_of(
    st.sampled_from([_number(lexeme) for lexeme in _LEXEMES]),
    st.integers(-(10**4), 10**4),
    st.decimals(-(10**6), 10**6, places=2).map(str).map(DecimalNumber),
    st.decimals(-2, 2, places=5).map(str).map(DecimalNumber),
)

_CHARSETS = {
    "ascii": st.one_of(CHARACTERS.filter(str.isascii), st.characters(max_codepoint=127)),
    "gsm7": st.sampled_from("abAZ09 {}[]^~|€\\èßÄΩΣñ\n"),
    "any": CHARACTERS,
}
_PATTERNS = {
    "^[A-Z0-9]{6,12}$": r"[A-Z0-9]{6,12}",
    "^[A-Z]{2}-[0-9]{3,5}$": r"[A-Z]{2}-[0-9]{3,5}",
    "^(gold|silver|größe)$": r"(gold|silver|größe)",
    "^[^ ]+$": r"[^ ]{1,9}",
    "INV[0-9]+": r"x{0,2}INV[0-9]{1,4}z?",
    "^https://": r"https://[a-z ]{0,8}",
}


def held(schema: Mapping[str, Any], candidates: Sequence[Any]) -> Known:
    """What a declaration says, with those of the candidates that it allows, as they reach a template."""
    variable = Variable(NAME, None, schema)  # type: ignore[arg-type]
    some = []
    for candidate in candidates:
        try:
            some.append(value_of_json(variable, candidate))
        except CastError:
            continue
    return Known(declared_value(variable), tuple(some))


@st.composite
def declared_texts(draw: st.DrawFn) -> Known:
    """Text of a declared length, charset, pattern or format."""
    kind = draw(st.sampled_from(("plain", "plain", "plain", "pattern", "format", "enum")))
    if kind == "enum":
        several = draw(st.lists(TEXTS, min_size=1, max_size=20, unique=True))
        return held({"enum": several}, several)
    schema: dict[str, Any] = {"type": "string"}
    least = draw(st.integers(0, 4))
    most = draw(st.one_of(st.none(), st.integers(least, 12)))
    schema |= {"minLength": least} if least else {}
    schema |= {"maxLength": most} if most is not None else {}
    if kind == "format":
        schema["format"], one = draw(st.sampled_from(list(FORMATTED.items())))
        schema.pop("maxLength", None)
        return held(schema, draw(st.lists(one, min_size=1, max_size=4)))
    if kind == "pattern":
        schema["pattern"], written = draw(st.sampled_from(list(_PATTERNS.items())))
        return held(schema, draw(st.lists(st.from_regex(written, fullmatch=True), min_size=2, max_size=5)))
    charset = draw(st.sampled_from(("any", "any", "ascii", "gsm7")))
    schema |= {"charset": charset} if charset != "any" else {}
    some = st.text(_CHARSETS[charset], min_size=least, max_size=12 if most is None else most)
    return held(schema, draw(st.lists(some, min_size=2, max_size=5)))


_CLOCKS = st.sampled_from(("T00:00:00Z", "T23:59:59.999999999+05:30", "t09:05:07.5-11:00", "T12:00:00Z", "T12:30:00z"))
FORMATTED: dict[str, st.SearchStrategy[str]] = {
    "date": st.dates().map(str),
    "date-time": st.builds("{}{}".format, st.dates(), _CLOCKS),
    "msisdn": st.from_regex(r"\+?[1-9][0-9]{6,14}", fullmatch=True).map(str),
    "email": st.sampled_from(("a@b", "someone@example.com", "ü@ß.de", "a'b@c")),
    "uri": st.sampled_from(("a:b", "https://example.com/ä?q=[1]~", "tel:+44")),
}
"""Texts of each format."""


@st.composite
def declared_numbers(draw: st.DrawFn) -> Known:
    """Numbers of a declared range or step."""
    kind = draw(st.sampled_from(("integer", "number", "number", "enum")))
    candidates = draw(st.lists(NUMBERS, min_size=2, max_size=6))
    if kind == "enum":
        return held({"type": draw(st.sampled_from(("integer", "number"))), "enum": candidates}, candidates)
    schema: dict[str, Any] = {"type": kind}
    bounds = sorted((draw(NUMBERS), draw(NUMBERS)), key=lambda one: Decimal(str(one)))
    schema |= {"minimum": bounds[0]} if draw(st.booleans()) else {}
    schema |= {"maximum": bounds[1]} if draw(st.booleans()) else {}
    schema |= {"multipleOf": draw(st.sampled_from((1, 5, DecimalNumber("0.01"), 0.5)))} if draw(st.integers(0, 3)) == 0 else {}
    return held(schema, (*candidates, *bounds, draw(st.sampled_from((0, 5, DecimalNumber("5.0"), DecimalNumber("0.50"))))))


def _joined(one: Known, other: Known) -> Known:
    return Known(values.join(one.value, other.value), one.some + other.some)


def _around(before: str, known: Known, after: str) -> Known:
    """Text with a known beginning and end, as it comes of ``'Hi ' ~ name``."""
    assert known.value.text is not None
    made = texts.concat(texts.concat(texts.exactly((before,)), known.value.text), texts.exactly((after,)))
    return Known(_brought(values.of_text(made)), tuple(f"{before}{one}{after}" for one in known.some))


def _constants(several: Sequence[Any]) -> Known:
    made = values.NOTHING
    for one in several:
        made = values.join(made, values.constant(one))
    return Known(_brought(made), tuple(several))


def _brought(value: Value) -> Value:
    """As a value of the variable, which brings all of it."""
    name = frozenset((NAME,))
    return value.brought_by(name)._replace(text=value.text.of(name) if value.text is not None else None)


@st.composite
def known_texts(draw: st.DrawFn) -> Known:
    """Texts: declared, with known beginnings and ends, joined, and just these."""
    several = st.lists(TEXTS, min_size=1, max_size=20).map(_constants)
    around = st.builds(_around, LITERALS, declared_texts(), LITERALS)
    return draw(st.one_of(declared_texts(), around, st.builds(_joined, declared_texts(), several), several))


@st.composite
def known_numbers(draw: st.DrawFn) -> Known:
    """Numbers: declared, counted, joined, and just these."""
    several = st.lists(NUMBERS, min_size=1, max_size=20).map(_constants)
    counted = st.integers(0, 9).map(lambda most: Known(values.counted(0, most), tuple(range(most + 1))))
    return draw(st.one_of(declared_numbers(), st.builds(_joined, declared_numbers(), declared_numbers()), several, counted))


@st.composite
def known_scalars(draw: st.DrawFn) -> Known:
    """Texts, numbers, truth values and null, and several of these at once."""
    others = st.sampled_from((Known(values.BOOLEAN, (True, False)), _constants((None,)), _constants((True,))))
    optional = st.builds(_joined, known_texts(), st.just(_constants((None,))))
    return draw(st.one_of(known_texts(), known_numbers(), others, st.builds(_joined, known_texts(), known_numbers()), optional))


def _picks(draw: st.DrawFn, known: Known, most: int) -> list[Any]:
    return draw(st.lists(st.sampled_from(known.some), max_size=most)) if known.some else []


@st.composite
def _lists_of(draw: st.DrawFn, inner: st.SearchStrategy[Known]) -> Known:
    """Lists whose elements are known one by one, and lists of which only the elements' bounds are."""
    if draw(st.booleans()):
        parts = draw(st.lists(inner.filter(lambda known: known.some), max_size=4))
        some = [[draw(st.sampled_from(part.some)) for part in parts] for _ in range(3)]
        return Known(values.listed([part.value for part in parts]), tuple(some))
    element = draw(inner)
    least = draw(st.integers(0, 2)) if element.some else 0
    most = draw(st.sampled_from((least, least + 1, least + 3, float("inf"))))
    some = [_picks(draw, element, int(min(most, 5))) for _ in range(3)]
    kept = [one for one in some if len(one) >= least] + ([[element.some[0]] * least] if least else [])
    made = Value(items=Items(element.value, least, most, weight=1 + _weight(element.value)), sources=frozenset((NAME,)))
    return Known(made, tuple(kept))


def _weight(value: Value) -> int:
    return max(value.items.weight if value.items else 1, value.members.weight if value.members else 1)


_KEYS = ("title", "count", "items", "b c", "Ä")


@st.composite
def _mappings_of(draw: st.DrawFn, inner: st.SearchStrategy[Known]) -> Known:
    """Mappings with known members, some of which may be absent."""
    members = draw(st.dictionaries(st.sampled_from(_KEYS), inner.filter(lambda known: known.some), max_size=4))
    optional = {name for name in members if draw(st.booleans())}
    known = {name: one.value._replace(undefined=name in optional) for name, one in members.items()}
    some = []
    for _ in range(3):
        present = [name for name in members if name not in optional or draw(st.booleans())]
        some.append({name: draw(st.sampled_from(members[name].some)) for name in present})
    return Known(values.mapping(known), tuple(some))


def _declared_lists() -> st.SearchStrategy[Known]:
    schema = {
        "type": "array",
        "maxItems": 3,
        "items": {
            "type": "object",
            "required": ["title", "count"],
            "properties": {
                "title": {"type": "string", "maxLength": 5},
                "count": {"type": "integer", "minimum": 1, "maximum": 99},
                "hint": {"type": "number", "maximum": 4},
            },
        },
    }
    line = st.fixed_dictionaries(
        {"title": st.text(CHARACTERS, max_size=5), "count": st.sampled_from((1, 99, DecimalNumber("5.0")))},
        optional={"hint": st.sampled_from((1, DecimalNumber("1.50"), -7)), "else": st.sampled_from((1, "x"))},
    )
    return st.lists(st.lists(line, max_size=3), min_size=1, max_size=4).map(lambda several: held(schema, several))


@st.composite
def known_lists(draw: st.DrawFn) -> Known:
    """Lists of texts, of numbers, of all that can be printed, of mappings."""
    inner = (known_texts(), known_numbers(), known_scalars())
    return draw(st.one_of(*map(_lists_of, inner), _declared_lists()))


@st.composite
def known_mappings(draw: st.DrawFn) -> Known:
    """Mappings of scalars and lists."""
    return draw(_mappings_of(st.one_of(known_scalars(), _lists_of(known_texts()))))


@st.composite
def known_lines(draw: st.DrawFn) -> Known:
    """Lists of mappings."""
    flat, nested = _lists_of(_mappings_of(known_scalars())), _lists_of(_mappings_of(_mappings_of(known_texts())))
    return draw(st.one_of(flat, nested, _declared_lists()))


@st.composite
def known(draw: st.DrawFn) -> Known:
    """Values of every kind."""
    nested = _lists_of(_lists_of(known_texts()))
    return draw(st.one_of(known_scalars(), known_lists(), known_mappings(), known_lines(), nested))


def exactly(*several: Any) -> Known:
    """Just these values."""
    return _constants(several)
