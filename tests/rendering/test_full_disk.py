"""A disk that takes no more ends a render with the place that is full; nothing is left there."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from msgspec_tool.engines.local import LocalEngine
from msgspec_tool.errors import UnreadableError
from msgspec_tool.file_writing import ROOM, room_in
from msgspec_tool.pipeline import render
from msgspec_tool.recipients.repeated import AddressLog
from msgspec_tool.shards.renders import render_by_shards
from msgspec_tool.stages.emit import PartFile, Spool
from tests.shards.campaign_files import Files, campaign


def full(kept: Any, *_: object) -> None:
    next(stream for name, stream in vars(kept).items() if name in ("stream", "_stream", "_file")).close()
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    for kind in (PartFile, Spool, AddressLog):
        monkeypatch.setattr(kind, "add", full)
    return campaign(tmp_path / "c")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_plan_names_its_folder(files: Files, jobs: int) -> None:
    before = sorted(files.folder.rglob("*"))
    with pytest.raises(UnreadableError) as caught:
        render(files.spec, files.options(files.folder / "plan", jobs=jobs))
    assert caught.value.message == f"'{files.folder / 'plan'}' can't be written: No space left on device"
    assert sorted(files.folder.rglob("*")) == before


@pytest.mark.parametrize("repeated", [False, True])
def test_temporary_files_name_the_variable_that_says_where_they_are(files: Files, repeated: bool) -> None:
    with pytest.raises(UnreadableError) as caught:
        render(files.spec, files.options(None, refuse_repeated=repeated))
    assert (caught.value.message, caught.value.help) == (f"'{tempfile.gettempdir()}' can't be written: No space left on device", ROOM)


def test_shards_name_the_folder_that_they_are_kept_in(files: Files) -> None:
    before = sorted(files.folder.rglob("*"))
    with pytest.raises(UnreadableError, match=r"\.plan\.shards/[0-9a-f]{32}' can't be written: No space left on device"):
        render_by_shards(files.spec, files.options(files.folder / "plan"), LocalEngine(2))
    assert sorted(files.folder.rglob("*")) == before


def test_other_failures_stay_what_they_are() -> None:
    with pytest.raises(PermissionError), room_in("here"):
        raise PermissionError(errno.EACCES, "no")
