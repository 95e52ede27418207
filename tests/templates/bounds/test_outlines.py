"""What templates with the same tags have in common says the same of each of them as an analysis of it alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import nodes

from msgspec_tool.model import Template
from msgspec_tool.templates.bounds.analysis import Allowance, Analysis, Interpretation
from msgspec_tool.templates.bounds.conditions import constant_outcomes, identical_branches
from msgspec_tool.templates.bounds.observations import Outcome
from msgspec_tool.templates.bounds.surrounding import spec_value
from msgspec_tool.templates.leaks import leaks
from msgspec_tool.templates.names.scopes import reads
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.tree import attach, parts_of
from tests.templates.made_templates import SETTING, TEMPLATES
from tests.templates.test_skeletons import written

NAMED = [
    replace(SETTING, names={**SETTING.names, "spec": spec_value(name)}, spec_name=name) for name in ("", "a", "fällig € {x}", "long-" * 40)
]
"""Specs with other names."""


def told(found: Interpretation) -> Any:
    """All that is known of a template, as plain data."""
    ways = [
        (one.text, one.value, [(written(condition.test), condition.holds, condition.file) for condition in one.conditions], one.omitted)
        for one in found.outcomes
    ]
    noted = found.noted

    def outcome(one: Outcome) -> Any:
        return written(one.test), one.flags, one.in_macro, one.sources

    tests = {spot: outcome(one) for spot, one in noted.outcomes.items()}
    decided = [(spot, outcome(one)) for spot, one in noted.decided]
    rest = noted.attempts, noted.gaps, noted.heaviest, noted.failures, noted.refuses
    return ways, tests, decided, rest, found.steps, found.complete


def alone(template: Template) -> Template:
    """The template as if no other had its tags."""
    parts = parts_of(template.tree)
    root = nodes.Template(template.tree.body, lineno=1)
    attach(root, replace(parts, copied=None, original=None))
    return replace(template, tree=root)


def check(source: str) -> bool:
    """Compare what is said of a template with what is said of it alone; whether it was a copy."""
    template = parse_template(source)
    if template.tree is None or template.problems:
        return False
    one, other = (Analysis(each, replace(SETTING, allowance=Allowance())) for each in (template, alone(template)))
    assert told(one.result) == told(other.result)
    for setting in NAMED:
        ways = [told(Analysis(each, replace(setting, allowance=Allowance())).result) for each in (template, alone(template))]
        assert ways[0] == ways[1]
    assert reads(one.template.tree) == reads(other.template.tree)
    assert identical_branches(one.template.tree) == identical_branches(other.template.tree)
    assert list(constant_outcomes(one)) == list(constant_outcomes(other))
    assert [leak.start for leak in leaks(one)] == [leak.start for leak in leaks(other)]
    return parts_of(template.tree).copied is not None


MOULDS = (
    "{} {{{{ word }}}}{} {{% if offer %}} {} {{{{ offer }}}} {{% endif %}} {}",
    "{}{{% if gift %}}{}{{% elif days > 40 %}}{}{{% else %}}{}{{% endif %}}{{{{ note }}}}",
    "{}{{% if tier == 'red' %}}{}{{% endif %}}{}{{{{ days + name }}}}{}{{{{ tier | money('XXX') }}}}",
    "{}{{{{ spec.name }}}}{}{{% if gift %}}{}{{{{ spec.name }}}}{{% endif %}}{{{{ code }}}}{}",
    "{}{{{{ spec.name }}}}{}{{{{ spec.name | upper }}}}{}{}",
    "{}{{{{ 'a' if gift else 'b' }}}}{}{{# words #}}{}\n{{{{ amount | money('INR') }}}}{}",
)


@pytest.mark.parametrize("mould", MOULDS)
@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(("Hi", " ", "é ", "\n\n x ", "€  ", "\t", "ह" * 300)), min_size=12, max_size=12))
def test_moulds(mould: str, words: list[str]) -> None:
    for turn in range(3):
        check(mould.format(*words[4 * turn : 4 * turn + 4]))


@settings(max_examples=150, deadline=None)
@given(TEMPLATES)
def test_made_templates(source: str) -> None:
    check(source)
    check(f"more {source}\n words")
    check(f"{source} \n words")


def test_copies_are_told_by_their_skeleton() -> None:
    assert [check(f"{word} {{{{ word | default('these tags stand nowhere else') }}}}") for word in ("a", "b", "c")] == [False, True, True]
