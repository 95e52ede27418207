"""SMS counting against vectors, against parts that are built one character at a time, and the alphabet against another codec."""

from __future__ import annotations

import gsm0338
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.channels.gsm7 import ALPHABET, EXTENSION, first_non_gsm7, is_gsm7, replace_for_gsm7, septets
from msgspec_tool.channels.sms_parts import SmsCount, count

EURO, CYRILLIC, EMOJI, CURLY = "€", "ж", "😀", "’"
CODEC = gsm0338.Codec()
VECTORS = [
    ("", "gsm7", 0, 1),
    ("a" * 160, "gsm7", 160, 1),
    ("a" * 161, "gsm7", 161, 2),
    ("a" * 158 + EURO, "gsm7", 160, 1),
    ("a" * 159 + EURO, "gsm7", 161, 2),
    ("a" * 306, "gsm7", 306, 2),
    ("a" * 307, "gsm7", 307, 3),
    ("a" * 152 + EURO + "a" * 152, "gsm7", 306, 3),
    ("a" * 152 + EURO + "a" * 151, "gsm7", 305, 2),
    (EURO * 80, "gsm7", 160, 1),
    (EURO * 81, "gsm7", 162, 2),
    (EURO * 153, "gsm7", 306, 3),
    (CYRILLIC * 70, "ucs2", 70, 1),
    (CYRILLIC * 71, "ucs2", 71, 2),
    (CYRILLIC * 134, "ucs2", 134, 2),
    (CYRILLIC * 135, "ucs2", 135, 3),
    (CYRILLIC * 66 + EMOJI + CYRILLIC * 66, "ucs2", 134, 3),
    (CYRILLIC * 66 + EMOJI + CYRILLIC * 65, "ucs2", 133, 2),
    (EMOJI * 35, "ucs2", 70, 1),
    (EMOJI * 36, "ucs2", 72, 2),
    (EMOJI * 67, "ucs2", 134, 3),
    ("a" * 159 + CURLY, "ucs2", 160, 3),
    ("a" * 159 + "'", "gsm7", 160, 1),
    ("👨\u200d👩\u200d👧", "ucs2", 8, 1),
    ("a\r\nb", "gsm7", 4, 1),
    ("a" * 157 + "\r\nb", "gsm7", 160, 1),
    ("a" * 158 + "\r\nb", "gsm7", 161, 2),
    (CYRILLIC * 67 + "\r\nb", "ucs2", 70, 1),
    (CYRILLIC * 68 + "\r\nb", "ucs2", 71, 2),
]


@pytest.mark.parametrize(("text", "encoding", "units", "parts"), VECTORS)
def test_vectors(text: str, encoding: str, units: int, parts: int) -> None:
    assert count(text) == SmsCount(encoding, units, parts)


def test_the_alphabet_is_the_standards() -> None:
    """Every code point of the BMP; an escape alone is a septet to that codec, and no character."""
    for point in range(0x10000):
        char = chr(point)
        expected = 0 if char == "\x1b" else len(encoded(char))
        assert (septets(char) if is_gsm7(char) else 0) == expected, hex(point)
    assert (len(ALPHABET), len(EXTENSION)) == (137, 10)


@given(st.characters(min_codepoint=0x10000))
def test_nothing_beyond_the_bmp_is_gsm7(char: str) -> None:
    assert not is_gsm7(char)
    assert count(char) == SmsCount("ucs2", 2, 1)


def encoded(char: str) -> bytes:
    """A character's septets as the other codec has them; none where it has none."""
    try:
        found: bytes = CODEC.encode(char)[0]
    except UnicodeEncodeError:
        return b""
    return found


def units_of(text: str) -> tuple[str, list[int]]:
    """The encoding, and what each character takes in it."""
    if all(encoded(char) for char in text):
        return "gsm7", [len(encoded(char)) for char in text]
    return "ucs2", [len(char.encode("utf-16-be")) // 2 for char in text]


def filled(units: list[int], room: int) -> list[list[int]]:
    """Parts as they are sent: each takes whole characters as long as there is room."""
    parts: list[list[int]] = [[]]
    for need in units:
        if sum(parts[-1]) + need > room:
            parts.append([])
        parts[-1].append(need)
    return parts


PIECES = st.tuples(st.sampled_from(("a", EURO, CYRILLIC, EMOJI, "\r\n", "b" * 66, "b" * 152, CYRILLIC * 33, EURO * 40)), st.integers(0, 9))
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=8).map(lambda pieces: "".join(text * times for text, times in pieces)))
"""Texts of anything, and texts whose pairs fall on the boundaries of parts."""


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(lambda text: "\x1b" not in text))
def test_the_count_is_that_of_parts_filled_one_character_at_a_time(text: str) -> None:
    encoding, units = units_of(text)
    single, room = (160, 153) if encoding == "gsm7" else (70, 67)
    parts = filled(units, single) if sum(units) <= single else filled(units, room)
    assert count(text) == SmsCount(encoding, sum(units), len(parts))
    assert all(sum(part) <= (single if len(parts) == 1 else room) for part in parts)
    assert [need for part in parts for need in part] == units


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_bounds(text: str) -> None:
    counted = count(text)
    single, room = (160, 153) if counted.encoding == "gsm7" else (70, 67)
    assert (counted.parts == 1) == (counted.units <= single)
    if counted.parts > 1:
        # a pair that does not fit leaves one unit of its part empty
        assert -(-counted.units // room) <= counted.parts <= -(-counted.units // (room - 1))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.one_of(st.characters(), st.sampled_from(("a", EURO, CYRILLIC, EMOJI, "\n"))))
def test_a_further_character_never_saves_a_part(text: str, char: str) -> None:
    before, after = count(text), count(text + char)
    assert after.parts >= before.parts
    assert after.units > before.units or (before.encoding, after.encoding) == ("gsm7", "ucs2")


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_a_line_break_of_two_characters_counts_two(before: str, after: str) -> None:
    assert count(f"{before}\r\n{after}").units == count(f"{before}--{after}").units


@given(st.text())
def test_replacing_gives_gsm7(text: str) -> None:
    replaced = replace_for_gsm7(text)
    assert is_gsm7(replaced)
    assert replace_for_gsm7(replaced) == replaced


@pytest.mark.parametrize(
    ("text", "plain"), [("“Hi” – it’s…", '"Hi" - it\'s...'), ("Łódź ₹5", "Lodz Rs.5"), ("e\u0301", "é"), ("日", "?"), ("a\u0323", "a")]
)
def test_replacements(text: str, plain: str) -> None:
    assert replace_for_gsm7(text) == plain


def test_the_first_character_outside() -> None:
    assert first_non_gsm7("ab’c") == 2
    assert first_non_gsm7("abc") is None
