"""One expectation after the other, on messages made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from msgspec_tool.model import RenderedMessage
from msgspec_tool.rendering.outcome import RenderedSample
from msgspec_tool.source.document import Field, pointer
from msgspec_tool.source.text import decode
from msgspec_tool.source.yaml_reader import read_yaml
from msgspec_tool.trials.expectations import mismatches
from msgspec_tool.variables.numbers import DecimalNumber
from msgspec_tool.verdicts import Mismatch

TEXT = "Hi Asha, INR 1,299.50 is due."


def message(channel: str, key: str, address: str, content: dict[str, Any], correlationid: str | None = None) -> RenderedMessage:
    return RenderedMessage(1, channel, key, address, correlationid, {"deliverychannel": channel, **content})


PHONE = "+447700900001"
ELEMENTS = [{"title": "Boots", "price": DecimalNumber("64.750"), "new": True}, {"title": "Café set", "price": 129}]
SMS = message("sms", "msisdn", PHONE, {"channels": {"sms": {"text": TEXT, "type": "4"}}}, "due-1")
FB_BLOCKS = {"OTT-Messaging": {"fb": {"elements": ELEMENTS, "tags": ["a", "b"]}}, "smartlinks": [{"linkid": 5}]}
FB = message("fb", "psid", "1000000000000001", {"appid": "a_1", "correlationid": "own", "channels": FB_BLOCKS})
RT = message("rt", "userid", "u", {"channels": {"appmessaging": {"message": {"text": "Hello"}}}})
VOICE = message("voice", "msisdn", PHONE, {"channels": {"voice": {"callflowid": "184"}}})
SAMPLE = RenderedSample("usual", (SMS, FB, RT, VOICE), (b'{"a": "\xc3\xa9"}',))


def judged(expect: str, sample: RenderedSample = SAMPLE) -> list[Mismatch]:
    document = read_yaml(decode("a.msg.yaml", expect.encode())).document
    assert document is not None
    return list(mismatches(Field(document, (), document.value), sample))


@pytest.mark.parametrize(
    "expect",
    [
        f"channels.sms.text: '{TEXT}'",
        "channels.sms.text: {matches: '^Hi A.*due', max: 29, min: 29}",
        "channels.sms.type: 4",
        'channels.sms.type: "4"',
        "channels.sms.encoding: null",
        "channels.twitter: null",
        "channels.voice.callflowid: 184",
        "channels.fb.elements.0.price: 64.75",
        "channels.fb.elements.0.price: {max: 64.75, min: 64.75}",
        "channels.fb.elements.0.new: true",
        "channels.fb.elements.1.price: 129.0",
        "channels.fb.tags: [a, b]",
        "channels.fb.appid: a_1",
        "channels.fb.smartlinks.0.linkid: 5",
        "channels.OTT-Messaging.fb.tags.1: b",
        "channels.rt.message.text: Hello",
        "channels.appmessaging.message.text: Hello",
        "/channels/appmessaging/message/text: Hello",
        "/channels/OTT-Messaging/fb/elements/1/title: Café set",
        "/destination/0/userid/0: u",
        "appid: a_1",
        "correlationid: {matches: '^(due-1|own)$'}",
        "sms.parts: 1",
        "sms.units: {max: 29}",
        "sms.encoding: gsm7",
        "bytes: 11",
        "bytes: {min: 11, max: 4096}",
    ],
)
def test_what_holds(expect: str) -> None:
    assert judged(expect) == []


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("channels.sms.text: Hi Ben", "channels.sms.text is not the expected text"),
        ("channels.sms.type: '8'", "channels.sms.type is '4'; expected '8'"),
        ("channels.sms.type: -4", "channels.sms.type is '4' (text); expected -4 (a whole number)"),
        ("channels.sms.text: {matches: '^Ho'}", "channels.sms.text does not match '^Ho'"),
        ("channels.sms.text: {max: 28}", "channels.sms.text has 29 characters; expected at most 28"),
        ("channels.sms.type: {min: 2}", "channels.sms.type has 1 character; expected at least 2"),
        (
            "channels.fb.elements.0.price: '64.75'",
            "channels.fb.elements.0.price is 64.75 (a number with a fraction); expected '64.75' (text)",
        ),
        ("channels.fb.elements.0.price: {max: 64.7}", "channels.fb.elements.0.price is 64.750; expected at most 64.7"),
        ("channels.fb.elements.0.new: 1", "channels.fb.elements.0.new is true; expected 1"),
        ("channels.fb.elements.0.new: {max: 1}", "channels.fb.elements.0.new is true; only a number or a text has a size"),
        ("channels.fb.elements.1.price: {matches: '1'}", "channels.fb.elements.1.price is 129; only a text can match a pattern"),
        ("channels.fb.tags: [a]", "channels.fb.tags is a list of 2 items; expected a list of 1 item"),
        ("channels.fb.tags: {max: 1}", "channels.fb.tags is a list of 2 items; only a number or a text has a size"),
        ("channels.fb: x", "channels.fb is an object of 2 members; expected 'x' (text)"),
        ("appid: null", "appid is 'a_1'; nothing is expected here"),
        ("correlationid: due-1", "correlationid is 'own'; expected 'due-1'"),
        ("sms.parts: 2", "sms.parts is 1; expected 2"),
        ("sms.encoding: ucs2", "sms.encoding is 'gsm7'; expected 'ucs2'"),
        ("bytes: {max: 10}", "bytes is 11; expected at most 10"),
        ("bytes: {max: .inf}", "bytes can't be compared: the bound is no number of JSON"),
        ("bytes: {maximum: 3}", "bytes can't be compared: there is no form 'maximum'"),
        ("bytes: {max: ten}", "bytes can't be compared: the bound is no number of JSON"),
        ("channels.sms.text: {matches: 3}", "channels.sms.text can't be compared: a pattern is text"),
        ("bytes: {}", "nothing is expected here; write a value, or 'matches', 'max' or 'min'"),
        ("channels.sms.text: {matches: '('}", "channels.sms.text can't be compared: the pattern is none that RE2 takes (missing ): ()"),
        ("channels.sms.text: {matches: '(?=x)'}", "invalid perl operator: (?="),
    ],
)
def test_what_does_not_hold(expect: str, said: str) -> None:
    (found,) = judged(expect)
    assert said in found.message


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("channels.sms.txt: x", "the message has no 'channels.sms.txt'; did you mean 'channels.sms.text'?"),
        ("sms.text: x", "there is no measure 'sms.text'; did you mean 'channels.sms.text'?"),
        ("sms.part: 1", "there is no measure 'sms.part'; did you mean 'sms.parts'?"),
        ("fb.tags: x", "the message has no 'fb.tags'; did you mean 'channels.fb.tags'?"),
        ("elements: x", "the message has no 'elements'; did you mean 'channels.fb.elements'?"),
        ("corelationid: x", "the message has no 'corelationid'; did you mean 'correlationid'?"),
        (
            "channels.fb.elements.2.title: x",
            "the message has no 'channels.fb.elements.2.title'; did you mean 'channels.fb.elements.1.title'?",
        ),
        ("channels.fb.elements.-1.title: x", "the message has no 'channels.fb.elements.-1.title'"),
        ("channels.sms.text.0: H", "the message has no 'channels.sms.text.0'; did you mean 'channels.sms.text'?"),
        ("channels.twitter.text: x", "'channels.twitter.text': the sample gives no message for twitter"),
        ("/channels/fb: x", "the message has no '/channels/fb'"),
        ("'': x", "the message has no ''"),
    ],
)
def test_a_place_that_no_message_has(expect: str, said: str) -> None:
    (found,) = judged(expect)
    assert found.message.startswith(said)
    assert found.comparison is None


def test_measures_of_an_sms_that_is_not_there_or_has_no_text() -> None:
    (found,) = judged("sms.parts: 1", RenderedSample("usual", (FB,)))
    assert found.message == "sms.parts: the sample gives no message for sms"
    template = message("sms", "msisdn", PHONE, {"message": {"template": "1"}})
    (found,) = judged("sms.parts: 1", RenderedSample("usual", (template,)))
    assert found.message == "sms.parts: the message has no text of its own"


def test_each_form_is_an_expectation_and_points_at_itself() -> None:
    text = "channels.sms.text:\n  matches: ^Ho\n  max: 3\n  min: 3\n"
    found = judged(text)
    assert [(text[slice(*one.span)], pointer(one.path)) for one in found] == [
        ("^Ho", "/channels.sms.text/matches"),
        ("3", "/channels.sms.text/max"),
    ]
    assert [(one.place, one.comparison and one.comparison.form) for one in found] == [
        ("channels.sms.text", "matches"),
        ("channels.sms.text", "max"),
    ]


def test_an_expectation_holds_for_every_message_or_not_at_all() -> None:
    other = message("sms", "msisdn", "+447700900002", {"channels": {"sms": {"text": "Hi Ben"}}})
    (found,) = judged(f"channels.sms.text: '{TEXT}'", RenderedSample("usual", (SMS, other)))
    assert found.comparison is not None
    assert found.comparison.got == "Hi Ben"


def test_a_place_with_dots_in_a_name_is_a_pointer() -> None:
    sample = RenderedSample("usual", (message("sms", "msisdn", PHONE, {"message": {"parameters": {"a.b": "1", "c/d~e": "2"}}}),))
    assert judged("/message/parameters/a.b: '1'\n/message/parameters/c~1d~0e: '2'", sample) == []
