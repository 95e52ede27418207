"""Where the API puts each channel's content and whom a channel can reach (facts of the API reference, v1).

A spec keys ``channels`` by delivery channel; the API nests some of them. This table is the only place that knows both.
"""

from __future__ import annotations

from msgspec_tool.model import CHANNEL_ALIASES, CHANNELS
from msgspec_tool.source.document import Path

BLOCK_PATHS: dict[str, Path] = {
    "sms": ("channels", "sms"),
    "voice": ("channels", "voice"),
    "push": ("channels", "push"),
    "rt": ("channels", "appmessaging"),
    "fb": ("channels", "OTT-Messaging", "fb"),
    "twitter": ("channels", "OTT-Messaging", "twitter"),
    "wechat": ("channels", "OTT-Messaging", "wechat"),
}
"""Where a request body holds a channel's block."""

IDENTIFIERS: dict[str, tuple[str, ...]] = {
    "sms": ("msisdn", "customerid"),
    "voice": ("msisdn", "customerid"),
    "push": (
        "userid",
        "customerid",
        "android_pushid",
        "ios_pushid",
        "hms_pushid",
        "chrome_pushid",
        "firefox_pushid",
        "safari_pushid",
    ),
    "rt": ("userid", "customerid"),
    "fb": ("psid", "customerid"),
    "twitter": ("twitterid", "customerid"),
    "wechat": ("wechatID", "customerid"),
}
"""The identifier keys that each channel takes in ``destination``."""

ALL_IDENTIFIERS: tuple[str, ...] = tuple(dict.fromkeys(key for keys in IDENTIFIERS.values() for key in keys))
"""Every identifier key of the API's founding channels."""

NEEDS_APPID = frozenset({"push", "rt", "fb", "twitter", "wechat"})
"""Channels for which ``appid`` is mandatory; the others do not take it."""

TAKES_SMARTLINKS = frozenset({"sms", "rt", "fb"})
"""Channels whose text can hold ``{{link_<id>}}``."""


def canonical(name: str) -> str | None:
    """The canonical name of a delivery channel, or None where there is no such channel."""
    name = CHANNEL_ALIASES.get(name, name)
    return name if name in CHANNELS else None
