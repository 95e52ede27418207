"""What answers mean: read strictly, settled by order, unknown where nobody can be sure."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgspec_tool.delivery.answers import Verdict, outcomes, read_answer, unknown_outcomes, wait_seconds
from msgspec_tool.delivery.states import Piece, State, Unit

UNIT = Unit(0, (Piece(1, 0, 0, 1), Piece(2, 1, 0, 3)), True)


def settled(body: Any, status: int = 200) -> list[tuple[str, int, str | None]]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = read_answer(status, data)
    assert answer.verdict is Verdict.SETTLED
    return [(part.state.value, part.addresses, part.code or part.reason) for _piece, parts in outcomes(answer, UNIT) for part in parts]


def elements(*codes: str) -> dict[str, Any]:
    return {"response": [{"code": code, "transid": "t", "description": "x"} for code in codes]}


def test_elements_belong_to_messages_by_order() -> None:
    assert settled(elements("1001", "7102")) == [("accepted", 1, "1001"), ("rejected", 3, "7102")]
    assert settled(elements("7006", "1001")) == [("unknown", 1, "7006"), ("accepted", 3, "1001")]
    assert settled(elements("9003", "6000")) == [("rejected", 1, "9003"), ("unknown", 3, "6000")]


def test_elements_belong_to_addresses_by_order() -> None:
    assert settled(elements("1001", "1001", "7102", "7102")) == [("accepted", 1, "1001"), ("accepted", 1, "1001"), ("rejected", 2, "7102")]


@pytest.mark.parametrize("number", [1, 3, 5, 1000])
def test_any_other_number_of_elements_is_unknown(number: int) -> None:
    reason = f"an answer of {number} elements for 2 messages"
    assert settled(elements(*["1001"] * number)) == [("unknown", 1, reason), ("unknown", 3, reason)]


@pytest.mark.parametrize(
    ("codes", "states"),
    [
        # two pieces of one message object leave together as one
        (("1001", "7102"), ["accepted", "accepted", "rejected"]),
        (("1001", "7102", "7102", "1001"), ["accepted", "rejected", "accepted"]),
        # as many elements as pieces, which the platform never saw
        (("1001", "7102", "1001"), ["unknown", "unknown", "unknown"]),
    ],
)
def test_pieces_of_one_message_object_have_one_element(codes: tuple[str, ...], states: list[str]) -> None:
    unit = Unit(0, (Piece(1, 0, 0, 1), Piece(2, 0, 3, 2), Piece(3, 1, 0, 1)), False)
    answer = read_answer(200, json.dumps(elements(*codes)).encode())
    assert [part.state.value for _piece, parts in outcomes(answer, unit) for part in parts] == states


def test_a_refusal_of_the_whole() -> None:
    answer = read_answer(200, b'{"response": {"code": "7000", "transid": "t"}}')
    assert [part.whole for _piece, parts in outcomes(answer, UNIT) for part in parts] == [True, True]
    assert settled({"response": {"code": "7000"}}, 400) == [("rejected", 1, "7000"), ("rejected", 3, "7000")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the answer is not JSON"),
        (b"<html>", "the answer is not JSON"),
        (b'{"response": [', "the answer is not JSON"),
        (b"\xff", "the answer is not JSON"),
        (b"[" * 100_000, "the answer is not JSON"),
        (b'{"response": NaN}', "the answer is not JSON"),
        (b'{"response": [{"code": "7102", "code": "1001"}]}', "the answer is not JSON"),
        (b"[]", "the answer has no 'response'"),
        (b'{"response": "1001"}', "the answer has no 'response'"),
        (b'{"response": []}', "the answer has no 'response'"),
        (b'{"response": [{"code": 1001}]}', "the answer has no code"),
        (b'{"response": [{"code": "1001"}, 3]}', "the answer has no code"),
        (b'{"response": [{"code": "\xd9\xa1"}]}', "the answer has no code"),
        (b'{"response": {"description": "?"}}', "the answer has no code"),
        (b'{"response": {"code": "1001"}}', "the answer accepts in the form of a refusal"),
    ],
)
def test_what_cannot_be_read_is_unknown(body: bytes, reason: str) -> None:
    assert settled(body) == [("unknown", 1, reason), ("unknown", 3, reason)]


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
def test_a_failure_of_the_server_is_unknown_whatever_it_says(status: int) -> None:
    for body in (elements("1001", "1001"), {"response": {"code": "7020"}}, "x"):
        assert {state for state, _addresses, _reason in settled(body, status)} == {"unknown"}


def test_accepting_under_a_refusing_status_is_unknown() -> None:
    for status in (302, 400, 404, 429):
        assert {state for state, _addresses, _reason in settled(elements("1001", "1001"), status)} == {"unknown"}
    assert settled(elements("1001", "1001"), 201)[0] == ("accepted", 1, "1001")
    assert settled(b"no", 404)[0] == ("unknown", 1, "HTTP 404: the answer is not JSON")


def test_an_answer_that_is_too_long() -> None:
    answer = read_answer(200, None)
    assert answer.whole is not None
    assert answer.whole.reason == "the answer is too long"


@pytest.mark.parametrize(
    ("status", "body", "wait", "verdict", "seconds"),
    [
        (429, b"slow down", "3", Verdict.AGAIN, 3.0),
        (429, b"", None, Verdict.AGAIN, None),
        (429, b'{"response": {"code": "7001"}}', None, Verdict.AGAIN, None),
        (200, b'{"response": {"code": "7020"}}', "4", Verdict.AGAIN, 4.0),
        (200, b'{"response": {"code": "7001"}}', None, Verdict.STOP, None),
        (200, b'{"response": {"code": "7002"}}', None, Verdict.STOP, None),
        (401, b'{"response": {"code": "7007"}}', None, Verdict.STOP, None),
        (503, b"", "3", Verdict.SETTLED, 3.0),
    ],
)
def test_what_is_done_about_it(status: int, body: bytes, wait: str | None, verdict: Verdict, seconds: float | None) -> None:
    answer = read_answer(status, body, wait)
    assert (answer.verdict, answer.retry_after) == (verdict, seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        (" 12 ", 12.0),
        ("9" * 12, float("inf")),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("Tue, 01 Jan 2030 00:00:30 GMT", 30.0),
        ("Tue, 01 Jan 2030 00:00:30", 30.0),
        ("Mon, 31 Dec 2029 23:00:00 GMT", 0.0),
        ("", None),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(text: str | None, seconds: float | None) -> None:
    assert wait_seconds(text, 1893456000.0) == seconds


def test_a_transid_is_kept_where_it_is_one() -> None:
    answer = read_answer(200, json.dumps({"response": [{"code": "1001", "transid": "a"}, {"code": "1001", "transid": "x\n"}]}).encode())
    assert [one.transid for one in answer.elements] == ["a", None]


WORD = st.sampled_from(["1001", "7020", "7102", "response", "code"])
NAME = st.sampled_from(["response", "code", "transid"]) | st.text(max_size=3)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | WORD | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAME, inner),
)


@given(
    st.integers(100, 599), st.binary(max_size=200) | VALUE.map(lambda value: json.dumps(value).encode()), st.none() | st.text(max_size=30)
)
def test_any_answer_means_something(status: int, body: bytes, wait: str | None) -> None:
    answer = read_answer(status, body, wait)
    if answer.verdict is Verdict.SETTLED:
        made = outcomes(answer, UNIT)
        assert [sum(part.addresses for part in parts) for _piece, parts in made] == [1, 3]
        accepted = any(part.state is State.ACCEPTED for _piece, parts in made for part in parts)
        assert not accepted or 200 <= status < 300


def test_nobody_knows() -> None:
    assert [part.state for _piece, parts in unknown_outcomes(UNIT, "x") for part in parts] == [State.UNKNOWN] * 2
