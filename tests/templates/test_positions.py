"""Offsets of tokens, nodes and errors are those of the author's text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import nodes

from msgspec_tool.templates.positions import LocatedSyntaxError, end_of, offset_of, parse_located
from msgspec_tool.templates.tree import walk

PIECES = (
    *(
        "{{ alpha }}",
        "{{- beta|upper -}}",
        "{%- if gamma -%}",
        "{% endif %}",
        "{%+ if delta %}",
        "{%- endif +%}",
        "{# note #}",
        "{#- note -#}",
    ),
    *(" ", "  \n", "\n", "\r\n", "\r", "x", "é😀", "\t", "\u2028", "{% raw %} {{ q }} {% endraw %}", "{%- raw -%} z {%- endraw -%}"),
    *(
        "{{ 'a b' ~ \"c\" }}",
        "{% for item in alpha %}",
        "{% endfor %}",
        "{% set z = 1.5e3 %}",
        "{{ beta|d('-%}') }}",
        "{{-\r\n alpha\r\n -}}",
    ),
    *("{{", "%}", "{{ alpha", "{% if %}", "'"),
)
templates = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(max_examples=200, deadline=None)
@given(templates)
def test_every_token_and_name_stands_where_it_was_written(source: str) -> None:
    try:
        root, tokens = parse_located(source)
    except LocatedSyntaxError as error:
        tokens, root, place = error.tokens, nodes.Template([], lineno=1), (error.start, error.end)
    else:
        place = (0, 0)
    assert 0 <= place[0] <= place[1] <= len(source)
    last = 0
    for start, end, value in zip(tokens.starts, tokens.ends, tokens.values, strict=True):
        assert source[start:end].replace("\r\n", "\n").replace("\r", "\n") == value
        assert not source[last:start].strip()
        last = end
    for node in walk(root):
        if isinstance(node, nodes.Name):
            assert source[offset_of(node) : end_of(node)] == node.name
        if isinstance(node, nodes.Filter):
            assert source[offset_of(node) : end_of(node)] == node.name


@pytest.mark.parametrize("before", ["", "😀", "a\r\nb\r\n", "a\rb", "\r\n{# c\r\n #}", "{%- set q = 1 -%}\r\n "])
@pytest.mark.parametrize("mistake", ["{{ a b }}", "{% if %}", "{{ a) }}", "{{ a & b }}", "{{ 'abc }}"])
def test_errors_stand_at_the_character(before: str, mistake: str) -> None:
    with pytest.raises(LocatedSyntaxError) as alone:
        parse_located(mistake)
    with pytest.raises(LocatedSyntaxError) as moved:
        parse_located(before + mistake)
    assert moved.value.start == alone.value.start + len(before)


def test_tag_span_and_comments() -> None:
    source = "ab {{ x | upper }}{# one #} {%- if y -%}   z{% endif %}"
    _root, tokens = parse_located(source)
    start, end = tokens.tag(source.index("upper"))
    assert source[start:end] == "{{ x | upper }}"
    start, end = tokens.tag(source.index("y"))
    assert source[start:end] == "{%- if y -%}"
    assert tokens.comments(source) == ((source.index("{#"), "{# one #}"),)
