"""How fast campaigns are rendered, beside the script that somebody would write instead: ``python -m benchmarks.render_speed``.

Each run is a process of its own, from its start to its end, with the plan written to disk. The program and the script take turns;
ratios are taken inside a round, and the table has their medians. Compared is the time that the processors worked (user and
system, children included), which other programs on the machine disturb less than the clock; with several processes it is the
clock that they are meant to save, so both are shown. Memory is the largest of any one process.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.campaigns import CAMPAIGNS, write_recipients
from msgspec_tool import __version__

CHECKOUT = Path(__file__).resolve().parents[1]
LIBRARIES = ("jinja2", "click", "pyyaml", "google-re2")


@dataclass(frozen=True)
class Spent:
    """What a process took: processor seconds, seconds of the clock, MiB."""

    cpu: float
    wall: float
    peak: float


def spent(command: list[str]) -> Spent:
    """Run a command to its end and measure it; it must succeed."""
    begun = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, cwd=CHECKOUT, env={**environment, "PYTHONPATH": str(CHECKOUT)}, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}")
    return Spent(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def measured(name: str, number: int, jobs: int, rounds: int) -> dict[str, object]:
    """One row of the table."""
    campaign = CAMPAIGNS[name]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_recipients(place / "recipients.csv", campaign, number)
        (place / "spec.msg.yaml").write_text(campaign.spec("recipients.csv"), encoding="utf-8")
        naive = [sys.executable, "-m", "benchmarks.naive", name, str(place / "recipients.csv"), str(place / "naive.jsonl")]
        own = [sys.executable, "-m", "msgspec_tool", "render", str(place / "spec.msg.yaml"), "--now", "2030-01-01T00:00:00Z"]
        own += ["--out", str(place / "plan"), "--jobs", str(jobs)]
        taken: list[tuple[Spent, Spent]] = []
        spent([sys.executable, "-m", "msgspec_tool", "render", "--help"])
        for _ in range(rounds):
            taken.append((spent(naive), spent(own)))
            shutil.rmtree(place / "plan")
    return _row(name, number, jobs, taken)


def _row(name: str, number: int, jobs: int, taken: list[tuple[Spent, Spent]]) -> dict[str, object]:
    def median(values: Iterator[float]) -> float:
        return round(statistics.median(values), 2)

    return {
        "campaign": name,
        "rows": number,
        "jobs": jobs,
        "naive_cpu": median(naive.cpu for naive, _ in taken),
        "own_cpu": median(own.cpu for _, own in taken),
        "cpu_ratio": median(naive.cpu / own.cpu for naive, own in taken),
        "naive_wall": median(naive.wall for naive, _ in taken),
        "own_wall": median(own.wall for _, own in taken),
        "wall_ratio": median(naive.wall / own.wall for naive, own in taken),
        "naive_peak": median(naive.peak for naive, _ in taken),
        "own_peak": median(own.peak for _, own in taken),
    }


def table(figures: list[dict[str, object]]) -> Iterator[str]:
    """Lines of the table."""
    yield f"{'campaign':<18} {'rows':>10} {'jobs':>6} {'CPU s':>15} {'ratio':>6} {'clock s':>15} {'ratio':>6} {'peak MiB':>13}"
    for row in figures:
        yield (
            f"{row['campaign']:<18} {row['rows']:>10,} {row['jobs']:>6} {row['naive_cpu']:>7} /{row['own_cpu']:>6} {row['cpu_ratio']:>6}"
            f" {row['naive_wall']:>7} /{row['own_wall']:>6} {row['wall_ratio']:>6} {row['naive_peak']:>6.0f} /{row['own_peak']:>5.0f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--campaign", choices=list(CAMPAIGNS), action="append", help="only this one; repeatable")
    parser.add_argument("--jobs", type=int, action="append", help="processes; repeatable (1 and 2 without it)")
    parser.add_argument("--json", action="store_true", help="figures for a program")
    arguments = parser.parse_args()
    named = {"python": platform.python_version(), "msgspec-tool": __version__, **{name: version(name) for name in LIBRARIES}}
    figures = [
        measured(name, arguments.rows, jobs, arguments.rounds)
        for name in arguments.campaign or CAMPAIGNS
        for jobs in arguments.jobs or (1, 2)
    ]
    if arguments.json:
        print(json.dumps({"versions": named, "rows": figures}, indent=2))
        return
    print(f"naive script / msgspec-tool, medians of {arguments.rounds} rounds; {os.cpu_count()} processors, {platform.system()}")
    print(", ".join(f"{name} {found}" for name, found in named.items()))
    print("\n".join(table(figures)))


if __name__ == "__main__":
    main()
