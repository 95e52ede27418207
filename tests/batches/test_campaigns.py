"""Campaigns as a person runs them: suppression lists, duplicates, standard input, Parquet, estimates, several processes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from msgspec_tool.cli.main import program
from tests.command import NOW, environment

SPEC = """\
msgspec: 1
name: offer
variables:
  first_name: {type: string, maxLength: 20}
  total: {type: number, default: 0}
deliverychannel: sms
channels:
  sms: {senderid: ACME, text: "Hi {{ first_name }}, {{ total }}"}
destination:
  from: recipients.csv
  msisdn: "{{ phone }}"
  correlationid: "{{ id }}"
"""
HEAD = "phone,first_name,total,id\n"
ROWS = [
    ("+447700900001", "Asha", "1.50", "a-1"),
    ("447700900002", "Zoé ✓", "2", "a-2"),
    ("+447700900001", "Ben", "3", "a-3"),
    ("+12025550143", "Chloe", "x", "a-4"),
    ("+12025550143", "Dev", "", "a-5"),
    ("447700900001", "Elif", "4", "a-6"),
]
PROJECT = """\
msgspec: 1
environments:
  production: {rate: 2, prices: {"+44": 0.03, "+4477009000": 0.5}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "spec.msg.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "recipients.csv").write_text(HEAD + "".join(",".join(row) + "\n" for row in ROWS), encoding="utf-8")
    (tmp_path / "msgspec.yaml").write_text(PROJECT, encoding="utf-8")
    return tmp_path


def render(folder: Path, *arguments: str, data: bytes | None = None) -> Any:
    command = ["render", str(folder / "spec.msg.yaml"), "--now", NOW, *arguments]
    return CliRunner().invoke(program, command, standalone_mode=False, input=data, catch_exceptions=False)


def reached(result: Any) -> list[str]:
    bodies = [json.loads(line) for line in result.stdout.splitlines()]
    messages = [message for body in bodies for message in (body if isinstance(body, list) else [body])]
    return [destination["correlationid"] for message in messages for destination in message["destination"]]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_who_asks_for_the_end_finds_no_recipients_left(folder: Path, number: signal.Signals) -> None:
    (folder / "tmp").mkdir()
    command = [sys.executable, "-m", "msgspec_tool", "render", str(folder / "spec.msg.yaml"), "--recipients", "-"]
    variables = {**environment(), "TMPDIR": str(folder / "tmp")}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables) as process:
        assert process.stdin is not None
        process.stdin.write(HEAD.encode() * 10)
        process.stdin.flush()
        while not list((folder / "tmp").rglob("recipients.csv")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(number)
        said = process.communicate(timeout=60)
    assert (process.returncode, said[0], said[1].strip()) == (130, b"", b"interrupted")
    assert list((folder / "tmp").iterdir()) == []


def test_suppressed_addresses_get_nothing_and_are_counted(folder: Path) -> None:
    (folder / "stop.txt").write_text("# asked to stop\n+447700900002\n\n447700900001\n", encoding="utf-8")
    result = render(folder, "--suppress", str(folder / "stop.txt"), "--keep-going", "--format", "jsonl")
    assert reached(result) == ["a-5"]
    result = render(folder, "--suppress", str(folder / "stop.txt"), "--keep-going", "--out", str(folder / "plan"))
    assert "  sms                  4  addresses suppressed\n" in result.stdout
    manifest = json.loads((folder / "plan" / "manifest.json").read_bytes())
    assert manifest["counts"]["suppressed"] == {"sms": 4}
    assert manifest["suppression"]["sha256"]
    (folder / "stop.txt").write_text("# nobody yet\n", encoding="utf-8")
    result = render(folder, "--suppress", str(folder / "stop.txt"), "--keep-going", "--format", "jsonl")
    assert f"'{folder / 'stop.txt'}' names nobody: no address is suppressed\n" in result.stderr
    assert len(reached(result)) == 5


def test_duplicates_are_refused_where_that_is_asked_for(folder: Path) -> None:
    assert reached(render(folder, "--keep-going", "--format", "jsonl")) == ["a-1", "a-2", "a-3", "a-5", "a-6"]
    result = render(folder, "--keep-going", "--format", "jsonl", "--duplicates", "refuse")
    assert reached(result) == ["a-1", "a-2", "a-5"]
    assert "row 3: an earlier row has the same address [DST503]\n" in result.stderr
    assert "row 6: an earlier row has the same address [DST503]\n" in result.stderr


def test_standard_input_is_a_file_like_any_other(folder: Path) -> None:
    whole = render(folder, "--keep-going", "--format", "jsonl")
    piped = render(folder, "--keep-going", "--format", "jsonl", "--recipients", "-", data=(folder / "recipients.csv").read_bytes())
    assert piped.stdout_bytes == whole.stdout_bytes
    lines = "".join(json.dumps({"phone": row[0], "first_name": row[1], "total": 1, "id": row[3]}) + "\n" for row in ROWS)
    assert reached(render(folder, "--format", "jsonl", "--recipients", "-", data=lines.encode())) == [
        "a-1",
        "a-2",
        "a-3",
        "a-4",
        "a-5",
        "a-6",
    ]


def test_parquet_gives_what_json_lines_give(folder: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    objects = [
        {"phone": row[0], "first_name": row[1], "total": Decimal("1.50"), "id": f"{turn}-{row[3]}"} for turn in "xyz" for row in ROWS
    ]
    parquet.write_table(pyarrow.Table.from_pylist(objects), folder / "recipients.parquet", row_group_size=len(ROWS) * 3)
    lines = "".join(json.dumps({**one, "total": 0}, ensure_ascii=False).replace(": 0", ": 1.50") + "\n" for one in objects)
    (folder / "recipients.jsonl").write_text(lines, encoding="utf-8")
    found = [render(folder, "--format", "jsonl", "--recipients", str(folder / f"recipients.{kind}")) for kind in ("parquet", "jsonl")]
    assert found[0].stdout_bytes == found[1].stdout_bytes
    assert len(reached(found[0])) == 18


def test_an_estimate_counts_everything_and_writes_nothing(folder: Path) -> None:
    result = render(folder, "--estimate", "--env", "production")
    assert result.return_value == 1
    assert result.stdout == (
        "rows                 6  (1 refused)\n"
        "  refused            1  cast-failed\n"
        "messages             5\n"
        "requests             1\n"
        "sms                  5  addresses\n"
        "sms parts            4  +4477009000  2.00\n"
        "sms parts            1  +1\n"
        "time           0:00:02\n"
        "cost              2.00  1 part has no price\n"
    )
    plain = json.loads(render(folder, "--estimate", "--env", "production", "--format", "json").stdout)
    assert (plain["refused_by"], plain["parts_by_prefix"]) == ({"cast-failed": 1}, {"+1": 1, "+4477009000": 4})
    assert (plain["seconds"], plain["cost"], plain["unpriced_parts"]) == (2.5, "2", 1)
    assert plain["sms_encodings"] == {"gsm7": 4, "ucs2": 1}


def test_the_plan_is_explained(folder: Path) -> None:
    result = render(folder, "--explain-plan")
    path = folder / "spec.msg.yaml"
    assert result.stdout.startswith(
        "rows are rendered many at a time\n"
        f"destination.msisdn ({path}:11:11)\n"
        "  taken from a column: it is the column 'phone'\n"
        f"destination.correlationid ({path}:12:18)\n"
        "  taken from a column: it is the column 'id'\n"
        f"channels.sms.text ({path}:8:31)\n"
        "  spliced: many rows in one step: it prints columns\n"
    )


LOOP = "{% for one in goods %}{{ one }}{% if not loop.last %}, {% endif %}{% endfor %}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LOOP, "those with long lists in workers with limits on memory and time, because of:"),
        (LOOP + "{% set x = goods %}{{ x | length }}", "in workers with limits on memory and time, because of:"),
    ],
)
def test_loops_are_explained(folder: Path, text: str, words: str) -> None:
    spec = SPEC.replace("Hi {{ first_name }}, {{ total }}", text).replace(
        "variables:", "variables:\n  goods: {type: array, items: {type: integer, minimum: 0, maximum: 9}, maxItems: 320, default: []}"
    )
    (folder / "spec.msg.yaml").write_text(spec, encoding="utf-8")
    lines = render(folder, "--explain-plan").stdout.splitlines()
    assert lines[:2] == ["rows are rendered many at a time", words]


