"""Texts as they are registered with Indian operators (DLT): fixed words, and ``{#var#}`` for what varies."""

from __future__ import annotations

import re
from collections.abc import Iterator

_VARIABLE = re.compile(r"\{#\s*\w+\s*#\}")
_BLANKS = re.compile(r"\s+")


def departure(text: str, registered: str, longest: int) -> str | None:
    """The fixed words of a registered text that a text lacks, ``""`` where it goes on behind the end; None where it is one of them.

    Each variable stands for at most ``longest`` characters, and for none. Several blanks and line breaks count as one.
    """
    parts = _VARIABLE.split(_plain(registered))
    # where a variable is empty both of the blanks around it are there
    found = _departure(text.strip(), parts, longest)
    return None if found is None else _departure(_plain(text), parts, longest)


def _departure(text: str, parts: list[str], longest: int) -> str | None:
    reached = {len(parts[0])} if text.startswith(parts[0]) else set()
    if not reached:
        return parts[0]
    for part in parts[1:]:
        # every place that is within reach is followed at once: no text takes longer than its length times the parts
        reached = {end + len(part) for end in _within(reached, longest, len(text)) if text.startswith(part, end)}
        if not reached:
            return part
    return None if len(text) in reached else ""


def _within(starts: set[int], longest: int, length: int) -> Iterator[int]:
    """Where a variable can end that begins at one of some places."""
    latest = length + 1
    for end in range(min(starts), length + 1):
        latest = end if end in starts else latest
        if end - latest <= longest:
            yield end


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
