"""What commands share: where text goes, whether it is coloured, how failures are said."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from msgspec_tool.errors import ToolError, UsageError

if TYPE_CHECKING:
    import click

    from msgspec_tool.config import Project
    from msgspec_tool.diagnostics import Diagnostic, Failure
    from msgspec_tool.model import Refusal
    from msgspec_tool.reporters.screen import Screen

ARGUMENTS = "msgspec_tool.arguments"
"""Under this key a context of click holds the whole command line."""
SHOWN = 20
"""Mistakes of a project file, or refused rows, that are shown; a hostile file has thousands."""


def screen(choice: str, stream: TextIO) -> Screen:
    """What a stream is written to: colours as asked for, else on a terminal without NO_COLOR; 100 columns where it is no terminal."""
    from msgspec_tool.reporters.screen import Screen

    automatic = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(_columns(stream), choice == "always" or (choice == "auto" and automatic))


def _columns(stream: TextIO) -> int:
    wished = os.environ.get("COLUMNS", "")
    try:
        columns = int(wished) if wished.isdecimal() else os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return max(40, columns or 100)


def terminal_room() -> int | None:
    """Columns of the terminal that standard output is; None where output goes elsewhere, and lines stay as long as they are."""
    return _columns(sys.stdout) if sys.stdout.isatty() else None


def print_lines(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Lines to standard output; what its encoding lacks is written as escapes."""
    out = stream or sys.stdout
    try:
        for line in lines:
            out.write(f"{written(line, out)}\n")
    except BrokenPipeError:
        discard(out)


def written(line: str, stream: TextIO) -> str:
    """A line as a stream can take it: what its encoding lacks is written as escapes."""
    encoding = stream.encoding or "utf-8"
    return line.encode(encoding, "backslashreplace").decode(encoding)


def print_bytes(write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` put bytes on standard output."""
    try:
        sys.stdout.flush()
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        discard(sys.stdout)


def print_utf8(lines: Iterable[str]) -> None:
    """Lines for a program to read: in UTF-8 wherever they go."""
    print_bytes(lambda stream: stream.writelines(f"{line}\n".encode() for line in lines))


def print_json(value: object) -> None:
    """Indented JSON, in UTF-8 wherever it goes."""
    print_utf8([json.dumps(value, indent=2, ensure_ascii=False)])


def discard(stream: TextIO) -> None:
    """Whoever read a stream has enough: the rest goes nowhere, quietly, and the exit code stays true."""
    # a stream without a descriptor belongs to somebody's test
    with contextlib.suppress(OSError):
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def clock(text: str | None) -> datetime:
    """The run's frozen clock: ``--now``, else the present second."""
    from msgspec_tool.variables.timestamps import is_timestamp, parse_timestamp

    if text is None:
        return datetime.now(timezone.utc).replace(microsecond=0)
    instant = parse_timestamp(text) if is_timestamp(text) else None
    if instant is None:
        raise UsageError(f"--now '{text}' is not a time", help="write it as 2030-01-31T18:30:00Z")
    return instant


def here(_context: click.Context, _parameter: click.Parameter, plan: str) -> str:
    """The argument that names a plan. ``UsageError`` for a URL: what is sent must not change on the way, and is read many times."""
    from msgspec_tool.storage.remote import RemotePath, place

    found = place(plan)
    if isinstance(found, RemotePath):
        raise UsageError(f"the plan '{found}' is in shared storage", help="copy its folder to this machine's disk, and name the copy")
    return str(found)


def project(start: Path, config: str | None) -> Project:
    """The project of a folder, or the one that --config names."""
    from msgspec_tool.surroundings.project_file import load_project

    return load_project(start, Path(config) if config else None)


def given_project(config: str | None) -> Project | None:
    """The project of all files, where --config names one; without it each file has its own, the nearest above it."""
    return project(Path(), config) if config else None


def print_errors(diagnostics: Sequence[Diagnostic], color: str) -> None:
    """The errors of a spec that is not rendered because of them, to standard error."""
    from msgspec_tool.reporters.counting import counted

    print_diagnostics(diagnostics, color)
    print_lines([f"nothing was rendered: the spec has {counted(len(diagnostics), 'error')}"], sys.stderr)


def print_diagnostics(diagnostics: Sequence[Diagnostic], color: str) -> None:
    """Findings in the full form, each with a blank line after it, to standard error."""
    from msgspec_tool.reporters.full import one

    for diagnostic in diagnostics:
        print_lines([*one(diagnostic, screen=screen(color, sys.stderr)), ""], sys.stderr)


def print_unchecked(failures: Iterable[Failure]) -> None:
    """The files that could not be checked, each with the reason, to standard error."""
    from msgspec_tool.reporters.screen import escaped

    print_lines((f"not checked: {escaped(one.path)}: {escaped(one.message)}" for one in failures), sys.stderr)


def said_refusals(refusals: Sequence[Refusal], number: int) -> Iterator[str]:
    """The first rows that were refused, and how many more of the ``number`` there are."""
    shown = refusals[:SHOWN]
    yield from (f"refused: {said_refusal(refusal)}" for refusal in shown)
    if number > len(shown):
        yield f"… and {number - len(shown):,} more"


def said_refusal(refusal: Refusal) -> str:
    """Which row was refused, and why."""
    column = f", column '{refusal.column}'" if refusal.column else ""
    return f"row {refusal.row}{column}: {refusal.reason} [{refusal.code}]"


def tool_error(error: ToolError, color: str) -> None:
    """Say a failure: its message, its places, its remedy."""
    print_lines(_said(error, screen(color, sys.stderr)), sys.stderr)


def _said(error: ToolError, shown: Screen) -> Iterator[str]:
    from msgspec_tool.reporters.excerpt import Mark, excerpt
    from msgspec_tool.reporters.screen import BLUE, BOLD, RED, escaped

    yield f"{shown.paint('error', BOLD, RED)}: {shown.paint(escaped(error.message), BOLD)}"
    mistakes = getattr(error, "mistakes", ())
    for label in mistakes[:SHOWN]:
        yield f"{shown.paint('-->', BOLD, BLUE)} {escaped(label.file.place(label.span.start))}: {escaped(label.message)}"
        yield from excerpt(label.file, [Mark(label.span, primary=True, colour=RED)], shown)
    if len(mistakes) > SHOWN:
        yield f"… and {len(mistakes) - SHOWN:,} more"
    if error.help:
        yield f"{shown.paint('help', BOLD)}: {escaped(error.help)}"
