"""An SMS: what is read, where its parts end, and which characters cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from msgspec_tool.appearances.members import text_at
from msgspec_tool.appearances.texts import Look, Marks, Text, character_name, seen_slices
from msgspec_tool.channels.gsm7 import ALPHABET, is_gsm7, replace_for_gsm7
from msgspec_tool.channels.sms_parts import GSM7_PART, GSM7_SINGLE, UCS2_PART, UCS2_SINGLE, count, part_spans
from msgspec_tool.domain.characters import EXTENSION
from msgspec_tool.source.document import Plain

_FLASH, _BINARY, _UNICODE = "2", "3", "4"
_MOST_MARKED = 12
"""Characters outside of GSM-7 that are marked one by one; where there are more, the script itself is another one."""


@dataclass(frozen=True, slots=True)
class SmsPart:
    """What one part of an SMS holds; ``units`` and ``room`` are septets (GSM-7) or UTF-16 units (Unicode)."""

    text: Text
    units: int
    room: int


@dataclass(frozen=True, slots=True)
class CostlyCharacter:
    """The first character that GSM-7 lacks: it makes the whole SMS a Unicode one."""

    char: str
    name: str
    part: int
    """The part that it stands in, from 1."""
    others: int
    """How many more there are behind it."""
    plain_parts: int | None
    """Parts of the same text with plain characters in place of these; None where GSM-7 has nothing near."""


@dataclass(frozen=True, slots=True)
class SmsSeen:
    """An SMS on a phone."""

    kind: ClassVar[str] = "sms"
    sender: str
    """Empty where the platform's service decides."""
    parts: tuple[SmsPart, ...]
    unicode: bool
    """Sent in UCS-2, not in GSM-7."""
    flash: bool = False
    """Shown at once, and kept nowhere."""
    binary: int | None = None
    """Bytes for a device, in place of a text."""
    media: str = ""
    """A media path that the platform adds to the text."""
    costly: CostlyCharacter | None = None
    doubles: int = 0
    """Characters of GSM-7 that take the room of two."""
    needless: bool = False
    """Sent in Unicode because the type says so: GSM-7 holds the text."""

    @property
    def units(self) -> int:
        """Septets or UTF-16 units of all parts."""
        return sum(part.units for part in self.parts)


def seen_sms(block: Plain) -> SmsSeen:
    """The block ``channels.sms`` of a message as a person sees it."""
    kind, sender, text = text_at(block, "type"), text_at(block, "senderid"), text_at(block, "text")
    if kind == _BINARY:
        return SmsSeen(sender, (), unicode=False, binary=len(text_at(block, "body")) // 2)
    plain = is_gsm7(text)
    unicode = kind == _UNICODE or not plain
    marks = dict(_doubles(text) if not unicode else _outside(text))
    parts = tuple(_parts(text, unicode, marks))
    return SmsSeen(
        sender,
        parts,
        unicode,
        flash=kind == _FLASH,
        media=text_at(block, "media-path"),
        costly=None if plain else _costly(text),
        doubles=sum(len(run.text) for part in parts for run in part.text if run.look is Look.TWO_SEPTETS),
        needless=unicode and plain and bool(text),
    )


def _parts(text: str, unicode: bool, marks: Marks) -> Iterator[SmsPart]:
    spans = list(part_spans(text, unicode=unicode))
    single, room = (UCS2_SINGLE, UCS2_PART) if unicode else (GSM7_SINGLE, GSM7_PART)
    texts = seen_slices(text, ((start, end) for start, end, _units in spans), marks)
    for (_start, _end, units), seen in zip(spans, texts, strict=True):
        yield SmsPart(seen, units, single if len(spans) == 1 else room)


def _doubles(text: str) -> Iterator[tuple[int, tuple[Look, str]]]:
    for at, char in enumerate(text):
        if char in EXTENSION:
            yield at, (Look.TWO_SEPTETS, f"{character_name(char)}: takes the room of two characters")


def _outside(text: str) -> Iterator[tuple[int, tuple[Look, str]]]:
    """The first character that GSM-7 lacks, and the others where they are few."""
    found = [at for at, char in enumerate(text) if char not in ALPHABET]
    for at in found if len(found) <= _MOST_MARKED else found[:1]:
        yield at, (Look.FORCES_UNICODE, f"{character_name(text[at])}: not in the GSM alphabet, so the whole SMS is sent in Unicode")


def _costly(text: str) -> CostlyCharacter:
    offsets = [at for at, char in enumerate(text) if char not in ALPHABET]
    first = offsets[0]
    spans = list(part_spans(text, unicode=True))
    part = next(number for number, (_start, end, _units) in enumerate(spans, 1) if first < end)
    plain = replace_for_gsm7(text)
    lost = plain.count("?") > text.count("?")
    return CostlyCharacter(text[first], character_name(text[first]), part, len(offsets) - 1, None if lost else count(plain).parts)
