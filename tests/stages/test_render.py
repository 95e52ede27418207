from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest

from msgspec_tool.model import BoundMessage, Refusal, RenderedMessage
from msgspec_tool.stages.render import channel_renderer
from msgspec_tool.templates.running.evaluation import Evaluator
from tests.stages.specs import OMIT, RenderError, analysed, evaluator

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)


def render(text: str, channel: str = "sms", types: Any = None, rt_name: str = "rt", **values: Any) -> RenderedMessage | Refusal:
    spec = analysed(text, types)
    renderer = channel_renderer(spec.shaped, channel, evaluator(spec), now=NOW, rt_name=rt_name)
    scope = {"env": {"senderid": "TEST"}, "spec": {"name": "x"}, "recipient": {"row": 1}, **values}
    return renderer.render(BoundMessage(1, channel, "msisdn", "+447700900001", None, scope))


def content(text: str, channel: str = "sms", types: Any = None, **values: Any) -> dict[str, Any]:
    rendered = render(text, channel, types, **values)
    assert isinstance(rendered, RenderedMessage)
    return dict(rendered.content)


ALL = """\
msgspec: 1
name: all
contactPolicy: {a: b}
gtrId: [x]
callbackData: "campaign={{ spec.name }}"
notifyurl: https://hooks.example.com
correlationid: c
expiry: 2030-01-31T18:30:00+5:30
priority: high
route: IMMD
message: {template: "7", parameters: {name: "{{ first_name }}"}}
appid: NE1
deliverychannel: [sms, push, rt, fb]
channels:
  smartlinks: {"1": {url: https://example.com}}
  sms: {senderid: "{{ env.senderid }}", text: "Hi {{ first_name }}"}
  push: {appid: NE2, android: {text: "Hi {{ first_name }}"}}
  rt: {text: Hello, smartlinks: {"2": {url: https://example.org}}}
  fb: {text: Hello}
destination: {msisdn: "{{ phone }}"}
"""


def test_the_order_of_keys_is_fixed() -> None:
    found = content(ALL, first_name="Asha")
    assert json.dumps(found, separators=(",", ":")) == (
        '{"deliverychannel":"sms","message":{"template":"7","parameters":{"name":"Asha"}},"route":"IMMD","priority":"3",'
        '"expiry":"2030-01-31T13:00:00.000Z","correlationid":"c","notifyurl":"https://hooks.example.com","callbackData":"campaign=x",'
        '"contactPolicy":{"a":"b"},"gtrId":["x"],'
        '"channels":{"sms":{"senderid":"TEST","text":"Hi Asha"},"smartlinks":{"1":{"url":"https://example.com"}}}}'
    )


def test_the_nesting_of_channels() -> None:
    push = content(ALL, "push", first_name="Asha")
    assert push["appid"] == "NE2"
    assert push["channels"] == {"push": {"android": {"text": "Hi Asha"}}}
    rt = content(ALL, "rt", first_name="Asha", rt_name="appmessaging")
    assert rt["deliverychannel"] == "appmessaging"
    assert rt["appid"] == "NE1"
    assert rt["channels"] == {"appmessaging": {"text": "Hello"}, "smartlinks": {"2": {"url": "https://example.org"}}}
    fb = content(ALL, "fb", first_name="Asha")
    assert fb["channels"]["OTT-Messaging"] == {"fb": {"text": "Hello"}}


def sms(common: str, text: str = "Hello") -> str:
    return f"name: x\ndeliverychannel: sms\n{common}\nchannels: {{sms: {{text: '{text}'}}}}\n"


@pytest.mark.parametrize(
    ("written", "emitted"),
    [
        ("low", "1"),
        ("medium", "2"),
        ("high", "3"),
        ("2", "2"),
        ('"3"', "3"),
        ("urgent", "urgent"),
        ("'{{ level }}'", "3"),
        ("true", True),
        ("[1]", [1]),
    ],
)
def test_priorities(written: str, emitted: Any) -> None:
    found = content(sms(f"priority: {written}"), types={("priority",): frozenset({"string", "integer"})}, level="high")["priority"]
    assert found == emitted or found == [str(one) for one in emitted]


