"""The JSON Schema keywords of a declaration, one check each: a reason in words, or None.

A reason tells the value's shape and never the value: it may be a customer's name, and refusals are kept in files.
A keyword whose own argument is malformed holds nobody back; :mod:`.declarations` reports it where it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from math import isfinite
from typing import Any

from msgspec_tool.source.document import Plain
from msgspec_tool.variables.numbers import exact, is_integral, is_multiple
from msgspec_tool.variables.timestamps import is_timestamp, parse_date

Reason = str | None
Schema = Mapping[str, Plain]

_MSISDN = re.compile(r"\+?[1-9][0-9]{6,14}")
_URI = r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f\x7f<>\"{}|\\^`]+"
_EMAIL = r"[^\s@<>(),;:\"\[\]\\]+@[^\s@.<>(),;:\"\[\]\\]+(?:\.[^\s@.<>(),;:\"\[\]\\]+)*"

FORMATS: dict[str, tuple[str, Callable[[str], object]]] = {
    "date": ("a date that exists (YYYY-MM-DD)", parse_date),
    "date-time": ("a time with an offset (YYYY-MM-DDThh:mm:ssZ)", is_timestamp),
    "uri": ("an absolute URI", partial(re.fullmatch, _URI)),
    "email": ("an email address", partial(re.fullmatch, _EMAIL)),
    "msisdn": ("a phone number in international form (7 to 15 digits, country code first)", _MSISDN.fullmatch),
}
"""Known values of ``format``: what to call it, and the test. RFC 3339 for times, E.164's lengths for ``msisdn``."""


def shape(value: Plain) -> str:
    """A value described without showing any of it: ``text of 5 characters``."""
    if isinstance(value, str):
        return f"text of {_counted(len(value), 'character')}"
    if isinstance(value, list):
        return f"a list of {_counted(len(value), 'item')}"
    if isinstance(value, dict):
        return f"an object of {_counted(len(value), 'member')}"
    if value is None or isinstance(value, bool):
        return "null" if value is None else "a boolean"
    if not is_number(value):
        return "no number of JSON"
    return "a whole number" if is_integral(value) else "a number with a fraction"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def is_number(value: Plain) -> bool:
    """A JSON number; Python's booleans, infinities and NaN are none."""
    return isfinite(value) if isinstance(value, float) else isinstance(value, int) and not isinstance(value, bool)


TYPES: dict[str, tuple[str, Callable[[Plain], bool]]] = {
    "string": ("text", lambda value: isinstance(value, str)),
    "integer": ("a whole number", lambda value: is_number(value) and is_integral(value)),
    "number": ("a number", is_number),
    "boolean": ("true or false", lambda value: isinstance(value, bool)),
    "array": ("a list", lambda value: isinstance(value, list)),
    "object": ("an object", lambda value: isinstance(value, dict)),
}
"""JSON types that a variable can have: what to call it, and the test."""


