"""Counts and lengths that channels allow; each with its source."""

from __future__ import annotations

MAX_DESTINATIONS = 1000
"""Addresses in a request, over everything (founding page; error 7009 in its strictest reading)."""

CORRELATION_BYTES = 50
"""UTF-8 bytes of a correlation id (founding page)."""

CALLBACK_CHARACTERS = 2000
"""Characters of ``callbackData``, spaces included (SMS reference page)."""

RT_BYTES = 4096
"""An in-app message (live chat reference page; error 7026)."""
RT_ELEMENTS, RT_BUTTONS, RT_IMAGES = 8, 3, 5
"""Cards of a template (7034), buttons of a card (7703), pictures of a card (7708)."""
RT_QUICK_REPLIES, RT_QUICK_REPLIES_DOCUMENTED = 5, 4
"""The server refuses more than 5 (7706); the reference page speaks of 4."""

FB_TEXT = 2000
"""Characters of a Messenger text (long-cited limit of the Send API)."""
FB_QUICK_REPLIES, FB_QUICK_REPLY_TITLE, FB_QUICK_REPLY_PAYLOAD = 10, 20, 1000
"""Messenger reference page."""
FB_ELEMENTS, FB_TITLE, FB_SUBTITLE, FB_BUTTONS = 10, 80, 80, 3
"""The generic template (Messenger reference page)."""
FB_BUTTON_TEXT, FB_BUTTON_TITLE = 640, 20
"""The button template (Messenger platform documentation)."""

TWITTER_TEXT = 10_000
TWITTER_OPTIONS, TWITTER_LABEL, TWITTER_DESCRIPTION, TWITTER_METADATA = 20, 36, 72, 1000
"""Direct messages and their quick replies (Twitter API v1.1 reference)."""

WECHAT_BYTES = 2048
"""UTF-8 bytes of a WeChat text (measured by users; errcode 45002 above)."""
