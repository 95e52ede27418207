"""``explain``: a rule, or a code of the platform, offline."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from msgspec_tool.cli.output import print_lines, terminal_room
from msgspec_tool.errors import UsageError

if TYPE_CHECKING:
    from msgspec_tool.diagnostics import Rule


_DIGITS = 4
"""Of most codes. A number of as many is no slip of the finger but a code of something else."""


@click.command("explain", short_help="explain a rule or a platform code")
@click.argument("what")
def command(what: str) -> int:
    """Explain WHAT: a rule (name or code), the rules of a family, such as SMS, or a code that the platform answers, such as 7009."""
    from msgspec_tool.catalogue import find
    from msgspec_tool.reporters.rule_text import fitted

    known, room = find(what), terminal_room()
    if known is not None:
        print_lines(_rule(known, room))
    elif what.isdecimal():
        print_lines(fitted(_platform_code(what), room))
    else:
        from msgspec_tool.catalogue import RULES, suggestion

        family = [known for known in RULES if known.family == what.upper()]
        if family:
            print_lines(fitted((f"{known.code} {known.name}: {known.summary}" for known in family), room))
            return 0
        near = suggestion(what) if not any(what in known.profiles for known in RULES) else None
        raise UsageError(f"there is no rule '{what}'", help=f"did you mean '{near}'?" if near else "`msgspec-tool rules` lists them")
    return 0


def _rule(known: Rule, room: int | None) -> Iterator[str]:
    from msgspec_tool.reporters.rule_text import fitted, fitted_rule

    yield f"{known.code} {known.name}"
    facts = [f"severity: {known.severity.word}", f"profiles: {', '.join(known.profiles)}"]
    if known.fix.value != "none":
        facts.append(f"fix: {known.fix.value}")
    if known.api:
        facts.append(f"platform codes: {', '.join(known.api)}")
    yield from fitted(["  ".join(facts)], room)
    yield ""
    yield from fitted_rule(known, room)


def _platform_code(code: str) -> Iterator[str]:
    from msgspec_tool.catalogue import RULES
    from msgspec_tool.channels.codes import CODES, SERVER_MESSAGES

    found = [entry for entry in CODES if entry.code == code]
    if not found:
        raise UsageError(f"the platform has no documented code '{code}'", help=_nearest(code, [entry.code for entry in CODES]))
    for entry in found:
        yield f"{entry.code} {entry.name}  ({entry.kind}, {entry.channels})"
        if entry.meaning != entry.name:
            yield f"  {entry.meaning}"
        yield f"  What to do: {entry.action}"
    rules = [known for known in RULES if code in known.api]
    if rules:
        yield "  Rules that predict it:"
        yield from (f"    {known.code} {known.name}" for known in rules)
    messages = [(message, name) for number, message, name in SERVER_MESSAGES if number == code]
    if messages:
        yield "  The server's words, and the rule that finds each:"
        yield from (f"    {message}  [{name}]" for message, name in messages)


def _nearest(code: str, known: list[str]) -> str:
    if len(code) == _DIGITS:
        return "codes of channels that are not here, such as WhatsApp, email, RCS and MMS, are not listed"
    near = get_close_matches(code, known, n=1, cutoff=0.7)
    return f"did you mean '{near[0]}'?" if near else "codes are four digits, such as 7003"
