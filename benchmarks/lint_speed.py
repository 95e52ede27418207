"""How fast specs are checked, beside programs that check YAML files too: ``python -m benchmarks.lint_speed``.

The program is installed with yamllint and check-jsonschema into an environment of its own, so that all three are started
alike and have their bytecode. Each run is a process from its start to its end; the programs take turns, ratios are taken
inside a round, and the table has their medians. Compared is the time that the processors worked (user and system, children
included): other programs on the machine disturb it less than the clock. The others do other work on the same files (one looks
at the form of YAML, one applies a JSON Schema; neither reads templates); they are here because people know how they feel.

The files: ``sixty-lines.msg.yaml`` of this folder, a thousand like it (60 lines, each with texts and numbers of its own), ten
thousand such (measured once, without the others), and one spec with a thousand inline destinations beside one with a single one.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
import venv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SPEC = CHECKOUT / "benchmarks" / "sixty-lines.msg.yaml"
PEERS = ("yamllint", "check-jsonschema")
BARE = "python -c pass"


@dataclass(frozen=True)
class Spent:
    """What a process took: processor seconds, seconds of the clock, MiB."""

    cpu: float
    wall: float
    peak: float


class Memory(Enum):
    """What a run finds remembered."""

    NOTHING = "nothing"
    EVERYTHING = "everything"
    ALL_BUT_ONE = "all but one file"


@dataclass(frozen=True)
class Program:
    """A command; ``edited`` is the file that changes before each run where all but one are remembered."""

    command: tuple[str, ...]
    memory: Memory = Memory.NOTHING
    edited: Path | None = None


@dataclass(frozen=True)
class Task:
    """Programs that check the same files, in turns. Ratios are to the time of ``unit``."""

    name: str
    unit: str
    programs: Mapping[str, Program]
    rounds: int | None = None
    """Rounds, where they are not those of the command line."""


def thousand(folder: Path, number: int) -> None:
    """Specs of 60 lines, no two with the same texts; their project allows the host that they name."""
    source = SPEC.read_text(encoding="utf-8")
    folder.mkdir(parents=True)
    for one in range(number):
        text = source.replace("name: card-payment-due\n", f"name: card-payment-due-{one}\n")
        text = text.replace("is due on", f"is due ({one}) on").replace("Payment due", f"Payment {one} due")
        text = text.replace("maxLength: 40", f"maxLength: {30 + one % 11}").replace('"due-{{', f'"due{one}-{{{{')
        (folder / f"card-{one:05}.msg.yaml").write_text(text, encoding="utf-8")
    allowed = "msgspec: 1\nlint:\n  options:\n    url-bad-host: {allow: [hooks.northlight.example]}\n"
    (folder / "msgspec.yaml").write_text(allowed, encoding="utf-8")


def destinations(file: Path, number: int) -> None:
    """One spec with many destinations in it, six lines each."""
    lines = [
        *(
            "msgspec: 1",
            "name: many",
            "variables:",
            "  first_name: {type: string, maxLength: 20, minLength: 1, charset: gsm7, examples: [Asha]}",
        ),
        *("deliverychannel: sms", "channels:", "  sms:", '    text: "Hi {{ first_name }}, your card is ready."', "destination:"),
    ]
    for one in range(number):
        lines += ["  - msisdn:", f'      - "+44770090{one % 1000:04}"', f"    correlationid: many-{one}"]
        lines += ["    with:", f"      first_name: Asha {one}", f"    # {one}"]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def installed(folder: Path) -> Path:
    """The programs' folder of an environment that has this checkout and its peers."""
    venv.create(folder, with_pip=True, clear=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", CHECKOUT, *PEERS], check=True, cwd=folder)
    return programs


def tasks(folder: Path, place: Path, number: int, most: int) -> list[Task]:
    """What is measured, with the programs of a folder and files in a place."""
    ours, bare = str(folder / "msgspec-tool"), Program((str(folder / "python"), "-c", "pass"))
    schema = place / "spec.schema.json"
    schema.write_bytes(subprocess.run([ours, "schema", "spec"], check=True, capture_output=True).stdout)
    thousand(place / "many", number)
    thousand(place / "edited", number)
    thousand(place / "most", most)
    destinations(place / "destinations.msg.yaml", 1000)
    destinations(place / "destination.msg.yaml", 1)
    many = sorted((place / "many").glob("*.msg.yaml"))
    wide, narrow = str(place / "destinations.msg.yaml"), str(place / "destination.msg.yaml")

    def lint(*words: str, memory: Memory = Memory.NOTHING, edited: Path | None = None) -> Program:
        return Program((ours, "lint", *words), memory, edited)

    def peers(files: Iterable[Path]) -> dict[str, Program]:
        yamllint = (str(folder / "yamllint"), "-d", "relaxed")
        check = (str(folder / "check-jsonschema"), "--schemafile", str(schema))
        return {name: Program((*command, *map(str, files))) for name, command in (("yamllint", yamllint), ("check-jsonschema", check))}

    all_of, all_of_most = str(place / "many"), str(place / "most")
    return [
        Task(
            "one spec of 60 lines",
            BARE,
            {BARE: bare, "lint": lint(str(SPEC)), "lint again": lint(str(SPEC), memory=Memory.EVERYTHING), **peers([SPEC])},
        ),
        Task(
            f"{number:,} specs of 60 lines",
            "yamllint",
            {
                **peers(many),
                "lint, one process": lint(all_of, "--jobs", "1"),
                "lint, two processes": lint(all_of, "--jobs", "2"),
                "lint, one file edited": lint(
                    str(place / "edited"), "--jobs", "1", memory=Memory.ALL_BUT_ONE, edited=place / "edited" / many[0].name
                ),
                "lint again": lint(all_of, memory=Memory.EVERYTHING),
            },
        ),
        Task(
            "1,000 inline destinations",
            "start",
            {
                "start": Program((ours, "--version")),
                "lint, one destination": lint(narrow),
                "lint": lint(wide),
                "lint again": lint(wide, memory=Memory.EVERYTHING),
            },
        ),
        Task(
            f"{most:,} specs of 60 lines",
            "lint, one process",
            {
                "lint, one process": lint(all_of_most, "--jobs", "1"),
                "lint, two processes": lint(all_of_most, "--jobs", "2"),
                "lint again": lint(all_of_most, memory=Memory.EVERYTHING),
            },
            rounds=1,
        ),
    ]


def spent(program: Program, cache: Path) -> Spent:
    """Run a program to its end and measure it; what it finds in the files is its own affair."""
    if program.memory is Memory.NOTHING:
        shutil.rmtree(cache, ignore_errors=True)
    if program.edited is not None:
        with program.edited.open("a", encoding="utf-8") as stream:
            stream.write(f"# {time.time_ns()}\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    begun = time.perf_counter()
    process = subprocess.Popen(
        program.command, env={**environment, "MSGSPEC_CACHE_DIR": str(cache)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(program.command[:3])}: exit {process.returncode}")
    return Spent(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def measured(task: Task, rounds: int, place: Path) -> Iterator[dict[str, object]]:
    """A row for each program of a task."""
    taken: dict[str, list[Spent]] = {name: [] for name in task.programs}
    for turn in range((task.rounds or rounds) + 1):
        for number, (name, program) in enumerate(task.programs.items()):
            found = spent(program, place / f"cache-{number}")
            if turn:
                # the first round warms the files, and fills what is remembered
                taken[name].append(found)
    for name, runs in taken.items():
        units = taken[task.unit]
        yield {
            "task": task.name,
            "program": name,
            "cpu_s": round(statistics.median(run.cpu for run in runs), 4),
            "wall_s": round(statistics.median(run.wall for run in runs), 4),
            "peak_mib": round(max(run.peak for run in runs), 1),
            "unit": task.unit,
            "ratio": round(statistics.median(run.cpu / unit.cpu for run, unit in zip(runs, units, strict=True)), 3),
        }


def versions(folder: Path) -> dict[str, str]:
    """What was measured with."""
    listed = subprocess.run([folder / "python", "-m", "pip", "list", "--format", "json"], check=True, capture_output=True, text=True)
    found = {entry["name"].lower(): entry["version"] for entry in json.loads(listed.stdout)}
    return {"python": platform.python_version(), **{name: found[name] for name in ("msgspec-tool", *PEERS, "pyyaml", "jinja2", "click")}}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--specs", type=int, default=1000)
    parser.add_argument("--most", type=int, default=10_000, help="Specs of the task that is measured once.")
    parser.add_argument("--environment", type=Path, default=CHECKOUT / "build" / "lint-speed", help="Where the programs are installed.")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        folder = installed(options.environment.resolve())
        rows = [row for task in tasks(folder, place, options.specs, options.most) for row in measured(task, options.rounds, place)]
        known = versions(folder)
    if options.json:
        print(json.dumps({"versions": known, "rounds": options.rounds, "load": os.getloadavg(), "rows": rows}))
        return
    print(f"{'':27}{'program':24}{'cpu s':>9}{'wall s':>9}{'MiB':>7}{'ratio':>9}")
    for row in rows:
        figures = f"{row['cpu_s']:>9}{row['wall_s']:>9}{row['peak_mib']:>7}{row['ratio']:>9}"
        print(f"{row['task']!s:27}{row['program']!s:24}{figures}  × {row['unit']}")
    load, programs = os.getloadavg()[0], ", ".join(f"{name} {version}" for name, version in known.items())
    print(f"medians of {options.rounds} rounds; load of the machine {load:.1f}; {programs}")


if __name__ == "__main__":
    main()
