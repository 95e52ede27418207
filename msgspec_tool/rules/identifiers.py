"""IDS: ids that tie receipts to messages."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.channels.limits import CORRELATION_BYTES
from msgspec_tool.diagnostics import Finding, Label, Rule, Severity, Subject, rule
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reading import elements, literal, predicted
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


@rule("IDS701", "correlationid-bytes", Subject.MESSAGE, api=("7004",))
def correlationid_bytes(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A correlation id is longer than 50 bytes.

    What: The id takes more than 50 bytes in UTF-8. Of a template the literal text counts here; what variables add is
        checked for every row that is rendered.
    Why: The API documents 50 bytes; a longer id is refused or cut, and receipts no longer match.
    Bad:
        correlationid: quarterly-statement-reminder-for-premium-customers-2030-q1
    Good:
        correlationid: statement-reminder-2030-q1
    """
    for field in _correlation_ids(form):
        text = literal(field) if not field.templated else _literal_parts(field.value)
        size = len(text.encode("utf-8", "surrogatepass")) if text else 0
        if text is not None and size > CORRELATION_BYTES:
            what = "the literal text of this id alone is" if field.templated else f"'{shown(text)}' is"
            yield Finding(
                field.file,
                field.span,
                f"{what} {size} bytes long; a correlation id has at most {CORRELATION_BYTES}",
                field.path,
                help=f"shorten it by {size - CORRELATION_BYTES} byte{'' if size - CORRELATION_BYTES == 1 else 's'}",
                api=predicted("7004"),
            )


def _literal_parts(source: str) -> str:
    """What a template prints for all data: its text outside of tags; nothing where a condition could leave text out."""
    if "{%" in source:
        return ""
    parts, rest = [], source
    while rest:
        before, opening, after = rest.partition("{")
        parts.append(before)
        if not opening:
            break
        closing = {"{": "}}", "#": "#}"}.get(after[:1])
        if closing is None:
            parts.append("{")
            rest = after
        else:
            rest = after[1:].partition(closing)[2]
    return "".join(parts)


@rule("IDS702", "correlationid-reuse", Subject.MESSAGE, severity=Severity.WARNING, confident=False)
def correlationid_reuse(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """Several destinations share one correlation id.

    What: The same literal id belongs to more than one destination, or a mapping over a recipients file gives every row the
        same one.
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


RULES: tuple[Rule, ...] = (correlationid_bytes, correlationid_reuse)
