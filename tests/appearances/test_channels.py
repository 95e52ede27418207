"""Whole appearances of message objects, channel by channel."""

from __future__ import annotations

import pytest

from msgspec_tool.appearances.chats import Bubble, Card, CardRow, ChatSeen, Place, QuickReply, Receipt, ReceiptLine
from msgspec_tool.appearances.pictures import Picture
from msgspec_tool.appearances.push import Button, Notice, PushSeen
from msgspec_tool.appearances.seeing import KeptWordsSeen, Seen, seen
from msgspec_tool.appearances.sms import SmsPart, SmsSeen
from msgspec_tool.appearances.texts import Run, Text
from msgspec_tool.appearances.voice import VoiceSeen
from msgspec_tool.model import CHANNELS


def t(text: str) -> Text:
    return (Run(text),)


def ott(channel: str, block: object) -> dict[str, object]:
    return {"channels": {"OTT-Messaging": {channel: block}}}


def rt(block: object) -> dict[str, object]:
    return {"channels": {"appmessaging": block}}


CATEGORY = {
    "device_types": ["android", "ios"],
    "category": "DOUBLE_OK_LEARN_MORE",
    "actions": [{"pos": 2, "action": "OPEN_URL", "value": "https://e.example"}, {"pos": "1", "identifier": "OK", "action": "DISMISS"}],
}
BUTTONS = (Button(t("OK"), "closes the notification"), Button(t("Learn more"), "opens https://e.example"))

