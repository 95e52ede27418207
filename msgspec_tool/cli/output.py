"""What commands share: where text goes, whether it is coloured, how failures are said."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from msgspec_tool.errors import ToolError, UsageError

if TYPE_CHECKING:
    from msgspec_tool.config import Project
    from msgspec_tool.reporters.screen import Style


def style(choice: str, stream: TextIO) -> Style:
    """Colours for a stream: as asked for, else on a terminal without NO_COLOR."""
    from msgspec_tool.reporters.screen import Style

    automatic = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(choice == "always" or (choice == "auto" and automatic))


def screen_width(stream: TextIO) -> int:
    """Columns of a terminal; 100 where output goes elsewhere."""
    return max(40, shutil.get_terminal_size((100, 24)).columns) if stream.isatty() or "COLUMNS" in os.environ else 100


def print_lines(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Lines to standard output; what its encoding lacks is written as escapes."""
    out = stream or sys.stdout
    encoding = out.encoding or "utf-8"
    for line in lines:
        out.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def print_bytes(write: Any) -> None:
    """Let ``write`` put bytes on standard output."""
    sys.stdout.flush()
    write(sys.stdout.buffer)
    sys.stdout.buffer.flush()


def clock(text: str | None) -> datetime:
    """The run's frozen clock: ``--now``, else the present second."""
    from msgspec_tool.variables.timestamps import is_timestamp, parse_timestamp

    if text is None:
        return datetime.now(timezone.utc).replace(microsecond=0)
    instant = parse_timestamp(text) if is_timestamp(text) else None
    if instant is None:
        raise UsageError(f"--now '{text}' is not a time", help="write it as 2030-01-31T18:30:00Z")
    return instant


def project(start: Path, config: str | None) -> Project:
    """The project of a folder, or the one that --config names."""
    from msgspec_tool.project_file import load_project

    return load_project(start, Path(config) if config else None)


def tool_error(error: ToolError) -> None:
    """Say a failure: its message, its places, its remedy."""
    from msgspec_tool.reporters.screen import RED, Style, escaped

    click.echo(f"error: {escaped(error.message)}", err=True)
    for label in getattr(error, "mistakes", ()):
        from msgspec_tool.reporters.excerpt import Mark, excerpt

        place = label.file.position(label.span.start)
        click.echo(f"--> {escaped(label.file.path)}:{place.line}:{place.column}: {escaped(label.message)}", err=True)
        for line in excerpt(label.file, [Mark(label.span, primary=True, colour=RED)], Style(), screen_width(sys.stderr)):
            click.echo(line, err=True)
    if error.help:
        click.echo(f"help: {escaped(error.help)}", err=True)
