"""What is said of many phone numbers at once is what libphonenumber says of each."""

from __future__ import annotations

import random

import phonenumbers
import pytest

from msgspec_tool.channels.msisdns import country_code, surely_possible
from msgspec_tool.channels.tariffs import Tariff


def possible(number: str) -> bool:
    try:
        parsed = phonenumbers.parse("+" + number.lstrip("+"), None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(parsed)


@pytest.mark.parametrize("code", sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
def test_no_number_is_taken_that_is_not_possible(code: int) -> None:
    made = random.Random(code)
    for _ in range(200):
        number = made.choice(["+", ""]) + str(code) + "".join(made.choices("0123456789", k=made.randint(4, 12)))
        assert not surely_possible([number]) or possible(number), number


@pytest.mark.parametrize("number", ["+447700900123", "12025550143", "+919876543210", "+4915112345678", "+33612345678"])
def test_ordinary_numbers_are_taken(number: str) -> None:
    assert surely_possible([number] * 3)


BAD = ["", " ", "07700900123", "+44770090012x", "+999123456789", "+44\n770", "+44770090012345678", "٠١٢٣٤٥٦٧٨", "++447700900123"]


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_number_spoils_all(bad: str) -> None:
    assert surely_possible(["+447700900123", "447700900124"])
    assert not surely_possible(["+447700900123", bad])


def test_country_codes() -> None:
    assert [country_code(digits) for digits in ("447700", "12025", "999", "", "x")] == ["44", "1", None, None, None]


def test_the_longest_prefix_with_a_price_counts() -> None:
    tariff = Tariff({"+44": 0.03, "447": 0.05, "+1": 1})
    assert [tariff.prefix(number) for number in ("+447700900123", "442079460000", "+12025550143", "+4915", "x")] == [
        "+447",
        "+44",
        "+1",
        "+49",
        "?",
    ]
