"""``lint``: check specs and request bodies."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from msgspec_tool.cli.lint_against import compared_with
from msgspec_tool.cli.lint_cache import lint_memory, remembered
from msgspec_tool.cli.lint_changes import FixChoice, applied, shown_differences, without_known, written_baseline
from msgspec_tool.cli.output import ARGUMENTS, clock, print_lines, project, screen_width, style
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.reporters.registry import FORMATS, Presentation
from msgspec_tool.reporters.screen import Style, escaped

if TYPE_CHECKING:
    from msgspec_tool.diagnostics import Diagnostic, LintReport, Severity
    from msgspec_tool.lint_pipeline import LintOptions


@click.command("lint", short_help="check specs and request bodies")
@click.argument("paths", nargs=-1)
@click.option("--select", multiple=True, metavar="RULES", help="Only these: names, codes, families or profiles, comma-separated.")
@click.option("--ignore", multiple=True, metavar="RULES", help="All but these.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "info", "never"]), default="error", help="Exit with 1 from this severity on."
)
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="full", help="What standard output gets.")
@click.option("--output", multiple=True, metavar="FORMAT=FILE", help="Write a report to a file too; repeatable.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes, then check again.")
@click.option("--unsafe-fixes", "unsafe", is_flag=True, help="With --fix or --diff: those too that may change what is meant.")
@click.option("--diff", is_flag=True, help="Print what the fixes would change, and change nothing.")
@click.option("--baseline", metavar="FILE", help="Leave out the findings that are known.")
@click.option("--write-baseline", metavar="FILE", help="Write what is found now as known.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of listing them.")
@click.option("--as-api", is_flag=True, help="Print what the platform would answer to each request instead of findings.")
@click.option("--env", "environment", metavar="NAME", help="Check against one environment; without it against all.")
@click.option("--recipients", metavar="FILE", help="The file whose columns destination templates may read.")
@click.option("--against", metavar="REV", help="Say too what changes since a git revision break, and what they cost.")
@click.option("--now", metavar="TIME", help="The clock of the run; the present without it.")
@click.option("--config", metavar="FILE", help="The project file, in place of the nearest msgspec.yaml.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; as many as pay without it.")
@click.option("--no-cache", is_flag=True, help="Check everything again, and remember nothing.")
@click.option("--stdin-filename", default="<stdin>", metavar="PATH", help="What to call standard input (-).")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    format_: str,
    output: tuple[str, ...],
    fix: bool,
    unsafe: bool,
    diff: bool,
    baseline: str | None,
    write_baseline: str | None,
    statistics: bool,
    as_api: bool,
    environment: str | None,
    recipients: str | None,
    against: str | None,
    now: str | None,
    config: str | None,
    jobs: int | None,
    no_cache: bool,
    stdin_filename: str,
) -> int:
    """Check specs below PATHS (the current folder without any), and request bodies (*.json) given by name; - is standard input."""
    from msgspec_tool.lint_pipeline import LintOptions, lint

    outputs = [_output(entry) for entry in output]
    choice = _choice(fix, unsafe, diff, alone=not (outputs or baseline or write_baseline or statistics or as_api))
    clocked = clock(now)
    options = LintOptions(
        now=clocked,
        memory=None if no_cache or against else lint_memory(ctx.meta[ARGUMENTS], clocked, config, fixed_clock=now is not None),
        project=project(Path(), config) if config else None,
        paths=paths or (".",),
        stdin=_standard_input() if "-" in paths else None,
        stdin_filename=stdin_filename,
        select=_names(select),
        ignore=_names(ignore),
        environment=environment,
        recipients=_existing(recipients),
        jobs=jobs,
    )
    options = compared_with(options, against) if against is not None else options
    if diff:
        return shown_differences(options, choice, ctx.obj or "auto")
    options, report = applied(options, choice) if fix else (options, lint(options))
    if write_baseline:
        return written_baseline(report, Path(write_baseline))
    report = without_known(report, Path(baseline)) if baseline else report
    shown = _presentation(_threshold(fail_on))
    stream = _stream(options, fix=fix)
    terminal = replace(shown, style=style(ctx.obj or "auto", stream), screen=screen_width(stream))
    if as_api:
        _print_answers(report, {stdin_filename: options.stdin} if options.stdin is not None else {})
    else:
        lines = _statistics(report) if statistics else FORMATS[format_](report, terminal)
        print_lines(lines if fix or baseline or outputs else remembered(lines, options, report, shown.fail_on), stream)
    _write(report, outputs, shown)
    return report.exit_code(shown.fail_on)


def _stream(options: LintOptions, *, fix: bool) -> TextIO:
    """Where the report goes: fixed standard input is on standard output already."""
    return sys.stderr if fix and options.stdin is not None else sys.stdout


def _choice(fix: bool, unsafe: bool, diff: bool, *, alone: bool) -> FixChoice:
    if diff and (fix or not alone):
        raise UsageError("--diff prints differences alone", help="leave out --fix, --output, --statistics, --as-api and the baseline")
    return FixChoice(fix, unsafe, diff)


def _standard_input() -> bytes:
    from msgspec_tool.source.text import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _threshold(fail_on: str) -> Severity | None:
    from msgspec_tool.diagnostics import Severity

    return None if fail_on == "never" else Severity[fail_on.upper()]


def _presentation(fail_on: Severity | None) -> Presentation:
    from msgspec_tool.catalogue import RULE_SET

    return Presentation(_fingerprints, RULE_SET, fail_on)


def _fingerprints(diagnostics: Sequence[Diagnostic]) -> Sequence[str]:
    from msgspec_tool.fingerprints import fingerprints

    return fingerprints(diagnostics)


def _names(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for entry in given for name in entry.split(",") if name.strip())


def _existing(path: str | None) -> Path | None:
    if path is not None and not os.path.isfile(path):
        raise UsageError(f"--recipients: there is no file '{path}'")
    return Path(path) if path else None


def _output(entry: str) -> tuple[str, Path]:
    name, separator, file = entry.partition("=")
    if not separator or name not in FORMATS or not file:
        raise UsageError(f"--output '{entry}' is not FORMAT=FILE", help=f"formats: {', '.join(FORMATS)}")
    return name, Path(file)


def _statistics(report: LintReport) -> Iterator[str]:
    counts = Counter((one.rule.code, one.rule.name) for one in report.diagnostics)
    for (code, name), number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{number:>6}  {code}  {name}"
    from msgspec_tool.reporters.full import summary

    yield from summary(report, style=Style())


def _print_answers(report: LintReport, given: Mapping[str, bytes]) -> None:
    """A line for each file, ``null`` where no request would be sent: why is said to the person."""
    from msgspec_tool.answers import answers

    for answer in answers(report, given):
        print_lines([json.dumps(answer.value, ensure_ascii=False)])
        if answer.value is None:
            sys.stdout.flush()
            print_lines([f"no request: {escaped(answer.path)}: {escaped(answer.reason)}"], sys.stderr)


def _write(report: LintReport, outputs: Iterable[tuple[str, Path]], shown: Presentation) -> None:
    for name, file in outputs:
        try:
            with file.open("w", encoding="utf-8", newline="\n") as stream:
                print_lines(FORMATS[name](report, shown), stream)
        except OSError as error:
            raise UnreadableError(f"'{file}' can't be written: {error.strerror}", path=str(file), reason="unreadable") from error
