"""A run of ``lint``: what is checked, how it is told, what is written besides."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec_tool.cli.lint_cache import lint_memory, remembered
from msgspec_tool.cli.output import clock, given_project, print_lines, screen
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.reporters.registry import FORMATS, Presentation
from msgspec_tool.reporters.screen import Screen, escaped

if TYPE_CHECKING:
    from msgspec_tool.cli.lint_options import Words
    from msgspec_tool.diagnostics import Diagnostic, LintReport, Severity
    from msgspec_tool.lint_pipeline import LintOptions


def run_lint(arguments: Sequence[str], color: str, words: Words) -> int:
    """One run, by what the command line says; ``arguments`` is the whole of it. The exit code."""
    outputs = [_output(entry) for entry in words.output]
    alone = not (outputs or words.baseline or words.write_baseline or words.statistics or words.as_api)
    _refuse_contradictions(words, alone=alone)
    options = _options(arguments, words)
    if words.against is not None:
        from msgspec_tool.cli.lint_against import compared_with

        options = compared_with(options, words.against)
    if words.diff:
        from msgspec_tool.cli.lint_fixes import shown_differences

        return shown_differences(options, unsafe=words.unsafe, colour=color)
    options, report = _checked(options, words)
    if words.write_baseline:
        from msgspec_tool.cli.lint_baseline import written_baseline

        return written_baseline(report, Path(words.write_baseline))
    threshold = _threshold(words.fail_on)
    shown = _presentation(threshold)
    # fixed standard input is on standard output already
    stream = sys.stderr if words.fix and options.stdin is not None else sys.stdout
    terminal = shown._replace(screen=screen(color, stream))
    if words.as_api:
        _print_answers(report, {words.stdin_filename: options.stdin} if options.stdin is not None else {})
    else:
        lines = _statistics(report) if words.statistics else FORMATS[words.format_](report, terminal)
        print_lines(lines if words.fix or words.baseline or outputs else remembered(lines, options, report, threshold), stream)
    _write(report, outputs, shown)
    return report.exit_code(threshold)


def _checked(options: LintOptions, words: Words) -> tuple[LintOptions, LintReport]:
    """What is found, without what is known; with ``--fix`` it is mended first, and the options are for what is there then."""
    if words.fix:
        from msgspec_tool.cli.lint_fixes import applied

        options, report = applied(options, unsafe=words.unsafe)
    else:
        from msgspec_tool.lint_pipeline import lint

        report = lint(options)
    if words.baseline and not words.write_baseline:
        from msgspec_tool.cli.lint_baseline import without_known

        report = without_known(report, Path(words.baseline))
    return options, report


def _options(arguments: Sequence[str], words: Words) -> LintOptions:
    from msgspec_tool.lint_pipeline import LintOptions

    now = clock(words.now)
    return LintOptions(
        now=now,
        memory=None if words.no_cache or words.against else lint_memory(arguments, now, words.config, fixed_clock=words.now is not None),
        project=given_project(words.config),
        paths=words.paths or (".",),
        stdin=_standard_input() if "-" in words.paths else None,
        stdin_filename=words.stdin_filename,
        select=_names(words.select),
        ignore=_names(words.ignore),
        environment=words.environment,
        recipients=_recipients(words.recipients),
        jobs=words.jobs,
    )


def _refuse_contradictions(words: Words, *, alone: bool) -> None:
    if words.diff and (words.fix or not alone):
        raise UsageError("--diff prints differences alone", help="leave out --fix, --output, --statistics, --as-api and the baseline")
    if words.unsafe and not (words.fix or words.diff):
        raise UsageError("--unsafe-fixes says which fixes, but not what to do with them", help="add --fix or --diff")


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


def _recipients(path: str | None) -> Path | None:
    if path is None:
        return None
    if not os.path.isfile(path):
        raise UsageError(f"--recipients: there is no file '{path}'")
    from msgspec_tool.recipients.files import kind_of

    kind_of(Path(path))
    return Path(path)


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

    yield from summary(report, screen=Screen())


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
