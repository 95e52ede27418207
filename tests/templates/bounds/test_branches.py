"""Which branches a template has, and where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.model import Template
from msgspec_tool.templates.bounds.branches import branches
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.partials import Partials


def told(template: Template) -> list[tuple[str, str, str]]:
    """Kind, what is pointed at, and words of each branch."""
    found = branches(template)
    return [(one.kind.value, (one.file.text if one.file else template.source)[one.start : one.end], one.words) for one in found]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain", []),
        ("{{ x }}", []),
        (
            "{%- if offer %} {{ offer }}{% endif %}",
            [("if", "{%- if offer %}", "`if offer` taken"), ("else", "{%- if offer %}", "the else of `if offer` (not written)")],
        ),
        (
            "{% if a %}1{% elif b >\n 2 -%} 2{% else %}3{% endif %}",
            [
                ("if", "{% if a %}", "`if a` taken"),
                ("elif", "{% elif b >\n 2 -%}", "`elif b > 2` taken"),
                ("else", "{% else %}", "the else of `if a`"),
            ],
        ),
        (
            "{% if a %}{% else %}{% endif %}",
            [("if", "{% if a %}", "`if a` taken"), ("else", "{% else %}", "the else of `if a`")],
        ),
        (
            "{% if a %}{% for x in y %}{{ x }}{% else %}none{% endfor %}{% endif %}",
            [
                ("if", "{% if a %}", "`if a` taken"),
                ("else", "{% if a %}", "the else of `if a` (not written)"),
                ("for", "{% for x in y %}", "the body of `for x in y`"),
                ("for-else", "{% else %}", "the else of `for x in y`"),
            ],
        ),
        ("{% for x in y %}{% endfor %}", [("for", "{% for x in y %}", "the body of `for x in y`")]),
        (
            "{{ 'x' if c else d | upper }}",
            [("inline-if", "'x'", "`if c` taken"), ("inline-else", "d | upper", "the else of `if c`")],
        ),
        (
            "{{ 'x' if c }}",
            [("inline-if", "'x'", "`if c` taken"), ("inline-else", "'x' if c", "the else of `if c` (not written)")],
        ),
        (
            "{{ f(a.if if b.else else {'k': c}, z=1) }}",
            [("inline-if", "a.if", "`if b.else` taken"), ("inline-else", "{'k': c}", "the else of `if b.else`")],
        ),
        (
            "{{ a if b if c else d }}",
            [
                ("inline-if", "a if b", "`if c` taken"),
                ("inline-if", "a", "`if b` taken"),
                ("inline-else", "a if b", "the else of `if b` (not written)"),
                ("inline-else", "d", "the else of `if c`"),
            ],
        ),
        (
            "{% set z = a if b else (c if d) %}",
            [
                ("inline-if", "a", "`if b` taken"),
                ("inline-else", "(c if d)", "the else of `if b`"),
                ("inline-if", "c", "`if d` taken"),
                ("inline-else", "c if d", "the else of `if d` (not written)"),
            ],
        ),
        (
            "{{ if if else }}",
            [("inline-if", "if", "`if else` taken"), ("inline-else", "if if else", "the else of `if else` (not written)")],
        ),
        (
            "{% raw %}{% else %}{% endraw %}{% if a %}{# {% else %} #}{% set else = 1 %}{% endif %}",
            [("if", "{% if a %}", "`if a` taken"), ("else", "{% if a %}", "the else of `if a` (not written)")],
        ),
        (
            "{% if " + "a" * 80 + " %}{% endif %}",
            [
                ("if", "{% if " + "a" * 80 + " %}", "`if " + "a" * 57 + "…` taken"),
                ("else", "{% if " + "a" * 80 + " %}", "the else of `if " + "a" * 57 + "…` (not written)"),
            ],
        ),
    ],
)
def test_branches(source: str, expected: list[tuple[str, str, str]]) -> None:
    template = parse_template(source)
    assert template.problems == ()
    assert told(template) == expected


def test_each_partial_counts_once(tmp_path: Path) -> None:
    (tmp_path / "outer").write_text("{% include 'inner' %}{% if o %}{% include 'inner' %}{% endif %}")
    (tmp_path / "inner").write_text("{{ 'x' if i }}")
    folders = Partials(tmp_path, (tmp_path, tmp_path.parent))
    template = parse_template(f"{{% include 'outer' %}}{{% include '{tmp_path.name}/inner' %}}{{{{ 1 if m }}}}", folders)
    assert template.problems == ()
    assert [(one.file.path if one.file else None, one.words) for one in branches(template) if one.kind.value.endswith("if")] == [
        (None, "`if m` taken"),
        ("outer", "`if o` taken"),
        ("inner", "`if i` taken"),
    ]


EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "if", "else", "'if'", "x.if", "[a, b]", "{'k': a}", "a[1:2]", "f(a, b=1)", "(a)", "not a", "a is defined"]),
    lambda inner: st.one_of(
        st.builds("{} if {}".format, inner, inner),
        st.builds("{} if {} else {}".format, inner, inner, inner),
        st.builds("({})".format, inner),
        st.builds("f({}, k={})".format, inner, inner),
        st.builds("{}|upper".format, inner),
        st.builds("{{{}: {}}}".format, inner, inner),
    ),
    max_leaves=8,
)
TEMPLATES = st.recursive(
    st.one_of(
        st.sampled_from(["", "text", "\r\n", "{# else #}", "{% raw %}{% else %}{% endraw %}"]),
        st.builds("{{{{ {} }}}}".format, EXPRESSIONS),
    ),
    lambda inner: st.one_of(
        st.builds("{{% if {} %}}{}{{% endif %}}".format, EXPRESSIONS, inner),
        st.builds("{{%- if {} -%}}{}{{% elif {} %}}{}{{% else %}}{}{{% endif %}}".format, EXPRESSIONS, inner, EXPRESSIONS, inner, inner),
        st.builds("{{% for q in {} %}}{}{{% else %}}{}{{% endfor %}}".format, EXPRESSIONS, inner, inner),
        st.builds("{{% set z = {} %}}{}".format, EXPRESSIONS, inner),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(TEMPLATES)
def test_of_any_template_each_branch_has_its_own_identity_and_a_place(source: str) -> None:
    template = parse_template(source)
    found = branches(template)
    assert len({one.identity for one in found}) == len(found)
    for one in found:
        pointed = source[one.start : one.end]
        if one.kind.value.startswith("inline"):
            assert pointed.strip() == pointed != ""
            assert all(pointed.count(opening) == pointed.count(closing) for opening, closing in ("()", "[]", "{}"))
        else:
            assert (pointed[:2], pointed[-2:]) == ("{%", "%}")
