"""What every filter says of its results for sets of values holds for what its implementation does with the values in them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined

from msgspec_tool.channels.gsm7 import ALPHABET
from msgspec_tool.domain import values
from msgspec_tool.domain.values import ITEMS, MEMBERS, NULL, NUMBER, OPAQUE, TEXT, TRUTH, UNDEFINED
from msgspec_tool.templates.filters.entries import FilterEntry
from msgspec_tool.templates.filters.functions import FILTER_ENTRIES
from msgspec_tool.templates.values import OMIT
from tests.containment import contains
from tests.known_values import NAME, Known
from tests.templates.filter_calls import CALLS, REFUSED, abstract, applied, concrete, run

ENTRIES = pytest.mark.parametrize("entry", FILTER_ENTRIES.values(), ids=lambda entry: entry.name)
FEW = settings(max_examples=max(10, settings().max_examples // 10), deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=max(40, settings().max_examples * 2 // 5), deadline=None, suppress_health_check=list(HealthCheck))

OTHERS = (
    *((TEXT, text) for text in ("", "a", "12", "2030-01-31")),
    *((NUMBER, number) for number in (0, 1, -7, 2.5)),
    *((TRUTH, flag) for flag in (True, False)),
    *((ITEMS, several) for several in ([], ["a"], [1])),
    *((MEMBERS, members) for members in ({}, {"title": "a"})),
    (NULL, None),
    (UNDEFINED, StrictUndefined()),
    (OPAQUE, OMIT),
)
"""Values of each kind."""

OWN_CHARACTERS = ("money", "number", "date")
"""Filters that print characters of their own, such as the rupee sign."""


def test_there_are_calls_of_every_filter() -> None:
    assert set(CALLS) == {entry.name for entry in FILTER_ENTRIES.values()}


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
        if said.empty and one == []:
            # it is told that the elements don't fit, and that a list may have none of them is no excuse
            continue
        assert contains(said, result), (one, arguments, result, said)
        assert contains(known_otherwise, result), (one, arguments, result, known_otherwise)
        event("unknown" if said.unknown else "inside")


@ENTRIES
@FEW
@given(data=st.data())
def test_results_for_data_of_which_nothing_is_known(entry: FilterEntry, data: st.DataObject) -> None:
    call = data.draw(CALLS[entry.name])
    said = applied(entry, call._replace(value=Known(values.UNKNOWN, ())))
    for one, arguments, result in concrete(entry, call):
        if result is not REFUSED and one is not OMIT:
            assert contains(said, result), (one, arguments, result, said)


@ENTRIES
@FEW
@given(data=st.data())
def test_other_kinds_of_values_and_arguments_are_refused(entry: FilterEntry, data: st.DataObject) -> None:
    call = data.draw(CALLS[entry.name])
    for one, arguments, _result in concrete(entry, call, most=3):
        for kind, other in OTHERS:
            if not kind & entry.takes:
                assert run(entry, other, arguments) is REFUSED, (other, arguments)
            for name in arguments.keys() & entry.wants.keys():
                if not kind & entry.wants[name] and one:
                    assert run(entry, one, {**arguments, name: other}) is REFUSED, (one, arguments, name, other)


@ENTRIES
@MANY
@given(data=st.data())
def test_variables_that_bring_a_text_are_known(entry: FilterEntry, data: st.DataObject) -> None:
    call = data.draw(CALLS[entry.name])
    text = abstract(entry, call).text
    if text is None:
        return
    assert text.triggers <= text.sources | {NAME}
    own = "".join(str(one) for several in call.arguments.values() for one in several.some)
    for _one, _arguments, result in concrete(entry, call):
        if isinstance(result, str) and entry.name not in OWN_CHARACTERS and not set(result) - ALPHABET <= set(own):
            assert text.triggers, (result, text)
