"""What stands beside each message: whole lists of facts, channel by channel."""

from __future__ import annotations

import json

import pytest

from msgspec_tool.model import RenderedMessage
from msgspec_tool.preview.messages import message_view
from msgspec_tool.preview.views import Fact

PHONE = Fact("To", "+447700900001 (msisdn)")
COSTS = "’ (right single quotation mark) and 1 more: not in the GSM alphabet; plain ones in their place take 1 part instead of 2"
MANY = "ж (cyrillic small letter zhe) and 70 more: not in the GSM alphabet"

FACTS: list[tuple[str, dict[str, object], list[Fact]]] = [
    (
        "sms",
        {
            "priority": "3",
            "expiry": "2030-01-01T04:00:00.000Z",
            "route": "IMMD",
            "callbackData": "c=1",
            "channels": {"sms": {"text": "Hello {you}", "type": "2"}, "smartlinks": [{"linkid": 5, "validity": 60}]},
        },
        [
            Fact("Parts", "1"),
            Fact("Alphabet", "GSM 7-bit"),
            Fact("Length", "13 characters, room for 147 more"),
            Fact("Doubles", "2 characters with the room of two, marked in the text"),
            Fact("Kind", "flash: shown at once, and kept nowhere", notable=True),
            PHONE,
            Fact("Expires", "2030-01-01 04:00:00 UTC"),
            Fact("Priority", "high"),
            Fact("Route", "IMMD"),
            Fact("Callback data", "c=1"),
            Fact("Short link", "5, for 60 minutes"),
        ],
    ),
    (
        "sms",
        {"channels": {"sms": {"text": f"It’s {'a' * 70}’"}}},
        [
            Fact("Parts", "2: 67 of 67, 9 of 67", notable=True),
            Fact("Alphabet", "Unicode", notable=True),
            Fact("Length", "76 UTF-16 units, room for 58 more"),
            Fact("Costs", COSTS, notable=True),
            PHONE,
        ],
    ),
    (
        "sms",
        {"channels": {"sms": {"text": "ж" * 71}}},
        [
            Fact("Parts", "2: 67 of 67, 4 of 67", notable=True),
            Fact("Alphabet", "Unicode", notable=True),
            Fact("Length", "71 UTF-16 units, room for 63 more"),
            Fact("Costs", MANY, notable=True),
            PHONE,
        ],
    ),
    (
        "sms",
        {"channels": {"sms": {"text": "a" * 1025, "type": "4"}}},
        [
            Fact("Parts", "16, the last holds 20 of 67", notable=True),
            Fact("Alphabet", "Unicode, though GSM 7-bit would do", notable=True),
            Fact("Length", "1,025 UTF-16 units, room for 47 more"),
            Fact("Limit", "1,025 of 1,024 characters", notable=True),
            PHONE,
        ],
    ),
    (
        "sms",
        {"channels": {"sms": {"body": "48", "type": "3"}}},
        [Fact("Content", "1 byte for a device, no text"), PHONE],
    ),
    ("voice", {"channels": {"voice": {"promptid": "1"}}}, [PHONE]),
    (
        "push",
        {
            "appid": "NE1",
            "channels": {
                "push": {
                    "android": {"text": "x" * 4096, "extras": {"notificationaction": {"action": "OPEN_URL", "value": "https://e.example"}}},
                    "interactive": {
                        "device_types": ["android"],
                        "category": "SINGLE_SHARE",
                        "actions": [{"pos": 1, "action": "SHARE", "value": "it"}],
                    },
                }
            },
        },
        [
            Fact("Android", "4,189 of 4,096 bytes", notable=True),
            Fact("Shows (Android)", "about 49 of 4,096 characters before it is opened"),
            Fact("Touch (Android)", "opens https://e.example"),
            Fact("“Share”", "shares it"),
            PHONE,
            Fact("App", "NE1"),
        ],
    ),
    ("rt", {"channels": {"appmessaging": {"message": {"text": "Hi"}}}}, [Fact("Size", "25 of 4,096 bytes"), PHONE]),
    (
        "fb",
        {
            "channels": {
                "OTT-Messaging": {
                    "fb": {
                        "text": "a" * 2001,
                        "tag": "HUMAN_AGENT",
                        "notification_type": "NO_PUSH",
                        "attachment": {"type": "template", "payload": {"elements": [{"buttons": [{"title": "Go", "payload": "G"}]}]}},
                        "quick_replies": [{"title": "Yes", "payload": "Y"}],
                    }
                }
            }
        },
        [
            Fact("Length", "2,001 of 2,000 characters", notable=True),
            Fact("“Go”", "answers G"),
            Fact("“Yes”", "answers Y"),
            Fact("Arrives", "without a notification"),
            Fact("Tag", "HUMAN_AGENT"),
            PHONE,
        ],
    ),
    ("twitter", {"channels": {"OTT-Messaging": {"twitter": {"text": "Hi"}}}}, [Fact("Length", "2 of 10,000 characters"), PHONE]),
    ("wechat", {"channels": {"OTT-Messaging": {"wechat": {"text": "你好"}}}}, [Fact("Length", "6 of 2,048 bytes"), PHONE]),
]


@pytest.mark.parametrize(("channel", "content", "facts"), FACTS)
def test_facts(channel: str, content: dict[str, object], facts: list[Fact]) -> None:
    view = message_view(RenderedMessage(1, channel, "msisdn", "+447700900001", None, content))
    assert list(view.facts) == facts


def test_the_object_is_the_one_that_is_sent() -> None:
    view = message_view(RenderedMessage(1, "sms", "msisdn", "+447700900001", "c-1", {"deliverychannel": "sms", "channels": {}}))
    assert json.loads(view.json) == {
        "deliverychannel": "sms",
        "channels": {},
        "destination": [{"msisdn": ["+447700900001"], "correlationid": "c-1"}],
    }
    assert view.facts[-1] == Fact("Correlation id", "c-1")