def test_long_lists_of_few_rows_need_no_worker_for_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from msgspec_tool.templates.running import worker

    limited = []
    run_bounded = worker.run_bounded
    monkeypatch.setattr(worker, "run_bounded", lambda work, **limits: (limited.append(work), run_bounded(work, **limits))[1])
    spec = SPEC.replace("Hi {{ first_name }}, {{ total }}", LOOP).replace(
        "variables:", "variables:\n  goods: {type: array, items: {type: integer, minimum: 0, maximum: 9}, maxItems: 320, default: []}"
    )
    (folder / "spec.msg.yaml").write_text(spec, encoding="utf-8")
    row = '+4477009{0:05d},Asha,1,id-{0},"[{1}]"\n'
    for lists, workers in ((["1, 2", "3"] * 1500, False), (["1, 2", "3"] * 1500 + [", ".join("1" * 300)], True)):
        rows = "".join(row.format(number, listed) for number, listed in enumerate(lists))
        (folder / "recipients.csv").write_text(HEAD.replace("\n", ",goods\n") + rows, encoding="utf-8")
        limited.clear()
        result = render(folder, "--format", "jsonl")
        assert (result.return_value, len(reached(result)), bool(limited)) == (0, len(lists), workers), result.stderr


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_a_plan_has_the_same_bytes_with_any_number_of_processes(folder: Path, jobs: str) -> None:
    row = "+4477009{0:05d},Asha,{0},id-{0}\n"
    (folder / "recipients.csv").write_text(HEAD + "".join(row.format(number) for number in range(2500)), encoding="utf-8")
    for name, count in (("one", "1"), ("several", jobs)):
        assert render(folder, "--out", str(folder / name), "--jobs", count).return_value == 0
    for path in (folder / "one").iterdir():
        assert path.read_bytes() == (folder / "several" / path.name).read_bytes()
