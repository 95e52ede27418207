"""The form of a test run for people: a line for each spec, failures with their place, branches that no sample reaches."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.excerpt import Mark, excerpt
from msgspec_tool.reporters.full import one
from msgspec_tool.reporters.screen import BLUE, BOLD, GREEN, RED, YELLOW, Screen, escaped
from msgspec_tool.reporters.word_diff import word_diff
from msgspec_tool.source.document import Plain
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.verdicts import EQUALS, STORED, Case, Coverage, Mismatch, SpecVerdict, StoredChanges, Unreached, Verdicts


def verdict_text(verdicts: Verdicts, *, screen: Screen) -> Iterator[str]:
    """Lines of the whole run."""
    for spec in verdicts.specs:
        yield from _spec(spec, screen)
    for failure in verdicts.failures:
        yield f"{screen.paint('not tested', BOLD, RED)}: {escaped(failure.path)}: {escaped(failure.message)}"
    yield from _totals(verdicts, screen)


def _spec(spec: SpecVerdict, screen: Screen) -> Iterator[str]:
    yield f"{escaped(spec.path)}: {_counts(spec, screen)}{_branches(spec.coverage)}{_stored(spec.stored)}"
    for word, paths in (("stored", spec.stored.written), ("removed", spec.stored.removed)) if spec.stored else ():
        yield from (f"  {word} {escaped(path)}" for path in paths)
    blocks = [list(one(diagnostic, screen=screen)) for diagnostic in spec.diagnostics]
    blocks += [list(failed(case, screen=screen)) for case in spec.cases if case.mismatches]
    blocks += [list(_unsent(case, screen)) for case in spec.cases if case.unsent is not None]
    blocks += [list(_unreached(branch, screen)) for branch in (spec.coverage.unreached if spec.coverage else ())]
    for block in blocks:
        yield from ("", *block)
    if blocks:
        yield ""


def _counts(spec: SpecVerdict, screen: Screen) -> str:
    if spec.diagnostics:
        return screen.paint(f"not tested: {counted(len(spec.diagnostics), 'error')}", BOLD, RED)
    if not spec.cases:
        return screen.paint("nothing to test: no samples and no tests", YELLOW)
    return _results(spec.passed, spec.failed, spec.unsent, screen)


def _results(passed: int, failed: int, unsent: int, screen: Screen) -> str:
    parts = [screen.paint(f"{passed} passed", GREEN)] if passed or not failed else []
    parts += [screen.paint(f"{failed} failed", BOLD, RED)] if failed else []
    return ", ".join([*parts, screen.paint(f"{unsent} not sent", YELLOW)] if unsent else parts)


def _branches(coverage: Coverage | None) -> str:
    if coverage is None:
        return ""
    return f"; branches: {coverage.reached} of {coverage.total}" if coverage.total else "; no branches"


def _stored(changes: StoredChanges | None) -> str:
    if changes is None:
        return ""
    counts = ((len(changes.written), "stored"), (len(changes.removed), "removed"), (changes.unchanged, "as stored"))
    words = ", ".join(f"{number} {word}" for number, word in counts if number)
    return f"; renderings: {words}" if words else ""


def failed(case: Case, *, screen: Screen) -> Iterator[str]:
    """The lines of a case that fails: each mismatch with its place, and for texts what differs."""
    head = screen.paint("failed", BOLD, RED)
    yield f"{head}: {screen.paint(escaped(title(case)), BOLD)}"
    if case.data is not None:
        yield _data(case, screen)
    for mismatch in case.mismatches:
        yield from _place(mismatch.message, mismatch.file, mismatch.span, RED, screen)
        yield from _compared(mismatch, screen)


def title(case: Case) -> str:
    """What a case is called: the test's name and its sample."""
    sample = f"sample '{case.sample}'" if case.data is None else f"generated sample '{case.sample}'"
    if case.name is None:
        return sample
    return f"{case.name} ({sample})" if case.sample is not None else case.name


def _unsent(case: Case, screen: Screen) -> Iterator[str]:
    """A row like this would be refused, and that may be right."""
    yield f"{screen.paint('not sent', BOLD, YELLOW)}: {screen.paint(escaped(title(case)), BOLD)}: {escaped(case.unsent or '')}"
    yield _data(case, screen)


def _data(case: Case, screen: Screen) -> str:
    values = ", ".join(f"{name} = {shown(_value(value))}" for name, value in (case.data or {}).items())
    return f"  = {screen.paint('with', BOLD)}: {escaped(values)}"


def _value(value: Plain) -> str:
    return f"'{value}'" if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _place(message: str, file: SourceFile, span: Span, colour: int, screen: Screen) -> Iterator[str]:
    yield f"{screen.paint('-->', BOLD, BLUE)} {escaped(file.place(span.start))}: {escaped(message)}"
    yield from excerpt(file, [Mark(span, primary=True, colour=colour)], screen)


def _compared(mismatch: Mismatch, screen: Screen) -> Iterator[str]:
    """Texts stand below the place in full; of other values the message says everything."""
    comparison = mismatch.comparison
    if comparison is None:
        return
    expected, got = comparison.expected, comparison.got
    if comparison.form not in (EQUALS, STORED):
        if isinstance(got, str):
            yield f"  = {screen.paint('got', BOLD)}: {escaped(got)}"
    elif (isinstance(expected, str) and isinstance(got, str)) or isinstance(expected, list):
        label = "stored" if comparison.form == STORED else "expected"
        before, after = word_diff(_text(expected), _text(got), screen=screen)
        yield f"  = {screen.paint(label, BOLD)}: {before}"
        yield f"  = {screen.paint('got', BOLD)}:{' ' * (len(label) - 2)}{after}"


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _unreached(branch: Unreached, screen: Screen) -> Iterator[str]:
    head = screen.paint("not reached", BOLD, YELLOW)
    yield f"{head}: {screen.paint(escaped(branch.words), BOLD)}"
    yield f"{screen.paint('-->', BOLD, BLUE)} {escaped(branch.file.place(branch.span.start))}"
    yield from excerpt(branch.file, [Mark(branch.span, primary=True, colour=YELLOW)], screen)


def _totals(verdicts: Verdicts, screen: Screen) -> Iterator[str]:
    """The last line: what was found, and in how many specs."""
    if not verdicts.specs and not verdicts.failures:
        yield screen.paint("nothing was tested: no spec was found (files end in .msg.yaml)", BOLD, RED)
        return
    tested = sum(bool(spec.cases) for spec in verdicts.specs)
    unsent = sum(spec.unsent for spec in verdicts.specs)
    results = _results(verdicts.passed, verdicts.failed, unsent, screen) if tested else screen.paint("nothing was tested", BOLD, RED)
    found = len(verdicts.specs) + len(verdicts.failures) + verdicts.skipped
    counts = [
        (tested, "tested"),
        (verdicts.with_errors, "with errors"),
        (sum(spec.is_empty for spec in verdicts.specs), "with nothing to test"),
        (len(verdicts.failures), "not read"),
        (verdicts.skipped, "skipped"),
    ]
    looked_at = ", ".join(f"{number} {words}" for number, words in counts if number)
    if any(_differs(case) for spec in verdicts.specs for case in spec.cases):
        differ = screen.paint("renderings differ", BOLD)
        yield f"{differ}: compare with the --env that they were stored with; what is meant, --update stores"
    yield f"{results} in {counted(found, 'file')} ({looked_at}){_branches(verdicts.coverage)}"


def _differs(case: Case) -> bool:
    return any(one.comparison is not None and one.comparison.form == STORED for one in case.mismatches)