@pytest.mark.parametrize(
    ("written", "emitted"),
    [
        ("{after: 90m}", "2030-01-01T01:30:00.000Z"),
        ("{after: '{{ wait }}'}", "2030-01-03T00:00:00.000Z"),
        ("{after: soon}", {"after": "soon"}),
        ("{after: 999999999d}", {"after": "999999999d"}),
        ("tomorrow", "tomorrow"),
        ("2030-01-31T18:30:00.000Z", "2030-01-31T18:30:00.000Z"),
        ("'{{ when }}'", "2030-06-01T10:00:00.000Z"),
    ],
)
def test_expiry(written: str, emitted: Any) -> None:
    assert content(sms(f"expiry: {written}"), wait="2d", when="2030-06-01T12:00:00+02:00")["expiry"] == emitted


def test_the_type_of_an_sms_follows_its_text() -> None:
    assert content(sms("", "Hi {{ name }}"), name="Asha")["channels"]["sms"] == {"text": "Hi Asha"}
    assert content(sms("", "Hi {{ name }}"), name="आशा")["channels"]["sms"] == {"text": "Hi आशा", "type": "4"}
    written = "name: x\ndeliverychannel: sms\nchannels: {sms: {type: 1, text: ₹}}\n"
    assert content(written)["channels"]["sms"] == {"type": "1", "text": "₹"}


PUSH = """\
name: x
appid: a
deliverychannel: push
channels: {push: {android: {text: Hello, badge: "{{ badge }}", tags: ["{{ one }}", two, "{{ omit }}"], more: {a: "{{ omit }}"}}}}
"""
BADGE = {("channels", "push", "android", "badge"): frozenset({"integer"})}


def test_lone_expressions_keep_their_type_where_text_is_not_taken() -> None:
    android = content(PUSH, "push", BADGE, badge=3, one="1")["channels"]["push"]["android"]
    assert android == {"text": "Hello", "badge": 3, "tags": ["1", "two"], "more": {}}


def test_a_lone_expression_of_another_type_is_refused() -> None:
    refused = render(PUSH, "push", BADGE, badge="3", one="1")
    assert isinstance(refused, Refusal)
    assert refused.code == "render-failed"
    assert refused.reason == "channels.push.android.badge: the template gives text of 1 character, not a whole number (spec.msg.yaml:4:49)"


def test_omitted_fields_are_left_out() -> None:
    assert "route" not in content(sms("route: '{{ omit }}'"))
    assert "channels" not in content(sms("", "{{ omit }}"))


def test_a_failure_names_field_and_place() -> None:
    refused = render(sms("", "Hi {{ name }}"))
    assert refused == Refusal(1, "channels.sms.text: 'name' is undefined (spec.msg.yaml:4:25)", "render-failed")


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("'name' is undefined", "'name' is undefined"),
        ("'Asha' is not a number", "'…' is not a number"),
        ("'O'Brien' is not a number", "'…' is not a number"),
        ("money: '1' and 'Ben' are too long", "money: '…' are too long"),
        ("nothing is quoted", "nothing is quoted"),
    ],
)
def test_failures_quote_the_template_and_never_the_data(message: str, shown: str) -> None:
    class Failing:
        def compile(self, template: Any, *, native: bool) -> Any:
            raise RenderError(message)

    spec = analysed(sms("", "Hi {{ name | upper }} {# money 1 #}"))
    found = Evaluator(spec, Failing(), omit=OMIT, failure=RenderError)
    bound = BoundMessage(1, "sms", "msisdn", "+447700900001", None, {})
    assert channel_renderer(spec.shaped, "sms", found, now=NOW).render(bound) == Refusal(
        1, f"channels.sms.text: {shown} (spec.msg.yaml:4:25)", "render-failed"
    )
