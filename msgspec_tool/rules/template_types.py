"""TPL: what the analysis of templates for all data finds: operations without a result, tests without a choice, silent gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Severity, Subject, rule
from msgspec_tool.model import AnalysedSpec
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.source.text import Span

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.observations import Spot, Trouble

_MOST_QUOTED = 30

MOST_STEPS = 100_000
"""Steps of a loop over data that is as long as its declaration allows."""


def _found(field: Field, spot: Spot, message: str, help: str | None, **rest: object) -> Finding:
    related = () if spot.file is None else (Label("used here", field.file, field.span),)
    file = spot.file or field.file
    span = Span(spot.start, spot.end) if spot.file is not None else field.text_span(spot.start, spot.end)
    return Finding(file, span, message, None if spot.file else field.path, related=related, help=help, **rest)  # type: ignore[arg-type]


def _failed(spec: AnalysedSpec, kind: Trouble) -> Iterator[Finding]:
    """Operations that fail for every value with which they are met, on every path; those of a partial once."""
    said: set[tuple[Spot, str]] = set()
    for field, analysis in spec.failing:
        for spot, attempt in analysis.result.noted.failures:
            if attempt.kind is kind and not (spot.file and (spot, attempt.message) in said):
                said.add((spot, attempt.message))
                yield _found(field.field, spot, attempt.message, attempt.help)


@rule("TPL205", "bad-arguments", Subject.ANALYSED, fix=FixKind.UNSAFE)
def bad_arguments(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A filter, test, function or macro gets arguments that it does not take.

    What: Too many arguments, an unknown name, one given twice, or a mandatory one missing. The fix takes the nearest name.
    Why: Such a template fails for every recipient.
    Bad:
        channels: {sms: {senderid: ACME, text: "{{ 'Sale' | truncate(lenght=3) }}"}}
    Good:
        channels: {sms: {senderid: ACME, text: "{{ 'Sale' | truncate(length=3) }}"}}
    """
    said: set[Spot] = set()
    for field, analysis in spec.sound:
        from msgspec_tool.templates.bounds.calls import call_problems

        for problem in call_problems(analysis.template.tree):
            spot = problem.spot
            if spot.file is not None and spot in said:
                continue
            said.add(spot)
            finding = _found(field.field, spot, problem.message, problem.help)
            fix = None
            if problem.replacement is not None and finding.file.slice(finding.span).isidentifier():
                fix = Fix(f"write '{problem.replacement}'", (Edit(finding.span, problem.replacement),), Applicability.UNSAFE)
            yield _found(field.field, spot, problem.message, problem.help, fix=fix)


