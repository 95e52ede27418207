"""What the sandbox says of request bodies: the documented codes, in the documented order, in the server's own words."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from msgspec_tool.sandbox.checks import addresses, judged, parsed
from msgspec_tool.sandbox.codes import DESCRIPTIONS, Answered
from tests.examples import FOLDER

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
SMS: dict[str, Any] = {"deliverychannel": "sms", "channels": {"sms": {"text": "Hello"}}, "destination": [{"msisdn": ["+447700900001"]}]}
NOBODY = "any one of [customerid,msisdn,email, userid,pushid,psid, etc.] is mandatory"


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in SMS.items() if name not in names}


REFUSED = [
    (without("deliverychannel"), "7003", "param 'deliverychannel' missing"),
    (without("destination"), "7003", "No destination channel information found in request"),
    ({**SMS, "destination": []}, "7003", "No destination channel information found in request"),
    (
        {**SMS, "destination": [{"correlationid": "x"}]},
        "7003",
        "any one of [customerid,msisdn,email, userid,pushid,psid, etc.] is mandatory",
    ),
    (without("channels"), "7003", "param 'sms' missing for channel sms"),
    ({**SMS, "channels": {}}, "7003", "param 'sms' missing for channel sms"),
    ({**SMS, "channels": {"sms": {}}}, "7003", "param 'text' missing in channels.sms"),
    ({**SMS, "deliverychannel": "fb", "channels": {"OTT-Messaging": {}}}, "7003", "param 'fb' missing for channel fb"),
    ({**SMS, "deliverychannel": "rt", "channels": {"rt": {}}}, "7003", "param 'appmessaging' missing for channel rt"),
    ({**SMS, "route": "FAST", "channels": {"sms": {"senderid": 7}}}, "7003", "param 'text' missing in channels.sms"),
    ({**SMS, "route": "FAST"}, "7004", "invalid value of param 'route'"),
    ({**SMS, "colour": "red"}, "7004", "Invalid parameters"),
    ({**SMS, "expiry": "tomorrow"}, "7004", "invalid value of param 'expiry'"),
    ({**SMS, "expiry": "2030-13-01T00:00:00Z"}, "7004", "invalid value of param 'expiry'"),
    ({**SMS, "expiry": "2029-12-31T23:59:59Z"}, "7005", "Request expired"),
    ({**SMS, "expiry": "2030-01-01T05:30:00+5:30"}, "7005", "Request expired"),
    ({**SMS, "destination": [{"msisdn": ["+447700900001"] * 1001}]}, "7009", "Max number of destinations"),
    ({**SMS, "route": "FAST", "destination": [{"msisdn": ["1"] * 600, "customerid": ["2"] * 401}]}, "7009", "Max number of destinations"),
    ([], "7003", "param 'deliverychannel' missing"),
]


@pytest.mark.parametrize(("body", "code", "words"), REFUSED)
def test_refusals(body: Any, code: str, words: str) -> None:
    assert judged(body, NOW) == Answered(code, words)


def test_the_table_of_codes_is_the_references() -> None:
    """Two tables, written apart from each other: none has a code that the other misses."""
    from msgspec_tool.channels.codes import CODES

    documented = {entry.code for entry in CODES if entry.kind == "answer" and int(entry.code) < 9000}
    assert set(DESCRIPTIONS) == documented | {"7600", "7601"}


@pytest.mark.parametrize("expiry", ["", "2030-01-01T00:00:01Z", "2030-01-01T00:00:00.500-01:00", "2030-01-31T18:30:00.000+5:30"])
def test_accepted(expiry: str) -> None:
    assert judged({**SMS, "expiry": expiry}, NOW) == [Answered("1001", "Queued")]


def test_each_element_of_an_array_is_judged_by_itself() -> None:
    found = judged([SMS, {**SMS, "route": "FAST"}, 3, SMS], NOW)
    assert isinstance(found, list)
    assert [one.code for one in found] == ["1001", "7004", "7004", "1001"]


@pytest.mark.parametrize("data", [b"", b"{", b"3", b'"x"', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_body(data: bytes) -> None:
    assert parsed(data)[1] == Answered("7000", "Invalid JSON")


def test_everybody_is_counted_under_the_id_that_holds() -> None:
    message = {
        "correlationid": "all",
        "destination": [{"msisdn": ["1", "2"], "userid": ["3"], "correlationid": "own"}, {"psid": ["4"]}, "5", 6],
    }
    assert list(addresses(message)) == [("msisdn", "1", "own"), ("msisdn", "2", "own"), ("userid", "3", "own"), ("psid", "4", "all")]
    assert list(addresses({"destination": "x"})) == list(addresses(3)) == []


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*/expected/requests.jsonl")), ids=lambda file: file.parent.parent.name)
def test_every_example_is_taken(file: Path) -> None:
    for line in file.read_bytes().splitlines():
        found = judged(json.loads(line), NOW)
        assert isinstance(found, list), found
        assert {one.code for one in found} == {"1001"}, found
