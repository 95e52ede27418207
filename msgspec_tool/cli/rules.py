"""``rules``: the table of rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.output import print_json, print_lines, terminal_room

if TYPE_CHECKING:
    from msgspec_tool.diagnostics import Rule


@click.command("rules", short_help="list the rules")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="A table, or a JSON list.")
def command(format_: str) -> int:
    """List every rule: code, name, severity, fix, and what it is about."""
    if format_ == "json":
        print_json(_listed())
    else:
        print_lines(_table(terminal_room()))
    return 0


def _table(room: int | None) -> Iterator[str]:
    """A row for each rule; on a narrow terminal what a rule is about stands below its row."""
    from msgspec_tool.catalogue import RULES
    from msgspec_tool.reporters.rule_text import fitted

    width = max(len(known.name) for known in RULES)
    rows = [("code", "name", "severity", "fix", "profile", "summary"), *map(_cells, RULES)]
    for code, name, severity, fix, profile, summary in rows:
        facts = f"{code:<7} {name:<{width}} {severity:<8} {fix:<7} {profile:<8}"
        if room is None or len(facts) + 1 + max(len(known.summary) for known in RULES) <= room:
            yield f"{facts} {summary}"
        else:
            yield from fitted([facts.rstrip(), f"        {summary}"], room)


def _cells(known: Rule) -> tuple[str, ...]:
    fix = "" if known.fix.value == "none" else known.fix.value
    profile = "default" if "default" in known.profiles else known.profiles[0]
    return known.code, known.name, known.severity.word, fix, profile, known.summary


def _listed() -> list[dict[str, object]]:
    from msgspec_tool.catalogue import RULES

    return [
        {
            "code": known.code,
            "name": known.name,
            "family": known.family,
            "severity": known.severity.word,
            "profiles": list(known.profiles),
            "fix": known.fix.value,
            "api": list(known.api),
            "since": known.since,
            "summary": known.summary,
        }
        for known in RULES
    ]
