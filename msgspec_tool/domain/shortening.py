"""Sets of values without those that may be of any length."""

from __future__ import annotations

from math import inf

from msgspec_tool.domain.values import Items, Members, Value


def shortest(value: Value) -> Value:
    """The values, where some may be of any length only the shortest of them; the same set where all have bounds."""
    text, number, items, members = value.text, value.number, value.items, value.members
    if text is not None and text.most.points == inf:
        text = text.narrowed(most=text.least.points)
    if number is not None and number.finite is None and not number.plain and number.width == inf:
        number = number._replace(width=1)
    elif number is not None and number.plain and not (number.least.is_finite() and number.most.is_finite()):
        number = number._replace(plain=False, width=1)
    if items is not None:
        element = shortest(items.element)
        if element is not items.element or items.most == inf:
            items = Items(element, items.least, items.least if items.most == inf else items.most, None, items.weight)
    if members is not None:
        known = {name: shortest(one) for name, one in members.known.items()}
        if any(known[name] is not one for name, one in members.known.items()):
            members = Members(known, members.others, members.weight)
    if text is value.text and number is value.number and items is value.items and members is value.members:
        return value
    return value._replace(text=text, number=number, items=items, members=members)
