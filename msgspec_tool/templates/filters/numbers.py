"""Filters over numbers that know no language. Each implementation stands beside its transfer function and its entry."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from math import inf
from typing import Any

from jinja2.filters import do_float, do_int, do_round

from msgspec_tool.domain import values
from msgspec_tool.domain.values import EVERYTHING, FLOAT_WIDTH, NUMBER, TRUTH, UNDEFINED, Number, Value, exact_decimal
from msgspec_tool.templates.failures import BadValueError
from msgspec_tool.templates.filters.entries import VARIES, FilterCall, FilterEntry
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
    least = Decimal(0) if spans_zero else min(number.least.copy_abs(), number.most.copy_abs())
    most = max(number.least.copy_abs(), number.most.copy_abs())
    # a number with a fraction becomes a float, which forgets how it was written; a whole one keeps all its digits
    made = Number(least, most, number.integral, plain=number.plain, width=_width(most), decimals=number.decimals)
    return Value(number=made._replace(width=inf) if number.plain else made)


def _width(most: Decimal) -> float:
    """Characters of a float, or of a whole number with a sign, up to a size."""
    return max(FLOAT_WIDTH, most.adjusted() + 2) if most.is_finite() else inf


def rounded(value: Any, precision: int = 0, method: str = "common") -> float:
    """Rounded to ``precision`` digits; ``method`` is ``common``, ``ceil`` or ``floor``."""
    if isinstance(precision, bool) or not isinstance(precision, int) or abs(precision) > MAX_DIGITS:
        raise BadValueError(f"round takes a precision of at most {MAX_DIGITS} digits")
    if method not in ("common", "ceil", "floor"):
        raise BadValueError("round takes the methods 'common', 'ceil' and 'floor'")
    return do_round(_number(value, "round"), precision, method)  # type: ignore[arg-type]


_EXACT = Context(prec=1_000)
"""Digits enough for every number of a declaration, which has at most 400 characters."""

_SURE_DIGITS = 15
"""Digits of a decimal that a float keeps."""


def _rounded(call: FilterCall) -> Value:
    number, precision, method = _range(call), call.constant("precision", 0), call.constant("method", "common")
    if precision is VARIES or method is VARIES:
        return Value(number=Number())
    rounded(0, precision, method)
    least, most = _stepped(number, precision, method)
    size = max(least.copy_abs(), most.copy_abs())
    if number.plain and method == "common":
        return Value(number=Number(least, most, integral=True, plain=True, decimals=0))
    digits = max(1, size.adjusted() + 1) if size.is_finite() else inf
    if digits + max(0, precision) > _SURE_DIGITS or (precision < 0 and method != "common"):
        width = _width(size) if method == "common" else FLOAT_WIDTH
        return Value(number=Number(least - abs(least) * _ROOM, most + abs(most) * _ROOM, width=width))
    # zero may have a sign as well
    width = (number.least <= 0) + digits + 1 + max(1, precision)
    return Value(number=Number(least, most, precision <= 0, width=width, decimals=max(0, precision)))


_ROOM = Decimal("1e-15")
"""What a float may be off, of its size."""


def _stepped(number: Number, precision: int, method: str) -> tuple[Decimal, Decimal]:
    """The range in whole steps of the precision. Calculating with floats, ``ceil`` and ``floor`` may go one step too far."""
    step = Decimal(1).scaleb(-precision)
    further = step if method != "common" else Decimal(0)
    least, most = number.least, number.most
    if least.is_finite():
        rounding = ROUND_FLOOR if method != "common" else ROUND_HALF_DOWN if least > 0 else ROUND_HALF_UP
        least = _EXACT.subtract(least.quantize(step, rounding, _EXACT), further if method == "floor" else Decimal(0))
    if most.is_finite():
        rounding = ROUND_CEILING if method != "common" else ROUND_HALF_UP if most > 0 else ROUND_HALF_DOWN
        most = _EXACT.add(most.quantize(step, rounding, _EXACT), further if method == "ceil" else Decimal(0))
    return least, most


def integer(value: Any, default: int = 0, base: int = 10) -> int:
    """As a whole number; ``default`` where it is none."""
    return do_int(value, default, base)


def _integer(call: FilterCall) -> Value:
    default = call.arguments.get("default", values.constant(0))
    found = values.NOTHING
    number = call.value.number
    if number is not None:
        least, most = min(_cut(number.least)), max(_cut(number.most))
        found = Value(number=Number(least, most, integral=True, plain=True, decimals=0))
    if call.value.truth:
        found = values.join(found, _ONE)
    if call.value.text is not None:
        found = values.join(found, values.of_number(integral=True, plain=True))
    # what is calculated may be no number at all
    sure = call.value.kinds & ~(NUMBER | TRUTH) == 0 and (number is None or _is_bounded(number))
    return found if sure else values.join(found, default)


def _cut(bound: Decimal) -> tuple[Decimal, Decimal]:
    """The whole part of a bound, and of the nearest float, which is another number where it is large."""
    if not bound.is_finite():
        return bound, bound
    return bound.to_integral_value(ROUND_DOWN), Decimal(float(bound)).to_integral_value(ROUND_DOWN)


_ONE = Value(number=Number(Decimal(0), Decimal(1), integral=True, plain=True, decimals=0))


def _is_bounded(number: Number) -> bool:
    return number.plain or (number.least.is_finite() and number.most.is_finite())


def floating(value: Any, default: float = 0.0) -> float:
    """As a number; ``default`` where it is none."""
    return do_float(value, default)


def _floating(call: FilterCall) -> Value:
    default = call.arguments.get("default", values.constant(0.0))
    if call.value.kinds & ~(NUMBER | TRUTH):
        return values.join(Value(number=Number(width=FLOAT_WIDTH)), default)
    found = values.NOTHING if call.value.number is None else Value(number=_as_float(call.value.number))
    return values.join(found, Value(number=_as_float(_ONE.number))) if call.value.truth and _ONE.number else found


def _as_float(number: Number) -> Number:
    least, most = (exact_decimal(float(bound)) for bound in (number.least, number.most))
    return Number(least, most, number.integral, width=FLOAT_WIDTH, decimals=number.decimals)


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
