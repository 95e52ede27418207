"""Rules at work on what changed in specs since a revision."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec_tool.diagnostics import Failure, Subject
from msgspec_tool.linting.rule_run import RuleRun
from msgspec_tool.message_changes import Review, Unrendered


def judge_changes(review: Review, runs: Mapping[str, RuleRun]) -> None:
    """Say what rules find in each change: findings join those of the spec; what could not be compared is a failure of it.

    Errors of a spec as it is now are its findings anyway.
    """
    for failure in review.failures:
        known = runs.get(failure.path)
        if known is not None and not known.failures:
            known.failures.append(failure)
    for change in review.changes:
        run = runs.get(change.path)
        if run is not None:
            run.on(Subject.CHANGE, change)
            lost = (one for one in change.unrendered if one.before or not one.diagnostics)
            run.failures += [Failure(change.path, "unreadable", _words(one)) for one in lost]


def _words(unrendered: Unrendered) -> str:
    side = "as it was" if unrendered.before else "as it is"
    help = f" ({unrendered.help})" if unrendered.help else ""
    return f"{side} it can't be compared: {unrendered.message}{help}"
