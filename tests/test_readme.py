"""What README and docs show is what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from msgspec_tool.cli.main import COMMANDS
from tests.command import CHECKOUT
from tests.documents import DOCUMENTS, replay
from tests.finding_picture import PICTURE, picture

LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
each = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(CHECKOUT)))


@each
def test_commands_print_what_stands_below_them(document: Path, tmp_path: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert replay(text, tmp_path) == text


@each
def test_links_lead_somewhere(document: Path) -> None:
    missing = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_its_options(name: str) -> None:
    """What stands below is compared with what click prints."""
    shown = (CHECKOUT / "docs" / "cli.md").read_text(encoding="utf-8").splitlines()
    assert f"$ msgspec-tool {name} --help" in shown


def test_the_picture_shows_what_lint_prints() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture()


def test_a_wrong_output_is_noticed(tmp_path: Path) -> None:
    shown = "```console\n$ echo one; echo two >&2\none\nTWO\n```"
    assert replay(shown, tmp_path) == "```console\n$ echo one; echo two >&2\none\ntwo\n```"


def test_files_are_written_and_folders_stay(tmp_path: Path) -> None:
    shown = "<!-- file: a/b.txt -->\n```yaml\nx: 1\n```\n```console\n$ cd a\n$ cat b.txt\nx: 1\n$ true\n```\n"
    assert replay(shown, tmp_path) == shown
