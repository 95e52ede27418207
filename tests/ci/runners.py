"""Workflows and templates of CI, read as a server reads them, and their commands run as a runner runs them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.command import CHECKOUT, environment

TEMPLATES = CHECKOUT / "docs" / "ci"
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


@dataclass(frozen=True)
class Command:
    """A command of a job with its variables; ``always`` where it runs after a failure too."""

    text: str
    variables: dict[str, str]
    always: bool = False

    def run(self, project: Path) -> subprocess.CompletedProcess[str]:
        """As a runner does it: bash that stops at the first failure."""
        base = environment()
        surroundings = {
            **base,
            "PATH": f"{project.parent / 'bin'}:{base['PATH']}",
            "GITHUB_STEP_SUMMARY": str(project.parent / "summary.md"),
        }
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", self.text],
            cwd=project,
            env={**surroundings, **self.variables},
            capture_output=True,
            text=True,
            check=False,
        )


def github_commands(file: Path, **inputs: str) -> Iterator[Command]:
    """The commands of a workflow's only job, called with these inputs (``_`` for ``-``), else with its defaults."""
    workflow: dict[Any, Any] = yaml.safe_load(file.read_bytes())
    # YAML 1.1 reads the key `on` as true
    call = workflow[True].get("workflow_call") or {}
    given = {name: inputs.get(name.replace("-", "_"), str(entry["default"])) for name, entry in call.get("inputs", {}).items()}
    (job,) = workflow["jobs"].values()
    for step in job["steps"]:
        if "run" in step:
            written = {**job.get("env", {}), **step.get("env", {})}
            variables = {name: INPUT.sub(lambda found: given[found[1]], value) for name, value in written.items()}
            yield Command(step["run"], variables, step.get("if") == "always()")


def gitlab_commands(file: Path, **given: str) -> Iterator[Command]:
    """The commands of a template's only job, with these variables, else with its own."""
    (job,) = yaml.safe_load(file.read_bytes()).values()
    variables = {**{name: str(value) for name, value in job["variables"].items()}, **given}
    yield from (Command(text, variables) for text in (*job["before_script"], *job["script"]))


def problems(schema: str, file: Path) -> str:
    """What the published schema of a server has against a file; nothing where it is valid."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    result = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    return "" if result.returncode == 0 else result.stdout + result.stderr


def run_all(commands: Iterator[Command], project: Path) -> list[subprocess.CompletedProcess[str]]:
    """The commands in order; after one that fails only those that always run."""
    done: list[subprocess.CompletedProcess[str]] = []
    for command in commands:
        if command.always or all(result.returncode == 0 for result in done):
            done.append(command.run(project))
    return done
