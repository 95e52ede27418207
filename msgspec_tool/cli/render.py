"""``render``: make the final request bodies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from msgspec_tool.channels.limits import MAX_DESTINATIONS
from msgspec_tool.cli.options import CONFIG, ENVIRONMENT, NAMED, NOW, RUN_NAME
from msgspec_tool.cli.output import clock, print_bytes, print_errors, print_json, print_lines, project, said_refusals
from msgspec_tool.cli.progress import progress
from msgspec_tool.cli.signals import end_like_an_interrupt
from msgspec_tool.errors import ExitCode, UsageError
from msgspec_tool.recipients.spooling import spooled_recipients
from msgspec_tool.reporters.screen import escaped
from msgspec_tool.storage.remote import place

if TYPE_CHECKING:
    from msgspec_tool.batches.explaining import ExplainedPlan
    from msgspec_tool.engines.choice import EngineChoice
    from msgspec_tool.rendering.options import RenderOptions
    from msgspec_tool.rendering.outcome import RenderOutcome


@click.command("render", short_help="make the final request bodies")
@click.argument("spec", type=NAMED)
@click.option(
    "--recipients",
    type=NAMED,
    metavar="FILE",
    help="CSV, JSON Lines or Parquet, in place of the spec's from: a file or URL; - is standard input.",
)
@click.option("--sample", "samples", multiple=True, metavar="NAME", help="Render a sample in place of recipients; repeatable.")
@ENVIRONMENT
@NOW
@click.option("--channel", "channels", multiple=True, metavar="NAME", help="Only this channel; repeatable.")
@click.option("--out", type=NAMED, metavar="DIR", help="Write a plan into this new folder, or to a URL.")
@click.option(
    "--format", "format_", type=click.Choice(["json", "jsonl"]), default="json", help="One indented array, or one exact body a line."
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; as many as pay without it. The bytes are the same.")
@click.option("--max-addresses", type=click.IntRange(1, MAX_DESTINATIONS), metavar="N", help="Addresses in one request, at most 1,000.")
@click.option("--bulk", type=click.Choice(["mixed", "per-channel", "off"]), help="Which messages share an array.")
@click.option("--run", type=RUN_NAME, default="", metavar="NAME", help="Name of the run, part of a plan's identity.")
@click.option("--suppress", type=NAMED, metavar="FILE", help="Addresses that get nothing, one a line.")
@click.option(
    "--duplicates",
    type=click.Choice(["keep", "refuse"]),
    default="keep",
    help="Rows with an address that an earlier row has: keep them, or not.",
)
@click.option("--estimate", is_flag=True, help="Say what it comes to: rows, parts, time, cost; write nothing. JSON with --format json.")
@click.option("--explain-plan", is_flag=True, help="Say which way each template takes, and why; render nothing.")
@click.option("--keep-going", is_flag=True, help="Render the other rows where some are refused; the exit code is still 1.")
@CONFIG
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", help="Who renders; the plan is the same.")
@click.option(
    "--scheduler", type=NAMED, metavar="ADDRESS", help="Of a Dask cluster (tcp://host:8786); without it one of this machine's processes."
)
@click.pass_context
def command(ctx: click.Context, /, spec: str, **given: Any) -> int:
    """Make the request bodies of SPEC: to standard output, or with --out into a plan."""
    from msgspec_tool.engines.choice import EngineChoice

    end_like_an_interrupt()
    line = progress()
    options = replace(_options(Path(spec), given), progress=line)
    choice = EngineChoice(given["engine"], given["scheduler"])
    with ExitStack() as stack:
        if given["recipients"] == "-":
            if choice.scheduler is not None:
                raise UsageError("the workers of a cluster can't read this command's standard input", help="name a file with --recipients")
            options = replace(options, recipients=stack.enter_context(spooled_recipients(sys.stdin.buffer)))
        if line is not None:
            stack.callback(line.end)
        if not choice.local and (given["estimate"] or given["explain_plan"]):
            raise UsageError(f"--{'estimate' if given['estimate'] else 'explain-plan'} is for --engine local")
        if given["estimate"]:
            as_json = ctx.get_parameter_source("format_") is ParameterSource.COMMANDLINE and given["format_"] == "json"
            return _estimated(ctx, Path(spec), options, as_json=as_json)
        if given["explain_plan"]:
            return _explained(ctx, Path(spec), options)
        return _rendered(ctx, Path(spec), options, choice, given["format_"])


def _options(spec: Path, given: dict[str, Any]) -> RenderOptions:
    """The command line, without the progress that is shown."""
    from msgspec_tool.recipients.suppressed import read_suppressed
    from msgspec_tool.rendering.options import RenderOptions

    suppressed = read_suppressed(Path(given["suppress"])) if given["suppress"] else None
    if suppressed is not None and not suppressed.addresses:
        print_lines([f"'{escaped(given['suppress'])}' names nobody: no address is suppressed"], sys.stderr)
    return RenderOptions(
        now=clock(given["now"]),
        project=project(spec.parent, given["config"]),
        recipients=place(given["recipients"]) if given["recipients"] else None,
        samples=given["samples"],
        environment=given["environment"],
        channels=given["channels"],
        out=place(given["out"]) if given["out"] else None,
        jobs=given["jobs"],
        max_addresses=given["max_addresses"],
        bulk=given["bulk"],
        run=given["run"],
        keep_going=given["keep_going"],
        suppressed=suppressed,
        refuse_repeated=given["duplicates"] == "refuse",
    )


def _rendered(ctx: click.Context, spec: Path, options: RenderOptions, choice: EngineChoice, format: str) -> int:
    from msgspec_tool.engines.choice import render_with
    from msgspec_tool.variables.timestamps import format_timestamp

    try:
        outcome = render_with(spec, options, choice)
    except KeyboardInterrupt:
        if not choice.local:
            print_lines([f"finished shards are kept: the same command with --now {format_timestamp(options.now)} goes on"], sys.stderr)
        raise
    if outcome.diagnostics:
        print_errors(outcome.diagnostics, ctx.obj)
        return ExitCode.FINDINGS
    if outcome.finished_before:
        print_lines([f"{outcome.finished_before:,} shards were there from a run before: they were not rendered again"], sys.stderr)
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
        print_errors(errors, ctx.obj)
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
        print_errors(errors, ctx.obj)
        return ExitCode.FINDINGS
    print_lines(map(escaped, _ways(plan)))
    return ExitCode.CLEAN


def _ways(plan: ExplainedPlan) -> Iterator[str]:
    yield "rows are rendered one by one:" if plan.obstacles else "rows are rendered many at a time"
    yield from (f"  {obstacle}" for obstacle in plan.obstacles)
    if plan.bounded:
        yield f"{'those with long lists ' if plan.long_only else ''}in workers with limits on memory and time, because of:"
        yield from (f"  {place}" for place in plan.bounded)
    for field in plan.fields:
        yield f"{field.name} ({field.place})"
        yield f"  {field.way}: {field.why}"
    yield "rules that are proved for all rows are not checked again" + ("; the others are:" if plan.rules else "")
    yield from (f"  {channel} {name}: {how}" for channel, name, how in plan.rules)


def _refused(outcome: RenderOutcome) -> Iterator[str]:
    yield from said_refusals(outcome.refusals, outcome.counts.refused)
    if outcome.counts.refused and not outcome.complete:
        yield "nothing was written: a row can't become a message (--keep-going renders the others)"


def _plan_summary(outcome: RenderOutcome) -> Iterator[str]:
    counts = outcome.counts
    yield f"plan: {escaped(str(outcome.plan))}"
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
