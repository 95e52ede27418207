from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.model import LoadedSpec, Origin, Scope, ShapeProblemKind
from msgspec_tool.source.text import SourceFile
from msgspec_tool.stages.validate import validate_body, validate_spec
from tests.schema.written import body, completed, loaded

SMS = {"deliverychannel": "sms", "channels": {"sms": {"text": "x"}}, "destination": [{"msisdn": ["1"]}]}


def shaped(fragment):
    return validate_spec(loaded(completed(fragment)))


def problems(fragment):
    return [(problem.kind.value, problem.message) for problem in shaped(fragment).problems]


def test_the_minimal_spec():
    spec = shaped("name: example\n")
    assert (spec.name, spec.channels, spec.problems, spec.channel_template) == ("example", ("sms",), (), None)
    assert [(form.origin, form.channel, form.block.path) for form in spec.messages] == [(Origin.SPEC, "sms", ("channels", "sms"))]
    assert [(field.field.path, field.scope, field.channel) for field in spec.templates] == [
        (("deliverychannel",), Scope.MESSAGE, None),
        (("channels", "sms", "text"), Scope.MESSAGE, "sms"),
        (("destination", 0, "msisdn", 0), Scope.MESSAGE, None),
    ]


def test_a_file_that_was_not_understood_has_no_shape():
    nothing = LoadedSpec(SourceFile("x", ""), None)
    assert validate_spec(nothing) is None
    assert validate_body(nothing) is None


@pytest.mark.parametrize(
    "text", ["just text", "[]", "5", "null", "{}", "channels: [1]\ndestination: 5\ndeliverychannel: {a: b}\nvariables: 3\nmessage: x\n"]
)
def test_odd_documents_have_a_shape(text):
    spec = validate_spec(loaded(text))
    assert spec.problems
    assert spec.messages == ()
    assert validate_body(loaded(text, templated=False)).messages is not None


def test_channels_in_order_each_once_with_aliases():
    spec = shaped("deliverychannel: [push, appmessaging, sms, rt, nothing]\n")
    assert spec.channels == ("push", "rt", "sms")


def test_channels_of_a_template_are_the_values_that_have_a_block():
    spec = shaped('deliverychannel: "{{ way }}"\nvariables: {way: {enum: [sms, voice, fax]}}\n')
    assert spec.channels == ("sms",)
    assert spec.channel_template.value == "{{ way }}"
    assert shaped('deliverychannel: "{{ way }}"\nvariables: {way: {type: string}}\n').channels == ()


def test_blocks_in_the_nesting_of_the_api_are_found():
    spec = shaped("deliverychannel: [fb, rt]\nappid: a\nchannels: {OTT-Messaging: {fb: {text: x}, x: {}}, appmessaging: {thread_id: t}}\n")
    assert [form.block.path for form in spec.messages] == [("channels", "OTT-Messaging", "fb"), ("channels", "appmessaging")]
    assert spec.problems == ()
    assert [field.channel for field in spec.templates if field.field.path[0] == "channels"] == ["fb", "rt"]


def test_integers_in_text_fields_are_their_lexeme():
    spec = shaped("channels: {sms: {type: 4, senderid: 56767, text: x}}\npriority: 2\noptions: {domain: x, trackClicks: true}\n")
    values = {field.field.path: field.field.value for field in spec.templates}
    assert values[("channels", "sms", "type")] == "4"
    assert values[("channels", "sms", "senderid")] == "56767"
    assert values[("priority",)] == "2"
    assert spec.problems == ()


@pytest.mark.parametrize("written", ["-4", "+4", "007"])
def test_other_integers_are_left_to_another_rule(written):
    spec = shaped(f"channels: {{sms: {{senderid: {written}, text: x}}}}\n")
    assert ("channels", "sms", "senderid") not in [field.field.path for field in spec.templates]
    assert spec.problems == ()


def test_numbers_that_the_api_takes_are_no_templates():
    spec = shaped("channels: {sms: {text: x}, smartlinks: [{linkid: 5, validity: 30}]}\n")
    assert len(spec.templates) == 3


def test_templates_of_a_mapping_read_the_row():
    spec = shaped('destination: {from: r.csv, msisdn: "{{ p }}", correlationid: "c", with: {a: "{{ A }}"}}\n')
    assert [(field.field.path, field.types == {"string"}) for field in spec.templates if field.scope is Scope.DESTINATION] == [
        (("destination", "msisdn"), True),
        (("destination", "correlationid"), True),
        (("destination", "with", "a"), False),
    ]


