from __future__ import annotations

import inspect
import json
import textwrap
from datetime import datetime, timezone

import pytest

from msgspec_tool.catalogue import RULES
from msgspec_tool.diagnostics import Applicability, Subject
from msgspec_tool.model import ShapedSpec
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.stages.validate import validate_body, validate_spec
from tests.schema.written import completed, loaded

SHAPE_RULES = [rule for rule in RULES if rule.module.startswith("msgspec_tool.rules.shape")]
CONTEXT = RuleContext(datetime(2030, 1, 1, tzinfo=timezone.utc))
SMS = {"deliverychannel": "sms", "channels": {"sms": {"text": "x"}}, "destination": [{"msisdn": ["1"]}]}
FB = {"deliverychannel": "fb", "appid": "a", "channels": {"OTT-Messaging": {"fb": {"text": "x"}}}, "destination": [{"psid": ["1"]}]}


def findings(shape):
    return [
        (rule.code, found)
        for rule in SHAPE_RULES
        if rule.subject is Subject.SHAPE or isinstance(shape, ShapedSpec)
        for found in rule.check(shape, CONTEXT)
    ]


def of_text(text):
    return findings(validate_spec(loaded(text)))


def of_spec(fragment):
    return of_text(completed(fragment))


def of_body(value):
    return findings(validate_body(loaded(json.dumps(value), templated=False)))


def said(found):
    return [(code, finding.file.slice(finding.span), finding.message) for code, finding in found]


def mended(found):
    """The file with the edits of the one fix applied."""
    ((_code, finding),) = [pair for pair in found if pair[1].fix]
    text = finding.file.text
    for edit in sorted(finding.fix.edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def example(rule, name):
    lines = inspect.cleandoc(rule.documentation).split(f"{name}:\n")[1].splitlines()
    end = next((index for index, line in enumerate(lines) if line and not line.startswith(" ")), len(lines))
    return textwrap.dedent("\n".join(lines[:end])).strip() + "\n"


@pytest.mark.parametrize("rule", SHAPE_RULES, ids=lambda rule: rule.code)
def test_bad_examples_fire_and_good_ones_are_silent(rule):
    assert {code for code, _finding in of_spec(example(rule, "Bad"))} == {rule.code}
    assert of_spec(example(rule, "Good")) == []


def test_rules_stand_by_code():
    assert [rule.code for rule in SHAPE_RULES] == [f"SPC1{number:02}" for number in range(1, 11)]


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ({key: part for key, part in SMS.items() if key != "deliverychannel"}, "7003", "param 'deliverychannel' missing"),
        ({**SMS, "channels": {"sms": {}}}, "7003", "param 'text' missing for channel sms"),
        ({**SMS, "channels": {}}, "7003", "param 'sms' missing for channel sms"),
        ({key: part for key, part in SMS.items() if key != "channels"}, "7003", "param 'sms' missing for channel sms"),
        ({**SMS, "deliverychannel": "voice", "channels": {}}, "7003", "param 'voice' missing for channel voice"),
        ({**FB, "deliverychannel": "push", "channels": {}}, "7003", "param 'push' missing for push channel"),
        ({**FB, "deliverychannel": "rt", "channels": {}}, "7003", "param 'appmessaging' missing for channel rt"),
        ({**FB, "channels": {}}, "7003", "param 'OTT-Messaging' missing for channel fb"),
        ({**FB, "channels": {"OTT-Messaging": {}}}, "7003", "param 'fb' missing for channel fb"),
        ({**FB, "appid": 5}, "7004", "Invalid parameters"),
        ({**SMS, "channels": {"sms": {"text": "x", "type": "7"}}}, "7004", "invalid value of param 'type' , only [1,2,3,4] are allowed"),
        ({**SMS, "route": "FAST"}, "7004", "Invalid parameters"),
    ],
)
def test_the_refusal_of_the_platform_is_predicted(value, code, words):
    assert [(finding.api.code, finding.api.message) for _code, finding in of_body(value)] == [(code, words)]


def rt(**block):
    return {
        "deliverychannel": "rt",
        "appid": "a",
        "channels": {"appmessaging": {"thread_id": "t", **block}},
        "destination": [{"userid": ["u"]}],
    }


def push(**interactive):
    return {**FB, "deliverychannel": "push", "channels": {"push": {"android": {"text": "x"}, "interactive": interactive}}}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (rt(notification={"text": "x"}), "param 'title' in notification, is missed or empty"),
        (rt(message={"attachment": {"contentType": "image"}}), "param 'mediaid' or type based attachment is required"),
        (
            rt(message={"attachment": {"contentType": "picture"}}),
            "invalid 'type' in rt attachment (image, location, file, video, audio only)",
        ),
        ({**rt(), "priority": "6"}, "invalid value for param 'priority', it should be one of [1,2,3,4,5]"),
    ],
)
def test_the_refusal_has_the_words_of_the_server(value, words):
    assert [finding.api.message for _code, finding in of_body(value)] == [words]


