"""Texts of which only the gaps are known hold no mark where that is said of them."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgspec_tool.domain.simple_texts import SimpleTexts, seen_through
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.leftovers import MARKS, leftover_marker
from msgspec_tool.templates.running.gaps import Gapped, GappedTexts

CONTEXT = RuleContext(now=datetime(2030, 1, 1, tzinfo=timezone.utc))
TEXT = ("channels", "sms", "text")
FRAGMENTS = st.sampled_from(sorted({mark[start:end] for mark in MARKS for start in range(9) for end in range(start, 12)}))
PIECES = st.lists(FRAGMENTS | st.sampled_from(["Hi ", ", ", ".", "Asha", "NL24", "x"]), max_size=3).map("".join)


def clean(texts: object) -> bool:
    clears = leftover_marker.clears
    assert clears is not None
    return clears(TEXT, texts, CONTEXT)  # type: ignore[arg-type]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=1, max_size=4), st.booleans())
def test_columns_of_simple_texts_hold_what_their_texts_hold(texts: list[str], few: bool) -> None:
    column = seen_through(texts)
    if few and isinstance(column, SimpleTexts):
        column.different = set(texts)
    made = GappedTexts(Gapped(("Hi ", ".")), [column], len(texts))
    assert clean(made) is not any(mark in text for mark in MARKS for text in texts)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=2, max_size=4).map(tuple), st.data())
def test_what_is_clean_by_its_gaps_is_clean_as_a_whole(literals: tuple[str, ...], data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 3))
    columns = [data.draw(st.lists(PIECES, min_size=rows, max_size=rows)) for _ in literals[1:]]
    texts = GappedTexts(Gapped(literals), columns, rows)
    whole = [literals[0] + "".join(a + b for a, b in zip(row, literals[1:], strict=True)) for row in zip(*columns, strict=True)]
    assert list(texts) == whole
    assert list(texts[1:]) == whole[1:]
    if clean(texts):
        assert clean(whole)
        assert not any(mark in text for mark in MARKS for text in whole)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_found_wherever_it_is_cut(mark: str) -> None:
    for cut in range(len(mark) + 1):
        head, tail = mark[:cut], mark[cut:]
        assert not clean(GappedTexts(Gapped(("Hi ", tail)), [[head]], 1))
        assert not clean(GappedTexts(Gapped(("Hi " + head, "")), [[tail]], 1))
        assert not clean(GappedTexts(Gapped(("", "", "!")), [[head], [tail]], 1))
    assert clean(GappedTexts(Gapped(("Hi ", ", your code is ", ".")), [["Asha"], ["NL24K7QX"]], 1))
