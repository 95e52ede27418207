"""Filters over text. Null is refused everywhere: Jinja's own would print ``None``."""

from __future__ import annotations

import json
from typing import Any

from jinja2.environment import Environment
from jinja2.filters import do_capitalize, do_title, do_truncate, do_urlencode, do_wordcount

from msgspec_tool.channels.gsm7 import replace_for_gsm7
from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.printing import MAX_TEXT, joined, plain, printed
from msgspec_tool.templates.values import shape


def upper(value: Any) -> str:
    """In capitals."""
    return printed(value).upper()


def lower(value: Any) -> str:
    """In small letters."""
    return printed(value).lower()


def capitalize(value: Any) -> str:
    """First letter a capital, the others small."""
    return do_capitalize(printed(value))


def title(value: Any) -> str:
    """Each word with a capital."""
    return do_title(printed(value))


def trim(value: Any, chars: str | None = None) -> str:
    """Without blanks (or ``chars``) at both ends."""
    return printed(value).strip(chars)


def string(value: Any) -> str:
    """As text."""
    return printed(value)


def replace(value: Any, old: str, new: str, count: int | None = None) -> str:
    """``old`` replaced with ``new``, at most ``count`` times."""
    text, old, new = printed(value), printed(old), printed(new)
    times = text.count(old) if old else len(text) + 1
    if len(text) + times * len(new) > MAX_TEXT:
        raise BadValueError(f"replace would make a text of over {MAX_TEXT:,} characters")
    return text.replace(old, new, -1 if count is None else count)


def truncate(
    environment: Environment, value: Any, length: int = 255, killwords: bool = False, end: str = "...", leeway: int | None = None
) -> str:
    """Cut to ``length`` characters, ``end`` included, at a word unless ``killwords``."""
    if not isinstance(length, int) or length < len(printed(end)):
        raise BadValueError("truncate needs a length of at least that of its end mark")
    if leeway is not None and (not isinstance(leeway, int) or leeway < 0):
        raise BadValueError("truncate needs a leeway of 0 or more")
    return do_truncate(environment, printed(value), length, killwords, printed(end), leeway)


def wordcount(value: Any) -> int:
    """Number of words."""
    return do_wordcount(printed(value))


def urlencode(value: Any) -> str:
    """Fit for a URL: text with its special characters escaped, a mapping as a query."""
    if isinstance(value, (dict, list, tuple)):
        return do_urlencode(plain(value))
    return do_urlencode(printed(value))


def tojson(value: Any, indent: int | None = None) -> str:
    """As JSON text."""
    if indent is not None and not (isinstance(indent, int) and 0 <= indent <= 8):
        raise BadValueError("tojson takes an indent of 0 to 8")
    return joined([json.dumps(plain(value), indent=indent, ensure_ascii=False)])


def gsm7(value: Any) -> str:
    """With the characters that GSM-7 lacks replaced by their nearest (curly quotes, dashes, accents …)."""
    return replace_for_gsm7(printed(value))


def cut_bytes(value: Any, count: int) -> str:
    """Cut to at most ``count`` bytes of UTF-8, never inside a character."""
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise BadValueError(f"bytes needs a number of bytes, got {shape(count)}")
    return printed(value).encode("utf-8", "surrogatepass")[:count].decode("utf-8", "ignore")
