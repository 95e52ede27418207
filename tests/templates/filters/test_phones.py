"""The bounds of ``phone`` against the metadata that numbers are formatted with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import phonenumbers

from msgspec_tool.templates.filters.phones import MOST_BETWEEN


def metadata() -> Iterator[Any]:
    for region in phonenumbers.SUPPORTED_REGIONS:
        yield phonenumbers.PhoneMetadata.metadata_for_region(region)
    for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS:
        yield phonenumbers.PhoneMetadata.metadata_for_nongeo_region(code)


def between(pattern: str | None) -> int:
    """Characters of a format that are no part of the number."""
    return len(re.sub(r"\\\d", "", pattern or ""))


def test_no_format_puts_more_between_the_digits() -> None:
    national = [
        between(form.format) + between(form.national_prefix_formatting_rule) - len(str(known.country_code))
        for known in metadata()
        for form in known.number_format
    ]
    international = [
        between(form.format) + len("+ ")
        for known in metadata()
        for form in known.intl_number_format or known.number_format
        if form.format != "NA"
    ]
    assert len(national) > 500
    assert max(*national, *international) == MOST_BETWEEN
