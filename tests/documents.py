"""Documentation that is executed.

A ```` ```console ```` block holds commands after ``$ `` and below each what it printed, both streams together. The blocks of a
document run in order, in one folder made for it; ``cd`` stays in force. A block of any other language runs not; where a comment
``<!-- file: PATH -->`` stands on the line above it, its text is written to that file first.
"""

from __future__ import annotations

import fcntl
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.command import CHECKOUT, environment

FENCE = re.compile(r"^```(\w*)\s*$")
FILE = re.compile(r"^<!-- file: (\S+) -->\s*$")

DOCUMENTS = (CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md")))


@dataclass
class Session:
    """A shell in a folder of its own that knows ``msgspec-tool``."""

    folder: Path
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        self.here = self.folder / "home"
        self.here.mkdir()
        programs = self.folder / "bin"
        programs.mkdir()
        program = programs / "msgspec-tool"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m msgspec_tool "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        base = environment()
        self.environment = {**base, "PATH": f"{programs}:{base.get('PATH', '')}", "HOME": str(self.here)}

    def write(self, name: str, text: str) -> None:
        """Put a file under the current folder."""
        path = self.here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def say(self, command: str) -> list[str]:
        """What a command prints, line by line."""
        if command.startswith("cd "):
            self.here = (self.here / command[3:].strip()).resolve()
            return []
        result = subprocess.run(
            ["bash", "-c", command],
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return [line.rstrip() for line in result.stdout.decode().rstrip("\n").split("\n")] if result.stdout.strip() else []


def replay(text: str, folder: Path) -> str:
    """The document with every output replaced by what its command prints now."""
    session = Session(folder)
    with _alone() if "msgspec-tool sandbox --" in text else nullcontext():
        return "\n".join(_replayed(iter(text.split("\n")), session))


@contextmanager
def _alone() -> Iterator[None]:
    """One document at a time on this machine has the sandbox's port."""
    with (Path(tempfile.gettempdir()) / "msgspec-documents.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replayed(lines: Iterator[str], session: Session) -> Iterator[str]:
    previous = ""
    for line in lines:
        yield line
        opening = FENCE.match(line)
        if opening:
            block = list(_block(lines))
            file = FILE.match(previous)
            if file:
                session.write(file[1], "".join(f"{one}\n" for one in block))
            yield from _executed(block, session) if opening[1] == "console" else block
            yield "```"
        previous = line


def _block(lines: Iterator[str]) -> Iterator[str]:
    """The lines up to the closing fence, which is taken too."""
    for line in lines:
        if line == "```":
            return
        yield line


def _executed(block: list[str], session: Session) -> Iterator[str]:
    for line in block:
        if line.startswith("$ "):
            yield line
            yield from session.say(line[2:])
