"""The published schemas: sound, derived without drift, and what the fast validators and jsonschema agree on."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from msgspec_tool import resources
from msgspec_tool.channels import layout
from msgspec_tool.schema import derivation, facts, generation, validation
from msgspec_tool.schema.conditions import holds
from msgspec_tool.schema.registry import NAMES, assembled, bundled
from tests.published_schemas import validate_report
from tests.schema.written import completed, loaded

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
BODIES = [json.loads(path.read_text(encoding="utf-8")) for path in SAMPLES]
MESSAGES = [message for body in BODIES for message in (body if isinstance(body, list) else [body])]


def jsonschema_accepts(name: str, value: object) -> bool:
    return bool(Draft202012Validator(bundled(name)).is_valid(value))


def as_spec(message: dict) -> dict:
    if not isinstance(message.get("channels", {}), dict) or not isinstance(message.get("channels", {}).get("OTT-Messaging", {}), dict):
        return {"msgspec": 1, "name": "wrapped", **message}
    channels = dict(message.get("channels", {}))
    channels |= channels.pop("OTT-Messaging", {})
    if "appmessaging" in channels:
        channels["rt"] = channels.pop("appmessaging")
    inner = {"channels": channels} if "channels" in message else {}
    return {"msgspec": 1, "name": "wrapped", **message, **inner}


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name):
    Draft202012Validator.check_schema(bundled(name))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_of_the_facts_are_valid(path):
    body = json.loads(path.read_text(encoding="utf-8"))
    assert validation.is_valid_payload(body)
    assert jsonschema_accepts("payload", body)


def test_there_are_twelve_sample_files():
    assert len(SAMPLES) == 12


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["deliverychannel"])
def test_samples_wrapped_as_specs_are_valid(message):
    assert jsonschema_accepts("spec", as_spec(message))


def test_spec_schema_is_the_derived_one():
    written = json.loads(resources.data("schemas", "v1", "spec.schema.json").read_text(encoding="utf-8"))
    assert written == derivation.spec_schema(), "run python -m msgspec_tool.schema.derivation"


@pytest.mark.parametrize("name", ["spec", "payload", "config"])
def test_fast_validators_are_the_generated_ones(name):
    written = (Path(validation.__file__).parent / "_generated" / f"{name}.py").read_text(encoding="utf-8")
    assert written == generation.module(name), "run python -m msgspec_tool.schema.derivation"


def test_the_bundled_payload_schema_is_the_generated_one():
    written = (Path(validation.__file__).parent / "_generated" / "payload_document.py").read_text(encoding="utf-8")
    assert written == generation.document(), "run python -m msgspec_tool.schema.derivation"
    assert bundled("payload") == assembled("payload")


def test_derivation_writes_a_checkout(tmp_path):
    (tmp_path / "schemas" / "v1").mkdir(parents=True)
    (tmp_path / "msgspec_tool" / "schema" / "_generated").mkdir(parents=True)
    derivation.write(tmp_path)
    written = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert written == ["config.py", "payload.py", "payload_document.py", "spec.py", "spec.schema.json"]


def parts(schema):
    if isinstance(schema, dict):
        yield schema
        for member in schema.values():
            yield from parts(member)
    elif isinstance(schema, list):
        for member in schema:
            yield from parts(member)


@pytest.mark.parametrize("name", ["spec", "payload", "config"])
def test_schemas_keep_to_what_both_validators_read_alike(name):
    keywords = {
        "unevaluatedProperties",
        "prefixItems",
        "dependentRequired",
        "dependentSchemas",
        "uniqueItems",
        "multipleOf",
        "contains",
        "oneOf",
    }
    for part in parts({key: value for key, value in bundled(name).items() if key != "$defs"}):
        assert not (keywords & part.keys() and "properties" not in part and not isinstance(next(iter(part.values())), dict))
    for part in parts(bundled(name)):
        pattern = part.get("pattern")
        if isinstance(pattern, str):
            assert pattern.isascii()
            assert not re.search(r"\\[dwsbDWSBpPzZ]|\(\?", pattern)


def test_every_field_has_a_description():
    api = bundled("payload")
    lacking = []
    for name, part in api["$defs"].items():
        if name.endswith(("_message", "_text", "_required")):
            continue
        for piece in parts(part):
            properties = piece.get("properties")
            if piece.get("additionalProperties") is False and isinstance(properties, dict):
                lacking += [f"{name}.{key}" for key, member in properties.items() if "description" not in member and "$ref" not in member]
    assert lacking == []


# --- agreement on mutated messages ---------------------------------------------------------------------------------------

ODD = [None, True, False, [], {}, "", "odd", "3", "OPEN_APP", 1.5, ["odd"], {"odd": 1}, "template", "{{ x }}"]


def places(value, path=()):
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from places(member, (*path, key))


def mutated(draw, message, inside):
    message = copy.deepcopy(message)
    for _ in range(draw(st.integers(1, 2))):
        options = [path for path in places(message) if path and path[: len(inside)] == inside and len(path) > len(inside)]
        if not options:
            return message
        *above, last = draw(st.sampled_from(options))
        holder = message
        for key in above:
            holder = holder[key]
        action = draw(st.sampled_from(["drop", "odd", "extra"]))
        if action == "drop":
            del holder[last]
        elif action == "odd":
            holder[last] = copy.deepcopy(draw(st.sampled_from(ODD)))
        elif isinstance(holder, dict):
            holder[draw(st.sampled_from(["extra", "text", "type", "url"]))] = "odd"
    return message


@st.composite
def odd_messages(draw):
    return mutated(draw, draw(st.sampled_from(MESSAGES)), ())


@settings(max_examples=200, deadline=None)
@given(odd_messages())
def test_fast_and_slow_agree_on_payloads(message):
    assert validation._surely_valid("payload", message) == jsonschema_accepts("payload", message)
    assert validation._surely_valid("payload", [message]) == validation.is_valid_payload([message])


@settings(max_examples=200, deadline=None)
@given(odd_messages())
def test_fast_and_slow_agree_on_specs(message):
    assert validation._surely_valid("spec", as_spec(message)) == jsonschema_accepts("spec", as_spec(message))


@st.composite
def odd_contents(draw):
    message = draw(st.sampled_from([message for message in MESSAGES if "channels" in message]))
    channels = message["channels"]
    inside = ("channels", next(key for key in channels if key != "smartlinks"))
    return mutated(draw, message, (*inside, *(channels[inside[1]] if inside[1] == "OTT-Messaging" else ())))


@settings(max_examples=200, deadline=None)
@given(odd_contents())
def test_spec_and_payload_agree_on_content(message):
    text = json.dumps(message)
    if "{{" not in text.replace("{{link_5}}", ""):
        assert jsonschema_accepts("spec", as_spec(message)) == jsonschema_accepts("payload", message)


def conditions(schema):
    return [part["if"] for part in parts(schema) if isinstance(part.get("if"), dict)]


@settings(max_examples=100, deadline=None)
@given(st.data(), odd_messages())
def test_conditions_are_judged_as_jsonschema_judges_them(data, message):
    condition = data.draw(st.sampled_from(conditions(bundled("payload")) + conditions(bundled("spec"))))
    path = data.draw(st.sampled_from(list(places(message))))
    value = message
    for key in path:
        value = value[key]
    assert holds(condition, value) == Draft202012Validator(condition).is_valid(value)


# --- the other documents -------------------------------------------------------------------------------------------------

CONFIG = """
msgspec: 1
lint:
  select: [default]
  severity: {sms-compliance: error}
  per-file: {"drafts/**": {ignore: [example-problem]}}
  require-reason: true
  options: {sms-parts: {budget: 2}, bad-msisdn: {plus: required}, url-bad-host: {allow: [example.com]}, timestamp-range: {horizon: 7d}}