@pytest.mark.parametrize("interactive", [{"category": "NONE"}, {"device_types": ["windows"]}, {"actions": [{"action": "DANCE"}]}])
def test_values_of_buttons_are_left_to_their_own_rule(interactive):
    assert list(of_body(push(**interactive))) == []


def test_spans_of_time_are_left_to_their_own_rule():
    assert list(of_spec("expiry: {after: soon}\n")) == []


def test_what_only_the_tool_reads_predicts_nothing():
    assert [finding.api for _code, finding in of_spec("name: Not Good\n")] == [None]
    assert [finding.api for _code, finding in of_text("5")] == [None]


def test_a_near_name_and_a_near_value_are_offered():
    found = of_spec("channels: {sms: {text: x, sendrid: y}}\n")
    assert said(found) == [("SPC102", "sendrid", "'sendrid' is not known in channels.sms; did you mean 'senderid'?")]
    assert "senderid: y" in mended(found)
    assert found[0][1].fix.applicability is Applicability.UNSAFE
    assert 'route: "IMMD"' in mended(of_spec('route: "IMMED"\n'))


def test_withdrawn_tags_say_since_when():
    found = of_spec("deliverychannel: fb\nappid: a\nchannels: {fb: {text: x, messaging_type: MESSAGE_TAG, tag: ACCOUNT_UPDATE}}\n")
    assert said(found) == [("SPC104", "ACCOUNT_UPDATE", "'tag' cannot be 'ACCOUNT_UPDATE': it was withdrawn by Meta on 27 April 2026")]


def test_a_missing_block_is_said_at_the_channel():
    found = of_spec("deliverychannel: [sms, fb]\nappid: a\n")
    assert said(found) == [("SPC105", "fb", "channel 'fb' has no block: 'channels.fb' is missing; there is 'sms'")]
    found = of_spec("deliverychannel: voice\nchannels: {}\n")
    assert said(found) == [("SPC105", "voice", "channel 'voice' has no block: 'channels.voice' is missing")]


def test_a_channel_by_template_needs_an_enum_with_blocks():
    found = of_spec('deliverychannel: "{{ way }}"\n')
    assert [(code, finding.message) for code, finding in found] == [
        ("SPC105", "deliverychannel '{{ way }}' must be a variable with 'enum', so that every channel is known")
    ]
    found = of_spec('deliverychannel: "{{ way }}"\nvariables: {way: {enum: [sms, voice, fax]}}\n')
    assert [finding.message for _code, finding in found] == [
        "deliverychannel can become 'voice', which has no block 'channels.voice'",
        "deliverychannel can become 'fax', which is no channel",
    ]


def test_the_nesting_of_the_api_is_taken_out_in_block_style():
    found = of_spec(
        "deliverychannel: fb\nappid: a\nchannels:\n  OTT-Messaging:\n    fb:\n"
        "      text: >-\n        one\n\n        two\n      type: conversation\n"
        "destination: [{psid: ['1']}]\n"
    )
    assert [code for code, _finding in found] == ["SPC106"]
    assert "channels:\n  fb:\n    text: >-\n      one\n\n      two\n    type: conversation\ndestination" in mended(found)
    assert of_text(mended(found)) == []


def test_the_nesting_of_the_api_is_taken_out_in_flow_style():
    found = of_spec("deliverychannel: fb\nappid: a\nchannels: {OTT-Messaging: {fb: {text: x}}}\ndestination: [{psid: ['1']}]\n")
    assert "channels: {fb: {text: x}}\n" in mended(found)


@pytest.mark.parametrize(
    "block", ["{OTT-Messaging: {}}", "{OTT-Messaging: {fb: {text: x}, }}", "\n  OTT-Messaging: # why\n    fb: {text: x}"]
)
def test_no_fix_is_better_than_a_doubtful_one(block):
    found = [finding for code, finding in of_spec(f"deliverychannel: fb\nappid: a\nchannels: {block}\n") if code == "SPC106"]
    assert len(found) == 1
    assert found[0].fix is None or of_text(mended([("SPC106", found[0])])) == []


def test_appmessaging_is_renamed():
    found = of_spec("deliverychannel: rt\nappid: a\nchannels: {appmessaging: {thread_id: t}}\n")
    assert said(found) == [("SPC106", "appmessaging", "'appmessaging' is not written in a spec: the compiler nests 'channels.rt' itself")]
    assert "channels: {rt:" in mended(found)


