"""Objects of a git repository, read by git: no work tree, no index, no filter, no hook and no network is used.

What is in a repository may come from a stranger. Of all of git's commands only ``rev-parse`` and ``cat-file`` run here: neither
looks at attributes, so nothing that the repository names is started.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from types import TracebackType
from typing import IO

from msgspec_tool.errors import ToolError, UnreadableError, UsageError
from msgspec_tool.source.quoting import shown

_OF_A_REPOSITORY = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
)
"""What git sets for its hooks: they mean the repository of the hook, and it is found again from the folder that is asked about."""

_SAFE = (
    "--no-pager",
    # a clone that lacks objects would fetch them
    *("-c", "protocol.allow=never"),
    # a folder that only looks like a repository, with settings that start programs
    *("-c", "safe.bareRepository=explicit"),
)

_CHUNK = 1 << 20


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_REPOSITORY}
    return {
        **kept,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C",
    }


@dataclass(frozen=True)
class Repository:
    """A repository with a work tree, whose top folder is ``root``; ``program`` is git."""

    root: str
    program: str

    @staticmethod
    def of(folder: str) -> Repository:
        """The repository that a folder belongs to. ``UsageError`` where it belongs to none, ``ToolError`` where there is no git."""
        program = shutil.which("git")
        if program is None:
            raise ToolError("git is not installed: revisions are read by it", help="install git, or put it on the PATH")
        code, out, said = _run(program, folder, "rev-parse", "--show-toplevel")
        root = os.fsdecode(out[:-1])
        if code == 0 and root:
            return Repository(root, program)
        if b"dubious ownership" in said:
            raise UsageError(
                f"git refuses to read the repository of '{shown(folder)}': it belongs to another user",
                help="let it by git config --global --add safe.directory with the folder of the repository",
            )
        raise UsageError(f"'{shown(folder)}' is in no git repository", help="run it in the folder of a clone")

    def commit(self, revision: str) -> str:
        """The hexadecimal name of the commit that a revision means. ``UsageError`` with a remedy where it means none."""
        # git takes what begins with a hyphen for an option, and lets no name of its own begin so
        if revision and not revision.startswith("-") and revision.isprintable():
            code, out, _said = _run(self.program, self.root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            if code == 0:
                return out.decode("ascii").strip()
        raise UsageError(f"there is no revision '{shown(revision)}' in this repository", help=self._remedy(revision))

    def _remedy(self, revision: str) -> str:
        if _run(self.program, self.root, "rev-parse", "--is-shallow-repository")[1].strip() == b"true":
            return "the clone is shallow: check out with fetch-depth: 0, or run git fetch --unshallow"
        if _run(self.program, self.root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")[0] != 0:
            return "the repository has no commit yet"
        if "/" in revision:
            return "fetch it first: git fetch origin; in CI check out with fetch-depth: 0"
        return "name a commit, a tag or a branch, such as origin/main"

    def objects(self) -> Objects:
        """A reader of objects; to be closed."""
        command = (self.program, *_SAFE, "cat-file", "--batch")
        try:
            process = subprocess.Popen(  # noqa: S603
                command, cwd=self.root, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise ToolError(f"git can't be started: {error.strerror}") from error
        assert process.stdin is not None
        assert process.stdout is not None
        return Objects(process, process.stdin, process.stdout)


def _run(program: str, folder: str, *arguments: str) -> tuple[int, bytes, bytes]:
    try:
        done = subprocess.run(  # noqa: S603
            (program, *_SAFE, *arguments), cwd=folder, env=_environment(), capture_output=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise ToolError(f"git can't be started in '{shown(folder)}': {error.strerror}") from error
    return done.returncode, done.stdout, done.stderr


class Objects:
    """Reads objects by their hexadecimal names, one after the other, through one process of git."""

    def __init__(self, process: subprocess.Popen[bytes], asked: IO[bytes], answers: IO[bytes]) -> None:
        self._process = process
        self._asked = asked
        self._answers = answers

    def read(self, name: str, most: int) -> bytes:
        """The bytes of an object, and one more than ``most`` where there are more. ``UnreadableError`` where it is not there."""
        try:
            self._asked.write(f"{name}\n".encode("ascii"))
            self._asked.flush()
            head = self._answers.readline().split()
        except OSError:
            head = []
        if len(head) != 3:
            raise UnreadableError(
                f"git has no object {name[:12]}: the clone is not complete",
                path=name,
                reason="missing",
                help="clone without --filter and with the whole history, or run git fetch --refetch",
            )
        size = int(head[2])
        data = self._answers.read(min(size, most + 1))
        left = size - len(data) + 1
        while left and (skipped := self._answers.read(min(left, _CHUNK))):
            left -= len(skipped)
        return data

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()
