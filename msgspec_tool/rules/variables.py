"""VAR: the contract between a message and its data."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.model import AnalysedSpec, ShapedSpec, Variable
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reading import are_declarations_unread, unread_declarations
from msgspec_tool.schema.wording import nearest
from msgspec_tool.source.document import Field, Path, Plain
from msgspec_tool.source.quoting import shown
from msgspec_tool.variables.casting import check_value
from msgspec_tool.variables.declarations import declaration_problems


@rule("VAR301", "example-problem", Subject.SHAPED, severity=Severity.ERROR)
def example_problem(spec: ShapedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A declaration contradicts itself, or its examples contradict it.

    What: A declared variable has no example (warning); or an example, a default, an allowed value or a sample breaks the
        type, length, pattern or range that the declaration gives; or the declaration itself is not possible (errors).
    Why: Examples are what reviewers see and what tests render; a wrong one hides what customers will get.
    Bad:
        variables:
          amount: {type: number, maximum: 100, examples: [250]}
    Good:
        variables:
          amount: {type: number, maximum: 100, examples: [25]}
    """
    misshapen = {problem.field.path for problem in spec.problems}
    for variable in spec.variables.values():
        problems = [problem for problem in _declaration(variable) if problem.path not in misshapen] if _problems(variable) else []
        yield from problems
        if not problems and not _has_example(spec, variable):
            yield Finding(
                variable.field.file,
                variable.field.key_span,
                f"'{variable.name}' has no example",
                variable.field.path,
                severity=Severity.WARNING,
                help="add examples: [...] with a value as it really occurs",
            )
    yield from _samples(spec)


_PROBLEMS: dict[str, tuple[tuple[Path, str], ...]] = {}
_REASONS: dict[tuple[str, type, Plain], str | None] = {}
"""What is known of declarations, and of values of them: specs of a project repeat both. Values are texts and numbers only."""
_MOST_KNOWN = 2_000


def _problems(variable: Variable) -> tuple[tuple[Path, str], ...]:
    known = _PROBLEMS.get(variable.written)
    if known is None:
        if len(_PROBLEMS) >= _MOST_KNOWN:
            _PROBLEMS.clear()
        known = _PROBLEMS[variable.written] = tuple(declaration_problems(variable))
    return known


def _reason(variable: Variable, value: Plain) -> str | None:
    """Why a value is not allowed."""
    if isinstance(value, (list, dict)):
        return check_value(variable, value)
    key = (variable.written, type(value), value)
    if key not in _REASONS:
        if len(_REASONS) >= _MOST_KNOWN:
            _REASONS.clear()
        _REASONS[key] = check_value(variable, value)
    return _REASONS[key]


def _declaration(variable: Variable) -> Iterator[Finding]:
    for path, message in _problems(variable):
        place = variable.field.find(*path) or variable.field
        yield Finding(place.file, place.span, f"'{variable.name}': {message}", place.path, help=_remedy(path))


def _remedy(path: Path) -> str:
    if path and path[-1] == "pattern":
        return "write the pattern without it"
    return "change the value or the declaration, so that they agree"


def _has_example(spec: ShapedSpec, variable: Variable) -> bool:
    schema = variable.schema
    if schema.get("examples") or "const" in schema or "enum" in schema or "default" in schema:
        return True
    samples = spec.root.get("samples")
    return any(isinstance(sample.value, dict) and variable.name in sample.value for _, sample in samples.items()) if samples else False


def _samples(spec: ShapedSpec) -> Iterator[Finding]:
    samples = spec.root.get("samples")
    for _name, sample in samples.items() if samples is not None else ():
        for key, field in sample.items():
            variable = spec.variables.get(key)
            if variable is None and key != "recipient":
                yield _unknown(field, spec)
            elif variable is not None and field.value is not None and _reason(variable, field.value):
                yield from _breaks(variable, field)


def _breaks(variable: Variable, field: Field) -> Iterator[Finding]:
    reason = _reason(variable, field.value)
    if reason:
        related = (Label("declared here", variable.field.file, variable.field.key_span),)
        yield Finding(
            field.file,
            field.span,
            f"'{variable.name}': {reason}",
            field.path,
            related=related,
            help=_agreement(variable, field),
        )


def _agreement(variable: Variable, field: Field) -> str:
    scalar = not isinstance(field.value, (str, dict, list)) and field.value is not None
    if variable.type == "string" and scalar and not check_value(variable, field.lexeme):
        return f'put it in quotes: "{shown(field.lexeme)}"'
    return "change the value or the declaration, so that they agree"


