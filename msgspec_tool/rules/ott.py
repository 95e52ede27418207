"""OTT: Messenger, Twitter and WeChat, and what every chat message needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec_tool.channels import limits
from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import Measure, analysis_of, characters, excess, labels, utf8_bytes
from msgspec_tool.rules.reading import literal, predicted
from msgspec_tool.schema.thesaurus import is_written_otherwise
from msgspec_tool.source.document import Field

_CONTENT = {
    "rt": ("text", "attachment"),
    "fb": ("text", "attachment", "sender_action"),
    "twitter": ("text",),
    "wechat": ("text", "attachment"),
}
_SPECIAL_RT = frozenset({"threadAlert", "typingStart", "typingStop"})


@rule("OTT451", "ott-content", Subject.MESSAGE, channels=tuple(_CONTENT), api=("7003",))
def ott_content(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A chat message has no content, kinds of content that exclude each other, or more than the channel takes.

    What: An in-app, Messenger or WeChat message has neither text nor attachment, a Twitter message no text; a sender
        action stands beside content; quick replies stand alone; texts, titles, buttons, cards or replies are over the
        channel's limits (errors; titles that are only cut off are warnings). What the server answers is documented only of content that is
        missing (7003).
    Why: The platform, or the network behind it, refuses the message or cuts it.
    Bad:
        deliverychannel: fb
        channels:
          fb:
            appid: a_100000000000000001
            quick_replies:
              - {content_type: text, title: Red, payload: C_RED}
        destination:
          - psid: ["1000000000000001"]
    Good:
        deliverychannel: fb
        channels:
          fb:
            appid: a_100000000000000001
            text: Pick a colour
            quick_replies:
              - {content_type: text, title: Red, payload: C_RED}
        destination:
          - psid: ["1000000000000001"]
    """
    block = form.block
    if block is None or form.channel is None or not isinstance(block.value, dict):
        return
    yield from _presence(form, block)
    yield from _CHANNELS.get(form.channel, _nothing)(block, _Lengths(form, context))


def _presence(form: MessageForm, block: Field) -> Iterator[Finding]:
    names = _CONTENT[form.channel or ""]
    place = block.get("message") if form.channel == "rt" else block
    if place is None or not isinstance(place.value, dict) or any(name in place.value for name in names):
        return
    if any(is_written_otherwise(name, place.value) for name in names):
        return
    kind = block.get("type")
    if form.channel == "rt" and kind is not None and kind.value in _SPECIAL_RT:
        return
    if form.root.find("message", "template") is not None or (form.channel == "fb" and block.get("quick_replies") is not None):
        # quick replies without content have a finding of their own
        return
    api = predicted("7003", f"param 'text' missing for channel {form.channel}") if form.channel in ("rt", "fb") else None
    wanted = " or ".join(names[:2])
    yield Finding(place.file, place.key_span, "this message says nothing", place.path, help=f"add {wanted}", api=api)


def _nothing(_block: Field, _lengths: _Lengths) -> Iterator[Finding]:
    return iter(())


class _Lengths(NamedTuple):
    """Checks the lengths of one message's texts."""

    form: MessageForm
    context: RuleContext

    def check(
        self, field: Field | None, most: int, what: str, *, cut: bool = False, size: Measure = characters, unit: str = "characters"
    ) -> Iterator[Finding]:
        found = excess(self.form, field, most, size, self.context)
        if field is None or found is None:
            return
        ending = f"after {most} the rest is cut off" if cut else f"at most {most:,} are taken"
        analysis = analysis_of(self.form, field)
        yield Finding(
            field.file,
            field.span,
            f"{what} {found.verb} {found.size:,.0f} {unit}; {ending}",
            field.path,
            severity=Severity.WARNING if cut or not found.surely else Severity.ERROR,
            related=labels(field, analysis, found.example, printed=True),
            help=f"shorten it by {found.size - most:,.0f}" if found.surely else "declare smaller lengths, or cut it with | truncate",
            example=found.data,
        )


def _count(field: Field | None, least: int, most: int, what: str) -> Iterator[Finding]:
    if field is None or not isinstance(field.value, list):
        return
    if len(field.value) > most:
        message = f"{len(field.value)} {what} are more than the {most} that are taken"
        yield Finding(field.file, field.key_span, message, field.path, help=f"remove {len(field.value) - most}")
    elif len(field.value) < least:
        yield Finding(field.file, field.key_span, f"there are no {what}", field.path, help="add one, or remove the key")


def _members(field: Field | None) -> Iterator[Field]:
    yield from field.elements() if field is not None else ()


