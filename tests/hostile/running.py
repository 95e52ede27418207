"""The program in a process of its own, with what it used: a promise about time and memory is one about that process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
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


def run(*arguments: str, cwd: Path, stdin: bytes = b"") -> Run:
    """``msgspec-tool`` with these arguments."""
    command = [sys.executable, "-m", "msgspec_tool", *arguments]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        process = subprocess.Popen(command, cwd=cwd, env=environment(), stdin=given, stdout=out, stderr=err)
        # The watch ends a run that hangs; wait4 alone says what this one child used.
        watch = threading.Timer(PATIENCE, process.kill)
        watch.start()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.cancel()
        watch.join()
        out.seek(0)
        err.seek(0)
        seconds = used.ru_utime + used.ru_stime
        texts = [stream.read().decode("utf-8", "surrogateescape") for stream in (out, err)]
        return Run(process.returncode, *texts, seconds, used.ru_maxrss * 1024)


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
