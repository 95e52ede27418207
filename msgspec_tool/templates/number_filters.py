"""Filters over numbers that know no language. Each implementation stands beside its transfer function and its entry."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jinja2.filters import do_float, do_int, do_round

from msgspec_tool.domain import values
from msgspec_tool.domain.values import EVERYTHING, FLOAT_WIDTH, INFINITY, NUMBER, UNDEFINED, Number, Value
from msgspec_tool.templates.entries import VARIES, FilterCall, FilterEntry
from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.values import MAX_DIGITS, shape


def _number(value: Any, what: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadValueError(f"{what} needs a number, got {shape(value)}")
    return value


def _range(call: FilterCall) -> Number:
    return call.value.number if call.value.number is not None else Number()


def absolute(value: Any) -> Any:
    """Without its sign."""
    return abs(_number(value, "abs"))


def _absolute(call: FilterCall) -> Value:
    number = _range(call)
    spans_zero = number.least <= 0 <= number.most
    least = Decimal(0) if spans_zero else min(abs(number.least), abs(number.most))
    # the sign of a number with a fraction goes by way of a float, which forgets how it was written
    width = number.width if number.plain else FLOAT_WIDTH
    return Value(number=Number(least, max(abs(number.least), abs(number.most)), number.integral, plain=number.plain, width=width))


def rounded(value: Any, precision: int = 0, method: str = "common") -> float:
    """Rounded to ``precision`` digits; ``method`` is ``common``, ``ceil`` or ``floor``."""
    if isinstance(precision, bool) or not isinstance(precision, int) or abs(precision) > MAX_DIGITS:
        raise BadValueError(f"round takes a precision of at most {MAX_DIGITS} digits")
    if method not in ("common", "ceil", "floor"):
        raise BadValueError("round takes the methods 'common', 'ceil' and 'floor'")
    return do_round(_number(value, "round"), precision, method)  # type: ignore[arg-type]


def _rounded(call: FilterCall) -> Value:
    number, precision = _range(call), call.constant("precision", 0)
    if isinstance(precision, bool) or not isinstance(precision, int):
        return Value(number=Number(width=FLOAT_WIDTH))
    if abs(precision) > MAX_DIGITS:
        raise BadValueError(f"round takes a precision of at most {MAX_DIGITS} digits")
    if call.constant("method", "common") not in (VARIES, "common", "ceil", "floor"):
        raise BadValueError("round takes the methods 'common', 'ceil' and 'floor'")
    step = Decimal(1).scaleb(-precision)
    return Value(number=Number(number.least - step, number.most + step, width=max(FLOAT_WIDTH, number.width if number.plain else 0)))


def integer(value: Any, default: int = 0, base: int = 10) -> int:
    """As a whole number; ``default`` where it is none."""
    return do_int(value, default, base)


def _integer(call: FilterCall) -> Value:
    default = call.arguments.get("default", values.constant(0))
    if call.value.kinds != NUMBER:
        return values.join(values.of_number(integral=True, plain=True), default)
    number = _range(call)
    least = number.least if number.least == -INFINITY else Decimal(int(number.least))
    most = number.most if number.most == INFINITY else Decimal(int(number.most))
    return values.join(Value(number=Number(least, most, integral=True, plain=True)), default)


def floating(value: Any, default: float = 0.0) -> float:
    """As a number; ``default`` where it is none."""
    return do_float(value, default)


def _floating(call: FilterCall) -> Value:
    return values.join(Value(number=Number(width=FLOAT_WIDTH)), call.arguments.get("default", values.constant(0.0)))


_ANYTHING = EVERYTHING & ~UNDEFINED

FILTERS: tuple[FilterEntry, ...] = (
    FilterEntry("int", integer, "int(default=0, base=10)", "as a whole number", _integer, takes=_ANYTHING),
    FilterEntry("float", floating, "float(default=0.0)", "as a number", _floating, takes=_ANYTHING),
    FilterEntry("abs", absolute, "abs", "without its sign", _absolute, takes=NUMBER),
    FilterEntry(
        "round",
        rounded,
        "round(precision=0, method='common')",
        "rounded: common, ceil or floor",
        _rounded,
        takes=NUMBER,
        wants={"precision": NUMBER},
    ),
)
