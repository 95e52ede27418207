"""SPC and VAR: what templates print, against what fields take and declarations promise."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING

from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.domain import values
from msgspec_tool.domain.values import ITEMS, MEMBERS, NUMBER, TEXT, TRUTH
from msgspec_tool.model import AnalysedSpec, TemplateField
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import labels, witnessed
from msgspec_tool.rules.reading import predicted
from msgspec_tool.source.quoting import shown

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.analysis import Analysis

_TYPES = {
    "string": (TEXT, "text"),
    "integer": (NUMBER, "a whole number"),
    "number": (NUMBER, "a number"),
    "boolean": (TRUTH, "true or false"),
    "array": (ITEMS, "a list"),
    "object": (MEMBERS, "a mapping"),
}
_COUNTED = frozenset(("text", "title", "subtitle", "label", "description", "correlationid"))
_PRIORITIES = ("low", "medium", "high", "1", "2", "3")
_MOST_SHOWN = 4
_REMEDIES = {
    "string": "declare maxLength",
    "integer": "declare minimum and maximum",
    "number": "format it with money or number",
    "array": "declare maxItems, and the lengths of its items",
}


def _analysed(spec: AnalysedSpec) -> Iterator[tuple[TemplateField, Analysis]]:
    return (known for known in spec.sound if known[1].result.complete)


@rule("SPC111", "printed-value", Subject.ANALYSED, api=("7004",))
def printed_value(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A template prints a value that its field does not take.

    What: The field takes one of a few values, and the template prints another for all data, or for some that the declarations
        allow; or the field takes a number, a list or the like, and a lone expression has another type. Of values that
        are written not-allowed-value and wrong-type speak.
    Why: The platform refuses the request as invalid; such a row is refused when it is rendered.
    Bad:
        variables: {speed: {type: string, enum: [IMMD, SLOW], examples: [IMMD]}}
        route: "{{ speed }}"
    Good:
        variables: {speed: {type: string, enum: [IMMD, LCGD], examples: [IMMD]}}
        route: "{{ speed }}"
    """
    for field, analysis in _analysed(spec):
        name = field.field.path[0]
        if name in ("deliverychannel", "destination", "expiry"):
            continue
        allowed = _PRIORITIES if name == "priority" else field.listed
        if allowed is not None:
            yield from _value(field, analysis, allowed)
        elif analysis.native and analysis.template.lone:
            yield from _type(field, analysis)


def _value(field: TemplateField, analysis: Analysis, allowed: tuple[str, ...]) -> Iterator[Finding]:
    known = [outcome.text for outcome in analysis.result.outcomes if not outcome.omitted]
    if not known or all(text.finite is not None and text.finite <= set(allowed) for text in known):
        return
    wanted = ", ".join(f"'{one}'" for one in allowed[:_MOST_SHOWN]) + (" …" if len(allowed) > _MOST_SHOWN else "")
    name, place = str(field.field.path[-1]), field.field
    if all(text.finite is not None and not text.finite & set(allowed) for text in known):
        printed = sorted({one for text in known for one in text.finite or ()})
        message = f"this prints '{shown(printed[0])}', which '{name}' does not take"
        yield Finding(place.file, place.span, message, place.path, help=f"it takes {wanted}", api=predicted("7004"))
        return
    example = witnessed(analysis, lambda outcome: outcome.text.only is not None and outcome.text.only not in allowed, unbounded=6)
    if example is not None:
        few = all(text.finite is not None for text in known)
        yield Finding(
            place.file,
            place.span,
            f"this can print '{shown(example.outcome.text.only or '')}', which '{name}' does not take",
            place.path,
            severity=None if few else Severity.WARNING,
            related=labels(place, analysis, example),
            help=f"it takes {wanted}; declare an enum",
            api=predicted("7004"),
            example=dict(example.data),
        )


def _type(field: TemplateField, analysis: Analysis) -> Iterator[Finding]:
    kinds = taken = 0
    for outcome in analysis.result.outcomes:
        kinds |= outcome.value.kinds
    for name in field.types:
        taken |= _TYPES[name][0] if name in _TYPES else 0
    if kinds and taken and not kinds & taken and not any(outcome.value.unknown or outcome.omitted for outcome in analysis.result.outcomes):
        place = field.field
        wanted = " or ".join(_TYPES[name][1] for name in sorted(field.types) if name in _TYPES)
        message = f"this is {values.named(kinds)}, and '{place.path[-1]}' takes {wanted}"
        yield Finding(place.file, place.span, message, place.path, help="print a value of that type", api=predicted("7004"))


@rule("VAR303", "unbounded-text", Subject.ANALYSED, severity=Severity.WARNING, confident=False)
def unbounded_text(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A variable has no greatest length, and is printed where length counts.

    What: Text without ``maxLength`` (or a number that may have any number of digits) in a text, title or id whose length has a
        limit. No other rule speaks of a limit that can be broken only because of that; each row is checked when it is rendered.
    Why: Whether the message fits is known only when it is too late to change it.
    Bad:
        variables: {offer: {type: string, charset: gsm7, examples: [Two for one]}}
        channels: {sms: {senderid: ACME, text: "Today: {{ offer }}"}}
    Good:
        variables: {offer: {type: string, maxLength: 60, charset: gsm7, examples: [Two for one]}}
        channels: {sms: {senderid: ACME, text: "Today: {{ offer }}"}}
    """
    said: set[str] = set()
    for field, analysis in _analysed(spec):
        if field.field.path[-1] not in _COUNTED or not any(outcome.text.most.points == inf for outcome in analysis.result.outcomes):
            continue
        bounded = analysis.given(analysis.setting.shortened, searching=True).outcomes
        if any(outcome.text.most.points == inf for outcome in bounded):
            # other declarations would not help: the analysis itself sees no end
            continue
        sources = {source.partition(".")[0] for outcome in analysis.result.outcomes for source in outcome.text.sources}
        for name in sorted((sources & analysis.setting.shortened.keys()) - said):
            said.add(name)
            variable = spec.shaped.variables[name]
            where = ".".join(str(part) for part in field.field.path)
            yield Finding(
                variable.field.file,
                variable.field.key_span,
                f"'{name}' can be of any length, and the length of {where} has a limit",
                variable.field.path,
                related=(Label("printed here", field.field.file, field.field.span),),
                help=_REMEDIES.get(variable.type, "declare the lengths of its members"),
            )
