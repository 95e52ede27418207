"""What leaves the machine shows no data of people and no secret, whatever a message quotes."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from pathlib import Path

import pytest
import yaml

from msgspec_tool.config import LintSettings, Project
from msgspec_tool.diagnostics import Applicability, Edit, Failure, Finding, Fix, LintReport, Prediction
from msgspec_tool.lint_pipeline import LintOptions, lint
from msgspec_tool.reporters.privacy import MASK, public
from msgspec_tool.reporters.private_data import private_data
from msgspec_tool.reporters.registry import FORMATS, Presentation
from msgspec_tool.source.text import SourceFile, Span
from tests.case_runs import Case, cases
from tests.reporters.built import diagnostic, label, report

LEAVING = ("sarif", "github", "gitlab", "junit", "markdown")
NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
SHOWN = Presentation(lambda diagnostics: [f"{number:064x}" for number in range(len(diagnostics))])
SPEC = """\
msgspec: 1
name: people
variables:
  first_name: {type: string, maxLength: 40, sensitivity: personal, examples: [CANARY example]}
  nick: {type: string, sensitivity: personal, examples: [Jo], default: CANARY default}
  pin: {type: string, sensitivity: secret, examples: [CANARY pin]}
  town: {type: string, maxLength: 40, examples: [Public Town]}
deliverychannel: sms
channels:
  sms: {senderid: MERIDIAN, text: "Hi {{ first_name }}"}
destination:
  - msisdn: ["+447700900123", +447700900124, "CANARY address"]
    correlationid: CANARY id
    with: {first_name: CANARY with, undeclared: CANARY undeclared, town: Public Town}
  - {msisdn: "{{ phone }}", sender: x}
samples:
  typical: {first_name: "CANARY 'sample'", nick: Jo, town: Public Town}
tests:
  - {name: words, sample: typical, expect: {channels.sms.text: Hi CANARY expected}}
"""
VALUES = (
    "CANARY example", "CANARY default", "CANARY pin", "+447700900123", "+447700900124", "447700900124", "CANARY address", "CANARY id",
    "CANARY with", "CANARY undeclared", "CANARY 'sample'", "CANARY expected",
)  # fmt: skip


def leaving(found: LintReport) -> str:
    """All that leaves the machine of a report."""
    return "\n".join(line for name in LEAVING for line in FORMATS[name](found, SHOWN))


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


# a text that a test expects is data only where it stands
@pytest.mark.parametrize(("value", "at"), [*((value, value) for value in VALUES), *((value, "MERIDIAN") for value in VALUES[:-1])])
def test_no_value_is_quoted(value: str, at: str) -> None:
    """Wherever a finding can say it: message, help, fix, its edit, a related place, the platform's words."""
    file = SourceFile("a.msg.yaml", SPEC)
    span = place(SPEC, at)
    said = f"'{value}' is wrong, and '{value[:13]}…' too, {value}"
    fix = Fix(said, (Edit(span, value),), Applicability.SAFE)
    related = (label(f"«{value}»", said, "partial.txt"),)
    finding = Finding(file, span, said, ("x",), related=related, help=said, fix=fix, api=Prediction("7004", said), example={"x": value})
    told = leaving(report(diagnostic(finding), files=()))
    assert value not in told
    assert value[:12] not in told
    assert "CANARY" not in told
    assert MASK in told


@pytest.mark.parametrize(
    ("words", "message", "said"),
    [
        # keys, single characters and what holds no letter stay
        ("+447700900123", "'first_name' beside '[' and 'é'", "'first_name' beside '[' and 'é'"),
        ("CANARY with", "'Asha' has 4711 of 123456789 and \"Ben\"", "'***' has 4711 of *** and \"***\""),
        # the range that rules advise is nobody's
        ("CANARY with", "not 447911123456 but +447700900000 to +447700900999", "not *** but +447700900000 to +447700900999"),
        # a comment behind a value is data, a template is not
        ("{{ phone }}", "'phne' is not declared", "'phne' is not declared"),
        ("sender", "'sender' is not known", "'sender' is not known"),
        # what is public is told, and so are words of which a value is only a part
        ("MERIDIAN", "'Public Town', Johanna, 'Jo'", "'Public Town', Johanna, '***'"),
        ("MERIDIAN", "https://asha:secret@example.com/x", "https://***@example.com/x"),
    ],
)
def test_what_is_masked(words: str, message: str, said: str) -> None:
    file = SourceFile("a.msg.yaml", SPEC)
    (found,) = public(report(diagnostic(Finding(file, place(SPEC, words), message)))).diagnostics
    assert found.finding.message == said


def test_a_fix_that_writes_no_data_stays() -> None:
    file = SourceFile("a.msg.yaml", SPEC)
    for words, text, stays in (("sender", "senderid", True), ("CANARY id", '"', True), ("CANARY id", "x1", False)):
        fix = Fix("write it", (Edit(place(SPEC, words), text),))
        (found,) = public(report(diagnostic(Finding(file, place(SPEC, "MERIDIAN"), "x", fix=fix)))).diagnostics
        assert (found.finding.fix is not None) is stays, text


