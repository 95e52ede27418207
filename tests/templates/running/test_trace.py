"""A traced render gives the same texts, and says of every character what printed it and what brought it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from msgspec_tool.templates.failures import RenderFailure
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.partials import Partials
from msgspec_tool.templates.running.engine import Engine
from msgspec_tool.templates.running.trace import Place, Run, TracedText, TracingEngine, untraced
from msgspec_tool.templates.values import OMIT
from tests.templates.made_templates import DATA, TEMPLATES, scope

SCOPE: dict[str, Any] = {
    "first_name": "Asha",
    "a": "x",
    "b": "y",
    "none": None,
    "yes": True,
    "empty": [],
    "amount": 3,
    "lines": [{"title": "Boots", "n": 1}, {"title": "Socks", "n": 2}],
    "env": {"senderid": "NORTH"},
}


def outcome(engine: Engine, source: str, data: dict[str, Any], partials: Partials | None = None, native: bool = False) -> object:
    """What a template gives: a value, or how it fails and where."""
    try:
        return engine.compile(parse_template(source, partials), native=native).render(data)
    except RenderFailure as failure:
        return failure.message, failure.start, failure.end, failure.file.path if failure.file else None


def traced(source: str, data: dict[str, Any] = SCOPE, partials: Partials | None = None) -> TracedText:
    made = outcome(TracingEngine(partials), source, data, partials)
    assert isinstance(made, TracedText), made
    assert made == outcome(Engine(partials), source, data, partials)
    check(made, source)
    return made


def check(text: TracedText, source: str) -> None:
    """Runs cover the text, and literal ones stand in the source character by character."""
    assert sum(run.length for run in text.runs) == len(text)
    at = 0
    for run in text.runs:
        assert run.length > 0
        if run.literal:
            found = [slice_of(run.character(offset), source) for offset in range(run.length)]
            assert "".join("\n" if one in ("\r\n", "\r") else one for one in found) == text[at : at + run.length]
            assert "".join(found) == slice_of(run.place, source)
            assert (run.reads, run.brought_by) == ((), ())
        else:
            assert slice_of(run.place, source)[:2] in ("{{", "{%")
            assert run.character(0) == run.place
        assert all(slice_of(place, source)[:2] in ("{{", "{%") for place in run.callers)
        at += run.length


def slice_of(place: Place, source: str) -> str:
    return (place.file.text if place.file else source)[place.start : place.end]


def told(text: TracedText, source: str) -> list[tuple[str, str, str]]:
    """The runs as (text, place, brought by)."""
    found, at = [], 0
    for run in text.runs:
        found.append((str.__str__(text)[at : at + run.length], slice_of(run.place, source), " ".join(map(".".join, run.brought_by))))
        at += run.length
    return found


# --- the same text as ever ------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=200)
@given(TEMPLATES, DATA)
def test_a_traced_render_gives_the_same_text_or_the_same_failure(source: str, data: dict[str, Any]) -> None:
    assume(not parse_template(source).problems)
    found = outcome(TracingEngine(None), source, scope(data))
    assert found == outcome(Engine(None), source, scope(data))
    if not isinstance(found, tuple):
        assert isinstance(found, TracedText)
        check(found, source)


PARTIALS = {
    "lib": "{% macro m(p, q='-') %}[{{ p }}{{ q }}{% if caller is defined %}{{ caller(p) }}{% endif %}]\r\n{% endmacro %}",
    "inc": "({{ first_name }}, {{ x | default('none') }}{% include 'deep' %})",
    "deep": "é\r\n{{ a | upper }}\r",
    "plain": "no\r\nmarks 😀\n",
    "alone": "{% set x = 'own' %}{{ x }}\n",
}
PIECES = st.sampled_from(
    [
        *(
            "text ",
            "\r\n",
            "😀",
            "{{ first_name }}",
            "{{ x | default(a) }}",
            "{% set x = first_name %}",
            "{% set x = b ~ a %}",
            "{{ m(a) }}",
        ),
        *("{% include 'inc' %}", "{% include 'plain' %}", "{% include 'alone' without context %}", "{% include 'gone' ignore missing %}"),
        *("{% include 'alone' without context %}{% include 'deep' %}", "{{ m(b, q=m(a)) | upper }}", "{{ lib.m(first_name) }}"),
        *("{% call(c) m(a) %}<{{ c }}{{ b }}>{% endcall %}", "{% filter lower %}A{{ first_name }}{% endfilter %}", "{{ m(none) }}"),
        *("{% set y %}[{{ a }}{% include 'deep' %}]{% endset %}{{ y }}{{ y | trim }}", "{% set y | upper %}q{{ a }}{% endset %}{{ y }}"),
        *(
            "{% for line in lines %}{{ line.title }}{{ loop.index }}{% else %}-{% endfor %}",
            "{{ [m(a), b] | join('+') }}",
            "{{ m(a)[1:3] }}",
        ),
        *(
            "{% for i in [[1, 2], 3] recursive %}{{ loop(i) if i is iterable else i }}{% endfor %}",
            "{% raw %}{{ a }}{% endraw %}",
            "{{ '' }}",
        ),
        *("{% macro own() %}{{ later }}{% endmacro %}{% set later = a %}{{ own() }}", "{% with w = m(a) %}{{ w }}{% endwith %}"),
        *("{%- if yes %}\n  {{ a }}\n{% endif %}\n", "{# nothing #}\n", "{{ amount }}", "{{ yes }}", "{{ none }}", "{{ lines }}"),
        *("{% macro out() %}{% include 'alone' without context %}{% endmacro %}{{ out() }}", "{{ 1 // 0 }}", "{{ 'x' if yes }}"),
        *("{% call namespace() %}{% endcall %}", "{% for i in [[1]] recursive %}{{ loop(i) if i is iterable else lines }}{% endfor %}"),
    ]
)
IMPORTS = "{% import 'lib' as lib %}{% from 'lib' import m %}"


@pytest.fixture(scope="module")
def partials(tmp_path_factory: pytest.TempPathFactory) -> Partials:
    folder = tmp_path_factory.mktemp("partials")
    for name, text in PARTIALS.items():
        (folder / name).write_bytes(text.encode())
    return Partials(folder, (folder,))


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, min_size=1, max_size=6).map("".join))
def test_partials_macros_and_blocks_change_no_character(partials: Partials, source: str) -> None:
    source = IMPORTS + source
    assume(not parse_template(source, partials).problems)
    found = outcome(TracingEngine(partials), source, SCOPE, partials)
    assert found == outcome(Engine(partials), source, SCOPE, partials)
    if not isinstance(found, tuple):
        assert isinstance(found, TracedText)
        check(found, source)


@pytest.mark.parametrize("source", ["{{ a * 1000 }}" * 33, "{% for i in range(999) %}{{ a * 999 }}{% endfor %}", "{{ lines ~ a }}"])
def test_limits_are_those_of_the_ordinary_render(source: str) -> None:
    found = outcome(TracingEngine(None), source, SCOPE)
    assert isinstance(found, tuple)
    assert found == outcome(Engine(None), source, SCOPE)


# --- what printed it ----------------------------------------------------------------------------------------------------


def test_literal_text_and_expressions() -> None:
    source = "Hi {{ first_name }}, {{ env.senderid | lower }} {{ amount + 1 }}."
    assert told(traced(source), source) == [
        *(("Hi ", "Hi ", ""), ("Asha", "{{ first_name }}", "first_name"), (", ", ", ", "")),
        *(("north", "{{ env.senderid | lower }}", "env.senderid"), (" ", " ", ""), ("4", "{{ amount + 1 }}", "amount"), (".", ".", "")),
    ]


def test_every_literal_character_has_its_own_place() -> None:
    source = "a😀\r\n\r\n  {%- if yes %}\r\n  b {% raw %}{{c}}{% endraw %}{% endif %}.\rd"
    text = traced(source)
    assert text == "a😀  b {{c}}.\nd"
    places = [slice_of(run.character(offset), source) for run in text.runs for offset in range(run.length)]
    assert "".join(places) == "a😀  b {{c}}.\rd"
    source = "{{ a }}\r\n\r\nz"
    assert traced(source).runs[1].character(2) == Place(11, 12)
    assert traced(source).runs[1].character(1) == Place(9, 11)


def test_text_without_tags_is_one_run() -> None:
    source = "one\r\ntwo\r"
    assert traced(source).runs == (Run(8, Place(0, 9), (3,)),)
    assert traced("").runs == ()


def test_text_that_is_printed_again_keeps_its_places_and_a_filtered_one_is_the_tags() -> None:
    source = "{% set y %}[{{ a }}]{% endset %}{{ y }}{{ y | string }}{{ y | upper }}"
    text = traced(source)
    block = [("[", "[", ""), ("x", "{{ a }}", "a"), ("]", "]", "")]
    assert told(text, source) == [*block, *block, ("[X]", "{{ y | upper }}", "a")]
    assert [[slice_of(place, source) for place in run.callers] for run in text.runs] == [
        *([["{{ y }}"]] * 3),
        *([["{{ y | string }}"]] * 3),
        [],
    ]


def test_joined_texts_keep_their_places_and_the_rest_is_the_tags() -> None:
    source = "{% macro m(p) %}<{{ p }}>{% endmacro %}{{ 'q' ~ b ~ m(a) }}"
    assert told(traced(source), source) == [
        *(("qy", "{{ 'q' ~ b ~ m(a) }}", "a b"), ("<", "<", ""), ("x", "{{ p }}", "a"), (">", ">", "")),
    ]


def test_the_way_through_macros_calls_and_partials(partials: Partials) -> None:
    source = "{% from 'lib' import m %}{% call(c) m(a) %}{{ c }}{{ b }}{% endcall %}{% include 'inc' %}"
    text = traced(source, SCOPE, partials)
    found = {
        (where, slice_of(run.place, source), *(slice_of(place, source) for place in run.callers))
        for run in text.runs
        if not run.literal
        for where in [run.place.file.path if run.place.file else None]
    }
    call = "{% call(c) m(a) %}"
    assert found == {
        *(("lib", "{{ p }}", call), ("lib", "{{ q }}", call), (None, "{{ c }}", "{{ caller(p) }}", call)),
        *((None, "{{ b }}", "{{ caller(p) }}", call), ("inc", "{{ first_name }}", "{% include 'inc' %}")),
        ("inc", "{{ x | default('none') }}", "{% include 'inc' %}"),
        ("deep", "{{ a | upper }}", "{% include 'deep' %}", "{% include 'inc' %}"),
    }


def test_an_include_without_context_tells_its_way_too(partials: Partials) -> None:
    source = "{% include 'alone' without context %}!"
    text = traced(source, SCOPE, partials)
    assert [(run.length, [slice_of(place, source) for place in run.callers]) for run in text.runs] == [
        *((3, ["{% include 'alone' without context %}"]), (1, ["{% include 'alone' without context %}"]), (1, [])),
    ]


# --- what brought it ----------------------------------------------------------------------------------------------------

BROUGHT = [
    ("{% set x = first_name %}{{ x }}", "first_name"),
    ("{% set x = first_name %}{% set y = x | upper %}{{ y }}", "first_name"),
    ("{% set x %}{{ a }}{{ b }}{% endset %}{{ x | upper }}", "a b"),
    ("{% set x, y = a, b %}{{ x }}", "a b"),
    ("{% set x = a %}{{ x }}{% set x = b %}", "a"),
    ("{% set x = a %}{% if yes %}{% set x = b %}{% endif %}{{ x }}", "a b"),
    ("{% if yes %}{% set a = b %}{% endif %}{{ a }}", "a b"),
    ("{% for line in lines %}{% if loop.first %}{{ line.title }}{% endif %}{% endfor %}", "lines"),
    ("{% for k, v in lines[0] | dictsort %}{% if loop.first %}{{ k }}{% endif %}{% endfor %}", "lines"),
    ("{% with w = a %}{{ w }}{% endwith %}", "a"),
    ("{% macro m(p) %}{{ p }}{% endmacro %}{{ m(a) }}{% if not yes %}{{ m(b) }}{% endif %}", "a"),
    ("{% macro m(p) %}{{ p }}{% endmacro %}{{ m(p=b) }}", "b"),
    ("{% macro m(p=a) %}{{ p }}{% endmacro %}{{ m() }}", "a"),
    ("{% macro m() %}{{ varargs[0] }}{% endmacro %}{{ m(a) }}", "a"),
    ("{% macro m() %}{{ kwargs.p }}{% endmacro %}{{ m(p=b) }}", "b"),
    ("{% macro n(p) %}{{ p }}{% endmacro %}{% macro m(q) %}{{ n(q) }}{% endmacro %}{{ m(a) }}", "a"),
    ("{% macro n(p) %}{{ p }}{% endmacro %}{% macro m(q) %}{{ n(q) }}{% endmacro %}{{ (m(a) ~ m(b)) | upper }}", "a b"),
    ("{% macro m(p) %}{{ p }}{% endmacro %}{% set x = m(a) %}{% set y = m(b) %}{{ x }}", "a"),
    ("{% macro m() %}{{ x }}{% endmacro %}{% set x = a %}{{ m() }}", "a"),
    ("{% macro m(p) %}{{ p }}{% endmacro %}{% macro o() %}{{ x }}{% endmacro %}{% set x = m(a) %}{{ o() }}{{ m(b) if not yes }}", "a"),
    ("{% macro m(l) %}{% for u in l %}{{ caller(u) }}{% endfor %}{% endmacro %}{% call(c) m([a]) %}{{ c }}{% endcall %}", "a"),
    ("{% macro m(l) %}{{ caller(l) }}{% endmacro %}{% call(c) m(a) %}{{ b }}{% endcall %}", "b"),
    ("{% macro m(l) %}{{ caller(l) | upper }}{% endmacro %}{% call(c) m(a) %}{{ c }}{% endcall %}", "a"),
    ("{% macro m(n, p) %}{% if n %}{{ m(n - 1, p) }}{% else %}{{ p }}{% endif %}{% endmacro %}{{ m(2, b) }}", "b"),
    ("{% set ns = namespace(t=0) %}{% for line in lines %}{% set ns.t = ns.t + line.n %}{% endfor %}{{ ns.t }}", "lines"),
    ("{% set ns = namespace(t=a) %}{{ ns.t }}", "a"),
    ("{% filter upper %}{{ a }}{% endfilter %}", "a"),
    ("{% filter replace('x', b) %}{{ a }}{% endfilter %}", "a b"),
    ("{% set x | replace('x', amount | string) | upper %}{{ a }}{{ amount }}{% endset %}{{ x | lower }}", "a amount"),
    ("{{ first_name.upper() }}", "first_name"),
    ("{{ env['senderid'] }}", "env.senderid"),
    ("{{ lines[amount - 2].title }}", "amount lines"),
    ("{{ a if yes else b }}", "a b yes"),
    ("{{ range(amount) | join(b) }}", "amount b"),
    ("{{ {'k': a}.get('k') }}", "a"),
    ("{% for i in [[a], b] recursive %}{{ loop(i) if i is not string else i | upper }}{% endfor %}", "a b"),
    ("{% for i in empty %}{% else %}{{ a }}{% endfor %}", "a"),
    ("{{ 'constant' }}", ""),
]


@pytest.mark.parametrize(("source", "names"), BROUGHT)
def test_names_that_a_template_sets_are_followed(source: str, names: str) -> None:
    assert [brought for _text, _place, brought in told(traced(source), source) if brought or not names][:1] == [names]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("{% from 'lib' import m %}{{ m(a)[1:2] }}", "a"),
        ("{% import 'lib' as lib %}{{ lib.m(b) | upper }}", "b"),
        ("{% from 'lib' import m as n %}{% if not yes %}{{ n(a) }}{% endif %}{{ n(p=b) | upper }}", "b"),
        ("{% set x = b %}{% set y %}{% include 'inc' %}{% endset %}{{ y | upper }}", "a b first_name"),
    ],
)
def test_names_are_followed_into_partials(partials: Partials, source: str, names: str) -> None:
    assert told(traced(source, SCOPE, partials), source)[-1][2] == names


def test_an_argument_is_that_of_the_call_that_printed_it(partials: Partials) -> None:
    source = "{% from 'lib' import m %}{{ m(a) }}{{ m(b, q=first_name) }}"
    found = [(text, brought) for text, place, brought in told(traced(source, SCOPE, partials), source) if place.startswith("{{")]
    assert found == [("x", "a"), ("-", ""), ("y", "b"), ("Asha", "first_name")]


def test_macros_that_call_each_other_in_every_order_are_followed_in_bounds() -> None:
    names = [f"m{index}" for index in range(12)]
    calls = "".join(f"{{{{ {name}(p, n - 1) if n else p }}}}" for name in names)
    macros = "".join(f"{{% macro {name}(p, n) %}}{calls}{{% endmacro %}}" for name in names)
    source = f"{macros}{{{{ m0(a, 0) }}}}{{% if not yes %}}{{{{ m1(b, 1) }}}}{{% endif %}}"
    assert {brought for _text, _place, brought in told(traced(source), source)} <= {"a", "a b"}


def test_reads_are_the_names_as_they_are_written() -> None:
    (run,) = traced("{% set x = a %}{{ x ~ env.senderid ~ lines[0].title ~ b.upper() ~ range(1) | join }}").runs
    assert run.reads == (("x",), ("env", "senderid"), ("lines",), ("b",))


# --- values ---------------------------------------------------------------------------------------------------------------


def test_native_values_hold_traced_texts() -> None:
    source = "{{ {'t': lines[0].title, 'n': [amount, b]} }}"
    value: Any = outcome(TracingEngine(None), source, SCOPE, native=True)
    assert value == outcome(Engine(None), source, SCOPE, native=True) == {"t": "Boots", "n": [3, "y"]}
    assert told(value["t"], source) == [("Boots", source, "amount b lines")]
    assert outcome(TracingEngine(None), "{{ none | default(omit) }}", SCOPE) is OMIT
    assert outcome(TracingEngine(None), "{{ amount }}", SCOPE, native=True) == 3
    source = "{% set unused = 1 %}"
    assert traced(source).runs == ()


def test_traced_text_is_text_and_travels() -> None:
    text = traced("Hi {{ first_name }}")
    again = pickle.loads(pickle.dumps(text))
    assert (again, again.runs) == (text, text.runs)
    assert str(text) is text
    assert [type(one) for one in untraced([text, {"k": text}, 1])] == [str, dict, int]
    assert type(untraced(text)) is str


def test_data_that_was_traced_is_only_data_to_the_next_template() -> None:
    text = traced("Hi {{ first_name }}")
    source = "{{ t }}{{ l[0] }}"
    assert told(traced(source, {"t": text, "l": [text]}), source) == [("Hi Asha", "{{ t }}", "t"), ("Hi Asha", "{{ l[0] }}", "l")]


def test_one_partial_in_two_templates(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("{{ n }}!")
    partials = Partials(tmp_path, (tmp_path,))
    engine = TracingEngine(partials)
    for source, names in (("{% set n = a %}{% include 'p' %}", "a"), ("{% for n in lines %}{% include 'p' %}{% endfor %}", "lines")):
        data = {**SCOPE, "lines": ["q"]}
        text = engine.compile(parse_template(source, partials), native=False).render(data)
        check(text, source)
        assert told(text, source)[0][2] == names