def test_keys_of_v2_in_a_spec():
    found = of_spec("correlationId: x\n")
    assert said(found) == [("SPC106", "correlationId", "'correlationId' is a key of the v2 API; v1 has 'correlationid'")]
    assert "correlationid: x" in mended(found)
    (finding,) = [finding for _code, finding in of_spec("correlationId: x\ncorrelationid: y\n")]
    assert finding.fix is None
    assert [code for code, _finding in of_spec("from: x\n")] == ["SPC106"]


def test_a_whole_v2_body_is_one_finding():
    v2 = {"channel": "sms", "from": "X", "to": [{"msisdn": ["1"]}], "content": {"type": "text", "text": "x"}, "notifyUrl": "u"}
    assert said(of_body(v2)) == [("SPC106", '"channel"', "this is a message of the v2 API (POST /v2/messages), not of v1")]
    assert said(of_body([SMS, v2])) == said(of_body(v2))
    assert [code for code, _finding in of_text("channel: sms\nto: []\nmsgspec: 1\n")] == ["SPC106"]


def test_a_block_at_the_wrong_place_of_a_body():
    found = of_body({**FB, "channels": {"fb": {"text": "x"}}})
    assert said(found) == [("SPC106", '"fb"', "'fb' is not where the platform looks: its place is 'channels.OTT-Messaging.fb'")]
    assert found[0][1].api.message == "param 'OTT-Messaging' missing for channel fb"
    assert of_body(json.loads(mended(found))) == []
    found = of_body({**rt(), "channels": {"rt": {"thread_id": "t"}}})
    assert '"appmessaging": {"thread_id"' in mended(found)
    top = {**{key: part for key, part in SMS.items() if key != "channels"}, "sms": {"text": "x"}}
    assert [(code, finding.fix) for code, finding in of_body(top)] == [("SPC106", None)]


def test_keys_of_v2_in_a_body_predict_what_is_missed():
    channel = {**{key: part for key, part in SMS.items() if key != "deliverychannel"}, "channel": "sms"}
    ((code, finding),) = of_body(channel)
    assert (code, finding.api.message) == ("SPC106", "param 'deliverychannel' missing")
    assert of_body(json.loads(mended([(code, finding)]))) == []
    assert [finding.api for _code, finding in of_body({**SMS, "notifyUrl": "u"})] == [None]


def test_template_and_inline_content():
    both = {**SMS, "message": {"template": "T"}}
    assert [(code, finding.severity) for code, finding in of_body(both)] == [("SPC107", None)]
    alone = {"deliverychannel": "sms", "message": {"template": "T"}, "destination": SMS["destination"]}
    assert [finding.message for _code, finding in of_body(alone)] == [
        "'channels' is absent; the reference marks it mandatory also beside a template"
    ]
    neither = {**alone, "message": {"template": ""}}
    assert said(of_body(neither)) == [("SPC107", '"message"', "neither a platform template nor inline content is given")]
    assert of_body({**SMS, "message": {"template": ""}}) == []
    assert len(of_spec("deliverychannel: [sms, voice]\nmessage: {template: T}\nchannels: {sms: {text: x}, voice: {promptid: '1'}}\n")) == 1


def test_versions_of_the_language():
    found = of_text(completed("msgspec: '1'\n"))
    assert said(found) == [("SPC108", "'1'", "'msgspec' is the text '1'; the only version is the number 1")]
    assert "msgspec: 1\n" in mended(found)
    missing = of_text(completed("name: x\n").removeprefix("msgspec: 1\n"))
    assert [code for code, _finding in missing] == ["SPC108"]
    assert mended(missing).startswith("msgspec: 1\nname") or "msgspec: 1\n" in mended(missing)
    assert [code for code, _finding in of_text("{name: x}")].count("SPC108") == 1
    assert [code for code, _finding in of_text("[]")] == ["SPC103"]


def test_old_spellings_and_channels():
    found = of_spec("deliverychannel: wechat\nappid: a\nchannels: {wechat: {text: x}}\ndestination: [{wechatid: [o], wechatID: [o]}]\n")
    assert [(code, finding.fix) for code, finding in found] == [("SPC109", None), ("SPC109", None)]
    found = of_body({**FB, "deliverychannel": "push", "channels": {"push": {"android": {"text": "x", "extras": {"sound": "y"}}}}})
    assert said(found) == [("SPC109", '"sound"', "'sound' is deprecated: discontinued: the platform ignores it")]


def test_dead_content_in_a_body():
    found = of_body({**SMS, "channels": {"sms": {"text": "x"}, "OTT-Messaging": {"fb": {}}, "smartlinks": []}})
    assert said(found) == [("SPC110", '"fb"', "the content for 'fb' is never delivered: deliverychannel does not name it")]
    assert [code for code, _finding in of_body({**SMS, "deliverychannel": "fax"})] == ["SPC104"]
