"""The candidate that somebody most likely meant."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 64


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The nearest of the candidates, upper and lower case alike, or None where none is near."""
    if len(name) > _LONGEST:
        return None
    from difflib import get_close_matches

    folded = {candidate.casefold(): candidate for candidate in sorted(candidates, reverse=True) if len(candidate) <= _LONGEST}
    found = get_close_matches(name.casefold(), list(folded), 1, 0.7)
    return folded[found[0]] if found else None


def suggestion(candidate: str | None) -> str:
    """The end of a message that offers the candidate."""
    return f"; did you mean '{candidate}'?" if candidate else ""
