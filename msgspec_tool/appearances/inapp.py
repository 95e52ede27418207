"""An in-app message (channel ``rt``): a thread in the company's own app, and the notification that goes with it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.appearances.chats import Bubble, Card, CardRow, ChatSeen, Item, Place, QuickReply
from msgspec_tool.appearances.members import elements_at, is_there, member, text_at
from msgspec_tool.appearances.pictures import picture_of
from msgspec_tool.appearances.push import Button, Notice, picture_in, seen_buttons, touched
from msgspec_tool.appearances.texts import seen_text
from msgspec_tool.source.document import Plain

_ACTIVITIES = {"typingStart": "typing …", "typingStop": "stops typing", "threadAlert": "an alert of the thread"}


def seen_inapp(block: Plain) -> ChatSeen:
    """The block ``channels.appmessaging`` of a message as a person sees it."""
    message = member(block, "message")
    return ChatSeen(
        "rt",
        tuple(_items(message)),
        tuple(_quick_replies(message)),
        _ACTIVITIES.get(text_at(block, "type"), ""),
        tuple(_notices(member(block, "notification"))),
    )


def _items(message: Plain) -> Iterator[Item]:
    if is_there(message, "text"):
        yield Bubble(seen_text(text_at(message, "text")))
    attachment = member(message, "attachment")
    kind = text_at(attachment, "contentType")
    if kind == "location":
        yield Place(text_at(attachment, "latitude"), text_at(attachment, "longitude"))
    elif kind == "template":
        yield CardRow(tuple(map(_card, elements_at(attachment, "payload", "elements"))))
    elif kind:
        seconds = text_at(attachment, "duration")
        yield picture_of(kind, text_at(attachment, "file"), f"{seconds} s" if seconds else "")


def _card(element: Plain) -> Card:
    return Card(
        seen_text(text_at(element, "title")),
        seen_text(text_at(element, "subtitle")),
        tuple(picture_of("image", url) for url in elements_at(element, "imageUrls") if isinstance(url, str)),
        tuple(_button(one) for one in elements_at(element, "buttons")),
    )


def _button(button: Plain) -> Button:
    url = text_at(button, "url")
    return Button(seen_text(text_at(button, "title")), f"opens {url}" if url else f"answers {text_at(button, 'identifier')}")


def _quick_replies(message: Plain) -> Iterator[QuickReply]:
    for key in ("quickReplies", "quickreplies"):
        for option in elements_at(message, key, "options"):
            picture = is_there(option, "imageUrl") or is_there(option, "imageurl")
            yield QuickReply(seen_text(text_at(option, "title")), (), f"answers {text_at(option, 'identifier')}", picture)


def _notices(notification: Plain) -> Iterator[Notice]:
    """On phones, and on the web where the message says something of it."""
    if not isinstance(notification, dict):
        return
    title, text = seen_text(text_at(notification, "title")), seen_text(text_at(notification, "text"))
    buttons = seen_buttons(member(notification, "interactive"))
    for platform in ("android", "ios"):
        extras = member(notification, f"{platform}_extras")
        yield Notice(platform, title, text, picture_in(extras), buttons, touched(extras), text_at(extras, "badge"))
    if is_there(notification, "web_extras"):
        url = text_at(notification, "web_extras", "url")
        yield Notice("web", title, text, opens=f"opens {url}" if url else "")
