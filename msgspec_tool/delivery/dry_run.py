"""What a dry run shows: what would be sent, where to, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec_tool.delivery.progress import duration
from msgspec_tool.delivery.report import states
from msgspec_tool.delivery.states import State
from msgspec_tool.delivery.submission import Submission
from msgspec_tool.delivery.submit import DryRun, SubmitOptions
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import escaped


def dry_run_plain(submission: Submission, ahead: DryRun, options: SubmitOptions) -> dict[str, Any]:
    """A dry run as plain data."""
    plan = submission.plan
    return {
        "version": 1,
        "dry_run": True,
        "plan": {
            "identity": plan.identity,
            "spec": plan.manifest.spec,
            "environment": submission.environment.name,
            "run": plan.manifest.run,
        },
        "url": submission.target.url,
        "requests": plan.requests,
        "addresses": plan.addresses,
        "channels": plan.channels,
        "kind": options.wish.kind,
        "to_send": ahead.addresses,
        "rate": ahead.rate,
        "seconds": ahead.seconds,
        "reconcilable": plan.uncorrelated == 0,
        "ledger": None if ahead.tallies is None else states(ahead.tallies),
    }


def dry_run_lines(submission: Submission, ahead: DryRun, options: SubmitOptions) -> Iterator[str]:
    """A dry run for a person."""
    plan = submission.plan
    run = f", run '{escaped(plan.manifest.run)}'" if plan.manifest.run else ""
    yield f"dry run: nothing is sent. {escaped(plan.manifest.spec)} → {submission.target.host} ({submission.environment.name}{run})"
    yield f"  requests  {plan.requests:>12,}"
    for channel, number in plan.channels.items():
        yield f"  {channel:<9} {number:>12,}  addresses"
    if ahead.tallies is not None:
        for state in State:
            if ahead.tallies[state].addresses:
                yield f"  {state.value:<9} {ahead.tallies[state].addresses:>12,}  in the ledger"
    pace = "as fast as the platform answers" if ahead.rate is None else f"at {ahead.rate:g} a second, {duration(ahead.seconds or 0)}"
    yield f"  to send   {ahead.addresses:>12,}  addresses, {pace}"
    if plan.uncorrelated:
        lack = f"{counted(plan.uncorrelated, 'address')} {'has' if plan.uncorrelated == 1 else 'have'} no correlation id"
        yield f"  {lack}: should an outcome be unknown, receipts can't settle it"
    yield from _advice(ahead, options)


def _advice(ahead: DryRun, options: SubmitOptions) -> Iterator[str]:
    left = ahead.tallies[State.PLANNED].addresses if ahead.tallies is not None else 0
    if ahead.addresses:
        yield "--confirm sends it"
    elif left and not options.wish.resume:
        yield "the plan was begun: --resume goes on with what is left"
    else:
        yield "there is nothing to send"
