"""A cell of text, or a JSON value, becomes the value of a declared variable, or a reason why it can't."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec_tool.model import Variable
from msgspec_tool.source.document import Plain
from msgspec_tool.variables.keywords import shape, violation
from msgspec_tool.variables.numbers import exact, is_integral, parse_number


class CastError(ValueError):
    """A value that its declaration does not allow. ``reason`` tells the value's shape, never the value."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MissingValueError(CastError):
    """There is no value, and the variable has neither a default nor ``required: false``."""


def cast_text(variable: Variable, cell: str) -> Plain:
    """The value that a cell of a CSV file stands for, of the declared type; ``CastError`` where it stands for none."""
    value = _PARSERS.get(variable.type, _text)(cell)
    reason = check_value(variable, value)
    if reason:
        raise CastError(reason)
    return whole_numbers(variable.schema, value) if variable.type in ("array", "object") else value


def check_value(variable: Variable, value: Plain) -> str | None:
    """Why a value is not allowed for a variable, or None. Text is never taken for a number here."""
    return violation(_effective(variable), value)


def value_of_cell(variable: Variable, cell: str | None) -> Plain:
    """:func:`cast_text`, where an absent column and an empty cell mean that the value is missing."""
    return cast_text(variable, cell) if cell else missing_value(variable)


def value_of_json(variable: Variable, value: Plain) -> Plain:
    """The value itself where its declaration allows it; null means that it is missing. ``CastError`` otherwise."""
    if value is None:
        return missing_value(variable)
    reason = check_value(variable, value)
    if reason:
        raise CastError(reason)
    return whole_numbers(variable.schema, value)


def whole_numbers(schema: Plain, value: Plain) -> Plain:
    """The value with numbers that are declared whole as such: ``1e3`` and ``5.0`` print as 1000 and 5, wherever they came from."""
    if not isinstance(schema, dict):
        return value
    if isinstance(value, float):
        return int(exact(value)) if schema.get("type") == "integer" else value
    items, members = schema.get("items"), schema.get("properties")
    if isinstance(value, list) and isinstance(items, dict):
        return [whole_numbers(items, item) for item in value]
    if isinstance(value, dict) and isinstance(members, dict):
        return {name: whole_numbers(members.get(name), member) for name, member in value.items()}
    return value


def missing_value(variable: Variable) -> Plain:
    """What a missing value becomes: the default, else null where ``required: false`` says so, else ``MissingValueError``."""
    if variable.required:
        raise MissingValueError("there is no value, and no default is declared")
    return whole_numbers(variable.schema, variable.schema.get("default"))


def _effective(variable: Variable) -> Mapping[str, Plain]:
    """The declaration as a schema: text where no type is declared, and ``required`` only where it lists members."""
    schema = variable.schema
    return schema if "type" in schema else {**schema, "type": "string"}


def _text(cell: str) -> str:
    return cell


def _number(cell: str) -> Plain:
    number = parse_number(cell)
    if number is None:
        raise CastError(f"{shape(cell)} is not a number")
    return number


def _integer(cell: str) -> Plain:
    number = parse_number(cell)
    if number is None or not is_integral(number):
        raise CastError(f"{shape(cell)} is not a whole number")
    return int(number)


def _boolean(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise CastError(f"{shape(cell)} is not true or false")
    return cell == "true"


def _json(cell: str) -> Plain:
    from msgspec_tool.variables.json_text import JsonTextError, parse_json

    try:
        return parse_json(cell)
    except JsonTextError as error:
        raise CastError(f"{shape(cell)} {error}") from error


_PARSERS: dict[str, Callable[[str], Plain]] = {
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "array": _json,
    "object": _json,
}
