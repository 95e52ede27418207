"""Texts against those that are registered with Indian operators."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.domain.registered_texts import departure

ORDER = "Dear {#var#}, your order {#var#} is here. -NORTHL"


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Dear Asha, your order 7 is here. -NORTHL", None),
        ("Dear , your order  is here. -NORTHL", None),
        ("  Dear Asha,\nyour  order 7 is here. -NORTHL\n", None),
        ("Hello Asha, your order 7 is here. -NORTHL", "Dear "),
        ("Dear Asha, your parcel 7 is here. -NORTHL", ", your order "),
        ("Dear Asha, your order 7 is here. -NORTHL.", ""),
        ("Dear " + "x" * 41 + ", your order 7 is here. -NORTHL", ", your order "),
        ("Dear " + "x" * 40 + ", your order 7 is here. -NORTHL", None),
        ("", "Dear "),
    ],
)
def test_what_a_text_lacks(text: str, lacking: str | None) -> None:
    assert departure(text, ORDER, 40) == lacking


FORMS = [("{#var#}", True), ("{# numeric #}{#url#}", True), ("abc", True), ("abd", False), ("ab", False)]


@pytest.mark.parametrize(("registered", "fits"), FORMS)
def test_forms_of_registered_texts(registered: str, fits: bool) -> None:
    assert (departure("abc", registered, 3) is None) is fits


@given(st.lists(st.sampled_from(("a", "b", "ab", "{#var#}")), max_size=6).map("".join), st.text("ab", max_size=10))
def test_it_is_what_a_pattern_would_say(registered: str, text: str) -> None:
    pattern = ".{0,2}".join(re.escape(part) for part in registered.split("{#var#}"))
    assert (departure(text, registered, 2) is None) is (re.fullmatch(pattern, text) is not None)


def test_many_variables_take_no_longer() -> None:
    start = time.process_time()
    assert departure("a" * 1000, "{#var#}a" * 100 + "b", 40) is not None
    assert time.process_time() - start < 1
