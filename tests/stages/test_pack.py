from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.model import RenderedMessage, Request
from msgspec_tool.stages.pack import pack


def message(
    number: int, text: str = "Hello", *, channel: str = "sms", correlationid: str | None = None, key: str = "msisdn"
) -> RenderedMessage:
    content = {"deliverychannel": channel, "channels": {channel: {"text": text}}}
    return RenderedMessage(number, channel, key, f"+4477009{number:05d}", correlationid, content)


def objects(request: Request) -> list[dict[str, Any]]:
    return request.body if isinstance(request.body, list) else [request.body]


def addresses(request: Request) -> list[str]:
    return [
        address
        for one in objects(request)
        for destination in one["destination"]
        for key, listed in destination.items()
        if key != "correlationid"
        for address in listed
    ]


def test_a_thousand_personalised_messages_are_one_array() -> None:
    (request,) = pack(message(number, f"Hi {number}") for number in range(1000))
    assert isinstance(request.body, list)
    assert (len(request.body), request.addresses, request.messages) == (1000, 1000, 1000)


def test_one_text_for_2500_is_three_objects() -> None:
    requests = list(pack(message(number) for number in range(2500)))
    assert [type(request.body) for request in requests] == [dict, dict, dict]
    assert [request.addresses for request in requests] == [1000, 1000, 500]
    assert [len(objects(request)[0]["destination"]) for request in requests] == [1, 1, 1]


def test_own_ids_have_destination_objects_of_their_own() -> None:
    (request,) = pack([message(1, correlationid="a"), message(2, correlationid="a"), message(3, correlationid="b"), message(4)])
    assert request.body["destination"] == [
        {"msisdn": ["+447700900001", "+447700900002"], "correlationid": "a"},
        {"msisdn": ["+447700900003"], "correlationid": "b"},
        {"msisdn": ["+447700900004"]},
    ]


def test_equal_objects_stand_at_the_first() -> None:
    (request,) = pack([message(1, "a"), message(2, "b"), message(3, "a")])
    assert [one["channels"]["sms"]["text"] for one in request.body] == ["a", "b"]
    assert addresses(request) == ["+447700900001", "+447700900003", "+447700900002"]


@pytest.mark.parametrize(("bulk", "sizes"), [("mixed", [3]), ("per-channel", [1, 1, 1]), ("off", [1, 1, 1])])
def test_bulk_modes(bulk: str, sizes: list[int]) -> None:
    messages = [message(1, "a"), message(2, "b", channel="voice"), message(3, "c")]
    assert [request.messages for request in pack(messages, bulk=bulk)] == sizes


def test_an_object_that_does_not_fit_opens_the_next_request() -> None:
    messages = [message(1, "a"), *(message(number, "b") for number in range(2, 6)), message(6, "c")]
    assert [request.addresses for request in pack(messages, max_addresses=4)] == [1, 4, 1]


def test_nothing_gives_nothing() -> None:
    assert list(pack([])) == []


MESSAGES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["sms", "voice"]), st.sampled_from([None, "x", "y"])), max_size=40)


@settings(max_examples=200, deadline=None)
@given(MESSAGES, st.integers(1, 7), st.sampled_from(["mixed", "per-channel", "off"]))
def test_nobody_is_lost_nobody_comes_twice_and_the_order_is_kept(drawn: list[Any], limit: int, bulk: str) -> None:
    messages = [message(number, text, channel=channel, correlationid=own) for number, (text, channel, own) in enumerate(drawn)]
    requests = list(pack(messages, max_addresses=limit, bulk=bulk))
    assert all(len(addresses(request)) == request.addresses <= limit for request in requests)
    found = [address for request in requests for address in addresses(request)]
    first = {}
    for one in messages:
        first.setdefault(json.dumps(one.content), len(first))
    expected = sorted(messages, key=lambda one: (first[json.dumps(one.content)], one.row))
    assert found == [one.address for one in expected]
    sent = {
        address: (one["channels"], destination.get("correlationid"))
        for request in requests
        for one in objects(request)
        for destination in one["destination"]
        for address in destination["msisdn"]
    }
    assert sent == {one.address: (one.content["channels"], one.correlationid) for one in messages}
    if bulk == "off":
        assert all(request.messages == 1 for request in requests)
    if bulk == "per-channel":
        assert all(len({one["deliverychannel"] for one in objects(request)}) == 1 for request in requests)
