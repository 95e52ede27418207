"""The workflow and the template in docs/ci, and the workflow of a new project: valid, modest, and their commands work."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.cli.inside import run as run_here
from tests.cli.projects import WRONG
from tests.command import CHECKOUT, environment

GITHUB = CHECKOUT / "docs" / "ci" / "github-lint.yml"
GITLAB = CHECKOUT / "docs" / "ci" / "gitlab-lint.yml"
OURS = CHECKOUT / "msgspec_tool" / "cli" / "project_template" / "dot-github" / "workflows" / "messages.yml"
WORKFLOWS = pytest.mark.parametrize("file", [GITHUB, OURS], ids=["reusable", "new-project"])
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A new project, beside programs that are called as on a runner; ``pip`` only writes down what it is asked for."""
    assert run_here("init", "shop", cwd=tmp_path).returncode == 0
    (tmp_path / "bin").mkdir()
    for name, line in {
        "msgspec-tool": f'exec {shlex.quote(sys.executable)} -m msgspec_tool "$@"',
        "python": f'echo "python $*" >> {shlex.quote(str(tmp_path / "installed"))}',
        "pip": f'echo "pip $*" >> {shlex.quote(str(tmp_path / "installed"))}',
    }.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path / "shop"


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


def github_commands(file: Path) -> Iterator[Command]:
    workflow: dict[Any, Any] = yaml.safe_load(file.read_bytes())
    # YAML 1.1 reads the key `on` as true
    call = workflow[True].get("workflow_call") or {}
    defaults = {name: str(entry["default"]) for name, entry in call.get("inputs", {}).items()}
    (job,) = workflow["jobs"].values()
    for step in job["steps"]:
        if "run" in step:
            variables = {name: INPUT.sub(lambda found: defaults[found[1]], value) for name, value in step.get("env", {}).items()}
            yield Command(step["run"], variables, step.get("if") == "always()")


def gitlab_commands() -> Iterator[Command]:
    (job,) = yaml.safe_load(GITLAB.read_bytes()).values()
    variables = {name: str(value) for name, value in job["variables"].items()}
    yield from (Command(text, variables) for text in (*job["before_script"], *job["script"]))


def run_all(commands: Iterator[Command], project: Path) -> list[subprocess.CompletedProcess[str]]:
    """The commands in order; after one that fails only those that always run."""
    done: list[subprocess.CompletedProcess[str]] = []
    for command in commands:
        if command.always or all(result.returncode == 0 for result in done):
            done.append(command.run(project))
    return done


@pytest.mark.parametrize(
    ("schema", "file"),
    [("github-workflows", GITHUB), ("github-workflows", OURS), ("gitlab-ci", GITLAB)],
    ids=["reusable", "new-project", "gitlab"],
)
def test_it_is_valid(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    result = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@WORKFLOWS
def test_a_workflow_may_read_and_nothing_else(file: Path) -> None:
    workflow = yaml.safe_load(file.read_bytes())
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert "permissions" not in job
    assert job["timeout-minutes"] <= 10
    assert job["steps"][0]["with"] == {"persist-credentials": False}


@WORKFLOWS
def test_no_input_is_pasted_into_a_command(file: Path) -> None:
    assert [command.text for command in github_commands(file) if "${{" in command.text] == []


@WORKFLOWS
def test_a_workflow_passes_on_a_clean_project(file: Path, project: Path) -> None:
    done = run_all(github_commands(file), project)
    assert [result.returncode for result in done] == [0, 0, 0], done
    assert "install msgspec-tool" in (project.parent / "installed").read_text(encoding="utf-8")
    assert "no problems in 1 file" in (project.parent / "summary.md").read_text(encoding="utf-8")


@WORKFLOWS
def test_a_workflow_fails_on_a_mistake_and_says_it(file: Path, project: Path) -> None:
    (project / "messages" / "wrong.msg.yaml").write_text(WRONG, encoding="utf-8")
    install, lint, summary = run_all(github_commands(file), project)
    assert (install.returncode, lint.returncode, summary.returncode) == (0, 1, 0)
    assert lint.stdout.startswith("::error file=messages/wrong.msg.yaml,line=5,")
    assert "undefined-variable" in (project.parent / "summary.md").read_text(encoding="utf-8")


def test_code_scanning_gets_the_findings(project: Path) -> None:
    (project / "messages" / "wrong.msg.yaml").write_text(WRONG, encoding="utf-8")
    run_all(github_commands(GITHUB), project)
    (log,) = json.loads((project / "messages.sarif").read_bytes())["runs"]
    assert [result["ruleId"] for result in log["results"]] == ["TPL202"]
    steps = yaml.safe_load(GITHUB.read_bytes())["jobs"]["lint"]["steps"]
    assert steps[-1]["with"]["path"] == "messages.sarif"


@pytest.mark.parametrize(("spec", "code"), [(None, 0), (WRONG, 1)], ids=["clean", "wrong"])
def test_gitlab_gets_its_reports(project: Path, spec: str | None, code: int) -> None:
    if spec is not None:
        (project / "messages" / "wrong.msg.yaml").write_text(spec, encoding="utf-8")
    install, lint = run_all(gitlab_commands(), project)
    assert (install.returncode, lint.returncode) == (0, code)
    assert lint.stdout.startswith("### msgspec-tool\n")
    (job,) = yaml.safe_load(GITLAB.read_bytes()).values()
    reports = job["artifacts"]["reports"]
    assert len(json.loads((project / reports["codequality"]).read_bytes())) == code
    assert ElementTree.parse(project / reports["junit"]).getroot().attrib["failures"] == str(code)


def test_the_same_version_can_be_asked_for(project: Path) -> None:
    install = next(gitlab_commands())
    Command(install.text, {**install.variables, "MSGSPEC_VERSION": "==0.1.0"}).run(project)
    assert "install msgspec-tool==0.1.0" in (project.parent / "installed").read_text(encoding="utf-8")


def test_what_a_run_writes_is_not_in_the_way(project: Path) -> None:
    """A second run finds what the first one found: reports are no specs."""
    first = run_all(gitlab_commands(), project)
    second = run_all(gitlab_commands(), project)
    assert [result.stdout for result in first] == [result.stdout for result in second]
