"""``why``: which source printed a character of a message, and whose data brought it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.options import CONFIG, ENVIRONMENT, NAMED, NOW
from msgspec_tool.cli.output import clock, print_errors, print_lines, print_utf8, project, said_refusal, screen

if TYPE_CHECKING:
    from msgspec_tool.origins import Origin


@click.command("why", short_help="tell what printed a character of a message")
@click.argument("spec", type=NAMED)
@click.argument("pointer", metavar="POINTER[OFFSET]")
@click.option("--sample", metavar="NAME", help="The sample whose message is meant; the first one without it.")
@click.option("--recipients", type=NAMED, metavar="FILE", help="CSV or JSON Lines, in place of the spec's from.")
@click.option("--row", type=click.IntRange(min=1), metavar="N", help="The row of the recipients whose message is meant.")
@ENVIRONMENT
@NOW
@click.option("--channel", metavar="NAME", help="The channel whose message is meant, where several have the value.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="What standard output gets.")
@CONFIG
@click.pass_context
def command(
    ctx: click.Context,
    spec: str,
    pointer: str,
    sample: str | None,
    recipients: str | None,
    row: int | None,
    environment: str | None,
    now: str | None,
    channel: str | None,
    format_: str,
    config: str | None,
) -> int:
    """Tell where a value of SPEC's message comes from, or one character of it.

    POINTER is a JSON Pointer into the message, such as /channels/sms/text, or the place where the spec writes the value,
    such as channels.sms.text. [17] behind it is the character at that offset, counted from 0.
    """
    from msgspec_tool.provenance.answer import why
    from msgspec_tool.rendering.options import RenderOptions

    options = RenderOptions(
        now=clock(now),
        project=project(Path(spec).parent, config),
        recipients=Path(recipients) if recipients else None,
        samples=(sample,) if sample is not None else (),
        environment=environment,
        channels=(channel,) if channel is not None else (),
    )
    answer = why(Path(spec), pointer, options, row)
    if answer.diagnostics:
        print_errors(answer.diagnostics, ctx.obj)
    if answer.origin is not None:
        _print(answer.origin, format_, ctx.obj)
    if answer.refusal is not None:
        print_lines([f"refused: {said_refusal(answer.refusal)}"], sys.stderr)
    return answer.exit_code


def _print(origin: Origin, format_: str, color: str) -> None:
    if format_ == "json":
        from msgspec_tool.reporters.origin_json import origin_json

        print_utf8([origin_json(origin)])
    else:
        from msgspec_tool.reporters.origin_text import origin_text

        print_lines(origin_text(origin, screen=screen(color, sys.stdout)))