def _messenger(block: Field, lengths: _Lengths) -> Iterator[Finding]:
    yield from lengths.check(block.get("text"), limits.FB_TEXT, "this text")
    yield from _one_kind(block)
    yield from _messenger_replies(block, lengths)
    payload = block.find("attachment", "payload")
    if payload is not None:
        yield from _messenger_template(payload, lengths)
    yield from _tag_without_effect(block)


def _one_kind(block: Field) -> Iterator[Finding]:
    """Kinds of content that exclude each other."""
    text, attachment, action = block.get("text"), block.get("attachment"), block.get("sender_action")
    if action is not None and (text is not None or attachment is not None):
        message, help = "'sender_action' stands alone: it is a message of its own", "send it in a request of its own"
        yield Finding(action.file, action.key_span, message, action.path, help=help)
    if text is not None and text.value != "" and attachment is not None:
        yield Finding(
            attachment.file,
            attachment.key_span,
            "'attachment' stands beside 'text': a Messenger message has one of them",
            attachment.path,
            help="send two messages, or write the text into the attachment's template",
        )


def _messenger_replies(block: Field, lengths: _Lengths) -> Iterator[Finding]:
    replies = block.get("quick_replies")
    if replies is not None and block.get("text") is None and block.get("attachment") is None:
        message = "quick replies need a text or an attachment above them"
        yield Finding(replies.file, replies.key_span, message, replies.path, help="add text")
    yield from _count(replies, 1, limits.FB_QUICK_REPLIES, "quick replies")
    for reply in _members(replies):
        yield from lengths.check(reply.get("title"), limits.FB_QUICK_REPLY_TITLE, "this title", cut=True)
        yield from lengths.check(reply.get("payload"), limits.FB_QUICK_REPLY_PAYLOAD, "this payload")


def _tag_without_effect(block: Field) -> Iterator[Finding]:
    tag, kind = block.get("tag"), block.get("messaging_type")
    if tag is not None and tag.value != "" and (kind is None or (not kind.templated and kind.value != "MESSAGE_TAG")):
        message, help = "'tag' counts only with messaging_type MESSAGE_TAG", "add messaging_type: MESSAGE_TAG, or remove tag"
        yield Finding(tag.file, tag.key_span, message, tag.path, help=help)


def _messenger_template(payload: Field, lengths: _Lengths) -> Iterator[Finding]:
    kind = payload.get("template_type")
    if kind is not None and kind.value == "button":
        yield from lengths.check(payload.get("text"), limits.FB_BUTTON_TEXT, "this text")
        yield from _buttons(payload.get("buttons"), 1, lengths)
    if kind is None or kind.value != "generic":
        return
    yield from _count(payload.get("elements"), 1, limits.FB_ELEMENTS, "cards")
    for element in _members(payload.get("elements")):
        yield from lengths.check(element.get("title"), limits.FB_TITLE, "this title")
        yield from lengths.check(element.get("subtitle"), limits.FB_SUBTITLE, "this subtitle")
        yield from _buttons(element.get("buttons"), 0, lengths)


def _buttons(buttons: Field | None, least: int, lengths: _Lengths) -> Iterator[Finding]:
    yield from _count(buttons, least, limits.FB_BUTTONS, "buttons")
    for button in _members(buttons):
        yield from lengths.check(button.get("title"), limits.FB_BUTTON_TITLE, "this title", cut=True)


def _twitter(block: Field, lengths: _Lengths) -> Iterator[Finding]:
    yield from lengths.check(block.get("text"), limits.TWITTER_TEXT, "this text")
    options = block.find("quick_reply", "options")
    yield from _count(options, 1, limits.TWITTER_OPTIONS, "answers")
    described = [option for option in _members(options) if option.get("description") is not None]
    for option in _members(options):
        label = option.get("label")
        yield from lengths.check(label, limits.TWITTER_LABEL, "this label")
        yield from lengths.check(option.get("description"), limits.TWITTER_DESCRIPTION, "this description")
        yield from lengths.check(option.get("metadata"), limits.TWITTER_METADATA, "this metadata")
        text = literal(label)
        if label is not None and text is not None and "://" in text:
            yield Finding(label.file, label.span, "a label can't hold a URL", label.path, help="put the URL into the text")
        if described and option.get("description") is None and isinstance(option.value, dict):
            yield Finding(
                option.file, option.span, "either all answers have a description or none has", option.path, help="add description"
            )


def _wechat(block: Field, lengths: _Lengths) -> Iterator[Finding]:
    yield from lengths.check(block.get("text"), limits.WECHAT_BYTES, "this text", size=utf8_bytes, unit="bytes")


_CHANNELS: dict[str, Callable[[Field, _Lengths], Iterator[Finding]]] = {"fb": _messenger, "twitter": _twitter, "wechat": _wechat}
