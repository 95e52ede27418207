"""INA: in-app messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec_tool.channels import limits
from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.payload_size import payload_example, payload_range
from msgspec_tool.rules.reading import literal, predicted
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown

_IDENTIFIER = re.compile(r"[A-Za-z0-9]+\Z", re.ASCII)


@rule("INA441", "inapp-size", Subject.MESSAGE, channels=("rt",), api=("7026", "7034", "7703", "7704", "7706", "7708"))
def inapp_size(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """An in-app message is over 4 KB, or has more parts than the platform takes.

    What: The content is longer than 4,096 bytes as it is sent; a template has more than 8 cards, a card more than 3 buttons
        or 5 pictures; there are more than 5 quick replies (5 is a warning, as none is: the reference speaks of 4); or two buttons or
        two quick replies have the same identifier; or a card's button has one with more than letters and digits (a warning).
    Why: The platform refuses each of these with a code of its own: 7026 for the size, 7034 for cards, 7703 for buttons, 7708
        for pictures, 7706 for quick replies, 7704 for identifiers.
    Bad:
        deliverychannel: rt
        channels:
          rt:
            appid: NE00000001
            thread_id: booking
            message:
              text: Keep the booking?
              quickReplies:
                options:
                  - {type: quickReplyPostback, identifier: y, title: Yes please}
                  - {type: quickReplyPostback, identifier: y, title: No thanks}
        destination:
          - userid: [u-1]
    Good:
        deliverychannel: rt
        channels:
          rt:
            appid: NE00000001
            thread_id: booking
            message:
              text: Keep the booking?
              quickReplies:
                options:
                  - {type: quickReplyPostback, identifier: y, title: Yes please}
                  - {type: quickReplyPostback, identifier: n, title: No thanks}
        destination:
          - userid: [u-1]
    """
    if form.block is None or not isinstance(form.block.value, dict):
        return
    yield from _bytes(form, form.block, context)
    yield from _cards(form.block)
    yield from _quick_replies(form.block)


def _bytes(form: MessageForm, block: Field, context: RuleContext) -> Iterator[Finding]:
    sizes = payload_range(form, block, limits.RT_BYTES)
    if sizes is None:
        return
    least, most = sizes
    found = payload_example(form, block, limits.RT_BYTES) if least <= limits.RT_BYTES and not context.proving else None
    if least <= limits.RT_BYTES and found is None and not context.proving:
        return
    surely = least > limits.RT_BYTES
    size = least if surely else found[1] if found is not None else most
    message = f"this in-app message {'is' if surely else 'can be'} {size:,.0f} bytes; at most {limits.RT_BYTES:,} are taken"
    yield Finding(
        block.file,
        block.key_span,
        message,
        block.path,
        severity=None if surely else Severity.WARNING,
        help="shorten it",
        api=predicted("7026"),
        example=found[0] if found is not None else None,
    )


def _cards(block: Field) -> Iterator[Finding]:
    elements = block.find("message", "attachment", "payload", "elements")
    if elements is None:
        return
    yield from _over(elements, limits.RT_ELEMENTS, "cards", "7034")
    buttons: list[Field] = []
    for element in elements.elements():
        for name, most, word, code in (
            ("buttons", limits.RT_BUTTONS, "buttons", "7703"),
            ("imageUrls", limits.RT_IMAGES, "pictures", "7708"),
        ):
            member = element.get(name)
            if member is not None:
                yield from _over(member, most, word, code)
        buttons += (element.get("buttons") or element).elements()
    yield from _unique(buttons)
    yield from _plain(buttons)


def _plain(buttons: list[Field]) -> Iterator[Finding]:
    for button in buttons:
        field = button.get("identifier")
        text = literal(field)
        if field is not None and text and not _IDENTIFIER.match(text):
            message = f"the identifier '{shown(text)}' is not of letters and digits alone"
            yield Finding(field.file, field.span, message, field.path, severity=Severity.WARNING, help="leave out what is neither")


def _quick_replies(block: Field) -> Iterator[Finding]:
    for name in ("quickReplies", "quickreplies"):
        options = block.find("message", name, "options")
        if options is None or not isinstance(options.value, list):
            continue
        yield from _over(options, limits.RT_QUICK_REPLIES, "quick replies", "7706")
        if not options.value:
            message, help = "there are no quick replies", f"add one, or remove {name}"
            yield Finding(options.file, options.key_span, message, options.path, severity=Severity.WARNING, help=help)
        if len(options.value) == limits.RT_QUICK_REPLIES:
            message = (
                f"{limits.RT_QUICK_REPLIES} quick replies: the reference allows {limits.RT_QUICK_REPLIES_DOCUMENTED}, the server one more"
            )
            yield Finding(options.file, options.key_span, message, options.path, severity=Severity.WARNING, help="remove one to be safe")
        yield from _unique(list(options.elements()))


def _over(field: Field, most: int, word: str, code: str) -> Iterator[Finding]:
    if isinstance(field.value, list) and len(field.value) > most:
        message = f"{len(field.value)} {word} are more than the {most} that are taken"
        yield Finding(field.file, field.key_span, message, field.path, help=f"remove {len(field.value) - most}", api=predicted(code))


def _unique(members: list[Field]) -> Iterator[Finding]:
    seen: dict[str, Field] = {}
    for member in members:
        field = member.get("identifier")
        if field is None or not isinstance(field.value, str) or field.templated:
            continue
        first = seen.setdefault(field.value, field)
        if first is not field:
            message = f"the identifier '{shown(field.value)}' is used twice"
            related = (Label("first used here", first.file, first.span),)
            yield Finding(field.file, field.span, message, field.path, related=related, help="give each its own", api=predicted("7704"))
