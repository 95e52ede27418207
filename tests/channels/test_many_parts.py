"""Parts of many SMS at once are those of each."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.channels.gsm7 import is_gsm7
from msgspec_tool.channels.sms_parts import count, parts_of_many, surely_within

TEXTS = st.lists(
    st.builds(
        lambda char, size, more: char * size + more,
        st.sampled_from(["a", "é", "€", "{", "ह", "😀"]),
        st.integers(0, 8)
        | st.sampled_from([34, 35, 36, 66, 67, 68, 70, 71, 76, 77, 80, 81, 134, 135, 152, 153, 154, 160, 161, 306, 307, 460]),
        st.text("a€ह😀", max_size=3),
    ),
    max_size=4,
)


@given(TEXTS, st.integers(1, 4))
def test_many_at_once(texts: list[str], most: int) -> None:
    assert parts_of_many(texts, [not is_gsm7(text) for text in texts]) == Counter(count(text).parts for text in texts)
    assert surely_within(texts, most) is all(count(text).parts <= most for text in texts)
