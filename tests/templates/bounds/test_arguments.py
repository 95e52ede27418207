"""Calls against parameters: every problem at its exact place, and the same verdict as Jinja's macros and Python's functions."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from msgspec_tool.templates.bounds.arguments import ArgumentProblem, Parameter, Parameters, check_call, macro_parameters
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.tree import parts_of, walk


def parameters(*names: str, **more: bool) -> Parameters:
    """``name`` is optional, ``name!`` required; after ``*`` by name only, before ``/`` by position only."""
    made = []
    for index, name in enumerate(names):
        if name not in ("*", "/"):
            made.append(Parameter(name.rstrip("!"), name.endswith("!"), "*" in names[:index], "/" in names[index:]))
    return Parameters(tuple(made), **more)


SIGNATURES = {
    "upper": parameters(),
    "replace": parameters("old!", "new!", "count"),
    "truncate": parameters("length", "killwords", "end", "leeway"),
    "money": parameters("currency!", "*", "display", "locale"),
    "divisibleby": parameters("num!"),
    "in": parameters("seq!", "/"),
    "eq": parameters("other!", "/"),
    "even": parameters(),
    "select": parameters(variadic=True, variadic_keywords=True),
    "range": parameters("start!", "stop", "step", "/"),
    "dict": parameters("pairs", "/", variadic_keywords=True),
    "smartlink": parameters("id!"),
    "only_named": parameters("*", "key!"),
}
KINDS = {nodes.Filter: "filter", nodes.Test: "test", nodes.Call: "function"}


def problems(source: str) -> list[ArgumentProblem]:
    """What is wrong with the first call in a template of a macro that it defines, else of a signature above."""
    tree = parse_template(source).tree
    tokens = parts_of(tree).tokens
    macros = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
    for node in walk(tree):
        name = called(node)
        if name in macros:
            return list(check_call(macro_parameters(macros[name]), node, f"macro '{name}'", tokens))
        if name in SIGNATURES:
            return list(check_call(SIGNATURES[name], node, f"{KINDS[type(node)]} '{name}'", tokens))
    raise AssertionError(source)


def called(node: Any) -> str | None:
    """The name that a node calls."""
    if isinstance(node, (nodes.Filter, nodes.Test)):
        return node.name
    call = node.call if isinstance(node, nodes.CallBlock) else node
    return call.node.name if isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) else None


def said(source: str) -> list[tuple[str, str]]:
    return [(source[problem.start : problem.end], problem.message) for problem in problems(source)]


@pytest.mark.parametrize(
    "source",
    [
        "{{ x | upper }}",
        "{{ x | upper() }}",
        "{{ x | replace('a', ',') }}",
        "{{ x | replace('a', (1, 2), count=[1, {'a': 2}][0],) }}",
        "{{ x | replace(new='b', old='a') }}",
        "{{ x | replace(*pair) }}{{ 1 }}",
        "{{ x | replace('a', **more) }}",
        "{{ x | money('INR', display='code') }}",
        "{% filter truncate(9, end='') %}x{% endfilter %}",
        "{% set y | truncate(9) %}x{% endset %}",
        "{{ x is divisibleby 3 }}",
        "{{ x is divisibleby(num=3) }}",
        "{{ x is not divisibleby(3) }}",
        "{{ x is eq items[0].price }}",
        "{{ x is in [1, 2] }}",
        "{{ x is even }}",
        "{{ x is even and (x) }}",
        "{{ range(1, 9) | length }}",
        "{{ dict(pairs=1, more=2) }}",
        "{{ x | select('eq', 1, a=2) | list }}",
        "{{ only_named(**more) }}",
        "{% macro m(a, b=1) %}{% endmacro %}{{ m() }}",
        "{% macro m(a, b=1) %}{% endmacro %}{{ m(1, b=2) }}",
        "{% macro m(a) %}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}",
        "{% macro m(a) %}{{ kwargs }}{% endmacro %}{{ m(1, a=2, b=3) }}",
        "{% macro m(a) %}{{ caller() }}{% endmacro %}{% call m(1) %}x{% endcall %}",
        "{% macro m(a) %}{{ caller() }}{% endmacro %}{{ m(1, caller=x) }}",
        "{% macro m(a) %}{{ kwargs }}{% endmacro %}{% call m(1) %}x{% endcall %}",
        "{% macro m(a, caller=none) %}{% endmacro %}{% call m(1) %}x{% endcall %}",
    ],
)
def test_right_calls(source: str) -> None:
    assert said(source) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ x | upper(1) }}", [("1", "filter 'upper' takes no arguments")]),
        ("{{ x | upper( 1, (2, 3)) }}", [("1, (2, 3)", "filter 'upper' takes no arguments")]),
        ("{{ x is divisibleby }}", [("divisibleby", "test 'divisibleby' needs 'num'")]),
        ("{{ x is not divisibleby }}", [("divisibleby", "test 'divisibleby' needs 'num'")]),
        ("{{ x is even 3 }}", [("3", "test 'even' takes no arguments")]),
        ("{{ x is even rows[0] . name (1) }}", [("rows[0] . name (1)", "test 'even' takes no arguments")]),
        ("{{ x is even [1, 2] }}", [("[1, 2]", "test 'even' takes no arguments")]),
        ("{{ x is in (1, 2) }}", [("2", "test 'in' takes at most 1 argument, 2 are given")]),
        ("{{ x is eq(other=1) }}", [("other", "test 'eq' takes 'other' by its position, not by name")]),
        ("{{ x | truncate(1, 2, 3, 4, a + b) }}", [("a + b", "filter 'truncate' takes at most 4 arguments, 5 are given")]),
        ("{{ x | money('INR', 'code') }}", [("'code'", "filter 'money' takes at most 1 argument by position, 2 are given")]),
        ("{{ x | money }}", [("money", "filter 'money' needs 'currency'")]),
        ("{{ x | money() }}", [("money", "filter 'money' needs 'currency'")]),
        ("{{ x | money(curency='INR') }}", [("curency", "filter 'money' has no argument 'curency'; did you mean 'currency'?")]),
        ("{{ x | money('INR', curency='INR') }}", [("curency", "filter 'money' has no argument 'curency'")]),
        (
            "{{ x | money(\n  displai = 'code') }}",
            [
                ("money", "filter 'money' needs 'currency'"),
                ("displai", "filter 'money' has no argument 'displai'; did you mean 'display'?"),
            ],
        ),
        ("{{ x | upper(big=true) }}", [("big", "filter 'upper' has no argument 'big'")]),
        ("{{ x | replace }}", [("replace", "filter 'replace' needs 'old' and 'new'")]),
        ("{{ x | replace(new='b') }}", [("replace", "filter 'replace' needs 'old'")]),
        (
            "{{ x | replace('a', old='b') }}",
            [("replace", "filter 'replace' needs 'new'"), ("old", "filter 'replace' gets 'old' twice: by its position and by name")],
        ),
        ("{{ range() }}", [("range", "function 'range' needs 'start'")]),
        (
            "{{ range(stop=3) }}",
            [("range", "function 'range' needs 'start'"), ("stop", "function 'range' takes 'stop' by its position, not by name")],
        ),
        ("{{ range(**more) }}", [("range", "function 'range' needs 'start'")]),
        ("{{ only_named(*more) }}", [("only_named", "function 'only_named' needs 'key'")]),
        ("{{ smartlink (1, *more, **kept) }}", []),
        ("{{ smartlink(1, 2, *more) }}", [("2", "function 'smartlink' takes at most 1 argument, 2 are given")]),
        ("{% macro m() %}{% endmacro %}{{ m(1) }}", [("1", "macro 'm' takes no arguments")]),
        ("{% macro m(a) %}{% endmacro %}{{ m(1, a=2) }}", [("a", "macro 'm' gets 'a' twice: by its position and by name")]),
        ("{% macro m(name) %}{% endmacro %}{{ m(nme=2) }}", [("nme", "macro 'm' has no argument 'nme'; did you mean 'name'?")]),
        (
            "{% macro m(a) %}{% endmacro %}{% call m(1) %}x{% endcall %}",
            [("call", "macro 'm' takes no call block: it never reads 'caller'")],
        ),
        (
            "{% macro m(a, varargs) %}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}",
            [("3", "macro 'm' takes at most 2 arguments, 3 are given")],
        ),
    ],
)
def test_wrong_calls(source: str, expected: list[tuple[str, str]]) -> None:
    assert said(source) == expected


@pytest.mark.parametrize(
    ("source", "help", "replacement"),
    [
        ("{{ x | upper(1) }}", "remove it", None),
        ("{{ x | upper(1, 2) }}", "remove them", None),
        ("{{ x is in (1, 2) }}", "write the values as a list: in [first, second]", None),
        ("{{ x | upper(a=1) }}", "it takes no arguments by name", None),
        ("{{ x | money(curency='INR') }}", "it takes 'currency', 'display' and 'locale'", "currency"),
        ("{{ x | replace('a') }}", "write replace(old, new)", None),
        ("{{ only_named() }}", "write only_named(key=…)", None),
        ("{{ x is eq(other=1) }}", "write the value without 'other='", None),
        ("{{ x | upper(1, 2, a=1) | trim }}", "remove them", None),
        ("{{ x | replace('a', 'b', old='b') }}", "remove one of them", None),
        ("{% macro m() %}{% endmacro %}{% call m() %}{% endcall %}", "print caller() in the macro, or call it without a block", None),
    ],
)
def test_remedies(source: str, help: str, replacement: str | None) -> None:
    assert (problems(source)[0].help, problems(source)[0].replacement) == (help, replacement)


class Anything:
    """A value with members that can be called and indexed."""

    def x(self, *_arguments: object) -> int:
        return 1

    def __getitem__(self, _key: object) -> int:
        return 1


NAMES = ("a", "b", "c", "caller")
VALUES = st.sampled_from(("1", "'x, y'", "(1, 2)", "[1, [2, 3]]", "{'a': 1}", "n.x(1, 2)", "n[0]", "1 if n else 2", "n | upper"))
CALLS = st.tuples(st.lists(VALUES, max_size=4), st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
READS = st.sets(st.sampled_from(("varargs", "kwargs", "caller")))


def written(call: tuple[list[str], list[str]]) -> str:
    return ", ".join([*call[0], *(f"{name}= {value}" for name, value in zip(call[1], ["n", "(1, 2)", "b"], strict=False))])


def fails(function: Any, *arguments: Any, **named: Any) -> bool:
    try:
        function(*arguments, **named)
    except TypeError:
        return True
    return False


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(NAMES[:3]), max_size=3, unique=True), READS, CALLS)
def test_macros_take_what_jinja_lets_them_take(names: list[str], reads: set[str], call: tuple[list[str], list[str]]) -> None:
    body = "".join(f"{{% if {name} %}}{{% endif %}}" for name in sorted(reads))
    source = f"{{% macro m({', '.join(names)}) %}}{body}{{% endmacro %}}{{{{ m({written(call)}) }}}}"
    assert bool(said(source)) == fails(Environment().from_string(source).render, n=Anything())


@settings(max_examples=200, deadline=None)
@given(READS, st.sampled_from(("", "a", "a, caller=1")))
def test_call_blocks_are_for_the_macros_that_jinja_gives_them_to(reads: set[str], names: str) -> None:
    body = "".join(f"{{% if {name} %}}{{% endif %}}" for name in sorted(reads))
    source = f"{{% macro m({names}) %}}{body}{{% endmacro %}}{{% call m() %}}x{{% endcall %}}"
    assert bool(said(source)) == fails(Environment().from_string(source).render)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.booleans(), max_size=3),
    st.integers(0, 3),
    st.integers(0, 3),
    st.booleans(),
    CALLS,
)
def test_functions_take_what_python_lets_them_take(
    required: list[bool], before_slash: int, after_star: int, variadic: bool, call: tuple[list[str], list[str]]
) -> None:
    required.sort(reverse=True)
    count = len(required)
    named = tuple(
        Parameter(NAMES[i], required[i], keyword_only=i >= count - after_star and i >= before_slash, positional_only=i < before_slash)
        for i in range(count)
    )
    kinds = {(True, False): inspect.Parameter.KEYWORD_ONLY, (False, True): inspect.Parameter.POSITIONAL_ONLY}
    python = [
        inspect.Parameter(
            one.name,
            kinds.get((one.keyword_only, one.positional_only), inspect.Parameter.POSITIONAL_OR_KEYWORD),
            default=inspect.Parameter.empty if one.required else None,
        )
        for one in named
    ]
    if variadic:
        index = next((i for i, one in enumerate(named) if one.keyword_only), count)
        python.insert(index, inspect.Parameter("rest", inspect.Parameter.VAR_POSITIONAL))
    source = f"{{{{ f({written(call)}) }}}}"
    tree = parse_template(source).tree
    node = next(tree.find_all(nodes.Call))
    found = list(check_call(Parameters(named, variadic=variadic), node, "function 'f'", parts_of(tree).tokens))
    assert bool(found) == fails(inspect.Signature(python).bind, *call[0], **dict.fromkeys(call[1]))


@settings(max_examples=200, deadline=None)
@given(CALLS)
def test_places(call: tuple[list[str], list[str]]) -> None:
    """Every value and every name is found where it was written."""
    source = f"{{{{ x | upper({written(call)}) }}}}"
    found = [source[problem.start : problem.end] for problem in problems(source)]
    assert found == [*([", ".join(call[0])] if call[0] else []), *call[1]]
