"""A voice call: who calls, and what speaks. The words themselves are kept on the platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from msgspec_tool.appearances.members import text_at
from msgspec_tool.source.document import Plain

_SPEAKERS = (("callflowid", "call flow"), ("promptid", "prompt"), ("media", "recording"))


@dataclass(frozen=True, slots=True)
class VoiceSeen:
    """An incoming call."""

    kind: ClassVar[str] = "voice"
    caller: str
    """Empty where the platform's service decides."""
    speaker: str
    """``call flow``, ``prompt`` or ``recording``; empty where the message names none."""
    name: str
    """The id or name that it has on the platform."""


def seen_voice(block: Plain) -> VoiceSeen:
    """The block ``channels.voice`` of a message as a person sees it."""
    speaker, name = next(((words, text_at(block, key)) for key, words in _SPEAKERS if text_at(block, key)), ("", ""))
    return VoiceSeen(text_at(block, "cli"), speaker, name)
