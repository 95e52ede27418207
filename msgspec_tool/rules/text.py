"""TXT: what customers read."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Finding, Prediction, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import analysis_of, labels, texts_of, witnessed
from msgspec_tool.rules.reading import is_blank, predicted
from msgspec_tool.source.document import Field

_PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "sms": (("text",),),
    "push": (("android", "text"), ("ios", "text"), ("web", "text")),
    "rt": (("message", "text"), ("notification", "title"), ("notification", "text")),
    "fb": (("text",), ("attachment", "payload", "text")),
    "twitter": (("text",),),
    "wechat": (("text",),),
}
_TITLED = {"options": "quick reply", "quick_replies": "quick reply", "elements": "card", "buttons": "button"}
"""What the members of a list are, whose title or label is mandatory."""
_EMPTY_IS_FINE = frozenset({"typingStart", "typingStop", "threadAlert"})


@rule("TXT401", "empty-text", Subject.MESSAGE, api=("7003", "7004"), proves=True)
def empty_text(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A mandatory text is empty.

    What: A text that the channel needs, or the title of a quick reply, a card or a button, is there and says nothing: empty, or only
        blanks. Of a template: for all data (error), in some branch, or for some data that the declared variables allow (warning;
        such a row is refused).
    Why: The platform refuses it, or a customer's phone lights up without a message.
    Bad:
        channels:
          sms:
            senderid: ACME
            text: "  "
    Good:
        channels:
          sms:
            senderid: ACME
            text: Your parcel is here
    """
    if form.block is None or form.channel is None:
        return
    for path in _PLACES.get(form.channel, ()):
        field = form.block.find(*path)
        if field is None or _may_be_empty(form, path):
            continue
        if field.templated:
            yield from (one._replace(api=_api(form.channel, path)) for one in _may_print_nothing(form, field, context))
        elif is_blank(field):
            is_text = path[-1] == "text"
            message = (
                f"the text of {'.'.join((form.channel, *path[:-1]))} is empty" if is_text else "the title of the notification is empty"
            )
            yield _empty(field, message, _api(form.channel, path))
    for what, field in form.block.once(_titles):
        if field.templated:
            yield from _may_print_nothing(form, field, context)
        elif is_blank(field):
            yield _empty(field, f"this {what} has an empty {field.path[-1]}")


def _titles(block: Field) -> tuple[tuple[str, Field], ...]:
    """The titles and labels that people tap or read first, with what has them."""
    return tuple(
        (_TITLED[str(field.path[-3])], field)
        for field in block.strings()
        if field.path[-1] in ("title", "label") and field.path[-3] in _TITLED and not _asks_for_the_place(block, field)
    )


def _asks_for_the_place(block: Field, field: Field) -> bool:
    """Whether a title belongs to a quick reply of Messenger that has none: phones write its own."""
    kind = block.find(*field.path[len(block.path) : -1], "content_type")
    return kind is not None and kind.value == "location"


def _empty(field: Field, message: str, api: Prediction | None = None) -> Finding:
    return Finding(field.file, field.span, message, field.path, help="write what the customer shall read", api=api)


def _may_print_nothing(form: MessageForm, field: Field, context: RuleContext) -> Iterator[Finding]:
    known = texts_of(form, field)
    analysis = analysis_of(form, field)
    if analysis is None or all(text.never_blank for text in known):
        return
    what = field.path[-1]
    if all(text.always_blank for text in known) and known:
        message, help = f"this {what} is empty for all data", "write what the customer shall read"
        yield Finding(field.file, field.span, message, field.path, help=help)
        return
    # a row of blanks is refused too, but who declares a least length has said enough
    example = witnessed(analysis, lambda outcome: not outcome.text.most.points and not outcome.omitted)
    if example is not None or context.proving:
        keyword = "minItems" if example is not None and [] in example.data.values() else "minLength"
        yield Finding(
            field.file,
            field.span,
            f"this {what} can be empty",
            field.path,
            severity=Severity.WARNING,
            related=labels(field, analysis, example, printed=True),
            help=f"add text that is always there, or declare {keyword}: 1",
            example=dict(example.data) if example is not None else None,
        )


def _may_be_empty(form: MessageForm, path: tuple[str, ...]) -> bool:
    block: Field | None = form.block
    if block is None:
        return False
    if form.channel == "rt" and path == ("message", "text"):
        kind = block.get("type")
        return (kind is not None and kind.value in _EMPTY_IS_FINE) or block.find("message", "attachment") is not None
    if form.channel == "sms":
        kind = block.get("type")
        return (kind is not None and str(kind.value) == "3") or form.root.find("message", "template") is not None
    return form.channel in ("fb", "wechat") and path == ("text",) and block.get("attachment") is not None


def _api(channel: str, path: tuple[str, ...]) -> Prediction | None:
    if channel in ("twitter", "wechat") or path[0] == "attachment" or path[0] == "web":
        return None
    if channel == "push":
        return predicted("7003", f"param 'text' is missing for {path[0]}") if path[0] != "web" else None
    if path[0] == "notification":
        return predicted("7004", "param 'title' in notification, is missed or empty") if path[1] == "title" else None
    return predicted("7003", f"param 'text' missing for channel {channel}")
