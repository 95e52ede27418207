"""``lint``: check specs and request bodies."""

from __future__ import annotations

from typing import Any

import click

from msgspec_tool.cli.lint_options import OPTIONS, Kind, Option, Words
from msgspec_tool.cli.lint_run import run_lint
from msgspec_tool.cli.options import NAMED
from msgspec_tool.cli.output import ARGUMENTS


def _parameter(option: Option) -> click.Option:
    types = {Kind.CHOICE: click.Choice(option.choices), Kind.COUNT: click.IntRange(min=1), Kind.NAME: NAMED}
    return click.Option(
        (option.name, option.key),
        type=types.get(option.kind),
        is_flag=option.kind is Kind.FLAG,
        multiple=option.multiple,
        default=option.absent,
        metavar=option.metavar,
        help=option.help,
    )


@click.pass_context
def _command(ctx: click.Context, /, **words: Any) -> int:
    """Check specs below PATHS (the current folder without any), and request bodies (*.json) given by name; - is standard input."""
    return run_lint(ctx.meta[ARGUMENTS], ctx.obj, Words(**words))


command = click.Command(
    "lint",
    callback=_command,
    params=[click.Argument(["paths"], nargs=-1), *map(_parameter, OPTIONS)],
    help=_command.__doc__,
    short_help="check specs and request bodies",
)
