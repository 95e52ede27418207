"""``preview``: what is said, what is on the page, and every exit code of the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.inside import run
from tests.cli.projects import CLEAN, PROJECT, WARNS, WRONG, files
from tests.command import NOW
from tests.preview.html import Element, parsed

SPEC = """\
msgspec: 1
name: welcome
description: Greets
owner: care
tags: [hello, first]
variables:
  first_name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}
deliverychannel: [sms, fb]
appid: a_100000000000000001
channels:
  sms: {senderid: MERIDIAN, text: "Welcome, {{ first_name }}."}
  fb: {text: "Welcome, {{ first_name }}."}
destination:
  from: people.csv
  msisdn: "{{ phone }}"
  psid: "{{ psid }}"
samples:
  typical: {first_name: Asha}
  guest: {first_name: Ben, recipient: {msisdn: "+447700900123"}}
  nameless: {}
"""
PEOPLE = "phone,psid,first_name\n+447700900999,1,Secretname\n"


def page(folder: Path, name: str = "preview.html") -> Element:
    return parsed((folder / name).read_text(encoding="utf-8"))


def test_samples_channels_and_boundaries(tmp_path: Path) -> None:
    files(tmp_path, welcome_msg_yaml=SPEC.replace("  nameless: {}\n", ""), people_csv=PEOPLE)
    result = run("preview", "--now", NOW, cwd=tmp_path)
    assert result.stdout.decode() == "preview.html: 1 message, 9 renderings\n"
    assert (result.returncode, result.stderr) == (0, b"")
    shown = page(tmp_path)
    (spec,) = shown.all("article", class_="spec")
    assert {name: value for name, value in spec.attributes.items() if name.startswith("data-")} == {
        "data-channels": "sms fb",
        "data-owner": "care",
        "data-tags": "hello\nfirst",
        "data-rules": "",
        "data-errors": "0",
        "data-warnings": "0",
        "data-refused": "0",
    }
    labels = [message.attributes["aria-label"] for message in shown.all("article", class_="message")]
    assert labels[:3] == ["SMS, sample typical", "Messenger, sample typical", "SMS, sample guest"]
    assert {label.rpartition(" ")[2] for label in labels[3:]} == {"shortest", "longest", "other-letters"}
    body = json.loads(shown.all("article", class_="message")[2].all("pre")[0].text)
    assert body["destination"] == [{"msisdn": ["+447700900123"]}]
    assert shown.all("p", class_="said")[0].text == "Welcome, Asha."
    data = shown.all("details", class_="data")
    assert json.loads(data[1].all("pre")[0].text) == {"first_name": "Ben", "recipient": {"msisdn": "+447700900123"}}
    assert json.loads(data[2].all("pre")[0].text) == {"first_name": ""}


def test_nothing_of_a_recipients_file_is_on_the_page(tmp_path: Path) -> None:
    files(tmp_path, welcome_msg_yaml=SPEC, people_csv=PEOPLE)
    run("preview", "--now", NOW, cwd=tmp_path)
    html = (tmp_path / "preview.html").read_text(encoding="utf-8")
    assert "Secretname" not in html
    assert "447700900999" not in html


def test_a_refused_sample_says_why(tmp_path: Path) -> None:
    files(tmp_path, welcome_msg_yaml=SPEC, people_csv=PEOPLE)
    result = run("preview", "--now", NOW, cwd=tmp_path)
    reason = "'first_name': there is no value, and no default is declared [VAR302]"
    assert result.stdout.decode().splitlines()[1] == f"welcome.msg.yaml: sample 'nameless' is refused: {reason}"
    assert result.returncode == 1
    shown = page(tmp_path)
    assert [one.text for one in shown.all("p", class_="stop")] == [f"A row like this one is not sent: {reason}"]
    assert shown.all("article", class_="spec")[0].attributes["data-refused"] == "1"


def test_one_sample(tmp_path: Path) -> None:
    files(tmp_path, welcome_msg_yaml=SPEC, other_msg_yaml=CLEAN, people_csv=PEOPLE)
    result = run("preview", "--sample", "typical", "--sample", "longest", "--out", "one.html", "--now", NOW, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, b"one.html: 1 message, 4 renderings\n")
    assert [one.text for one in page(tmp_path, "one.html").all("h3")] == ["Sample typical", "Sample longest"]
    wrong = run("preview", "--sample", "tipical", cwd=tmp_path)
    assert (wrong.returncode, wrong.stderr.decode()) == (2, "error: no spec has a sample 'tipical'; did you mean 'typical'?\n")


def test_a_message_without_variables_and_samples_is_seen_as_it_is_written(tmp_path: Path) -> None:
    files(tmp_path, hello_msg_yaml=CLEAN)
    assert run("preview", cwd=tmp_path).stdout == b"preview.html: 1 message, 1 rendering\n"
    shown = page(tmp_path)
    assert shown.all("p", class_="said")[0].text == "Hello from Meridian Bank."
    assert not shown.all("details", class_="boundaries")


def test_findings_stand_in_place_of_the_messages_of_a_broken_spec(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG, b_msg_yaml=CLEAN.replace("hello", "good"))
    result = run("preview", cwd=tmp_path)
    assert result.stdout.decode() == "preview.html: 2 messages, 1 rendering\na.msg.yaml: 1 error, nothing is rendered\n"
    assert result.returncode == 1
    broken = page(tmp_path).all("article", class_="spec")[0]
    assert broken.all("article", class_="message") == []
    (finding,) = broken.all("li", class_="finding")
    assert [" ".join(one.text.split()) for one in finding.all("p")] == [
        "error undefined-variable TPL202 a.msg.yaml:5:25",
        "'frist_name' is not declared",
        "Help declare it under variables or use a declared one",
    ]


def test_a_warning_stands_at_its_message(tmp_path: Path) -> None:
    files(tmp_path, warns_msg_yaml=WARNS)
    assert run("preview", cwd=tmp_path).returncode == 0
    (message,) = page(tmp_path).all("article", class_="message")
    assert [one.text for one in message.all("strong")] == ["block-newline"]


def test_an_environment_is_named_or_chosen(tmp_path: Path) -> None:
    reads = CLEAN.replace("{text: ", '{senderid: "{{ env.senderid }}", text: ')
    files(tmp_path, msgspec_yaml=PROJECT, a_msg_yaml=reads)
    result = run("preview", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.decode() == (
        "error: 'hello' reads env: name the environment with --env\nhelp: the project has sandbox, production\n"
    )
    assert run("preview", "--env", "production", cwd=tmp_path).returncode == 0
    assert "MERIDIAN" in (tmp_path / "preview.html").read_text(encoding="utf-8")
    assert run("preview", "--env", "none", cwd=tmp_path).returncode == 2


def test_what_can_not_be_read_is_said_and_the_rest_is_shown(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN, b_msg_yaml=b"\xff\xfe")
    result = run("preview", "a.msg.yaml", "b.msg.yaml", "c.msg.yaml", cwd=tmp_path)
    assert result.returncode == 3
    assert result.stdout.decode().splitlines()[-1] == "preview.html: 1 message, 1 rendering"
    failures = page(tmp_path).all("section", class_="failures")[0]
    assert [one.text for one in failures.all("code")] == ["c.msg.yaml", "b.msg.yaml"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 3, "no page was written: no spec was found (files end in .msg.yaml)\n"),
        (["-"], 2, ""),
        (["--config", "none.yaml"], 2, ""),
        (["--out", "hello.msg.yaml"], 2, ""),
    ],
)
def test_no_page(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    result = run("preview", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout.decode()) == (code, words)
    assert not (tmp_path / "preview.html").exists()


def test_the_same_clock_gives_the_same_page(tmp_path: Path) -> None:
    files(tmp_path, welcome_msg_yaml=SPEC, people_csv=PEOPLE)
    run("preview", "--now", NOW, cwd=tmp_path)
    first = (tmp_path / "preview.html").read_bytes()
    run("preview", "--now", NOW, cwd=tmp_path)
    assert (tmp_path / "preview.html").read_bytes() == first


def test_what_files_have_against_each_other_stands_at_the_later(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN, b_msg_yaml=CLEAN)
    assert run("preview", cwd=tmp_path).returncode == 1
    found = [[one.text for one in spec.all("strong")] for spec in page(tmp_path).all("article", class_="spec")]
    assert found == [[], ["duplicate-name"]]


def test_findings_in_the_project_file_stand_first(tmp_path: Path) -> None:
    ignored = PROJECT.replace("msgspec: 1\n", "msgspec: 1 # msgspec: ignore[none-such] as it is\n")
    files(tmp_path, msgspec_yaml=ignored, a_msg_yaml=CLEAN)
    run("preview", cwd=tmp_path)
    (section,) = page(tmp_path).all("section", class_="failures")
    assert [one.text for one in section.all("h2")] == ["In the project file"]
    assert [one.text for one in section.all("code")] == ["msgspec.yaml:1:30"]


def test_a_channel_that_no_sample_reaches_is_named(tmp_path: Path) -> None:
    names = "variables:\n  to: {type: string, enum: [sms, voice], examples: [sms]}\ndeliverychannel: '{{ to }}'"
    voice = "  voice: {callflowid: 184}\ndestination:"
    spec = CLEAN.replace("deliverychannel: sms", names).replace("destination:", voice).replace('"\n', '"\n    with: {to: sms}\n')
    files(tmp_path, a_msg_yaml=f"{spec}samples:\n  by-sms: {{to: sms}}\n")
    assert run("preview", cwd=tmp_path).returncode == 0
    assert [one.text for one in page(tmp_path).all("p", class_="unseen")] == ["No sample of the spec reaches Voice."]


def test_a_secret_is_on_no_page(tmp_path: Path) -> None:
    declared = "variables:\n  pin: {type: string, maxLength: 9, sensitivity: secret, examples: ['4711']}\ndeliverychannel"
    spec = CLEAN.replace("deliverychannel", declared).replace('"\n', '"\n    with: {pin: "0815"}\n')
    files(tmp_path, a_msg_yaml=f'{spec}samples:\n  usual: {{pin: "secretpin"}}\n')
    run("preview", cwd=tmp_path)
    assert json.loads(page(tmp_path).all("details", class_="data")[0].all("pre")[0].text) == {"pin": "***"}
    html = (tmp_path / "preview.html").read_text(encoding="utf-8")
    assert [word for word in ("secretpin", "4711", "0815") if word in html] == []


def test_a_project_file_that_is_named(tmp_path: Path) -> None:
    reads = CLEAN.replace("{text: ", '{senderid: "{{ env.senderid }}", text: ')
    files(tmp_path, specs__a_msg_yaml=reads, other__project_yaml=PROJECT)
    result = run("preview", "specs", "--config", "other/project.yaml", "--env", "sandbox", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, b"preview.html: 1 message, 1 rendering\n")


def test_more_samples_than_a_page_holds(tmp_path: Path) -> None:
    samples = "".join(f"  s{number}: {{}}\n" for number in range(501))
    files(tmp_path, a_msg_yaml=f"{CLEAN}samples:\n{samples}", b_msg_yaml=CLEAN.replace("hello", "good"))
    result = run("preview", cwd=tmp_path)
    assert result.stdout.decode().splitlines()[0] == "not shown: a.msg.yaml: the spec has more than 500 samples"
    assert result.returncode == 3
