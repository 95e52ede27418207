"""pre-commit itself, in a repository of its own, with this repository's hooks and with those that ``init`` writes."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from msgspec_tool.resources import project_template
from tests.cli.inside import run as run_here
from tests.cli.projects import CLEAN, WARNS, WRONG
from tests.command import CHECKOUT, environment

HOOKS = CHECKOUT / ".pre-commit-hooks.yaml"
MANIFEST = {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_bytes())}
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


class Repository:
    """A git repository, and a PATH with ``msgspec-tool`` in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        self.folder.mkdir()
        programs = folder / "bin"
        programs.mkdir()
        program = programs / "msgspec-tool"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m msgspec_tool "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        person = {f"GIT_{who}_{what}": f"{what.lower()}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        base = environment()
        self.environment = {
            **base, **person, "HOME": str(folder), "PATH": f"{programs}:{base['PATH']}", "PRE_COMMIT_HOME": str(folder / "store"),
        }  # fmt: skip
        self.git("init", "--quiet", "--initial-branch=main", ".")

    def git(self, *arguments: str) -> str:
        result = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=self.environment, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        return result.stdout.strip()

    def write(self, **contents: str) -> None:
        for name, text in contents.items():
            file = self.folder / name.replace("__", "/").replace("_", ".")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        self.git("add", "--all")

    def hooks(self, *arguments: str) -> tuple[int, str]:
        """``pre-commit run``: its exit code and what it says."""
        command = [sys.executable, "-m", "pre_commit", "run", "--color", "never", *arguments]
        result = subprocess.run(
            command, cwd=self.folder, env=self.environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return result.returncode, result.stdout


@pytest.fixture
def hooked(tmp_path: Path) -> Repository:
    """A repository that takes the hooks from a copy of this one; the program is that of the test, so nothing is installed."""
    for name in ("source", "user"):
        (tmp_path / name).mkdir()
    source = Repository(tmp_path / "source")
    shutil.copy(HOOKS, source.folder)
    source.git("add", "--all")
    source.git("commit", "--quiet", "--message", "hooks")
    user = Repository(tmp_path / "user")
    hooks = [{"id": name, "language": "system"} for name in MANIFEST]
    config = {"repos": [{"repo": str(source.folder), "rev": source.git("rev-parse", "HEAD"), "hooks": hooks}]}
    user.write(_pre_commit_config_yaml="")
    (user.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return user


@needs_git
def test_clean_specs_pass(hooked: Repository) -> None:
    hooked.write(messages__a_msg_yaml=CLEAN, README_md="x")
    code, said = hooked.hooks()
    assert code == 0, said
    assert said.count("Passed") == 2


@needs_git
def test_a_mistake_stops_the_commit(hooked: Repository) -> None:
    hooked.write(a_msg_yaml=CLEAN, b_msg_yaml=WRONG.replace("hello", "wrong"))
    code, said = hooked.hooks()
    assert code == 1
    assert said.count("error[undefined-variable] TPL202: 'frist_name' is not declared") == 2
    assert "1 error in 2 files (2 checked)" in said


@needs_git
def test_warnings_do_not(hooked: Repository) -> None:
    hooked.write(a_msg_yaml=WARNS)
    assert hooked.hooks()[0] == 0


@needs_git
def test_only_what_changes_is_checked_but_by_the_hook_for_all(hooked: Repository) -> None:
    hooked.write(old_msg_yaml=WRONG)
    hooked.git("commit", "--quiet", "--no-verify", "--message", "old")
    hooked.write(new_msg_yaml=CLEAN.replace("hello", "other"))
    assert hooked.hooks("msgspec-lint")[0] == 0
    code, said = hooked.hooks("msgspec-lint-all")
    assert code == 1
    assert "--> old.msg.yaml:5:" in said
    assert "1 error in 2 files (2 checked)" in said


@needs_git
@pytest.mark.parametrize(
    ("name", "names"),
    [("README_md", list(MANIFEST)), ("msgspec_yaml", ["msgspec-lint"]), ("partials__footer_txt", ["msgspec-lint"]), ("a_msg_yml", [])],
)
def test_what_makes_a_hook_run(hooked: Repository, name: str, names: list[str]) -> None:
    hooked.write(spec_msg_yaml=CLEAN)
    hooked.git("commit", "--quiet", "--no-verify", "--message", "a spec")
    hooked.write(**{name: CLEAN.replace("hello", "other") if name == "a_msg_yml" else "msgspec: 1\n"})
    code, said = hooked.hooks()
    assert code == 0, said
    assert [line for line in said.splitlines() if "Skipped" in line] == [
        line for line in said.splitlines() if any(line.startswith(f"{MANIFEST[one]['name']}.") for one in names)
    ]


@needs_git
def test_the_hooks_of_a_new_project(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    assert run_here("init", cwd=repository.folder).returncode == 0
    repository.git("add", "--all")
    code, said = repository.hooks("--all-files")
    assert code == 0, said
    assert said.count("Passed") == 2


def test_the_hooks_of_a_new_project_are_those_of_this_repository() -> None:
    text = (project_template() / "dot-pre-commit-config.yaml").read_text(encoding="utf-8")
    ((repo,),) = yaml.safe_load(text).values()
    same = ("id", "name", "entry", "files", "pass_filenames", "require_serial")
    written = [{key: hook[key] for key in same if key in hook} for hook in repo["hooks"]]
    assert written == [{key: hook[key] for key in same if key in hook} for hook in MANIFEST.values()]
    assert {hook["language"] for hook in repo["hooks"]} == {"system"}


def test_pre_commit_installs_the_program_for_others() -> None:
    assert {hook["language"] for hook in MANIFEST.values()} == {"python"}
    assert {hook["entry"] for hook in MANIFEST.values()} == {"msgspec-tool lint"}
    assert [name for name in ("a.msg.yaml", "b/c.msg.yml", "d.yaml", "msg.yaml") if re.search(MANIFEST["msgspec-lint"]["files"], name)] == [
        "a.msg.yaml",
        "b/c.msg.yml",
    ]
