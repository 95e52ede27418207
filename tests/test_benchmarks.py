"""The benchmark commands run, and what they find of the bounds is that none is broken. How long anything takes is asserted nowhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest

from benchmarks.campaigns import CAMPAIGNS, rows
from benchmarks.lint_speed import destinations, thousand
from msgspec_tool.lint_pipeline import LintOptions, lint
from tests.command import CHECKOUT, environment


def test_analysis_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.analysis", "--json", "--rounds", "2", "--examples", "40"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    figures = json.loads(result.stdout)
    assert figures["texts"] > 0
    assert figures["outside"] == 0
    assert figures["bounds"] > 50
    assert figures["reached_90_percent"] == figures["bounds"]


def test_review_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.review_speed", "--json", "--rounds", "1", "--specs", "6", "--changed", "2"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    assert json.loads(result.stdout)["ratio"] > 0


def test_submit_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.submit", "--scale", "0.01"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    lines = result.stdout.splitlines()
    assert [line.split(",")[0] for line in lines if "requests" in line and line[0] != " "] == ["bulk: 10 requests", "single: 200 requests"]
    reports, counts = ([line for line in lines if line.startswith(f"  {head}: ")] for head in ("report", "sandbox"))
    for total, report, count in zip((10_000, 200), reports, counts, strict=True):
        accepted, unknown, taken, twice, lost = map(_number, re.findall(r"[\d,]*\d", f"{report} {count}"))
        # what was on its way when the run was killed may have been taken or not, and nobody asks again by himself
        assert accepted + unknown == total
        assert accepted <= taken <= total
        assert (twice, lost) == (0, 0)


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def test_render_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.render_speed", "--json", "--rows", "300", "--rounds", "1", "--jobs", "2"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    figures = json.loads(result.stdout)
    assert [row["campaign"] for row in figures["rows"]] == list(CAMPAIGNS)
    assert all(row["own_peak"] > 0 and row["cpu_ratio"] > 0 for row in figures["rows"])


def test_cluster_figures() -> None:
    pytest.importorskip("distributed")
    command = [sys.executable, "-m", "benchmarks.cluster_speed", "--json", "--rows", "300", "--rounds", "1"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    figures = json.loads(result.stdout)
    assert [row["way"] for row in figures] == ["--jobs 2", "a cluster that runs", "a cluster that is started"]
    assert all(row["wall"] > 0 for row in figures)


def test_preview_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.preview_speed", "--json", "--messages", "17", "--rounds", "1"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    (row,) = json.loads(result.stdout)["rows"]
    assert row["messages"] == 17
    assert row["renderings"] > 17


def test_recipients_of_campaigns_are_the_same_each_time_and_of_many_scripts() -> None:
    made = list(rows(2000))
    assert made == list(rows(2000))
    cells = "".join(cell for row in made for cell in row)
    assert all(text in cells for text in ("नेहा", "王芳", "Ольга", "אסתר", "محمد", "김민준", "😀", '"', "\n", "\\", ","))
    assert any("" in row for row in made)


def test_the_specs_whose_speed_is_measured_have_no_findings(tmp_path: Path) -> None:
    thousand(tmp_path / "many", 3)
    destinations(tmp_path / "destinations.msg.yaml", 1000)
    paths = (str(tmp_path / "many"), str(tmp_path / "destinations.msg.yaml"))
    report = lint(LintOptions(now=datetime(2030, 1, 1, tzinfo=timezone.utc), paths=paths))
    assert [one.rule.name for one in report.diagnostics] == []
    assert (report.checked, report.failures) == (4, ())
    assert len({file.read_bytes() for file in (tmp_path / "many").glob("*.msg.yaml")}) == 3
