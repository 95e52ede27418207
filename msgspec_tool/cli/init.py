"""``init``: a project that lints clean and renders."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.options import NAMED
from msgspec_tool.cli.output import print_lines
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.reporters.screen import escaped

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SCHEMAS = ("spec", "config")
"""The schemas that editors check a project's files with; the comments at the top of those files name them."""


@click.command("init", short_help="make a project that lints clean")
@click.argument("folder", type=NAMED, metavar="[DIR]", default=".")
def command(folder: str) -> int:
    """Make a project in DIR, by default the current folder: a project file, one message with its recipients, and what editors,
    pre-commit and CI want.

    Files that are there already are left as they are.
    """
    target = Path(folder)
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise UsageError(f"'{folder}' is a file", help="name a folder; it is made where there is none")
    kept: dict[str, bytes] = {}
    for path, content in sorted(_files()):
        written = _write(target / path, content)
        print_lines([f"{'created' if written else 'kept   '} {escaped((target / path).as_posix())}"])
        if not written:
            kept[path.as_posix()] = content
    sys.stdout.flush()
    print_lines(_next_steps(target, kept), sys.stderr)
    return 0


def _files() -> Iterator[tuple[PurePosixPath, bytes]]:
    from msgspec_tool.resources import project_template
    from msgspec_tool.schema.registry import bundled

    yield from _below(project_template(), PurePosixPath())
    for name in SCHEMAS:
        text = json.dumps(bundled(name), indent=2, ensure_ascii=False)
        yield PurePosixPath("schemas", f"{name}.schema.json"), f"{text}\n".encode()


def _below(folder: Traversable, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
    for entry in folder.iterdir():
        name = f".{entry.name[4:]}" if entry.name.startswith("dot-") else entry.name
        if entry.is_dir():
            yield from _below(entry, path / name)
        else:
            yield path / name, entry.read_bytes()


def _write(file: Path, content: bytes) -> bool:
    """Write a new file; False where the name is taken, even by a link that leads nowhere."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        if os.path.isdir(file.parent):
            return False
        raise _unwritten(file.parent, "a file of this name is in the way") from None
    except OSError as error:
        raise _unwritten(file, str(error.strerror)) from error
    return True


def _unwritten(path: Path, reason: str) -> UnreadableError:
    return UnreadableError(f"'{path}' can't be made: {reason}", path=str(path), reason="unreadable")


def _next_steps(target: Path, kept: dict[str, bytes]) -> Iterator[str]:
    if kept:
        yield ""
        yield (
            "one file was there already and is as it was"
            if len(kept) == 1
            else f"{len(kept)} files were there already and are as they were"
        )
    if _differs(target / ".gitignore", kept.get(".gitignore")):
        yield "see that .gitignore leaves out plans and recipients: they hold the data of real people"
    yield ""
    yield "next:"
    if target.resolve() != Path.cwd().resolve():
        yield f"  cd {shlex.quote(escaped(str(target)))}"
    yield "  msgspec-tool lint"
    yield "  msgspec-tool render messages/welcome.msg.yaml --env sandbox"


def _differs(file: Path, content: bytes | None) -> bool:
    try:
        return content is not None and file.read_bytes() != content
    except OSError:
        return True
