"""``purge``: remove the personal data of a plan."""

from __future__ import annotations

from pathlib import Path

import click

from msgspec_tool.cli.options import NAMED
from msgspec_tool.cli.output import clock, here, print_lines
from msgspec_tool.errors import ExitCode


@click.command("purge", short_help="remove the personal data of a plan")
@click.argument("plan", type=NAMED, callback=here)
@click.option("--force", is_flag=True, help="Also where something of it is still planned or unknown.")
def command(plan: str, force: bool) -> int:
    """Remove the requests and the refused rows of PLAN. The ledger stays: the plan can't be sent again by mistake."""
    from msgspec_tool.delivery.purge import purge

    removed = purge(Path(plan), clock(None), force=force)
    print_lines([f"removed {name}" for name in removed] or ["there was nothing to remove"])
    return ExitCode.CLEAN
