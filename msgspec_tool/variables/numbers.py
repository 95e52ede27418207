"""Numbers that remember how they were written: amounts are decimals, and a float forgets."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation, localcontext

JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
"""RFC 8259, section 6; the groups are present where the number is no plain integer."""

LONGEST_NUMBER = 400
"""Characters of a number. The largest double has 309 digits, so nothing longer is a sensible amount."""

_PRECISION = 2000
"""Digits for exact remainders: enough for two numbers of :data:`LONGEST_NUMBER` characters within the range of doubles."""


class DecimalNumber(float):
    """A JSON number with a fraction or an exponent; ``lexeme`` is the author's own spelling (``1299.50``)."""

    __slots__ = ("lexeme",)

    lexeme: str

    def __new__(cls, lexeme: str) -> DecimalNumber:
        number = super().__new__(cls, lexeme)
        number.lexeme = lexeme
        return number

    def __str__(self) -> str:
        """What a template prints: 1299.50 stays 1299.50. JSON is written from the number itself."""
        return self.lexeme

    def __reduce__(self) -> tuple[type[DecimalNumber], tuple[str]]:
        return (DecimalNumber, (self.lexeme,))


def parse_number(text: str) -> int | DecimalNumber | None:
    """A number by JSON's grammar, or None: also for one that is too long or outside the range of doubles."""
    found = JSON_NUMBER.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if found is None:
        return None
    number = DecimalNumber(text)
    if number in (float("inf"), float("-inf")):
        return None
    if found.group(1) is None and found.group(2) is None:
        return int(text)
    vanished = not number and any(digit in "123456789" for digit in re.split("[eE]", text)[0])
    return None if vanished else number


def exact(number: int | float) -> Decimal:
    """The decimal that a person wrote: from the lexeme where it is known, else from the shortest spelling."""
    return Decimal(number) if isinstance(number, int) else Decimal(getattr(number, "lexeme", None) or repr(number))


def is_integral(number: int | float) -> bool:
    """Whether a number is whole; ``1.0`` and ``1e3`` are, as JSON Schema has it."""
    if isinstance(number, int):
        return True
    value = exact(number)
    return value.is_finite() and value == value.to_integral_value()


def is_multiple(number: int | float, divisor: int | float) -> bool:
    """Whether ``number`` is a whole multiple of ``divisor``, in decimals: 0.3 is one of 0.1."""
    with localcontext() as context:
        context.prec = _PRECISION
        try:
            return exact(number) % exact(divisor) == 0
        except InvalidOperation:
            return False
