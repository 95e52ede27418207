"""From the text of a template to a :class:`~msgspec_tool.model.Template`: parsed, checked, never compiled.

Jinja's compiler evaluates constant expressions, so compiling a stranger's template is already running it. Text without
template marks is told apart here, and Jinja is not imported for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec_tool.model import Template, TemplateProblem, TemplateProblemKind

if TYPE_CHECKING:
    from msgspec_tool.templates.partials import Partials

MAX_TEMPLATE = 32_000
"""Characters of one template or partial. The longest text that a channel takes is far below."""

MOST_REMEMBERED = 1_000
"""Characters of a text without marks that is remembered: specs of a project repeat keys and numbers, and no long texts."""

_MARKS = ("{{", "{%", "{#")


def parse_template(source: str, partials: Partials | None = None) -> Template:
    """Parse a template; whatever is wrong with it stands in its ``problems``. Bad input never raises."""
    if "{" not in source or not any(mark in source for mark in _MARKS):
        return _text(source) if len(source) <= MOST_REMEMBERED else _text.__wrapped__(source)
    if len(source) > MAX_TEMPLATE:
        message = f"the template has {len(source):,} characters; at most {MAX_TEMPLATE:,} are read"
        return broken(source, TemplateProblem(TemplateProblemKind.SYNTAX, 0, 1, message))
    if "include" in source or "import" in source:
        return _read(source, partials)
    return _read_alone(source)


@lru_cache(maxsize=512)
def _text(source: str) -> Template:
    # what a frozen data class does field by field takes longer than all else that a text without marks takes
    made: Template = object.__new__(Template)
    made.__dict__.update(_ALIKE, source=source, results=[])
    return made


_ALIKE = vars(Template("", None, lone=False, straight_line=True, reads=frozenset()))
"""What all texts without marks have in common."""


def broken(source: str, problem: TemplateProblem) -> Template:
    """A template that could not be parsed."""
    return Template(source, None, lone=False, straight_line=False, reads=frozenset(), problems=(problem,))


@lru_cache(maxsize=128)
def _read_alone(source: str) -> Template:
    return _read(source, None)


def _read(source: str, partials: Partials | None) -> Template:
    from msgspec_tool.templates.reading import read

    return read(source, partials)
