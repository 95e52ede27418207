"""Filters over text. Null is refused everywhere: Jinja's own would print ``None``.

Each implementation stands beside its transfer function, which gives the bounds of all results, and their entry.
"""

from __future__ import annotations

import json
from math import inf
from typing import Any
from urllib.parse import quote

from jinja2.environment import Environment
from jinja2.filters import do_capitalize, do_title, do_truncate, do_urlencode, do_wordcount

from msgspec_tool.channels.gsm7 import replace_for_gsm7
from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import ACCENTED, ASTRAL, ESCAPED, EURO, NOTHING, PLAIN, VISIBLE, Size, cheapest, measure
from msgspec_tool.domain.texts import MOST_FIXED, Text
from msgspec_tool.domain.values import ITEMS, MEMBERS, NULL, NUMBER, PRINTABLE, TEXT, Value
from msgspec_tool.templates.entries import VARIES, FilterCall, FilterEntry
from msgspec_tool.templates.failures import BadValueError, TooMuchError
from msgspec_tool.templates.printing import MAX_TEXT, joined, plain, printed
from msgspec_tool.templates.rewriting import CAPITALISED, GSM7_NEAREST, LOWERED, RAISED, rewritten
from msgspec_tool.templates.values import shape


def upper(value: Any) -> str:
    """In capitals."""
    return printed(value).upper()


def _upper(call: FilterCall) -> Value:
    return values.of_text(rewritten(call.text, RAISED))


def lower(value: Any) -> str:
    """In small letters."""
    return printed(value).lower()


def _lower(call: FilterCall) -> Value:
    return values.of_text(rewritten(call.text, LOWERED))


def capitalize(value: Any) -> str:
    """First letter a capital, the others small."""
    return do_capitalize(printed(value))


def title(value: Any) -> str:
    """Each word with a capital."""
    return do_title(printed(value))


def _capitalized(call: FilterCall) -> Value:
    return values.of_text(rewritten(call.text, CAPITALISED))


def trim(value: Any, chars: str | None = None) -> str:
    """Without blanks (or ``chars``) at both ends."""
    return printed(value).strip(chars)


_NEVER_BLANK = ACCENTED | EURO | ASTRAL
"""Classes without white space."""


def _trim(call: FilterCall) -> Value:
    text = call.text
    if call.constant("chars") is not None:
        return values.of_text(texts.subset(text))
    least = cheapest(text.may) if text.surely & VISIBLE else NOTHING
    prefix = text.prefix.rstrip() if text.prefix[:1].strip() else ""
    suffix = text.suffix.lstrip() if text.suffix[-1:].strip() else ""
    kept = text.surely & (VISIBLE | _NEVER_BLANK)
    return values.of_text(text._replace(least=least, surely=kept, finite=None, prefix=prefix, suffix=suffix))


def string(value: Any) -> str:
    """As text."""
    return printed(value)


def _string(call: FilterCall) -> Value:
    return values.of_text(call.text)


def replace(value: Any, old: str, new: str, count: int | None = None) -> str:
    """``old`` replaced with ``new``, at most ``count`` times."""
    text, old, new = printed(value), printed(old), printed(new)
    times = text.count(old) if old else len(text) + 1
    if len(text) + times * len(new) > MAX_TEXT:
        raise TooMuchError(f"replace would make a text of over {MAX_TEXT:,} characters")
    return text.replace(old, new, -1 if count is None else count)


def _replace(call: FilterCall) -> Value:
    text, old, new = call.text, call.constant("old"), call.constant("new")
    if not isinstance(old, str) or not isinstance(new, str):
        return values.of_text(texts.UNBOUNDED.of(call.value.sources))
    taken, given = measure(old), measure(new)
    times = text.most.points // len(old) if old and text.most.points < inf else inf if old else text.most.points + 1
    least = Size(*(max(0, _less(size, times, out - into)) for size, out, into in zip(text.least, taken[0], given[0], strict=True)))
    most = Size(*(_more(size, times, into - out) for size, out, into in zip(text.most, taken[0], given[0], strict=True)))
    surely = text.surely & ~taken[1] if not given[1] & VISIBLE else text.surely & ~(taken[1] & ~VISIBLE)
    prefix = text.prefix[: max(0, len(text.prefix) - len(old) + 1)] if old and old not in text.prefix else ""
    return values.of_text(
        text._replace(least=least, most=most, may=text.may | given[1], surely=surely, finite=None, prefix=prefix, suffix="")
    )


