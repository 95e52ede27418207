"""``lint`` in this process, with and without what it remembers."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from msgspec_tool.caching.remembered_runs import recalled
from msgspec_tool.cli.main import run

NOW = ("--now", "2030-01-01T00:00:00Z")


@contextlib.contextmanager
def working_in(folder: Path, cache: Path | str) -> Iterator[None]:
    """A folder to work in, and one to remember in."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        with patch.dict(os.environ, {"MSGSPEC_CACHE_DIR": str(cache), "COLUMNS": "100"}):
            yield
    finally:
        os.chdir(before)


def said(*arguments: str) -> tuple[int, str]:
    """Exit code and output of a run that checks files, or remembers what it found in them."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        return run(["lint", *arguments]), out.getvalue()


def told_again(*arguments: str) -> tuple[int, str] | None:
    """Exit code and output of a run that is remembered whole, if it is."""
    with contextlib.redirect_stdout(io.StringIO()):
        return recalled(["lint", *arguments])


def forget_runs(cache: Path) -> None:
    """Leave only what is known of single files."""
    for record in cache.glob("run-*"):
        record.unlink()
