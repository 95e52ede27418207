"""TPL: names that are declared and never read, and names that hide others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Severity, Subject, rule
from msgspec_tool.model import ALWAYS_DECLARED, AnalysedSpec, Scope, ShapeProblemKind, Template, TemplateField, Variable
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.leftovers import meant, placeholders
from msgspec_tool.rules.reader_texts import READ_KEYS
from msgspec_tool.source.document import Field, Path
from msgspec_tool.source.problems import SourceProblemKind
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span

if TYPE_CHECKING:
    from msgspec_tool.templates.names.shadowing import Binding

_LABELS = 3
"""Places where a value is given that a finding shows; the others are like them."""

_WRITTEN = READ_KEYS | {"body"}
_NO_TEMPLATES = frozenset(("name", "description", "owner", "tags", "variables", "samples", "tests"))
"""Keys of a spec whose texts are no templates."""


# --- declared and never read --------------------------------------------------------------------------------------------


@rule("TPL203", "unused-variable", Subject.ANALYSED, severity=Severity.WARNING, fix=FixKind.UNSAFE)
def unused_variable(spec: AnalysedSpec, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001
    """A declared variable is read nowhere.

    What: Neither the content nor any other templated value reads it: no parameter, link, id or address, and no partial.
    Nothing is said where another finding keeps a template from being read whole: the name may only be misspelt there.
    Why: Each row has to bring a value that nobody gets to see, or a sentence that was meant to be there is missing.
    Bad:
        variables:
          first_name: {type: string, maxLength: 20, examples: [Asha]}
          offer: {type: string, maxLength: 40, default: ""}
        destination: [{msisdn: ["+447700900123"], with: {first_name: Asha}}]
        channels: {sms: {senderid: ACME, text: "Hi {{ first_name }}"}}
    Good:
        variables:
          first_name: {type: string, maxLength: 20, examples: [Asha]}
          offer: {type: string, maxLength: 40, default: ""}
        destination: [{msisdn: ["+447700900123"], with: {first_name: Asha}}]
        channels: {sms: {senderid: ACME, text: "Hi {{ first_name }}.{% if offer %} {{ offer }}{% endif %}"}}
    """
    unread = _unread(spec)
    if not unread or not _is_read_whole(spec):
        return
    declarations = _Declarations(spec, frozenset(variable.name for variable in unread))
    spoken_for = _spoken_for(spec)
    yield from (_unused(variable, declarations) for variable in unread if variable.name not in spoken_for)


def _spoken_for(spec: AnalysedSpec) -> frozenset[str]:
    """Names that a template hides, which is why nothing reads them (shadowed-name says so), and those of functions, read or not."""
    from msgspec_tool.templates.filters.functions import FUNCTION_NAMES

    return FUNCTION_NAMES.union(binding.name for _field, template in spec.parsed for binding in _bindings(template) if binding.sees_names)


def _unused(variable: Variable, declarations: _Declarations) -> Finding:
    given = declarations.given.get(variable.name, ())[:_LABELS]
    return Finding(
        variable.field.file,
        variable.field.key_span,
        f"'{shown(variable.name)}' is declared and never read",
        variable.field.path,
        related=tuple(Label("given here", field.file, field.key_span) for field in given),
        help="read it in a template, or remove it",
        fix=declarations.removal(variable),
    )


def _unread(spec: AnalysedSpec) -> list[Variable]:
    """Variables that no template reads. A value under ``with`` that reads the variable it gives is no use of it."""
    templates = [(template, frozenset((_fed(path),))) for path, template in spec.templates.items()]
    read = {name for template, fed in templates if template.reads for name in template.reads - fed}
    unread = [variable for name, variable in spec.shaped.variables.items() if name not in read]
    # placeholder-collision tells of `$(name)` and `{name}`, where the variable was meant
    named = {name for template, fed in templates for name in _placeholders(template, spec.shaped.variables) - fed} if unread else ()
    return [variable for variable in unread if variable.name not in named]


def _placeholders(template: Template, variables: Mapping[str, Variable]) -> frozenset[str]:
    """Variables that placeholders of other programs mean."""
    return frozenset(name for found in placeholders(template.source) if (name := meant(found, variables)) is not None)


def _fed(path: Path) -> str | int | None:
    """The variable that a value under ``with`` gives."""
    after = path.index("with") + 1 if path[0] == "destination" and "with" in path else len(path)
    return path[after] if after < len(path) else None


def _is_read_whole(spec: AnalysedSpec) -> bool:
    """Whether every template of the spec was found and understood; else what is unread may only be misspelt or cut off."""
    loaded, shaped = spec.shaped.loaded, spec.shaped
    return not (
        any(template.problems for template in spec.templates.values())
        or any(problem.serious and problem.kind is not SourceProblemKind.UNQUOTED_TEMPLATE for problem in loaded.problems)
        or any(not comment.alone and ("{{" in comment.text or "{%" in comment.text) for comment in loaded.comments)
        or any(problem.kind is ShapeProblemKind.MISSING for problem in shaped.problems)
        or not shaped.messages
        or (shaped.root.get("channels") is not None and any(form.block is None for form in shaped.messages))
        or any(_is_unwritten(field) for form in shaped.messages for field in (form.block.walk() if form.block is not None else ()))
        or any(_stray(field, spec) for name, member in shaped.root.items() if name not in _NO_TEMPLATES for field in member.walk())
    )


def _is_unwritten(field: Field) -> bool:
    """A text that is empty, or nothing, or true or false: other rules say so, and what it was meant to read nobody knows."""
    return field.path[-1] in _WRITTEN and (field.value is None or isinstance(field.value, bool) or field.value == "")


def _stray(field: Field, spec: AnalysedSpec) -> bool:
    """A template at a place where nobody reads one: under a misspelt key, in a body for another API."""
    return field.templated and field.path not in spec.templates


class _Declarations:
    """The variables of a spec that nothing reads, and the places that give them values all the same."""

    def __init__(self, spec: AnalysedSpec, unread: frozenset[str]) -> None:
        self.spec = spec
        self.unread = unread

    @cached_property
    def holders(self) -> list[Field]:
        """The mappings that declare variables or give them values: ``variables``, each sample, each ``with``."""
        root = self.spec.shaped.root
        samples, destination = root.get("samples"), root.get("destination")
        addressed = [destination, *destination.elements()] if destination is not None else []
        found = [root.get("variables"), *(sample for _name, sample in (samples.items() if samples is not None else ()))]
        return [holder for holder in (*found, *(one.get("with") for one in addressed)) if holder is not None]

    @cached_property
    def given(self) -> dict[str, list[Field]]:
        """Values in samples and under ``with``, by variable."""
        found: dict[str, list[Field]] = {}
        for holder in self.holders:
            for name, field in holder.items() if holder.path != ("variables",) else ():
                found.setdefault(name, []).append(field)
        return found

    @cached_property
    def emptied(self) -> frozenset[Path]:
        """Mappings in block style that would have nothing left: without entries they are no mappings to YAML."""
        doomed = (holder for holder in self.holders if isinstance(holder.value, dict) and holder.value.keys() <= self.unread)
        return frozenset(holder.path for holder in doomed if holder.document.style(holder.path) == "block")

    @cached_property
    def comments(self) -> frozenset[int]:
        """Where comments begin that stand alone on their lines."""
        return frozenset(comment.span.start for comment in self.spec.shaped.loaded.comments if comment.alone)

    def removal(self, variable: Variable) -> Fix | None:
        """Take away the declaration and every value that is given for it; None where one of them can't be taken out cleanly."""
        from msgspec_tool.source.removal import entry_removal

        entries = [variable.field, *self.given.get(variable.name, ())]
        if any(entry.path[:-1] in self.emptied for entry in entries):
            return None
        spans = [entry_removal(entry, self.comments) for entry in entries]
        # an alias shows the same characters at several places
        edits = tuple(Edit(span, "") for span in dict.fromkeys(spans) if span is not None)
        return None if None in spans else Fix(f"remove '{shown(variable.name)}'", edits, Applicability.UNSAFE)


