"""SUP: comments that silence other rules."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Severity, Subject, rule
from msgspec_tool.model import Suppression, SuppressionUse
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.schema.wording import nearest
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span


@rule("SUP001", "unused-suppression", Subject.SUPPRESSION, severity=Severity.WARNING, fix=FixKind.SAFE)
def unused_suppression(use: SuppressionUse, _context: RuleContext) -> Iterator[Finding]:
    """A suppression silences nothing.

    What: ``msgspec: ignore[rule]`` names a rule that finds nothing on its line (any more).
    Why: Left-over suppressions hide the next mistake on that line.
    Bad:
        priority: high # msgspec: ignore[not-allowed-value] checked with the platform team
    Good:
        priority: high
    """
    for name, span in use.unused:
        yield Finding(
            use.suppression.file,
            span,
            f"'{shown(name)}' finds nothing on line {use.suppression.line}",
            help="remove the suppression",
            fix=_removal(use.suppression) if len(use.unused) == len(use.suppression.names) else None,
        )


def _removal(suppression: Suppression) -> Fix | None:
    """Take the whole comment out; one of a template stays, since the text around it is the message."""
    if not suppression.file.slice(suppression.span).startswith("#"):
        return None
    start = suppression.span.start
    text = suppression.file.text
    while start and text[start - 1] in " \t":
        start -= 1
    return Fix("remove the comment", (Edit(Span(start, suppression.span.end), ""),), Applicability.SAFE)


@rule("SUP002", "bad-suppression", Subject.SUPPRESSION, severity=Severity.WARNING, fix=FixKind.SAFE)
def bad_suppression(use: SuppressionUse, context: RuleContext) -> Iterator[Finding]:
    """A suppression is malformed, expired, without reason, or names no rule that exists.

    What: The comment is not ``msgspec: ignore[rule] reason``; a name in it is no rule; its ``until=`` has passed; or it gives
        no reason although the project asks for one (``require-reason``).
    Why: It silences nothing, or nobody will know why it did.
    Bad:
        priority: high # msgspec: ignore[no-such-rule] an old habit
    Good:
        priority: high
    """
    suppression = use.suppression
    if suppression.malformed:
        yield Finding(suppression.file, suppression.span, suppression.malformed)
        return
    for name, span in use.unknown:
        near = nearest(name, use.known_names)
        help = f"did you mean '{near}'?" if near else "`msgspec-tool rules` lists them"
        fix = Fix(f"write '{near}'", (Edit(span, near),)) if near and suppression.file.slice(span) == name else None
        yield Finding(suppression.file, span, f"there is no rule '{shown(name)}'", help=help, fix=fix)
    yield from _expired(suppression, context)
    if use.reason_required and not suppression.reason:
        yield Finding(suppression.file, suppression.span, "this suppression gives no reason", help="write why after the bracket")


def _expired(suppression: Suppression, context: RuleContext) -> Iterator[Finding]:
    if suppression.until is not None and context.ended(suppression.until):
        yield Finding(
            suppression.file,
            suppression.span,
            f"this suppression ended on {suppression.until}",
            help="mend the finding, or set a later date",
            fix=_removal(suppression),
        )
