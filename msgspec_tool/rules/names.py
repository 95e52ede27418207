"""TPL: names that nobody reads, and names that hide others."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Severity, Subject, rule
from msgspec_tool.model import AnalysedSpec, Scope
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field
from msgspec_tool.source.text import Span

_ALWAYS_THERE = frozenset(("env", "spec", "recipient"))


@rule("TPL203", "unused-variable", Subject.ANALYSED, severity=Severity.WARNING, fix=FixKind.UNSAFE)
def unused_variable(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A variable is declared and never read.

    What: No templated value of the spec reads the variable: no text, no identifier, no correlation id. Where a template can't be
        read or a name in it is not known, nothing is said: the variable may be meant there.
    Why: Rows without a value for it are refused all the same, and who keeps the data looks for a use that is not there.
    Bad:
        variables: {first_name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}}
    Good:
        variables: {first_name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}}
        channels: {sms: {senderid: ACME, text: "Hello {{ first_name }}"}}
    """
    if any(template.problems for template in spec.templates.values()) or spec.shaped.problems or spec.shaped.loaded.problems:
        return
    read = {name for template in spec.templates.values() for name in template.reads}
    for name, variable in spec.shaped.variables.items():
        if name not in read:
            field = variable.field
            yield Finding(
                field.file,
                field.key_span,
                f"'{name}' is declared and never read",
                field.path,
                help="read it in a template, or remove the declaration",
                fix=_removal(field),
            )


def _removal(field: Field) -> Fix | None:
    """Remove the lines of an entry that has them for itself and leaves others behind."""
    file, text = field.file, field.file.text
    start, end = field.key_span.start, field.span.end
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last + 1
    alone = not text[first:start].strip() and not text[end:last].strip()
    siblings = field.document.value.get("variables") if isinstance(field.document.value, dict) else None
    if not alone or file.slice(Span(first, last)).count("\n") < 1 or not isinstance(siblings, dict) or len(siblings) < 2:
        return None
    return Fix("remove the declaration", (Edit(Span(first, last), ""),), Applicability.UNSAFE)


@rule("TPL214", "shadowed-name", Subject.ANALYSED, severity=Severity.WARNING)
def shadowed_name(spec: AnalysedSpec, context: RuleContext) -> Iterator[Finding]:
    """A name that a template sets hides a variable or a function.

    What: ``set``, a loop, ``with``, a macro or an import uses the name of a declared variable, of ``env``, ``spec`` or
        ``recipient``, or of a function.
    Why: From there on the name means something else, and a reader of the next line does not see it.
    Bad:
        variables: {name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}}
        channels: {sms: {senderid: ACME, text: "{% set name = 'you' %}Hello {{ name }}"}}
    Good:
        variables: {name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}}
        channels: {sms: {senderid: ACME, text: "{% set greeted = name or 'you' %}Hello {{ greeted }}"}}
    """
    said: set[tuple[str, int, int]] = set()
    for field in spec.shaped.templates:
        template = spec.templates.get(field.field.path)
        if template is None or template.tree is None or template.problems:
            continue
        from msgspec_tool.templates.shadowing import shadows

        declared = spec.shaped.variables.keys() | _ALWAYS_THERE
        if field.scope is Scope.DESTINATION:
            declared |= set(context.columns or ())
        for shadow in shadows(template.tree, frozenset(declared)):
            spot = shadow.spot
            file = spot.file or field.field.file
            span = Span(spot.start, spot.end) if spot.file else field.field.text_span(spot.start, spot.end)
            key = (file.path, span.start, span.end)
            if key not in said:
                said.add(key)
                variable = spec.shaped.variables.get(shadow.name)
                related = (Label("declared here", variable.field.file, variable.field.key_span),) if variable is not None else ()
                what = "variable" if variable is not None else "name" if shadow.name in declared else "function"
                message = f"'{shadow.name}' hides the {what} of the same name"
                path = None if spot.file else field.field.path
                yield Finding(file, span, message, path, related=related, help="call it something else")
