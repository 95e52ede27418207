"""What every format says of one set of runs: folders under ``tests/formats``, each a small project with what is expected of it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from msgspec_tool import __version__
from msgspec_tool.reporters.registry import FORMATS
from tests.cli.inside import run
from tests.command import NOW

ROOT = Path(__file__).parent / "formats"


@dataclass(frozen=True)
class Run:
    """A folder whose files are linted; a file ``args`` holds options, ``expected`` a file for each format."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def arguments(self) -> list[str]:
        args = self.folder / "args"
        return shlex.split(args.read_text(encoding="utf-8")) if args.exists() else []

    def expected(self, name: str) -> Path:
        return self.folder / "expected" / name

    def reports(self, work: Path) -> dict[str, str]:
        """What each format writes, all in one run; the version of the program is left out."""
        outputs = [f"--output={name}={work / name}" for name in FORMATS]
        result = run("lint", *self.arguments, "--now", NOW, *outputs, cwd=self.folder)
        assert result.stderr == b"", result.stderr.decode()
        return {
            name: (work / name).read_text(encoding="utf-8").replace(f'ersion": "{__version__}"', 'ersion": "0.0.0"') for name in FORMATS
        }


def runs() -> list[Run]:
    """All of them, in order of their folders."""
    return [Run(folder) for folder in sorted(ROOT.iterdir()) if folder.is_dir()]