def same(one: Plain, other: Plain) -> bool:
    """Equality of JSON: ``1`` is ``1.0``, and ``true`` is not ``1``."""
    if is_number(one) and is_number(other):
        return exact(one) == exact(other)
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(member, other[key]) for key, member in one.items())
    return bool(one == other)


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Any:
    """A pattern in linear time (RE2). ``ValueError`` with RE2's reason where it is none: it has neither lookarounds nor references."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        reason = error.args[0]
        raise ValueError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from None


def _type(value: Plain, name: Plain) -> Reason:
    known = TYPES.get(name) if isinstance(name, str) else None
    return None if known is None or known[1](value) else f"{shape(value)} is not {known[0]}"


def _enum(value: Plain, members: Plain) -> Reason:
    if not isinstance(members, list) or any(same(value, member) for member in members):
        return None
    return f"{shape(value)} is none of the {_counted(len(members), 'allowed value')}"


def _const(value: Plain, constant: Plain) -> Reason:
    return None if same(value, constant) else f"{shape(value)} is not the one allowed value"


def _pattern(value: Plain, pattern: Plain) -> Reason:
    if not isinstance(value, str) or not isinstance(pattern, str):
        return None
    try:
        found = compile_pattern(pattern).search(value)
    except ValueError:
        return None
    return None if found else f"{shape(value)} does not have the declared pattern"


def _format(value: Plain, name: Plain) -> Reason:
    known = FORMATS.get(name) if isinstance(name, str) else None
    if known is None or not isinstance(value, str) or known[1](value):
        return None
    return f"{shape(value)} is not {known[0]}"


def _charset(value: Plain, name: Plain) -> Reason:
    if not isinstance(value, str):
        return None
    if name == "ascii":
        return None if value.isascii() else f"{shape(value)} holds a character that is not ASCII"
    if name == "gsm7":
        from msgspec_tool.channels.gsm7 import is_gsm7

        return None if is_gsm7(value) else f"{shape(value)} holds a character that GSM-7 does not have"
    return None


def _lengths(kind: type, unit: str, least: bool) -> Callable[[Plain, Plain], Reason]:
    """``minLength`` and its like: lengths in code points, items or members."""

    def check(value: Plain, bound: Plain) -> Reason:
        if not isinstance(value, kind) or not is_number(bound):
            return None
        size = len(value)  # type: ignore[arg-type]
        if size >= bound if least else size <= bound:
            return None
        return f"{shape(value)} is {'shorter' if least else 'longer'} than {_counted(bound, unit)}"

    return check


def _minimum(value: Plain, bound: Plain) -> Reason:
    broken = is_number(value) and is_number(bound) and exact(value) < exact(bound)
    return f"{shape(value)} is less than the declared minimum" if broken else None


def _maximum(value: Plain, bound: Plain) -> Reason:
    broken = is_number(value) and is_number(bound) and exact(value) > exact(bound)
    return f"{shape(value)} is more than the declared maximum" if broken else None


def _multiple_of(value: Plain, divisor: Plain) -> Reason:
    if not is_number(value) or not is_number(divisor) or divisor <= 0 or is_multiple(value, divisor):
        return None
    return f"{shape(value)} is no multiple of the declared step"


def _items(value: Plain, schema: Plain) -> Reason:
    if isinstance(value, list) and isinstance(schema, dict):
        for number, item in enumerate(value, 1):
            reason = violation(schema, item)
            if reason:
                return f"item {number}: {reason}"
    return None


def _properties(value: Plain, schemas: Plain) -> Reason:
    if isinstance(value, dict) and isinstance(schemas, dict):
        for name, schema in schemas.items():
            reason = violation(schema, value[name]) if name in value and isinstance(schema, dict) else None
            if reason:
                return f"member '{name}': {reason}"
    return None


def _required(value: Plain, names: Plain) -> Reason:
    if isinstance(value, dict) and isinstance(names, list):
        for name in names:
            if isinstance(name, str) and name not in value:
                return f"{shape(value)} lacks '{name}'"
    return None


KEYWORDS: dict[str, Callable[[Plain, Plain], Reason]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minLength": _lengths(str, "character", least=True),
    "maxLength": _lengths(str, "character", least=False),
    "charset": _charset,
    "format": _format,
    "pattern": _pattern,
    "minimum": _minimum,
    "maximum": _maximum,
    "multipleOf": _multiple_of,
    "minItems": _lengths(list, "item", least=True),
    "maxItems": _lengths(list, "item", least=False),
    "items": _items,
    "required": _required,
    "properties": _properties,
}
"""Keywords that constrain a value, in the order in which reasons are preferred."""


def violation(schema: Schema, value: Plain) -> Reason:
    """The first reason for which a value breaks a schema, or None."""
    for keyword, check in KEYWORDS.items():
        if keyword in schema:
            reason = check(value, schema[keyword])
            if reason:
                return reason
    return None
