"""What is asked of texts with gaps is answered as if all of them were made."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.domain.simple_texts import seen_through
from msgspec_tool.templates.running.gaps import Gapped, GappedTexts, any_holds

PIECES = st.text(st.sampled_from("ab@é {"), max_size=4)


@given(st.lists(PIECES, min_size=1, max_size=4).map(tuple), st.integers(1, 3), st.sampled_from("@é{"), st.data())
def test_a_character_is_found_where_it_is(literals: tuple[str, ...], rows: int, character: str, data: st.DataObject) -> None:
    columns = [seen_through(data.draw(st.lists(PIECES, min_size=rows, max_size=rows))) for _ in literals[1:]]
    texts = GappedTexts(Gapped(literals), columns, rows)
    assert any_holds(texts, character) == any(character in text for text in texts)
    assert all(any_holds(column, character) == any(character in text for text in column) for column in columns)
