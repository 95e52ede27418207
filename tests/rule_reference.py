"""The reference of the rules, generated from the rules themselves."""

from __future__ import annotations

from msgspec_tool.catalogue import RULES
from msgspec_tool.channels.codes import BY_CODE
from msgspec_tool.diagnostics import FixKind, Rule
from msgspec_tool.reporters.rule_text import prose, rule_markdown
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
    cells = (rule.code, f"[{rule.name}](#{rule.name})", rule.severity.word, fix, profiles, codes, prose(rule.summary))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _chapter(rule: Rule) -> str:
    return f"## {rule.name}\n\n`{rule.code}`, {rule.severity.word}. {prose(rule.summary)}\n\n{rule_markdown(rule)}\n"
