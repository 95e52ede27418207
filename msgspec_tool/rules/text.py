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
_EMPTY_IS_FINE = frozenset({"typingStart", "typingStop", "threadAlert"})


@rule("TXT401", "empty-text", Subject.MESSAGE, api=("7003", "7004"), proves=True)
def empty_text(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A mandatory text is empty.

    What: A text that the channel needs is there and says nothing: empty, or only blanks. Of a template: for all data (error), in
        some branch, or for some data that the declared variables allow (warning; such a row is refused).
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
            yield from _may_print_nothing(form, field, path, context)
        elif is_blank(field):
            yield Finding(
                field.file,
                field.span,
                f"the text of {'.'.join((form.channel, *path[:-1]))} is empty"
                if path[-1] == "text"
                else "the title of the notification is empty",
                field.path,
                help="write what the customer shall read",
                api=_api(form.channel, path),
            )


def _may_print_nothing(form: MessageForm, field: Field, path: tuple[str, ...], context: RuleContext) -> Iterator[Finding]:
    known = texts_of(form, field)
    analysis = analysis_of(form, field)
    if analysis is None or all(text.never_blank for text in known):
        return
    what = "text" if path[-1] == "text" else "title"
    if all(text.always_blank for text in known) and known:
        message, help = f"this {what} is empty for all data", "write what the customer shall read"
        yield Finding(field.file, field.span, message, field.path, help=help, api=_api(form.channel or "", path))
        return
    # a row of blanks is refused too, but who declares a least length has said enough
    example = witnessed(analysis, lambda outcome: not outcome.text.most.points and not outcome.omitted)
    if example is not None or context.proving:
        yield Finding(
            field.file,
            field.span,
            f"this {what} can be empty",
            field.path,
            severity=Severity.WARNING,
            related=labels(field, analysis, example),
            help="add text that is always there, or declare minLength: 1",
            api=_api(form.channel or "", path),
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