def test_unknown_fields_of_a_block_are_text():
    spec = shaped("channels: {sms: {text: x, odd: '{{ y }}'}}\n")
    assert [field.types for field in spec.templates if field.field.path[-1] == "odd"] == [frozenset({"string"})]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("channels: {sms: {senderid: x}}\n", [("missing-field", "'text' is missing in channels.sms")]),
        ("channels: {sms: {type: 3, body: '4848'}}\n", []),
        ("channels: {sms: {type: '{{ t }}'}}\n", []),
        ("message: {template: T}\nchannels: {sms: {}}\n", []),
        ("destination: ['447']\n", []),
        ("destination: [5]\n", [("wrong-type", "each item of 'destination' must be a mapping, not the integer '5'")]),
        ("channels: {sms: {text: true}}\n", []),
        ("channels: {sms: {text: 1.5}}\n", []),
        ("expiry: 5\n", []),
        ("expiry: {after: 5}\n", []),
        ("expiry:\n", []),
        ("expiry: [4h]\n", [("wrong-type", "'expiry' must be a string or a mapping, not a list")]),
        ("expiry: {in: 4h}\n", [("unknown-field", "'in' is not known in expiry; did you mean 'after'?")]),
        ("destination: '447'\n", []),
        ("destination: {msisdn: ['447']}\n", []),
        ("destination: {with: [a]}\n", [("wrong-type", "'with' must be a mapping, not a list")]),
        ("msgspec: 7\n", []),
        ("to: []\n", []),
        ("destination: [{msisdn: ['1'], correlationId: x}]\n", []),
        ("message: {template: ''}\n", []),
        ("message: {}\n", [("missing-field", "'template' is missing in message")]),
        ("smartlinks: []\n", [("unknown-field", "'smartlinks' is not known at the top; it is valid under channels or channels.sms")]),
        (
            "channels: {sms: {senderid: x}, text: y}\n",
            [("unknown-field", "'text' is not known in channels; it is valid under channels.sms")],
        ),
        (
            "channels: {sms: {senderid: x, expiry: y, text: z}}\n",
            [
                ("unknown-field", "'expiry' is not known in channels.sms; it is valid at the top"),
            ],
        ),
        ("channels: {sms: {text: x, txet: y}}\n", [("unknown-field", "'txet' is not known in channels.sms")]),
        ("channels: {sms: {text: x, zzz: y}}\n", [("unknown-field", "'zzz' is not known in channels.sms")]),
        (
            "priority: 9\n",
            [("not-allowed-value", "'priority' cannot be '9'; expected 'low', 'medium', 'high', '1', '2' or '3'")],
        ),
    ],
)
def test_one_problem_a_cause(fragment, expected):
    assert problems(fragment) == expected


def test_priority_of_in_app_messages_goes_to_five():
    assert problems("deliverychannel: rt\npriority: 5\nappid: a\nchannels: {rt: {thread_id: t}}\n") == []


def test_appid_at_the_top_or_in_the_block():
    block = "deliverychannel: [push, fb]\nchannels:\n  push: {APP android: {text: x}}\n  fb: {text: x}\n"
    assert problems(block.replace("APP ", "")) == [("missing-field", "'appid' is missing for push and fb")]
    assert problems(block.replace("APP ", "appid: a, ")) == [("missing-field", "'appid' is missing for fb")]
    assert problems("appid: a\n" + block.replace("APP ", "")) == []


def test_a_problem_knows_its_channel():
    assert [problem.channel for problem in shaped("channels: {sms: {type: 9, text: x}}\n").problems] == ["sms"]
    wrong = {**SMS, "channels": {"sms": {"text": "x", "type": "9"}}}
    assert [problem.channel for problem in validate_body(body([SMS, wrong])).problems] == ["sms"]


def test_messages_of_a_body():
    rt = {
        "deliverychannel": "appmessaging",
        "appid": "a",
        "channels": {"appmessaging": {"thread_id": "t"}},
        "destination": [{"userid": ["u"]}],
    }
    found = validate_body(body([SMS, rt, 5, {"deliverychannel": 5}]))
    assert [(form.channel, form.block is not None) for form in found.messages] == [("sms", True), ("rt", True), (None, False)]
    assert all(form.origin is Origin.BODY for form in found.messages)
    kinds = [(problem.kind, problem.name) for problem in found.problems if problem.field.path == (3,)]
    assert (ShapeProblemKind.MISSING, "destination") in kinds


@pytest.mark.parametrize(
    "change",
    [
        {"channels": {}},
        {"channels": {"rt": {}}, "deliverychannel": "rt", "appid": "a"},
        {"channels": {"fb": {}}, "deliverychannel": "fb", "appid": "a"},
        {"channels": {"OTT-Messaging": {}}, "deliverychannel": "fb", "appid": "a"},
        {"destination": ["447"]},
        {"notifyUrl": "https://a.example"},
        {"channels": {}, "message": {"template": ""}},
    ],
)
def test_what_other_rules_say_is_no_problem_of_a_body(change):
    assert validate_body(body({**SMS, **change})).problems == ()


def test_a_body_of_the_v2_api_has_no_problems_and_no_messages():
    found = validate_body(body({"channel": "sms", "to": [], "content": {}, "from": "x"}))
    assert (found.problems, found.messages) == ((), ())
    spec = validate_spec(loaded("channel: sms\nto: []\ncontent: {}\n"))
    assert (spec.problems, spec.messages) == ((), ())


def test_words_for_json_are_json_words():
    assert [problem.message for problem in validate_body(body({**SMS, "channels": []})).problems] == [
        "'channels' must be an object, not an array"
    ]
    assert [problem.message for problem in validate_body(body(5)).problems] == [
        "the document must be an array or an object, not the integer '5'"
    ]
    assert [problem.message for problem in validate_body(body([5])).problems] == ["each message must be an object, not the integer '5'"]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False, width=16)
    | st.sampled_from(["", "sms", "{{ x }}", "\u001b[0m", "a\nb"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "deliverychannel",
                    "channels",
                    "destination",
                    "sms",
                    "fb",
                    "OTT-Messaging",
                    "rt",
                    "message",
                    "template",
                    "to",
                    "text",
                    "priority",
                    "variables",
                    "x",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(json_values)
def test_any_data_gives_a_shape_and_words_without_control_characters(value):
    text = json.dumps(value)
    for found in (validate_spec(loaded(text)), validate_body(loaded(text, templated=False))):
        for problem in found.problems:
            assert problem.message.isprintable()
            assert len(problem.message) < 300
