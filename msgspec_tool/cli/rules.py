"""``rules``: the table of rules."""

from __future__ import annotations

from collections.abc import Iterator

import click

from msgspec_tool.cli.output import print_json, print_lines


@click.command("rules", short_help="list the rules")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="A table, or a JSON list.")
def command(format_: str) -> int:
    """List every rule: code, name, severity, fix, and what it is about."""
    if format_ == "json":
        print_json(_listed())
    else:
        print_lines(_table())
    return 0


def _table() -> Iterator[str]:
    from msgspec_tool.catalogue import RULES

    width = max(len(known.name) for known in RULES)
    yield f"{'code':<7} {'name':<{width}} {'severity':<8} {'fix':<7} {'profile':<8} summary"
    for known in RULES:
        fix = "" if known.fix.value == "none" else known.fix.value
        profile = "default" if "default" in known.profiles else known.profiles[0]
        yield f"{known.code:<7} {known.name:<{width}} {known.severity.word:<8} {fix:<7} {profile:<8} {known.summary}"


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
