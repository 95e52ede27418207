"""What a review costs in a project of many specs: ``python -m benchmarks.review_speed``.

A repository of 500 specs of 60 lines, of which 5 changed since the last commit. ``diff`` compares all 500; beside it stands a
lint of the 5, with nothing remembered and in one process: what a change costs to look at once, where ``diff`` looks at both sides
and renders them. Each run is a process from its start to its end, the two take turns, and the ratio is the median of the rounds'.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lint_speed import Program, Spent, spent, thousand

WHO = ("-c", "user.name=A", "-c", "user.email=a@example.com")
OURS = str(Path(sys.executable).with_name("msgspec-tool"))
NOW = "2030-01-01T00:00:00Z"


def project(folder: Path, number: int, changed: int) -> list[str]:
    """A repository of so many specs; the paths of those that changed since its only commit."""
    thousand(folder, number)
    for command in (("init", "--quiet"), ("add", "."), (*WHO, "commit", "--quiet", "--message", "all of them")):
        subprocess.run(["git", *command], cwd=folder, check=True)
    specs = sorted(folder.glob("*.msg.yaml"))
    edited = specs[:: max(1, number // changed)][:changed]
    for path in edited:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("is due (", "must be paid ("), encoding="utf-8")
    return [str(path) for path in edited]


def rounds(folder: Path, edited: list[str], number: int, cache: Path) -> Iterator[tuple[Spent, Spent]]:
    """What lint of the changed specs and diff of all took, in turns; the first round warms the files."""
    lint = Program((OURS, "lint", *edited, "--now", NOW, "--jobs", "1"))
    diff = Program((OURS, "diff", str(folder), "--now", NOW))
    for turn in range(number + 1):
        both = spent(lint, cache), spent(diff, cache)
        if turn:
            yield both


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--specs", type=int, default=500)
    parser.add_argument("--changed", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        edited = project(place / "project", options.specs, options.changed)
        shown = subprocess.run([OURS, "diff", place / "project", "--now", NOW, "--format", "json"], capture_output=True, check=True)
        summary = json.loads(shown.stdout)["summary"]
        assert (summary["changed"], summary["unchanged"]) == (options.changed, options.specs - options.changed), summary
        taken = list(rounds(place / "project", edited, options.rounds, place / "cache"))
    found = {
        "lint_cpu_s": statistics.median(lint.cpu for lint, _diff in taken),
        "diff_cpu_s": statistics.median(diff.cpu for _lint, diff in taken),
        "lint_wall_s": statistics.median(lint.wall for lint, _diff in taken),
        "diff_wall_s": statistics.median(diff.wall for _lint, diff in taken),
        "ratio": statistics.median(diff.cpu / lint.cpu for lint, diff in taken),
        "peak_mib": max(diff.peak for _lint, diff in taken),
    }
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in found.items()}))
        return
    for words, name in ((f"diff of {options.specs} specs, {options.changed} changed", "diff"), (f"lint of the {options.changed}", "lint")):
        print(f"{words}: {found[f'{name}_cpu_s']:.3f} s of the processors, {found[f'{name}_wall_s']:.3f} s of the clock")
    print(f"ratio {found['ratio']:.2f} (medians of {options.rounds} rounds, {os.cpu_count()} processors); {found['peak_mib']:.0f} MiB")


if __name__ == "__main__":
    main()
