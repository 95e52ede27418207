"""From the content of a rendered message to what a person sees of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from msgspec_tool.appearances.chats import ChatSeen
from msgspec_tool.appearances.inapp import seen_inapp
from msgspec_tool.appearances.members import is_there, member, members_at, text_at
from msgspec_tool.appearances.messenger import seen_messenger
from msgspec_tool.appearances.push import PushSeen, seen_push
from msgspec_tool.appearances.sms import SmsSeen, seen_sms
from msgspec_tool.appearances.social import seen_twitter, seen_wechat
from msgspec_tool.appearances.texts import Text, seen_text
from msgspec_tool.appearances.voice import VoiceSeen, seen_voice
from msgspec_tool.channels.layout import BLOCK_PATHS
from msgspec_tool.source.document import Path, Plain


@dataclass(frozen=True, slots=True)
class KeptWordsSeen:
    """A message whose words are a template on the platform: nobody here knows them, only what is put into them."""

    kind: ClassVar[str] = "kept-words"
    channel: str
    sender: str
    template: str
    parameters: tuple[tuple[str, Text], ...]


Seen = SmsSeen | VoiceSeen | PushSeen | ChatSeen | KeptWordsSeen
"""What a person sees of a message; the class attribute ``kind`` tells which it is."""

_SEEING: dict[str, Callable[[Plain], Seen]] = {
    "sms": seen_sms,
    "voice": seen_voice,
    "push": seen_push,
    "rt": seen_inapp,
    "fb": seen_messenger,
    "twitter": seen_twitter,
    "wechat": seen_wechat,
}

_WORDS: dict[str, tuple[Path, ...]] = {
    "sms": (("text",), ("body",)),
    "voice": (("callflowid",), ("promptid",), ("media",)),
    "push": (("android",), ("ios",), ("web",)),
    "rt": (("message", "text"), ("message", "attachment"), ("type",)),
    "fb": (("text",), ("attachment",), ("sender_action",)),
    "twitter": (("text",), ("attachment",)),
    "wechat": (("text",), ("attachment",)),
}
"""Where a channel's block has words of its own: they win over a template of the platform."""


def seen(channel: str, content: Mapping[str, Plain]) -> Seen:
    """What a person sees of a message object (its ``destination`` aside) on a channel, under its canonical name.

    A message that the API would refuse is shown as far as it goes: what has the wrong type is not there.
    """
    block = member(content, *BLOCK_PATHS[channel])
    template = text_at(content, "message", "template")
    if template and not any(is_there(block, *place) for place in _WORDS[channel]):
        parameters = tuple((name, seen_text(text_at(value))) for name, value in members_at(content, "message", "parameters"))
        return KeptWordsSeen(channel, text_at(block, "senderid"), template, parameters)
    return _SEEING[channel](block)
