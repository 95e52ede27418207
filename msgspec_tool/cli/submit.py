"""``submit``: send a plan, or a spec by way of a plan."""

from __future__ import annotations

import contextlib
import getpass
import json
import math
import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from msgspec_tool.cli.failures import guarded
from msgspec_tool.cli.options import CONFIG, NAMED, RUN_NAME
from msgspec_tool.cli.output import clock, here, print_json, print_lines, project
from msgspec_tool.cli.signals import end_like_an_interrupt
from msgspec_tool.errors import ExitCode, UnreadableError, UsageError

if TYPE_CHECKING:
    from msgspec_tool.config import Environment, Project
    from msgspec_tool.delivery.submission import Submission
    from msgspec_tool.delivery.submit import DryRun, RunResult, SubmitOptions


@dataclass(frozen=True)
class _Asked:
    """The command line."""

    what: Path
    environment: str | None
    recipients: str | None
    now: str | None
    run: str | None
    config: str | None
    confirm: bool
    ca_file: str | None
    key_file: str | None
    report: str | None
    format: str

    @property
    def is_spec(self) -> bool:
        if not os.path.exists(self.what):
            words = f"there is no plan or spec '{self.what}'"
            help = "`msgspec-tool render SPEC --out DIR` makes a plan"
            raise UnreadableError(words, path=str(self.what), reason="missing", help=help)
        return self.what.is_file()


class _Rate(click.FloatRange):
    """A number that time can be divided by."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"'{value}' is not a number of destinations.", param, ctx)
        return number


@click.command("submit", short_help="send a plan, or a spec")
@click.argument("what", type=NAMED, metavar="PLAN|SPEC", callback=here)
@click.option(
    "--env", "environment", type=NAMED, metavar="NAME", help="The environment to send to; of a plan the one that it was rendered for."
)
@click.option("--recipients", type=NAMED, metavar="FILE", help="Of a SPEC: CSV or JSON Lines, in place of its from.")
@click.option("--now", type=NAMED, metavar="TIME", help="Of a SPEC: the clock of its rendering.")
@click.option("--run", type=RUN_NAME, metavar="NAME", help="Of a SPEC: the name of the run; a new name sends the same again on purpose.")
@click.option("--confirm", is_flag=True, help="Send; without it nothing leaves this machine.")
@click.option("--resume", is_flag=True, help="Go on with what is still planned.")
@click.option("--only", type=click.Choice(["failed"]), help="Send what was refused once more.")
@click.option("--unknown", type=click.Choice(["skip", "resend"]), help="Decide about every unknown outcome.")
@click.option("--bisect", is_flag=True, help="Halve requests that are refused as a whole, down to the addresses that cause it.")
@click.option("--canary", type=click.IntRange(min=1), metavar="N", help="Send to the first N addresses, then stop for a decision.")
@click.option("--rate", type=_Rate(min=0, min_open=True), metavar="N", help="Destinations a second, at most the environment's.")
@click.option("--max-recipients", type=click.IntRange(min=0), metavar="N", help="Refuse to reach more addresses than this.")
@click.option("--jobs", type=click.IntRange(1, 64), default=4, metavar="N", help="Requests in flight (4).")
@click.option("--ca-file", type=NAMED, metavar="FILE", help="The certificate authority of a private endpoint.")
@click.option("--key-file", type=NAMED, metavar="FILE", help="Holds the service key, readable by its owner only; in place of the variable.")
@click.option("--report", type=NAMED, metavar="FILE", help="The report as JSON (report.json in the plan); a summary goes beside it as .md.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="What standard output gets.")
@CONFIG
def command(what: str, **given: Any) -> int:
    """Send PLAN, or what SPEC renders to: a dry run unless --confirm. A message object is never sent twice by itself."""
    from msgspec_tool.delivery.submit import SubmitOptions
    from msgspec_tool.delivery.wishes import Wish

    if given["report"] and Path(given["report"]).suffix == ".md":
        raise UsageError(f"--report '{given['report']}' is the name of the summary", help="name the JSON file; the summary goes beside it")
    names = ("environment", "recipients", "now", "run", "config", "confirm", "ca_file", "key_file", "report")
    asked = _Asked(Path(what), **{name: given[name] for name in names}, format=given["format_"])
    wish = Wish(given["resume"], given["only"] == "failed", given["unknown"], given["bisect"], given["canary"])
    options = SubmitOptions(wish, given["rate"], given["max_recipients"], given["jobs"], _user())
    return _submit_spec(asked, options) if asked.is_spec else _submit_plan(asked, options)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def _submit_plan(asked: _Asked, options: SubmitOptions) -> int:
    from msgspec_tool.delivery.plan import read_manifest
    from msgspec_tool.delivery.submission import open_submission

    for name, value in (("--recipients", asked.recipients), ("--now", asked.now), ("--run", asked.run)):
        if value is not None:
            raise UsageError(f"{name} is for a spec: a plan is sent as it was rendered", help="`msgspec-tool render` makes another plan")
    manifest = read_manifest(asked.what)
    known = _project(asked)
    environment = _environment(known, asked.environment or manifest.environment)
    return _run(asked, open_submission(asked.what, environment, known.root, clock(None), ca_file=_path(asked.ca_file)), options)


def _submit_spec(asked: _Asked, options: SubmitOptions) -> int:
    """Render into the project's store of plans; with a known identity it goes on with the plan that is stored there."""
    from msgspec_tool.cli.submit_spec import SpecToSend, stored_plan

    known = _project(asked)
    environment = _environment(known, asked.environment or (next(iter(known.environments)) if len(known.environments) == 1 else ""))
    recipients, ca_file = _path(asked.recipients), _path(asked.ca_file)
    spec = SpecToSend(asked.what, known, environment, clock(asked.now), asked.run or "", recipients, ca_file)
    with stored_plan(spec, keep=asked.confirm) as submission:
        return _run(asked, submission, _going_on(submission, options))


