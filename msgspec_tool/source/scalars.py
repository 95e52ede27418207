"""Plain YAML scalars by the YAML 1.2 core schema: null, booleans, numbers; everything else is text (dates, ``yes``, ``1_000``)."""

from __future__ import annotations

import re

from msgspec_tool.source.document import Plain

MAX_DIGITS = 1000
"""Integers with more digits are read as floats (infinity): Python refuses to print integers of some 4,300 digits."""

_INTEGER = re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NUMBER_STARTS = frozenset("0123456789+-.")
_BASES = {"0o": 8, "0x": 16}

_WORDS: dict[str, Plain] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: float(sign + "inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}

STARTS = frozenset(word[:1] for word in _WORDS) | _NUMBER_STARTS
"""What an unquoted scalar that is no text begins with; it may be empty."""


def resolve_plain(text: str) -> Plain:
    """The value of an unquoted scalar. Never raises."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_STARTS:
        if _INTEGER.match(text):
            return integer(text)
        if _FLOAT.match(text):
            return float(text)
    return text


def integer(text: str) -> int | float:
    """An integer of the core schema (decimal, ``0o``, ``0x``); a float where it is longer than :data:`MAX_DIGITS`."""
    if len(text) > MAX_DIGITS:
        return float("-inf" if text[0] == "-" else "inf") if text.strip("+-0ox") else 0
    base = _BASES.get(text[:2])
    return int(text[2:], base) if base else int(text)