def _less(size: float, times: float, loss: float) -> float:
    return size - times * loss if loss > 0 and times else size


def _more(size: float, times: float, gain: float) -> float:
    return size + times * gain if gain > 0 and times else size


def truncate(
    environment: Environment, value: Any, length: int = 255, killwords: bool = False, end: str = "...", leeway: int | None = None
) -> str:
    """Cut to ``length`` characters, ``end`` included, at a word unless ``killwords``."""
    if not isinstance(length, int) or length < len(printed(end)):
        raise BadValueError("truncate needs a length of at least that of its end mark")
    if leeway is not None and (not isinstance(leeway, int) or leeway < 0):
        raise BadValueError("truncate needs a leeway of 0 or more")
    return do_truncate(environment, printed(value), length, killwords, printed(end), leeway)


_LEEWAY = 5
"""Jinja's own: a text that is this much too long is left as it is."""


def _truncate(call: FilterCall) -> Value:
    text = call.text
    length, end, leeway = call.constant("length", 255), call.constant("end", "..."), call.constant("leeway")
    leeway = _LEEWAY if leeway is None else leeway
    if not isinstance(length, int) or not isinstance(end, str) or not isinstance(leeway, int):
        return values.of_text(texts.UNBOUNDED.of(call.value.sources))
    if length < len(end):
        raise BadValueError("truncate needs a length of at least that of its end mark")
    if text.most.points <= length + leeway:
        return values.of_text(text)
    size, classes = measure(end)
    words = call.constant("killwords", False) is True
    kept = max(0, length - len(end)) if words else 0
    made = texts.recoded(text, 0, min(text.most.points, max(length + leeway, length)), text.may | classes, surely=text.surely & classes)
    shortest = size.plus(cheapest(text.may).times(kept))
    least = shortest if text.least.points > length + leeway else text.least.least(shortest)
    return values.of_text(made._replace(least=least, most=made.most.least(text.most.plus(size)), prefix=text.prefix[:kept]))


def wordcount(value: Any) -> int:
    """Number of words."""
    return do_wordcount(printed(value))


