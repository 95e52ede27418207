"""Many phone numbers in one look: whether all of them surely are possible numbers of their countries.

A number is possible where its country has numbers of its length (libphonenumber). Numbers that it would read as more than country
code and subscriber (a trunk or carrier prefix behind the country code) are left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec_tool.domain.simple_texts import SimpleTexts

MSISDN = re.compile(r"\+?[1-9][0-9]{6,14}\Z", re.ASCII)
"""A country code and a number, by E.164: 7 to 15 digits, with or without ``+``."""

_LEAD = 4
"""Characters that tell a country code of up to three digits, a plus sign included."""


def surely_possible(numbers: Sequence[str]) -> bool:
    """Whether each of these texts is the number of a country, with or without ``+``, of a length that the country has."""
    if isinstance(numbers, SimpleTexts) and numbers.lengths[0] == numbers.lengths[1]:
        joined, sizes = numbers.lines, frozenset(numbers.lengths)
    else:
        joined, sizes = "\n".join((*numbers, "")), frozenset(map(len, numbers))
    if joined.count("\n") != len(numbers):
        return False
    # campaigns go to the same few countries all along
    if _possible(frozenset(_MET), sizes).fullmatch(joined):
        return True
    _MET.update(filter(None, map(_country, {number[:_LEAD] for number in numbers})))
    return _possible(frozenset(_MET), sizes).fullmatch(joined) is not None


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
def _possible(countries: frozenset[str], sizes: frozenset[int]) -> re.Pattern[str]:
    """Numbers of some countries with so many characters, a plus sign included or not."""
    known = [number for code in sorted(countries) for number in _numbers(code, sizes)]
    one = known[0] if len(known) == 1 else f"(?:{'|'.join(known) or '(?!)'})"
    return re.compile(f"(?:\\+?{one}\n)*")


def _numbers(code: str, sizes: frozenset[int]) -> Iterator[str]:
    """Patterns of numbers of a country, without those that begin with what may be a prefix."""
    from phonenumbers import PhoneMetadata, region_code_for_country_code

    metadata = PhoneMetadata.metadata_for_region_or_calling_code(int(code), region_code_for_country_code(int(code)))
    lengths = metadata.general_desc.possible_length if metadata is not None and metadata.general_desc is not None else ()
    prefix = metadata.national_prefix_for_parsing if metadata is not None else None
    aside = f"(?!{prefix})" if prefix else ""
    for length in lengths:
        whole = len(code) + length
        if 7 <= whole <= 15 and sizes & {whole, whole + 1}:
            yield f"{code}{aside}[1-9][0-9]{{{length - 1}}}"
