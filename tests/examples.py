"""The examples that ship with the program, and what they have to render to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.command import CHECKOUT, NOW, run

FOLDER = CHECKOUT / "specs_examples"
ENVIRONMENT = "production"


@dataclass(frozen=True)
class Example:
    """One folder: a spec, its data, and the request bodies that it gives."""

    spec: Path

    @property
    def name(self) -> str:
        return self.spec.parent.name

    @property
    def expected(self) -> Path:
        return self.spec.parent / "expected" / "requests.jsonl"

    def render(self, *arguments: str, format: str = "jsonl") -> bytes:
        """Standard output of ``render``; anything but success fails with what the program said."""
        spec = str(self.spec.relative_to(CHECKOUT))
        result = run("render", spec, "--format", format, "--env", ENVIRONMENT, "--now", NOW, *arguments)
        assert result.returncode == 0, f"{self.name}: exit {result.returncode}\n{result.stdout.decode()}{result.stderr.decode()}"
        return result.stdout


def examples() -> Iterator[Example]:
    """All of them, in order of their folders."""
    for spec in sorted(FOLDER.glob("*/*.msg.yaml")):
        yield Example(spec)
