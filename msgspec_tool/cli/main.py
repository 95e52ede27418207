"""The program: its commands, and what every command does with a failure. Heavy modules load only with the command that needs them."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from msgspec_tool import __version__
from msgspec_tool.cli.failures import finished, guarded, interrupted
from msgspec_tool.cli.output import ARGUMENTS, tool_error
from msgspec_tool.errors import ExitCode, ToolError
from msgspec_tool.reporters.screen import escaped

COMMANDS = {
    "init": "make a project that lints clean",
    "lint": "check specs and request bodies",
    "render": "make the final request bodies",
    "test": "run the specs' own tests",
    "diff": "tell what changed in the messages since a revision",
    "preview": "make a page that shows every message",
    "why": "tell what printed a character of a message",
    "submit": "send a plan, or a spec",
    "status": "tell what became of a plan",
    "reconcile": "settle unknown outcomes from receipts",
    "receive": "take delivery notifications for a plan",
    "purge": "remove the personal data of a plan",
    "sandbox": "run the API on this machine",
    "explain": "explain a rule or a platform code",
    "rules": "list the rules",
    "schema": "print a JSON Schema",
}
"""Each command is the module of its name; here with the line that --help shows."""


class Commands(click.Group):
    """Commands that are imported when they are run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"msgspec_tool.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; commands: {', '.join(COMMANDS)}"
            raise click.UsageError(f"there is no command '{args[0]}'{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ToolError as error:
            tool_error(error, ctx.params["color"])
            return error.exit_code


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="msgspec-tool")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours: auto follows the terminal and NO_COLOR."
)
@click.pass_context
def program(ctx: click.Context, color: str) -> int | None:
    """Messages as code for the IMIconnect (Webex Connect) Messaging API v1."""
    ctx.obj = color
    if ctx.invoked_subcommand is not None:
        return None
    click.echo(ctx.get_help(), err=True)
    return ExitCode.USAGE


def main(arguments: list[str]) -> int:
    """Run one command and hand over what it said; the exit code, which tells too when that could not be done."""
    return max(run(arguments), finished(sys.stdout), finished(sys.stderr))


def run(arguments: list[str]) -> int:
    """Run one command; every failure becomes one clear message and a named exit code."""
    return guarded(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    try:
        result = program.main(arguments, prog_name="msgspec-tool", standalone_mode=False)
        return int(result) if isinstance(result, int) else ExitCode.CLEAN
    except (click.exceptions.Abort, KeyboardInterrupt):
        return interrupted()
    except click.ClickException as error:
        return _usage(error)
    except SystemExit:
        # click's end of a help text whose reader has enough
        return ExitCode.CLEAN


def _usage(error: click.ClickException) -> int:
    message = escaped(error.format_message())
    click.echo(f"error: {message[:1].lower()}{message[1:].rstrip('.')}", err=True)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"help: {error.ctx.command_path} --help", err=True)
    return ExitCode.USAGE
