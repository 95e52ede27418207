"""Templates with their loops written out: which can be, and how long they are."""

from __future__ import annotations

import pytest

from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.unrolling import unrolled

SIZES = {"a": 3, "b": 5, "c": 0}


@pytest.mark.parametrize(
    ("source", "rounds"),
    [
        ("Hi {{ a }}", {(): 1}),
        ("{% for x in a %}{{ x }}{% endfor %}", {(): 1, ("a",): 3}),
        ("{% for x in a %}{{ x }}{% else %}{{ b }}{% endfor %}{% for x in b if x %}{{ loop.index }}{% endfor %}", {("a",): 3, ("b",): 5}),
        ("{% for x in a %}{% for y in b %}{{ x ~ y }}{% endfor %}{% endfor %}", {("a",): 3, ("a", "b"): 15}),
        ("{% for x in [a, b] %}{% for y in a %}{{ x }}{% endfor %}{% endfor %}", {("a",): 3}),
        ("{% for x, y in c %}{{ x }}{% endfor %}", {("c",): 0}),
    ],
)
def test_what_is_written_out(source: str, rounds: dict[tuple[str, ...], int]) -> None:
    found = unrolled(parse_template(source))
    assert found is not None
    assert found.rounds.keys() >= rounds.keys()
    assert found.names == {name for names in found.rounds for name in names}
    once = found.characters(lambda name: 0)
    assert len(source) <= once
    assert found.characters(SIZES.__getitem__) == sum(number * rounds.get(names, 1) for names, number in found.rounds.items())


def test_each_round_counts_at_least_what_it_is_written_with() -> None:
    body = "{{ x }}, {% if x == 'abcdefghijklmnopqrstuvwxyz' %}{{ x | upper }}{% endif %}"
    found = unrolled(parse_template("{% for x in a %}" + body + "{% endfor %}"))
    assert found is not None
    assert found.characters(lambda name: 101) - found.characters(lambda name: 1) >= 100 * len(body)


@pytest.mark.parametrize(
    "source",
    [
        "{% for x in a %}{% for y in x %}{{ y }}{% endfor %}{% endfor %}",
        "{% for x in range(9) %}{{ x }}{% endfor %}",
        "{% for x in a.b %}{{ x }}{% endfor %}",
        "{% for x in a | sort %}{{ x }}{% endfor %}",
        "{% for x in a recursive %}{{ loop(x) }}{% endfor %}",
        "{% for a in b %}{% for y in a %}{{ y }}{% endfor %}{% endfor %}",
        "{% set x = a %}{{ x }}",
        "{% macro m() %}x{% endmacro %}{{ m() }}",
        "{% include 'x.txt' %}",
        "{% for x in a %}{% set y = x %}{{ y }}{% endfor %}",
        "{% for x in a %}{{ a | map('upper') | join }}{% endfor %}",
    ],
)
def test_what_is_not(source: str) -> None:
    assert unrolled(parse_template(source)) is None
