"""The platform's documented refusals: each is predicted, word for word, by the rule that the table names."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from typing import Any

import pytest

from msgspec_tool.catalogue import HANDLES, RULES
from msgspec_tool.channels.codes import BY_CODE, CODES, SERVER_MESSAGES
from msgspec_tool.config import Project
from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.lint_pipeline import LintOptions, lint
from tests.case_runs import cases
from tests.command import CHECKOUT

MSISDN = [{"msisdn": ["447700900123"]}]
USER = [{"userid": ["u-1"]}]
PSID = [{"psid": ["1000000000000001"]}]
CHANNELS = {"sms": MSISDN, "voice": MSISDN, "push": USER, "rt": USER, "fb": PSID}


def message(channel: str, channels: Any, **more: Any) -> dict[str, Any]:
    appid = {"appid": "NE00000001"} if channel not in ("sms", "voice") else {}
    return {"deliverychannel": channel, **appid, "channels": channels, "destination": CHANNELS[channel], **more}


def rt(**block: Any) -> dict[str, Any]:
    return message("rt", {"appmessaging": {"thread_id": "t", "message": {"text": "Hi"}, **block}})


def push(category: str = "DOUBLE_YES_NO", **interactive: Any) -> dict[str, Any]:
    buttons = [{"pos": 1, "identifier": "YES", "action": "OPEN_APP"}, {"pos": 2, "identifier": "NO", "action": "DISMISS"}]
    made = {"category": category, "device_types": ["android"], "actions": buttons, **interactive}
    kept = {key: value for key, value in made.items() if value is not None}
    return message("push", {"push": {"android": {"text": "Hi"}, "interactive": kept}})


def buttons(**first: Any) -> dict[str, Any]:
    one = {"pos": 1, "identifier": "YES", "action": "OPEN_APP", **first}
    other = {"pos": 2, "identifier": "NO", "action": "DISMISS"}
    return push(actions=[{key: value for key, value in one.items() if value is not None}, other])


SMS = message("sms", {"sms": {"text": "Hi"}})
SECOND = push(
    "DOUBLE_SHOPNOW_CANCEL",
    actions=[
        {"pos": 1, "identifier": "SHOPNOW", "action": "OPEN_APP"},
        {"pos": 2, "identifier": "CANCEL", "action": "OPEN_APP"},
    ],
)
TRIED: dict[str, dict[str, Any]] = {
    "param 'deliverychannel' missing": {key: value for key, value in SMS.items() if key != "deliverychannel"},
    "No destination channel information found in request": {**SMS, "deliverychannel": ""},
    "any one of [customerid,msisdn,email, userid,pushid,psid, etc.] is mandatory": {**SMS, "destination": [{"correlationid": "x"}]},
    "param 'sms' missing for channel sms": message("sms", {}),
    "param 'text' missing for channel sms": message("sms", {"sms": {}}),
    "param 'body' missing for channel sms": message("sms", {"sms": {"type": "3"}}),
    "param 'voice' missing for channel voice": message("voice", {}),
    "either param 'callflowid' or param 'media' is required": message("voice", {"voice": {}}),
    "param 'push' missing for push channel": message("push", {}),
    "either android or ios information is mandatory for push channel": message("push", {"push": {}}),
    "param 'text' is missing for android": message("push", {"push": {"android": {"title": "Hi"}}}),
    "param 'text' is missing for ios": message("push", {"push": {"ios": {"title": "Hi"}}}),
    "mandatory param device_types missing": push(device_types=None),
    "mandatory param category missing": push(category=None),  # type: ignore[arg-type]
    "mandatory param actions missing": push(actions=None),
    "mandatory param pos missing": buttons(pos=None),
    "value missing for action xxx": buttons(action="OPEN_URL"),
    "param 'appmessaging' missing for channel rt": message("rt", {}),
    "param 'text' missing for channel rt": message("rt", {"appmessaging": {"thread_id": "t", "message": {}}}),
    "param 'OTT-Messaging' missing for channel fb": message("fb", {}),
    "param 'fb' missing for channel fb": message("fb", {"OTT-Messaging": {}}),
    "param 'text' missing for channel fb": message("fb", {"OTT-Messaging": {"fb": {}}}),
    "param 'mediaid' or type based attachment is required": rt(message={"attachment": {"contentType": "image"}}),
    "invalid value for param 'priority', it should be one of [1,2,3,4,5]": {**rt(), "priority": "6"},
    "invalid value of param 'type' , only [1,2,3,4] are allowed": message("sms", {"sms": {"text": "Hi", "type": "7"}}),
    "invalid device type xxx, only ios or android is allowed": push(device_types=["web"]),
    "duplicate device type xxx": push(device_types=["ios", "ios"]),
    "duplicate values for pos": buttons(pos=2),
    "only positions [xx,xx] are allowed for this category": buttons(pos=3),
    "Invalid number of actions, expected actions size xx, but found xx": push("SINGLE_OPEN"),
    "invalid value of param action or action is invalid for this channel": buttons(action="DANCE"),
    "invalid action for identifier xxx": SECOND,
    "specified value is invalid for action xxx": buttons(action="OPEN_URL", value="example.com"),
    "Invalid value of param category or no identifiers mapped to this category": push("NONE"),
    "invalid identifier or no actions mapped for this identifier": buttons(identifier="MAYBE"),
    "no identifier found for this category and at this position": buttons(identifier=None),
    "param 'title' in notification, is missed or empty": rt(notification={"title": "", "text": "Hi"}),
    "invalid 'type' in rt attachment (image, location, file, video, audio only)": rt(message={"attachment": {"contentType": "picture"}}),
}


def said(body: dict[str, Any]) -> tuple[Diagnostic, ...]:
    options = LintOptions(
        now=datetime(2030, 1, 1, tzinfo=timezone.utc),
        project=Project(CHECKOUT),
        paths=("-",),
        stdin=json.dumps(body).encode(),
        stdin_filename="body.json",
    )
    return lint(options).diagnostics


@pytest.mark.parametrize(("code", "words", "rule"), SERVER_MESSAGES, ids=[words for _code, words, _rule in SERVER_MESSAGES])
def test_each_documented_refusal_is_predicted_by_its_rule(code: str, words: str, rule: str) -> None:
    pattern = re.compile(re.escape(words).replace("xxx", ".+").replace("xx,xx", "[0-9,]+").replace("xx", "[0-9]+"))
    predictions = [
        (one.rule.name, one.finding.api.code)
        for one in said(TRIED[words])
        if one.finding.api and pattern.fullmatch(one.finding.api.message)
    ]
    assert (rule, code) in predictions, [(one.rule.name, one.finding.api) for one in said(TRIED[words])]
    assert code in HANDLES[rule].api


def test_what_a_rule_predicts_is_a_documented_code() -> None:
    assert {code for rule in RULES for code in rule.api} <= BY_CODE.keys()


NOT_SEEN_IN_A_FILE = {
    "what the platform itself is up to": "1001 7006 7011 7016 7020 7113",
    "keys, accounts and their settings": "7001 7002 7007 7008 7010 7103 7106 7112 7114 7115 7117 7118 7120 7127",
    "who a recipient is": "7105 7109 7110 7116 7119 9000 9001 9002 9003 9004 9005 9006 9007 9010",
    "what the platform keeps": "7111 7121 7600 7601",
    "another code says the same first": "7019 7022 7126",
}
"""Answers that no rule predicts, by what they depend on."""

SHOWN = re.compile(r"^(?:error|warning|info)\[[a-z0-9-]+\] ([A-Z]{3}[0-9]{3}): |^  = platform: ([0-9]{4}) ", re.MULTILINE)


def predictions_of_cases() -> set[tuple[str, str]]:
    """Rule and platform code of every finding in the cases' expected output."""
    found, current = set(), ""
    for case in cases("err"):
        for rule, code in SHOWN.findall(case.expected.read_text(encoding="utf-8")):
            current = rule or current
            found |= {(current, code)} if code else set()
    return found


