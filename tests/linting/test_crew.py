"""Work in several processes: every result once, and a process that dies costs one piece of work."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from msgspec_tool import lint_pipeline
from msgspec_tool.linting import crew as lint_crew
from msgspec_tool.linting.crew import processes, spread
from msgspec_tool.source.text import SourceFile
from tests.cache_runs import NOW, said, told_again, working_in
from tests.children import forked, is_gone

DEAD = "the process that checked it was ended by signal 9"


def dying(*over: int, number: int = signal.SIGKILL) -> Callable[[int], bytes]:
    def work(item: int) -> bytes:
        if item in over:
            os.kill(os.getpid(), number)
        return bytes([item]) * item

    return work


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_result_once(jobs: int) -> None:
    assert dict(spread(dying(), range(20), jobs)) == {item: bytes([item]) * item for item in range(20)}


def test_results_larger_than_a_pipe() -> None:
    assert dict(spread(lambda item: b"x" * 300_000 * item, range(4), 2)) == {item: b"x" * 300_000 * item for item in range(4)}


def test_a_process_that_dies_costs_one_piece_of_work() -> None:
    found = dict(spread(dying(0, 3, 9), range(10), 2))
    assert found == {item: DEAD if item in (0, 3, 9) else bytes([item]) * item for item in range(10)}


def test_all_of_them_die() -> None:
    assert dict(spread(dying(*range(4)), range(4), 2)) == dict.fromkeys(range(4), DEAD)


def test_how_it_ended_is_said() -> None:
    assert list(spread(dying(1, number=signal.SIGXCPU), [1], 1)) == [(1, "it took more than 120 seconds of computing")]
    assert list(spread(lambda item: bytes(item // 0), [1], 1)) == [(1, "the process that checked it ended with status 1")]


def test_a_result_that_nobody_waits_for_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    children = forked(monkeypatch)
    results = spread(dying(), range(10), 2)
    next(results)
    results.close()
    assert len(children) == 2
    assert all(is_gone(child) for child in children)


def test_an_endless_check_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint_crew, "MOST_SECONDS", 1)

    def endless(item: int) -> bytes:
        while item:
            pass
        return b"done"

    assert dict(spread(endless, [0, 1], 1)) == {0: b"done", 1: "it took more than 1 seconds of computing"}


@pytest.mark.parametrize(
    ("files", "wanted", "expected"), [(0, None, 1), (10, None, 1), (3, 5, 3), (10, 1, 1), (10_000, 2, 2), (10_000, None, None)]
)
def test_how_many_processes_pay(files: int, wanted: int | None, expected: int | None) -> None:
    assert processes(files, wanted) == (expected or len(os.sched_getaffinity(0)))


def test_without_forks_there_is_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert processes(1000, 4) == 1


def test_a_file_that_kills_its_process_is_not_checked_and_the_others_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcdef":
        (tmp_path / f"{name}.msg.yaml").write_text(f"msgspec: 1\nname: {name}\n", encoding="utf-8")
    examine, parent = lint_pipeline.examine, os.getpid()

    def deadly(file: object, *rest: object) -> object:
        if file.path == "d.msg.yaml" and os.getpid() != parent:  # type: ignore[attr-defined]
            os.kill(os.getpid(), signal.SIGKILL)
        return examine(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(lint_pipeline, "examine", deadly)
    with working_in(tmp_path, tmp_path / "cache"):
        code, text = said(*NOW, "--jobs", "2")
        assert told_again(*NOW, "--jobs", "2") is None
        again = said(*NOW, "--jobs", "2")
    assert code == 3
    assert f"not checked: d.msg.yaml: the file could not be checked: {DEAD}\n" in text
    assert all(f"--> {name}.msg.yaml:1:1\n" in text for name in "abcef")
    assert "in 6 files (5 checked, 1 not checked)" in text.splitlines()[-1]
    assert again[0] == 1
    assert "6 checked" in again[1]


def test_a_file_that_changes_on_the_way_is_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / f"{name}.msg.yaml").write_text(f"msgspec: 1\nname: {name}\n", encoding="utf-8")
    examine, parent = lint_pipeline.examine, os.getpid()

    def changing(file: object, *rest: object) -> object:
        found = examine(file, *rest)  # type: ignore[arg-type]
        if os.getpid() != parent:
            (tmp_path / file.path).write_text("msgspec: 1\nname: [\n", encoding="utf-8")  # type: ignore[attr-defined]
        return found

    with working_in(tmp_path, tmp_path / "cache"):
        monkeypatch.setattr(lint_pipeline, "examine", changing)
        found = said(*NOW, "--jobs", "2")
        monkeypatch.setattr(lint_pipeline, "examine", examine)
        assert found == said(*NOW, "--no-cache", "--jobs", "1")


def test_a_file_that_is_gone_on_the_way_is_not_checked(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.msg.yaml").symlink_to(tmp_path / "nowhere" if name > "a" else __file__)
    with working_in(tmp_path, tmp_path / "cache"):
        assert said(*NOW, "--jobs", "2") == said(*NOW, "--no-cache", "--jobs", "1")
        assert said(*NOW)[0] == 3


def test_findings_in_an_unknown_file_are_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / f"{name}.msg.yaml").write_text(f"msgspec: 1\nname: {name}\n", encoding="utf-8")
    examine = lint_pipeline.examine

    def elsewhere(file: object, *rest: object) -> object:
        found = examine(file, *rest)  # type: ignore[arg-type]
        for key, one in found.run.found.items():
            found.run.found[key] = one._replace(finding=one.finding._replace(file=SourceFile("elsewhere", "text")))
        return found

    monkeypatch.setattr(lint_pipeline, "examine", elsewhere)
    with working_in(tmp_path, tmp_path / "cache"):
        plain = said(*NOW, "--no-cache", "--jobs", "1")
        assert "--> elsewhere:1:1" in plain[1]
        assert said(*NOW, "--jobs", "2") == plain
        assert said(*NOW) == plain
