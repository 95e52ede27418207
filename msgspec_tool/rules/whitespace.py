"""TPL212: white space that tags leave in texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec_tool.diagnostics import Edit, Finding, Fix, FixKind, Label, Severity, Subject, rule
from msgspec_tool.model import AnalysedSpec
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import described
from msgspec_tool.source.document import Field
from msgspec_tool.source.text import Span

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.analysis import Analysis
    from msgspec_tool.templates.leaks import Leak

_WORDS = {
    "blanks": "two blanks come together around this tag",
    "lines": "empty lines come together around this tag",
    "beginning": "the text begins with the white space behind this tag",
}
_HELP = "write the white space inside the tags, on one side of each: {% if … %} words{% endif %}"


@rule("TPL212", "whitespace-leak", Subject.ANALYSED, severity=Severity.WARNING, fix=FixKind.SAFE)
def whitespace_leak(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """Tags leave white space in a text.

    What: For some data two blanks, or more than one empty line, come to stand side by side because the tags between them
        print nothing, or the text begins with the white space behind a tag. Silent where no data shows it, and where a
        person put several blanks. Partials and macros are looked into where they are used. The fix adds a ``-`` to a tag of the
        spec where that is right for all data.
    Why: Readers see the gap, and each blank counts towards the length of an SMS.
    Bad:
        variables: {gift: {type: boolean, examples: [true]}}
        destination: [{msisdn: ["+447700900123"], with: {gift: true}}]
        channels: {sms: {senderid: ACME, text: "Your parcel {% if gift %} with a gift {% endif %} is here"}}
    Good:
        variables: {gift: {type: boolean, examples: [true]}}
        destination: [{msisdn: ["+447700900123"], with: {gift: true}}]
        channels: {sms: {senderid: ACME, text: "Your parcel {%- if gift %} with a gift {%- endif %} is here"}}
    """
    for known in spec.shaped.templates:
        analysis = spec.analyses.get(known.field.path)
        if known.field.path[0] == "channels" and analysis is not None and _has_text(analysis):
            from msgspec_tool.templates.leaks import leaks

            yield from (_finding(known.field, analysis, leak) for leak in leaks(analysis))


def _has_text(analysis: Analysis) -> bool:
    template = analysis.template
    return template.tree is not None and not template.problems and not template.lone and analysis.result.complete


def _finding(field: Field, analysis: Analysis, leak: Leak) -> Finding:
    fix = None
    if leak.cut is not None:
        span = field.text_span(*leak.cut)
        if field.file.slice(span) == analysis.template.source[leak.cut[0] : leak.cut[1]]:
            fix = Fix(f"write '{leak.dash}'", (Edit(span, leak.dash),))
    inside = leak.file is None
    used = () if inside else (Label("used here", field.file, field.span),)
    return Finding(
        field.file if leak.file is None else leak.file,
        field.text_span(leak.start, leak.end) if inside else Span(leak.start, leak.end),
        _WORDS[leak.kind.value],
        field.path if inside else None,
        related=(*used, *_labels(analysis, leak)),
        help=f"write '{leak.dash}'" if fix is not None else _HELP,
        fix=fix,
    )


def _labels(analysis: Analysis, leak: Leak) -> Iterator[Label]:
    """Values of the variables that the tags in between ask for."""
    from msgspec_tool.templates.names.guards import named_in
    from msgspec_tool.templates.positions import offset_of

    first, last = leak.between
    tests = [one.test for one in leak.example.outcome.conditions if one.file == leak.file and first <= offset_of(one.test) < last]
    names = {path[0] for test in tests for path in named_in(test)}
    for name in sorted(names & leak.example.data.keys()):
        variable = analysis.setting.variables[name]
        yield Label(f"for example with {described(leak.example.data[name])}", variable.field.file, variable.field.key_span)
