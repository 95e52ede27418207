"""What templates render to, and how they fail."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from msgspec_tool.templates.failures import RenderFailure
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.partials import Partials
from msgspec_tool.templates.running.engine import Engine
from msgspec_tool.templates.values import OMIT
from msgspec_tool.variables.numbers import DecimalNumber

SCOPE = {
    "amount": DecimalNumber("1299.50"),
    "count": 3,
    "due": "2030-01-31",
    "at": "2030-01-31T18:30:00.000+05:30",
    "local": "2030-01-31 18:30",
    "none": None,
    "name": "Asha",
    "tags": ["b", "a", "b"],
    "rows": [{"n": 1, "t": "x"}, {"n": 2, "t": "y"}],
    "row": {"items": "column", "k": "v"},
    "phone": "447700900123",
    "text": "“Hi” – ok…",
    "yes": True,
}


def render(source: str, native: bool = False, **options: object) -> object:
    engine = Engine(None, smartlinks=frozenset({"1"}), **options)  # type: ignore[arg-type]
    return engine.compile(parse_template(source), native=native).render(SCOPE)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain\r\ntext\r", "plain\ntext\n"),
        ("{{ amount }} {{ count }} {{ yes }}", "1299.50 3 True"),
        ("{{ amount | money('INR', display='code') }}", "INR 1,299.50"),
        ("{{ amount | money('INR') }}", "₹1,299.50"),
        ("{{ amount | money('INR', display='name') }}", "1,299.50 Indian rupees"),
        ("{{ amount | money('INR', locale='en-IN') }}|{{ 123456 | money('INR', locale='en_IN') }}", "₹1,299.50|₹1,23,456.00"),
        ("{{ amount | money('EUR', locale='de') }} {{ amount | money('EUR', 'code', 'de') }}", "1.299,50 € 1.299,50 EUR"),
        (
            "{{ amount | money('JPY') }} {{ 2.675 | money('USD') }} {{ -2.675 | money('USD') }} {{ '0.125' | money('GBP') }}",
            "¥1,300 $2.68 -$2.68 £0.13",
        ),
        ("{{ 1234567.5 | number }} {{ 2.5 | number(0) }} {{ amount | number(1, 'fr') }}", "1,234,567.5 3 1 299,5"),
        ("{{ due | date('d MMM') }} {{ due | date }} {{ due | date('full', 'de') }}", "31 Jan Jan 31, 2030 Donnerstag, 31. Januar 2030"),
        ("{{ at | date('HH:mm') }} {{ at | date('short') }} {{ local | date('HH:mm') }}", "13:00 1/31/30 18:30"),
        ("{{ due | date(\"d 'o''clock'\") }}", "31 o'clock"),
        ("{{ '2030-01-31T18:30:00Z' | date('h:mm a') }}", "6:30 PM"),
        (
            "{{ phone | phone }} {{ phone | phone('e164') }} {{ ('+' ~ phone) | phone('national') }}",
            "+44 7700 900123 +447700900123 07700 900123",
        ),
        ("{{ text | gsm7 }} {{ 'é€x' | bytes(4) }}", '"Hi" - ok... é'),
        ("{{ none | default('x') }}{{ none | d('y') }}{{ '' | default('z', true) }}{{ 0 | default(1) }}", "xyz0"),
        ("{{ smartlink(1) }} {{ smartlink('1') }}", "{{link_1}} {{link_1}}"),
        ("{{ tags | join(', ') }} {{ rows | join('-', attribute='t') }} {{ tags | unique | sort | join }}", "b, a, b x-y ab"),
        ("{{ rows | sum(attribute='n') }} {{ [1, 2.5] | sum }} {{ [1] | sum(start=1) }}", "3 3.5 2"),
        ("{{ tags | length }}{{ name | count }}{{ tags | map('upper') | length }}{{ row | length }}", "3432"),
        ("{{ tags | reverse | join }}{{ name | reverse }}", "babahsA"),
        (
            "{{ name | upper }}{{ name | lower }}{{ 'x y' | title }}{{ 'ab' | capitalize }}{{ ' x ' | trim }}{{ 1 | string }}",
            "ASHAashaX YAbx1",
        ),
        ("{{ name | replace('a', 'b') }}{{ 'aaa' | replace('a', 'b', 1) }}{{ 'ab' | replace('', '-') }}", "Ashbbaa-a-b-"),
        ("{{ 'one two three' | truncate(7, leeway=0) }}{{ 'one two' | wordcount }}", "one...2"),
        ("{{ 'a b&c' | urlencode }} {{ {'q': 'a b'} | urlencode }} {{ [['q', 'é']] | urlencode }}", "a%20b%26c q=a+b q=%C3%A9"),
        ("{{ {'a': [1, none, 'é', amount]} | tojson }}{{ [1] | tojson(1) }}", '{"a": [1, null, "é", 1299.5]}[\n 1\n]'),
        (
            "{{ -3 | abs }} {{ 2.567 | round(2) }} {{ 2.1 | round(method='ceil') }} {{ '12' | int + 1 }} {{ '1.5' | float }}",
            "3 2.57 3.0 13 1.5",
        ),
        (
            "{% for k, v in row | dictsort %}{{ k }}={{ v }};{% endfor %}{{ row.items }}{{ row['k'] }}{{ row.get('k') }}",
            "items=column;k=v;columnvv",
        ),
        ("{{ tags | select('eq', 'b') | list | length }}{{ rows | selectattr('n', 'gt', 1) | map(attribute='t') | join }}", "2y"),
        (
            "{{ tags[0] ~ 1 ~ name.upper() }} {{ name.split('s') | join('/') }} {{ '-' * 3 }} {{ 2 * 3 }} {{ 7 % 4 }} {{ 2 ** 3 }}",
            "b1ASHA A/ha --- 6 3 8",
        ),
        ("{% if yes %}\n  a\n{% endif %}\nb\n", "  a\nb\n"),
        ("{% for i in tags %}{{ loop.index }}{{ loop.cycle('x', 'y') }}{% endfor %}", "1x2y3x"),
        ("{% for i in [[1], 2] recursive %}{{ loop(i) if i is iterable else i }}{% endfor %}", "12"),
        ("{% set ns = namespace(n=0) %}{% for i in range(5) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "10"),
        ("{{ 5 if none }}|", "|"),
    ],
)
def test_text(source: str, text: str) -> None:
    assert render(source) == text


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("{{ count }}", 3),
        ("{{ amount }}", 1299.5),
        ("{{ tags | map('upper') }}", ["B", "A", "B"]),
        ("{{ {'a': (1, none)} }}", {"a": [1, None]}),
        ("{{ yes }}", True),
        ("{{ none | default(omit) }}", OMIT),
        ("n {{ count }}", "n 3"),
    ],
)
def test_native(source: str, value: object) -> None:
    assert render(source, native=True) == value


def test_omit_alone_in_text_fields() -> None:
    assert render("{{ none | default(omit) }}") is OMIT
    assert pickle.loads(pickle.dumps(OMIT)) is OMIT
    assert not OMIT
    assert repr(OMIT) == "omit"
    assert pickle.loads(pickle.dumps(DecimalNumber("1.50"))).lexeme == "1.50"


@pytest.mark.parametrize(
    ("source", "shown", "message"),
    [
        ("Hi {{ none }}", "{{ none }}", "null can't be printed"),
        ("{{ none | upper }}", "{{ none | upper }}", "null can't be printed"),
        ("{{ name ~ none }}", "{{ name ~ none }}", "null can't be printed"),
        ("x {{ omit }}", "{{ omit }}", "omit leaves a whole field out"),
        ("{{ tags }}", "{{ tags }}", "a list can't be printed; use join or tojson"),
        ("{{ tags | map('upper') }}", "{{ tags | map('upper') }}", "a list can't be printed"),
        ("{{ range }}", "{{ range }}", "can't be printed"),
        ("ab {{ 1 / 0 }} c", "{{ 1 / 0 }}", "division by zero"),
        ("{% if yes %}\n{{ 1 // 0 }}{% endif %}", "{{ 1 // 0 }}", "division by zero"),
        ("{{ row.nope }}", "{{ row.nope }}", "'dict object' has no attribute 'nope'"),
        ("{{ missing }}", "{{ missing }}", "'missing' is undefined"),
        ("{{ missing() }}", "{{ missing() }}", "'missing' is undefined"),
        ("{{ name + 1 }}", "{{ name + 1 }}", "the types of the values do not fit"),
        ("{{ smartlink(2) }}", "{{ smartlink(2) }}", "smart link '2' is not declared"),
        ("{{ name | money('INR') }}", "", "money needs a number, got 'Asha'"),
        ("{{ yes | money('INR') }}", "", "money needs a number, got true"),
        ("{{ '1e40' | money('INR') }}", "", "money takes numbers of at most 30 digits"),
        ("{{ 1 | money('XXQ') }}", "", "currency 'XXQ' is not known"),
        ("{{ 1 | money('INR', 'words') }}", "", "money takes display='symbol', 'code' or 'name', got 'words'"),
        ("{{ 1 | money('INR', locale='zz') }}", "", "locale 'zz' is not known"),
        ("{{ 1 | money('INR', locale=1) }}", "", "a locale is text such as 'en', got a number"),
        ("{{ 1 | number(99) }}", "", "number takes 0 to 20 decimals"),
        ("{{ name | date }}", "", "date needs a date such as '2030-01-31', got 'Asha'"),
        ("{{ 1 | date }}", "", "date needs text such as '2030-01-31', got a number"),
        ("{{ '2030-02-31' | date }}", "", "there is no date '2030-02-31'"),
        ("{{ '2030-01-31x' | date }}", "", "date needs a date"),
        ("{{ due | date('HH:mm') }}", "", "is a date without a time"),
        ("{{ due | date('') }}", "", "date takes a pattern"),
        ("{{ 'x' | phone }}", "", "phone needs a number with its country code"),
        ("{{ phone | phone('loud') }}", "", "phone takes the styles"),
        ("{{ 'x' | bytes(-1) }}", "", "bytes needs a number of bytes"),
        ("{{ 'x' | abs }}", "", "abs needs a number, got text"),
        ("{{ 1 | round(99) }}", "", "round takes a precision"),
        ("{{ 1 | round(1, 'up') }}", "", "round takes the methods"),
        ("{{ 'x' | truncate(1) }}", "", "truncate needs a length"),
        ("{{ 'x' | truncate(9, leeway=-1) }}", "", "truncate needs a leeway"),
        ("{{ [1] | tojson(99) }}", "", "tojson takes an indent"),
        ("{{ ['x'] | sum }}", "", "sum needs numbers, got text"),
        ("{{ 1 | length }}", "", "length needs a text, a list or a mapping, got a number"),
        ("{{ none | reverse }}", "", "reverse needs a text or a list"),
        ("{{ '%s' % 1 }}", "", "% formats no text here"),
        ("{{ [1] * 2 }}", "", "a list can't be multiplied"),
        ("{{ 'ab' * 1000 }}", "", "a text repeated"),
        ("{{ 9 ** 99 }}", "", "too large"),
        ("{{ 2.0 ** 64 ** 64 }}", "", "too large"),
        ("{{ range(1001) | list }}", "", "range takes at most 1,000 numbers"),
        ("{{ count() }}", "", "this is not allowed in a template"),
        ("{{ name.encode }}", "", "this is not allowed in a template"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "", "nest too deeply"),
    ],
)
def test_failure(source: str, shown: str, message: str) -> None:
    with pytest.raises(RenderFailure) as failure:
        render(source)
    assert message in failure.value.message
    if shown:
        assert source[failure.value.start : failure.value.end] == shown


def test_null_is_a_value_of_its_own_for_who_can_take_it() -> None:
    assert render("{{ none }}", native=True) is None


def test_native_failures() -> None:
    for source in ("{{ 5 if none }}", "{{ missing }}", "{{ [range] }}"):
        with pytest.raises(RenderFailure):
            render(source, native=True)


def test_a_native_null_is_the_callers_to_judge() -> None:
    assert render("{{ none }}", native=True) is None


def test_engine_options() -> None:
    assert render("{{ at | date('HH:mm') }} {{ amount | number }}", locale="de", timezone="Asia/Kolkata") == "18:30 1.299,5"
    with pytest.raises(RenderFailure, match="time zone 'Mars/Base' is not known"):
        render("{{ at | date('HH:mm') }}", timezone="Mars/Base")
    assert "smartlink" in Engine(None).globals


def test_a_template_with_problems_is_not_compiled() -> None:
    with pytest.raises(RenderFailure, match="not allowed"):
        Engine(None).compile(parse_template("{{ ''.__class__ }}"), native=False)
    with pytest.raises(RenderFailure, match="can't be compiled"):
        Engine(None).compile(parse_template("{% macro m(caller) %}{{ caller }}{% endmacro %}"), native=False)


def test_partials(tmp_path: Path) -> None:
    (tmp_path / "inc").write_text("[{{ name }}]")
    (tmp_path / "plain").write_text("plain")
    (tmp_path / "lib").write_text("{% macro hi(n) %}Hi {{ n }}{% endmacro %}")
    (tmp_path / "fails").write_text("x {{ 1 / 0 }}")
    engine = Engine(Partials(tmp_path, (tmp_path,)))

    def run(source: str) -> object:
        return engine.compile(parse_template(source, Partials(tmp_path, (tmp_path,))), native=False).render(SCOPE)

    assert run("{% include 'inc' %}{% include 'plain' %}{% include 'inc' %}") == "[Asha]plain[Asha]"
    assert run("{% import 'lib' as l %}{{ l.hi(name) }}{% from 'lib' import hi %}{{ hi(1) }}") == "Hi AshaHi 1"
    assert run("{% include 'gone' ignore missing %}ok") == "ok"
    with pytest.raises(RenderFailure) as failure:
        run("{% include 'fails' %}")
    assert failure.value.file is not None
    assert (failure.value.file.path, failure.value.start, failure.value.end) == ("fails", 2, 13)
