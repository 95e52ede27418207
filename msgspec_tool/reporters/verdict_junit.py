"""A test run as JUnit XML, which CI servers show: a suite for each spec, a case for each sample and for each test on a sample."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Failure
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.full import one
from msgspec_tool.reporters.screen import Screen
from msgspec_tool.reporters.verdict_text import failed, title
from msgspec_tool.reporters.xml_text import DECLARATION, content, tag
from msgspec_tool.verdicts import Case, SpecVerdict, Verdicts

_COLUMNS = 100
"""Columns of the texts inside failures."""


def verdict_junit(verdicts: Verdicts) -> Iterator[str]:
    """Lines of the document. A spec with errors, and a file that could not be read, is a suite with one case in error."""
    counts = {
        "name": "msgspec-tool",
        "tests": sum(len(spec.cases) for spec in verdicts.specs) + _broken(verdicts),
        "failures": verdicts.failed,
        "errors": _broken(verdicts),
        "time": _seconds(sum(spec.seconds for spec in verdicts.specs)),
    }
    yield DECLARATION
    yield tag("testsuites", counts)
    for spec in verdicts.specs:
        yield from _suite(spec)
    for failure in verdicts.failures:
        yield from _unread(failure)
    yield "</testsuites>"


def _broken(verdicts: Verdicts) -> int:
    return verdicts.with_errors + len(verdicts.failures)


def _suite(spec: SpecVerdict) -> Iterator[str]:
    errors = int(bool(spec.diagnostics))
    yield _suite_tag(spec.path, len(spec.cases) + errors, spec.failed, errors, spec.seconds, spec.unsent)
    for case in spec.cases:
        yield from _case(case, spec)
    if spec.diagnostics:
        lines = [line for found in spec.diagnostics for line in (*one(found, screen=Screen(_COLUMNS)), "")]
        message = f"the spec has {counted(len(spec.diagnostics), 'error')}"
        yield from _error("lint", spec.name or spec.path, "lint", message, lines)
    yield "  </testsuite>"


def _unread(failure: Failure) -> Iterator[str]:
    yield _suite_tag(failure.path, 1, 0, 1, 0.0)
    yield from _error("read", failure.path, failure.reason, failure.message, [failure.message])
    yield "  </testsuite>"


def _suite_tag(name: str, tests: int, failures: int, errors: int, seconds: float, skipped: int = 0) -> str:
    counts = {"name": name, "tests": tests, "failures": failures, "errors": errors, "skipped": skipped, "time": _seconds(seconds)}
    return tag("testsuite", counts, indent=1)


def _case(case: Case, spec: SpecVerdict) -> Iterator[str]:
    about = {"name": title(case), "classname": spec.name, "time": _seconds(case.seconds)}
    if case.passed:
        yield tag("testcase", about, indent=2, closed=True)
        return
    yield tag("testcase", about, indent=2)
    if case.unsent is not None:
        yield tag("skipped", {"message": f"not sent: {case.unsent}"}, indent=3, closed=True)
        yield "    </testcase>"
        return
    message = "; ".join(mismatch.message for mismatch in case.mismatches)
    kind = "sample" if case.name is None else "expectation"
    yield from _outcome("failure", kind, message, failed(case, screen=Screen(_COLUMNS)))
    yield "    </testcase>"


def _error(name: str, classname: str, kind: str, message: str, lines: list[str]) -> Iterator[str]:
    yield tag("testcase", {"name": name, "classname": classname, "time": _seconds(0.0)}, indent=2)
    yield from _outcome("error", kind, message, iter(lines))
    yield "    </testcase>"


def _outcome(name: str, kind: str, message: str, lines: Iterator[str]) -> Iterator[str]:
    text = "\n".join(content(line) for line in lines)
    yield f"{tag(name, {'message': message, 'type': kind}, indent=3)}{text}</{name}>"


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"
