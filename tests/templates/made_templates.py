"""Templates and data made up by hypothesis: variables of every kind, and all that the language lets a template do with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from msgspec_tool.domain.characters import BASIC, EXTENSION
from msgspec_tool.model import Variable
from msgspec_tool.templates.bounds.analysis import Analysis, Setting
from msgspec_tool.templates.bounds.surrounding import setting
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.variables.keywords import violation
from msgspec_tool.variables.numbers import DecimalNumber

SCHEMAS: dict[str, dict[str, Any]] = {
    "name": {"type": "string", "maxLength": 8},
    "code": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{3,5}$"},
    "plain": {"type": "string", "maxLength": 6, "charset": "gsm7"},
    "word": {"type": "string", "minLength": 1, "maxLength": 5, "charset": "ascii"},
    "free": {"type": "string"},
    "offer": {"type": "string", "maxLength": 6, "default": ""},
    "note": {"type": "string", "maxLength": 6, "required": False},
    "tier": {"type": "string", "enum": ["gold", "blue", "größe"]},
    "due": {"type": "string", "format": "date"},
    "at": {"type": "string", "format": "date-time"},
    "amount": {"type": "number", "minimum": 0, "maximum": 99999.99},
    "change": {"type": "number", "minimum": -500, "maximum": 500, "multipleOf": 0.01},
    "days": {"type": "integer", "minimum": 0, "maximum": 31},
    "total": {"type": "integer"},
    "gift": {"type": "boolean"},
    "lines": {
        "type": "array",
        "maxItems": 3,
        "items": {
            "type": "object",
            "required": ["title", "count"],
            "properties": {
                "title": {"type": "string", "maxLength": 5},
                "count": {"type": "integer", "minimum": 1, "maximum": 99},
                "hint": {"type": "string", "maxLength": 4},
            },
        },
    },
    "tags": {"type": "array", "minItems": 1, "maxItems": 4, "items": {"type": "string", "maxLength": 3}},
    "trip": {"type": "object", "required": ["to"], "properties": {"to": {"type": "string", "maxLength": 6}, "gate": {"type": "integer"}}},
}
VARIABLES = {name: Variable(name, None, schema) for name, schema in SCHEMAS.items()}  # type: ignore[arg-type]
SETTING: Setting = setting(
    VARIABLES, spec_name="made-up", channels=("sms",), environments=({"site": "https://a.example"},), locales=("en",)
)

_CHARS = st.one_of(
    st.sampled_from("abzAZ09 .,-@!"),
    st.sampled_from("{}[]^~|€\\"),
    st.sampled_from("èßÄΩΣñ"),
    st.sampled_from("`\t\x01"),
    st.sampled_from("Łłçıİŉΐʼ’“…\u00a0\u200b\u0301"),
    st.sampled_from("ह₹™ﬁ漢ẞK"),
    st.sampled_from("😀𝒳"),
    st.characters(exclude_categories=["Cs"]),
)
_CHARSETS = {"gsm7": st.sampled_from(sorted(BASIC | EXTENSION)), "ascii": st.characters(max_codepoint=127)}
_NUMBERS = [
    DecimalNumber(text) for text in ("0", "0.5", "1299.50", "99999.99", "12", "1e3", "-3.25", "500", "-0.01", "7.000", "42", "-0.00")
]


def _texts(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    if schema.get("format") == "date":
        return st.dates().map(str)
    if schema.get("format") == "date-time":
        return st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z")
    if "pattern" in schema:
        return st.builds(
            "{}-{:0{}}".format, st.text(st.sampled_from("AMZ"), min_size=2, max_size=2), st.integers(0, 999), st.integers(3, 5)
        )
    chars = _CHARSETS.get(schema.get("charset", ""), _CHARS)
    return st.text(chars, min_size=schema.get("minLength", 0), max_size=schema.get("maxLength", 12))


def sound(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema allows."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema["type"]
    if kind == "string":
        return _texts(schema)
    if kind == "integer":
        return st.integers(schema.get("minimum", -(10**12)), schema.get("maximum", 10**12))
    if kind == "number":
        return st.sampled_from([number for number in _NUMBERS if violation(schema, number) is None])
    if kind == "boolean":
        return st.booleans()
    if kind == "array":
        return st.lists(sound(schema["items"]), min_size=schema.get("minItems", 0), max_size=schema["maxItems"])
    members = {name: sound(inner) for name, inner in schema["properties"].items()}
    needed = {name: members.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(needed, optional=members)


def _value(name: str) -> st.SearchStrategy[Any]:
    schema = SCHEMAS[name]
    allowed = sound(schema)
    if "default" in schema:
        return st.one_of(st.just(schema["default"]), allowed)
    return st.one_of(st.none(), allowed) if schema.get("required") is False else allowed


DATA = st.fixed_dictionaries({name: _value(name) for name in SCHEMAS})
"""One row: a value for every variable."""

_FILTERS = (
    *("upper", "lower", "title", "capitalize", "trim", "gsm7", "urlencode", "tojson", "string", "wordcount", "length", "reverse"),
    *("replace('a', 'bcd')", "replace('ab', '')", "replace('', '-')", "truncate(4)", "truncate(5, true)", "truncate(6, end='…', leeway=0)"),
    *("bytes(5)", "bytes(9)", "default('x')", "default('none', true)", "first", "last", "list | join('-')", "trim('a')", "int", "float"),
)
_NUMBER_FILTERS = (
    *("money('EUR')", "money('INR', display='code')", "money('GBP', display='name')", "money('JPY')", "money('EUR', locale='de')"),
    *("number", "number(2)", "number(0, locale='hi')", "round(1)", "round(2, 'floor')", "abs", "int", "float"),
)
_DATES = ("date('d MMM')", "date", "date('EEEE, d MMMM yyyy')", "date('long', 'de')", "date('yy-MM-dd')", "date('full', locale='fr')")
_LISTS = (
    *(
        "tags | join",
        "tags | join(', ')",
        "tags | length",
        "tags | first",
        "tags | last",
        "tags | sort | join('/')",
        "tags | unique | join",
    ),
    *("tags | map('upper') | join", "tags | reverse | join(' ')", "lines | map(attribute='title') | join('; ')", "lines | length"),
    *("lines | sum(attribute='count')", "tags | select('eq', 'a') | join", "tags | max", "lines[0].title", "tags[0]", "tags[:2] | join"),
)
_TEXTS = ("name", "code", "plain", "word", "free", "offer", "note", "tier", "trip.to", "env.site", "spec.name", "spec.version")
_AMOUNTS = ("amount", "change", "days", "total")
_ARITHMETIC = (
    "days + 1",
    "days * 2",
    "days % 7",
    "days - 40",
    "days / 3",
    "days // 2",
    "-days",
    "amount + 1",
    "change * 3",
    "total + days",
)
_TESTS = (
    *("offer", "note", "gift", "name", "days", "lines", "note is none", "note is defined", "not gift", "tier == 'gold'", "days > 1"),
    *("days >= 1 and days < 5", "tier in ['gold', 'blue']", "amount > 1000", "name | length > 3", "name == plain", "gift or offer"),
    *("tier != 'blue'", "note is string", "days is odd", "'a' in name", "offer and not gift", "total == 0", "tags[0] == 'a'"),
)


def _expression() -> st.SearchStrategy[str]:
    text = st.sampled_from(_TEXTS)
    filtered = st.builds(lambda name, chain: " | ".join((name, *chain)), text, st.lists(st.sampled_from(_FILTERS), max_size=2))
    number = st.builds(
        lambda name, chain: " | ".join((name, *chain)), st.sampled_from(_AMOUNTS), st.lists(st.sampled_from(_NUMBER_FILTERS), max_size=1)
    )
    date = st.builds(lambda name, one: f"{name} | {one}", st.sampled_from(("due", "at")), st.sampled_from(_DATES))
    simple = st.one_of(filtered, number, date, st.sampled_from(_LISTS), st.sampled_from(_ARITHMETIC), text)
    choice = st.builds(lambda one, test, other: f"{one} if {test} else ({other})", simple, st.sampled_from(_TESTS), simple)
    joined = st.builds(lambda one, other: f"({one}) ~ ({other})", simple, simple)
    either = st.builds(lambda one, other: f"{one} or {other}", text, text)
    sliced = st.builds(lambda name, stop: f"{name}[:{stop}]", text, st.integers(0, 5))
    return st.one_of(simple, simple, choice, joined, either, sliced)


_LITERAL = st.sampled_from(("Hi ", ", ", "x", "€", "ß", "Ł", "😀", "\n", " "))


def _statement(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    test = st.sampled_from(_TESTS)
    return st.one_of(
        st.builds(lambda one, body: f"{{% if {one} %}}{body}{{% endif %}}", test, inner),
        st.builds(
            lambda one, body, two, more, rest: f"{{% if {one} %}}{body}{{% elif {two} %}}{more}{{% else %}}{rest}{{% endif %}}",
            test,
            inner,
            test,
            inner,
            inner,
        ),
        inner.map(lambda body: "{% for line in lines %}{{ loop.index }}{{ line.title }}{{ line.count }}" + body + "{% endfor %}"),
        inner.map(lambda body: "{% for tag in tags %}{{ tag }}{% if not loop.last %}, {% endif %}{% else %}" + body + "{% endfor %}"),
        inner.map(lambda body: "{% for tag in tags if tag %}{{ loop.index0 }}{{ tag | upper }}{% endfor %}" + body),
        inner.map(lambda body: "{% set made %}" + body + "{% endset %}{{ made | upper }}{{ made | length }}"),
        st.builds(lambda one, body: "{% set made = " + one + " %}{{ made }}" + body, _expression(), inner),
        inner.map(lambda body: "{% macro m(a, b='-') %}[{{ a }}{{ b }}]{% endmacro %}{{ m(word) }}{{ m(tier, days) }}" + body),
        inner.map(lambda body: "{% filter lower %}" + body + "{% endfilter %}"),
        inner.map(lambda body: "{% with w = word %}{{ w }}" + body + "{% endwith %}"),
        inner.map(
            lambda body: (
                "{% set ns = namespace(n=0) %}{% for line in lines %}{% set ns.n = ns.n + line.count %}{% endfor %}{{ ns.n }}" + body
            )
        ),
        inner.map(lambda body: "{% set x = 'a' %}{% if gift %}{% set x = name %}{% endif %}{{ x }}" + body),
    )


_PIECE = st.one_of(_LITERAL, _expression().map(lambda one: "{{ " + one + " }}"))
_BODY = st.lists(_PIECE, min_size=1, max_size=3).map("".join)
TEMPLATES = st.lists(st.one_of(_PIECE, _PIECE, st.recursive(_BODY, _statement, max_leaves=3)), min_size=1, max_size=4).map("".join)
"""Templates of which most render for most rows."""


def analysis(source: str) -> Analysis:
    """What is known of a template over the variables above."""
    return Analysis(parse_template(source), SETTING)


def scope(data: Mapping[str, Any]) -> dict[str, Any]:
    """The names of a row as a render has them."""
    recipient = {"row": 1, "address": "+447700900123", "channel": "sms"}
    spec = {"name": "made-up", "version": "0123456789ab"}
    return {**data, "env": {"site": "https://a.example"}, "spec": spec, "recipient": recipient}
