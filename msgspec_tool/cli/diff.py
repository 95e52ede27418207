"""``diff``: what changed in the messages since a revision."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.options import CONFIG, ENVIRONMENT, NAMED
from msgspec_tool.cli.output import clock, given_project, print_lines, print_utf8, screen
from msgspec_tool.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from msgspec_tool.message_changes import Review

FORMATS = ("text", "json", "markdown", "html")


@click.command("diff", short_help="tell what changed in the messages since a revision")
@click.argument("paths", nargs=-1)
@click.option("--base", default="HEAD", type=NAMED, metavar="REV", help="The git revision to compare with; HEAD without it.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", help="What standard output gets.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where something differs.")
@ENVIRONMENT
@click.option("--now", type=NAMED, metavar="TIME", help="The clock of both sides; the present without it.")
@CONFIG
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    base: str,
    format_: str,
    exit_code: bool,
    environment: str | None,
    now: str | None,
    config: str | None,
) -> int:
    """Render the samples of specs below PATHS (the current folder without any) as they were at a revision and as they are, and tell
    what differs: what breaks first, then what costs.
    """
    from msgspec_tool.review.run import ReviewOptions, run_review

    if "-" in paths:
        raise UsageError("'-' is no spec of a repository: diff reads files", help="name the file, or the folder that it is in")
    clocked = clock(now)
    review = run_review(ReviewOptions(clocked, base, paths or (".",), environment, given_project(config)))
    if format_ == "text":
        from msgspec_tool.reporters.change_text import change_text

        print_lines(change_text(review, screen=screen(ctx.obj, sys.stdout)))
    else:
        print_utf8(_machine_lines(review, format_, clocked))
    return review.exit_code(differences_fail=exit_code)


def _machine_lines(review: Review, name: str, now: datetime) -> Iterable[str]:
    if name == "markdown":
        from msgspec_tool.reporters.change_markdown import change_markdown

        return change_markdown(review)
    if name == "html":
        from msgspec_tool.preview.change_views import review_view
        from msgspec_tool.preview.page_html import PageWriter

        return [PageWriter(now).changes(review_view(review))]
    from msgspec_tool.catalogue import RULE_SET
    from msgspec_tool.reporters.change_json import change_json

    return [change_json(review, rule_set=RULE_SET)]
