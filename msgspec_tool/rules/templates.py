"""TPL: what templates say, as far as it can be told without running them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Severity, Subject, rule
from msgspec_tool.model import AnalysedSpec, TemplateField, TemplateProblem, TemplateProblemKind
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reading import are_declarations_unread, unread_declarations
from msgspec_tool.source.text import Span


def _findings(spec: AnalysedSpec, kind: TemplateProblemKind) -> Iterator[Finding]:
    """The problems of one kind at their places: in the spec, or in the partial that holds them."""
    for field, template in spec.troubled:
        for problem in template.problems:
            if problem.kind is kind:
                yield _finding(spec, field, problem)


def _finding(spec: AnalysedSpec, field: TemplateField, problem: TemplateProblem) -> Finding:
    inside = problem.file is None
    file = problem.file or field.field.file
    span = field.field.text_span(problem.start, problem.end) if inside else Span(problem.start, problem.end)
    related = [] if inside else [Label("used here", field.field.file, field.field.span)]
    variable = spec.shaped.variables.get(problem.replacement or "")
    if problem.kind is TemplateProblemKind.UNDEFINED and variable is not None:
        related.append(Label("declared here", variable.field.file, variable.field.key_span))
    fix = None
    if problem.replacement is not None and _copied(field, problem, span):
        # in a YAML text in single quotes an apostrophe would have to be doubled
        style = field.field.document.style(field.field.path) if inside else None
        written = problem.replacement.replace("'", '"') if style == "single" else problem.replacement
        fix = Fix(f"use {written}" if written[0] in "'\"" else f"use '{written}'", (Edit(span, written),), Applicability.UNSAFE)
    path = field.field.path if inside else None
    return Finding(file, span, problem.message, path, related=tuple(related), help=problem.help, fix=fix)


def _copied(field: TemplateField, problem: TemplateProblem, span: Span) -> bool:
    """The file has exactly the template's characters here, no escapes or folds between: only then may they be replaced."""
    if problem.file is not None:
        return True
    value: str = field.field.value
    return field.field.file.slice(span) == value[problem.start : problem.end]


@rule("TPL201", "template-syntax", Subject.ANALYSED, fix=FixKind.UNSAFE)
def template_syntax(spec: AnalysedSpec, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001
    """A template is not valid.

    What: A `{{ … }}` or `{% … %}` that the template language can't read, at the character where it stops. The fix writes
    straight quotes for those that a word processor made.
    Why: Such a message can't be rendered for anybody.
    Bad:
        channels: {sms: {text: "Hello {% if true %}there"}}
    Good:
        channels: {sms: {text: "Hello {% if true %}there{% endif %}"}}
    """
    yield from _findings(spec, TemplateProblemKind.SYNTAX)


@rule("TPL202", "undefined-variable", Subject.ANALYSED, fix=FixKind.UNSAFE)
def undefined_variable(spec: AnalysedSpec, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001
    """A template reads a name that is declared nowhere, or that is set on some paths only.

    What: Names that are neither variables, nor `env`, `spec` or `recipient`, nor set by the template before they are read;
    members of `env` that an environment lacks. Under `default` and `is defined` too: a name that can't exist is a slip. The fix
    takes the nearest name that is declared, which need not be the one that was meant.
    Why: Every row would be refused when the message is rendered.
    Bad:
        variables: {first_name: {type: string, examples: [Asha]}}
        destination: [{msisdn: ["+447700900123"], with: {first_name: Asha}}]
        channels: {sms: {text: "Hi {{ frist_name }}"}}
    Good:
        variables: {first_name: {type: string, examples: [Asha]}}
        destination: [{msisdn: ["+447700900123"], with: {first_name: Asha}}]
        channels: {sms: {text: "Hi {{ first_name }}"}}
    """
    found = list(_findings(spec, TemplateProblemKind.UNDEFINED))
    if found and not are_declarations_unread(spec.shaped.root):
        unread = unread_declarations(spec.shaped.root)
        yield from (one for one in found if one.file.slice(one.span) not in unread)


@rule("TPL204", "unknown-filter", Subject.ANALYSED, fix=FixKind.UNSAFE)
def unknown_filter(spec: AnalysedSpec, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001
    """A filter, test, tag or partial does not exist or is not allowed.

    What: Names of filters, tests and tags outside the allow-list of the spec language, and partials that are not there. The fix
    takes the nearest name.
    Why: Templates may use only what gives the same bounded text for the same data everywhere.
    Bad:
        channels: {sms: {text: "{{ 'hello' | uper }}"}}
    Good:
        channels: {sms: {text: "{{ 'hello' | upper }}"}}
    """
    yield from _findings(spec, TemplateProblemKind.UNKNOWN)


@rule("TPL209", "unsafe-construct", Subject.ANALYSED)
def unsafe_construct(spec: AnalysedSpec, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001
    """A template reaches for what no message needs.

    What: Attributes with a leading underscore, `attr`, methods such as `.format()`, partials outside the project or with
    a name that is no constant, and globals that are not allowed.
    Why: A spec may come from anybody, and these are the ways out of the sandbox.
    Bad:
        channels: {sms: {text: "{{ ''.__class__ }}"}}
    Good:
        channels: {sms: {text: "{{ 'hello'.upper() }}"}}
    """
    yield from _findings(spec, TemplateProblemKind.UNSAFE)


@rule("TPL211", "nondeterministic", Subject.ANALYSED, severity=Severity.WARNING, worst=Severity.ERROR)
def nondeterministic(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A template asks for the time or for chance, or prints a mapping in no order.

    What: `now()`, `random`, `uuid()` and the like, which do not exist here (errors, since every row would be refused); a loop that prints
        the members of a mapping from the data, or `join`, `first` or `last` of one, without `dictsort` or `sort`.
    Why: What was reviewed must be what is sent. Members of a mapping come in the order in which some program wrote them.
    Bad:
        variables: {fees: {type: object, examples: [{visa: 12, bag: 30}]}}
        destination: [{msisdn: ["+447700900123"], with: {fees: {visa: 12, bag: 30}}}]
        channels: {sms: {senderid: ACME, text: "Fees:{% for name, fee in fees.items() %} {{ name }} {{ fee }}{% endfor %}"}}
    Good:
        variables: {fees: {type: object, examples: [{visa: 12, bag: 30}]}}
        destination: [{msisdn: ["+447700900123"], with: {fees: {visa: 12, bag: 30}}}]
        channels: {sms: {senderid: ACME, text: "Fees:{% for name, fee in fees | dictsort %} {{ name }} {{ fee }}{% endfor %}"}}
    """
    yield from (finding._replace(severity=Severity.ERROR) for finding in _findings(spec, TemplateProblemKind.CHANCE))
    if not any(variable.type in ("object", "array") for variable in spec.shaped.variables.values()):
        return
    for field in spec.shaped.templates:
        template = spec.templates.get(field.field.path)
        if template is None or template.tree is None or template.problems:
            continue
        from msgspec_tool.templates.unordered import unordered_uses

        for use in unordered_uses(template.tree, spec.shaped.variables):
            variable = spec.shaped.variables.get(use.path[0])
            yield Finding(
                field.field.file,
                field.field.text_span(use.start, use.end),
                f"'{'.'.join(use.path)}' is a mapping: its members come in the order in which each row holds them",
                field.field.path,
                related=(Label("declared here", variable.field.file, variable.field.key_span),) if variable is not None else (),
                help=f"put them in order: {'.'.join(use.path)} | {use.remedy}",
            )
