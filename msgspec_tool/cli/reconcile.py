"""``reconcile``: settle unknown outcomes from delivery notifications."""

from __future__ import annotations

from pathlib import Path

import click

from msgspec_tool.cli.options import NAMED
from msgspec_tool.cli.output import clock, here, print_lines
from msgspec_tool.errors import ExitCode


@click.command("reconcile", short_help="settle unknown outcomes from receipts")
@click.argument("plan", type=NAMED, callback=here)
@click.option("--receipts", "files", multiple=True, type=NAMED, metavar="FILE", help="Delivery notifications as JSON Lines; repeatable.")
def command(plan: str, files: tuple[str, ...]) -> int:
    """Settle unknown outcomes of PLAN from the notifications that `receive` stored and those in files.

    A notification proves that a message arrived. Its absence proves nothing, and leaves the outcome unknown.
    """
    from msgspec_tool.delivery.receipts import receipts_of_file
    from msgspec_tool.delivery.reconcile import reconcile
    from msgspec_tool.delivery.states import State
    from msgspec_tool.delivery.submitted import require_submitted
    from msgspec_tool.reporters.counting import counted

    receipts = (one for file in files for one in receipts_of_file(Path(file)))
    told = reconcile(require_submitted(Path(plan)), receipts, clock(None))
    assert told.tallies is not None
    left = told.tallies[State.UNKNOWN].addresses
    lines = [f"settled {counted(told.settled, 'address')}, {left:,} unknown"]
    if files:
        lines.insert(0, f"read {counted(told.read, 'notification')}, {told.new:,} of them new")
    if told.unreadable:
        lines.insert(1, f"{counted(told.unreadable, 'line')} without a notification of a correlation id")
    print_lines(lines)
    if left:
        return ExitCode.UNSETTLED
    # a file of something else settles nothing, and must not look as if it did
    return ExitCode.INCOMPLETE if told.read and told.unreadable == told.read else ExitCode.CLEAN
