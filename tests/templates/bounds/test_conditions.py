"""Branches that say the same are found in a copied tree as in one of its own."""

from __future__ import annotations

import pytest

from msgspec_tool.templates.bounds.conditions import identical_branches
from msgspec_tool.templates.environment import MessageEnvironment
from msgspec_tool.templates.positions import parse_located
from msgspec_tool.templates.skeletons import parse_alike
from msgspec_tool.templates.tree import Parts, attach

ENVIRONMENT = MessageEnvironment()
ALIKE = [
    ("{% if tier %}Dear {{ name }}{% else %}Dear {{ name }}{% endif %}", ["tier"]),
    ("{% if tier %}Dear {{ name }}{% else %}Hi {{ name }}{% endif %}", []),
    ("{% if tier %}Hi {{ name }}{% else %}Hi {{ name }}{% endif %}, again", ["tier"]),
    ("{% if a %}x{% elif b %}x{% else %}x{% endif %}", ["a"]),
    ("{% if a %}x{% elif b %}y{% else %}x{% endif %}", []),
    ("{% if a %}x{% if b %}y{% else %}y{% endif %}{% else %}x{% if b %}z{% else %}z{% endif %}{% endif %}", ["b", "b"]),
    ("{% if a %}x{% if b %}y{% else %}y{% endif %}{% else %}x{% if b %}y{% else %}y{% endif %}{% endif %}", ["a", "b", "b"]),
    ("one {{ 's' if many else 's' }}", ["many"]),
    ("two {{ 's' if many else 's' }}", ["many"]),
    ("two {{ 's' if many else '' }}{{ 1 if many else 1 }}", ["many"]),
    ("two {{ 's' if many }}", []),
    ("{% if a %}x{{ b }}{% else %}{{ b }}x{% endif %}", []),
    ("{% if a %}{{ b }}{% else %}{{ b }}{% endif %}", ["a"]),
    ("{% if a %}{% else %}{% endif %}", []),
]


@pytest.mark.parametrize(("source", "tests"), ALIKE)
def test_branches_that_say_the_same(source: str, tests: list[str]) -> None:
    root, tokens = parse_located(ENVIRONMENT, source)
    attach(root, Parts(tokens))
    for one in (root, parse_alike(ENVIRONMENT, source), parse_alike(ENVIRONMENT, source)):
        assert [source[spot.start : spot.end] for spot in identical_branches(one)] == tests
