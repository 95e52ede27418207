"""White space that tags leave: where it is told, that real renders show it, and that the fix takes nothing else away."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.model import Variable
from msgspec_tool.source.document import Field
from msgspec_tool.source.plain import PlainDocument
from msgspec_tool.templates.adjacency import neighbours
from msgspec_tool.templates.bounds.analysis import Analysis
from msgspec_tool.templates.bounds.surrounding import setting
from msgspec_tool.templates.leaks import MOST_CHARACTERS, Leak, leaks
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.partials import Partials
from msgspec_tool.templates.running.engine import Engine

SCHEMAS = {
    "x": {"type": "boolean"},
    "y": {"type": "boolean"},
    "items": {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 2}, "maxItems": 2},
}
DATA = [{"x": x, "y": y, "items": items} for x, y, items in product((True, False), (True, False), ([], ["i"], ["i", "j"]))]


MACRO = "{{% macro m() %}}{{% if x %}}{}{{% endif %}}{{% endmacro -%}} "


def found(source: str, partials: Partials | None = None) -> list[Leak]:
    field = Field(PlainDocument({}), (), {})
    variables = {name: Variable(name, field, schema) for name, schema in SCHEMAS.items()}
    around = setting(variables, spec_name="a", channels=("sms",), environments=(), locales=("en",))
    template = parse_template(source, partials)
    assert not template.problems
    return list(leaks(Analysis(template, around))) if template.tree is not None else []


def rendered(source: str) -> list[str]:
    compiled = Engine(None).compile(parse_template(source), native=False)
    return [str(compiled.render(data)) for data in DATA]


def mended(source: str, leak: Leak) -> str:
    assert leak.cut is not None
    return source[: leak.cut[0]] + leak.dash + source[leak.cut[1] :]


@pytest.mark.parametrize(
    ("source", "fixed"),
    [
        ("A {% if x %} b {% endif %} c", "A {%- if x %} b {%- endif %} c"),
        ("A {% if x %} b{% endif %} c", "A {%- if x %} b{% endif %} c"),
        ("A {% if x %}b {% endif %} c", "A {% if x %}b {% endif -%} c"),
        ("A {% if x %} b {% else %} d {% endif %} c", "A {%- if x %} b {% else %} d {% endif -%} c"),
        ("A {% set q = 1 %} c", "A {%- set q = 1 %} c"),
        ("A {# note #} c", "A {#- note #} c"),
        ("{% set q = 1 %} A", "{% set q = 1 -%} A"),
        ("{# note #} A", "{# note -#} A"),
        ("A{% for i in items %} {{ i }} {% endfor %} c", "A{% for i in items %} {{ i }} {%- endfor %} c"),
        (f"{MACRO.format(' b')}A {{{{ m() }}}} c", f"{MACRO.format(' b')}A {{{{- m() }}}} c"),
        (f"{MACRO.format('b ')}A {{{{ m() }}}} c", f"{MACRO.format('b ')}A {{{{ m() -}}}} c"),
        ("A\n\n{% set q = 1 %}\n\n\nB", "A\n\n{%- set q = 1 %}\n\n\nB"),
    ],
)  # fmt: skip
def test_a_dash_mends_it(source: str, fixed: str) -> None:
    known = found(source)
    assert known
    for leak in reversed(known):
        source = mended(source, leak)
    assert source == fixed
    assert found(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "A {% if x %}h{% endif %} {% if y %}i{% endif %} j",
        "Hi\n\n{% if x %}\nb\n{% endif %}\n\nBye",
        "A {% if x %}b{% endif %} c",
    ],
)
def test_what_no_dash_mends_is_told_without_a_fix(source: str) -> None:
    assert [leak.cut for leak in found(source)] != []
    assert all(leak.cut is None for leak in found(source))


@pytest.mark.parametrize(
    "source",
    [
        "A {% if x %}b {% endif %}c",
        "A{% if x %} b{% endif %} c",
        "A {%- if x %} b {%- endif %} c",
        "A {% if x %}b{% else %}c{% endif %} d",
        "A {% if x %}b{% endif %}{% if not x %}c{% endif %} d",
        "Two  blanks of a person {% if x %}b{% else %}c{% endif %}",
        " A blank of a person {{ items | join }}",
        "A {{ items | join }} b",
        "Hi\n\n{% if x %}\nb\n\n{% endif %}\nBye",
        "- A\n{% for i in items %}\n  - {{ i }}\n{% endfor %}\n- B",
        "A {% if x %}b{% endif %}",
        "{% if x %}b{% endif %} A",
        "{% macro m(a) %} {{ a }} {% endmacro -%} A{{ m(1) }}B",
        "{% filter upper %} a {% endfilter %} b",
        "{% macro m() %}{% if x %}b{% else %}c{% endif %}{% endmacro -%} A {{ m() }} d",
        "{% macro m() %}{% if x %}b{% endif %}{{ m() }}{% endmacro -%} A {% if y %}{{ m() }}{% endif %}",
        "A {% if x and not x %}{% else %}b{% endif %} c",
    ],
)
def test_silent_where_the_output_holds_no_leak(source: str) -> None:
    assert found(source) == []


def test_a_leak_shows_for_its_data() -> None:
    source = "A {% if x %}b{% endif %} c{% if y %} d {% endif %} e"
    for leak in found(source):
        data = {**DATA[0], **leak.example.data}
        assert "  " in str(Engine(None).compile(parse_template(source), native=False).render(data))


WORDS = st.sampled_from(("a", "b", " ", " c", "d ", " e ", "\n", "f\n\n", "\n\ng"))
BODIES = st.recursive(
    st.lists(WORDS, max_size=2).map("".join),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("xy"), inner, inner).map(lambda p: f"{p[0]}{{% if {p[1]} %}}{p[2]}{{% endif %}}{p[3]}"),
        st.tuples(inner, inner, inner).map(lambda p: f"{p[0]}{{% if x %}}{p[1]}{{% else %}}{p[2]}{{% endif %}}"),
        st.tuples(inner, inner).map(lambda p: f"{p[0]}{{% for i in items %}}{p[1]}{{{{ i }}}}{{% endfor %}}"),
        st.tuples(inner, inner).map(lambda p: f"{p[0]}{{# note #}}{p[1]}{{% set q = 1 %}}"),
    ),
    max_leaves=5,
)


@settings(max_examples=max(60, settings().max_examples // 2), deadline=None)
@given(BODIES)
def test_a_fix_changes_nothing_but_white_space_and_joins_no_words(source: str) -> None:
    before = rendered(source)
    for leak in found(source):
        assert any(re.search(r"  |\n\s*\n\s*\n|\A\s", text) for text in before)
        if leak.cut is not None:
            after = rendered(mended(source, leak))
            assert [text.split() for text in after] == [text.split() for text in before]
            assert sum(map(len, after)) < sum(map(len, before))


@settings(max_examples=max(40, settings().max_examples // 4), deadline=None)
@given(BODIES)
def test_fixes_come_to_an_end_and_leave_the_words(source: str) -> None:
    fixed = source
    for _turn in range(6):
        edits = sorted(((leak.cut, leak.dash) for leak in found(fixed) if leak.cut is not None), reverse=True)
        for (start, end), dash in edits:
            fixed = fixed[:start] + dash + fixed[end:]
    assert edits == []
    assert [text.split() for text in rendered(fixed)] == [text.split() for text in rendered(source)]


def test_more_than_is_looked_at_is_left_alone() -> None:
    assert found("A {% if x %} b {% endif %} c" + " d" * MOST_CHARACTERS) == []
    many = "{% if x %}a{% endif %}" * 100
    assert found(f"A {{% set q = 1 %}} b{many}") == []
    assert len(neighbours(parse_template("{% if x %}a{% endif %}" * 20).tree)) > 200


def test_blocks_of_their_own_are_opaque() -> None:
    assert found("A {% with q = 1 %} {{ q }} {% endwith %} B") != []
    assert found("{% macro m() %}{{ caller() }}{% endmacro -%} A {% call m() %} b {% endcall %} c") == []
    assert found("A {% raw %} b {% endraw %} c")[0].cut is None


def test_the_tree_is_left_as_it_was() -> None:
    template = parse_template("A {% if x %} b {% endif %} c")
    before = repr(template.tree)
    assert found("A {% if x %} b {% endif %} c")
    assert repr(parse_template("A {% if x %} b {% endif %} c").tree) == before
    assert replace(template) == template


def test_partials_are_looked_into(tmp_path: Path) -> None:
    (tmp_path / "bye.txt").write_text("Bye {% if x %} now {% endif %} then", encoding="utf-8")
    (tmp_path / "gift.txt").write_text("{% if x %}b {% endif %}", encoding="utf-8")
    (tmp_path / "macros.txt").write_text("{% macro m() %}{% if x %} b{% endif %}{% endmacro %}", encoding="utf-8")
    partials = Partials(tmp_path, (tmp_path,))

    def told(source: str) -> list[tuple[str | None, int, str]]:
        return [(leak.file.path if leak.file else None, leak.start, leak.dash) for leak in found(source, partials)]

    assert told("A {% include 'gift.txt' %} c") == [(None, 2, "-%}")]
    assert told("A {% include 'bye.txt' %}") == [("bye.txt", 4, ""), ("bye.txt", 19, "")]
    assert told("{% from 'macros.txt' import m with context -%} A {{ m() }} c") == [(None, 49, "{{-")]
    assert told("{% import 'macros.txt' as l with context -%} A {{ l.m() }} c") == [(None, 47, "{{-")]
    assert told("A{% include 'gift.txt' %}c") == []
