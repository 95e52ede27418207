from __future__ import annotations

import pytest

from msgspec_tool.schema.conditions import ALL_TYPES, holds, json_type, types_of
from msgspec_tool.schema.deprecation import deprecated_fields
from msgspec_tool.schema.fields import NOWHERE, message_schemas, spec_schemas, spec_types_at, written
from msgspec_tool.source.document import Field
from msgspec_tool.stages.load import load_spec
from tests.command import CHECKOUT
from tests.schema.written import root

TEXT = frozenset({"string"})
FB = {
    "deliverychannel": "fb",
    "channels": {"OTT-Messaging": {"fb": {"attachment": {"type": "template", "payload": {"template_type": "receipt"}}}}},
}
RECEIPT = ("channels", "OTT-Messaging", "fb", "attachment", "payload")
SPEC = {
    "deliverychannel": ["sms", "rt"],
    "channels": {"sms": {"text": "x"}, "rt": {"notification": {}}, "OTT-Messaging": {"fb": {"text": "x"}}},
    "destination": [{"msisdn": ["1"]}],
}


@pytest.mark.parametrize(
    ("path", "types"),
    [
        (("deliverychannel",), TEXT),
        (("destination", 0, "psid", 0), TEXT),
        ((*RECEIPT, "summary", "total_cost"), frozenset({"number", "integer"})),
        ((*RECEIPT, "elements", 0, "title"), TEXT),
        ((*RECEIPT, "elements", 0, "titel"), NOWHERE),
        (("message", "parameters", "a", "b"), ALL_TYPES),
        (("nowhere", "at", "all"), NOWHERE),
        (("channels", "push", "android"), ALL_TYPES),
        (("priority",), TEXT),
    ],
)
def test_types_in_a_body(path, types):
    schemas = message_schemas(path, FB)
    assert (ALL_TYPES.intersection(*map(types_of, schemas)) if schemas else NOWHERE) == types


@pytest.mark.parametrize(
    ("path", "types"),
    [
        (("channels",), frozenset({"object"})),
        (("channels", "sms", "text"), TEXT),
        (("channels", "rt", "appid"), TEXT),
        (("channels", "rt", "notification", "interactive", "actions", 0, "pos"), frozenset({"string", "integer"})),
        (("channels", "sms", "smartlinks", 0, "linkid"), frozenset({"string", "integer"})),
        (("channels", "smartlinks", 0, "linkid"), frozenset({"string", "integer"})),
        (("channels", "contactPolicy", "channelCheckConsent"), frozenset({"string", "boolean"})),
        (("channels", "OTT-Messaging"), NOWHERE),
        (("channels", "OTT-Messaging", "fb", "text"), TEXT),
        (("channels", "nothing", "text"), NOWHERE),
        (("deliverychannel", 0), TEXT),
        (("expiry", "after"), TEXT),
        (("expiry",), TEXT),
        (("destination",), frozenset({"array", "object"})),
        (("destination", 0), frozenset({"object"})),
        (("destination", 0, "msisdn"), frozenset({"string", "array"})),
        (("destination", 0, "msisdn", 0), TEXT),
        (("destination", 0, "correlationid"), TEXT),
        (("destination", 0, "with", "x"), ALL_TYPES),
        (("destination", 0, "other"), NOWHERE),
        (("options", "trackClicks"), frozenset({"string", "boolean"})),
        (("name",), NOWHERE),
    ],
)
def test_types_in_a_spec(path, types):
    assert spec_types_at(path, SPEC) == types


def test_types_in_a_mapping_over_recipients():
    assert spec_types_at(("destination", "msisdn"), {"destination": {"msisdn": "{{ p }}"}}) == TEXT


def listed(schemas):
    enums = [schema["enum"] for schema in schemas if "enum" in schema]
    words = {"True": "true", "False": "false"}
    return tuple(dict.fromkeys(words.get(str(one), str(one)) for one in enums[0])) if enums else None


def test_one_walk_finds_what_the_schema_says_at_each_place():
    found = 0
    for path in sorted([*CHECKOUT.glob("specs_examples/*/*.msg.yaml"), *CHECKOUT.glob("tests/cases/*/*/*.msg.yaml")]):
        document = load_spec(path.name, path.read_bytes()).document
        top = Field(document, (), document.value) if document is not None else root("a: b")
        channels, nested = top.get("channels"), top.find("channels", "OTT-Messaging")
        blocks = [*(channels.items() if channels is not None else ()), *(nested.items() if nested is not None else ())]
        members = [(name, member) for name, member in top.items() if name not in ("channels", "destination")]
        for name, member in (one for one in (*blocks, *members) if one[1] is not nested):
            for field, known in written(member, top.value):
                assert known.types == spec_types_at(field.path, top.value), (path, field)
                if name not in ("deliverychannel", "expiry"):
                    assert known.listed == listed(spec_schemas(field.path, top.value)), (path, field)
                    found += known.listed is not None
    assert found > 100


@pytest.mark.parametrize(
    ("value", "name"),
    [(None, "null"), (True, "boolean"), (1, "integer"), (1.0, "number"), ("", "string"), ([], "array"), ({}, "object")],
)
def test_json_types(value, name):
    assert json_type(value) == name


def test_a_truth_value_is_no_number():
    assert not holds({"const": 1}, True)
    assert holds({"enum": [True]}, True)


def deprecated(text, templated=True):
    return [(field.path, instead) for field, instead, _why in deprecated_fields(root(text, templated=templated))]


def test_old_spellings_of_a_spec_are_found():
    text = "channels: {push: {web: {platorm_types: [chrome]}, android: {extras: {sound: x}}}, rt: {message: {quickreplies: {}}}}\n"
    assert deprecated(text + "destination: [{wechatid: [o]}]") == [
        (("channels", "push", "web", "platorm_types"), "platform_types"),
        (("channels", "push", "android", "extras", "sound"), None),
        (("channels", "rt", "message", "quickreplies"), "quickReplies"),
        (("destination", 0, "wechatid"), "wechatID"),
    ]


def test_the_same_name_elsewhere_is_not_old():
    assert deprecated("channels: {push: {ios: {extras: {sound: x}}}}\ndestination: {wechatid: x, with: {wechatid: {sound: y}}}") == [
        (("destination", "wechatid"), "wechatID")
    ]


def test_old_spellings_of_a_body_are_found():
    text = '{"deliverychannel": "wechat", "destination": [{"wechatid": ["o"]}]}'
    assert deprecated(text, templated=False) == [(("destination", 0, "wechatid"), "wechatID")]
