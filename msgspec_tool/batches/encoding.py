"""JSON of many texts, with one look at all of them where none needs an escape."""

from __future__ import annotations

from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import NamedTuple

from msgspec_tool.domain.simple_texts import SIMPLE, SimpleTexts

_ESCAPED = {*range(0x20), ord('"'), ord("\\")}
_AS_THEY_ARE = bytes(code for code in range(256) if code not in _ESCAPED)


class Encoded(NamedTuple):
    """Texts as they stand between the quotes of JSON."""

    texts: Sequence[str]
    simple: bool = False
    """Every character is ASCII that GSM-7 has in one septet, and none needs an escape."""


def encoded(values: Sequence[str], doubtful: set[int]) -> Encoded:
    """The texts, as ``json`` writes them without ``ensure_ascii``. Those that UTF-8 can't hold join ``doubtful``."""
    if type(values) is SimpleTexts:
        return Encoded(values, simple=True)
    try:
        data = "".join(values).encode("utf-8")
    except UnicodeEncodeError:
        doubtful.update(index for index, value in enumerate(values) if not _encodable(value))
        return Encoded([encode_basestring(value)[1:-1] for value in values])
    if not data.translate(None, SIMPLE):
        return Encoded(values, simple=True)
    if not data.translate(None, _AS_THEY_ARE):
        return Encoded(values)
    return Encoded([encode_basestring(value)[1:-1] for value in values])


def _encodable(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
