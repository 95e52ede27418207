"""Documentation of rules on screens of any width."""

from __future__ import annotations

import pytest

from msgspec_tool.catalogue import RULES, find
from msgspec_tool.diagnostics import Rule
from msgspec_tool.reporters.rule_text import fitted, fitted_rule, rule_text


def test_a_rule_on_a_narrow_screen() -> None:
    rule = find("missing-field")
    assert rule is not None
    assert list(fitted_rule(rule, 40)) == [
        "A mandatory field is absent.",
        "",
        "What: A field that the API (or the spec",
        "    language) requires here is not",
        "    written.",
        "Why: The platform refuses the whole",
        "    request.",
        "Bad:",
        "    channels:",
        "      sms: {senderid: EXAMPL}",
        "Good:",
        "    channels:",
        "      sms: {senderid: EXAMPL, text: Your parcel is out for delivery.}",
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("room", [40, 100, 1000])
def test_the_words_stay_whatever_the_width(rule: Rule, room: int) -> None:
    assert " ".join(fitted_rule(rule, room)).split() == rule_text(rule).split()
    prose, _bad, examples = "\n".join(fitted_rule(rule, room)).partition("\nBad:")
    assert max(map(len, prose.splitlines())) <= room
    assert examples == rule_text(rule).partition("\nBad:")[2]


def test_where_there_is_no_screen_lines_stay() -> None:
    assert list(fitted(["x " * 200], None)) == ["x " * 200]
    assert list(fitted(["  one two", "", "long"], 7)) == ["  one", "      two", "", "long"]
