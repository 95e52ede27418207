"""A watch notices what somebody changed, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from msgspec_tool.caching.file_states import looked_into
from msgspec_tool.caching.remembered_runs import Facts
from msgspec_tool.caching.watching import Noted, Watch


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a spec in a folder."""
    (tmp_path / "messages").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "msgspec.yaml").write_text("msgspec: 1\n")
    (tmp_path / "messages" / "one.msg.yaml").write_text("msgspec: 1\n")
    (tmp_path / "other.txt").write_text("nothing\n")
    return tmp_path


def noted(project: Path) -> Facts:
    """What a page of the project rests on: the folder of specs, one spec, a partial that is not there, its project file."""
    found = Noted()
    messages = project / "messages"
    found.paths([str(messages), str(messages / "one.msg.yaml")])
    found.project_of(str(messages))
    found.states({str(messages / "partial.txt"): looked_into(str(messages / "partial.txt"))})
    return found.facts


CHANGES: dict[str, Callable[[Path], object]] = {
    "a spec is written again": lambda project: (project / "messages/one.msg.yaml").write_text("msgspec: 2\n"),
    "a spec is moved into place": lambda project: (project / "other.txt").replace(project / "messages/one.msg.yaml"),
    "a spec goes": lambda project: (project / "messages/one.msg.yaml").unlink(),
    "a spec comes": lambda project: (project / "messages/two.msg.yaml").write_text("msgspec: 1\n"),
    "a partial comes": lambda project: (project / "messages/partial.txt").write_text("Hello"),
    "the project file changes": lambda project: (project / "msgspec.yaml").write_text("msgspec: 1\npartials: there\n"),
    "the project file goes": lambda project: (project / "msgspec.yaml").unlink(),
    "a nearer project file comes": lambda project: (project / "messages/msgspec.yaml").write_text("msgspec: 1\n"),
    "a folder takes the place of a spec": lambda project: [
        (project / "messages/one.msg.yaml").unlink(),
        (project / "messages/one.msg.yaml").mkdir(),
    ],
}
NO_CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda project: None,
    "a spec is saved as it was": lambda project: (project / "messages/one.msg.yaml").write_text("msgspec: 1\n"),
    "a spec is touched": lambda project: os.utime(project / "messages/one.msg.yaml", (1, 1)),
    "another file changes": lambda project: (project / "other.txt").write_text("something\n"),
    "another file comes": lambda project: (project / "messages/notes.txt").write_text("something\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_noticed(project: Path, change: Callable[[Path], object]) -> None:
    watch = Watch(noted(project))
    assert not watch.broken()
    change(project)
    assert watch.broken()
    assert watch.broken()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_happened_before_the_first_look(project: Path, change: Callable[[Path], object]) -> None:
    watch = Watch(noted(project))
    change(project)
    assert watch.broken()


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_is_passed_over(project: Path, change: Callable[[Path], object]) -> None:
    watch = Watch(noted(project))
    assert not watch.broken()
    change(project)
    assert not watch.broken()


def test_what_is_put_back_is_no_change(project: Path) -> None:
    spec = project / "messages/one.msg.yaml"
    watch = Watch(noted(project))
    spec.write_text("msgspec: 2\n")
    assert watch.broken()
    spec.write_text("msgspec: 1\n")
    assert not watch.broken()
