"""What people read of a message: its texts, and of templates the parts that are printed as they stand."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec_tool.diagnostics import Edit
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.proofs import analysis_of
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import inside, quoted
from msgspec_tool.source.text import Span

READ_KEYS = frozenset(("text", "title", "subtitle", "label", "description"))
"""Keys of fields that hold what people read."""
_DATA = frozenset(("extras", "customtags", "customtag"))
"""Keys below which an app finds its own data: nobody knows what of it is shown."""

MOST_CHARACTERS = 32_000
"""Longer texts are not looked into: no channel takes them, which other rules say."""


def reader_texts(form: MessageForm) -> tuple[Field, ...]:
    """The texts, titles and labels of a message, templates or not."""
    return form.block.once(_texts_below) if form.block is not None else ()


def _texts_below(block: Field) -> tuple[Field, ...]:
    return tuple(
        field
        for field in block.strings()
        if field.path[-1] in READ_KEYS and len(field.value) <= MOST_CHARACTERS and _DATA.isdisjoint(field.path)
    )


def rewritten(field: Field, at: int, span: Span, text: str) -> Edit:
    """The edit that puts a text in place of the characters at ``span``, which begin at ``at`` of the field's value.

    At the beginning of a value without quotes a mark would open some: then the whole value gets quotes.
    """
    style = field.document.style(field.path)
    if style == "plain" and at == 0 and text[:1] in ("'", '"'):
        return Edit(field.span, quoted(text + field.file.slice(Span(span.end, field.span.end))))
    return Edit(span, inside(style, text))


def written_parts(form: MessageForm, field: Field) -> Sequence[tuple[int, int]]:
    """The ranges of a text that reach the reader as they are written; none of a template that can't be read."""
    if not field.templated:
        return ((0, len(field.value)),)
    analysis = analysis_of(form, field)
    if analysis is None or analysis.template.tree is None:
        return ()
    from msgspec_tool.templates.skeletons import own_texts

    return own_texts(analysis.template.tree)
