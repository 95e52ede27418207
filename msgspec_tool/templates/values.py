"""Values that mean more to a template than plain data do: exact decimals of numbers, and ``omit``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from msgspec_tool.templates.failures import BadValueError, quoted

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")

MAX_DIGITS = 30
"""Digits before or after the point of a number that is formatted; no amount of money has more."""


class _Omit:
    """The value of ``omit``: a field whose template is this alone is left out."""

    def __repr__(self) -> str:
        return "omit"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "OMIT"


OMIT: Final[Any] = _Omit()
"""Left out: ``{{ x | default(omit) }}`` without x removes the field."""


def decimal_of(value: object, what: str) -> Decimal:
    """The exact decimal of a number or of text that is one by JSON's grammar; ``what`` names the filter in the failure.

    Raises :class:`BadValueError`.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        raise BadValueError(f"{what} needs a number, got {_shape(value)}")
    text = str(value)
    if not _NUMBER.fullmatch(text):
        raise BadValueError(f"{what} needs a number, got {quoted(text)}")
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    if number and (number.adjusted() >= MAX_DIGITS or (isinstance(exponent, int) and exponent < -MAX_DIGITS)):
        raise BadValueError(f"{what} takes numbers of at most {MAX_DIGITS} digits, got {quoted(text)}")
    return number if number else Decimal(0)


def _shape(value: object) -> str:
    """What a value is, in words of the spec language."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    names = ((str, "text"), ((list, tuple), "a list"), (dict, "a mapping"), ((int, float), "a number"))
    return next((name for kind, name in names if isinstance(value, kind)), "a value that is no plain data")


def shape(value: object) -> str:
    """What a value is, in words of the spec language: ``null``, ``text``, ``a list`` …"""
    if isinstance(value, _Omit):
        return "omit"
    return _shape(value)
