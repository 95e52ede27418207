"""What is wrong with a declaration itself: found when the spec is linted, before any row is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec_tool.model import Variable
from msgspec_tool.source.document import Path, Plain
from msgspec_tool.variables.keywords import FORMATS, TYPES, compile_pattern, is_number, violation
from msgspec_tool.variables.numbers import exact

Problem = tuple[Path, str]

CHARSETS = ("ascii", "gsm7", "any")
"""What may occur in a string; ``any`` is the default."""

_RANGES = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems")


def declaration_problems(variable: Variable) -> Iterator[Problem]:
    """Problems of a declaration, each with its path below the variable and a sentence."""
    yield from _schema_problems(variable.schema, ())
    yield from _value_problems(variable.schema)


def _schema_problems(schema: Mapping[str, Plain], path: Path) -> Iterator[Problem]:
    for keyword, check in _CHECKS.items():
        if keyword in schema:
            message = check(schema[keyword])
            if message:
                yield (*path, keyword), message
    yield from _range_problems(schema, path)
    items = schema.get("items")
    if isinstance(items, dict):
        yield from _schema_problems(items, (*path, "items"))
    members = schema.get("properties")
    for name, member in members.items() if isinstance(members, dict) else ():
        if isinstance(member, dict):
            yield from _schema_problems(member, (*path, "properties", name))


def _range_problems(schema: Mapping[str, Plain], path: Path) -> Iterator[Problem]:
    for low, high in _RANGES:
        least: Plain = schema.get(low)
        most: Plain = schema.get(high)
        if is_number(least) and is_number(most) and exact(least) > exact(most):
            yield (*path, low), f"'{low}' {least} is more than '{high}' {most}: no value can satisfy both"


def _value_problems(schema: Mapping[str, Plain]) -> Iterator[Problem]:
    """Values that the author wrote: they are no personal data of customers, but reasons keep to shapes all the same."""
    rest = {"type": "string", **schema}
    for index, member in _listed(schema, "enum"):
        reason = violation({"type": rest["type"]}, member)
        if reason:
            yield ("enum", index), f"an allowed value can never occur: {reason}"
    default = schema.get("default")
    if default is not None:
        reason = violation(rest, default)
        if reason:
            yield ("default",), f"the default breaks the declaration: {reason}"
    for index, example in _listed(schema, "examples"):
        reason = violation(rest, example)
        if reason:
            yield ("examples", index), f"the example breaks the declaration: {reason}"


def _listed(schema: Mapping[str, Plain], keyword: str) -> Iterator[tuple[int, Plain]]:
    members = schema.get(keyword)
    yield from enumerate(members) if isinstance(members, list) else ()


def _type(name: Plain) -> str | None:
    if isinstance(name, str) and name in TYPES:
        return None
    shown = f"'{name}' is no" if isinstance(name, str) else "this is no"
    return f"{shown} type of a variable: use one of {', '.join(TYPES)}"


def _format(name: Plain) -> str | None:
    known = isinstance(name, str) and name in FORMATS
    return None if known else f"unknown format; known are {', '.join(FORMATS)}"


def _charset(name: Plain) -> str | None:
    return None if name in CHARSETS else f"unknown character set; known are {', '.join(CHARSETS)}"


def _pattern(pattern: Plain) -> str | None:
    if not isinstance(pattern, str):
        return "a pattern is text"
    try:
        compile_pattern(pattern)
    except ValueError as error:
        return f"the pattern can't be used: {error}; patterns are RE2's, without lookarounds and back references"
    return None


def _number(bound: Plain) -> str | None:
    return None if is_number(bound) else "this bound is a number"


def _count(bound: Plain) -> str | None:
    sound = isinstance(bound, int) and not isinstance(bound, bool) and bound >= 0
    return None if sound else "this bound is a whole number, not less than 0"


def _step(step: Plain) -> str | None:
    return None if is_number(step) and step > 0 else "'multipleOf' is a number greater than 0"


def _filled_list(members: Plain) -> str | None:
    return None if isinstance(members, list) and members else "this is a list of at least one value"


_CHECKS: dict[str, Callable[[Plain], str | None]] = {
    "type": _type,
    "format": _format,
    "charset": _charset,
    "pattern": _pattern,
    "minimum": _number,
    "maximum": _number,
    **dict.fromkeys(_COUNTS, _count),
    "multipleOf": _step,
    "enum": _filled_list,
}
