"""Rules at work on what changed in specs since a revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec_tool.diagnostics import Failure, Subject
from msgspec_tool.linting.rule_run import RuleRun
from msgspec_tool.message_changes import Review, SpecChange, Unrendered

Comparing = Callable[[Callable[[SpecChange], object]], Review]
"""Compares the specs of a run with a revision, and tells each change to whom it is given."""


def judge_changes(compare: Comparing, runs: Mapping[str, RuleRun]) -> None:
    """Say what rules find in each change: findings join those of the spec; what could not be compared is a failure of it."""
    for failure in compare(partial(_judge, runs)).failures:
        known = runs.get(failure.path)
        if known is not None and not known.failures:
            known.failures.append(failure)


def _judge(runs: Mapping[str, RuleRun], change: SpecChange) -> None:
    """Errors of a spec as it is now are its findings anyway."""
    run = runs.get(change.path)
    if run is not None:
        run.on(Subject.CHANGE, change)
        lost = (one for one in change.unrendered if one.before or not one.diagnostics)
        run.failures += [Failure(change.path, "unreadable", _words(one)) for one in lost]


def _words(unrendered: Unrendered) -> str:
    side = "as it was" if unrendered.before else "as it is"
    help = f" ({unrendered.help})" if unrendered.help else ""
    return f"{side} it can't be compared: {unrendered.message}{help}"