environments:
  production:
    region: in
    key_env: IMI_SERVICE_KEY
    rate: 50
    ledger: null
    jwt: {id_env: IMI_SERVICE_ID, secret_env: IMI_SERVICE_SECRET}
    prices: {"+91": 0.0021}
    values: {senderid: ACMEBK}
"""


def config_problems(text):
    from msgspec_tool.source.document import Field

    document = loaded(text).document
    return [problem.message for problem in validation.validate_config(Field(document, (), document.value))]


def test_a_project_file_is_valid():
    assert config_problems(CONFIG) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("msgspec: 1\nenvironment: {}", "'environment' is not known at the top; did you mean 'environments'?"),
        ("msgspec: 1\nenvironments: {a: {max_addresses: 2000}}", "'max_addresses' is '2000', and must be at most 1000"),
        ("msgspec: 1\nenvironments: {a: {key_env: a b}}", "'key_env' is 'a b', not the name of an environment variable"),
        ("msgspec: 1\nenvironments: {a b: {}}", "the name 'a b' is not allowed; expected letters, digits, hyphens and underscores"),
        ("msgspec: 2", "'msgspec' cannot be '2'; expected '1'"),
        ("lint: {}", "'msgspec' is missing"),
        ("[]", "the document must be a mapping, not a list"),
    ],
)
def test_mistakes_in_a_project_file(text, message):
    assert config_problems(text) == [message]


def test_a_report_is_valid_or_said_not_to_be():
    report = {
        "version": 1,
        "tool": {"name": "msgspec-tool", "version": "0.1.0", "rules": 1},
        "summary": dict.fromkeys(("found", "checked", "skipped", "errors", "warnings", "infos", "suppressed", "fixable"), 0),
        "failures": [],
        "diagnostics": [],
    }
    assert validate_report(report) == ()
    assert validate_report({**report, "version": 2}) == ("1 was expected",)


def test_the_minimal_spec_is_valid_without_asking_twice():
    assert validation._surely_valid("spec", loaded(completed("name: example\n")).document.value)


def test_a_million_mistakes_are_told_in_short():
    keys = "".join(f"k{number}: 1\n" for number in range(300))
    assert config_problems("msgspec: 1\n" + keys)[-1] == "'k100' and 199 more keys are not known"
    entries = "".join(f"  - {number}\n" for number in range(1200))
    found = config_problems("msgspec: 1\npartials: x\nlint:\n select:\n" + entries)
    assert len(found) == 1001
    assert found[-1] == "there are more than 1,000 mistakes of this sort in the file"


def test_nothing_heavy_is_loaded_for_a_valid_spec():
    code = (
        "import sys, msgspec_tool.stages.validate, msgspec_tool.rules.shape\n"
        "from msgspec_tool.schema.validation import is_valid_payload\n"
        "assert is_valid_payload([])\n"
        "assert 'jsonschema' not in sys.modules and 'fastjsonschema' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_schema_and_the_layout_of_channels_agree():
    assert set(facts.identifier_keys()) == {*layout.ALL_IDENTIFIERS, "wechatid"}
    assert facts.needs_appid() == layout.NEEDS_APPID
    assert facts.takes_smartlinks() == layout.TAKES_SMARTLINKS
    assert [facts.canonical(name) for name in ("rt", "appmessaging", "fax")] == [
        layout.canonical(name) for name in ("rt", "appmessaging", "fax")
    ]
