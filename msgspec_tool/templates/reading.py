"""Reading templates with Jinja: syntax, limits, what is allowed, and the partials that they include and import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.model import Template, TemplateProblem, TemplateProblemKind
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.allowed import disallowed, is_straight
from msgspec_tool.templates.environment import MessageEnvironment
from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.names.scopes import free_names
from msgspec_tool.templates.parsing import MAX_TEMPLATE, broken
from msgspec_tool.templates.partials import OutsideError, Partials, check_name
from msgspec_tool.templates.positions import LocatedSyntaxError, end_of, offset_of
from msgspec_tool.templates.skeletons import parse_alike, same_for_all
from msgspec_tool.templates.tree import NAMING, Partial, Parts, constant_name, depth, expansions, parts_of, walk

MAX_DEPTH = 100
"""Levels of the syntax tree: Python's compiler recurses over them."""

MAX_STRAIGHT = 4_096
"""Characters of a template that may run outside a worker: together with the bounds of single operations, a second at most."""

MAX_PARTIAL_DEPTH = 10
"""Partials that include partials."""

MAX_EXPANSIONS = 200
"""Partials in one template, each counted as often as it is named."""

_SYNTAX, _UNKNOWN, _UNSAFE = TemplateProblemKind.SYNTAX, TemplateProblemKind.UNKNOWN, TemplateProblemKind.UNSAFE


@cache
def _environment() -> MessageEnvironment:
    return MessageEnvironment()


def read(source: str, partials: Partials | None) -> Template:
    """The template of a text that holds template marks."""
    root = _parsed(source)
    if isinstance(root, TemplateProblem):
        return broken(source, root)
    parts = parts_of(root)
    comments = parts.tokens.comments(source) if "{#" in source else ()
    facts = parts.copied.skeleton.answer(_facts) if parts.copied is not None else None
    if facts is not None and facts.is_sound:
        straight = facts.straight and len(source) <= MAX_STRAIGHT
        return Template(source, root, lone=facts.lone, straight_line=straight, reads=facts.reads, comments=comments)
    problems = [*disallowed(root), *_Following(partials).follow(root, parts)]
    if expansions(parts) > MAX_EXPANSIONS:
        problems.append(TemplateProblem(_SYNTAX, 0, 1, f"the template names more than {MAX_EXPANSIONS} partials in all"))
    problems.sort(key=lambda problem: (problem.file is not None, problem.start))
    return Template(
        source,
        root,
        lone=_is_lone(root),
        straight_line=len(source) <= MAX_STRAIGHT and is_straight(root),
        reads=frozenset() if problems else free_names(root),
        problems=tuple(problems),
        comments=comments,
    )


class _Facts(NamedTuple):
    """What the tags of a template say, whatever its texts are."""

    is_sound: bool
    lone: bool
    straight: bool
    reads: frozenset[str]


def _facts(root: nodes.Template) -> _Facts:
    if disallowed(root):
        return _Facts(False, False, False, frozenset())
    return _Facts(True, _is_lone(root), is_straight(root), free_names(root))


def _parsed(source: str) -> nodes.Template | TemplateProblem:
    """The tree of a text, with its parts but for partials."""
    too_deep = TemplateProblem(_SYNTAX, 0, 1, "the template nests too deeply", help="split it, or move parts into partials")
    if len(source) > MAX_TEMPLATE:
        return TemplateProblem(_SYNTAX, 0, 1, f"more than {MAX_TEMPLATE:,} characters")
    try:
        root = parse_alike(_environment(), source)
    except LocatedSyntaxError as error:
        from msgspec_tool.templates.syntax_messages import problem_of

        return problem_of(error, source)
    except RecursionError:
        return too_deep
    return too_deep if _depth(root) > MAX_DEPTH else root


_depth = same_for_all(depth)


def _is_lone(root: nodes.Template) -> bool:
    if len(root.body) != 1 or not isinstance(root.body[0], nodes.Output) or "variable_begin" not in parts_of(root).tokens.kinds:
        return False
    printed = root.body[0].nodes
    return len(printed) == 1 and not isinstance(printed[0], nodes.TemplateData)


@dataclass
class _Following:
    """Reads partials, each once; ``stack`` holds the names that are being read, to find cycles."""

    partials: Partials | None

    def __post_init__(self) -> None:
        self.known: dict[str, tuple[Partial | None, list[TemplateProblem]]] = {}
        self.stack: list[str] = []

    def follow(self, root: nodes.Template, parts: Parts) -> Iterator[TemplateProblem]:
        """Problems of all partials below; ``parts.partials`` is filled."""
        for node in walk(root):
            if isinstance(node, NAMING):
                yield from self._one(node, parts)

    def _one(self, node: nodes.Include | nodes.Import | nodes.FromImport, parts: Parts) -> Iterator[TemplateProblem]:
        start, end = offset_of(node.template), end_of(node.template)
        name = constant_name(node)
        if name is None:
            yield TemplateProblem(_UNSAFE, start, end, "the name of a partial must be one constant text", help="choose with if")
        elif name in self.stack:
            yield TemplateProblem(_SYNTAX, start, end, f"partial {quoted(name)} includes itself")
        elif len(self.stack) >= MAX_PARTIAL_DEPTH:
            yield TemplateProblem(_SYNTAX, start, end, f"partials nest more than {MAX_PARTIAL_DEPTH} deep")
        else:
            yield from self._named(name, node, parts, start, end)

    def _named(self, name: str, node: nodes.Node, parts: Parts, start: int, end: int) -> Iterator[TemplateProblem]:
        try:
            check_name(name)
            partial, problems = self._load(name)
        except OutsideError as error:
            yield TemplateProblem(_UNSAFE, start, end, str(error))
            return
        except BadValueError as error:
            if not getattr(node, "ignore_missing", False):
                yield TemplateProblem(_UNKNOWN, start, end, str(error))
            return
        if partial is not None:
            parts.partials[name] = partial
            parts.named.append(name)
        yield from problems

    def _load(self, name: str) -> tuple[Partial | None, list[TemplateProblem]]:
        if name not in self.known:
            if self.partials is None:
                raise BadValueError(f"partial {quoted(name)} can't be read: there is no project folder")
            file = self.partials.load(name)
            self.stack.append(name)
            self.known[name] = self._read(file)
            self.stack.pop()
            return self.known[name]
        return self.known[name][0], []

    def _read(self, file: SourceFile) -> tuple[Partial | None, list[TemplateProblem]]:
        root = _parsed(file.text)
        if isinstance(root, TemplateProblem):
            return None, [root._replace(file=file)]
        parts = parts_of(root)
        problems = [*disallowed(root), *self.follow(root, parts)]
        return Partial(file, root, parts), [problem if problem.file else problem._replace(file=file) for problem in problems]
