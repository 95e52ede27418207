"""The program inside the test's own process: fast, and seen by the measurement of coverage. As :func:`tests.command.run` otherwise."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from msgspec_tool.cli import main
from tests.command import CHECKOUT


def run(*arguments: str, cwd: Path = CHECKOUT, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """``msgspec-tool`` with these arguments in a folder, without colours, 100 columns wide."""
    output, said = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    before = Path.cwd()
    os.chdir(cwd)
    try:
        with (
            mock.patch.dict(os.environ, {"NO_COLOR": "1", "COLUMNS": "100"}),
            mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))),
            mock.patch.object(sys, "stdout", output),
            mock.patch.object(sys, "stderr", said),
        ):
            code = main.run(list(arguments))
            output.flush()
            said.flush()
    finally:
        os.chdir(before)
    return subprocess.CompletedProcess(arguments, int(code), output.buffer.getvalue(), said.buffer.getvalue())  # type: ignore[attr-defined]
