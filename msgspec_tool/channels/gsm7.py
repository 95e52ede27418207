"""Texts in the GSM 7-bit alphabet: what it can hold, what it takes, and what stands for what it lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from msgspec_tool.domain.characters import BASIC, EXTENSION

ALPHABET = BASIC | EXTENSION
"""Every character that an SMS in GSM-7 can hold."""

_OUTSIDE = re.compile("[^" + re.escape("".join(sorted(ALPHABET))) + "]")
_ASCII = bytes(sorted(ord(char) for char in ALPHABET if char < "\x80"))
_TWO_SEPTETS = re.compile("[" + re.escape("".join(sorted(EXTENSION))) + "]")

SAFE_REPLACEMENTS = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "…": "...", "•": "*", "·": ".", "\t": " ",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ",
    "\u200b": "", "\u2060": "", "\ufeff": "", "\u00ad": "",
}  # fmt: skip
"""Typographic characters that a customer reads the same in their GSM-7 form."""

REPLACEMENTS = {
    **SAFE_REPLACEMENTS,
    "ç": "c", "₹": "Rs.", "©": "(c)", "®": "(R)", "™": "(TM)", "×": "x", "÷": "/", "°": " deg", "½": "1/2", "¼": "1/4", "¾": "3/4",
    "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": "", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "Œ": "OE", "œ": "oe",
}  # fmt: skip
"""All replacements, those that change what is read included."""


def remedy(replacement: str) -> str:
    """How a person is told of a replacement; quotes and blanks would not be seen between quotes."""
    if replacement == " ":
        return "write a blank"
    quote = '"' if "'" in replacement else "'"
    return f"write {quote}{replacement}{quote}" if replacement else "remove it"


def is_gsm7(text: str) -> bool:
    """Whether an SMS can hold the text in GSM-7."""
    return _OUTSIDE.search(text) is None


def all_gsm7(several: Iterable[str]) -> bool:
    """:func:`is_gsm7` for many texts at once."""
    text = "".join(several)
    return not text.encode("ascii").translate(None, _ASCII) if text.isascii() else is_gsm7(text)


def first_non_gsm7(text: str) -> int | None:
    """Offset of the first character that forces UCS-2, or None."""
    found = _OUTSIDE.search(text)
    return found.start() if found else None


def septets(text: str) -> int:
    """Length in septets of a text that GSM-7 can hold: extension characters count two."""
    return len(text) + len(_TWO_SEPTETS.findall(text))


def replace_for_gsm7(text: str) -> str:
    """The text with what GSM-7 lacks replaced: typographic characters by plain ones, accents dropped, ``?`` where nothing is near."""
    if is_gsm7(text):
        return text
    return _OUTSIDE.sub(lambda found: _nearest(found[0]), unicodedata.normalize("NFC", text))


def _nearest(char: str) -> str:
    replacement = REPLACEMENTS.get(char)
    if replacement is not None:
        return replacement
    plain = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    if not plain and unicodedata.combining(char):
        return ""
    return plain if plain and plain != char and is_gsm7(plain) else "?"
