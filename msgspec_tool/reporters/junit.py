"""Findings as JUnit XML, which CI servers show: a suite for each file, a case for each finding."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec_tool.diagnostics import Diagnostic, Failure, LintReport, Severity
from msgspec_tool.reporters.xml_text import DECLARATION, content, tag


def junit(report: LintReport, *, fail_on: Severity | None) -> Iterator[str]:
    """Lines of the document. A case fails where its finding fails the run; one that does not says its finding as output.

    A file without findings is a suite with one case that passes, one that could not be read a suite with one case in error.
    """
    failing = sum(_fails(one, fail_on) for one in report.diagnostics)
    by_path = {path: list(found) for path, found in groupby(report.diagnostics, key=lambda one: one.finding.file.path)}
    unread = _unread(report)
    paths = sorted({*report.files, *by_path})
    tests = sum(len(by_path.get(path, ())) or 1 for path in paths) + len(unread)
    yield DECLARATION
    yield tag("testsuites", {"name": "msgspec-tool lint", "tests": tests, "failures": failing, "errors": len(unread)})
    for path in paths:
        yield from _suite(path, by_path.get(path, []), fail_on)
    for failure in unread:
        yield from _not_checked(failure)
    yield "</testsuites>"


def _unread(report: LintReport) -> tuple[Failure, ...]:
    if report.checked or report.failures:
        return report.failures
    return (Failure(".", "nothing", "nothing was checked: no spec was found"),)


def _fails(diagnostic: Diagnostic, fail_on: Severity | None) -> bool:
    return fail_on is not None and diagnostic.severity >= fail_on


def _suite(path: str, found: list[Diagnostic], fail_on: Severity | None) -> Iterator[str]:
    failing = sum(_fails(one, fail_on) for one in found)
    yield _opening(path, len(found) or 1, failing, 0)
    for one in found:
        yield from _case(one, fails=_fails(one, fail_on))
    if not found:
        yield tag("testcase", {"name": "no findings", "classname": path}, indent=2, closed=True)
    yield "  </testsuite>"


def _opening(path: str, tests: int, failures: int, errors: int) -> str:
    return tag("testsuite", {"name": path, "tests": tests, "failures": failures, "errors": errors, "skipped": 0}, indent=1)


def _case(diagnostic: Diagnostic, *, fails: bool) -> Iterator[str]:
    finding, rule = diagnostic.finding, diagnostic.rule
    place = finding.file.position(finding.span.start)
    lines = [f"{finding.file.place(finding.span.start)}: {diagnostic.severity.word}[{rule.name}] {rule.code}: {finding.message}"]
    lines += [f"help: {finding.help}"] if finding.help else []
    text = "\n".join(content(line) for line in lines)
    yield tag("testcase", {"name": f"{rule.code} {rule.name} at {place.line}:{place.column}", "classname": finding.file.path}, indent=2)
    if fails:
        yield f"{tag('failure', {'message': finding.message, 'type': diagnostic.severity.word}, indent=3)}{text}</failure>"
    else:
        yield f"{tag('system-out', {}, indent=3)}{text}</system-out>"
    yield "    </testcase>"


def _not_checked(failure: Failure) -> Iterator[str]:
    yield _opening(failure.path, 1, 0, 1)
    yield tag("testcase", {"name": "not checked", "classname": failure.path}, indent=2)
    opening = tag("error", {"message": failure.message, "type": failure.reason}, indent=3)
    yield f"{opening}{content(failure.message)}</error>"
    yield "    </testcase>"
    yield "  </testsuite>"
