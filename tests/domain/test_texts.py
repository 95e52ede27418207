"""Bounds of texts that are put together."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.domain import texts
from msgspec_tool.domain.characters import ANY, GSM7, MOST_POINTS, PLAIN, VISIBLE
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


@given(st.sets(st.sampled_from(WORDS), min_size=1, max_size=8), st.sets(st.sampled_from(WORDS), min_size=1, max_size=8))
def test_sets_put_together_are_known_as_well_as_their_texts(first: set[str], second: set[str]) -> None:
    known = {before + after for before in first for after in second}
    assert texts.concat(texts.exactly(first), texts.exactly(second)) == texts.exactly(known)


def test_texts_that_double_are_bounds_before_they_fill_the_memory() -> None:
    one, many = texts.just("ab"), texts.bounded(2, 3)
    for _ in range(2000):
        one, many = texts.concat(one, one), texts.repeated(many, 2, 1000)
    assert one.finite is None
    assert (one.prefix[:4], one.suffix[-4:], one.least.points) == ("abab", "abab", MOST_POINTS)
    assert (many.least.points, many.most.points) == (MOST_POINTS, MOST_POINTS)
    assert texts.concat(many, texts.UNBOUNDED).most.points == float("inf")
