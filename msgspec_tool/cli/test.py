"""``test``: run the specs' own tests."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.options import CONFIG, ENVIRONMENT, NOW
from msgspec_tool.cli.output import clock, given_project, print_lines, print_utf8, screen
from msgspec_tool.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from msgspec_tool.trials.run import TrialOptions
    from msgspec_tool.verdicts import Verdicts

FORMATS = ("text", "json", "junit")


@click.command("test", short_help="run the specs' own tests")
@click.argument("paths", nargs=-1)
@click.option("--update", is_flag=True, help="Store what each sample gives in SPEC.rendered/SAMPLE.json, to be compared from then on.")
@click.option("--coverage", is_flag=True, help="Say which branches of templates no sample reaches.")
@click.option("--generate", is_flag=True, help="Print samples for branches that none reaches, and for boundaries; test nothing.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", help="What standard output gets.")
@ENVIRONMENT
@NOW
@CONFIG
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    update: bool,
    coverage: bool,
    generate: bool,
    format_: str,
    environment: str | None,
    now: str | None,
    config: str | None,
) -> int:
    """Render the samples of specs below PATHS (the current folder without any), and compare them with what their tests expect.

    Where SPEC.rendered is there, the samples' request bodies are compared with what it stores of them.
    """
    from msgspec_tool.trials.run import TrialOptions, run_trials

    if "-" in paths:
        raise UsageError("'-' is no spec with a folder: test reads files", help="name the file, or the folder that it is in")
    options = TrialOptions(
        now=clock(now),
        project=given_project(config),
        paths=paths or (".",),
        environment=environment,
        coverage=coverage,
        update=update,
    )
    if generate and update:
        raise UsageError("--generate and --update exclude each other: the one tests nothing", help="run them one after the other")
    if generate:
        return _generated(options)
    verdicts = run_trials(options)
    if format_ == "text":
        from msgspec_tool.reporters.verdict_text import verdict_text

        print_lines(verdict_text(verdicts, screen=screen(ctx.obj, sys.stdout)))
    else:
        print_utf8(_machine_lines(verdicts, format_))
    return verdicts.exit_code


def _generated(options: TrialOptions) -> int:
    """Samples to add, spec by spec, each under a comment with its path."""
    from msgspec_tool.reporters.screen import escaped
    from msgspec_tool.trials.run import run_generation

    code = ExitCode.INCOMPLETE
    for found, lines in run_generation(options):
        path = escaped(found)
        if lines is None:
            print_lines([f"# {path}: it has errors, see msgspec-tool lint {path}"])
            code = ExitCode.FINDINGS
        else:
            code = ExitCode.CLEAN if code is ExitCode.INCOMPLETE else code
            print_lines([f"# {path}", f"samples:\n{lines}".rstrip() if lines else "# nothing is missing"])
    return code


def _machine_lines(verdicts: Verdicts, name: str) -> Iterable[str]:
    if name == "junit":
        from msgspec_tool.reporters.verdict_junit import verdict_junit

        return verdict_junit(verdicts)
    from msgspec_tool.catalogue import RULE_SET
    from msgspec_tool.reporters.verdict_json import verdict_json

    return [verdict_json(verdicts, rule_set=RULE_SET)]
