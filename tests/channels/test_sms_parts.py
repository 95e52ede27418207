"""The published vectors of SMS counting, and the alphabet against an independent implementation."""

import gsm0338
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.channels.gsm7 import first_non_gsm7, is_gsm7, replace_for_gsm7, septets
from msgspec_tool.channels.sms_parts import SmsCount, count

EURO, CYRILLIC, EMOJI, CURLY = "€", "ж", "😀", "’"
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
    ("👨\u200d👩\u200d👧", "ucs2", 8, 1),
    ("a\r\nb", "gsm7", 4, 1),
]


@pytest.mark.parametrize(("text", "encoding", "units", "parts"), VECTORS)
def test_vectors(text: str, encoding: str, units: int, parts: int) -> None:
    assert count(text) == SmsCount(encoding, units, parts)


def test_the_alphabet_is_the_standards() -> None:
    codec = gsm0338.Codec()
    for point in range(0x10000):
        char = chr(point)
        if 0xD800 <= point < 0xE000 or char == "\x1b":  # surrogates are no characters; a bare escape is no letter
            continue
        try:
            expected = len(codec.encode(char)[0])
        except UnicodeEncodeError:
            expected = 0
        assert (septets(char) if is_gsm7(char) else 0) == expected, hex(point)


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
