"""Limits of push notifications and the matrix of interactive buttons (push reference page, console's Push node)."""

from __future__ import annotations

import json

from msgspec_tool.source.document import Plain

PLATFORMS = ("android", "ios", "web")

MAX_BYTES = 4096
"""Whole payload on each platform (push reference page; receipts 7505 and 7510)."""

WARN_BYTES = 3500
"""From here on a longer name can break the limit."""

MAX_TTL = {"android": 2_419_200, "ios": 2_592_000, "web": 2_419_200}
"""Seconds: 28, 30 and 28 days (receipts 7506 and 7511)."""

SEEN_AT_FIRST = {"android": 49, "ios": 160}
"""Characters of a text that phones show before somebody opens the notification, about (Braze's guide to message formats)."""

TITLE_SEEN = 50
"""Characters of a title, about, beyond which every phone cuts it; some makers cut at 40, or 32 (their guides for senders)."""

RESERVED_PREFIXES = ("gcm", "google")
"""Beginnings of data keys that Google's service keeps for itself, besides the key ``from`` (receipt 7884)."""

CATEGORIES: dict[str, tuple[str, ...]] = {
    "SINGLE_DISMISS": ("DISMISS",),
    "SINGLE_OPEN": ("OPEN",),
    "SINGLE_SHARE": ("SHARE",),
    "SINGLE_SUBSCRIBE": ("SUBSCRIBE",),
    "SINGLE_UNSUBSCRIBE": ("UNSUBSCRIBE",),
    "SINGLE_DEEPLINK": ("DEEPLINK",),
    "SINGLE_REPLY": ("REPLY",),
    "DOUBLE_YES_NO": ("YES", "NO"),
    "DOUBLE_OK_LEARN_MORE": ("OK", "LEARN_MORE"),
    "DOUBLE_LIKE_SHARE": ("LIKE", "SHARE"),
    "DOUBLE_SUBSCRIBE_UNSUBSCRIBE": ("SUBSCRIBE", "UNSUBSCRIBE"),
    "DOUBLE_SHOPNOW_CANCEL": ("SHOPNOW", "CANCEL"),
    "DOUBLE_ACCEPT_CANCEL": ("ACCEPT", "CANCEL"),
    "DOUBLE_SHARE_CANCEL": ("SHARE", "CANCEL"),
    "DOUBLE_LATER_NOW": ("LATER", "NOW"),
    "DOUBLE_PLAY_NOW_PLAY_LATER": ("PLAY_NOW", "PLAY_LATER"),
    "DOUBLE_BUY_NOW_BUY_LATER": ("BUY_NOW", "BUY_LATER"),
}
"""Identifiers by position. Where :data:`DOCUMENTED` lacks the category they are inferred from its name."""

RT_CATEGORIES: dict[str, tuple[str, ...]] = {
    "DOUBLE_REPLY_DISMISS": ("REPLY", "DISMISS"),
    "DOUBLE_REPLY_NO_DISMISS": ("REPLY_NO", "DISMISS"),
    "DOUBLE_REPLY_YES_DISMISS": ("REPLY_YES", "DISMISS"),
    "DOUBLE_REPLY_YES_NO": ("REPLY_YES", "REPLY_NO"),
}
"""Categories that only the notification of an in-app message has."""

DOCUMENTED = frozenset({"DOUBLE_YES_NO", "DOUBLE_SHOPNOW_CANCEL", "DOUBLE_REPLY_DISMISS"})
"""Categories whose identifiers the reference spells out."""

DISMISS_SECOND = frozenset(
    {
        "DOUBLE_SHOPNOW_CANCEL",
        "DOUBLE_ACCEPT_CANCEL",
        "DOUBLE_SHARE_CANCEL",
        "DOUBLE_LATER_NOW",
        "DOUBLE_PLAY_NOW_PLAY_LATER",
        "DOUBLE_BUY_NOW_BUY_LATER",
    }
)
"""Categories whose second button the console only lets dismiss."""

REPLY_ACTIONS = frozenset({"TRIVIAL_REPLY", "TRIVIAL_REPLIES", "INLINE_REPLY", "IN_LINE_REPLY"})
"""Actions that answer, in all documented spellings."""

ACTIONS = frozenset(
    {
        "OPEN_URL",
        "OPEN_APP",
        "OPENAPP",
        "DEEPLINK",
        "OPENWEBVIEW",
        "OPEN_WEBVIEW",
        "SHARE",
        "DISMISS",
        "TRIVIAL_REPLY",
        "TRIVIAL_REPLIES",
        "INLINE_REPLY",
        "IN_LINE_REPLY",
    }
)
"""Every documented action of a button, in all its spellings."""

NEEDS_VALUE = frozenset({"OPEN_URL", "DEEPLINK", "OPENWEBVIEW", "OPEN_WEBVIEW", "SHARE"})
"""Actions that do nothing without a value."""


def actions_of(category: str, position: int) -> frozenset[str]:
    """The actions that a button of a category can have, where not every one fits: what dismisses only dismisses, what replies replies."""
    identifiers = {**CATEGORIES, **RT_CATEGORIES}.get(category, ())
    identifier = identifiers[position - 1] if 1 <= position <= len(identifiers) else ""
    if identifier == "DISMISS" or (position == 2 and category in DISMISS_SECOND):
        return frozenset(("DISMISS",))
    return REPLY_ACTIONS if identifier.startswith("REPLY") else ACTIONS


DEVICE_TYPES = ("android", "ios")


def payload_bytes(block: Plain) -> int:
    """Size of a platform's block as it is sent: compact JSON in UTF-8."""
    return len(_COMPACT.encode(block).encode("utf-8", "surrogatepass"))


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
