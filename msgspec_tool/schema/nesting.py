"""Shapes that belong elsewhere: the API's own nesting in a spec, a spec's in a body, and keys of the v2 API."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from msgspec_tool.model import OTT_CHANNELS
from msgspec_tool.schema.facts import canonical
from msgspec_tool.source.document import Field

V2_KEYS = {
    "channel": "deliverychannel",
    "to": "destination",
    "from": "channels.sms.senderid",
    "content": "channels",
    "notifyUrl": "notifyurl",
    "notifyUrlAuthId": "notifyurlAuthId",
    "correlationId": "correlationid",
    "expireAt": "expiry",
    "substitutions": "message.parameters",
}
"""Keys of ``POST /v2/messages`` and their places in v1."""

_V2_BODY = frozenset({"channel", "to", "from", "content", "template"})
_RENAMED = frozenset({"channel", "to", "notifyUrl", "notifyUrlAuthId", "correlationId", "expireAt"})
_BLOCKS = frozenset({"sms", "voice", "push", "rt", "appmessaging", "fb", "twitter", "wechat", "OTT-Messaging"})


class Misplaced(NamedTuple):
    """A key that this form does not have, and what it has instead."""

    field: Field
    name: str
    instead: str
    """The right name or place."""
    rename: bool = False
    """Only the key's name is wrong."""
    v2: bool = False


def is_v2(message: Field) -> bool:
    """Whether a whole object was made for the v2 API."""
    value = message.value
    return isinstance(value, dict) and "deliverychannel" not in value and "channels" not in value and len(_V2_BODY & value.keys()) >= 2


def misplaced_in_spec(root: Field) -> Iterator[Misplaced]:
    """The API's nesting, and keys of v2, in a spec."""
    yield from _v2_keys(root)
    yield from _outside_channels(root)
    channels = root.get("channels")
    for name, member in channels.items() if channels is not None else ():
        if name == "OTT-Messaging":
            inside = [key for key, _block in member.items() if key in OTT_CHANNELS]
            yield Misplaced(member, name, " and ".join(f"channels.{key}" for key in inside or ["fb"]))
        elif name == "appmessaging":
            yield Misplaced(member, name, "rt", rename="rt" not in channels.value if channels is not None else False)


def misplaced_in_message(message: Field) -> Iterator[Misplaced]:
    """A spec's nesting, and keys of v2, in a message object of a request body."""
    yield from _v2_keys(message)
    yield from _outside_channels(message)
    channels = message.get("channels")
    for name, member in channels.items() if channels is not None else ():
        if name == "rt":
            yield Misplaced(member, name, "appmessaging", rename="appmessaging" not in channels.value if channels is not None else False)
        elif name in OTT_CHANNELS:
            yield Misplaced(member, name, f"channels.OTT-Messaging.{name}")


def _outside_channels(root: Field) -> Iterator[Misplaced]:
    for name, member in _named(root, _BLOCKS):
        yield Misplaced(member, name, f"channels.{name}")


def _named(root: Field, names: Collection[str]) -> Iterator[tuple[str, Field]]:
    """The members under these names in written order; a mapping may have a million others."""
    for name in root.value if isinstance(root.value, dict) else ():
        member = root.get(name) if name in names else None
        if member is not None:
            yield name, member


def _v2_keys(root: Field) -> Iterator[Misplaced]:
    for name, member in _named(root, V2_KEYS):
        yield _v2_key(root, member, name)
    destination = root.get("destination")
    # of a spec it may be a mapping over a file of recipients
    for element in (destination, *destination.elements()) if destination is not None else ():
        identifier = element.get("correlationId")
        if identifier is not None:
            yield _v2_key(element, identifier, "correlationId")


def _v2_key(holder: Field, member: Field, name: str) -> Misplaced:
    instead = V2_KEYS[name]
    fits = name != "channel" or (isinstance(member.value, str) and canonical(member.value) is not None)
    return Misplaced(member, name, instead, rename=name in _RENAMED and fits and instead not in holder.value, v2=True)
