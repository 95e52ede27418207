"""Messages that become requests while they come, whichever way: the same as when all of them are there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgspec_tool.batches.gathering import Packing, UnforeseenError, Way
from msgspec_tool.batches.requests import OBJECT, Head, Messages, form_of
from msgspec_tool.model import RenderedMessage
from msgspec_tool.stages.emit import content_text, request_bytes
from msgspec_tool.stages.pack import BULK_MODES, pack
from msgspec_tool.templates.running.gaps import Gapped

SMS, VOICE, PUSH = Head("sms", "msisdn"), Head("voice", "msisdn"), Head("push", "userid")
TWO, ONE = Gapped(('{"to":"sms","text":"', " for ", '"')), Gapped(('{"to":"sms","text":"', '"'))
GREETING, PLAIN = form_of(TWO, SMS, True), form_of(ONE, SMS, False)
VALUES = st.sampled_from(["a", "b", " for ", "c d", "", "e"])


class Sent(NamedTuple):
    """Messages as the ways take them, and as the stages do."""

    columns: Messages
    rendered: list[RenderedMessage]


@st.composite
def sent(draw: st.DrawFn) -> Sent:
    """A few messages of one form or of none."""
    kind = draw(st.sampled_from(["greeting", "greeting", "plain", "objects", "loose"]))
    rows = draw(st.integers(1, 4))

    def column(values: st.SearchStrategy[str]) -> list[str]:
        return draw(st.lists(values, min_size=rows, max_size=rows))

    addresses = column(st.sampled_from(["1", "2", "3"]))
    if kind == "plain":
        columns = Messages(addresses, [None] * rows, PLAIN, [column(VALUES)])
    elif kind == "greeting":
        columns = Messages(addresses, column(IDS), GREETING, [column(VALUES), column(VALUES | st.uuids().map(str))])
    else:
        heads = draw(st.lists(st.sampled_from([SMS, PUSH, VOICE] if kind == "loose" else [SMS]), min_size=rows, max_size=rows))
        objects = [content_text({"to": head.channel, "text": text})[:-1] for head, text in zip(heads, column(VALUES), strict=True)]
        if kind == "objects":
            columns = Messages(addresses, column(IDS), form_of(OBJECT, SMS, True), [objects])
        else:
            ids = [identifier or None for identifier in column(IDS | st.just(""))]
            columns = Messages(addresses, ids, objects=objects, heads=heads)
    return Sent(columns, list(rendered(columns)))


IDS = st.sampled_from(["x", "y"]) | st.uuids().map(str)


def rendered(messages: Messages) -> list[RenderedMessage]:
    heads = messages.heads or [messages.form.head if messages.form else SMS] * len(messages)
    members = zip(messages.contents, heads, messages.addresses, messages.ids, strict=True)
    return [
        RenderedMessage(number, head.channel, head.key, address, identifier, json.loads(content + "}"))
        for number, (content, head, address, identifier) in enumerate(members)
    ]


def gathered(several: Sequence[Messages], packing: Packing) -> list[tuple[str, int]]:
    while True:
        found: list[tuple[str, int]] = []
        gathering = packing.begin(lambda body, messages, found=found: found.append((body, messages)))  # type: ignore[misc]
        before = packing.way
        try:
            for one in several:
                gathering.add(one)
        except UnforeseenError as error:
            packing.way = error.way
        else:
            gathering.end()
            return found
        assert packing.way > before


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(sent(), max_size=6), st.sampled_from([1, 2, 3, 1000]), st.sampled_from(BULK_MODES), st.sampled_from(Way))
def test_every_way_gives_what_the_stages_give(several: list[Sent], limit: int, bulk: str, way: Way) -> None:
    found = gathered([one.columns for one in several], Packing(limit, bulk, way))
    requests = pack([message for one in several for message in one.rendered], max_addresses=limit, bulk=bulk)
    assert found == [(request_bytes(request.body).decode(), request.messages) for request in requests]


@pytest.mark.parametrize(
    ("several", "way"),
    [
        ([Messages("12", ["x", "y"], GREETING, ["aa", "bc"]), Messages("3", ["z"], GREETING, ["a", "d"])], Way.BY_COLUMN),
        ([Messages("12", ["x", "y"], GREETING, ["ab", "bc"]), Messages("3", ["z"], GREETING, ["a", "d"])], Way.BY_GAPS),
        ([Messages("1", ["x"], GREETING, ["a", "b"]), Messages("3", [None], PLAIN, ["d"])], Way.BY_OBJECT),
        ([Messages("12", ["x", "y"], GREETING, ["aa", "bb"]), Messages("3", ["z"], GREETING, ["a", "b"])], Way.GROUPED),
        ([Messages("12", [None, None], PLAIN, ["aa"]), Messages("3", [None], PLAIN, ["a"])], Way.GROUPED),
        ([Messages("12", ["x", "x"], GREETING, ["aa", "bb"])], Way.EXACT),
        ([Messages("12", ["x", "y"], GREETING, ["aa", "bb"]), Messages("3", ["y"], GREETING, ["a", "b"])], Way.EXACT),
    ],
)
def test_the_way_is_the_first_that_nothing_contradicts(several: list[Messages], way: Way) -> None:
    packing = Packing(1000, "mixed")
    gathered(several, packing)
    assert packing.way is way
