"""What simple texts know of themselves is what a look at each of them tells."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgspec_tool.batches.encoding import encoded
from msgspec_tool.channels.gsm7 import is_gsm7, septets
from msgspec_tool.domain.simple_texts import SimpleTexts, are_texts, picked, seen_through
from msgspec_tool.stages.emit import content_text

TEXTS = st.lists(
    st.text("aZ09 $(_@", max_size=3) | st.sampled_from(["", " ", "  ", "é", '"', "\\", "\n", "{", "नेहा", "\ud800"]), max_size=6
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_what_is_known_of_all_is_true_of_each(texts: list[str]) -> None:
    column = seen_through(texts)
    assert column == texts
    if isinstance(column, SimpleTexts):
        assert all(is_gsm7(text) and septets(text) == len(text) and content_text(text) == f'"{text}"' for text in texts)
        assert column.lines == "".join(f"{text}\n" for text in texts)
        assert column.lengths == (min(map(len, texts), default=0), max(map(len, texts), default=0))
        assert column.blank is (not all(text.strip() for text in texts) or not texts)
        assert encoded(column, set()) == (texts, True)
        assert type(picked(column, range(0, len(column), 2))) is SimpleTexts
    else:
        assert not encoded(texts, set()).simple
    assert are_texts(column) or not texts
    assert picked(column, [0] * bool(texts)) == texts[:1]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["ab", "abc", "", "d"]), min_size=1))
def test_few_different_ones_tell_the_same(texts: list[str]) -> None:
    column, few = SimpleTexts(texts), SimpleTexts(texts)
    few.different = set(texts)
    assert column.lengths == few.lengths == (min(map(len, texts)), max(map(len, texts)))
    assert column.blank is few.blank
    for part in ("ab", "bc", "d", "abcd"):
        assert (part in column.searched) is (part in few.searched) is any(part in text for text in texts)


def test_values_that_are_no_text() -> None:
    assert not are_texts(["a", 1])
    assert not are_texts(["a", None])
