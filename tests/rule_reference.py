"""The reference of the rules, generated from the rules themselves."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator

from msgspec_tool.catalogue import RULES
from msgspec_tool.channels.codes import BY_CODE
from msgspec_tool.diagnostics import FixKind, Rule
from tests.command import CHECKOUT

DOCUMENT = CHECKOUT / "docs" / "rules.md"

HEAD = """\
# The rules

Names are the handle in output, configuration and suppressions; codes never change. `msgspec-tool explain NAME` prints the same.
*API* is the platform's own code for what a finding predicts. This page is generated from the rules.

| code | name | severity | fix | profiles | API | |
| --- | --- | --- | --- | --- | --- | --- |
"""

CODES_HEAD = """
What the platform would answer, or report in a receipt, and the rules that say it before anything is sent:

| code | name | kind | rules |
| --- | --- | --- | --- |
"""

SECTION = re.compile(r"^(What|Why|Bad|Good):[ ]?(.*)$")


def reference() -> str:
    """The whole page."""
    rows = "".join(f"{_row(rule)}\n" for rule in RULES)
    return HEAD + rows + _codes() + "".join(f"\n{_chapter(rule)}" for rule in RULES)


def _codes() -> str:
    """The rules by the platform's codes that they predict."""
    codes = sorted({code for rule in RULES for code in rule.api})
    rows = (f"| {code} | {BY_CODE[code].name} | {BY_CODE[code].kind} | {_links(code)} |\n" for code in codes)
    return CODES_HEAD + "".join(rows)


def _links(code: str) -> str:
    return ", ".join(f"[{rule.name}](#{rule.name})" for rule in RULES if code in rule.api)


def _row(rule: Rule) -> str:
    fix = "" if rule.fix is FixKind.NONE else rule.fix.value
    profiles, codes = ", ".join(rule.profiles), ", ".join(rule.api)
    cells = (rule.code, f"[{rule.name}](#{rule.name})", rule.severity.word, fix, profiles, codes, _prose(rule.summary))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _chapter(rule: Rule) -> str:
    body = "\n".join(_body(rule)).strip()
    return f"## {rule.name}\n\n`{rule.code}`, {rule.severity.word}. {_prose(rule.summary)}\n\n{body}\n"


def _body(rule: Rule) -> Iterator[str]:
    """The sections of the docstring: prose as it stands, fragments in fences."""
    lines = inspect.cleandoc(rule.documentation).splitlines()[1:]
    fragment: list[str] | None = None
    for line in [*lines, "End:"]:
        section = SECTION.match(line)
        if section or line == "End:":
            yield from _fenced(fragment)
            fragment = None
        if section and section[1] in ("Bad", "Good"):
            yield f"\n{section[1]}:\n"
            fragment = [section[2]] if section[2] else []
        elif section:
            prose = _prose(section[2])
            yield f"\n{prose}" if section[1] == "What" else f"\n*Why*: {prose}"
        elif fragment is not None:
            fragment.append(line)
        elif line != "End:":
            yield _prose(line.strip())


def _prose(text: str) -> str:
    """Docstrings mark code with two backticks, Markdown with one."""
    return text.replace("``", "`")


def _fenced(fragment: list[str] | None) -> Iterator[str]:
    if fragment:
        text = textwrap.dedent("\n".join(fragment)).strip("\n")
        language = "json" if text[:1] in "{[" else "yaml"
        yield f"```{language}\n{text}\n```\n"


def fragments(rule: Rule) -> dict[str, str]:
    """The examples of a rule: ``Bad`` and ``Good``."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in inspect.cleandoc(rule.documentation).splitlines():
        section = SECTION.match(line)
        if section:
            current = section[1]
            found[current] = [section[2]] if section[2] else []
        elif current:
            found[current].append(line)
    return {name: textwrap.dedent("\n".join(found[name])).strip("\n") + "\n" for name in ("Bad", "Good")}
