"""A rule's documentation as it is read: the text of ``explain``, and its sections as Markdown."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator

from msgspec_tool.diagnostics import Rule

_SECTION = re.compile(r"^(What|Why|Bad|Good):[ ]?(.*)$")


def rule_text(rule: Rule) -> str:
    """The summary, an empty line, and the sections What, Why, Bad and Good as they are written."""
    return prose(inspect.cleandoc(rule.documentation))


def rule_markdown(rule: Rule) -> str:
    """The sections behind the summary: prose as it stands, examples in fences."""
    return "\n".join(_sections(rule)).strip()


def prose(text: str) -> str:
    """Docstrings mark code with two backticks, Markdown with one."""
    return text.replace("``", "`")


def _sections(rule: Rule) -> Iterator[str]:
    fragment: list[str] | None = None
    for line in [*rule_text(rule).splitlines()[1:], "End:"]:
        section = _SECTION.match(line)
        if section or line == "End:":
            yield from _fenced(fragment)
            fragment = None
        if section and section[1] in ("Bad", "Good"):
            yield f"\n{section[1]}:\n"
            fragment = [section[2]] if section[2] else []
        elif section:
            text = prose(section[2])
            yield f"\n{text}" if section[1] == "What" else f"\n*Why*: {text}"
        elif fragment is not None:
            fragment.append(line)
        elif line != "End:":
            yield prose(line.strip())


def _fenced(fragment: list[str] | None) -> Iterator[str]:
    if fragment:
        text = textwrap.dedent("\n".join(fragment)).strip("\n")
        language = "json" if text[:1] in "{[" else "yaml"
        yield f"```{language}\n{text}\n```\n"
