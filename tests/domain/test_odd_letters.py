"""Characters that nobody sees and letters that look like others: where they belong, where not, and what NFC makes of them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.domain.invisible import SUSPECTS, Odd, decomposed, oddity
from msgspec_tool.domain.lookalikes import LATIN, lookalikes


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("a\u00a0b", Odd.NO_BREAK),
        ("10\u00a0km", None),
        ("km\u00a010", None),
        ("Bonjour\u00a0!", None),
        ("«\u202fa", None),
        ("a\u202f»", None),
        ("a\u202f›", None),
        ("a\u200bb", Odd.INVISIBLE),
        ("ส\u200bว", None),
        ("\u00adab", Odd.INVISIBLE),
        ("\ufeffab", Odd.INVISIBLE),
        ("a\u2060b", Odd.INVISIBLE),
        ("\u200da", Odd.INVISIBLE),
        ("a\u200db", Odd.INVISIBLE),
        ("ж\u200dа", Odd.INVISIBLE),
        ("क\u094d\u200d", Odd.INVISIBLE),
        ("क\u094d\u200dष", None),
        ("👨\u200d👩", None),
        ("a\u202eb", Odd.DIRECTION),
        ("ش\u202eb", Odd.DIRECTION),
        ("a\u200eb", Odd.DIRECTION),
        ("ש\u200f!", None),
        ("\u2067ש\u2069", None),
    ],
)
def test_where_a_character_belongs(text: str, odd: Odd | None) -> None:
    found = [oddity(text, match.start()) for match in re.finditer(SUSPECTS, text)]
    assert found[0] is odd


@given(st.text())
def test_every_suspect_has_an_answer(text: str) -> None:
    for found in re.finditer(SUSPECTS, text):
        assert oddity(text, found.start()) in (None, *Odd)


LETTERS = st.text(st.sampled_from("aeonsåé\u0301\u0308\u0323\u030a\u1100\u1161\u11a8\u212b\u2126कन\u093c \u0958"), max_size=12)


@given(LETTERS)
def test_composed_pieces_are_what_nfc_makes_of_them(text: str) -> None:
    pieces = decomposed(text)
    made, at = "", 0
    for start, end in pieces:
        assert at <= start < end
        composed = unicodedata.normalize("NFC", text[start:end])
        assert composed != text[start:end]
        made, at = made + text[at:start] + composed, end
    made += text[at:]
    assert unicodedata.normalize("NFC", made) == unicodedata.normalize("NFC", text)
    assert decomposed(made) == ()


@given(st.text())
def test_text_in_nfc_has_no_pieces(text: str) -> None:
    assert decomposed(unicodedata.normalize("NFC", text)) == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Mеridian", [1]),
        ("ΑCME", [0]),
        ("plain", []),
        ("Банк", []),
        ("НДС", []),
        ("Москва и Paris", []),
        ("AБВ", []),
        ("µm and Ωhm", []),
        ("сосо", []),
    ],
)
def test_words_of_two_scripts(text: str, places: list[int]) -> None:
    assert list(lookalikes(text)) == places


def test_the_table_goes_from_other_scripts_to_latin() -> None:
    for char, latin in LATIN.items():
        assert unicodedata.name(char).split()[0] in ("CYRILLIC", "GREEK")
        assert latin.isascii()
        assert latin.isalpha()


def test_a_mark_of_direction_is_no_text_that_runs_so() -> None:
    """It is itself of that direction, and would excuse itself."""
    assert oddity("Call\u200f us", 4) is Odd.DIRECTION
    assert oddity("مرحبا\u200f!", 5) is None
