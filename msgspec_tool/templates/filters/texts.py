"""Filters over text. Null is refused everywhere: Jinja's own would print ``None``.

Each implementation stands beside its transfer function, which gives the bounds of all results, and their entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import reduce
from math import ceil, inf
from typing import Any
from urllib.parse import quote

from jinja2.environment import Environment
from jinja2.filters import do_capitalize, do_title, do_truncate, do_urlencode, do_wordcount

from msgspec_tool.channels.gsm7 import ALPHABET, replace_for_gsm7
from msgspec_tool.domain import texts, values
from msgspec_tool.domain.characters import (
    ACCENTED,
    ASTRAL,
    ESCAPED,
    EURO,
    NARROW,
    NOTHING,
    PLAIN,
    VISIBLE,
    WIDE,
    Size,
    cheapest,
    dearest,
    measure,
)
from msgspec_tool.domain.printing import number_text
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import (
    CAN_BE_FALSE,
    CAN_BE_TRUE,
    FLOAT_WIDTH,
    ITEMS,
    MEMBERS,
    NULL,
    NUMBER,
    PRINTABLE,
    TEXT,
    TRUTH,
    Number,
    Value,
)
from msgspec_tool.templates.failures import BadValueError, TooMuchError
from msgspec_tool.templates.filters.entries import VARIES, FilterCall, FilterEntry
from msgspec_tool.templates.filters.rewriting import CAPITALISED, GSM7_NEAREST, JSON_QUOTED, LOWERED, PERCENT_ENCODED, RAISED, rewritten
from msgspec_tool.templates.printing import MAX_TEXT, joined, plain, printed
from msgspec_tool.templates.values import shape


def upper(value: Any) -> str:
    """In capitals."""
    return printed(value).upper()


def _upper(call: FilterCall) -> Value:
    text = call.text
    return values.of_text(rewritten(text, RAISED, prefix=text.prefix.upper(), suffix=text.suffix.upper()))


def lower(value: Any) -> str:
    """In small letters."""
    return printed(value).lower()


def _lower(call: FilterCall) -> Value:
    text = call.text
    # how a capital sigma is written depends on what stands around it
    prefix, suffix = text.prefix.partition("Σ")[0], text.suffix.rpartition("Σ")[2]
    return values.of_text(rewritten(text, LOWERED, prefix=prefix.lower(), suffix=suffix.lower()))


def capitalize(value: Any) -> str:
    """First letter a capital, the others small."""
    return do_capitalize(printed(value))


def _capitalized(call: FilterCall) -> Value:
    return _with_capitals(call.text, do_capitalize)


def title(value: Any) -> str:
    """Each word with a capital."""
    return do_title(printed(value))


def _titled(call: FilterCall) -> Value:
    return _with_capitals(call.text, do_title)


def _with_capitals(text: Text, change: Callable[[str], str]) -> Value:
    return values.of_text(rewritten(text, CAPITALISED, prefix=change(text.prefix.partition("Σ")[0])))


def trim(value: Any, chars: str | None = None) -> str:
    """Without blanks (or ``chars``) at both ends."""
    return printed(value).strip(chars)


_NEVER_BLANK = ACCENTED | EURO | ASTRAL
"""Classes without white space."""


def _trim(call: FilterCall) -> Value:
    text = call.text
    if call.constant("chars") is not None:
        return values.of_text(texts.subset(text))
    prefix = text.prefix.rstrip() if text.prefix[:1].strip() else ""
    suffix = text.suffix.lstrip() if text.suffix[-1:].strip() else ""
    least = cheapest(text.may) if text.never_blank else NOTHING
    least = least.most(measure(prefix)[0]).most(measure(suffix)[0])
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
        return values.of_text(texts.UNBOUNDED.of(call.sources))
    (taken, gone), (given, come) = measure(old), measure(new)
    times = text.most.points + 1 if not old else inf if text.most.points == inf else text.most.points // len(old)
    least = Size(*(max(0, _less(size, times, out - into)) for size, out, into in zip(text.least, taken, given, strict=True)))
    most = Size(*(_more(size, times, into - out) for size, out, into in zip(text.most, taken, given, strict=True)))
    # a character of the old text is sure no more, unless the new one has its like
    surely = text.surely & ~(gone & ~come)
    overlap = len(old) - 1
    prefix = text.prefix[: max(0, len(text.prefix) - overlap)] if old and old not in text.prefix else ""
    suffix = text.suffix[overlap:] if old and old not in text.suffix else ""
    return values.of_text(
        text._replace(
            least=least,
            most=most,
            may=text.may | come,
            surely=surely,
            finite=None,
            prefix=prefix,
            suffix=suffix,
            characters=None if text.characters is None else text.characters | set(new),
        )
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
    if VARIES in (length, end, leeway):
        return values.of_text(texts.UNBOUNDED.of(call.sources))
    leeway = _LEEWAY if leeway is None else leeway
    end = printed(end)
    if not isinstance(length, int) or length < len(end):
        raise BadValueError("truncate needs a length of at least that of its end mark")
    if not isinstance(leeway, int) or leeway < 0:
        raise BadValueError("truncate needs a leeway of 0 or more")
    if text.most.points <= length + leeway:
        return values.of_text(text)
    return values.of_text(_shortened(text, length - len(end), length + leeway, end, words=call.constant("killwords", False) is not True))


def _shortened(text: Text, room: int, longest: int, end: str, *, words: bool) -> Text:
    """Texts cut to so many characters and an end mark, or at a word before; those that are not longer than ``longest`` stay."""
    size, classes = measure(end)
    made = texts.recoded(text, 0, min(text.most.points, longest), text.may | classes, surely=text.surely & classes)
    prefix = text.prefix[:room]
    prefix = prefix.rpartition(" ")[0] if words and " " in prefix else prefix
    shortest = size.plus(cheapest(text.may).times(0 if words else room).most(measure(prefix)[0]))
    least = shortest if text.least.points > longest else text.least.least(shortest)
    return made._replace(
        least=least,
        most=made.most.least(text.most.plus(size)),
        prefix=prefix,
        suffix=texts.shared_end((end, text.suffix)) if text.least.points <= longest else end,
        triggers=text.triggers,
    )


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


_LEFT_ALONE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/")
"""What ``urlencode`` leaves as it is."""


def _urlencode(call: FilterCall) -> Value:
    if call.value.kinds & (ITEMS | MEMBERS):
        return values.of_text(texts.bounded(0, inf, PLAIN | ESCAPED | VISIBLE)._replace(sources=call.value.sources))
    text = call.text
    prefix, suffix = (quote(known, safe="/") for known in (text.prefix, text.suffix))
    made = rewritten(text, PERCENT_ENCODED, prefix=prefix, suffix=suffix)
    if text.characters is not None and text.characters <= _LEFT_ALONE:
        return values.of_text(text)
    longest = text.most.bytes * 3
    return values.of_text(made._replace(most=made.most.least(Size(longest, longest, longest, longest))))


def tojson(value: Any, indent: int | None = None) -> str:
    """As JSON text."""
    if indent is not None and not (isinstance(indent, int) and 0 <= indent <= 8):
        raise BadValueError("tojson takes an indent of 0 to 8")
    return joined([json.dumps(plain(value), indent=indent, ensure_ascii=False)])


def _tojson(call: FilterCall) -> Value:
    if call.value.kinds & ~PRINTABLE:
        return values.of_text(texts.bounded(1, inf, surely=VISIBLE).of(call.value.sources))
    found = [texts.exactly((word,)) for word, bit in (("true", CAN_BE_TRUE), ("false", CAN_BE_FALSE)) if call.value.truth & bit]
    if call.value.text is not None:
        found.append(_quoted(call.value.text))
    if call.value.number is not None:
        found.append(_json_number(call.value.number))
    return values.of_text(reduce(texts.either, found)._replace(sources=call.value.sources))


def _quoted(text: Text) -> Text:
    prefix, suffix = (json.dumps(known, ensure_ascii=False)[1:-1] for known in (text.prefix, text.suffix))
    mark = texts.exactly(('"',))
    return texts.concat(texts.concat(mark, rewritten(text, JSON_QUOTED, prefix=prefix, suffix=suffix)), mark)


def _json_number(number: Number) -> Text:
    if number.plain:
        return number_text(number)
    size = max(number.least.copy_abs(), number.most.copy_abs())
    return texts.bounded(1, max(FLOAT_WIDTH, size.adjusted() + 2) if size.is_finite() else inf, PLAIN | VISIBLE, PLAIN | VISIBLE)


_GSM7 = "[" + re.escape("".join(sorted(ALPHABET))) + "]*"


def gsm7(value: Any) -> str:
    """With the characters that GSM-7 lacks replaced by their nearest (curly quotes, dashes, accents …)."""
    return replace_for_gsm7(printed(value))


def _gsm7(call: FilterCall) -> Value:
    text = call.text
    if text.always_gsm7:
        return values.of_text(text)
    prefix, suffix = re.match(_GSM7, text.prefix), re.search(_GSM7 + r"\Z", text.suffix)
    # an accent of its own may change the character before it
    made = rewritten(text, GSM7_NEAREST, prefix=prefix[0][:-1] if prefix else "", suffix=suffix[0] if suffix else "")
    return values.of_text(made._replace(surely=made.surely & ~PLAIN) if text.may & (NARROW | WIDE | ASTRAL) else made)


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
    return values.of_text(text if text.most.bytes <= count else _cut(text, count))


def _cut(text: Text, count: int) -> Text:
    # of a character that does not fit up to three bytes are lost
    dearest_bytes = dearest(text.may).bytes
    kept = max(0, min(text.least.bytes, count - dearest_bytes + 1))
    points = ceil(kept / dearest_bytes)
    most = Size(min(text.most.points, count), count, min(text.most.septets, 2 * count), min(text.most.units, count))
    prefix = text.prefix.encode()[:count].decode("utf-8", "ignore")
    surely = measure(prefix)[1]
    return texts.subset(text)._replace(least=Size(points, kept, points, points), most=most, prefix=prefix, surely=surely)


FILTERS: tuple[FilterEntry, ...] = (
    FilterEntry("upper", upper, "upper", "in capitals", _upper),
    FilterEntry("lower", lower, "lower", "in small letters", _lower),
    FilterEntry("capitalize", capitalize, "capitalize", "first letter a capital, the others small", _capitalized),
    FilterEntry("title", title, "title", "each word with a capital", _titled),
    FilterEntry("trim", trim, "trim(chars=blanks)", "without blanks at both ends", _trim, wants={"chars": TEXT | NULL}),
    FilterEntry(
        "replace",
        replace,
        "replace(old, new, count=all)",
        "one text for another",
        _replace,
        wants={"old": PRINTABLE, "new": PRINTABLE, "count": NUMBER | TRUTH | NULL},
    ),
    FilterEntry(
        "truncate",
        truncate,
        "truncate(length=255, killwords=false, end='...', leeway=5)",
        "cut to a length in characters",
        _truncate,
        wants={"length": NUMBER | TRUTH, "end": PRINTABLE, "leeway": NUMBER | TRUTH | NULL},
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
        wants={"indent": NUMBER | TRUTH | NULL},
    ),
    FilterEntry("gsm7", gsm7, "gsm7", "with what GSM-7 lacks replaced", _gsm7),
    FilterEntry(
        "bytes", cut_bytes, "bytes(count)", "cut to a number of UTF-8 bytes, never inside a character", _bytes, wants={"count": NUMBER}
    ),
)
