"""What every filter says of its results for sets of values holds for what its implementation does with the values in them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from msgspec_tool.templates.entries import FilterEntry
from msgspec_tool.templates.functions import FILTERS
from tests.containment import contains
from tests.templates.filter_calls import CALLS, REFUSED, abstract, applied, concrete

ENTRIES = pytest.mark.parametrize("entry", FILTERS, ids=lambda entry: entry.name)
MANY = settings(max_examples=max(100, settings().max_examples), deadline=None, suppress_health_check=list(HealthCheck))


def test_there_are_calls_of_every_filter() -> None:
    assert set(CALLS) == {entry.name for entry in FILTERS}


@ENTRIES
@MANY
@given(data=st.data())
def test_every_result_is_inside(entry: FilterEntry, data: st.DataObject) -> None:
    call = data.draw(CALLS[entry.name])
    said, known_otherwise = abstract(entry, call), applied(entry, call)
    for one, arguments, result in concrete(entry, call):
        if result is REFUSED:
            event("refused")
            continue
        assert contains(said, result), (one, arguments, result, said)
        assert contains(known_otherwise, result), (one, arguments, result, known_otherwise)
        event("unknown" if said.unknown else "inside")
