"""What a template may print, and how much of it: text, numbers, truth values; never null, never a collection.

A printed collection would be Python's own notation, and a lazy one a memory address that differs with every run.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec_tool.templates.failures import BadValueError, TooMuchError
from msgspec_tool.templates.values import OMIT, shape

MAX_TEXT = 32_000
"""Characters of any one text that a template makes. The longest text that a channel of the API takes is far below."""

MAX_REPEATED = 1_000
"""Characters of a text made by repetition (``'-' * 20``)."""

MAX_ITEMS = 1_000
"""Numbers of a range."""

MAX_LISTED = 5_000
"""Elements of any one list that a filter makes: of a text its characters, of data its members."""


def printed(value: Any) -> str:
    """The text of a value; raises :class:`BadValueError` for what has none."""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int)):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise BadValueError("a number that is infinite or not a number can't be printed")
        return str(value)
    from jinja2.runtime import Undefined

    return str(value) if isinstance(value, Undefined) else _refused(value)


def _refused(value: Any) -> str:
    if value is None:
        raise BadValueError("null can't be printed; give it a default: {{ … | default('…') }}")
    if value is OMIT:
        raise BadValueError("omit leaves a whole field out; it must be the only expression of its field")
    if isinstance(value, (dict, list, tuple, Iterator)):
        raise BadValueError(f"{shape(value) if not isinstance(value, Iterator) else 'a list'} can't be printed; use join or tojson")
    raise BadValueError(f"{shape(value)} can't be printed")


def joined(parts: Iterable[Any]) -> str:
    """All parts as one text of at most :data:`MAX_TEXT` characters."""
    size = 0
    texts = []
    for part in parts:
        text = part if isinstance(part, str) else printed(part)
        size += len(text)
        if size > MAX_TEXT:
            raise TooMuchError(f"the text grows over {MAX_TEXT:,} characters")
        texts.append(text)
    return "".join(texts)


def listed(values: Iterable[Any]) -> list[Any]:
    """A list of at most :data:`MAX_LISTED` elements."""
    made = []
    for value in values:
        made.append(value)
        if len(made) > MAX_LISTED:
            raise TooMuchError(f"the list grows over {MAX_LISTED:,} elements")
    return made


def plain(value: Any, left: int = MAX_TEXT) -> Any:
    """A value as plain data: lazy lists become lists. Raises :class:`BadValueError` for what JSON can't say or is too much."""
    budget = [left]

    def convert(item: Any) -> Any:
        budget[0] -= 1 + (len(item) if isinstance(item, str) else 0)
        if budget[0] < 0:
            raise TooMuchError(f"the value holds more than {MAX_TEXT:,} characters and elements")
        if isinstance(item, dict):
            return {printed(key): convert(member) for key, member in item.items()}
        if isinstance(item, (list, tuple, range, Iterator)):
            return [convert(member) for member in item]
        if item is None:
            return None
        if isinstance(item, (str, bool, int)):
            return item
        printed(item)
        return item

    return convert(value)
