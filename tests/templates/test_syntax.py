"""Templates are read as the environment reads them in which they run."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from jinja2.exceptions import TemplateSyntaxError
from jinja2.parser import Parser

from msgspec_tool.templates.environment import MessageEnvironment
from msgspec_tool.templates.positions import LocatedSyntaxError, parse_located
from msgspec_tool.templates.syntax import SYNTAX, Syntax
from tests.templates.made_templates import TEMPLATES
from tests.templates.test_positions import templates

ENVIRONMENT = MessageEnvironment()


class Asked(Syntax):
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getattribute__(self, name: str) -> Any:
        if name != "names":
            self.names.add(name)
        return super().__getattribute__(name)


def test_lexer_and_parser_are_told_what_the_environment_would_tell_them() -> None:
    asked: Any = Asked()
    Parser(asked, "{% if a %}\n  {# note #}{{ b | upper }}{% endif %}{% set c %}d{% endset %}").parse()
    told = asked.names - {"lexer", "_tokenize", "iter_extensions", "__class__", "__dict__"}
    assert {name: getattr(SYNTAX, name) for name in told} == {name: getattr(ENVIRONMENT, name) for name in told}
    assert len(told) == 12
    assert SYNTAX.lexer is ENVIRONMENT.lexer
    assert list(SYNTAX.iter_extensions()) == list(ENVIRONMENT.iter_extensions())


def trees_are_equal(source: str) -> bool:
    """Whether a template has the same tree in both, or is refused in both."""
    try:
        expected = ENVIRONMENT.parse(source)
    except TemplateSyntaxError:
        expected = None
    try:
        return parse_located(source)[0] == expected
    except LocatedSyntaxError:
        return expected is None


@settings(max_examples=200, deadline=None)
@given(templates)
def test_texts_with_tags_have_the_same_trees(source: str) -> None:
    assert trees_are_equal(source)


@settings(max_examples=100, deadline=None)
@given(TEMPLATES)
def test_templates_have_the_same_trees(source: str) -> None:
    assert trees_are_equal(source)
