"""DUP961: what two files claim for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.model import Claim, ClaimKind, FileSet
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.quoting import shown


@rule("DUP961", "duplicate-name", Subject.FILES)
def duplicate_name(files: FileSet, _context: RuleContext) -> Iterator[Finding]:
    """Two files have the same name, or give ids that begin alike.

    What: Of the files that are linted together two specs have the same ``name`` (error), or templates of correlation ids that
        begin with the same words (warning).
    Why: Plans, reports and receipts name a spec by its name and its ids; nobody can tell afterwards which message it was.
    Bad:
        # bill.msg.yaml
        name: bill
        # reminder.msg.yaml
        name: bill
    Good:
        # bill.msg.yaml
        name: bill
        # reminder.msg.yaml
        name: bill-reminder
    """
    for claim, first in contested(files, ClaimKind.NAME):
        yield _finding(claim, first, f"'{shown(claim.text)}' is the name of another spec too", "give each its own name")
    for claim, first in contested(files, ClaimKind.CORRELATION_PREFIX):
        message = f"ids that begin with '{shown(claim.text)}' are another spec's too"
        yield _finding(claim, first, message, "begin the ids of each spec in their own way", Severity.WARNING)


def contested(files: FileSet, kind: ClaimKind) -> Iterator[tuple[Claim, Claim]]:
    """Claims that another file made first, each with that one."""
    first: dict[str, Claim] = {}
    for claim in files.claims:
        if claim.kind is kind:
            known = first.setdefault(claim.text, claim)
            if known.file.path != claim.file.path:
                yield claim, known


def _finding(claim: Claim, first: Claim, message: str, help: str, severity: Severity | None = None) -> Finding:
    related = (Label("first used here", first.file, first.span),)
    return Finding(claim.file, claim.span, message, claim.path, severity=severity, related=related, help=help)
