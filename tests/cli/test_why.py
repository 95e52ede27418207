"""``why``: what it prints, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.inside import run
from tests.why_runs import TRANSCRIPTS, replayed, write_project


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcripts(transcript: Path, tmp_path: Path) -> None:
    text = transcript.read_bytes().decode()
    assert replayed(text, write_project(tmp_path)) == text


def test_colours_are_those_of_findings(tmp_path: Path) -> None:
    arguments = ("--color", "always", "why", "order.msg.yaml", "/channels/sms/text[0]", "--env", "production")
    output = run(*arguments, cwd=write_project(tmp_path)).stdout.decode()
    assert "\x1b[1;32m^\x1b[0m" in output


def test_nothing_of_a_value_steers_a_terminal(tmp_path: Path) -> None:
    folder = write_project(tmp_path)
    for pointer in ("/channels/sms/text", "/channels/sms/text[5]", "/channels/push/android/text"):
        for format_ in ("text", "json"):
            assert b"\x1b" not in run("why", "order.msg.yaml", pointer, "--env", "production", "--format", format_, cwd=folder).stdout
