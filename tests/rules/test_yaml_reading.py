import sys
from datetime import datetime, timezone
from types import ModuleType

import pytest

from msgspec_tool.catalogue import RULES
from msgspec_tool.diagnostics import Finding, Rule, Severity
from msgspec_tool.model import ShapedSpec, TemplateField
from msgspec_tool.rules import yaml_reading
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field
from msgspec_tool.stages.load import load_body, load_spec

CONTEXT = RuleContext(datetime(2030, 1, 1, tzinfo=timezone.utc))


def shaped(text: str) -> ShapedSpec:
    loaded = load_spec("a.msg.yaml", text.encode())
    assert loaded.document is not None
    root = Field(loaded.document, (), loaded.document.value)
    templates = tuple(TemplateField(field, frozenset({"string"})) for field in root.walk() if isinstance(field.value, str))
    return ShapedSpec(loaded, root, "a", (), (), None, {}, (), templates)


def on_shaped(rule: Rule, text: str) -> list[Finding]:
    return list(rule.check(shaped(text), CONTEXT))


def on_loaded(rule: Rule, text: str) -> list[Finding]:
    return list(rule.check(load_spec("a.msg.yaml", text.encode()), CONTEXT))


def mended(text: str, finding: Finding) -> str:
    assert finding.fix is not None
    for edit in sorted(finding.fix.edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("rule", "text", "place"),
    [
        (yaml_reading.yaml_syntax, "a: b: c\n", ":"),
        (yaml_reading.duplicate_key, "a: 1\na: 2\n", "a"),
        (yaml_reading.unquoted_template, "a: {{ x }}\n", "{{ x }}"),
        (yaml_reading.alias_misuse, "a: *x\n", "*x"),
        (yaml_reading.bad_document, "a: !x y\n", "!x"),
    ],
)
def test_problems_of_reading_become_findings(rule: Rule, text: str, place: str) -> None:
    (finding,) = on_loaded(rule, text)
    assert finding.file.slice(finding.span) == place
    assert all(not on_loaded(other, text) for other in (yaml_reading.yaml_syntax, yaml_reading.alias_misuse) if other is not rule)


def test_what_is_not_serious_is_a_warning() -> None:
    assert [finding.severity for finding in on_loaded(yaml_reading.alias_misuse, "a: &x 1\n")] == [Severity.WARNING]


def test_both_places_of_a_duplicate_key_are_shown() -> None:
    (finding,) = on_loaded(yaml_reading.duplicate_key, "a: 1\na: 2\n")
    assert [(label.message, label.span.start) for label in finding.related] == [("first written here", 0)]


def test_invalid_json_predicts_7000() -> None:
    (finding,) = yaml_reading.invalid_json.check(load_body("b.json", b'{"a": }'), CONTEXT)
    assert finding.api is not None
    assert (finding.api.code, finding.span) == ("7000", (6, 7))


@pytest.mark.parametrize(
    "text", ["a: Hi #1 {{ x }}\n", "a: Hi  #} x\n", "a: Hi # {{ x }}\n", "- Hi #1\n- b\n", 'a: it\'s "x" #1\n', "a: two\n  lines #1\n"]
)
def test_comments_that_cut_a_text(text: str) -> None:
    (finding,) = on_shaped(yaml_reading.comment_cuts_text, text)
    assert finding.file.slice(finding.span).startswith("#")
    after = mended(text, finding)
    assert on_shaped(yaml_reading.comment_cuts_text, after) == []
    value = shaped(after).root.value
    assert "#" in str(value)


@pytest.mark.parametrize(
    "text",
    ["a: Hi # words\n", "a: Hi # msgspec: ignore[x] {{ y }}\n", 'a: "Hi" #1\n', "a: Hi\n#1 x\n", "a: &x Hi\nb: *x #1\n", "a: 5 #1\n"],
)
def test_comments_that_are_comments(text: str) -> None:
    assert on_shaped(yaml_reading.comment_cuts_text, text) == []


