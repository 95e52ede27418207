"""What values print: text as it is, numbers as their digits, truth values as ``True`` and ``False``."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from math import inf

from msgspec_tool.domain import texts
from msgspec_tool.domain.characters import OUTSIDE_GSM7, PLAIN, VISIBLE
from msgspec_tool.domain.texts import NAMES, Text
from msgspec_tool.domain.values import CAN_BE_FALSE, CAN_BE_TRUE, Number, Value

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
    if number.plain:
        spans_zero = number.least <= 0 <= number.most
        nearest = Decimal(0) if spans_zero else min(number.least.copy_abs(), number.most.copy_abs())
        shortest = _digits(nearest) + (number.most < 0)
        longest = max(_digits(bound) + (bound < 0) for bound in (number.least, number.most))
        return texts.bounded(shortest, longest, _DIGITS, _DIGITS, prefix="-" if number.most < 0 else "")
    # an amount is printed as it was written, and 1.50000 is one
    return texts.bounded(1, number.width, _DIGITS, _DIGITS)


def _digits(bound: Decimal) -> float:
    """Digits of the whole part."""
    return max(1, bound.adjusted() + 1) if bound.is_finite() else inf
