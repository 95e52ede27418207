"""What is known of the characters of a pattern."""

from __future__ import annotations

import sys

import pytest

from msgspec_tool.variables.patterns import SPACES, Characters


def test_white_space_is_pythons() -> None:
    spaces = {code for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert {code for first, last in SPACES for code in range(first, last + 1)} == spaces


@pytest.mark.parametrize(
    ("ranges", "holds"),
    [
        (((48, 57),), False),
        (((0, 8),), False),
        (((0, 9),), True),
        (((32, 32),), True),
        (((33, 132), (134, 159)), False),
        (((0x2000, 0x200A),), True),
        (((0x3001, 0x10FFFF),), False),
        (((48, 57), (0, 0x10FFFF)), True),
    ],
)
def test_ranges_with_white_space(ranges: tuple[tuple[int, int], ...], holds: bool) -> None:
    assert Characters(ranges).holds_space is holds
