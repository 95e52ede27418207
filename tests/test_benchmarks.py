"""The benchmark commands run, and what they find of the bounds is that none is broken. How long anything takes is asserted nowhere."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.command import CHECKOUT, environment


def test_analysis_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.analysis", "--json", "--rounds", "2", "--examples", "40"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    figures = json.loads(result.stdout)
    assert figures["texts"] > 0
    assert figures["outside"] == 0
    assert figures["bounds"] > 50
    assert figures["reached_90_percent"] == figures["bounds"]


def test_submit_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.submit", "--scale", "0.01"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    lines = result.stdout.splitlines()
    assert [line.split(",")[0] for line in lines if "requests" in line and line[0] != " "] == ["bulk: 10 requests", "single: 200 requests"]
    assert [line for line in lines if line.startswith("  sandbox: ")] == [
        "  sandbox: 10,000 taken, 0 twice; lost 0",
        "  sandbox: 200 taken, 0 twice; lost 0",
    ]


def test_render_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.render_speed", "--json", "--rows", "300", "--rounds", "1", "--jobs", "2"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    figures = json.loads(result.stdout)
    assert [row["campaign"] for row in figures["rows"]] == ["own text", "equal texts", "filter and branch", "loop"]
    assert all(row["own_peak"] > 0 and row["cpu_ratio"] > 0 for row in figures["rows"])