@rule("VAR302", "missing-value", Subject.ANALYSED)
def missing_value(spec: AnalysedSpec, context: RuleContext) -> Iterator[Finding]:
    """A destination or a sample gives no value for a variable that the message reads.

    What: A template reads a variable that has no default and is required, and ``with:`` of an inline destination or a sample
        lacks it, or ``with:`` gives a value that its declaration does not allow; or the recipients file has no column for it, or
        ``with:`` gives every row the name of a column in place of its cells (a warning).
    Why: The message can't be rendered for these addresses, or with this sample (a warning).
    Bad:
        variables:
          name: {type: string, maxLength: 20, examples: [Asha]}
        channels:
          sms:
            senderid: ACME
            text: Hello {{ name }}
        destination:
          - msisdn: ["+447700900123"]
    Good:
        variables:
          name: {type: string, maxLength: 20, examples: [Asha]}
        channels:
          sms:
            senderid: ACME
            text: Hello {{ name }}
        destination:
          - msisdn: ["+447700900123"]
            with: {name: Asha}
    """
    destination, samples = spec.shaped.destination, spec.shaped.root.get("samples")
    read = {name for template in spec.templates.values() for name in template.reads}
    needed = [variable for name, variable in spec.shaped.variables.items() if name in read and variable.required]
    if destination is not None and isinstance(destination.value, dict) and context.columns is not None:
        yield from _no_column(destination, needed, context.columns)
        yield from _columns_as_texts(destination, context.columns)
    for _name, sample in samples.items() if samples is not None else ():
        yield from _lacking(sample, needed, spec.shaped)
    for element in destination.elements() if destination is not None else ():
        if isinstance(element.value, dict) and "from" not in element.value:
            yield from _of_element(element, needed, spec.shaped)


def _of_element(element: Field, needed: list[Variable], spec: ShapedSpec) -> Iterator[Finding]:
    """What is wrong with the values of one inline destination: those that are absent, that nobody declared, that break a declaration."""
    given = element.get("with")
    values = given.value if given is not None and isinstance(given.value, dict) else {}
    misspelt = dict(_misspelt(given, spec)) if not values.keys() <= spec.variables.keys() else {}
    for variable in needed:
        if values.get(variable.name) is None and variable.name not in misspelt and variable.name not in element.value:
            yield _missing(element, given, variable)
    for field in misspelt.values():
        yield _unknown(field, spec)
    for key, field in given.items() if given is not None else ():
        known = spec.variables.get(key)
        if known is not None and field.value is not None and not field.templated:
            yield from _breaks(known, field)


def _lacking(sample: Field, needed: list[Variable], spec: ShapedSpec) -> Iterator[Finding]:
    if isinstance(sample.value, dict):
        misspelt = dict(_misspelt(sample, spec))
        for variable in needed:
            if sample.value.get(variable.name) is None and variable.name not in misspelt:
                # a message can be sent all the same
                yield _missing(sample, sample, variable)._replace(severity=Severity.WARNING)


def _misspelt(given: Field | None, spec: ShapedSpec) -> Iterator[tuple[str, Field]]:
    """Values under names that no variable has, each with the name that was probably meant (or its own)."""
    if are_declarations_unread(spec.root):
        return
    unread = unread_declarations(spec.root)
    for key, field in given.items() if given is not None else ():
        if key not in spec.variables and key not in unread:
            yield nearest(key, spec.variables) or key, field


def _unknown(field: Field, spec: ShapedSpec) -> Finding:
    name = str(field.path[-1])
    near = nearest(name, spec.variables)
    return Finding(
        field.file,
        field.key_span,
        f"'{shown(name)}' is not declared" + (f"; did you mean '{near}'?" if near else ""),
        field.path,
        help=f"write {near}" if near else "declare it under variables, or remove it",
    )


def _missing(element: Field, given: Field | None, variable: Variable) -> Finding:
    place = given if given is not None else element
    remedy = f"add {variable.name}" if given is not None else f"add with: {{{variable.name}: …}}"
    return Finding(
        place.file,
        place.key_span if given is not None else place.span,
        f"there is no value for '{variable.name}', which the message reads",
        place.path,
        related=(Label("declared here without a default", variable.field.file, variable.field.key_span),),
        help=f"{remedy}, or give the variable a default",
    )


def _columns_as_texts(destination: Field, columns: tuple[str, ...]) -> Iterator[Finding]:
    """Values under ``with`` that name a column where its cells were meant."""
    given = destination.get("with")
    for name, field in given.items() if given is not None else ():
        if isinstance(field.value, str) and field.value in columns:
            message = f"every row has the text '{shown(field.value)}' as '{shown(name)}', not what the column holds"
            help = f'write "{{{{ {field.value} }}}}" to read the column'
            yield Finding(field.file, field.span, message, field.path, severity=Severity.WARNING, help=help)


def _no_column(destination: Field, needed: list[Variable], columns: tuple[str, ...]) -> Iterator[Finding]:
    given = destination.get("with")
    named = given.value if given is not None and isinstance(given.value, dict) else {}
    place = destination.get("from") or destination
    for variable in needed:
        if variable.name not in columns and variable.name not in named:
            near = nearest(variable.name, columns)
            remedy = f'write with: {{{variable.name}: "{{{{ {near or "column"} }}}}"}}'
            if near is not None and not near.isidentifier():
                # a template can't read a column whose name is no name
                remedy = f"rename '{shown(near)}' to '{variable.name}'"
            yield Finding(
                place.file,
                place.span,
                f"the recipients file has no column '{variable.name}', which the message reads",
                place.path,
                related=(Label("declared here without a default", variable.field.file, variable.field.key_span),),
                help=f"add the column, {remedy}, or give the variable a default",
            )
