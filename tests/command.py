"""The program as a person runs it: a process of its own, in a folder of the test's choice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
NOW = "2030-01-01T00:00:00Z"


def environment() -> dict[str, str]:
    """The surroundings that tests fix: the checkout's package, no colour, one width, UTF-8."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(CHECKOUT),
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "MSGSPEC_CACHE_DIR": "off",
    }


def run(*arguments: str, cwd: Path = CHECKOUT) -> subprocess.CompletedProcess[bytes]:
    """``msgspec-tool`` with these arguments; both streams are kept as bytes."""
    command = [sys.executable, "-m", "msgspec_tool", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, check=False, stdin=subprocess.DEVNULL)
