from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from tests.cli.inside import run as run_here


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A new project, beside programs that are called as on a runner; ``pip`` only writes down what it is asked for."""
    assert run_here("init", "shop", cwd=tmp_path).returncode == 0
    (tmp_path / "bin").mkdir()
    for name, line in {
        "msgspec-tool": f'exec {shlex.quote(sys.executable)} -m msgspec_tool "$@"',
        "python": f'echo "python $*" >> {shlex.quote(str(tmp_path / "installed"))}',
        "pip": f'echo "pip $*" >> {shlex.quote(str(tmp_path / "installed"))}',
    }.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path / "shop"
