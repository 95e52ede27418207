"""What an SMS can come from, by the form of its sender (3GPP TS 23.040 for letters, ITU-T E.164 for numbers)."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

MOST_LETTERS = 11
"""Characters of a sender with letters: more do not fit into the field of the protocol."""

REFUSING_COUNTRIES = ("US", "CA", "PR")
"""Countries whose networks deliver nothing from a sender with letters."""


class SenderForm(str, Enum):
    """The forms, by their names in the project file."""

    ALPHANUMERIC = "alphanumeric"
    SHORT_CODE = "short-code"
    LONG_CODE = "long-code"
    DLT_HEADER = "dlt-header"


USUAL_FORMS = (SenderForm.ALPHANUMERIC, SenderForm.SHORT_CODE, SenderForm.LONG_CODE)

_SHORT = re.compile(r"[0-9]{3,8}\Z", re.ASCII)
_LONG = re.compile(r"[1-9][0-9]{8,14}\Z", re.ASCII)
_HEADER = re.compile(r"[A-Za-z]{3,6}\Z", re.ASCII)
_NUMERIC = re.compile(r"[0-9+ ().-]+\Z", re.ASCII)


@lru_cache(maxsize=256)
def forms_of(sender: str) -> frozenset[SenderForm]:
    """The forms that a sender has; more than one where letters make it a DLT header too, none where it has no form at all."""
    if is_numeric(sender):
        short, long = _SHORT.match(sender), _LONG.match(sender)
        return frozenset(form for form, holds in ((SenderForm.SHORT_CODE, short), (SenderForm.LONG_CODE, long)) if holds)
    found = {SenderForm.ALPHANUMERIC} if len(sender) <= MOST_LETTERS else set()
    return frozenset(found | ({SenderForm.DLT_HEADER} if _HEADER.match(sender) else set()))


def is_numeric(sender: str) -> bool:
    """A number, as it should be or with the marks that people write between digits."""
    return _NUMERIC.match(sender) is not None
