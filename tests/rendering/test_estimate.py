"""What an estimate says to a person: amounts that are too small for two decimals are not nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from msgspec_tool.channels.tariffs import Tariff
from msgspec_tool.rendering.estimate import Estimate
from msgspec_tool.rendering.outcome import RenderCounts


@pytest.mark.parametrize(
    ("parts", "prices", "lines"),
    [
        ({"+91": 1}, {"+91": 0.0021}, ["sms parts            1  +91  0.0021", "cost            0.0021"]),
        ({"+91": 1, "+44": 2}, {"+91": 0.0021}, ["cost            0.0021  2 parts have no price"]),
        ({"+91": 1000, "+44": 1}, {"+91": 1.5}, ["sms parts        1,000  +91  1,500.00", "cost          1,500.00  1 part has no price"]),
        ({"+91": 1}, {"+91": 0}, ["sms parts            1  +91  0.00", "cost              0.00"]),
        ({"+91": 1}, {}, ["cost            unknown  the environment has no prices for these numbers"]),
    ],
)
def test_money(parts: dict[str, int], prices: dict[str, float], lines: list[str]) -> None:
    estimate = Estimate(RenderCounts(parts_by_prefix=Counter(parts)), Tariff(prices), None)
    said = list(estimate.lines())
    assert [line for line in lines if line not in said] == []
