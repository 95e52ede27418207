"""What a call plays (facts of the voice reference, v1)."""

from __future__ import annotations

SOURCES = ("callflowid", "promptid", "media")
"""The keys of which a call has exactly one; ``media`` is the older one."""

SPOKEN = ("text", "tts", "ssml", "message", "speech", "say", "body", "content")
"""Keys under which other APIs take a text that is read aloud; v1 reads none."""
