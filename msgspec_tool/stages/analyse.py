"""Analyse: parse every template of a spec, resolve its names, find the suppressions in its comments. No template is run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Protocol

from msgspec_tool.model import ALWAYS_DECLARED, AnalysedSpec, Scope, ShapedSpec, Suppression, Template, TemplateField, TemplateProblem
from msgspec_tool.source.document import Path, Plain
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.templates.parsing import parse_template

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.analysis import Analysis, Setting
    from msgspec_tool.templates.names.undeclared import Members
    from msgspec_tool.templates.partials import Partials

SPEC_MEMBERS = frozenset(("name", "version"))
"""What ``spec`` holds."""

RECIPIENT_MEMBERS = frozenset(("row", "address", "channel"))
"""What ``recipient`` holds."""

_COLUMNS = "declare the column under variables and read it by its name"


class KnownNames(Protocol):
    """The part of a rule's context that decides which names exist."""

    @property
    def environments(self) -> Mapping[str, Mapping[str, Plain]]: ...

    @property
    def environment(self) -> str | None: ...

    @property
    def columns(self) -> tuple[str, ...] | None: ...

    @property
    def locales(self) -> tuple[str, ...]: ...


def analyse_spec(shaped: ShapedSpec, partials: Partials | None, context: KnownNames) -> AnalysedSpec:
    """Parse the templates of a spec and resolve their names; what is wrong stands in each template's ``problems``.

    The names of recipients' columns are known where the file is there. Where it is not, names in the destination mapping
    that nobody declares may be columns and are not reported: the render checks them against the file it is given.
    """
    analysed: dict[Path, Template] = {}
    suppressions = list(shaped.loaded.suppressions)
    said: set[tuple[str, TemplateProblem]] = set()
    names = _Names(shaped, context)
    for field in shaped.templates:
        template = parse_template(field.field.value, partials)
        problems = template.problems
        if template.tree is not None:
            problems += names.undefined(template, field.scope)
            if template.comments:
                suppressions.extend(_suppressions(template, field))
        analysed[field.field.path] = replace(template, problems=tuple(_once(problems, said))) if problems else template
    return AnalysedSpec(shaped, analysed, tuple(suppressions), _analyses(shaped, analysed, context))


def _analyses(shaped: ShapedSpec, templates: Mapping[Path, Template], context: KnownNames) -> dict[Path, Analysis]:
    """What is known of every template that is one; texts without marks need no analysis."""
    wanted = [field for field in shaped.templates if templates[field.field.path].tree is not None]
    if not wanted:
        return {}
    from msgspec_tool.templates.bounds.analysis import Allowance, Analysis
    from msgspec_tool.templates.bounds.surrounding import declared_values, setting, silent_variables

    allowance, declared, silent = Allowance(), declared_values(shaped.variables), silent_variables(shaped.variables)

    @cache
    def surrounding(scope: Scope, channel: str | None) -> Setting:
        chosen = context.environments.get(context.environment or "")
        own = shaped.root.get("locale")
        return setting(
            shaped.variables,
            spec_name=shaped.name,
            channels=(channel,) if channel else shaped.channels,
            environments=context.environments.values() if chosen is None else (chosen,),
            locales=(own.value,) if own is not None and isinstance(own.value, str) else context.locales,
            columns=(context.columns or ()) if scope is Scope.DESTINATION else (),
            allowance=allowance,
            declared=declared,
            silent=silent,
        )

    return {
        field.field.path: Analysis(templates[field.field.path], surrounding(field.scope, field.channel), native="string" not in field.types)
        for field in wanted
    }


def _once(problems: Iterable[TemplateProblem], said: set[tuple[str, TemplateProblem]]) -> Iterator[TemplateProblem]:
    """A mistake in a partial is told once, however many templates of the spec include it."""
    for problem in problems:
        if problem.file is None:
            yield problem
        elif (problem.file.path, problem) not in said:
            said.add((problem.file.path, problem))
            yield problem


class _Names:
    """The names that the templates of a spec may read, by their scopes."""

    def __init__(self, shaped: ShapedSpec, context: KnownNames) -> None:
        self._declared = ALWAYS_DECLARED | shaped.variables.keys()
        self._context = context

    def undefined(self, template: Template, scope: Scope) -> tuple[TemplateProblem, ...]:
        """The problems of names that are not there."""
        from msgspec_tool.templates.names.undeclared import undefined_names

        columns = self._context.columns
        if scope is Scope.DESTINATION:
            return undefined_names(template, self._with_columns, members=self._members, open_scope=columns is None)
        return undefined_names(template, self._declared, members=self._members, hints=self._hints)

    @cached_property
    def _with_columns(self) -> frozenset[str]:
        return self._declared | frozenset(self._context.columns or ())

    @cached_property
    def _hints(self) -> dict[str, str]:
        columns = self._context.columns or ()
        return {name: f"it is a column of the recipients file: declare '{name}' under variables" for name in columns}

    @cached_property
    def _members(self) -> dict[tuple[str, ...], Members]:
        return _members(self._context)


def _members(context: KnownNames) -> dict[tuple[str, ...], Members]:
    from msgspec_tool.templates.names.undeclared import Members

    return {
        ("env",): _environment_members(context),
        ("spec",): Members(SPEC_MEMBERS, help="'spec' holds name and version"),
        ("recipient",): Members(RECIPIENT_MEMBERS, help="'recipient' holds row, address and channel"),
        ("recipient", "row"): Members(frozenset(), absent="{path} does not exist: 'recipient.row' is the row's number", help=_COLUMNS),
    }


def _environment_members(context: KnownNames) -> Members:
    """With a chosen environment its own values; without one those of any, and where each is lacking."""
    from msgspec_tool.templates.names.undeclared import Members

    if not context.environments:
        return Members(frozenset(), absent="{path} has no value: no environment is declared", help="declare environments in msgspec.yaml")
    remedy = "add it to the environment's values in msgspec.yaml"
    if context.environment is not None:
        names = frozenset(context.environments.get(context.environment, {}))
        return Members(names, absent=f"{{path}} has no value in environment '{context.environment}'", help=remedy)
    names = frozenset(name for values in context.environments.values() for name in values)
    lacking = {
        name: tuple(environment for environment, values in context.environments.items() if name not in values)
        for name in names
        if any(name not in values for values in context.environments.values())
    }
    return Members(names, lacking, absent="{path} has no value in any environment", help=remedy)


def _suppressions(template: Template, field: TemplateField) -> Iterator[Suppression]:
    """Suppressions in Jinja comments: each covers its line; alone on a line, the next one."""
    for start, text in template.comments:
        if "msgspec" in text:
            from msgspec_tool.suppression import parse_suppression

            file = field.field.file
            span = field.field.text_span(start, start + len(text))
            found = parse_suppression(file, span, text, _covered_line(file, span))
            if found is not None:
                yield found


def _covered_line(file: SourceFile, span: Span) -> int:
    first, last = file.position(span.start), file.position(max(span.start, span.end - 1))
    before = file.line_text(first.line)[: first.column - 1]
    after = file.line_text(last.line)[last.column :]
    return first.line if before.strip() or after.strip() else last.line + 1
