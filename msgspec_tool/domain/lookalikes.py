"""Letters of other scripts that look like Latin ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LATIN: dict[str, str] = {
    **dict(zip("АВЕЅІЈКМНОРСТХҮаеѕіјорсхуһԁԛԝ", "ABESIJKMHOPCTXYaesijopcxyhdqw", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ", "ABEZHIKMNOPTYXovp", strict=True)),
}
"""Cyrillic and Greek letters by the Latin letter that they are taken for (a choice from Unicode's confusables)."""

_WORD = re.compile(r"[^\W\d_]+")
_ANY = re.compile(f"[{''.join(LATIN)}]")


def lookalikes(text: str) -> Iterator[int]:
    """Where a letter stands for a Latin one: in words that are Latin but for such letters."""
    if _ANY.search(text) is None:
        return
    for word in _WORD.finditer(text):
        strange = [found.start() for found in _ANY.finditer(text, word.start(), word.end())]
        latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in word[0])
        if strange and latin and latin + len(strange) == len(word[0]):
            yield from strange
