"""Names that a template reads and nobody declares, each with its exact place and the name that was most likely meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from msgspec_tool.model import Template, TemplateProblem, TemplateProblemKind
from msgspec_tool.templates.failures import quoted
from msgspec_tool.templates.filters.functions import CHANCES, CLOCKS, FILTER_ENTRIES, FUNCTION_NAMES, MAPPING_METHODS, REFUSED_GLOBALS
from msgspec_tool.templates.names.scopes import Origin, Read, reads, reads_plainly
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.templates.other_languages import FUNCTIONS, NOTHINGS

_PLACEHOLDER = r"(?:smart)?link_\w+\Z"


class Members(NamedTuple):
    """What is known about the members of a name such as ``env``, ``spec`` or ``recipient.row``.

    ``names`` None means that any may be there. ``lacking`` says where a member that exists is missing (``production``).
    """

    names: frozenset[str] | None
    lacking: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    absent: str = "there is no {path}"
    """Message for a member that does not exist; ``{path}`` is the quoted path."""
    help: str | None = None


def undefined_names(
    template: Template,
    declared: Collection[str],
    *,
    members: Mapping[tuple[str, ...], Members] | None = None,
    open_scope: bool = False,
    help: str = "declare it under variables or use a declared one",
    hints: Mapping[str, str] | None = None,
) -> tuple[TemplateProblem, ...]:
    """Problems of all names of a template that are neither declared, nor set by it on every path, nor functions.

    ``members`` maps paths of declared names (``("recipient", "row")``) to what is known below them. In an ``open_scope``
    other names may exist that nobody can list (columns of a file that is not there): they are not reported. ``hints``
    are remedies for certain names that take the place of ``help``.
    """
    if template.tree is None or template.problems:
        return ()
    if template.reads.issubset(declared) and reads_plainly(template.tree):
        return ()
    checker = _Checker(frozenset(declared) | FUNCTION_NAMES, members or {}, open_scope, help, hints or {})
    found = (problem for read in reads(template.tree) for problem in checker.problems(read))
    return tuple(_hyphenated(dict.fromkeys(found), template.source, checker.declared))


def _hyphenated(problems: Iterable[TemplateProblem], source: str, declared: Collection[str]) -> Iterator[TemplateProblem]:
    """``first-name``, which is a subtraction of two names that nobody declared, was meant for one that somebody did."""
    waiting: TemplateProblem | None = None
    for problem in problems:
        if waiting is not None and waiting.file is problem.file is None and source[waiting.end : problem.start] == "-":
            name = source[waiting.start : problem.end]
            candidate = nearest(name, declared)
            if candidate is not None:
                message = f"a name has no hyphen: {quoted(name)} is a subtraction{suggestion(candidate)}"
                waiting = TemplateProblem(problem.kind, waiting.start, problem.end, message, replacement=candidate)
                continue
        if waiting is not None:
            yield waiting
        waiting = problem
    if waiting is not None:
        yield waiting


class _Checker(NamedTuple):
    declared: frozenset[str]
    members: Mapping[tuple[str, ...], Members]
    open_scope: bool
    help: str
    hints: Mapping[str, str]

    def problems(self, read: Read) -> Iterator[TemplateProblem]:
        name = read.path[-1]
        if read.origin is Origin.UNEXPORTED:
            yield self._problem(read, f"the partial defines no {quoted(name)}")
        elif read.origin is Origin.HIDDEN:
            if not read.guarded and len(read.path) == 1:
                message = f"{quoted(name)} has no value here: the template sets it only later"
                yield self._problem(read, message, help="set it before, or set another name")
        elif len(read.path) > 1:
            yield from self._member(read)
        elif read.origin is Origin.CUT_OFF:
            message = f"{quoted(name)} is not visible in a partial that is imported without context"
            yield self._problem(read, message, help="import it 'with context', or pass the value to the macro")
        elif name not in self.declared:
            yield from self._name(read, name)

    def _name(self, read: Read, name: str) -> Iterator[TemplateProblem]:
        if read.origin is Origin.MAYBE:
            if not read.guarded:
                message = f"{quoted(name)} is set on some paths only"
                yield self._problem(read, message, help="set it on every path, or read it under 'default' or 'is defined'")
        elif name in REFUSED_GLOBALS or name.startswith("__"):
            reason = REFUSED_GLOBALS.get(name, "names with two leading underscores are Python's own")
            yield TemplateProblem(TemplateProblemKind.UNSAFE, read.start, read.end, f"{quoted(name)} is not allowed: {reason}", read.file)
        elif name not in self.hints and (read.called or not self.open_scope) and (problem := _foreign(read, name)) is not None:
            yield problem
        elif not self.open_scope:
            yield self._unknown(read, name)

    def _unknown(self, read: Read, name: str) -> TemplateProblem:
        hint = self.hints.get(name)
        candidate = None if hint else "none" if name in NOTHINGS else nearest(name, self.declared)
        filter_name = FUNCTIONS.get(name, name)
        if read.called and candidate is None and filter_name in FILTER_ENTRIES:
            return self._problem(read, f"{quoted(name)} is no function", help=f"write the filter: … | {filter_name}")
        if name == "loop":
            return self._problem(read, "'loop' is there only inside a for loop", help="read it in the loop's body")
        return self._problem(read, f"{quoted(name)} is not declared{suggestion(candidate)}", help=hint or self.help, replacement=candidate)

    def _member(self, read: Read) -> Iterator[TemplateProblem]:
        parent, name = read.path[:-1], read.path[-1]
        known = self.members.get(parent)
        if known is None or known.names is None or parent[0] not in self.declared or read.origin is not Origin.FREE:
            return
        if name not in known.names:
            if not (read.called and name in MAPPING_METHODS):
                candidate = nearest(name, known.names)
                message = known.absent.format(path=quoted(".".join(read.path))) + suggestion(candidate)
                yield self._problem(read, message, help=known.help, replacement=candidate)
        elif name in known.lacking and not read.guarded:
            where = ", ".join(quoted(environment) for environment in known.lacking[name][:3])
            yield self._problem(read, f"{quoted('.'.join(read.path))} has no value in environment {where}", help=known.help)

    def _problem(self, read: Read, message: str, *, help: str | None = None, replacement: str | None = None) -> TemplateProblem:
        kind = TemplateProblemKind.UNDEFINED
        return TemplateProblem(kind, read.start, read.end, message, read.file, help, replacement)


def _foreign(read: Read, name: str) -> TemplateProblem | None:
    """A name that means something elsewhere: a placeholder of the platform, the clock or the dice of another program."""
    if re.match(_PLACEHOLDER, name):
        message = f"{quoted(name)} is a name to the template, not the platform's placeholder of a link"
        return TemplateProblem(TemplateProblemKind.PLACEHOLDER, read.start, read.end, message, read.file)
    if name in CLOCKS and (read.called or name != "timestamp"):
        message = f"{quoted(name)} is not there: the same data must give the same message, whenever it is rendered"
        help = "let the data bring the time; {after: 4h} counts expiry from the run"
    elif name in CHANCES and (read.called or name in ("random", "uuid")):
        message, help = f"{quoted(name)} is not there: the same data must give the same message", "let the data bring the value"
    else:
        return None
    return TemplateProblem(TemplateProblemKind.CHANCE, read.start, read.end, message, read.file, help)
