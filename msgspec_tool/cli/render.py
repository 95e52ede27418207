"""``render``: make the final request bodies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from msgspec_tool.cli.output import clock, print_bytes, print_errors, print_json, print_lines, project, said_refusal
from msgspec_tool.cli.progress import progress
from msgspec_tool.errors import ExitCode
from msgspec_tool.recipients.spooling import spooled_recipients

if TYPE_CHECKING:
    from msgspec_tool.batches.explaining import ExplainedPlan
    from msgspec_tool.rendering.options import RenderOptions
    from msgspec_tool.rendering.outcome import RenderOutcome

SHOWN = 20
"""Refused rows that are listed on a terminal; a plan's refused.jsonl has all."""


@click.command("render", short_help="make the final request bodies")
@click.argument("spec")
@click.option("--recipients", metavar="FILE", help="CSV, JSON Lines or Parquet, in place of the spec's from; - is standard input.")
@click.option("--sample", "samples", multiple=True, metavar="NAME", help="Render a sample in place of recipients; repeatable.")
@click.option("--env", "environment", metavar="NAME", help="The environment whose values templates read.")
@click.option("--now", metavar="TIME", help="The clock of the run; the present without it.")
@click.option("--channel", "channels", multiple=True, metavar="NAME", help="Only this channel; repeatable.")
@click.option("--out", metavar="DIR", help="Write a plan into this new folder.")
@click.option(
    "--format", "format_", type=click.Choice(["json", "jsonl"]), default="json", help="One indented array, or one exact body a line."
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; as many as pay without it. The bytes are the same.")
@click.option("--max-addresses", type=click.IntRange(1, 1000), metavar="N", help="Addresses in one request, at most 1,000.")
@click.option("--bulk", type=click.Choice(["mixed", "per-channel", "off"]), help="Which messages share an array.")
@click.option("--run", default="", metavar="NAME", help="Name of the run, part of a plan's identity.")
@click.option("--suppress", metavar="FILE", help="Addresses that get nothing, one a line.")
@click.option(
    "--duplicates",
    type=click.Choice(["keep", "refuse"]),
    default="keep",
    help="Rows with an address that an earlier row has: keep them, or not.",
)
@click.option("--estimate", is_flag=True, help="Say what it comes to: rows, parts, time, cost; write nothing. JSON with --format json.")
@click.option("--explain-plan", is_flag=True, help="Say which way each template takes, and why; render nothing.")
@click.option("--keep-going", is_flag=True, help="Render the other rows where some are refused; the exit code is still 1.")
@click.option("--config", metavar="FILE", help="The project file, in place of the nearest msgspec.yaml.")
@click.pass_context
def command(
    ctx: click.Context,
    spec: str,
    recipients: str | None,
    samples: tuple[str, ...],
    environment: str | None,
    now: str | None,
    channels: tuple[str, ...],
    out: str | None,
    format_: str,
    jobs: int | None,
    max_addresses: int | None,
    bulk: str | None,
    run: str,
    suppress: str | None,
    duplicates: str,
    estimate: bool,
    explain_plan: bool,
    keep_going: bool,
    config: str | None,
) -> int:
    """Make the request bodies of SPEC: to standard output, or with --out into a plan."""
    from msgspec_tool.recipients.suppressed import read_suppressed
    from msgspec_tool.rendering.options import RenderOptions

    line = progress()
    options = RenderOptions(
        now=clock(now),
        project=project(Path(spec).parent, config),
        recipients=Path(recipients) if recipients else None,
        samples=samples,
        environment=environment,
        channels=channels,
        out=Path(out) if out else None,
        jobs=jobs,
        max_addresses=max_addresses,
        bulk=bulk,
        run=run,
        keep_going=keep_going,
        suppressed=read_suppressed(Path(suppress)) if suppress else None,
        refuse_repeated=duplicates == "refuse",
        progress=line,
    )
    with ExitStack() as stack:
        if recipients == "-":
            options = replace(options, recipients=stack.enter_context(spooled_recipients(sys.stdin.buffer)))
        if line is not None:
            stack.callback(line.end)
        if estimate:
            as_json = ctx.get_parameter_source("format_") is ParameterSource.COMMANDLINE and format_ == "json"
            return _estimated(ctx, Path(spec), options, as_json=as_json)
        return _explained(ctx, Path(spec), options) if explain_plan else _rendered(ctx, Path(spec), options, format_)


def _rendered(ctx: click.Context, spec: Path, options: RenderOptions, format: str) -> int:
    from msgspec_tool.pipeline import render

    outcome = render(spec, options)
    if outcome.diagnostics:
        print_errors(outcome.diagnostics, ctx.obj or "auto")
        return ExitCode.FINDINGS
    print_lines(_refused(outcome), sys.stderr)
    if not outcome.counts.rows:
        print_lines(["there is nobody to render for: the recipients have no rows"], sys.stderr)
    if outcome.plan is not None:
        print_lines(_plan_summary(outcome))
    elif outcome.complete:
        print_bytes(lambda stream: outcome.write(stream, format))
    return ExitCode.FINDINGS if outcome.counts.refused else ExitCode.CLEAN


def _estimated(ctx: click.Context, spec: Path, options: RenderOptions, *, as_json: bool) -> int:
    from msgspec_tool.rendering.questions import estimate

    found, errors = estimate(spec, options)
    if found is None:
        print_errors(errors, ctx.obj or "auto")
        return ExitCode.FINDINGS
    if as_json:
        print_json(found.plain())
    else:
        print_lines(found.lines())
    return ExitCode.FINDINGS if found.counts.refused else ExitCode.CLEAN


def _explained(ctx: click.Context, spec: Path, options: RenderOptions) -> int:
    from msgspec_tool.rendering.questions import explain_plan

    plan, errors = explain_plan(spec, options)
    if plan is None:
        print_errors(errors, ctx.obj or "auto")
        return ExitCode.FINDINGS
    print_lines(_ways(plan))
    return ExitCode.CLEAN


def _ways(plan: ExplainedPlan) -> Iterator[str]:
    yield "rows are rendered one by one:" if plan.obstacles else "rows are rendered many at a time"
    yield from (f"  {obstacle}" for obstacle in plan.obstacles)
    if plan.bounded:
        yield "in workers with limits on memory and time, because of:"
        yield from (f"  {place}" for place in plan.bounded)
    for field in plan.fields:
        yield f"{field.name} ({field.place})"
        yield f"  {field.way}: {field.why}"
    yield "rules that are proved for all rows are not checked again" + ("; the others are:" if plan.rules else "")
    yield from (f"  {channel} {name}: {how}" for channel, name, how in plan.rules)


def _refused(outcome: RenderOutcome) -> Iterator[str]:
    for refusal in outcome.refusals[:SHOWN]:
        yield f"refused: {said_refusal(refusal)}"
    if not outcome.counts.refused:
        return
    more = outcome.counts.refused - min(len(outcome.refusals), SHOWN)
    if more > 0:
        yield f"… and {more:,} more"
    if not outcome.complete:
        yield "nothing was written: a row can't become a message (--keep-going renders the others)"


def _plan_summary(outcome: RenderOutcome) -> Iterator[str]:
    counts = outcome.counts
    yield f"plan: {outcome.plan}"
    yield f"  rows      {counts.rows:>12,}  ({counts.refused:,} refused)"
    yield f"  messages  {counts.messages:>12,}"
    yield f"  requests  {counts.requests:>12,}"
    for channel, number in sorted(counts.addresses.items()):
        skipped = counts.skipped[channel]
        yield f"  {channel:<9} {number:>12,}  addresses" + (f"  ({skipped:,} recipients have none)" if skipped else "")
    for channel, number in sorted(counts.suppressed.items()):
        yield f"  {channel:<9} {number:>12,}  addresses suppressed"
    if counts.sms_parts:
        parts = ", ".join(f"{number:,} × {part} part{'' if part == 1 else 's'}" for part, number in sorted(counts.sms_parts.items()))
        yield f"  sms parts  {parts}"
    if counts.sms_encodings["ucs2"]:
        yield f"  sms in Unicode  {counts.sms_encodings['ucs2']:,}"