def test_the_table_of_rules_and_codes_holds_both_ways() -> None:
    declared = {(rule.code, code) for rule in RULES for code in rule.api}
    tried = {(one.rule.code, one.finding.api.code) for body in TRIED.values() for one in said(body) if one.finding.api}
    assert predictions_of_cases() | tried == declared


def test_every_documented_answer_is_predicted_or_depends_on_something_else() -> None:
    elsewhere = [code for codes in NOT_SEEN_IN_A_FILE.values() for code in codes.split()]
    predicted = {code for rule in RULES for code in rule.api}
    assert len(elsewhere) == len(set(elsewhere))
    answers = {known.code for known in CODES if known.kind == "answer"}
    assert answers - predicted == set(elsewhere)


def documented() -> set[tuple[str, str]]:
    """Where the reference says a code, and the code."""
    found: set[tuple[str, str]] = set()
    for line in (CHECKOUT / "tests" / "channels" / "documented_codes.txt").read_text(encoding="utf-8").splitlines()[1:]:
        where, codes = line[:26].strip(), line[26:].split()
        for first, _, last in (entry.partition("-") for entry in codes):
            found |= {(where, str(code)) for code in range(int(first), int(last or first) + 1)}
    return found


def test_every_documented_code_is_known_and_no_other() -> None:
    known = [("answer" if one.kind == "answer" else one.channels, one.code) for one in CODES]
    assert len(known) == len(set(known))
    assert set(known) == documented()


def test_codes_are_digits_and_say_what_to_do() -> None:
    for known in CODES:
        # Facebook's own have seven
        assert re.fullmatch(r"[0-9]{4}|2018[0-9]{3}", known.code)
        assert known.name
        assert known.action.endswith(".")
