"""Two texts side by side, with what differs marked."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.reporters.screen import Screen, escaped
from msgspec_tool.reporters.word_diff import word_diff

PLAIN, COLOURED = Screen(), Screen(colour=True)


@pytest.mark.parametrize(
    ("expected", "got", "removed", "added"),
    [
        ("the same", "the same", "the same", "the same"),
        ("Hi Asha, INR 5 due", "Hi Ben, INR 6 due", "Hi [-Asha,-] INR [-5-] due", "Hi {+Ben,+} INR {+6+} due"),
        ("a b", "a  b", "a[- -]b", "a{+  +}b"),
        ("a b c", "a c", "a [-b -]c", "a c"),
        ("", "new", "", "{+new+}"),
        ("old", "", "[-old-]", ""),
        ("one\ntwo", "one two", "one[-\\n-]two", "one{+ +}two"),
        ("a\x1b[2J", "a", "[-a\\x1b[2J-]", "{+a+}"),
    ],
)
def test_marks_in_brackets(expected: str, got: str, removed: str, added: str) -> None:
    assert word_diff(expected, got, screen=PLAIN) == (removed, added)


def test_marks_in_colours() -> None:
    assert word_diff("Hi Asha", "Hi Ben", screen=COLOURED) == ("Hi \x1b[1;31mAsha\x1b[0m", "Hi \x1b[1;32mBen\x1b[0m")


def test_texts_that_are_too_long_to_compare_are_cut_to_what_surely_differs() -> None:
    started = time.perf_counter()
    removed, added = word_diff("same " + "a b " * 5000 + "end", "same " + "b a " * 5000 + "end", screen=PLAIN)
    assert removed.startswith("same [-a b ")
    assert added.startswith("same {+b a ")
    assert removed.endswith("-] end")
    assert time.perf_counter() - started < 1


TEXTS = st.text(st.sampled_from("ab \n\té"), max_size=30)


@given(TEXTS, TEXTS)
def test_nothing_is_lost(expected: str, got: str) -> None:
    def without_colours(text: str) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", text)

    removed, added = word_diff(expected, got, screen=COLOURED)
    assert (without_colours(removed), without_colours(added)) == (escaped(expected), escaped(got))
    assert ("\x1b" in removed + added) == (expected != got)
