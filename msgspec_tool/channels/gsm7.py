"""The GSM-7 alphabet's usual strangers and what to write instead."""

from __future__ import annotations

REPLACEMENTS: dict[str, str] = {
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "…": "...",
    "\u00a0": " ",
    "\u202f": " ",
    "\u200b": "",
}
"""A character that GSM-7 lacks, and its nearest text that it has."""

_TABLE = str.maketrans(REPLACEMENTS)


def replace_for_gsm7(text: str) -> str:
    """The text with each of :data:`REPLACEMENTS` applied."""
    return text.translate(_TABLE)
