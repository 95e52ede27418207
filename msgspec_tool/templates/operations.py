"""Operations that could make a value far larger than its operands, and how large it may be."""

from __future__ import annotations

from typing import Any, NoReturn

from msgspec_tool.templates.failures import BadValueError, TooMuchError
from msgspec_tool.templates.printing import MAX_ITEMS, MAX_REPEATED, MAX_TEXT

_MAX_BITS = 256
_MAX_POWER = 64


def bounded_range(*arguments: int) -> range:
    """``range`` of at most :data:`MAX_ITEMS` numbers."""
    made = range(*arguments)
    if made and (max(abs(made[0]), abs(made[-1])).bit_length() > _MAX_BITS or made[MAX_ITEMS : MAX_ITEMS + 1]):
        raise TooMuchError(f"range takes at most {MAX_ITEMS:,} numbers")
    return made


def check_operands(operator: str, left: Any, right: Any) -> None:
    """Raise :class:`BadValueError` where the result could be far larger than its operands."""
    sizes = [len(value) if isinstance(value, (str, bytes, list, tuple)) else -1 for value in (left, right)]
    if operator == "+" and min(sizes) >= 0 and sum(sizes) > MAX_TEXT:
        _too_large()
    elif operator == "*":
        _check_product(left, right, sizes)
    elif operator == "**":
        small = isinstance(right, (int, float)) and abs(right) <= _MAX_POWER
        if not small or (isinstance(left, int) and left.bit_length() > _MAX_BITS // _MAX_POWER * 8):
            _too_large()
    elif operator == "%" and sizes[0] >= 0:
        raise BadValueError("% formats no text here; put the values into the text")


def _check_product(left: Any, right: Any, sizes: list[int]) -> None:
    for value, size, times in ((left, sizes[0], right), (right, sizes[1], left)):
        if isinstance(value, (list, tuple)):
            raise TooMuchError("a list can't be multiplied")
        if size >= 0 and isinstance(times, int) and size * times > MAX_REPEATED:
            raise TooMuchError(f"a text repeated to over {MAX_REPEATED:,} characters is too long")
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > _MAX_BITS:
        _too_large()


def _too_large() -> NoReturn:
    raise TooMuchError("the result of this calculation would be too large")
