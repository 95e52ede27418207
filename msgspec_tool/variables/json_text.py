"""JSON that comes as data: strict, numbers with their lexemes, one short reason when it is refused."""

from __future__ import annotations

import json
from typing import NoReturn

from msgspec_tool.source.document import Plain
from msgspec_tool.variables.numbers import parse_number

DEEPEST = 200
"""Levels of nesting. No message needs more, and the parser's own limit is the stack of the interpreter."""


class JsonTextError(ValueError):
    """The text is not the JSON that is asked for; the message names no part of it."""


def parse_json(text: str) -> Plain:
    """Data of a JSON text. Duplicate keys, NaN, numbers out of range, lone surrogates and deep nesting are refused."""
    if _depth(text) > DEEPEST:
        raise JsonTextError(f"is nested deeper than {DEEPEST} levels")
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_float=_number, parse_int=_number, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise JsonTextError(f"is not JSON (character {error.pos + 1})") from error
    if "\\u" in text and not _encodable(value):
        raise JsonTextError("holds half of a surrogate pair")
    return value


def _depth(text: str) -> int:
    """Levels of nesting, counted before parsing: the parser itself would overflow the stack."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return 0
    depth = deepest = 0
    quoted = escaped = False
    for character in text:
        if escaped:
            escaped = False
        elif quoted:
            escaped = character == "\\"
            quoted = character != '"'
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise JsonTextError("has the same key twice in one object")
    return found


def _number(lexeme: str) -> Plain:
    number = parse_number(lexeme)
    if number is None:
        raise JsonTextError("holds a number that is out of range")
    return number


def _constant(_name: str) -> NoReturn:
    raise JsonTextError("holds a number that is not finite, which JSON does not have")


def _encodable(value: Plain) -> bool:
    if isinstance(value, str):
        return not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, dict):
        return all(_encodable(key) and _encodable(member) for key, member in value.items())
    return all(_encodable(member) for member in value) if isinstance(value, list) else True
