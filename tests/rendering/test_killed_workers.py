"""Processes of a render that are killed, and templates that burn in one: the plan is the same, and only the rows to blame are refused."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from msgspec_tool.config import Project
from msgspec_tool.pipeline import render
from msgspec_tool.rendering.options import RenderOptions
from msgspec_tool.rendering.outcome import RenderCounts

ROWS = 60_000
SPEC = """\
msgspec: 1
name: offer
variables: {name: {type: string, maxLength: 20}, limit: {type: integer, minimum: 0}}
deliverychannel: sms
channels: {sms: {senderid: ACME, text: "TEXT"}}
destination: {from: recipients.csv, msisdn: "{{ phone }}", correlationid: "offer-{{ recipient.row }}"}
"""
BURNING = "{# msgspec: ignore[costly-construct] on purpose #}{% for i in range(limit) %}{% for j in range(limit) %}\
{% for k in range(limit) %}{% endfor %}{% endfor %}{% endfor %}Hi {{ name }}"


@pytest.fixture
def options(tmp_path: Path) -> RenderOptions:
    return RenderOptions(datetime(2030, 1, 1, tzinfo=timezone.utc), Project(tmp_path), keep_going=True, jobs=2, block_bytes=2 << 20)


def written(folder: Path, text: str, rows: int, limits: dict[int, int]) -> Path:
    lines = "".join(f"+4477009{number % 100_000:05d},{'x' * 20},{limits.get(number, 1)}\n" for number in range(1, rows + 1))
    (folder / "recipients.csv").write_text("phone,name,limit\n" + lines, encoding="utf-8")
    (folder / "offer.msg.yaml").write_text(SPEC.replace("TEXT", text), encoding="utf-8")
    return folder / "offer.msg.yaml"


def files(plan: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in plan.iterdir()}


def test_a_process_that_is_killed_is_replaced_and_its_block_rendered_again(tmp_path: Path, options: RenderOptions) -> None:
    spec = written(tmp_path, "Hi {{ name }}, {{ limit }}", 4 * ROWS, {})
    killed: list[int] = []

    def kill(_counts: RenderCounts, _share: float) -> None:
        if not killed:
            killed.extend(child.pid for child in multiprocessing.active_children() if child.pid is not None)
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    outcome = render(spec, replace(options, out=tmp_path / "killed", progress=kill))
    assert (outcome.diagnostics, outcome.counts.refused) == ((), 0)
    render(spec, replace(options, out=tmp_path / "whole", jobs=1))
    assert len(killed) == 2
    assert len(files(tmp_path / "whole")) > 4
    assert files(tmp_path / "killed") == files(tmp_path / "whole")


def test_a_template_that_burns_kills_its_own_worker_only(tmp_path: Path, options: RenderOptions) -> None:
    spec = written(tmp_path, BURNING, 300, {120: 1000})
    outcomes = [render(spec, replace(options, out=tmp_path / f"{jobs}", jobs=jobs, block_bytes=4000)) for jobs in (1, 2)]
    for outcome in outcomes:
        (refusal,) = outcome.refusals
        assert (refusal.row, refusal.code) == (120, "work-limit")
        assert refusal.reason.startswith(f"channels.sms.text ({spec.as_posix()}:5:")
        assert outcome.counts.addresses == {"sms": 299}
    assert files(tmp_path / "1") == files(tmp_path / "2")
