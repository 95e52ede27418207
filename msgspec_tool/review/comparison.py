"""Two sides of a spec become one change: messages side by side, and what the rules on changes say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from msgspec_tool.catalogue import select
from msgspec_tool.config import Project
from msgspec_tool.diagnostics import Diagnostic, Subject
from msgspec_tool.linting.rule_run import begun
from msgspec_tool.message_changes import UNKNOWN, MessageChange, Reached, SpecChange, Status
from msgspec_tool.model import Variable
from msgspec_tool.review.sides import Side
from msgspec_tool.review.versions import differences
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Plain
from msgspec_tool.variables.keywords import same


@dataclass(frozen=True)
class Compared:
    """A spec on both sides; a side where it is not there is None."""

    path: str
    """Where it is now; where it was, when it is gone."""
    before_path: str
    before: Side | None
    after: Side | None
    through: tuple[str, ...] = ()
    reached: Reached = UNKNOWN


def change_of(compared: Compared) -> SpecChange:
    """What changed, before rules judge it."""
    before, after = compared.before, compared.after
    spec = (after.spec if after else None) or (before.spec if before else None)
    messages = list(_messages(before or Side(), after or Side())) if _both_rendered(before, after) else []
    changed = sorted((one for one in messages if _differs(one)), key=lambda one: -one.more_parts)
    return SpecChange(
        path=compared.path,
        name=spec.shaped.name if spec is not None else "",
        status=Status.ADDED if before is None else Status.REMOVED if after is None else Status.CHANGED,
        before_path=compared.before_path,
        before=before.spec if before else None,
        after=after.spec if after else None,
        through=compared.through,
        messages=tuple(changed),
        unchanged=len(messages) - len(changed),
        reached=compared.reached,
        unrendered=tuple(one for side in (before, after) if side for one in side.unrendered),
    )


def _both_rendered(before: Side | None, after: Side | None) -> bool:
    """A side that has the spec and could not render it leaves nothing to compare with."""
    return all(side is None or side.spec is not None for side in (before, after))


def _differs(change: MessageChange) -> bool:
    return change.before is None or change.after is None or bool(change.values)


def _messages(before: Side, after: Side) -> Iterator[MessageChange]:
    """Pairs by sample and channel, in the order of what there is now. A sample that one side could not render is left out."""
    lost = {one.sample for one in (*before.unrendered, *after.unrendered)}
    shared = _variables(before).keys() & _variables(after).keys()
    for sample, channel in dict.fromkeys((*after.messages, *before.messages)):
        if sample in lost:
            continue
        old, new = before.messages.get((sample, channel)), after.messages.get((sample, channel))
        values = tuple(differences(old.content, new.content)) if old and new else ()
        data = sample in before.data and sample in after.data and not same(_of(before, sample, shared), _of(after, sample, shared))
        yield MessageChange(channel, sample, old, new, values, (after if new else before).is_generated, data)


def _variables(side: Side) -> Mapping[str, Variable]:
    return side.spec.shaped.variables if side.spec is not None else {}


def _of(side: Side, sample: str, shared: Set[str]) -> dict[str, Plain]:
    """The data of a sample, as far as both sides can read it: what has another name now is no other data."""
    declared, data = _variables(side), side.data[sample]
    return {name: data.get(name, declared[name].schema.get("default")) for name in shared}


def judged(change: SpecChange, project: Project, context: RuleContext) -> SpecChange:
    """The change with what the rules on changes find in it, as the project file has them; comments in the spec take findings away.

    ``UnreadableError`` where a rule fails.
    """
    spec = change.after
    return change if spec is None else replace(change, findings=_found(change, project, context))


def _found(change: SpecChange, project: Project, context: RuleContext) -> tuple[Diagnostic, ...]:
    assert change.after is not None
    run = begun(change.path, project, select(project.lint), context)
    run.on(Subject.CHANGE, change)
    for failure in run.failures:
        raise failure.error
    codes = {diagnostic.rule.code for diagnostic in run.found.values()}
    inspection = run.result(None, change.after.suppressions, compared=True)
    return tuple(one for one in inspection.diagnostics if one.rule.code in codes)