SEEN: list[tuple[str, dict[str, object], Seen]] = [
    ("voice", {"channels": {"voice": {"callflowid": "184", "cli": "442079460000"}}}, VoiceSeen("442079460000", "call flow", "184")),
    ("voice", {"channels": {"voice": {"promptid": 354}}}, VoiceSeen("", "prompt", "354")),
    ("voice", {}, VoiceSeen("", "", "")),
    (
        "push",
        {
            "channels": {
                "push": {
                    "android": {
                        "title": "Sale",
                        "text": "20% off",
                        "extras": {
                            "customtags": {"imageurl": "https://cdn.example.com/p/a%20b.png"},
                            "notificationaction": {"action": "OPEN_APP", "value": "ignored"},
                        },
                    },
                    "ios": {"text": "20% off", "extras": {"badge": "1", "notificationaction": {"action": "DEEPLINK", "value": "NE1://x"}}},
                    "web": {"title": "Sale", "text": "20% off", "url": "https://e.example", "platform_types": ["chrome"]},
                    "interactive": CATEGORY,
                }
            }
        },
        PushSeen(
            (
                Notice("android", t("Sale"), t("20% off"), Picture("image", "a b.png", "cdn.example.com"), BUTTONS, "opens the app"),
                Notice("ios", (), t("20% off"), None, BUTTONS, "opens in the app NE1://x", "1"),
                Notice("web", t("Sale"), t("20% off"), opens="opens https://e.example", browsers=("chrome",)),
            )
        ),
    ),
    ("push", {"channels": {"push": {"android": "no mapping", "interactive": {"actions": [3]}}}}, PushSeen(())),
    (
        "rt",
        rt(
            {
                "thread_id": "t",
                "message": {
                    "text": "Keep it?",
                    "quickReplies": {"options": [{"identifier": "y1", "title": "Yes", "imageUrl": "https://e.example/y.png"}]},
                },
                "notification": {"title": "Booking", "text": "Answer", "ios_extras": {"badge": "2"}, "web_extras": {"url": "https://w"}},
            }
        ),
        ChatSeen(
            "rt",
            (Bubble(t("Keep it?")),),
            (QuickReply(t("Yes"), (), "answers y1", picture=True),),
            notices=(
                Notice("android", t("Booking"), t("Answer")),
                Notice("ios", t("Booking"), t("Answer"), badge="2"),
                Notice("web", t("Booking"), t("Answer"), opens="opens https://w"),
            ),
        ),
    ),
    (
        "rt",
        rt({"message": {"attachment": {"contentType": "location", "latitude": "51.5", "longitude": "-0.12"}}}),
        ChatSeen("rt", (Place("51.5", "-0.12"),)),
    ),
    (
        "rt",
        rt({"message": {"attachment": {"contentType": "audio", "file": "https://e.example/a.mp3", "duration": "12"}}}),
        ChatSeen("rt", (Picture("audio", "a.mp3", "e.example", "12 s"),)),
    ),
    (
        "rt",
        rt(
            {
                "message": {
                    "attachment": {
                        "contentType": "template",
                        "payload": {
                            "elements": [
                                {
                                    "title": "Tee",
                                    "imageUrls": ["https://e.example/1.png", "https://e.example/2.png"],
                                    "buttons": [
                                        {"title": "View", "url": "https://e.example/t"},
                                        {"title": "Save", "identifier": "b2"},
                                    ],
                                }
                            ]
                        },
                    }
                }
            }
        ),
        ChatSeen(
            "rt",
            (
                CardRow(
                    (
                        Card(
                            t("Tee"),
                            (),
                            (Picture("image", "1.png", "e.example"), Picture("image", "2.png", "e.example")),
                            (Button(t("View"), "opens https://e.example/t"), Button(t("Save"), "answers b2")),
                        ),
                    )
                ),
            ),
        ),
    ),
    ("rt", rt({"type": "typingStart"}), ChatSeen("rt", (), activity="typing …")),
    (
        "fb",
        ott(
            "fb",
            {
                "text": "Pick",
                "notification_type": "NO_PUSH",
                "quick_replies": [{"content_type": "text", "title": "Red", "payload": "R"}, {"content_type": "location"}, {}],
            },
        ),
        ChatSeen(
            "fb",
            (Bubble(t("Pick")),),
            (QuickReply(t("Red"), (), "answers R"), QuickReply(t("Send location"), (), "sends where the person is")),
            silent="without a notification",
        ),
    ),
    (
        "fb",
        ott(
            "fb",
            {
                "attachment": {
                    "type": "template",
                    "payload": {"template_type": "button", "text": "Go?", "buttons": [{"title": "Go", "payload": "G"}]},
                }
            },
        ),
        ChatSeen("fb", (Bubble(t("Go?"), (Button(t("Go"), "answers G"),)),)),
    ),
    (
        "fb",
        ott(
            "fb",
            {
                "attachment": {
                    "type": "template",
                    "payload": {
                        "template_type": "receipt",
                        "recipient_name": "Noor",
                        "order_number": "NL-1",
                        "currency": "GBP",
                        "payment_method": "Card",
                        "elements": [{"title": "Boots", "quantity": 2, "price": 129.5}],
                        "summary": {"total_cost": 259, "shipping_cost": 0},
                        "adjustments": [{"name": "Voucher", "amount": -5}],
                        "address": {"street_1": "1 Mill Lane", "city": "Leeds"},
                    },
                }
            },
        ),
        ChatSeen(
            "fb",
            (
                Receipt(
                    t("Noor"),
                    t("NL-1"),
                    t("Card"),
                    (ReceiptLine(t("Boots"), t("Quantity 2"), "£129.50"),),
                    (
                        ReceiptLine(t("Shipping"), (), "£0.00"),
                        ReceiptLine(t("Voucher"), (), "-£5.00"),
                        ReceiptLine(t("Total"), (), "£259.00"),
                    ),
                    t("1 Mill Lane, Leeds"),
                ),
            ),
        ),
    ),
    (
        "fb",
        ott("fb", {"attachment": {"type": "image", "payload": {"url": "https://[bad/x.png"}}}),
        ChatSeen("fb", (Picture("image", "https://[bad/x.png"),)),
    ),
    ("fb", ott("fb", {"sender_action": "typing_on"}), ChatSeen("fb", (), activity="typing …")),
    (
        "twitter",
        ott(
            "twitter",
            {
                "text": "Yours?",
                "attachment": {"type": "media", "media": {"id": 12}},
                "quick_reply": {"options": [{"label": "Mine", "description": "We bring it"}]},
            },
        ),
        ChatSeen("twitter", (Picture("media", "12"), Bubble(t("Yours?"))), (QuickReply(t("Mine"), t("We bring it")),)),
    ),
    ("wechat", ott("wechat", {"text": "你好"}), ChatSeen("wechat", (Bubble(t("你好")),))),
    (
        "sms",
        {"message": {"template": "ABCD1234EF", "parameters": {"parameter1": "Noor"}}, "channels": {"sms": {"senderid": "NL"}}},
        KeptWordsSeen("sms", "NL", "ABCD1234EF", (("parameter1", t("Noor")),)),
    ),
    (
        "sms",
        {"message": {"template": "ABCD1234EF"}, "channels": {"sms": {"text": "Wins"}}},
        SmsSeen("", (SmsPart(t("Wins"), 4, 160),), unicode=False),
    ),
]


@pytest.mark.parametrize(("channel", "content", "expected"), SEEN)
def test_what_is_seen(channel: str, content: dict[str, object], expected: Seen) -> None:
    assert seen(channel, content) == expected


WRONG = [None, 3, "text", [], [None], {"text": 3}, {"message": [1]}, {"attachment": {"type": "template", "payload": []}}]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("block", WRONG)
def test_what_the_api_would_refuse_is_shown_as_far_as_it_goes(channel: str, block: object) -> None:
    for content in ({}, {"channels": block}, {"channels": {channel: block}}, rt(block), ott(channel, block)):
        assert seen(channel, content).kind
