"""What values print: text as it is, numbers as their digits, truth values as ``True`` and ``False``."""

from __future__ import annotations

from functools import reduce
from math import inf

from msgspec_tool.domain import texts
from msgspec_tool.domain.characters import OUTSIDE_GSM7, PLAIN, VISIBLE
from msgspec_tool.domain.texts import NAMES, Text
from msgspec_tool.domain.values import CAN_BE_FALSE, CAN_BE_TRUE, INFINITY, Number, Value

_DIGITS = PLAIN | VISIBLE


def printed_text(value: Value) -> Text:
    """All texts that the printable ones among the values print. Of a value with no printable kind: the empty text."""
    if value.unknown:
        return texts.UNBOUNDED.of(value.sources)
    if value.text is not None and value.number is None and not value.truth:
        return value.text
    found: list[Text] = [] if value.text is None else [value.text]
    if value.number is not None:
        found.append(number_text(value.number))
    words = [word for word, bit in (("True", CAN_BE_TRUE), ("False", CAN_BE_FALSE)) if value.truth & bit]
    if words:
        found.append(texts.exactly(words))
    if not found:
        return texts.EMPTY
    made = reduce(texts.either, found)
    triggers = made.triggers if made.may & OUTSIDE_GSM7 else NAMES
    return made._replace(sources=made.sources | value.sources, triggers=triggers)


def number_text(number: Number) -> Text:
    """All texts that numbers print."""
    if number.finite is not None:
        return texts.exactly(str(one) for one in number.finite)
    if number.plain and number.least > -INFINITY and number.most < INFINITY:
        longest = max(len(str(int(number.least))), len(str(int(number.most))))
        nearest = 0 if number.least <= 0 <= number.most else min(abs(int(number.least)), abs(int(number.most)))
        shortest = len(str(nearest)) + (number.most < 0)
        return texts.bounded(shortest, longest, _DIGITS, _DIGITS)
    # an amount is printed as it was written, and 1.50000 is one
    return texts.bounded(1, number.width if not number.plain else inf, _DIGITS, _DIGITS)
