"""``render``: every option and every exit code of the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.inside import run
from tests.cli.projects import CLEAN, PROJECT, WRONG, files
from tests.command import NOW

ROWS = CLEAN.replace('\n  - msisdn: "+447700900001"', '\n  from: people.csv\n  msisdn: "{{ phone }}"').replace(
    "deliverychannel: sms", "variables: {n: {type: integer, examples: [1]}}\ndeliverychannel: sms\nsamples: {one: {n: 1}, two: {n: 2}}"
).replace("{text: Hello from Meridian Bank.}", '{text: "Number {{ n }}."}')  # fmt: skip
PEOPLE = "phone,n\n+447700900001,1\n+447700900002,2\n"


def render(folder: Path, *arguments: str) -> tuple[int, str, str]:
    result = run("render", *arguments, "--now", NOW, cwd=folder)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return files(tmp_path, a_msg_yaml=CLEAN, rows_msg_yaml=ROWS, people_csv=PEOPLE, wrong_msg_yaml=WRONG)


def test_one_json_array(folder: Path) -> None:
    code, output, said = render(folder, "a.msg.yaml")
    assert (code, said) == (0, "")
    assert [body["channels"]["sms"]["text"] for body in json.loads(output)] == ["Hello from Meridian Bank."]


def test_one_body_a_line(folder: Path) -> None:
    code, output, _ = render(folder, "rows.msg.yaml", "--format", "jsonl", "--bulk", "off")
    assert (code, len(output.splitlines())) == (0, 2)
    assert [json.loads(line)["channels"]["sms"]["text"] for line in output.splitlines()] == ["Number 1.", "Number 2."]


def test_samples_recipients_channels_and_sizes(folder: Path) -> None:
    files(folder, others_csv="phone,n\n+447700900009,9\n")
    assert "Number 2." in render(folder, "rows.msg.yaml", "--sample", "two")[1]
    assert "+447700900009" in render(folder, "rows.msg.yaml", "--recipients", "others.csv")[1]
    assert render(folder, "rows.msg.yaml", "--channel", "sms", "--max-addresses", "1")[0] == 0
    assert render(folder, "rows.msg.yaml", "--jobs", "2") == render(folder, "rows.msg.yaml")


def test_a_spec_with_errors_renders_nothing(folder: Path) -> None:
    code, output, said = render(folder, "wrong.msg.yaml")
    assert (code, output) == (1, "")
    assert said.startswith("error[undefined-variable] TPL202: ")
    assert said.endswith("\nnothing was rendered: the spec has 1 error\n")


def test_a_refused_row(folder: Path) -> None:
    files(folder, people_csv=PEOPLE + "+447700900003,three\n")
    code, output, said = render(folder, "rows.msg.yaml")
    assert (code, output) == (1, "")
    assert "refused: row " in said
    assert said.endswith("nothing was written: a row can't become a message (--keep-going renders the others)\n")
    code, output, said = render(folder, "rows.msg.yaml", "--keep-going")
    assert code == 1
    assert "Number 2." in output
    assert said.count("refused: row ") == 1


def test_many_refused_rows_are_counted(folder: Path) -> None:
    files(folder, people_csv=PEOPLE + "+447700900003,three\n" * 30)
    code, _, said = render(folder, "rows.msg.yaml", "--keep-going")
    assert (code, said.count("refused: row ")) == (1, 20)
    assert "… and 10 more\n" in said


def test_a_plan(folder: Path) -> None:
    code, output, said = render(folder, "rows.msg.yaml", "--out", "plan", "--run", "first")
    assert (code, said) == (0, "")
    assert output.startswith("plan: plan\n  rows                 2  (0 refused)\n")
    assert "  sms                  2  addresses\n" in output
    assert "2 × 1 part\n" in output
    assert (folder / "plan" / "manifest.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("none.msg.yaml",), 3),
        ((".",), 3),
        (("rows.msg.yaml", "--recipients", "none.csv"), 3),
        (("rows.msg.yaml", "--sample", "three"), 2),
        (("rows.msg.yaml", "--env", "production"), 2),
        (("rows.msg.yaml", "--channel", "voice"), 2),
        (("rows.msg.yaml", "--jobs", "0"), 2),
        (("rows.msg.yaml", "--max-addresses", "1001"), 2),
        (("rows.msg.yaml", "--bulk", "some"), 2),
        (("a.msg.yaml", "--recipients", "people.csv"), 2),
        (("a.msg.yaml", "--config", "none.yaml"), 2),
    ],
)
def test_what_cannot_be_done_has_a_code_and_a_reason(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    found, output, said = render(folder, *arguments)
    assert (found, output) == (code, ""), said
    assert said.startswith("error: ")
    assert "internal" not in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "error: standard input is empty: a header with the columns' names is expected\n"),
        (b"\xff\xfep\0", "error: standard input is UTF-16: UTF-8 is expected (save it as UTF-8)\n"),
        (b"n,n\n", "error: standard input: the column 'n' stands twice in the header (rename or remove one of them)\n"),
    ],
)
def test_recipients_from_standard_input_go_by_no_other_name(folder: Path, given: bytes, said: str) -> None:
    result = run("render", "rows.msg.yaml", "--recipients", "-", "--now", NOW, cwd=folder, stdin=given)
    assert (result.returncode, result.stdout, result.stderr.decode()) == (3, b"", said)


def test_a_refused_row_of_a_spec_whose_name_is_not_utf8(folder: Path) -> None:
    spec = ROWS.replace(
        'msisdn: "{{ phone }}"', 'msisdn: "{{ phone }}"\n  correlationid: "{{ phone }}{{ phone }}{{ phone }}{{ phone }}{{ phone }}"'
    )
    (folder / "rows\udcff.msg.yaml").write_text(spec, encoding="utf-8")
    assert render(folder, "rows\udcff.msg.yaml", "--keep-going", "--out", "plan")[0] == 1
    first = json.loads((folder / "plan" / "refused.jsonl").read_bytes().splitlines()[0])
    assert "rows\udcff.msg.yaml:" in first["reason"]


def test_several_environments_must_be_told_apart(folder: Path) -> None:
    files(folder, msgspec_yaml=PROJECT, a_msg_yaml=CLEAN.replace("{text:", '{senderid: "{{ env.senderid }}", text:'))
    code, output, said = render(folder, "a.msg.yaml")
    assert (code, output) == (2, "")
    assert "sandbox" in said
    assert "production" in said
    assert '"MERIDIAN"' in render(folder, "a.msg.yaml", "--env", "production")[1]
