from __future__ import annotations

from typing import Any

import pytest

from msgspec_tool.model import BoundMessage
from msgspec_tool.recipients.rows import BadRow, Row
from msgspec_tool.stages.bind import Binder, Bound
from msgspec_tool.variables.json_text import parse_json
from tests.stages.specs import analysed, evaluator

ENV = {"senderid": "TEST"}

MAPPING = """\
msgspec: 1
name: due
variables:
  first_name: {type: string, maxLength: 10}
  amount: {type: number, default: 0}
  note: {type: string, required: false}
deliverychannel: [sms, push, fb]
channels: {sms: {text: Hello}, push: {text: Hello}, fb: {text: Hello}}
destination:
  msisdn: "{{ phone }}"
  userid: "{{ app_user }}"
  android_pushid: "{{ token }}"
  correlationid: "due-{{ invoice }}-{{ recipient.channel }}"
  with: {first_name: "{{ FirstName }}"}
"""


def binder(text: str, **changes: Any) -> Binder:
    spec = analysed(text)
    return Binder(spec, evaluator(spec), ENV, "abc", changes.pop("channels", spec.shaped.channels), **changes)


def bind(text: str, *rows: dict[str, Any] | BadRow, **changes: Any) -> list[Bound]:
    numbered = [row if isinstance(row, BadRow) else Row(number, number + 1, row) for number, row in enumerate(rows, 1)]
    return [pending.bind() for pending in binder(text, **changes).rows(numbered)]


def who(bound: Bound) -> list[tuple[str, str, str, str | None]]:
    return [(one.channel, one.key, one.address, one.correlationid) for one in bound.messages]


ROW = {"phone": "+447700900001", "app_user": "u1", "token": "t1", "invoice": "A1", "FirstName": "Asha", "amount": "1299.50"}


def test_the_first_filled_key_of_each_channel_is_used_once() -> None:
    both, token, none = bind(MAPPING, ROW, {**ROW, "app_user": ""}, {**ROW, "app_user": "", "token": " ", "phone": ""})
    assert who(both) == [("sms", "msisdn", "+447700900001", "due-A1-sms"), ("push", "userid", "u1", "due-A1-push")]
    assert both.skipped == ("fb",)
    assert who(token)[1] == ("push", "android_pushid", "t1", "due-A1-push")
    assert none.refusal is not None
    assert (none.refusal.code, none.refusal.reason) == ("DST501", "there is no address for sms or push or fb")


def test_the_scope_of_a_message() -> None:
    (bound,) = bind(MAPPING, ROW)
    scope = bound.messages[0].scope
    assert scope == {
        "first_name": "Asha",
        "amount": 1299.5,
        "note": None,
        "env": ENV,
        "spec": {"name": "due", "version": "abc"},
        "recipient": {"row": 1, "address": "+447700900001", "channel": "sms"},
    }
    assert scope["amount"].lexeme == "1299.50"


@pytest.mark.parametrize(
    ("changes", "code", "column", "reason"),
    [
        ({"amount": "12,50"}, "cast-failed", "amount", "text of 5 characters is not a number"),
        ({"FirstName": "Wolfeschlegelstein"}, "cast-failed", "first_name", "text of 18 characters is longer than 10 characters"),
        ({"FirstName": ""}, "VAR302", "first_name", "there is no value, and no default is declared"),
    ],
)
def test_a_row_that_does_not_cast_is_refused(changes: dict[str, str], code: str, column: str, reason: str) -> None:
    good, bad = bind(MAPPING, ROW, {**ROW, **changes})
    assert good.refusal is None
    assert bad.refusal is not None
    assert (bad.refusal.row, bad.refusal.code, bad.refusal.column, bad.refusal.reason) == (2, code, column, reason)


def test_an_empty_cell_is_missing_and_an_unreadable_row_is_refused() -> None:
    bound, bad = bind(MAPPING, {**ROW, "amount": "", "note": ""}, BadRow(2, 7, "is no JSON object", "x"))
    assert bound.messages[0].scope["amount"] == 0
    assert bound.messages[0].scope["note"] is None
    assert bad.refusal is not None
    assert (bad.refusal.row, bad.refusal.reason, bad.refusal.column) == (2, "line 7: is no JSON object", "x")


def test_rows_of_json_lines_need_not_have_all_members_and_are_not_cast() -> None:
    row = parse_json('{"phone": 447700900001, "invoice": 7, "FirstName": "Asha", "amount": 1.50}')
    one, cast = bind(MAPPING, row, {**row, "amount": "1.50"}, cells_are_text=False)
    assert who(one) == [("sms", "msisdn", "447700900001", "due-7-sms")]
    assert cast.refusal is not None
    assert cast.refusal.reason == "text of 4 characters is not a number"
    text = MAPPING.replace("amount: {type: number, default: 0}", "amount: {type: number, default: 0}\n  nick: {default: none}").replace(
        "{first_name:", "{nick: '{{ Nick }}', first_name:"
    )
    (absent,) = bind(text, row, cells_are_text=False)
    assert absent.messages[0].scope["nick"] == "none"
    (odd,) = bind(MAPPING, {**row, "phone": 1.5}, cells_are_text=False)
    assert odd.refusal is not None
    assert (odd.refusal.code, odd.refusal.column) == ("DST501", None)
    assert odd.refusal.reason == "destination.msisdn: an address is text or a whole number; this is a number with decimals"