# --- names that hide others ---------------------------------------------------------------------------------------------


@rule("TPL214", "shadowed-name", Subject.ANALYSED, severity=Severity.WARNING)
def shadowed_name(spec: AnalysedSpec, context: RuleContext) -> Iterator[Finding]:
    """A template gives a name of its own to something and so hides what the name meant.

    What: `set`, a loop, `with`, a macro, its arguments or an import use the name of a declared variable, of `env`, `spec`
    or `recipient`, of a function such as `range`, or, in the destination, of a column. Macros in a partial that is imported
    without context see no variables, so their arguments may have any name. A name that a filter has too hides nothing and
    is only a note.
    Why: Further down the same name means something else than at the top, and whoever changes the text won't see it.
    Bad:
        variables: {offer: {type: string, maxLength: 40, examples: [Free delivery]}}
        destination: [{msisdn: ["+447700900123"], with: {offer: Free delivery}}]
        channels: {sms: {senderid: ACME, text: "{% set offer = offer | trim %}{{ offer }}"}}
    Good:
        variables: {offer: {type: string, maxLength: 40, examples: [Free delivery]}}
        destination: [{msisdn: ["+447700900123"], with: {offer: Free delivery}}]
        channels: {sms: {senderid: ACME, text: "{% set trimmed = offer | trim %}{{ trimmed }}"}}
    """
    for field, template in spec.parsed:
        for binding in _bindings(template):
            columns = (context.columns or ()) if field.scope is Scope.DESTINATION else ()
            hidden = _hidden(binding, spec, columns)
            if hidden is not None:
                yield _shadowing(binding, hidden, spec, field)


