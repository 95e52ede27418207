"""The report of a run: JSON in a frozen shape (``schemas/v1/submit.schema.json``), and the same as Markdown and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec_tool import __version__
from msgspec_tool.channels.codes import CODES, PlatformCode
from msgspec_tool.delivery.answers import KNOWN
from msgspec_tool.delivery.states import State, Tally
from msgspec_tool.delivery.submission import Submission
from msgspec_tool.delivery.submit import RunResult
from msgspec_tool.reporters.counting import counted
from msgspec_tool.reporters.screen import escaped

VERSION = 1

_RECEIPTS = {entry.code: entry for entry in CODES}


def report(submission: Submission, result: RunResult, resume: str | None) -> dict[str, Any]:
    """The report as plain data; ``resume`` is the command that goes on, where there is something to go on with."""
    plan = submission.plan
    return {
        "version": VERSION,
        "tool": {"name": "msgspec-tool", "version": __version__, "rules": 1},
        "plan": {
            "identity": plan.identity,
            "spec": plan.manifest.spec,
            "environment": submission.environment.name,
            "run": plan.manifest.run,
            "host": submission.target.host,
            "requests": plan.requests,
        },
        "run": {
            "kind": result.kind,
            "started": result.started,
            "finished": result.finished,
            "retries": result.retried,
            "stopped": result.stopped,
        },
        "planned": result.planned._asdict(),
        **states(result.tallies),
        "rejected": [_refusal(code, tally) for code, tally in result.rejected],
        "unknown": [{"reason": reason, **tally._asdict()} for reason, tally in result.unknown],
        "receipts": [{"code": code, "name": _name(_RECEIPTS.get(code)), "addresses": number} for code, number in result.receipts],
        "reconcilable": plan.uncorrelated == 0,
        "resume": resume,
        "exit_code": int(result.exit_code),
    }


def states(tallies: Mapping[State, Tally]) -> dict[str, dict[str, int]]:
    """Message objects and addresses by state."""
    return {
        "messages": {state.value: tallies[state].messages for state in State},
        "addresses": {state.value: tallies[state].addresses for state in State},
    }


def _refusal(code: str, tally: Tally) -> dict[str, Any]:
    known = KNOWN.get(code)
    return {"code": code, "name": _name(known), "action": known.action if known else "", **tally._asdict()}


def _name(known: PlatformCode | None) -> str:
    return known.name if known is not None else ""


def text_lines(value: Mapping[str, Any]) -> Iterator[str]:
    """The report for a person."""
    plan, run, addresses = value["plan"], value["run"], value["addresses"]
    yield f"{escaped(plan['spec'])} → {plan['host']} ({plan['environment']})"
    yield f"  planned   {value['planned']['addresses']:>12,}  addresses in {counted(plan['requests'], 'request')}"
    for state in ("accepted", "rejected", "unknown", "skipped", "planned"):
        if addresses[state] or state in ("accepted", "rejected", "unknown"):
            yield f"  {'left' if state == 'planned' else state:<9} {addresses[state]:>12,}"
    for one in value["rejected"]:
        yield f"  rejected {one['code']} {one['name']}: {one['addresses']:,}. {one['action']}"
    for one in value["unknown"]:
        yield f"  unknown, {one['reason']}: {one['addresses']:,}"
    if addresses["unknown"] and value["reconcilable"]:
        yield "  unknown outcomes are never sent again by themselves: `msgspec-tool reconcile` settles them from delivery notifications"
    if not value["reconcilable"]:
        yield "  not every recipient has a correlation id: unknown outcomes of this plan can't be reconciled; --unknown skip|resend decides"
    if run["stopped"]:
        yield f"stopped: {run['stopped']}"
    if value["resume"]:
        yield f"to go on: {escaped(value['resume'])}"


def markdown_lines(value: Mapping[str, Any]) -> Iterator[str]:
    """The report as a short Markdown document."""
    plan, run, addresses, messages = value["plan"], value["run"], value["addresses"], value["messages"]
    yield f"# {_plain(plan['spec'])} to {_plain(plan['environment'])}"
    yield ""
    yield f"{run['started']} to {run['finished']}, plan `{plan['identity'][:12]}`, host `{plan['host']}`."
    yield ""
    yield "| state | messages | addresses |"
    yield "| --- | ---: | ---: |"
    for state in State:
        yield f"| {state.value} | {messages[state.value]:,} | {addresses[state.value]:,} |"
    yield f"| **all** | {sum(messages.values()):,} | {sum(addresses.values()):,} |"
    if value["rejected"]:
        yield ""
        yield "| refused | meaning | addresses | what to do |"
        yield "| --- | --- | ---: | --- |"
        for one in value["rejected"]:
            yield f"| {one['code']} | {_plain(one['name'])} | {one['addresses']:,} | {_plain(one['action'])} |"
    if value["unknown"]:
        yield ""
        yield "| unknown because | addresses |"
        yield "| --- | ---: |"
        for one in value["unknown"]:
            yield f"| {_plain(one['reason'])} | {one['addresses']:,} |"
    if not value["reconcilable"]:
        yield ""
        yield "Not every recipient has a correlation id: unknown outcomes can't be reconciled."
    if run["stopped"]:
        yield ""
        yield f"Stopped: {_plain(run['stopped'])}."


def _plain(text: str) -> str:
    """A text that can inject nothing into Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#&" else char for char in escaped(text))