def test_inside_brackets_there_is_no_safe_mend() -> None:
    (finding,) = on_shaped(yaml_reading.comment_cuts_text, "a: [Hi #1\n  ]\n")
    assert finding.fix is None


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("msgspec_tool.schema.fields")

    def spec_types_at(path, value):
        return {"priority": frozenset({"string", "number"}), "flag": frozenset({"boolean"})}.get(path[-1], frozenset({"string"}))

    module.spec_types_at = spec_types_at  # type: ignore[attr-defined]
    module.spec_schemas = lambda path, value: []  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "msgspec_tool.schema.fields", module)


@pytest.mark.usefixtures("types")
@pytest.mark.parametrize("lexeme", ["+447700900123", "007", "1e3", "1.0", "0x1F", "true", "null", "~", "-5", ".inf"])
def test_coerced_scalars_are_quoted(lexeme: str) -> None:
    text = f"channels: {{sms: {{text: {lexeme}}}}}\n"
    (finding,) = on_shaped(yaml_reading.coerced_scalar, text)
    assert finding.file.slice(finding.span) == lexeme
    assert finding.api is not None
    assert finding.api.code == "7004"
    assert shaped(mended(text, finding)).root.value["channels"]["sms"]["text"] == lexeme


@pytest.mark.usefixtures("types")
def test_destinations_hold_text() -> None:
    text = "destination:\n  - msisdn: [+447700900123, 447700900124]\n    with: {x: +1, y: true}\n"
    (finding,) = on_shaped(yaml_reading.coerced_scalar, text)
    assert mended(text, finding).splitlines()[1] == '  - msisdn: ["+447700900123", 447700900124]'


@pytest.mark.usefixtures("types")
def test_an_empty_value_is_named_at_its_key() -> None:
    text = "channels:\n  sms:\n    text:\ntags:\n  -\n"
    first, second = on_shaped(yaml_reading.coerced_scalar, text)
    assert first.file.slice(first.span) == "text"
    assert first.fix is None
    assert "no value" in second.message


@pytest.mark.usefixtures("types")
@pytest.mark.parametrize(
    "text", ["senderid: 56767\n", "priority: 1.5\n", "priority: -1\n", "flag: true\n", 'senderid: "007"\n', "a: &x 56\nb: *x\n", "0\n"]
)
def test_values_of_their_own_type_are_fine(text: str) -> None:
    assert on_shaped(yaml_reading.coerced_scalar, text) == []


@pytest.mark.parametrize(
    ("header", "expected"),
    [("|", "|-"), (">", ">-"), ("|+", "|-"), (">2", ">2-"), ("|2+", "|2-")],
)
def test_trailing_line_breaks_in_message_text(header: str, expected: str) -> None:
    text = f"channels:\n  sms:\n    text: {header}\n      Hello\n"
    (finding,) = [found for found in on_shaped(yaml_reading.block_newline, text) if found.fix]
    assert finding.file.slice(finding.span) == header
    assert mended(text, finding) == text.replace(header, expected)
    assert not any(found.fix for found in on_shaped(yaml_reading.block_newline, mended(text, finding)))


def test_deeper_lines_of_folded_text() -> None:
    text = "channels:\n  sms:\n    text: >-\n      Hello\n        you\n      there\n"
    (finding,) = on_shaped(yaml_reading.block_newline, text)
    assert finding.file.position(finding.span.start) == (5, 7)


@pytest.mark.parametrize(
    "text", ["description: |\n  x\n", "channels: {sms: {text: hello}}\n", "channels:\n  sms:\n    text: >-\n      a\n\n      b\n"]
)
def test_other_blocks_are_silent(text: str) -> None:
    assert on_shaped(yaml_reading.block_newline, text) == []


def test_the_rules_are_in_the_order_of_their_codes() -> None:
    rules = [rule for rule in RULES if rule.module == yaml_reading.__name__]
    codes = [rule.code for rule in rules]
    assert codes == [*(f"YML00{number}" for number in range(1, 9)), "JSN011"]
    assert all("Bad:" in rule.documentation and "Good:" in rule.documentation for rule in rules)
