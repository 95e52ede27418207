"""What can be wrong with a cluster: one clear message each, with an exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from msgspec_tool.engines import dask
from msgspec_tool.engines.dask import DaskEngine
from msgspec_tool.errors import ExitCode, ToolError, UsageError
from msgspec_tool.shards import campaign as campaigns
from msgspec_tool.shards.contract import Job
from msgspec_tool.shards.rendering import ShardError, _internal, prepare
from msgspec_tool.shards.renders import render_by_shards
from tests.cli.inside import run
from tests.command import NOW
from tests.shards.campaign_files import Files, campaign


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return campaign(tmp_path / "c", 20)


def test_a_scheduler_that_is_not_there(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_CONNECT_SECONDS", 0.2)
    arguments = ("--env", "production", "--now", NOW, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--out", "plan")
    said = run("render", "messages/offer.msg.yaml", *arguments, cwd=files.folder)
    assert said.returncode == ExitCode.INCOMPLETE
    first, second, *_ = said.stderr.decode().splitlines()
    assert first.startswith("error: the scheduler 'tcp://127.0.0.1:1' can't be reached: ")
    assert second == "help: a scheduler is started with `dask scheduler`; its address is like tcp://host:8786"
    assert [one.name for one in files.folder.iterdir() if "plan" in one.name] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--scheduler", "tcp://a:1"), "--scheduler is for --engine dask"),
        (("--engine", "dask"), "--engine dask makes a plan: name its folder with --out"),
        (("--engine", "dask", "--estimate"), "--estimate is for --engine local"),
        (("--engine", "dask", "--explain-plan"), "--explain-plan is for --engine local"),
        (("--engine", "dask", "--scheduler", "tcp://a:1", "--jobs", "2", "--out", "p"), "--jobs is for processes of this machine"),
        (("--engine", "dask", "--scheduler", "tcp://a:1", "--recipients", "-"), "can't read this command's standard input"),
        (("--engine", "dask", "--sample", "typical", "--out", "p"), "samples are not rendered by shards"),
        (("--out", "nothing://of/that"), "no storage is known by that name"),
    ],
)
def test_wrong_usage(files: Files, arguments: tuple[str, ...], words: str) -> None:
    said = run("render", "messages/offer.msg.yaml", "--env", "production", *arguments, cwd=files.folder)
    assert (said.returncode, said.stdout) == (ExitCode.USAGE, b"")
    assert words in said.stderr.decode()


@pytest.mark.parametrize("missing", ["distributed", "fsspec"])
def test_the_extra_is_not_installed(missing: str) -> None:
    found = dask.find_spec
    with mock.patch.object(dask, "find_spec", lambda name: None if name == missing else found(name)), pytest.raises(UsageError) as caught:
        DaskEngine()
    assert caught.value.message == f"--engine dask needs '{missing}', which is not installed"
    assert caught.value.help == "pip install 'msgspec-tool[dask]'"


def test_versions_that_differ() -> None:
    def of(python: str, distributed: str) -> dict[str, Any]:
        return {"packages": {"python": python, "distributed": distributed}}

    ours = of("3.11.7.final.0", "2026.8.0")
    dask._check_versions({"client": ours, "scheduler": ours, "workers": {"tcp://w:1": of("3.11.2.final.0", "2026.8.0")}})
    with pytest.raises(UsageError, match=r"worker tcp://w:1 has python 3\.12, and 3\.11 is here"):
        dask._check_versions({"client": ours, "scheduler": ours, "workers": {"tcp://w:1": of("3.12.0.final.0", "2026.8.0")}})
    with pytest.raises(UsageError, match=r"the scheduler has distributed 2025\.1\.0, and 2026\.8\.0 is here"):
        dask._check_versions({"client": ours, "scheduler": of("3.11.7", "2025.1.0"), "workers": {}})


def test_what_is_no_failure_of_a_shard() -> None:
    missing = dask._failed(Exception("ModuleNotFoundError(\"No module named 'msgspec_tool'\")"), "worker tcp://w:1")
    assert (missing.message, missing.exit_code) == ("worker tcp://w:1 lacks 'msgspec_tool'", ExitCode.USAGE)
    lost = dask._failed(OSError("gone"), "the cluster")
    assert (lost.message, lost.exit_code) == ("the connection to the scheduler is lost", ExitCode.INCOMPLETE)


def test_a_worker_that_would_print_something_else(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(job: Job, _shards: object) -> list[Any]:
        monkeypatch.setattr(campaigns, "versions", lambda: {"msgspec-tool": "0.0.9"})
        prepare(job)
        return []

    with pytest.raises(UsageError, match=r"the machine that renders has other versions .* there and 0\.0\.9 here"):
        render_by_shards(files.spec, files.options(files.folder / "plan"), elsewhere)


def test_places_that_a_worker_does_not_have(files: Files) -> None:
    def without_recipients(job: Job, _shards: object) -> list[Any]:
        files.recipients.rename(files.folder / "away.csv")
        prepare(job)
        return []

    with pytest.raises(ToolError, match="can't be read where shards are rendered: No such file"):
        render_by_shards(files.spec, files.options(files.folder / "plan"), without_recipients)
    with pytest.raises(ToolError, match="the store of the render can't be read here"):
        prepare(Job(str(files.folder / "nowhere"), "0" * 64))


def test_a_mistake_of_the_program_tells_no_data() -> None:
    try:
        int("number +447700900123")
    except ValueError as error:
        made = _internal(error)
    assert isinstance(made, ShardError)
    assert "7700" not in f"{made.message}{made.help}{made.__cause__}"
    assert sys.exc_info() == (None, None, None)
