"""Scratch repositories: the same files give the same commits, whatever the settings of the machine are."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_WHO = {"NAME": "A", "EMAIL": "a@example.com", "DATE": "2030-01-01T00:00:00Z"}
SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in _WHO.items()},
}


@dataclass(frozen=True)
class Scratch:
    """A repository in a folder."""

    folder: Path

    @staticmethod
    def made(folder: Path, *options: str) -> Scratch:
        """A repository without a commit."""
        folder.mkdir(parents=True, exist_ok=True)
        scratch = Scratch(folder)
        scratch.git("init", "--quiet", "--initial-branch", "main", *options)
        return scratch

    def git(self, *arguments: str, given: str = "") -> str:
        """What a command of git prints."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(command, cwd=self.folder, env={**kept, **SETTINGS}, input=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Put files into the work tree; None removes one."""
        for name, content in files.items():
            path = self.folder / name
            if content is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files: Mapping[str, str | bytes | None] | None = None) -> str:
        """Commit the whole work tree, with these files; the commit's name."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "a commit")
        return self.git("rev-parse", "HEAD").strip()
