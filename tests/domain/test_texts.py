"""Bounds of texts that are put together."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.domain import texts
from msgspec_tool.domain.characters import ANY, GSM7, PLAIN, VISIBLE
from msgspec_tool.domain.runs import Run
from msgspec_tool.domain.texts import Text

WORDS = ("", " ", "a", "Hi ", "é", "€ ", "😀", "x" * 150, "\n", "y" * 250)
_FEW = frozenset("0123456789")


def _bounded(least: int, more: int, may: int, characters: frozenset[str] | None, ends: tuple[str, str]) -> Text:
    return texts.bounded(least, least + more, may, PLAIN, prefix=ends[0], suffix=ends[1], characters=characters)


SETS = st.builds(
    Text.of,
    st.one_of(
        st.sets(st.sampled_from(WORDS), min_size=1, max_size=9).map(texts.exactly),
        st.sampled_from(WORDS).map(texts.just),
        st.just(texts.UNBOUNDED),
        st.builds(
            _bounded,
            st.integers(0, 3),
            st.integers(0, 9),
            st.sampled_from((ANY | VISIBLE, GSM7, PLAIN | VISIBLE)),
            st.sampled_from((None, _FEW, frozenset(map(chr, range(300, 420))))),
            st.sampled_from((("", ""), ("+44", ""), ("a", "%"))),
        ),
    ),
    st.sampled_from((texts.NAMES, frozenset(("name",)), frozenset(("name", "offer")))),
)


@given(SETS, st.lists(st.one_of(SETS, st.sampled_from(WORDS)), max_size=7))
def test_a_run_is_what_its_pieces_are_one_by_one(first: Text, rest: list[Text | str]) -> None:
    own = [piece for piece in rest if isinstance(piece, str)]
    numbers = iter(range(len(own)))
    run = Run([next(numbers) if isinstance(piece, str) else piece for piece in rest])
    pieces = [texts.just(piece) if isinstance(piece, str) else piece for piece in rest]
    assert run.behind(first, own) == reduce(texts.concat, pieces, first)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
def test_one_text_is_a_set_of_one(words: list[str]) -> None:
    assert reduce(texts.concat, map(texts.just, words)) == texts.exactly(["".join(words)])
