"""A message in Facebook Messenger: bubbles, generic, button and receipt templates, quick replies."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.appearances.chats import Bubble, Card, CardRow, ChatSeen, Item, QuickReply, Receipt, ReceiptLine
from msgspec_tool.appearances.members import elements_at, is_there, member, members_at, text_at
from msgspec_tool.appearances.pictures import picture_of
from msgspec_tool.appearances.push import Button
from msgspec_tool.appearances.texts import seen_text
from msgspec_tool.source.document import Plain
from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.filters.amounts import printed_money
from msgspec_tool.templates.filters.languages import locale_named

_ACTIVITIES = {"typing_on": "typing …", "typing_off": "stops typing", "mark_seen": "seen"}
_SILENT = {"NO_PUSH": "without a notification", "SILENT_PUSH": "with a notification that makes no sound"}
_SUMS = {"subtotal": "Subtotal", "shipping_cost": "Shipping", "total_tax": "Tax", "total_cost": "Total"}
"""Sums of a receipt in the order in which Messenger shows them."""
_ADDRESS = ("street_1", "street_2", "postal_code", "city", "state", "country")


def seen_messenger(block: Plain) -> ChatSeen:
    """The block ``channels."OTT-Messaging".fb`` of a message as a person sees it."""
    return ChatSeen(
        "fb",
        tuple(_items(block)),
        tuple(_quick_replies(block)),
        _ACTIVITIES.get(text_at(block, "sender_action"), ""),
        silent=_SILENT.get(text_at(block, "notification_type"), ""),
    )


def _items(block: Plain) -> Iterator[Item]:
    if is_there(block, "text"):
        yield Bubble(seen_text(text_at(block, "text")))
    kind, payload = text_at(block, "attachment", "type"), member(block, "attachment", "payload")
    if kind == "template":
        yield from _template(payload)
    elif kind:
        yield picture_of(kind, text_at(payload, "url"))


def _template(payload: Plain) -> Iterator[Item]:
    kind = text_at(payload, "template_type")
    if kind == "button":
        yield Bubble(seen_text(text_at(payload, "text")), tuple(map(_button, elements_at(payload, "buttons"))))
    elif kind == "receipt":
        yield _receipt(payload)
    else:
        yield CardRow(tuple(map(_card, elements_at(payload, "elements"))))


def _card(element: Plain) -> Card:
    url = text_at(element, "image_url")
    return Card(
        seen_text(text_at(element, "title")),
        seen_text(text_at(element, "subtitle")),
        (picture_of("image", url),) if url else (),
        tuple(map(_button, elements_at(element, "buttons"))),
    )


def _button(button: Plain) -> Button:
    url = text_at(button, "url")
    return Button(seen_text(text_at(button, "title")), f"opens {url}" if url else f"answers {text_at(button, 'payload')}")


def _receipt(payload: Plain) -> Receipt:
    currency = text_at(payload, "currency")
    sums = [(label, text_at(payload, "summary", key)) for key, label in _SUMS.items()]
    adjustments = [(text_at(one, "name"), text_at(one, "amount")) for one in elements_at(payload, "adjustments")]
    *before, total = sums
    shown = [(name, amount) for name, amount in (*before, *adjustments, total) if amount]
    return Receipt(
        seen_text(text_at(payload, "recipient_name")),
        seen_text(text_at(payload, "order_number")),
        seen_text(text_at(payload, "payment_method")),
        tuple(_line(one, currency) for one in elements_at(payload, "elements")),
        tuple(ReceiptLine(seen_text(name), (), _amount(amount, currency)) for name, amount in shown),
        seen_text(", ".join(text_at(payload, "address", key) for key in _ADDRESS if is_there(payload, "address", key))),
    )


def _line(element: Plain, currency: str) -> ReceiptLine:
    quantity, subtitle = text_at(element, "quantity"), text_at(element, "subtitle")
    detail = ", ".join(part for part in (subtitle, f"Quantity {quantity}" if quantity else "") if part)
    return ReceiptLine(seen_text(text_at(element, "title")), seen_text(detail), _amount(text_at(element, "price"), currency))


def _amount(number: str, currency: str) -> str:
    """As Messenger writes it in English; the number and the currency where they are none."""
    if not number:
        return ""
    try:
        return printed_money(number, currency, "symbol", locale_named("en"))
    except BadValueError:
        return f"{number} {currency}".rstrip()


def _quick_replies(block: Plain) -> Iterator[QuickReply]:
    for reply in elements_at(block, "quick_replies"):
        if text_at(reply, "content_type") == "location":
            yield QuickReply(seen_text("Send location"), (), "sends where the person is")
        elif any(True for _member in members_at(reply)):
            does = f"answers {text_at(reply, 'payload')}"
            yield QuickReply(seen_text(text_at(reply, "title")), (), does, is_there(reply, "image_url"))
