"""TXT: what customers read."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Finding, Prediction, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
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


@rule("TXT401", "empty-text", Subject.MESSAGE, api=("7003", "7004"))
def empty_text(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A mandatory text is empty.

    What: A text that the channel needs is there and says nothing: empty, or only blanks.
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
        if field is not None and is_blank(field) and not _may_be_empty(form, path):
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
