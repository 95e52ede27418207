"""The reference of the rules, generated from the rules themselves."""

from __future__ import annotations

from msgspec_tool.catalogue import RULES
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


def reference() -> str:
    """The whole page."""
    rows = "".join(f"{_row(rule)}\n" for rule in RULES)
    return HEAD + rows + "".join(f"\n{_chapter(rule)}" for rule in RULES)


def _row(rule: Rule) -> str:
    fix = "" if rule.fix is FixKind.NONE else rule.fix.value
    profiles, codes = ", ".join(rule.profiles), ", ".join(rule.api)
    cells = (rule.code, f"[{rule.name}](#{rule.name})", rule.severity.word, fix, profiles, codes, prose(rule.summary))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _chapter(rule: Rule) -> str:
    return f"## {rule.name}\n\n`{rule.code}`, {rule.severity.word}. {prose(rule.summary)}\n\n{rule_markdown(rule)}\n"
