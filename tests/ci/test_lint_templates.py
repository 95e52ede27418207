"""The workflow and the template in docs/ci, and the workflow of a new project: valid, modest, and their commands work."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from tests.ci.runners import TEMPLATES, Command, github_commands, gitlab_commands, problems, run_all
from tests.cli.projects import WRONG
from tests.command import CHECKOUT

GITHUB = TEMPLATES / "github-lint.yml"
GITLAB = TEMPLATES / "gitlab-lint.yml"
OURS = CHECKOUT / "msgspec_tool" / "cli" / "project_template" / "dot-github" / "workflows" / "messages.yml"
WORKFLOWS = pytest.mark.parametrize("file", [GITHUB, OURS], ids=["reusable", "new-project"])


@pytest.mark.parametrize(
    ("schema", "file"),
    [("github-workflows", GITHUB), ("github-workflows", OURS), ("gitlab-ci", GITLAB)],
    ids=["reusable", "new-project", "gitlab"],
)
def test_it_is_valid(schema: str, file: Path) -> None:
    assert problems(schema, file) == ""


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
    install, lint = run_all(gitlab_commands(GITLAB), project)
    assert (install.returncode, lint.returncode) == (0, code)
    assert lint.stdout.startswith("### msgspec-tool\n")
    (job,) = yaml.safe_load(GITLAB.read_bytes()).values()
    reports = job["artifacts"]["reports"]
    assert len(json.loads((project / reports["codequality"]).read_bytes())) == code
    assert ElementTree.parse(project / reports["junit"]).getroot().attrib["failures"] == str(code)


def test_the_same_version_can_be_asked_for(project: Path) -> None:
    install = next(gitlab_commands(GITLAB))
    Command(install.text, {**install.variables, "MSGSPEC_VERSION": "==0.1.0"}).run(project)
    assert "install msgspec-tool==0.1.0" in (project.parent / "installed").read_text(encoding="utf-8")


def test_what_a_run_writes_is_not_in_the_way(project: Path) -> None:
    """A second run finds what the first one found: reports are no specs."""
    first = run_all(gitlab_commands(GITLAB), project)
    second = run_all(gitlab_commands(GITLAB), project)
    assert [result.stdout for result in first] == [result.stdout for result in second]
