"""How a case is run: in its own folder, with a fixed clock, without colours.

A case with a folder ``base`` is run in a repository whose only commit holds that, with the case's own files over it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from msgspec_tool.cli.main import program
from tests.repositories import Scratch

ROOT = Path(__file__).parent / "cases"
NOW = "2030-01-01T00:00:00Z"
INPUTS = (".msg.yaml", ".msg.yml", ".json")
EXPECTED = "expected.txt"


@dataclass(frozen=True)
class Case:
    """A folder under ``err/`` (named ``CODE-rule-name[-variant]``) or ``ok/``. A file ``args`` adds options."""

    folder: Path

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def inputs(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if path.name.endswith(INPUTS))

    @property
    def expected(self) -> Path:
        return self.folder / EXPECTED

    @property
    def differences(self) -> dict[Path, str]:
        """What the fixes change, by the file that holds it: the safe ones, and all where these change more."""
        safe, everything = (self.run("--diff", *more)[1] for more in ((), ("--unsafe-fixes",)))
        found = {self.folder / "safe.diff": safe, self.folder / "unsafe.diff": everything if everything != safe else ""}
        return {file: text for file, text in found.items() if text}

    @property
    def arguments(self) -> list[str]:
        args = self.folder / "args"
        return shlex.split(args.read_text(encoding="utf-8")) if args.exists() else []

    def run(self, *options: str) -> tuple[int, str]:
        """Exit code and standard output of ``lint`` on the case's inputs."""
        before = Path.cwd()
        with self._place() as folder:
            os.chdir(folder)
            try:
                command = ["lint", *self.inputs, "--now", NOW, *self.arguments, *options]
                result = CliRunner(env={"COLUMNS": "100"}).invoke(program, command, standalone_mode=False)
            finally:
                os.chdir(before)
        if result.exception is not None:
            raise result.exception
        return int(result.return_value), result.stdout

    @contextmanager
    def _place(self) -> Iterator[Path]:
        base = self.folder / "base"
        if not base.exists():
            yield self.folder
            return
        with tempfile.TemporaryDirectory() as name:
            scratch = Scratch.made(Path(name))
            shutil.copytree(base, scratch.folder, dirs_exist_ok=True)
            scratch.commit()
            for path in self.folder.iterdir():
                if path.is_file():
                    shutil.copy(path, scratch.folder)
            yield scratch.folder


def cases(kind: str) -> list[Case]:
    """All cases of a kind, ``err`` or ``ok``."""
    return [Case(folder) for folder in sorted((ROOT / kind).iterdir()) if folder.is_dir()]
