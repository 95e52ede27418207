"""IDS: ids that tie receipts to messages."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.channels.limits import CORRELATION_BYTES
from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.model import ClaimKind, FileSet, MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import analysis_of, excess, labels, utf8_bytes
from msgspec_tool.rules.reading import elements, literal, predicted
from msgspec_tool.rules.several_files import contested
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown


def _correlation_ids(form: MessageForm) -> Iterator[Field]:
    own = form.root.get("correlationid")
    if own is not None:
        yield own
    destination = form.root.get("destination")
    if form.origin is Origin.SPEC and destination is not None and isinstance(destination.value, dict):
        member = destination.get("correlationid")
        if member is not None:
            yield member
    for element in elements(form):
        member = element.get("correlationid")
        if member is not None:
            yield member


@rule("IDS701", "correlationid-bytes", Subject.MESSAGE, common=True, api=("7004",), proves=True)
def correlationid_bytes(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A correlation id is longer than 50 bytes.

    What: The id takes more than 50 bytes in UTF-8: as it is written, or for some data that the declared variables allow.
    Why: The API documents 50 bytes; a longer id is refused or cut, and receipts no longer match.
    Bad:
        correlationid: quarterly-statement-reminder-for-premium-customers-2030-q1
    Good:
        correlationid: statement-reminder-2030-q1
    """
    for field in _correlation_ids(form):
        text = literal(field)
        if text is not None and len(text.encode("utf-8", "surrogatepass")) <= CORRELATION_BYTES:
            continue
        found = excess(form, field, CORRELATION_BYTES, utf8_bytes, context)
        if found is None:
            continue
        over = found.size - CORRELATION_BYTES
        analysis = analysis_of(form, field)
        what = f"'{shown(field.value)}' is" if found.literal else "this id is at least" if found.surely else "this id can be"
        yield Finding(
            field.file,
            field.span,
            f"{what} {found.size:.0f} bytes long; a correlation id has at most {CORRELATION_BYTES}",
            field.path,
            related=labels(field, analysis, found.example, printed=True),
            help=f"shorten it by {over:.0f} byte{'' if over == 1 else 's'}"
            if found.surely
            else f"declare a smaller maxLength, or cut the id with | bytes({CORRELATION_BYTES})",
            api=predicted("7004"),
            example=found.data,
        )


def _reused_across(files: FileSet, _context: RuleContext) -> Iterator[Finding]:
    for claim, first in contested(files, ClaimKind.CORRELATION_ID):
        related = (Label("first used here", first.file, first.span),)
        message = f"'{shown(claim.text)}' is the id of messages of another spec too"
        yield Finding(claim.file, claim.span, message, claim.path, related=related, help="give each spec its own")


@rule("IDS702", "correlationid-reuse", Subject.MESSAGE, common=True, severity=Severity.WARNING, confident=False, across=_reused_across)
def correlationid_reuse(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """Several destinations share one correlation id.

    What: The same literal id belongs to more than one destination, or to several of the specs that are linted together; or a
        mapping over a recipients file gives every row the same one.
    Why: Receipts then do not tell whose message arrived, and an unknown outcome can't be settled.
    Bad:
        destination:
          - msisdn: ["+447700900123"]
            correlationid: april
          - msisdn: ["+447700900124"]
            correlationid: april
    Good:
        destination:
          - msisdn: ["+447700900123"]
            correlationid: april-1
          - msisdn: ["+447700900124"]
            correlationid: april-2
    """
    first: dict[str, Field] = {}
    for element in elements(form):
        field = element.get("correlationid")
        text = literal(field)
        if field is None or not text:
            continue
        known = first.setdefault(text, field)
        if known is not field:
            related = (Label("first used here", known.file, known.span),)
            yield Finding(
                field.file,
                field.span,
                f"'{shown(text)}' is the id of another destination too",
                field.path,
                related=related,
                help="give each its own",
            )
    yield from _same_for_all(form)


def _same_for_all(form: MessageForm) -> Iterator[Finding]:
    field = form.root.find("destination", "correlationid") if form.origin is Origin.SPEC else None
    text = literal(field)
    if field is not None and text:
        yield Finding(
            field.file, field.span, f"every row gets the same id '{shown(text)}'", field.path, help="use a column, such as {{ id }}, in it"
        )
