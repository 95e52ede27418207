"""A text as a person sees it: runs of characters that look alike, each with what there is to say about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from msgspec_tool.domain.invisible import SUSPECTS, Odd, oddity


class Look(Enum):
    """How a run of characters looks; the value is a name for whoever draws it."""

    PLAIN = "plain"
    LINK = "link"
    """A web address, which phones underline."""
    SHORT_LINK = "short-link"
    """The platform's placeholder of a smart link: people get a short link in its place."""
    FORCES_UNICODE = "forces-unicode"
    """A character that an SMS in GSM-7 can't hold."""
    TWO_SEPTETS = "two-septets"
    """A character that takes the room of two."""
    UNSEEN = "unseen"
    """Stands for a character that nobody sees, or that turns the text around it: the run's text names it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike; ``note`` is a sentence about them."""

    text: str
    look: Look = Look.PLAIN
    note: str = ""


Text = tuple[Run, ...]
"""A text from its first character to its last."""

Marks = Mapping[int, tuple[Look, str]]
"""Looks and notes of single characters by their offsets; they win over a link, and not over a short link."""

_Seen = tuple[Look, str, str]
"""A look, a note, and what keeps neighbours apart that have the same of both."""

_LINK = re.compile(r"https?://[^\s<>\"'{}|\\^`]+", re.IGNORECASE)
_BEHIND_LINK = ".,;:!?)]"
"""Marks at the end of an address that belong to the sentence."""
_SHORT_LINK = re.compile(r"\{\{link_[^{}\s]{1,60}\}\}")
_SHORT_LINK_NOTE = "the platform puts a short link here"
_UNSEEN_KINDS = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_AT_HOME = "\n\t\u200c\u200d"
"""Never named, or named only where they are odd: line breaks, tabs, joiners."""


def seen_text(text: str) -> Text:
    """A whole text as runs."""
    return seen_slices(text, ((0, len(text)),))[0]


def seen_slices(text: str, spans: Iterable[tuple[int, int]], marks: Marks | None = None) -> tuple[Text, ...]:
    """The characters ``[start, end)`` of a text as runs, for each span; what surrounds them counts."""
    looks = {} if not marks and _is_plain(text) else _looks(text, marks or {})
    return tuple(_runs(text, start, end, looks) for start, end in spans)


def _runs(text: str, start: int, end: int, looks: Mapping[int, _Seen]) -> Text:
    if not looks:
        return (Run(text[start:end]),) if start < end else ()
    runs: list[Run] = []
    for (look, note, _name), offsets in groupby(range(start, end), key=lambda at: looks.get(at, _PLAIN)):
        several = list(offsets)
        if look is Look.UNSEEN:
            runs += (Run(unseen_name(text[at]), look, note) for at in several)
        else:
            runs.append(Run(text[several[0] : several[-1] + 1], look, note))
    return tuple(runs)


def unseen_name(char: str) -> str:
    """What is shown in place of a character that can't be shown: ``U+202E``."""
    return f"U+{ord(char):04X}"


def character_name(char: str) -> str:
    """A character's name in Unicode, as people write it: ``right single quotation mark``."""
    return unicodedata.name(char, "").lower() or unseen_name(char)


def _is_plain(text: str) -> bool:
    """Most texts hold nothing to look at one by one."""
    return text.isascii() and text.replace("\n", "").isprintable() and "://" not in text and "{{" not in text


_PLAIN: _Seen = (Look.PLAIN, "", "")


def _looks(text: str, marks: Marks) -> dict[int, _Seen]:
    found: dict[int, _Seen] = {}
    for link in _LINK.finditer(text):
        length = len(link[0].rstrip(_BEHIND_LINK))
        found.update(dict.fromkeys(range(link.start(), link.start() + length), (Look.LINK, "", str(link.start()))))
    found.update((at, (look, note, "")) for at, (look, note) in marks.items())
    for link in _SHORT_LINK.finditer(text):
        found.update(dict.fromkeys(range(*link.span()), (Look.SHORT_LINK, _SHORT_LINK_NOTE, str(link.start()))))
    for at in range(len(text)):
        note = _unseen(text, at)
        if note:
            found[at] = (Look.UNSEEN, note, "")
    return found


def _unseen(text: str, at: int) -> str:
    """A sentence about a character that nobody sees where it stands; nothing for all others."""
    char = text[at]
    if char.isascii():
        return "" if char.isprintable() or char in "\n\t" else f"control character {unseen_name(char)}"
    if re.match(SUSPECTS, char):
        odd = oddity(text, at)
        return f"{character_name(char)}: {odd.value}" if odd is not None and odd is not Odd.NO_BREAK else ""
    if char in _AT_HOME or _is_of_an_emoji(char) or unicodedata.category(char) not in _UNSEEN_KINDS:
        return ""
    return f"{character_name(char)}: nobody sees it"


def _is_of_an_emoji(char: str) -> bool:
    """Tags spell the flags of England, Scotland and Wales."""
    return "\U000e0020" <= char <= "\U000e007f"
