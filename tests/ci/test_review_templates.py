"""The workflow and the template that review a pull request: valid, modest, and their commands work on a repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from tests.ci.runners import TEMPLATES, Command, github_commands, gitlab_commands, problems, run_all
from tests.cli.projects import WRONG
from tests.command import CHECKOUT, environment

GITHUB = TEMPLATES / "github-review.yml"
GITLAB = TEMPLATES / "gitlab-review.yml"
DOCUMENT = CHECKOUT / "docs" / "ci.md"
MARK = "<!-- msgspec-tool: diff -->"


def git(folder: Path, *arguments: str) -> str:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com"}
    alone = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**environment(), **who, **alone}, capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def pull_request(project: Path) -> Path:
    """A repository on the branch of a pull request that changes the text of one message."""
    git(project, "init", "--quiet", "--initial-branch", "main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "a project")
    git(project, "checkout", "--quiet", "-b", "warmer-words")
    spec = project / "messages" / "welcome.msg.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("welcome to", "a warm welcome to"), encoding="utf-8")
    git(project, "commit", "--quiet", "--all", "--message", "warmer words")
    return project


@pytest.fixture
def merged(pull_request: Path) -> Path:
    """What a runner checks out for it: the merge with what went on in the meantime, two commits deep."""
    git(pull_request, "checkout", "--quiet", "main")
    config = pull_request / "msgspec.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "# reviewed\n", encoding="utf-8")
    git(pull_request, "commit", "--quiet", "--all", "--message", "meanwhile")
    git(pull_request, "merge", "--quiet", "--no-ff", "--no-edit", "warmer-words")
    checkout = pull_request.parent / "checkout"
    git(pull_request.parent, "clone", "--quiet", "--depth", "2", pull_request.as_uri(), str(checkout))
    return checkout


def review(checkout: Path) -> list[subprocess.CompletedProcess[str]]:
    return run_all(github_commands(GITHUB, paths="messages", environment="production"), checkout)


@pytest.mark.parametrize(("schema", "file"), [("github-workflows", GITHUB), ("gitlab-ci", GITLAB)], ids=["github", "gitlab"])
def test_it_is_valid(schema: str, file: Path) -> None:
    assert problems(schema, file) == ""


def test_the_workflow_may_read_and_nothing_else() -> None:
    workflow = yaml.safe_load(GITHUB.read_bytes())
    assert workflow["permissions"] == {"contents": "read"}
    job = workflow["jobs"]["review"]
    assert "permissions" not in job
    assert job["timeout-minutes"] <= 10
    assert job["steps"][0]["with"] == {"persist-credentials": False, "fetch-depth": 2}
    assert "secrets" not in GITHUB.read_text(encoding="utf-8") + GITLAB.read_text(encoding="utf-8")


def test_no_input_is_pasted_into_a_command() -> None:
    assert [command.text for command in github_commands(GITHUB) if "${{" in command.text] == []


def test_the_summary_says_what_people_receive(merged: Path) -> None:
    done = review(merged)
    assert [result.returncode for result in done] == [0] * 6, done
    summary = (merged.parent / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith(f"{MARK}\n")
    assert "+ Hi Asha, {+a warm +}welcome to Northlight Books." in summary
    assert "1 changed" in summary
    assert (merged / "messages.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_mistake_fails_the_run_and_the_comparison_is_there_all_the_same(merged: Path) -> None:
    (merged / "messages" / "wrong.msg.yaml").write_text(WRONG, encoding="utf-8")
    done = review(merged)
    assert [result.returncode != 0 for result in done] == [False, True, False, True, True, True], done
    assert "::error file=messages/wrong.msg.yaml,line=5," in done[4].stdout
    summary = (merged.parent / "summary.md").read_text(encoding="utf-8")
    assert "messages/welcome.msg.yaml" in summary
    assert "messages/wrong.msg.yaml" in summary


@pytest.mark.parametrize(("spec", "code"), [(None, 0), (WRONG, 1)], ids=["clean", "wrong"])
def test_gitlab_compares_with_where_the_branch_began(pull_request: Path, spec: str | None, code: int) -> None:
    if spec is not None:
        (pull_request / "messages" / "wrong.msg.yaml").write_text(spec, encoding="utf-8")
    base = git(pull_request, "merge-base", "main", "HEAD")
    given = {"MSGSPEC_PATHS": "messages", "MSGSPEC_ENV": "production", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    install, reviewed = run_all(gitlab_commands(GITLAB, **given), pull_request)
    assert (install.returncode, reviewed.returncode) == (0, code), reviewed
    assert MARK in reviewed.stdout
    (job,) = yaml.safe_load(GITLAB.read_bytes()).values()
    for artifact in job["artifacts"]["paths"]:
        assert (pull_request / artifact).stat().st_size
    ElementTree.parse(pull_request / job["artifacts"]["reports"]["junit"])


def comment_command() -> Command:
    """The job of the documentation that comments."""
    found = re.search(r"<!-- job: comment -->\n```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    assert found
    (job,) = yaml.safe_load(found[1]).values()
    assert job["permissions"] == {"pull-requests": "write"}
    (step,) = [step for step in job["steps"] if "run" in step]
    return Command(step["run"], {"COMMENTS": "repos/a/b/issues/7/comments", "COMMENT": "repos/a/b/issues/comments"})


@pytest.mark.parametrize(
    ("known", "written"),
    [("", "--method POST repos/a/b/issues/7/comments"), ("41\n42\n", "--method PATCH repos/a/b/issues/comments/41")],
    ids=["first", "again"],
)
def test_a_comment_is_made_once_and_then_written_anew(project: Path, known: str, written: str) -> None:
    calls = project.parent / "calls"
    program = project.parent / "bin" / "gh"
    program.write_text(f'#!/bin/sh\necho "$*" >> {calls}\ncase "$*" in *--paginate*) printf "{known}";; esac\n', encoding="utf-8")
    program.chmod(0o755)
    assert comment_command().run(project).returncode == 0
    asked, last = calls.read_text(encoding="utf-8").splitlines()
    assert MARK in asked
    assert last == f"api {written} --field body=@review.md --silent"