@rule("TPL206", "type-mismatch", Subject.ANALYSED)
def type_mismatch(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """An operation gets values of a type that it can't work on.

    What: A filter, operator, comparison, attribute or loop that fails for every value of the declared types: text plus a number,
        a date filter on an amount, a loop over a number, a member that the mapping does not have, a currency that does not exist.
    Why: Every row is refused.
    Bad:
        variables: {due: {type: string, format: date, examples: ["2030-01-31"]}}
        channels: {sms: {senderid: ACME, text: "Due {{ due + 1 }}"}}
    Good:
        variables: {due: {type: string, format: date, examples: ["2030-01-31"]}}
        channels: {sms: {senderid: ACME, text: "Due {{ due | date('d MMM') }}"}}
    """
    if not spec.failing:
        return
    from msgspec_tool.templates.bounds.observations import Trouble

    yield from _failed(spec, Trouble.TYPE)
    yield from _failed(spec, Trouble.PRINT)


@rule("TPL207", "may-render-empty", Subject.ANALYSED, severity=Severity.WARNING, fix=FixKind.UNSAFE)
def may_render_empty(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A value that may be missing is printed without a fallback.

    What: A variable that is not required, or a member that may be absent, is used where null refuses the row; or a variable
        whose default is empty is printed as it is.
    Why: A row without the value is refused, or its text has a hole: "Hi ,".
    Bad:
        variables: {first_name: {type: string, maxLength: 20, charset: gsm7, required: false, examples: [Asha]}}
        channels: {sms: {senderid: ACME, text: "Hi {{ first_name }}, your parcel is here"}}
    Good:
        variables: {first_name: {type: string, maxLength: 20, charset: gsm7, required: false, examples: [Asha]}}
        channels: {sms: {senderid: ACME, text: "Hi {{ first_name | default('there') }}, your parcel is here"}}
    """
    said: set[Spot] = set()
    for field, analysis in spec.sound:
        if analysis.native:
            continue
        for spot, gap in analysis.result.noted.gaps.items():
            if (not gap.null and analysis.template.lone) or (spot.file is not None and spot in said):
                continue
            said.add(spot)
            name = next(iter(sorted(gap.sources)), "this")
            written = analysis.template.source[spot.start : spot.end] if spot.file is None else name
            subject = f"'{written}'" if len(written) <= _MOST_QUOTED and "'" not in written else "this"
            missing = f"{subject} may be missing here, and the row is then refused"
            message = missing if gap.null else f"'{name}' may be empty here: its default is ''"
            help = "give it a fallback: | default('…')" if gap.null else "print it under {% if " + name + " %}, or give it another default"
            yield _found(field.field, spot, message, help, fix=_fallback(field.field, spot, gap.null))


def _fallback(field: Field, spot: Spot, null: bool) -> Fix | None:
    """``| default('')`` after a name: for the author to fill in."""
    if not null or spot.file is not None:
        return None
    span = field.text_span(spot.start, spot.end)
    quote = '"' if field.document.style(field.path) == "single" else "'"
    plain = field.file.slice(span).replace(".", "").replace("_", "").isalnum()
    edit = Edit(Span(span.end, span.end), f" | default({quote}{quote})")
    return Fix("add an empty default", (edit,), Applicability.UNSAFE) if plain else None


@rule("TPL208", "constant-condition", Subject.ANALYSED, severity=Severity.WARNING)
def constant_condition(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A condition always comes out the same way, or its branches say the same.

    What: A test that is true, or false, for all data that the declarations allow; an ``elif`` that repeats a test above it; an
        ``if`` whose branches are identical.
    Why: One of the branches is never sent: the test does not say what was meant.
    Bad:
        variables: {tier: {type: string, enum: [gold, blue], examples: [gold]}}
        channels: {sms: {senderid: ACME, text: "{% if tier == 'Gold' %}Dear member{% else %}Hello{% endif %}"}}
    Good:
        variables: {tier: {type: string, enum: [gold, blue], examples: [gold]}}
        channels: {sms: {senderid: ACME, text: "{% if tier == 'gold' %}Dear member{% else %}Hello{% endif %}"}}
    """
    if not spec.analysed:
        return
    from msgspec_tool.templates.bounds.conditions import constant_outcomes, identical_branches

    for field, analysis in spec.sound:
        for spot, holds, why in constant_outcomes(analysis):
            message = f"this is always {'true' if holds else 'false'}" + (f": {why}" if why else "")
            ending = "remove the test" if holds else "remove the branch"
            yield _found(field.field, spot, message, f"{ending}, or test what was meant")
        for spot in identical_branches(analysis.template.tree):
            yield _found(field.field, spot, "both branches say the same", "remove the test, or let the branches differ")


@rule("TPL213", "branch-not-exampled", Subject.ANALYSED, severity=Severity.INFO)
def branch_not_exampled(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """No sample reaches a branch.

    What: The spec has samples, and none of them takes this arm of an ``if``. ``msgspec-tool test --generate`` writes samples
        that do.
    Why: Nobody has read what the branch says: it is in no test, no preview and no comparison.
    Bad:
        variables: {gift: {type: boolean, examples: [true]}}
        channels: {sms: {senderid: ACME, text: "Your parcel{% if gift %} is wrapped and{% endif %} is on its way"}}
        samples: {plain: {gift: false}}
    Good:
        variables: {gift: {type: boolean, examples: [true]}}
        channels: {sms: {senderid: ACME, text: "Your parcel{% if gift %} is wrapped and{% endif %} is on its way"}}
        samples: {plain: {gift: false}, wrapped: {gift: true}}
    """
    samples = spec.shaped.root.get("samples")
    if samples is None or not isinstance(samples.value, dict) or not samples.value:
        return
    from msgspec_tool.templates.bounds.branches import branches
    from msgspec_tool.templates.bounds.exampled import CONDITIONAL, reached_by
    from msgspec_tool.templates.bounds.observations import Spot

    data = [given for given in samples.value.values() if isinstance(given, dict)]
    for field, analysis in spec.sound:
        if field.field.path[0] == "destination":
            continue
        reached = frozenset().union(*(reached_by(analysis, complete(spec, given)) for given in data))
        for branch in branches(analysis.template):
            if branch.kind in CONDITIONAL and branch.file is None and branch.identity not in reached:
                spot = Spot(branch.start, branch.end)
                yield _found(field.field, spot, f"no sample reaches {branch.words}", "add one, or let `test --generate` write it")


def complete(spec: AnalysedSpec, given: Mapping[str, Plain]) -> dict[str, Plain]:
    """A sample's values for every variable: the default, or null, for what it leaves out."""
    return {name: given.get(name, variable.schema.get("default")) for name, variable in spec.shaped.variables.items()}


@rule("TPL210", "costly-construct", Subject.ANALYSED)
def costly_construct(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A template makes more than one message may take.

    What: A repetition or range above the limits (1,000 characters, 1,000 numbers), a loop that takes more than 100,000 steps for
        data as long as its declaration allows, or a text that always has more than 32,000 characters.
    Why: A render has a second and some megabytes for a recipient: such rows are refused, and slow the others down.
    Bad:
        channels: {sms: {senderid: ACME, text: "{{ '-' * 5000 }}"}}
    Good:
        channels: {sms: {senderid: ACME, text: "{{ '-' * 20 }}"}}
    """
    if spec.failing:
        from msgspec_tool.templates.bounds.observations import Trouble

        yield from _failed(spec, Trouble.COST)
    for field, analysis in spec.sound:
        heaviest = analysis.result.noted.heaviest
        if heaviest is not None and heaviest[0] > MOST_STEPS:
            message = f"this loop can take {heaviest[0]:,.0f} steps for data of the declared length; at most {MOST_STEPS:,} are sensible"
            yield _found(field.field, heaviest[1], message, "lower maxItems, or take the loops apart")
