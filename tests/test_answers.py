"""``lint --as-api``: the platform's documented answer to each request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from msgspec_tool.channels.codes import CODES
from tests.answer_runs import AnswerRun, answer_runs
from tests.cli.inside import run
from tests.cli.projects import BODY

each = pytest.mark.parametrize("answered", answer_runs(), ids=lambda one: one.folder.name)


@each
def test_what_is_printed(answered: AnswerRun) -> None:
    assert answered.said() == answered.expected.read_text(encoding="utf-8")


@each
def test_answers_have_the_documented_shapes(answered: AnswerRun) -> None:
    """An array where the request is accepted, an object where it is refused; every value is text."""
    lines = answered.expected.read_text(encoding="utf-8").partition("\n")[2].partition("--\n")[0].splitlines()
    for value in filter(None, map(json.loads, lines)):
        assert list(value) == ["response"]
        response = value["response"]
        entries = response if isinstance(response, list) else [response]
        for entry in entries:
            assert set(entry) - {"correlationid"} == {"code", "description", "transid"}
            assert all(isinstance(one, str) for one in entry.values())
            assert (entry["code"] == "1001") is isinstance(response, list)
            assert entry["code"] in {known.code for known in CODES if known.kind == "answer"}


def test_standard_input_is_a_request_too(tmp_path: Path) -> None:
    (tmp_path / "body.json").write_text("{", encoding="utf-8")
    result = run("lint", "-", "--stdin-filename", "body.json", "--as-api", cwd=tmp_path, stdin=f"[{BODY}]".encode())
    assert result.returncode == 0
    assert len(json.loads(result.stdout)["response"]) == 1


def test_reports_in_files_are_written_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "body.json").write_text("{", encoding="utf-8")
    result = run("lint", "body.json", "--as-api", "--output", "concise=out.txt", cwd=tmp_path)
    assert (result.returncode, json.loads(result.stdout)["response"]["code"]) == (1, "7000")
    assert "JSN011" in (tmp_path / "out.txt").read_text(encoding="utf-8")