def test_an_error_inside_a_rule_is_not_quoted() -> None:
    found = LintReport(1, 0, 0, 0, (), (Failure("a.msg.yaml", "internal", "rule x failed (ValueError: CANARY)"),))
    assert "CANARY" not in leaving(found)
    assert "a rule failed on this file" in leaving(found)


def test_a_secret_is_not_quoted_by_other_rules() -> None:
    text = SPEC.replace("name: people", "name: people\ncallbackData: password=CANARY-hunter2")
    folder = Project(Path(), lint=LintSettings(select=("all",)))
    found = lint(LintOptions(now=NOW, project=folder, paths=("-",), stdin=text.encode(), stdin_filename="a.msg.yaml"))
    (secret,) = (one for one in found.diagnostics if one.rule.family == "SEC")
    other = Finding(secret.finding.file, place(text, "MERIDIAN"), "'password=CANARY-hunter2' is too long")
    told = leaving(report(secret, diagnostic(other)))
    assert "CANARY" not in told


BODY = json.dumps(
    {
        "deliverychannel": "sms",
        "priority": "7",
        "channels": {"sms": {"text": "Dear CANARY text"}},
        "message": {"template": "1", "parameters": {"name": "CANARY parameter"}},
        "callbackData": "CANARY-callback",
        "destination": [{"msisdn": ["+447700900123", "CANARY"]}],
    }
)


@pytest.mark.parametrize("body", [BODY, f"[{BODY}]"], ids=["object", "array"])
@pytest.mark.parametrize("value", ["CANARY text", "Dear CANARY text", "CANARY parameter", "CANARY-callback", "+447700900123"])
def test_values_of_a_request_body(body: str, value: str) -> None:
    found = diagnostic(Finding(SourceFile("body.json", body), place(body, value), f"'{value}' is wrong"))
    assert value not in leaving(report(found))
    known = diagnostic(Finding(SourceFile("body.json", body), place(body, '"7"'), "'priority' cannot be '7'"))
    assert "cannot be '7'" in leaving(report(known))


@pytest.mark.parametrize("text", ["a: [\n- b: 'CANARY", "\t- CANARY: {x", "[" * 300 + "CANARY"])
def test_a_file_that_nobody_can_read_is_private_as_a_whole(text: str) -> None:
    folder = Project(Path())
    found = lint(LintOptions(now=NOW, project=folder, paths=("-",), stdin=text.encode(), stdin_filename="a.msg.yaml"))
    assert "CANARY" not in leaving(found)


def test_a_file_over_a_limit_tells_nothing_of_its_own() -> None:
    found = private_data(SourceFile("a.msg.yaml", "[" * 10_000))
    assert (found.values, found.spans, found.readable) == ((), (), False)


def personal(case: Case) -> set[str]:
    """Addresses and ids of a case's files, as another reader of YAML finds them."""
    found: set[str] = set()
    for name in case.inputs:
        text = (case.folder / name).read_bytes().decode("utf-8", "replace")
        found |= set(re.findall(r"\+?\d{9,}", text.partition("destination")[2]))
        try:
            value = yaml.safe_load(text)
        except (yaml.YAMLError, ValueError, TypeError):
            continue
        destination = value.get("destination") if isinstance(value, dict) else None
        for element in destination if isinstance(destination, list) else ():
            found |= {str(one) for key, one in element.items() if key == "correlationid"} if isinstance(element, dict) else set()
    return {value for value in found if len(value) > 5 and "{{" not in value}


@pytest.mark.parametrize("case", cases("err"), ids=lambda case: case.name)
def test_no_rule_tells_an_address(case: Case) -> None:
    values = personal(case)
    for name in LEAVING:
        said = case.run("--format", name)[1]
        if name == "sarif":
            # the documentation of rules has examples of its own
            said = json.dumps(json.loads(said)["runs"][0]["results"])
        assert [value for value in values if value in said] == [], name


def test_keys_of_addresses_are_nobodys_data(tmp_path: Path) -> None:
    spec = tmp_path / "a.msg.yaml"
    wrong = '  - wechatid: [o-1]\n    with: {frist_name: CANARY}\n  - phone: "+447911123456"\n'
    spec.write_text(f"{SPEC.partition('destination:')[0]}destination:\n{wrong}".replace(": sms", ": wechat"), encoding="utf-8")
    found = lint(LintOptions(now=NOW, project=Project(tmp_path), paths=(str(spec),)))
    messages = [one.finding.message for one in public(found).diagnostics]
    assert "'wechatid' is an old spelling of 'wechatID'" in messages
    assert "'frist_name' is not declared; did you mean 'first_name'?" in messages
    assert not any("CANARY" in message for message in messages)


def test_an_empty_file_holds_nobodys_data(tmp_path: Path) -> None:
    (tmp_path / "a.msg.yaml").write_text("\n", encoding="utf-8")
    found = lint(LintOptions(now=NOW, project=Project(tmp_path), paths=(str(tmp_path / "a.msg.yaml"),)))
    assert [one.finding.help for one in public(found).diagnostics] == ["'msgspec-tool init' writes an example to begin with"]
