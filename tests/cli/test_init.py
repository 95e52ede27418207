"""``init``: what it makes works at once, and what is there already is safe."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from msgspec_tool.resources import project_template
from tests.cli.inside import run
from tests.command import NOW

MADE = [
    ".github/workflows/messages.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    "messages/recipients.csv",
    "messages/welcome.msg.yaml",
    "msgspec.yaml",
    "partials/opt-out.txt",
    "schemas/config.schema.json",
    "schemas/spec.schema.json",
]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    assert run("init", "shop", cwd=folder).returncode == 0
    return folder / "shop"


@pytest.fixture
def shop(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "shop"))


def test_the_files(made: Path) -> None:
    assert sorted(contents(made)) == MADE
    assert all(b"\r" not in content and content.endswith(b"\n") for content in contents(made).values())


def test_it_says_what_it_made_and_what_to_do_next(tmp_path: Path) -> None:
    result = run("init", "my shop", cwd=tmp_path)
    assert result.returncode == 0
    assert result.stdout.decode().splitlines() == [f"created my shop/{name}" for name in MADE]
    assert result.stderr.decode() == (
        "\nnext:\n  cd 'my shop'\n  msgspec-tool lint\n  msgspec-tool render messages/welcome.msg.yaml --env sandbox\n"
    )


def test_the_current_folder_is_the_default(tmp_path: Path) -> None:
    result = run("init", cwd=tmp_path)
    assert result.returncode == 0
    assert b"  cd " not in result.stderr
    assert sorted(contents(tmp_path)) == MADE


def test_it_lints_clean(shop: Path) -> None:
    result = run("lint", "--select", "audit", cwd=shop)
    assert (result.returncode, result.stdout) == (0, b"no problems in 1 file (1 checked)\n")


@pytest.mark.parametrize(("environment", "sender"), [("sandbox", "TEST"), ("production", "NORTHLIGHT")])
def test_it_renders(shop: Path, environment: str, sender: str) -> None:
    result = run("render", "messages/welcome.msg.yaml", "--env", environment, "--now", NOW, cwd=shop)
    assert (result.returncode, result.stderr) == (0, b"")
    ((first, second),) = json.loads(result.stdout)
    assert first["channels"]["sms"]["senderid"] == sender
    assert first["channels"]["sms"]["text"].startswith("Hi Asha, welcome to Northlight Books.")
    assert second["channels"]["sms"]["text"].endswith("valid until 15 February. Text STOP to 447700900999 to opt out.")
    assert [body["destination"][0]["correlationid"] for body in (first, second)] == ["welcome-10041", "welcome-10042"]


def test_what_it_renders_lints_clean(shop: Path) -> None:
    rendered = run("render", "messages/welcome.msg.yaml", "--env", "sandbox", "--now", NOW, cwd=shop).stdout
    (shop / "body.json").write_text(json.dumps(json.loads(rendered)[0]), encoding="utf-8")
    assert run("lint", "body.json", cwd=shop).returncode == 0


def test_editors_find_the_schemas(made: Path) -> None:
    for name in ("msgspec.yaml", "messages/welcome.msg.yaml"):
        file = made / name
        found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text(encoding="utf-8"))
        assert found is not None
        assert (file.parent / found[1]).is_file()
    assert (made / "schemas/spec.schema.json").read_bytes() == run("schema", "spec").stdout
    assert (made / "schemas/config.schema.json").read_bytes() == run("schema", "config").stdout


def test_git_is_offered_nothing_that_commands_write(shop: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=shop, check=True)
    written = ["plan/manifest.json", "trial/requests-00000.jsonl", ".msgspec/plans/x/manifest.json", "messages/all.csv", "preview.html"]
    command = ["git", "check-ignore", *written, "messages/recipients.csv", "messages/welcome.msg.yaml"]
    assert subprocess.run(command, cwd=shop, capture_output=True, text=True, check=False).stdout.splitlines() == written


def test_the_hook_takes_specs_only(made: Path) -> None:
    ((repo,),) = yaml.safe_load((made / ".pre-commit-config.yaml").read_bytes()).values()
    changed, every = repo["hooks"]
    assert [name for name in MADE if re.search(changed["files"], name)] == ["messages/welcome.msg.yaml"]
    assert [name for name in MADE if re.search(every["files"], name)] == [
        "messages/welcome.msg.yaml",
        "msgspec.yaml",
        "partials/opt-out.txt",
    ]


def test_the_workflow_has_the_least_permissions(made: Path) -> None:
    workflow = yaml.safe_load((made / ".github/workflows/messages.yml").read_bytes())
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["lint"]["steps"]
    assert any(step.get("run", "").startswith("msgspec-tool lint --format github") for step in steps)
    assert steps[0]["with"] == {"persist-credentials": False}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_leaves_out_plans_and_recipients_but_the_example(shop: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "."], cwd=shop, check=True)
    for name in ("plan/manifest.json", "plans/a/manifest.json", "messages/customers.csv", "messages/orders.jsonl"):
        (shop / name).parent.mkdir(parents=True, exist_ok=True)
        (shop / name).write_text("x", encoding="utf-8")
    listed = subprocess.run(["git", "ls-files", "--others", "--exclude-standard"], cwd=shop, check=True, capture_output=True, text=True)
    assert sorted(listed.stdout.splitlines()) == MADE


def test_existing_files_are_left(shop: Path) -> None:
    (shop / "msgspec.yaml").write_text("mine", encoding="utf-8")
    (shop / ".gitignore").write_text("mine too", encoding="utf-8")
    (shop / "messages/recipients.csv").unlink()
    before = contents(shop)
    result = run("init", cwd=shop)
    assert result.returncode == 0
    assert {name: content for name, content in contents(shop).items() if name in before} == before
    assert sorted(contents(shop)) == MADE
    assert [line for line in result.stdout.decode().splitlines() if not line.startswith("kept ")] == ["created messages/recipients.csv"]
    assert "8 files were there already and are as they were\nsee that .gitignore leaves out plans and recipients" in result.stderr.decode()


def test_a_second_run_is_harmless(shop: Path) -> None:
    before = contents(shop)
    result = run("init", cwd=shop)
    assert (result.returncode, contents(shop)) == (0, before)
    assert b"9 files were there already and are as they were\n\nnext:" in result.stderr


def test_one_kept_file(tmp_path: Path) -> None:
    (tmp_path / "msgspec.yaml").write_text("msgspec: 1\n", encoding="utf-8")
    assert b"one file was there already and is as it was" in run("init", cwd=tmp_path).stderr


def test_a_link_that_leads_nowhere_is_a_taken_name(tmp_path: Path) -> None:
    (tmp_path / "msgspec.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (tmp_path / ".gitignore").symlink_to(tmp_path / "nowhere")
    result = run("init", cwd=tmp_path)
    assert result.returncode == 0
    assert b"kept    msgspec.yaml" in result.stdout
    assert b"see that .gitignore" in result.stderr
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("", encoding="utf-8")
    result = run("init", "shop", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.decode() == "error: 'shop' is a file\nhelp: name a folder; it is made where there is none\n"


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "messages").write_text("", encoding="utf-8")
    result = run("init", cwd=tmp_path)
    assert result.returncode == 3
    assert result.stderr.decode() == "error: 'messages' can't be made: a file of this name is in the way\n"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    result = run("init", "x" * 300, cwd=tmp_path)
    assert result.returncode == 3
    assert b"can't be made: File name too long" in result.stderr


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    result = run("init", "\x1b[2J", cwd=tmp_path)
    assert result.returncode == 0
    assert b"\x1b" not in result.stdout + result.stderr


def test_two_arguments_are_one_too_many(tmp_path: Path) -> None:
    assert run("init", "a", "b", cwd=tmp_path).returncode == 2
    assert contents(tmp_path) == {}


def test_the_templates_are_files_of_the_package() -> None:
    assert {entry.name for entry in project_template().iterdir()} == {
        "dot-github", "dot-gitignore", "dot-pre-commit-config.yaml", "messages", "msgspec.yaml", "partials",
    }  # fmt: skip
