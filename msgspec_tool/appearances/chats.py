"""What chat threads are made of: bubbles, cards, receipts, quick replies. Each channel fills them from its own block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from msgspec_tool.appearances.pictures import Picture
from msgspec_tool.appearances.push import Button, Notice
from msgspec_tool.appearances.texts import Text


@dataclass(frozen=True, slots=True)
class Bubble:
    """Words in a bubble, with the buttons that hang below it."""

    kind: ClassVar[str] = "bubble"
    text: Text
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a map."""

    kind: ClassVar[str] = "place"
    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card: pictures, title, subtitle, buttons."""

    title: Text
    subtitle: Text
    pictures: tuple[Picture, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class CardRow:
    """Cards beside each other, swiped with a finger."""

    kind: ClassVar[str] = "cards"
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """An article of a receipt, or one of its sums."""

    title: Text
    detail: Text
    amount: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt of Messenger; amounts are written out with their currency."""

    kind: ClassVar[str] = "receipt"
    recipient: Text
    order: Text
    payment: Text
    lines: tuple[ReceiptLine, ...]
    sums: tuple[ReceiptLine, ...]
    address: Text = ()


@dataclass(frozen=True, slots=True)
class QuickReply:
    """An answer that a person gives by touching it."""

    title: Text
    description: Text = ()
    does: str = ""
    picture: bool = False


Item = Bubble | Picture | Place | CardRow | Receipt
"""What stands in a thread, in the order in which it comes."""


@dataclass(frozen=True, slots=True)
class ChatSeen:
    """A chat thread: what the message adds to it."""

    kind: ClassVar[str] = "chat"
    channel: str
    items: tuple[Item, ...]
    quick_replies: tuple[QuickReply, ...] = ()
    activity: str = ""
    """What is shown in place of words: "typing …"."""
    notices: tuple[Notice, ...] = ()
    """Notifications that go with the message."""
    silent: str = ""
    """How the message differs from one that rings: "without a notification"."""
