"""``preview --serve`` on the command line: what it refuses to begin with. What it shows is looked at in ``tests/browser``."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.inside import run
from tests.cli.projects import CLEAN, files

NO_MOON = "error: there is no environment 'moon'"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_taken_port(tmp_path: Path, taken: int) -> None:
    files(tmp_path, hello_msg_yaml=CLEAN)
    result = run("preview", "--serve", "--port", str(taken), cwd=tmp_path)
    said = f"error: port {taken} of 127.0.0.1 can't be taken: Address already in use\nhelp: --port 0 takes a free one\n"
    assert (result.returncode, result.stdout, result.stderr.decode()) == (2, b"", said)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--port", "0"], 2, "error: --port is for --serve\n"),
        (
            ["--serve", "--out", "page.html"],
            2,
            "error: --serve writes no file, and --out names one\nhelp: run preview without --serve to write it\n",
        ),
        (
            ["--serve", "--port", "65536"],
            2,
            "error: invalid value for '--port': 65536 is not in the range 0<=x<=65535\nhelp: msgspec-tool preview --help\n",
        ),
        (["--serve", "--port", "0", "empty"], 3, "error: there is nothing to show: no spec was found\nhelp: specs end in .msg.yaml\n"),
        (["--serve", "--port", "0", "nowhere"], 3, "error: there is no file 'nowhere'\n"),
        (["--serve", "--port", "0", "--env", "moon"], 2, f"{NO_MOON}\nhelp: the project file has no environments\n"),
        (["--serve", "--port", "0", "--sample", "moon"], 2, "error: no spec has a sample 'moon'\n"),
        (
            ["--serve", "--port", "0", "--config", "moon.yaml"],
            2,
            "error: there is no project file 'moon.yaml'\nhelp: --config names a msgspec.yaml\n",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_it_does_not_begin_with(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    files(tmp_path, hello_msg_yaml=CLEAN)
    (tmp_path / "empty").mkdir()
    result = run("preview", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr.decode()) == (code, b"", said)
    assert not (tmp_path / "page.html").exists()
