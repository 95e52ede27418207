"""TPL217: the marks of HTML in messages that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec_tool.diagnostics import Finding, Fix, FixKind, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reader_texts import reader_texts, rewritten, written_parts
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown

_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
_TAG = r"(?i:</?(?:p|br|b|i|u|em|strong|span|div|a|ul|ol|li|h[1-6])(?:\s[^<>]*)?/?>)"
_SYNTAX = frozenset("{}%#\\")
"""Characters that could begin something else where they are put: they are left to a person."""


@rule("TPL217", "escaped-entities", Subject.MESSAGE, severity=Severity.WARNING, fix=FixKind.SAFE)
def escaped_entities(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A text holds marks of HTML, or characters that were escaped for it.

    What: ``&amp;``, ``&#39;``, ``&nbsp;`` and the like in a text, title or label, and tags such as ``<br>`` and ``<b>``. WeChat's
        texts, which may hold links in HTML, are left alone.
    Why: Messages are no HTML: people read the letters ``&amp;``, and a link that holds them leads elsewhere.
    Bad:
        channels:
          sms: {senderid: ACME, text: Boots &amp; coats at half price}
    Good:
        channels:
          sms: {senderid: ACME, text: Boots & coats at half price}
    """
    if form.channel == "wechat":
        return
    for field in reader_texts(form):
        if "&" not in field.value and "<" not in field.value:
            continue
        parts = tuple(written_parts(form, field))
        for start, end in parts:
            for found in re.compile(_ENTITY).finditer(field.value, start, end):
                yield from _finding(field, found)
        tags = [found for start, end in parts for found in re.compile(_TAG).finditer(field.value, start, end)]
        if tags:
            yield _markup(field, tags[0], len(tags) - 1)


def _markup(field: Field, found: re.Match[str], more: int) -> Finding:
    """The first tag of a text: who writes one writes several."""
    message = f"people read '{shown(found[0])}' as it stands here: messages are no HTML"
    help = "write the words alone, and '\\n' in double quotes for a line break" + (
        f"; {more} more {'follows' if more == 1 else 'follow'}" if more else ""
    )
    return Finding(field.file, field.text_span(found.start(), found.end()), message, field.path, help=help)


def _finding(field: Field, found: re.Match[str]) -> Iterator[Finding]:
    from html import unescape

    meant = unescape(found[0]).replace("\u00a0", " ")
    if meant == found[0]:
        return
    span = field.text_span(found.start(), found.end())
    mark = '"' if meant == "'" else "'"
    help = f"write {mark}{meant}{mark}" if meant.isprintable() else "remove it"
    fix = None
    if field.file.slice(span) == found[0] and meant.isprintable() and _SYNTAX.isdisjoint(meant):
        fix = Fix(help, (rewritten(field, found.start(), span, meant),))
    message = f"people read '{found[0]}' as it stands here: messages are no HTML"
    yield Finding(field.file, span, message, field.path, help=help, fix=fix)
