"""LIM: how much fits into one request."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.channels.limits import CALLBACK_CHARACTERS
from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.model import MessageForm, Origin, RequestBody
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import analysis_of, characters, excess, labels
from msgspec_tool.rules.reading import identified, predicted
from msgspec_tool.source.document import Field


@rule("LIM951", "too-many-destinations", Subject.BODY, api=("7009",))
def too_many_destinations(body: RequestBody, context: RuleContext) -> Iterator[Finding]:
    """More addresses than one request takes.

    What: An inline ``destination``, or a whole request body, holds more than 1,000 addresses (or than the environment's
        ``max_addresses``).
    Why: The platform refuses the request with 7009.
    Bad:
        destination:
          - msisdn: ["+447700900000", "+447700900001", …] # and 999 more
    Good:
        destination:
          from: recipients.csv
          msisdn: "{{ phone }}"
    """
    limit = context.max_addresses
    is_spec = any(message.origin is Origin.SPEC for message in body.messages)
    total = 0
    over: Field | None = None
    for message in body.messages[:1] if is_spec else body.messages:
        for element, members in identified(message):
            total += max([len(member.value) if isinstance(member.value, list) else 1 for member in members], default=0)
            if total > limit and over is None:
                over = element
    if over is None:
        return
    where = "this list" if is_spec else "this request"
    yield Finding(
        over.file,
        over.key_span if not is_spec else over.document.key_span(("destination",)),
        f"{where} holds {total:,} addresses; a request takes at most {limit:,}",
        ("destination",) if is_spec else over.path,
        help="put them in a recipients file: it is packed into as many requests as it takes",
        api=predicted("7009"),
    )


@rule("LIM952", "request-size", Subject.MESSAGE, common=True, proves=True)
def request_size(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """``callbackData`` is longer than 2,000 characters.

    What: The text that comes back in every delivery notification is too long: as it is written, or for some data that the declared
        variables allow (warning).
    Why: The API documents 2,000 characters, spaces included.
    Bad:
        callbackData: "campaign=spring&segment=1&segment=2&segment=3…" # and 2,000 characters more
    Good:
        callbackData: campaign=spring
    """
    field = form.root.get("callbackData")
    found = excess(form, field, CALLBACK_CHARACTERS, characters, context)
    if field is not None and found is not None:
        yield Finding(
            field.file,
            field.span,
            f"'callbackData' {found.verb} {found.size:,.0f} characters; at most {CALLBACK_CHARACTERS:,} come back",
            field.path,
            severity=None if found.surely else Severity.WARNING,
            related=labels(field, analysis_of(form, field), found.example, printed=True),
            help=f"shorten it by {found.size - CALLBACK_CHARACTERS:,.0f}" if found.surely else "declare smaller lengths",
            example=found.data,
        )
