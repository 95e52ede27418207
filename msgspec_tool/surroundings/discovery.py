"""Which files a run reads: specs below the given folders, and what is named outright."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from msgspec_tool.caching.file_states import PROJECT_FILE, specs_below
from msgspec_tool.diagnostics import Failure


class InputKind(Enum):
    """What a file is taken for."""

    SPEC = "spec"
    BODY = "body"


class InputFile(NamedTuple):
    """A file to check: ``path`` as a person is shown it; ``data`` where it was given (standard input, or from another machine)."""

    path: str
    kind: InputKind
    data: bytes | None = None
    beside: Path | None = None
    """The folder that it lies in, where its path does not tell."""

    @property
    def folder(self) -> Path:
        """Where its relative names begin."""
        return Path(self.path).parent if self.beside is None else self.beside


class Discovered(NamedTuple):
    """Files to check, named files that are of no kind that is checked, and what could not be read."""

    files: tuple[InputFile, ...]
    skipped: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


def discover(paths: Iterable[str], *, stdin: bytes | None = None, stdin_filename: str = "<stdin>") -> Discovered:
    """The files that paths mean, each once, in the order of their names. ``-`` is standard input.

    Below folders only specs are taken (hidden folders, virtual environments and node_modules are left out); a file that is
    named is taken as a request body when it ends in ``.json``, and as a spec when it ends in ``.yaml`` or ``.yml``. What is
    no regular file (a pipe, a device) is not read: it could be waited for without an end.
    """
    files: dict[str, InputFile] = {}
    skipped: list[str] = []
    failures: list[Failure] = []
    for path in paths:
        if path == "-":
            files[stdin_filename] = InputFile(stdin_filename, kind_of(stdin_filename) or InputKind.SPEC, stdin)
        elif os.path.isdir(path):
            for found in specs_below(path):
                if _can_be_read(found, failures):
                    files[found] = InputFile(found, InputKind.SPEC)
        elif not os.path.exists(path):
            failures.append(Failure(_posix(path), "missing", f"there is no file '{path}'"))
        else:
            kind = kind_of(path)
            if kind is None:
                skipped.append(_posix(path))
            elif _can_be_read(path, failures):
                name = _posix(os.path.normpath(path))
                files[name] = InputFile(name, kind)
    return Discovered(tuple(files[path] for path in sorted(files)), tuple(skipped), tuple(failures))


def _can_be_read(path: str, failures: list[Failure]) -> bool:
    """Whether a file is a regular one; what is not there is told when it is read."""
    try:
        regular = stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True
    if not regular:
        failures.append(Failure(_posix(path), "unreadable", f"'{path}' is no regular file"))
    return regular


def kind_of(path: str) -> InputKind | None:
    """What a file of this name is taken for, or None."""
    name = path.lower()
    if name.endswith(".json"):
        return InputKind.BODY
    # the project file is configuration: it is checked whenever it is read
    if os.path.basename(name) in (PROJECT_FILE, "msgspec.yml"):
        return None
    return InputKind.SPEC if name.endswith((".yaml", ".yml")) else None


def _posix(path: str) -> str:
    return Path(path).as_posix()
