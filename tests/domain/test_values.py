"""Sets of values keep what is put into them, in whatever way they are put together."""

from __future__ import annotations

from hypothesis import given, settings

from tests.containment import contains
from tests.known_values import Known, known


@settings(max_examples=max(400, settings().max_examples), deadline=None)
@given(known())
def test_a_set_holds_what_it_was_made_of(made: Known) -> None:
    for one in made.some:
        assert contains(made.value, one), (made.value, one)
