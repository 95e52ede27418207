"""Rules about what people read: what they say of whole specs, what their fixes leave, and what a render refuses."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.config import LintSettings, Project
from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.lint_pipeline import LintOptions, lint
from tests.cli.inside import run
from tests.command import NOW

WHEN = datetime(2030, 1, 1, tzinfo=timezone.utc)
CODES = ("TPL211", "TPL212", "TPL215", "TPL216", "TPL217", "TXT402", "TXT403", "SMS412", "SMS416", "SMS418", "VAR304")


def spec(text: str, *, channel: str = "fb", variables: str = "", rest: str = "") -> str:
    address = {"fb": 'psid: "1000000000000001"', "sms": 'msisdn: "+447700900123"', "wechat": "wechatID: sample-wechat"}[channel]
    appid = "" if channel == "sms" else "appid: a_100000000000000001\n"
    head = f"msgspec: 1\nname: a\n{variables}deliverychannel: {channel}\n{appid}channels:\n  {channel}:\n    text: "
    return f"{head}{text}\n{rest}destination: [{{{address}}}]\n"


def found(text: str, folder: Path, **options: dict[str, object]) -> list[Diagnostic]:
    path = folder / "a.msg.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    project = Project(folder, lint=LintSettings(select=CODES, options=options))
    report = lint(LintOptions(now=WHEN, project=project, paths=(str(path),)))
    assert report.failures == ()
    return list(report.diagnostics)


def codes(text: str, folder: Path, **options: dict[str, object]) -> list[str]:
    return [one.rule.code for one in found(text, folder, **options)]


def fixed(text: str, diagnostics: list[Diagnostic]) -> str:
    edits = {edit for one in diagnostics if one.finding.fix is not None for edit in one.finding.fix.edits}
    for edit in sorted(edits, key=lambda one: one.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize("style", ["{}", '"{}"', "'{}'", "|-\n      {}", ">-\n      {}"])
@pytest.mark.parametrize(
    "text",
    ["Boots &amp; coats", "x &lt;3 &gt; y", "It&#39;s &quot;here&quot;", "so&nbsp;it&apos;s", "a\u00a0b and \u200bc", "cafe\u0301 e\u0301"],
)
def test_a_fix_leaves_nothing_to_find_whatever_the_style(tmp_path: Path, style: str, text: str) -> None:
    written = spec(style.format(text))
    known = found(written, tmp_path)
    assert known
    assert all(one.finding.fix is not None for one in known)
    assert found(fixed(written, known), tmp_path) == []


WORDS = ("Boots", " & ", "None of us", "12 ", "todo", "Q&A; ", "é", " € ", "{ x }", "$5 ", "100% ", "C:\\", "#1 ", "Ω ", "नमस्ते ", "😀")
PIECES = st.sampled_from(WORDS)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=8))
def test_plain_words_are_left_alone(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    text = "A " + "".join(pieces)
    assert codes(spec(json.dumps(text)), tmp_path_factory.mktemp("plain")) == []


def test_what_is_no_entity_is_left_alone(tmp_path: Path) -> None:
    assert codes(spec("Fish &chips; and &nope; &#; R&D"), tmp_path) == []


def test_an_entity_that_could_begin_something_else_is_left_to_a_person(tmp_path: Path) -> None:
    written = [spec(text) for text in ("'a &#123;'", "'a &#10;'", '"a \\u0026amp; b"')]
    assert [[one.finding.fix for one in found(text, tmp_path)] for text in written] == [[None]] * 3


def test_placeholders_are_not_looked_for_where_the_platform_has_its_own(tmp_path: Path) -> None:
    assert codes(spec("Hi", rest='callbackData: "$(name)"\n'), tmp_path) == []
    assert codes(spec("Hi", rest='callbackData: "{{ link_5 }}"\n'), tmp_path) == ["TPL215"]
    assert codes(spec("'{{ smartlink(5, 6) }} {{ smartlink(true or 1) }}'"), tmp_path) == []


def test_wechat_may_hold_html(tmp_path: Path) -> None:
    assert codes(spec("\"<a href='https://a.example/?a=1&amp;b=2'>A</a>\"", channel="wechat"), tmp_path) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("TODO", ["TPL216"]),
        ("TODO write this", ["TPL216"]),
        ("'[TODO] boots'", ["TPL216"]),
        ("TODO al 50 por ciento", []),
        ("Gratis TODO el dia", []),
        ("Hello None, your order is here", ["TPL216"]),
        ("the date is None", ["TPL216"]),
        ("None of your orders is late", []),
        ("Second To None", []),
        ("your name is undefined", ["TPL216"]),
        ("'[object Object] is here'", ["TPL216"]),
        ("so lorem ipsum it is", ["TPL216"]),
        ("'Hi {% raw %}{{ x }}{% endraw %}'", ["TPL216"]),
        ("'{% raw %}{{link_5}}{% endraw %}'", ["TPL215"]),
        ("'{% set q = smartlink(5) %}{{ q }}'", ["TPL215"]),
        ("'{{ smartlink(identifier=5) }}'", ["TPL215"]),
        ("Costs $(5) and $ (x)", []),
    ],
)
def test_leftovers_and_placeholders(tmp_path: Path, text: str, what: list[str]) -> None:
    assert codes(spec(text), tmp_path) == what


def test_an_accent_of_its_own_is_told_once(tmp_path: Path) -> None:
    written = spec("cafe\u0301, no\u0308 ő", channel="sms")
    known = found(written, tmp_path)
    assert [(one.rule.code, one.finding.file.slice(one.finding.span)) for one in known] == [
        ("TXT402", "e\u0301"),
        ("TXT402", "o\u0308"),
        ("SMS412", "ő"),
    ]


def test_odd_characters_of_an_sms_are_told_once(tmp_path: Path) -> None:
    assert codes(spec("a\u00a0b Mеridian", channel="sms"), tmp_path) == ["SMS412", "SMS412"]
    assert codes(spec('a\u00a0b Mеridian\n    type: "4"', channel="sms"), tmp_path) == ["TXT402", "TXT403"]


def test_a_variable_that_a_foreign_placeholder_names_is_no_unused_one(tmp_path: Path) -> None:
    variables = "variables:\n  first_name: {type: string, maxLength: 20, examples: [Asha]}\n"
    path = tmp_path / "a.msg.yaml"
    path.write_text(spec("Hi $(first_name)", variables=variables), encoding="utf-8")
    output = run("lint", "--format", "concise", "--now", NOW, cwd=tmp_path).stdout.decode()
    assert [line.split()[1] for line in output.splitlines()[:-1]] == ["error[placeholder-collision]"]


@pytest.mark.parametrize(
    ("text", "found_codes"),
    [
        ("Reply STOP to end", ["SMS416"]),
        ("reply with YES to keep it", ["SMS416"]),
        ("Please reply to this message", ["SMS416"]),
        ("Do not reply to this message", []),
        ("You can't reply to this text", []),
        ("We reply within a day", []),
        ("Text STOP to 447700900999", []),
        ("'{% if x %}Reply STOP{% else %}Reply NO{% endif %} now'", ["SMS416"]),
    ],
)
def test_replies_to_letters(tmp_path: Path, text: str, found_codes: list[str]) -> None:
    variables = "variables:\n  x: {type: boolean, default: true}\n"
    assert codes(spec(f"{text}\n    senderid: NORTHLGT", channel="sms", variables=variables), tmp_path) == found_codes
    assert codes(spec(f"{text}\n    senderid: '447700900999'", channel="sms", variables=variables), tmp_path) == []


@pytest.mark.parametrize(
    ("sender", "options", "severities"),
    [
        ("NORTHLIGHT", {}, []),
        ("56767", {}, []),
        ("NORTHLIGHT12", {}, ["error"]),
        ("NORTHLIGHT12", {"allow": ["NORTHLIGHT12"]}, []),
        ("NORTHL", {"forms": ["dlt-header"]}, []),
        ("NORTHLG", {"forms": ["dlt-header"]}, ["error"]),
        ("447700900999", {"forms": ["short-code"]}, ["error"]),
        ("'+'", {}, ["warning"]),
        ("'020 7946 0000'", {}, ["warning"]),
        ("''", {}, []),
        ("'{{ recipient.channel }}'", {}, []),
        ("'{{ recipient.address }}'", {}, []),
    ],
)
def test_senders(tmp_path: Path, sender: str, options: dict[str, object], severities: list[str]) -> None:
    known = found(spec(f"Hello\n    senderid: {sender}", channel="sms"), tmp_path, **{"sms-sender": options})
    assert [one.severity.word for one in known] == severities


@pytest.mark.parametrize(
    ("options", "place", "words"),
    [
        ("sms-sendr: {forms: [short-code]}", "sms-sendr", "'sms-sendr' is not known in lint.options; did you mean 'sms-sender'?"),
        ("sms-sender: {form: [short-code]}", "form", "did you mean 'forms'?"),
        ("sms-sender: {forms: [shortcode]}", "shortcode", "did you mean 'short-code'?"),
        ("sms-sender: {countries: [USA]}", "USA", "two capital letters, such as US"),
        ("sms-compliance: {opt-out: STOP}", "STOP", "opt-out"),
        ("sms-compliance: {optout: [STOP]}", "optout", "did you mean 'opt-out'?"),
        ('sms-compliance: {dlt-templates: {"x1": Hi}}', '"x1"', "the digits of a DLT template id"),
        ("sms-compliance: {dlt-variable: 0}", "0", "1"),
    ],
)
def test_options_that_are_wrong_have_places_and_remedies(tmp_path: Path, options: str, place: str, words: str) -> None:
    from msgspec_tool.surroundings.project_file import ProjectFileError, load_project

    (tmp_path / "msgspec.yaml").write_text(f"msgspec: 1\nlint:\n  options:\n    {options}\n", encoding="utf-8")
    with pytest.raises(ProjectFileError) as caught:
        load_project(tmp_path)
    (label,) = caught.value.mistakes
    assert label.file.slice(label.span) == place
    assert words in label.message


def rendered(folder: Path, text: str, lint_settings: str = "") -> tuple[list[str], list[str]]:
    """The texts that are sent and the codes of the rows that are refused."""
    variables = "variables:\n  word: {type: string, maxLength: 40, charset: gsm7, examples: [a]}\n"
    written = f"msgspec: 1\nname: a\n{variables}deliverychannel: sms\nchannels:\n  sms: {{senderid: ACME, text: {text}}}\n"
    (folder / "a.msg.yaml").write_text(written + 'destination: {from: a.csv, msisdn: "{{ phone }}"}\n', encoding="utf-8")
    (folder / "msgspec.yaml").write_text(f"msgspec: 1\n{lint_settings}", encoding="utf-8")
    result = run("render", "a.msg.yaml", "--now", NOW, "--out", "plan", "--keep-going", cwd=folder)
    assert result.returncode in (0, 1), result.stderr
    requests = [json.loads(line) for line in (folder / "plan" / "requests-00000.jsonl").read_text(encoding="utf-8").splitlines()]
    messages = [one for request in requests for one in (request if isinstance(request, list) else [request])]
    refused = [json.loads(line)["code"] for line in (folder / "plan" / "refused.jsonl").read_text(encoding="utf-8").splitlines()]
    return [one["channels"]["sms"]["text"] for one in messages], refused


def test_rows_with_leftovers_are_refused(tmp_path: Path) -> None:
    rows = ["Asha", "{{ name }}", "$(name)", "None", "{{link_5}}", "{{{{", "None of us"]
    (tmp_path / "a.csv").write_text("phone,word\n" + "".join(f"+44770090000{i},{word}\n" for i, word in enumerate(rows)), encoding="utf-8")
    assert rendered(tmp_path, '"Hi {{ word }}"') == (["Hi Asha", "Hi {{link_5}}", "Hi {{{{", "Hi None of us"], ["TPL216"] * 3)


def test_what_a_project_calls_an_error_refuses_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("phone,word\n+919812345678,a\n+447700900001,STOP\n+447700900002,b\n", encoding="utf-8")
    settings = "lint:\n  severity: {sms-compliance: error}\n  options: {sms-compliance: {opt-out: [STOP, a]}}\n"
    assert rendered(tmp_path, '"Hi {{ word }}, or STOP"', settings) == (["Hi STOP, or STOP", "Hi b, or STOP"], ["SMS418"])


def test_secrets_outweigh_what_is_personal(tmp_path: Path) -> None:
    variables = (
        "variables:\n"
        "  pin: {type: string, maxLength: 4, sensitivity: secret, examples: ['1']}\n"
        "  mail: {type: string, maxLength: 9, sensitivity: personal, examples: [a]}\n"
        "  both: {type: string, maxLength: 20, sensitivity: personal, examples: [a]}\n"
        "  plain: {type: string, maxLength: 20, examples: [a]}\n"
    )
    body = "Hi {{ both }}"
    to = 'destination: {from: a.csv, psid: "{{ p }}", gtrId: 1, with: {both: "{{ mail }}{{ pin }}", plain: "{{ mail }}"}}\n'
    text = spec(body, variables=variables, rest='callbackData: "{{ plain }}"\n').rpartition("destination")[0] + to
    assert [(one.rule.code, one.severity.word, one.finding.message) for one in found(text, tmp_path)] == [
        ("VAR304", "error", "'pin' (as 'both') is secret and reaches the message"),
        ("VAR304", "warning", "'mail' (as 'plain') is personal and reaches 'callbackData'"),
    ]
