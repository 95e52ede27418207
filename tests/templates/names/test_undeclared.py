"""Scopes as Jinja has them: what is reported really fails, what renders is silent."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.model import TemplateProblemKind as Kind
from msgspec_tool.templates.failures import RenderFailure
from msgspec_tool.templates.names.undeclared import Members, undefined_names
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.partials import Partials
from msgspec_tool.templates.running.engine import Engine

DECLARED = {"first_name": "Asha", "a": "x", "items": ["p", "q"], "yes": True, "no": False, "env": {"x": "1"}}


def found(source: str, partials: Partials | None = None, **more: object) -> list[tuple[str, str]]:
    template = parse_template(source, partials)
    assert template.problems == ()
    problems = undefined_names(template, DECLARED, **more)  # type: ignore[arg-type]
    return [((problem.file.text if problem.file else source)[problem.start : problem.end], problem.message) for problem in problems]


@pytest.mark.parametrize(
    "source",
    [
        "{{ first_name }}",
        "{% set z = 1 %}{{ z }}",
        "{% if yes %}{% set z = 1 %}{% else %}{% set z = 2 %}{% endif %}{{ z }}",
        "{% if yes %}{% set z = 1 %}{% endif %}{{ z | default('') }}{{ z is defined }}",
        "{% if yes %}{% set z = 1 %}{% endif %}{% if z is defined and z %}{{ z }}{% endif %}{{ z if z is defined else '' }}",
        "{% if no %}{% set z = 1 %}{% endif %}{% if z is not defined %}{% else %}{{ z }}{% endif %}{{ '' if z is undefined else z }}",
        "{% if no %}{% set z = 1 %}{% endif %}{{ z is undefined or z }}",
        "{% for i, j in [(1, 2)] if i %}{{ i }}{{ j }}{{ loop.index }}{% else %}{{ a }}{% endfor %}",
        "{% for i in items recursive %}{{ i }}{% endfor %}",
        "{% with z = a %}{{ z }}{% endwith %}",
        "{% macro m(x, y=x) %}{{ x }}{{ y }}{{ varargs | length }}{{ a }}{% endmacro %}{{ m(1) }}",
        "{% macro m() %}{{ later }}{% endmacro %}{% set later = 1 %}{{ m() }}",
        "{% macro m() %}{{ caller('q') }}{% endmacro %}{% call(u) m() %}{{ u }}{% endcall %}",
        "{% filter upper %}{% set z = 1 %}{{ z }}{% endfilter %}",
        "{% set z %}{{ a }}{% endset %}{{ z }}",
        "{% set z | upper %}{{ a }}{% endset %}{{ z }}",
        "{% set ns = namespace(x=1) %}{% for i in items %}{% set ns.x = i %}{% endfor %}{{ ns.x }}",
        "{% set p, q = 1, 2 %}{{ p }}{{ q }}",
        "{{ range(3) | list | join }}{{ dict(a=1) | length }}",
    ],
)
def test_silent_and_renders(source: str) -> None:
    assert found(source) == []
    Engine(None).compile(parse_template(source), native=False).render(DECLARED)


@pytest.mark.parametrize(
    ("source", "name", "message"),
    [
        ("Hi {{ frist_name }}", "frist_name", "'frist_name' is not declared; did you mean 'first_name'?"),
        ("{{ zzz | default('x') }}", "zzz", "'zzz' is not declared"),
        ("{{ 1 if zzz is defined }}", "zzz", "'zzz' is not declared"),
        ("{% if no %}{% set z = 1 %}{% endif %}{{ z }}", "z", "'z' is set on some paths only"),
        ("{% if no %}{% set z = 1 %}{% elif no %}{% set z = 2 %}{% endif %}{{ z }}", "z", "'z' is set on some paths only"),
        ("{% for i in items %}{% set z = 1 %}{% endfor %}{{ z }}", "z", "'z' is not declared"),
        ("{% for i in items %}{% endfor %}{{ loop }}", "loop", "'loop' is there only inside a for loop"),
        ("{{ z }}{% set z = 1 %}", "z", "'z' is not declared"),
        ("{% with z = 1 %}{% endwith %}{{ z }}", "z", "'z' is not declared"),
        ("{% set ns.x = 1 %}", "ns", "'ns' is not declared"),
        ("{% macro m(x) %}{% endmacro %}{{ x }}", "x", "'x' is not declared"),
        ("{{ lipsum() }}", "lipsum", "'lipsum' is not there: the same data must give the same message"),
        ("{{ __builtins__ }}", "__builtins__", "'__builtins__' is not allowed: names with two leading underscores are Python's own"),
    ],
)
def test_reported_and_fails(source: str, name: str, message: str) -> None:
    assert found(source)[0] == (name, message)
    if "default" not in source and "is defined" not in source:
        with pytest.raises(RenderFailure):
            Engine(None).compile(parse_template(source), native=False).render(DECLARED)


def test_members() -> None:
    members = {("env",): Members(frozenset({"x", "y"}), {"y": ("sandbox",)}, "{path} has no value", "add it")}
    assert found("{{ env.x }}{{ env['x'] }}{{ env.get('q') }}{{ env.y | default('') }}", members=members) == []
    assert found("{{ env.sender }}", members=members) == [("sender", "'env.sender' has no value")]
    assert found("{{ env['sender'] | default('x') }}", members=members) == [("'sender'", "'env.sender' has no value")]
    assert found("{{ env . y }}", members=members) == [("y", "'env.y' has no value in environment 'sandbox'")]
    assert found("{% set env = {} %}{{ env.q }}", members=members) == []


def test_open_scope_and_hints() -> None:
    assert found("{{ any_column }}", open_scope=True) == []
    template = parse_template("{{ first_nam }}")
    (problem,) = undefined_names(template, DECLARED, hints={"first_nam": "it is a column"})
    assert (problem.help, problem.replacement) == ("it is a column", None)


def test_partials(tmp_path: Path) -> None:
    (tmp_path / "inc").write_text("{{ z }}{{ nope }}")
    (tmp_path / "lib").write_text("{% macro m() %}{{ a }}{% endmacro %}")
    partials = Partials(tmp_path, (tmp_path,))
    assert found("{% set z = 1 %}{% include 'inc' %}", partials) == [("nope", "'nope' is not declared")]
    cut_off = "'a' is not visible in a partial that is imported without context"
    assert found("{% import 'lib' as l %}{{ l.m() }}", partials) == [("a", cut_off)]
    assert found("{% from 'lib' import m with context %}{{ m() }}", partials) == []
    assert found("{% from 'lib' import m, n as k with context %}{{ k }}", partials) == [("n", "the partial defines no 'n'")]
    assert found("{% set z = 1 %}{% include 'inc' without context %}", partials)[0][0] == "z"


CONDITIONS = ("first", "second", "third")
NAMES = st.sampled_from(["a", "first_name", "z", "w"])
STATEMENTS = st.recursive(
    st.one_of(
        NAMES.map(lambda n: f"{{{{ {n} }}}}"), NAMES.map(lambda n: f"{{% set {n} = 'v' %}}"), NAMES.map(lambda n: f"{{{{ {n}|d('') }}}}")
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner, st.sampled_from(CONDITIONS)).map(lambda t: f"{{% if {t[2]} %}}{t[0]}{{% else %}}{t[1]}{{% endif %}}"),
        st.tuples(inner, NAMES).map(lambda t: f"{{% for {t[1]} in items %}}{t[0]}{{% endfor %}}"),
        st.tuples(inner, NAMES).map(lambda t: f"{{% with {t[1]} = 'v' %}}{t[0]}{{% endwith %}}"),
        st.tuples(inner, NAMES).map(lambda t: f"{{% set {t[1]} %}}{t[0]}{{% endset %}}"),
        inner.map(lambda t: f"{{% filter upper %}}{t}{{% endfilter %}}"),
    ),
    max_leaves=10,
)


@settings(max_examples=200, deadline=None)
@given(STATEMENTS)
def test_silence_means_that_every_path_renders(source: str) -> None:
    problems = undefined_names(parse_template(source), DECLARED | dict.fromkeys(CONDITIONS, True))
    compiled = Engine(None).compile(parse_template(source), native=False)
    outcomes = []
    for values in product((True, False), repeat=len(CONDITIONS)):
        try:
            compiled.render({**DECLARED, **dict(zip(CONDITIONS, values, strict=True))})
            outcomes.append(True)
        except RenderFailure:
            outcomes.append(False)
    if not problems:
        assert all(outcomes)
    # a condition that is asked twice may leave a path that no data takes
    independent = all(source.count(f"if {name} ") <= 1 for name in CONDITIONS)
    if problems and independent and "|d(" not in source:
        assert not all(outcomes)
        assert all(problem.kind is Kind.UNDEFINED for problem in problems)
