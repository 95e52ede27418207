"""Runs of ``lint --as-api``: folders under ``tests/as_api``, each with files and what is printed of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.cli.inside import run
from tests.command import NOW

ROOT = Path(__file__).parent / "as_api"
EXPECTED = "expected.txt"


@dataclass(frozen=True)
class AnswerRun:
    """A folder: all its specs and bodies are asked about at once."""

    folder: Path

    @property
    def expected(self) -> Path:
        return self.folder / EXPECTED

    def said(self) -> str:
        """Exit code, standard output and standard error."""
        inputs = sorted(file.name for file in self.folder.iterdir() if file.name.endswith((".json", ".msg.yaml")))
        result = run("lint", *inputs, "--as-api", "--now", NOW, cwd=self.folder)
        return f"exit: {result.returncode}\n{result.stdout.decode()}--\n{result.stderr.decode()}"


def answer_runs() -> list[AnswerRun]:
    """All of them, in order of their folders."""
    return [AnswerRun(folder) for folder in sorted(ROOT.iterdir()) if folder.is_dir()]