def _wordcount(call: FilterCall) -> Value:
    most = call.text.most.points
    return values.counted(0, most if most == inf else (most + 1) // 2)


def urlencode(value: Any) -> str:
    """Fit for a URL: text with its special characters escaped, a mapping as a query."""
    if isinstance(value, (dict, list, tuple)):
        return do_urlencode(plain(value))
    return do_urlencode(printed(value))


def _urlencode(call: FilterCall) -> Value:
    if call.value.kinds & (ITEMS | MEMBERS):
        return values.of_text(texts.bounded(0, inf, PLAIN | ESCAPED | VISIBLE)._replace(sources=call.value.sources))
    text = call.text
    # a byte becomes %XX, unless it is one of those that stay: of the escaped ones just the tilde
    may = (PLAIN if text.may & ~(ESCAPED | VISIBLE) else 0) | (ESCAPED | PLAIN if text.may & ESCAPED else 0)
    longest = text.most.bytes * 3
    made = texts.bounded(text.least.points, longest, may | VISIBLE, VISIBLE if text.least.points else 0)
    made = made._replace(most=made.most.least(Size(longest, longest, longest, longest)), sources=text.sources)
    return values.of_text(made._replace(prefix=quote(text.prefix.encode("utf-8", "surrogatepass"), safe="/")[:MOST_FIXED]))


def tojson(value: Any, indent: int | None = None) -> str:
    """As JSON text."""
    if indent is not None and not (isinstance(indent, int) and 0 <= indent <= 8):
        raise BadValueError("tojson takes an indent of 0 to 8")
    return joined([json.dumps(plain(value), indent=indent, ensure_ascii=False)])


def _tojson(call: FilterCall) -> Value:
    text = call.value.text
    if call.value.kinds != TEXT or text is None:
        return values.of_text(texts.bounded(1, inf, surely=VISIBLE).of(call.value.sources))
    # every character may become \u0000
    made = texts.recoded(text, 2 + text.least.points, 2 + 6 * text.most.points, text.may | PLAIN | ESCAPED, surely=PLAIN | VISIBLE)
    return values.of_text(made._replace(prefix='"', suffix='"'))


def gsm7(value: Any) -> str:
    """With the characters that GSM-7 lacks replaced by their nearest (curly quotes, dashes, accents …)."""
    return replace_for_gsm7(printed(value))


def _gsm7(call: FilterCall) -> Value:
    text = call.text
    return values.of_text(text if text.always_gsm7 else rewritten(text, GSM7_NEAREST))


def cut_bytes(value: Any, count: int) -> str:
    """Cut to at most ``count`` bytes of UTF-8, never inside a character."""
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise BadValueError(f"bytes needs a number of bytes, got {shape(count)}")
    return printed(value).encode("utf-8", "surrogatepass")[:count].decode("utf-8", "ignore")


def _bytes(call: FilterCall) -> Value:
    text, count = call.text, call.constant("count")
    if count is VARIES:
        return values.of_text(texts.subset(text))
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise BadValueError(f"bytes needs a number of bytes, got {shape(count)}")
    if text.most.bytes <= count:
        return values.of_text(text)
    # up to three bytes of a character that does not fit are lost; half surrogates are dropped wherever they stand
    return values.of_text(_cut(text, count))


def _cut(text: Text, count: int) -> Text:
    made = texts.subset(text)
    most = Size(min(text.most.points, count), count, min(text.most.septets, 2 * count), min(text.most.units, count))
    prefix = text.prefix.encode("utf-8", "surrogatepass")[:count].decode("utf-8", "ignore")
    visible = VISIBLE if prefix.strip() else 0
    return made._replace(most=most, prefix=prefix, surely=visible)


FILTERS: tuple[FilterEntry, ...] = (
    FilterEntry("upper", upper, "upper", "in capitals", _upper),
    FilterEntry("lower", lower, "lower", "in small letters", _lower),
    FilterEntry("capitalize", capitalize, "capitalize", "first letter a capital, the others small", _capitalized),
    FilterEntry("title", title, "title", "each word with a capital", _capitalized),
    FilterEntry("trim", trim, "trim(chars=blanks)", "without blanks at both ends", _trim, wants={"chars": TEXT | NULL}),
    FilterEntry(
        "replace",
        replace,
        "replace(old, new, count=all)",
        "one text for another",
        _replace,
        wants={"old": PRINTABLE, "new": PRINTABLE, "count": NUMBER | NULL},
    ),
    FilterEntry(
        "truncate",
        truncate,
        "truncate(length=255, killwords=false, end='...', leeway=5)",
        "cut to a length in characters",
        _truncate,
        wants={"length": NUMBER, "end": PRINTABLE, "leeway": NUMBER | NULL},
        context="environment",
    ),
    FilterEntry("string", string, "string", "as text", _string),
    FilterEntry("wordcount", wordcount, "wordcount", "number of words", _wordcount),
    FilterEntry("urlencode", urlencode, "urlencode", "fit for a URL", _urlencode, takes=PRINTABLE | ITEMS | MEMBERS),
    FilterEntry(
        "tojson",
        tojson,
        "tojson(indent=none)",
        "as JSON text",
        _tojson,
        takes=PRINTABLE | ITEMS | MEMBERS | NULL,
        wants={"indent": NUMBER | NULL},
    ),
    FilterEntry("gsm7", gsm7, "gsm7", "with what GSM-7 lacks replaced", _gsm7),
    FilterEntry(
        "bytes", cut_bytes, "bytes(count)", "cut to a number of UTF-8 bytes, never inside a character", _bytes, wants={"count": NUMBER}
    ),
)
