"""The program in a process of its own, with what it used: a promise about time and memory is one about that process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.command import NOW, environment

MIB = 1 << 20
SECONDS = 2.0
MEMORY = 300 * MIB
PATIENCE = 60
"""Seconds on the clock: other tests share the machine. The promise is measured in the process's own time."""


@dataclass(frozen=True)
class Run:
    """How a run ended and what it used."""

    code: int
    out: str
    err: str
    seconds: float
    memory: int

    @property
    def said(self) -> str:
        return self.out + self.err


LAUNCHER = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_pid, status, used = os.wait4(process.pid, 0)
with open(sys.argv[1], "w") as out:
    json.dump([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss * 1024], out)
"""
"""A small process that starts the program: until a child becomes the program, its memory counts as its parent's."""


def run(*arguments: str, cwd: Path, stdin: bytes = b"") -> Run:
    """``msgspec-tool`` with these arguments."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out:
        usage, errors = Path(folder) / "usage.json", Path(folder) / "errors"
        given.write(stdin)
        given.seek(0)
        command = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(usage), sys.executable, "-m", "msgspec_tool", *arguments]
        with errors.open("wb") as err:
            process = subprocess.Popen(command, cwd=cwd, env=environment(), stdin=given, stdout=out, stderr=err, start_new_session=True)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return Run(-signal.SIGKILL, "", "killed: it hangs", PATIENCE, 0)
        code, seconds, memory = json.loads(usage.read_text())
        out.seek(0)
        texts = [data.decode("utf-8", "surrogateescape") for data in (out.read(), errors.read_bytes())]
        return Run(code, *texts, seconds, memory)


def lint(*arguments: str, cwd: Path) -> Run:
    """``lint`` with a fixed clock."""
    return run("lint", *arguments, "--now", NOW, cwd=cwd)


def render(*arguments: str, cwd: Path) -> Run:
    """``render`` with a fixed clock."""
    return run("render", *arguments, "--now", NOW, cwd=cwd)


def kept_promise(done: Run, codes: tuple[int, ...]) -> None:
    """A named exit code, words for a person, and the limits of time and memory."""
    assert done.code in codes, (done.code, done.said[-2000:])
    assert "Traceback" not in done.said
    assert "internal error" not in done.said
    assert "mistake in msgspec-tool" not in done.said
    assert done.said.strip()
    assert done.seconds < SECONDS, done.seconds
    assert done.memory < MEMORY, done.memory
