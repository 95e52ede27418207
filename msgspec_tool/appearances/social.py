"""A direct message on Twitter, and a message in WeChat: words, media by their ids, quick replies with descriptions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.appearances.chats import Bubble, ChatSeen, Item, QuickReply
from msgspec_tool.appearances.members import elements_at, is_there, text_at
from msgspec_tool.appearances.pictures import Picture
from msgspec_tool.appearances.texts import seen_text
from msgspec_tool.source.document import Plain


def seen_twitter(block: Plain) -> ChatSeen:
    """The block ``channels."OTT-Messaging".twitter`` of a message as a person sees it."""
    options = (
        QuickReply(seen_text(text_at(option, "label")), seen_text(text_at(option, "description")))
        for option in elements_at(block, "quick_reply", "options")
    )
    return ChatSeen("twitter", tuple(_items(block)), tuple(options))


def seen_wechat(block: Plain) -> ChatSeen:
    """The block ``channels."OTT-Messaging".wechat`` of a message as a person sees it."""
    return ChatSeen("wechat", tuple(_items(block)))


def _items(block: Plain) -> Iterator[Item]:
    if is_there(block, "attachment", "media", "id"):
        yield Picture("media", text_at(block, "attachment", "media", "id"))
    if is_there(block, "text"):
        yield Bubble(seen_text(text_at(block, "text")))
