"""Numbers of things, as sentences say them."""

from __future__ import annotations


def counted(number: int, word: str) -> str:
    """``1 error``, ``2,000 errors``, ``2 addresses``."""
    many = f"{word}es" if word.endswith("s") else f"{word}s"
    return f"{number:,} {word if number == 1 else many}"
