"""Push notifications: one for each platform that the message is for, with the buttons that a category gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from msgspec_tool.appearances.members import elements_at, is_there, member, text_at
from msgspec_tool.appearances.pictures import Picture, picture_of
from msgspec_tool.appearances.texts import Text, seen_text
from msgspec_tool.channels.push import CATEGORIES, PLATFORMS, RT_CATEGORIES
from msgspec_tool.source.document import Plain

_WORDS = {
    "OPEN_URL": "opens",
    "OPENWEBVIEW": "opens in the app",
    "OPEN_WEBVIEW": "opens in the app",
    "DEEPLINK": "opens in the app",
    "OPEN_HTML": "opens a page in the app",
    "OPEN_APP": "opens the app",
    "OPENAPP": "opens the app",
    "SHARE": "shares",
    "DISMISS": "closes the notification",
    "TRIVIAL_REPLY": "answers",
    "TRIVIAL_REPLIES": "answers",
    "INLINE_REPLY": "lets the person write an answer",
    "IN_LINE_REPLY": "lets the person write an answer",
}
_LABELS = {"OK": "OK", "SHOPNOW": "Shop now", "REPLY_NO": "No", "REPLY_YES": "Yes"}
"""Words of identifiers that their letters do not give."""
_NO_VALUE = frozenset(("OPEN_HTML", "OPEN_APP", "OPENAPP", "DISMISS"))


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its words, and what happens when it is touched."""

    title: Text
    does: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification on one platform."""

    platform: str
    """``android``, ``ios`` or ``web``."""
    title: Text
    text: Text
    picture: Picture | None = None
    buttons: tuple[Button, ...] = ()
    opens: str = ""
    """What a touch on the notification itself does; empty where it opens the app."""
    badge: str = ""
    """The number on the app's icon, on iOS."""
    browsers: tuple[str, ...] = ()
    """Of a web notification."""


@dataclass(frozen=True, slots=True)
class PushSeen:
    """A push message on the platforms that it is for."""

    kind: ClassVar[str] = "push"
    notices: tuple[Notice, ...]


def seen_push(block: Plain) -> PushSeen:
    """The block ``channels.push`` of a message as a person sees it."""
    devices = [str(one) for one in elements_at(block, "interactive", "device_types")]
    notices = []
    for platform in PLATFORMS:
        if isinstance(member(block, platform), dict):
            buttons = seen_buttons(member(block, "interactive")) if platform in devices else ()
            notices.append(_notice(platform, member(block, platform), buttons))
    return PushSeen(tuple(notices))


def _notice(platform: str, block: Plain, buttons: tuple[Button, ...]) -> Notice:
    extras = member(block, "extras")
    return Notice(
        platform,
        seen_text(text_at(block, "title")),
        seen_text(text_at(block, "text")),
        picture_in(extras),
        buttons,
        text_at(block, "url") and f"opens {text_at(block, 'url')}" if platform == "web" else touched(extras),
        text_at(extras, "badge"),
        tuple(str(one) for one in elements_at(block, "platform_types")),
    )


def picture_in(extras: Plain) -> Picture | None:
    """The picture of a notification, under the names that platforms give it."""
    places = (("attachmenturl",), ("customtags", "imageurl"), ("customtag", "imageurl"), ("image",))
    url = next((text_at(extras, *place) for place in places if is_there(extras, *place)), "")
    return picture_of("image", url) if url else None


def touched(extras: Plain) -> str:
    """What a touch on a notification does, in words."""
    return _does(text_at(extras, "notificationaction", "action"), text_at(extras, "notificationaction", "value"))


def seen_buttons(interactive: Plain) -> tuple[Button, ...]:
    """The buttons that a category gives a notification, in the order of their positions."""
    identifiers = {**CATEGORIES, **RT_CATEGORIES}.get(text_at(interactive, "category"), ())
    actions = sorted(elements_at(interactive, "actions"), key=lambda action: text_at(action, "pos"))
    return tuple(_buttons(actions, identifiers))


def _buttons(actions: list[Plain], identifiers: tuple[str, ...]) -> Iterator[Button]:
    for action in actions:
        position = text_at(action, "pos")
        usual = identifiers[int(position) - 1] if position in ("1", "2") and int(position) <= len(identifiers) else ""
        identifier = text_at(action, "identifier") or usual
        yield Button(seen_text(label_of(identifier)), _does(text_at(action, "action"), text_at(action, "value")))


def label_of(identifier: str) -> str:
    """The words of a button: phones make them of its identifier (``LEARN_MORE`` is "Learn more")."""
    return _LABELS.get(identifier, identifier.replace("_", " ").capitalize())


def _does(action: str, value: str) -> str:
    words = _WORDS.get(action, action)
    return f"{words} {value}" if value and action not in _NO_VALUE else words
