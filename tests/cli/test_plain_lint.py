"""A plain command line means the same to the quick reader as to click; anything else is left to click."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.cli import lint
from msgspec_tool.cli.lint_options import OPTIONS, Kind, Words, plain_words

LEFT_TO_CLICK = [
    ["--help"],
    ["-"],
    ["--", "x"],
    ["--now"],
    ["--jobs", "0"],
    ["--jobs=-1"],
    ["--jobs", "two"],
    ["--jobs", "٣"],
    ["--format", "xml"],
    ["--format=FULL"],
    ["--fail-on="],
    ["--baseline", ""],
    ["--recipients="],
    ["--fix=yes"],
    ["--nothing"],
    ["--no-cach"],
    ["--select", "--ignore"],
    ["--color", "always"],
]
WORDS = [
    *(option.name for option in OPTIONS),
    *(f"{option.name}=x" for option in OPTIONS),
    *("a.msg.yaml", "specs", "", "full", "json", "error", "never", "2", "1", "-", "--", "-x", "a=b", "--format=json", "--jobs=4", "--now="),
]


def _by_click(arguments: list[str]) -> Words:
    return Words(**lint.command.make_context("lint", list(arguments)).params)


@pytest.mark.parametrize("arguments", LEFT_TO_CLICK)
def test_what_is_not_plain_is_left_to_click(arguments: list[str]) -> None:
    assert plain_words(arguments) is None


def test_every_option_is_read_plainly() -> None:
    arguments = ["a"]
    for option in OPTIONS:
        values = {Kind.FLAG: (), Kind.TEXT: ("some text",), Kind.NAME: ("a name",), Kind.COUNT: ("3",), Kind.CHOICE: option.choices[-1:]}
        value = values[option.kind]
        arguments += [option.name, *value]
    words = plain_words(["b", *arguments])
    assert words is not None
    assert words == _by_click(["b", *arguments])
    assert words.paths == ("b", "a")


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_plain_words_are_what_click_reads(arguments: list[str]) -> None:
    words = plain_words(arguments)
    if words is not None:
        assert words == _by_click(arguments)
