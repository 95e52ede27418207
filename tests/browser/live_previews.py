"""``preview --serve`` as a person runs it: a process of its own, interrupted in the end."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.command import NOW, environment

PATIENCE = 20
"""Seconds that the process may take to end."""


@dataclass
class LivePreview:
    """One that listens."""

    url: str
    folder: Path
    process: subprocess.Popen[str]

    def interrupt(self) -> tuple[int, str]:
        """What Ctrl-C comes to: the exit code, and what was said."""
        self.process.send_signal(signal.SIGINT)
        _out, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


@contextlib.contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[LivePreview]:
    """The preview of a folder on a free port."""
    command = [sys.executable, "-m", "msgspec_tool", "preview", "--serve", "--port", "0", "--now", NOW, *arguments]
    with subprocess.Popen(
        command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("url: http://127.0.0.1:"), line + process.communicate(timeout=PATIENCE)[1]
            yield LivePreview(line.removeprefix("url: ").strip(), folder, process)
        finally:
            process.kill()
