"""What a Dask cluster costs on one machine, beside processes: ``python -m benchmarks.cluster_speed``.

The same campaign is rendered by ``--jobs 2``, by two workers of a cluster that the command starts and ends, and by two workers of one
that runs already and has rendered before, as in a company that keeps one. They take turns; ratios are taken inside a round. Compared
is the clock, from the start of the command to its end, because the workers of a cluster are no children of it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import warnings
from importlib.metadata import version
from pathlib import Path

from benchmarks.campaigns import CAMPAIGNS, write_recipients
from benchmarks.render_speed import spent
from msgspec_tool import __version__

NAME = "own text"
ALONE = "--jobs 2"


def measured(rows: int, rounds: int) -> list[dict[str, object]]:
    """A row of the table for each way."""
    from distributed import LocalCluster

    warnings.simplefilter("ignore")
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None, memory_limit=0, local_directory=folder) as cluster,
    ):
        place = Path(folder)
        write_recipients(place / "recipients.csv", CAMPAIGNS[NAME], rows)
        (place / "spec.msg.yaml").write_text(CAMPAIGNS[NAME].spec("recipients.csv"), encoding="utf-8")
        ways = {
            ALONE: ("--jobs", "2"),
            "a cluster that runs": ("--engine", "dask", "--scheduler", cluster.scheduler_address),
            "a cluster that is started": ("--engine", "dask", "--jobs", "2"),
        }
        for options in ways.values():
            _render(place, options)
        taken = [{way: _render(place, options) for way, options in ways.items()} for _ in range(rounds)]
    return [
        {
            "way": way,
            "rows": rows,
            "wall": round(statistics.median(one[way] for one in taken), 2),
            "ratio": round(statistics.median(one[way] / one[ALONE] for one in taken), 2),
            "more": round(statistics.median(one[way] - one[ALONE] for one in taken), 2),
        }
        for way in ways
    ]


def _render(place: Path, options: tuple[str, ...]) -> float:
    """Seconds of the clock of one render."""
    command = [sys.executable, "-m", "msgspec_tool", "render", str(place / "spec.msg.yaml"), "--now", "2030-01-01T00:00:00Z"]
    wall = spent([*command, "--out", str(place / "plan"), *options]).wall
    shutil.rmtree(place / "plan")
    return wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, action="append", help="repeatable (1,000,000 without it)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="figures for a program")
    arguments = parser.parse_args()
    figures = [row for rows in arguments.rows or (1_000_000,) for row in measured(rows, arguments.rounds)]
    if arguments.json:
        print(json.dumps(figures, indent=2))
        return
    print(f"medians of {arguments.rounds} rounds; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"msgspec-tool {__version__}, distributed {version('distributed')}")
    print(f"{NAME + ', rendered by':<28} {'rows':>10} {'clock s':>8} {'ratio':>6} {'more s':>7}")
    for row in figures:
        print(f"{row['way']:<28} {row['rows']:>10,} {row['wall']:>8} {row['ratio']:>6} {row['more']:>7}")


if __name__ == "__main__":
    main()
