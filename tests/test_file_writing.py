"""Files that are written whole: what is no regular file stays what it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from msgspec_tool.file_writing import write_private, write_whole


@pytest.mark.parametrize("write", [write_whole, write_private])
def test_a_pipe_is_written_to_and_stays_a_pipe(write: Callable[[Path, bytes], None], tmp_path: Path) -> None:
    pipe = tmp_path / "page.html"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(pipe, b"whole")
        assert os.read(reader, 100) == b"whole"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert os.listdir(tmp_path) == ["page.html"]