def test_an_undefined_name_refuses_the_row_with_its_place() -> None:
    text = MAPPING.replace("{{ FirstName }}", "{{ Firstname.x.y }}")
    (bound,) = bind(text, ROW)
    assert bound.refusal is not None
    assert bound.refusal.code == "render-failed"
    assert bound.refusal.reason.startswith("destination.with.first_name: ")
    assert bound.refusal.reason.endswith("(spec.msg.yaml:14:23)")


def test_omitted_addresses_are_none() -> None:
    text = MAPPING.replace('"{{ app_user }}"', '"{{ omit }}"').replace('"due-{{ invoice }}-{{ recipient.channel }}"', '"{{ omit }}"')
    (bound,) = bind(text, ROW)
    assert who(bound) == [("sms", "msisdn", "+447700900001", None), ("push", "android_pushid", "t1", None)]


INLINE = """\
msgspec: 1
name: inline
variables:
  first_name: {type: string, default: friend}
  amount: {type: number, required: false}
deliverychannel: [sms, push]
channels: {sms: {text: Hello}, push: {text: Hello}}
destination:
  - {msisdn: ["+447700900001", "+447700900002", ""], userid: u1, correlationid: own, with: {first_name: Asha, amount: 1.50}}
  - msisdn: "+447700900003"
  - {psid: "1"}
  - {msisdn: "+447700900004", with: {amount: much}}
"""


def test_inline_objects_share_values_and_id() -> None:
    first, second, third, fourth = (pending.bind() for pending in binder(INLINE).inline())
    assert who(first) == [
        ("sms", "msisdn", "+447700900001", "own"),
        ("sms", "msisdn", "+447700900002", "own"),
        ("push", "userid", "u1", "own"),
    ]
    assert [one.scope["first_name"] for one in first.messages] == ["Asha"] * 3
    assert first.messages[0].scope["amount"] == 1.5
    assert who(second) == [("sms", "msisdn", "+447700900003", None)]
    assert second.messages[0].scope["first_name"] == "friend"
    assert third.refusal is not None
    assert third.refusal.row == 3
    assert fourth.refusal is not None
    assert (fourth.refusal.code, fourth.refusal.column) == ("cast-failed", "amount")


def test_a_template_of_the_channel() -> None:
    text = """\
name: choice
variables: {channel: {enum: [sms, voice, fax]}}
deliverychannel: "{{ channel }}"
channels: {sms: {text: Hello}, voice: {callflowid: "1"}}
destination: {msisdn: "{{ phone }}"}
"""
    rows = [{"phone": "+447700900001", "channel": channel} for channel in ("voice", "fax")]
    voice, fax = bind(text, *rows)
    assert [one.channel for one in voice.messages] == ["voice"]
    assert fax.refusal is not None
    assert fax.refusal.code == "SPC104"
    assert bind(text, rows[0], channels=("sms",)) == [Bound()]


SAMPLES = (
    MAPPING.replace("due-{{ invoice }}", "due-{{ invoice }}")
    + """\
samples:
  typical: {first_name: Asha, amount: 1299.50}
  own: {first_name: Ben, recipient: {msisdn: "+447700900123"}}
  broken: {amount: 1}
"""
)


def test_samples_go_to_addresses_of_fiction() -> None:
    typical, own, broken = (pending.bind() for pending in binder(SAMPLES).samples(("typical", "own", "broken", "none")))
    assert who(typical) == [
        ("sms", "msisdn", "+447700900001", None),
        ("push", "userid", "sample-user", None),
        ("fb", "psid", "1000000000000001", None),
    ]
    assert typical.messages[0].scope["amount"].lexeme == "1299.50"
    assert who(own) == [("sms", "msisdn", "+447700900123", None)]
    assert broken.refusal is not None
    assert broken.refusal.row == 3


def test_samples_keep_a_correlation_id_that_needs_no_columns() -> None:
    text = SAMPLES.replace("due-{{ invoice }}-{{ recipient.channel }}", "{{ spec.name }}-{{ recipient.row }}")
    (typical,) = (pending.bind() for pending in binder(text).samples(("typical",)))
    assert {one.correlationid for one in typical.messages} == {"due-1"}
    inline = INLINE + "samples: {plain: {}}\n"
    (plain,) = (pending.bind() for pending in binder(inline).samples(("plain",)))
    assert all(isinstance(one, BoundMessage) for one in plain.messages)
    assert len(plain.messages) == 2
