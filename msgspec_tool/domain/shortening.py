"""Sets of values without those that may be of any length."""

from __future__ import annotations

from decimal import Decimal
from math import inf

from msgspec_tool.domain.values import Items, Members, Number, Value


def _short_number(number: Number) -> Number:
    """Of numbers without a greatest or least one those near to zero, with no more digits than they need."""
    least = number.least if number.least.is_finite() else min(number.most, Decimal(0))
    most = number.most if number.most.is_finite() else max(least, Decimal(0))
    width = number.width if number.plain or number.width < inf else 1
    return number._replace(least=least, most=most, width=width, decimals=min(number.decimals, 2))


def shortest(value: Value) -> Value:
    """The values, where some may be of any length only the shortest of them; the same set where all have bounds."""
    text, number, items, members = value.text, value.number, value.items, value.members
    if text is not None and text.most.points == inf:
        text = text.narrowed(most=text.least.points)
    if number is not None and number.finite is None:
        number = _short_number(number)
    if items is not None:
        element = shortest(items.element)
        if element is not items.element or items.most == inf:
            items = Items(element, items.least, items.least if items.most == inf else items.most, None, items.weight)
    if members is not None:
        known = {name: shortest(one) for name, one in members.known.items()}
        if any(known[name] is not one for name, one in members.known.items()):
            members = Members(known, members.others, members.weight)
    if text is value.text and number == value.number and items is value.items and members is value.members:
        return value
    return value._replace(text=text, number=number, items=items, members=members)