def _bindings(template: Template) -> list[Binding]:
    """The names that a template binds; of a name that it sets again and again the first place."""
    if "{%" not in template.source:
        return []
    from msgspec_tool.templates.names.shadowing import Binder, bindings

    found: dict[tuple[object, ...], Binding] = {}
    for number, binding in enumerate(bindings(template.tree)):
        place = (binding.file, binding.name, binding.sees_names) if binding.binder is Binder.SET else (number,)
        found.setdefault(place, binding)
    return list(found.values())


class _Hidden(NamedTuple):
    what: str
    severity: Severity | None = None


def _hidden(binding: Binding, spec: AnalysedSpec, columns: Collection[str]) -> _Hidden | None:
    """What a name means to those who read the spec and not the template's own line."""
    from msgspec_tool.templates.filters.functions import FILTER_ENTRIES, FUNCTION_NAMES

    name = binding.name
    if binding.sees_names and name in spec.shaped.variables:
        return _Hidden("hides the declared variable")
    if binding.sees_names and name in ALWAYS_DECLARED:
        return _Hidden("hides the name that every template knows")
    if binding.sees_names and name in columns:
        return _Hidden("hides the column of the recipients file")
    if name in FUNCTION_NAMES:
        return _Hidden("hides the function")
    if binding.sees_names and name in FILTER_ENTRIES:
        return _Hidden("has the name of a filter", Severity.INFO)
    return None


def _shadowing(binding: Binding, hidden: _Hidden, spec: AnalysedSpec, field: TemplateField) -> Finding:
    inside = binding.file is None
    file = binding.file or field.field.file
    related = [] if inside else [Label("used here", field.field.file, field.field.span)]
    variable = spec.shaped.variables.get(binding.name) if binding.sees_names else None
    if variable is not None:
        related.append(Label("declared here", variable.field.file, variable.field.key_span))
    return Finding(
        file,
        field.field.text_span(binding.start, binding.end) if inside else Span(binding.start, binding.end),
        f"{_named(binding)} {hidden.what}",
        field.field.path if inside else None,
        severity=hidden.severity,
        related=tuple(related),
        help="call it something else",
    )


def _named(binding: Binding) -> str:
    from msgspec_tool.templates.names.shadowing import Binder

    words = {
        Binder.SET: "the {} that is set here",
        Binder.LOOP: "the {} of this loop",
        Binder.WITH: "the {} of this 'with'",
        Binder.ARGUMENT: "the argument {}",
        Binder.MACRO: "the macro {}",
        Binder.IMPORT: "the imported {}",
    }
    return words[binding.binder].format(f"'{shown(binding.name)}'")
