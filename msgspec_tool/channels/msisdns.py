"""Many phone numbers in one look: whether all of them surely are possible numbers of their countries.

A number is possible where its country has numbers of its length (libphonenumber). Numbers that it would read as more than country
code and subscriber (a trunk or carrier prefix behind the country code) are left to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_LEAD = 4
"""Characters that tell a country code of up to three digits, a plus sign included."""


def surely_possible(numbers: Sequence[str]) -> bool:
    """Whether each of these texts is the number of a country, with or without ``+``, of a length that the country has."""
    joined = "\n".join((*numbers, ""))
    if joined.count("\n") != len(numbers):
        return False
    # campaigns go to the same few countries all along
    if _possible(frozenset(_MET)).fullmatch(joined):
        return True
    _MET.update(filter(None, map(_country, {number[:_LEAD] for number in numbers})))
    return _possible(frozenset(_MET)).fullmatch(joined) is not None


_MET: set[str] = set()
"""Country codes that numbers had so far."""


def _country(lead: str) -> str | None:
    """The country code at the beginning of a number."""
    return country_code(lead.lstrip("+"))


@lru_cache(maxsize=4096)
def country_code(digits: str) -> str | None:
    """The country code that some digits begin with; None where no country has one."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    candidates = (digits[:size] for size in (1, 2, 3))
    return next((code for code in candidates if code.isascii() and code.isdigit() and int(code) in COUNTRY_CODE_TO_REGION_CODE), None)


@lru_cache(maxsize=256)
def _possible(countries: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"(?:\\+?(?:{'|'.join(map(_numbers, sorted(countries))) or '(?!)'})\n)*")


def _numbers(code: str) -> str:
    """A pattern of numbers of a country, without those that begin with what may be a prefix."""
    from phonenumbers import PhoneMetadata, region_code_for_country_code

    metadata = PhoneMetadata.metadata_for_region_or_calling_code(int(code), region_code_for_country_code(int(code)))
    lengths = metadata.general_desc.possible_length if metadata is not None and metadata.general_desc is not None else ()
    within = sorted((length for length in lengths if length > 0 and 7 <= len(code) + length <= 15), reverse=True)
    prefix = metadata.national_prefix_for_parsing if metadata is not None else None
    aside = f"(?!{prefix})" if prefix else ""
    # the longest come first, because most numbers are
    return f"{code}{aside}[1-9](?:{'|'.join(f'[0-9]{{{length - 1}}}' for length in within) or '(?!)'})"
