"""DUP962: whether the channels of a message say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.model import AnalysedSpec, MessageForm, Variable
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span
from msgspec_tool.variables.alphabets import member_schema

_READ = frozenset(("text", "title", "subtitle", "description", "label"))
"""Keys of texts that people read."""
_OPENED = _READ | {"url", "value", "item_url"}
"""Keys of texts and links that people open."""
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_AMOUNT = re.compile(r"[£$€₹¥] ?[0-9][0-9,.]*[0-9]|[£$€₹¥] ?[0-9]|\b[A-Z]{3} ?[0-9][0-9,.]*[0-9]\b|\b[0-9]+(?:[.,][0-9]+)? ?%")
_LINK = re.compile(r"https?://(?P<page>[^\s\"'<>{}|\\^`?#]+)")
_KINDS = {"date": "date", "date-time": "date"}


class _Said(NamedTuple):
    """Something that a channel says: of one kind, with the words that compare it, and its place."""

    kind: str
    words: str
    field: Field
    span: Span


@rule("DUP962", "channel-parity", Subject.ANALYSED, severity=Severity.WARNING, confident=False)
def channel_parity(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """Channels of one message contradict each other.

    What: Of the same kind of thing (amounts, dates, other variables, links, figures in the text) one channel says something that
        another lacks, and the other says something that the first lacks. A channel that only says less is fine.
    Why: The wording was mended on one channel and forgotten on another: the same customer is told two sums, or sent to two pages.
    Bad:
        deliverychannel: [sms, fb]
        appid: a_100000000000000001
        channels:
          sms: {senderid: ACME, text: "Save 20% today"}
          fb: {text: "Save 25% today"}
        destination: [{msisdn: ["+447700900123"], psid: ["1000000000000001"]}]
    Good:
        deliverychannel: [sms, fb]
        appid: a_100000000000000001
        channels:
          sms: {senderid: ACME, text: "Save 20% today"}
          fb: {text: "Save 20% today, in every shop"}
        destination: [{msisdn: ["+447700900123"], psid: ["1000000000000001"]}]
    """
    if len(spec.messages) < 2 or any(template.problems for template in spec.templates.values()):
        return
    told = [(form.channel or "", list(_said(form, spec))) for form in spec.messages]
    for position, (channel, sayings) in enumerate(told[1:], 1):
        for before, others in told[:position]:
            found = next(_contradictions(sayings, others), None)
            if found is not None:
                mine, theirs = found
                message = f"{channel} says '{shown(mine.words)}' where {before} says '{shown(theirs.words)}'"
                related = (Label(f"{before} says this", theirs.field.file, theirs.span),)
                help = "say the same on each channel; one that is meant to differ can be suppressed with a reason"
                yield Finding(mine.field.file, mine.span, message, mine.field.path, related=related, help=help)
                break


def _contradictions(mine: list[_Said], theirs: list[_Said]) -> Iterator[tuple[_Said, _Said]]:
    for kind in dict.fromkeys(one.kind for one in mine):
        own = {one.words: one for one in reversed(mine) if one.kind == kind}
        other = {one.words: one for one in reversed(theirs) if one.kind == kind}
        here = next((one for one in reversed(own.values()) if one.words not in other), None)
        there = next((one for one in reversed(other.values()) if one.words not in own), None)
        if here is not None and there is not None:
            yield here, there


def _said(form: MessageForm, spec: AnalysedSpec) -> Iterator[_Said]:
    for field in form.block.walk() if form.block is not None else ():
        if not isinstance(field.value, str) or not field.path:
            continue
        if field.path[-1] in _READ:
            yield from _printed(field, spec)
            plain = _TEMPLATE.sub(lambda found: "\0" * len(found[0]), field.value)
            for found in _AMOUNT.finditer(plain):
                yield _Said("figure", found[0].replace(" ", ""), field, field.text_span(*found.span()))
        for found in _LINK.finditer(field.value) if _opens(field) else ():
            if field.value[found.end() : found.end() + 1] != "{":
                yield _Said("link", found["page"].rstrip("/.,;:!)"), field, field.text_span(*found.span()))


def _opens(field: Field) -> bool:
    """Whether people open the links in a field; pictures and sounds may differ."""
    return field.path[-1] in _OPENED and field.path[-2:] != ("payload", "url")


def _printed(field: Field, spec: AnalysedSpec) -> Iterator[_Said]:
    template = spec.templates.get(field.path)
    if template is None or template.tree is None:
        return
    from msgspec_tool.templates.names.mentions import mentions

    for mention in mentions(template):
        variable = spec.shaped.variables.get(mention.path[0])
        if variable is not None:
            span, kind, words = field.text_span(mention.start, mention.end), *_named(variable, mention.path)
            yield _Said(kind, words, field, span)
            if mention.currency:
                yield _Said(f"currency of {words}", f"{words} in {mention.currency}", field, span)


def _named(variable: Variable, path: tuple[str, ...]) -> tuple[str, str]:
    """The kind of a variable or of a declared member of it, and its name."""
    schema = member_schema(variable.schema, path[1:])
    if not schema:
        schema, path = variable.schema, path[:1]
    kind = str(schema.get("type", "string"))
    return _KINDS.get(str(schema.get("format")), "number" if kind == "integer" else kind), ".".join(path)
