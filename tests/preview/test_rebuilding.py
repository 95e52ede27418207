"""A page is built again when what it rests on changes, and what a build comes to is told."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from msgspec_tool.caching.watching import Noted
from msgspec_tool.errors import ToolError, UnreadableError, UsageError
from msgspec_tool.preview.rebuilding import Rebuilding


def write(file: Path, words: str) -> None:
    """Nobody reads half of it."""
    beside = file.with_suffix(".part")
    beside.write_text(words)
    beside.replace(file)


def test_each_change_gives_a_page(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    write(file, "one")

    def build(noted: Noted) -> str:
        noted.file(str(file))
        return file.read_text()

    with Rebuilding(build) as pages:
        made = iter(pages)
        assert next(made) == "one"
        write(file, "two")
        assert next(made) == "two"


def test_what_changes_while_a_page_is_built_gives_another(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    write(file, "one")

    def build(noted: Noted) -> str:
        noted.file(str(file))
        words = file.read_text()
        if words == "one":
            write(file, "two")
        return words

    with Rebuilding(build) as pages:
        made = iter(pages)
        assert [next(made), next(made)] == ["one", "two"]


def test_a_build_that_fails_is_tried_again(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    write(file, "usage")

    def build(noted: Noted) -> str:
        noted.file(str(file))
        words = file.read_text()
        if words == "usage":
            raise UsageError("not like this", help="like that")
        if words == "mistake":
            raise KeyError("a secret value")
        return words

    with Rebuilding(build) as pages:
        made = iter(pages)
        first = next(made)
        assert isinstance(first, UsageError)
        assert (first.message, first.help) == ("not like this", "like that")
        write(file, "mistake")
        second = next(made)
        assert isinstance(second, ToolError)
        assert second.message == "an internal error (KeyError); this is a mistake in msgspec-tool"
        write(file, "well")
        assert next(made) == "well"


def test_the_death_of_the_process_that_builds_is_told() -> None:
    def build(noted: Noted) -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        return ""

    with Rebuilding(build) as pages, pytest.raises(UnreadableError, match=r"the process that builds the page has ended \(-9\)"):
        next(iter(pages))