def _going_on(submission: Submission, options: SubmitOptions) -> SubmitOptions:
    """A spec that was submitted before goes on where its plan stopped, unless a canary waits for a decision."""
    from contextlib import closing
    from dataclasses import replace

    from msgspec_tool.delivery.ledger import Ledger
    from msgspec_tool.delivery.wishes import Wish

    if options.wish != Wish() or not submission.begun:
        return options
    with closing(Ledger(submission.registry.ledger_path(submission.plan.identity))) as ledger:
        return options if ledger.last_child() == "canary" else replace(options, wish=Wish(resume=True))


def _project(asked: _Asked) -> Project:
    """The project above the plan or spec, else that of the current folder."""
    start = asked.what.parent if asked.is_spec else asked.what
    found = project(start, asked.config)
    return found if found.file is not None else project(Path(), asked.config)


def _environment(known: Project, name: str) -> Environment:
    if name not in known.environments:
        choices = ", ".join(known.environments)
        said = f"there is no environment '{name}'" if name else "no environment is named"
        none = "the project file has none" if known.file is not None else "there is no project file here: --config names it"
        raise UsageError(said, help=f"the project has {choices}: name one with --env" if choices else none)
    return known.environments[name]


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _run(asked: _Asked, submission: Submission, options: SubmitOptions) -> int:
    from msgspec_tool.delivery.submit import dry_run

    ahead = dry_run(submission, options)
    if not asked.confirm:
        _show_dry_run(asked, submission, ahead, options)
        return ExitCode.CLEAN
    result = _sent(asked, submission, options, ahead)
    # where nothing can be said, the exit code is all that tells what became of people
    return max(result.exit_code, guarded(lambda: _show_result(asked, submission, result, nothing_left=not ahead.addresses)))


def _sent(asked: _Asked, submission: Submission, options: SubmitOptions, ahead: DryRun) -> RunResult:
    from dataclasses import replace

    from msgspec_tool.delivery.credentials import credentials
    from msgspec_tool.delivery.progress import Progress
    from msgspec_tool.delivery.submit import send
    from msgspec_tool.delivery.wire import Wire

    where = submission.target
    secret = credentials(submission.environment, loopback=where.loopback, key_file=_path(asked.key_file), time=options.clock.time)
    progress = Progress(ahead.addresses, _say, options.clock.monotonic, sys.stderr.isatty())
    wire = Wire(where, secret, options.jobs)
    end_like_an_interrupt()
    try:
        return send(submission, replace(options, told=progress.told, begun=progress.begin, waiting=_say_waiting), wire)
    finally:
        progress.end()
        wire.close()


def _say_waiting() -> None:
    _say("\ninterrupted: waiting for the answers to what is on its way; a second interrupt leaves them unknown\n")


def _say(text: str) -> None:
    # a terminal that went away stops no run: what was sent is in the ledger
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()


def _show_dry_run(asked: _Asked, submission: Submission, ahead: DryRun, options: SubmitOptions) -> None:
    from msgspec_tool.delivery.dry_run import dry_run_lines, dry_run_plain

    if asked.format == "json":
        print_json(dry_run_plain(submission, ahead, options))
    else:
        print_lines(dry_run_lines(submission, ahead, options))


def _show_result(asked: _Asked, submission: Submission, result: RunResult, *, nothing_left: bool) -> int:
    from msgspec_tool.delivery.report import markdown_lines, report, text_lines
    from msgspec_tool.reporters.screen import escaped

    value = report(submission, result, _resume(asked, submission, result))
    file = _path(asked.report) or submission.plan.folder / "report.json"
    _write(file, json.dumps(value, indent=2, ensure_ascii=False) + "\n")
    _write(file.with_suffix(".md"), "".join(f"{line}\n" for line in markdown_lines(value)))
    if asked.format == "json":
        print_json(value)
    else:
        before = ["nothing was sent: there was nothing left to send"] if nothing_left else []
        print_lines([*text_lines(value), *before, f"report: {escaped(_from_here(file))}"])
    return ExitCode.CLEAN


def _from_here(file: Path) -> str:
    """A file below the current folder as seen from it, any other one as it is."""
    seen = os.path.relpath(file)
    return str(file) if seen.startswith(os.pardir) else seen


def _write(path: Path, text: str) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        # what was sent is in the ledger; the exit code of the run must not be lost for a report
        print_lines([f"warning: the report '{path}' can't be written: {error.strerror or error}"], sys.stderr)


def _resume(asked: _Asked, submission: Submission, result: RunResult) -> str | None:
    """The command that goes on, where something is still planned."""
    from msgspec_tool.delivery.states import State

    if not result.tallies[State.PLANNED].addresses:
        return None
    given = (("--env", asked.environment), ("--ca-file", asked.ca_file), ("--key-file", asked.key_file), ("--config", asked.config))
    options = [part for name, value in given if value for part in (name, value)]
    return shlex.join(["msgspec-tool", "submit", str(submission.plan.folder), *options, "--resume", "--confirm"])
