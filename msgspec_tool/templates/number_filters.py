"""Filters over numbers that know no language."""

from __future__ import annotations

from typing import Any

from jinja2.filters import do_float, do_int, do_round

from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.values import MAX_DIGITS, shape


def _number(value: Any, what: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadValueError(f"{what} needs a number, got {shape(value)}")
    return value


def absolute(value: Any) -> Any:
    """Without its sign."""
    return abs(_number(value, "abs"))


def rounded(value: Any, precision: int = 0, method: str = "common") -> float:
    """Rounded to ``precision`` digits; ``method`` is ``common``, ``ceil`` or ``floor``."""
    if isinstance(precision, bool) or not isinstance(precision, int) or abs(precision) > MAX_DIGITS:
        raise BadValueError(f"round takes a precision of at most {MAX_DIGITS} digits")
    if method not in ("common", "ceil", "floor"):
        raise BadValueError("round takes the methods 'common', 'ceil' and 'floor'")
    return do_round(_number(value, "round"), precision, method)  # type: ignore[arg-type]


def integer(value: Any, default: int = 0, base: int = 10) -> int:
    """As a whole number; ``default`` where it is none."""
    return do_int(value, default, base)


def floating(value: Any, default: float = 0.0) -> float:
    """As a number; ``default`` where it is none."""
    return do_float(value, default)
