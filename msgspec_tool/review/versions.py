"""What a reviewer wants to know of a rendered message, and what differs between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from msgspec_tool.channels.layout import BLOCK_PATHS
from msgspec_tool.channels.sms_parts import count
from msgspec_tool.message_changes import ABSENT, MessageVersion, ValueChange
from msgspec_tool.model import RenderedMessage
from msgspec_tool.source.document import Path, Plain, at
from msgspec_tool.variables.keywords import same

_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_ENDING = ".,;:!?)"

SENDERS: dict[str, Path] = {"sms": ("channels", "sms", "senderid"), "voice": ("channels", "voice", "cli")}
"""Where a message says whom it is from; the other channels have the app id."""


def version(message: RenderedMessage) -> MessageVersion:
    """A rendered message, measured."""
    content = message.content
    text = _found(content, (*BLOCK_PATHS["sms"], "text")) if message.channel == "sms" else None
    sender = _found(content, SENDERS.get(message.channel, ("appid",)))
    links = (link.rstrip(_ENDING) for value in _leaves(content) if isinstance(value, str) for link in _LINK.findall(value))
    return MessageVersion(
        content,
        count(text) if isinstance(text, str) else None,
        None if sender is None else str(sender),
        tuple(dict.fromkeys(links)),
    )


def differences(before: Plain, after: Plain, path: Path = ()) -> Iterator[ValueChange]:
    """The values that differ, in the order of what there is now; what one side lacks is absent there as a whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*after, *before)):
            yield from differences(before.get(key, ABSENT), after.get(key, ABSENT), (*path, key))
    elif isinstance(before, list) and isinstance(after, list):
        for index, (one, other) in enumerate(zip_longest(before, after, fillvalue=ABSENT)):
            yield from differences(one, other, (*path, index))
    elif ABSENT in (before, after) or not same(before, after):
        yield ValueChange(path, before, after)


def _found(content: Plain, path: Path) -> Plain:
    try:
        return at(content, path)
    except (KeyError, IndexError, TypeError):
        return None


def _leaves(value: Plain) -> Iterator[Plain]:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if members is None:
        yield value
    for member in members or ():
        yield from _leaves(member)
