"""``status``: what became of a plan."""

from __future__ import annotations

from pathlib import Path

import click

from msgspec_tool.cli.options import NAMED
from msgspec_tool.cli.output import here, print_json, print_lines
from msgspec_tool.errors import ExitCode


@click.command("status", short_help="tell what became of a plan")
@click.argument("plan", type=NAMED, callback=here)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="What standard output gets.")
def command(plan: str, format_: str) -> int:
    """Tell what the ledger knows of PLAN. Nothing is sent or changed."""
    from msgspec_tool.delivery.report import states
    from msgspec_tool.delivery.status import status, status_lines

    found = status(Path(plan))
    if format_ == "json":
        print_json(states(found.tallies))
    else:
        print_lines(status_lines(found))
    return ExitCode.CLEAN
