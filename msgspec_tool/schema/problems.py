"""Errors of a schema as problems of a message: one cause one problem, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from msgspec_tool.model import CHANNELS, ShapeProblem, ShapeProblemKind
from msgspec_tool.resources import schema as load
from msgspec_tool.source.document import Field, Path, Plain
from msgspec_tool.source.quoting import shown

_TYPE_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_COUNT_WORDS = {"minItems": "at least", "maxItems": "at most", "minimum": "at least", "maximum": "at most", "maxLength": "at most"}


def problems(errors: Iterable[Any], root: Field) -> Iterator[ShapeProblem]:
    """The problems behind jsonschema's errors, each cause once, in written order of the places."""
    found: dict[tuple[Path, str], ShapeProblem] = {}
    for error in sorted(errors, key=_order):
        for problem in _problems_of(error, root):
            found.setdefault((problem.field.path, problem.name), problem)
    misspelt = {(problem.field.path[:-1], problem.replacement) for problem in found.values() if problem.kind is ShapeProblemKind.UNKNOWN}
    for problem in found.values():
        # a mandatory field under a misspelt name is one mistake, not two
        if problem.kind is not ShapeProblemKind.MISSING or (problem.field.path, problem.name) not in misspelt:
            yield problem


def _order(error: Any) -> tuple[int, str]:
    # the plainest reason first: where a value has the wrong type, that it is not in a list says nothing more
    return (0 if error.validator == "type" else 1, "")


def _problems_of(error: Any, root: Field) -> Iterator[ShapeProblem]:
    field = root.find(*error.absolute_path) or root
    keyword = error.validator
    if keyword == "required":
        yield from _missing(error, field)
    elif keyword == "additionalProperties":
        for key in sorted(set(error.instance) - set(error.schema.get("properties", {}))):
            yield _unknown(key, tuple(error.schema.get("properties", {})), field)
    elif keyword == "type":
        yield _wrong_type(error, field)
    else:
        yield _wrong_value(error, field)


def _missing(error: Any, field: Field) -> Iterator[ShapeProblem]:
    # jsonschema names one missing key an error, but only in its message
    for name in error.validator_value:
        if name not in error.instance and error.message.startswith(repr(name)):
            where = f" in '{field.path[-1]}'" if field.path and isinstance(field.path[-1], str) else ""
            yield ShapeProblem(
                ShapeProblemKind.MISSING, field, f"the mandatory field '{name}' is missing{where}", name=name, help=_about(name, error)
            )


def _about(name: str, error: Any) -> str | None:
    description = error.schema.get("properties", {}).get(name, {}).get("description")
    return f"{name}: {description[0].lower()}{description[1:]}" if description else None


def _unknown(key: str, known: tuple[str, ...], field: Field) -> ShapeProblem:
    member = field.get(key) or field
    near = nearest(key, known)
    where = f"'{field.path[-1]}'" if field.path and isinstance(field.path[-1], str) else "this mapping"
    message = f"'{shown(key)}' is not a field of {where}" if field.path else f"'{shown(key)}' is not a field"
    elsewhere = tuple(place for place in _places_of(key))[:3]
    if near is not None:
        return ShapeProblem(ShapeProblemKind.UNKNOWN, member, f"{message}; did you mean '{near}'?", name=key, replacement=near)
    if elsewhere:
        return ShapeProblem(ShapeProblemKind.UNKNOWN, member, message, name=key, help=f"'{key}' is valid under {' and '.join(elsewhere)}")
    help = f"fields here: {', '.join(known[:6])}{', …' if len(known) > 6 else ''}" if known else "remove it"
    return ShapeProblem(ShapeProblemKind.UNKNOWN, member, message, name=key, help=help)


def _wrong_type(error: Any, field: Field) -> ShapeProblem:
    expected = error.validator_value
    names = [expected] if isinstance(expected, str) else [name for name in expected if name != "integer" or "string" not in expected]
    taken = " or ".join(_TYPE_WORDS[name] for name in names)
    own = f"'{field.path[-1]}'" if field.path and isinstance(field.path[-1], str) else "an item here"
    subject = own if field.path else "the file"
    return ShapeProblem(ShapeProblemKind.TYPE, field, f"{subject} takes {taken}, and this is {kind_of(field.value)}")


def _wrong_value(error: Any, field: Field) -> ShapeProblem:
    keyword, limit = error.validator, error.validator_value
    written = error.schema.get("errorMessage")
    if keyword in ("enum", "const"):
        return _not_allowed(field, limit if keyword == "enum" else [limit])
    if keyword == "propertyNames" or "propertyNames" in error.absolute_schema_path:
        name = error.instance if isinstance(error.instance, str) else ""
        member = field.get(name) or field
        return ShapeProblem(ShapeProblemKind.VALUE, member, f"'{shown(name)}' can't be a name here", name=name, help=f"write {written}")
    if keyword in ("anyOf", "oneOf", "not") and written:
        return ShapeProblem(ShapeProblemKind.VALUE, field, written)
    if keyword == "uniqueItems":
        return ShapeProblem(ShapeProblemKind.VALUE, field, "the same item stands here twice", help="name each item once")
    if keyword in _COUNT_WORDS:
        unit = " items" if keyword.endswith("Items") else " characters" if keyword.endswith("Length") else ""
        unit = unit[:-1] if limit == 1 and unit else unit
        size = f" and has {len(field.value)}" if unit and isinstance(field.value, (str, list)) else ""
        return ShapeProblem(ShapeProblemKind.VALUE, field, f"{_own(field)} takes {_COUNT_WORDS[keyword]} {limit}{unit}{size}")
    help = f"write {written}" if written else None
    return ShapeProblem(ShapeProblemKind.VALUE, field, f"{_shown_value(field.value)} is not valid for {_own(field)}", help=help)


def _own(field: Field) -> str:
    names = [part for part in field.path if isinstance(part, str)]
    return f"'{names[-1]}'" if names else "the file"


def _not_allowed(field: Field, allowed: list[Plain]) -> ShapeProblem:
    values = tuple(dict.fromkeys(str(value) for value in allowed if isinstance(value, str) and value))
    shown_value = _shown_value(field.value)
    near = nearest(str(field.value), values) if not isinstance(field.value, (dict, list)) else None
    message = f"{shown_value} is not a value of {_own(field)}"
    if near is not None:
        return ShapeProblem(ShapeProblemKind.VALUE, field, f"{message}; did you mean '{near}'?", replacement=near)
    listed = ", ".join(values[:7]) + (", …" if len(values) > 7 else "")
    return ShapeProblem(ShapeProblemKind.VALUE, field, message, help=f"write one of {listed}" if len(values) > 1 else f"write {listed}")


def _shown_value(value: Plain) -> str:
    return f"'{shown(value)}'" if isinstance(value, str) else shown(str(value)) if isinstance(value, (int, float)) else kind_of(value)


def kind_of(value: Plain) -> str:
    """What a value is, in words: "text", "a list"."""
    if isinstance(value, bool):
        return "true or false"
    if value is None:
        return "empty"
    if isinstance(value, (int, float)):
        return "a number"
    return {str: "text", list: "a list", dict: "a mapping"}[type(value)]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, compared without regard to case, hyphens and underscores."""
    plain = {_plain(candidate): candidate for candidate in known}
    found = get_close_matches(_plain(word), plain, n=1, cutoff=0.75)
    return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.lower().replace("-", "").replace("_", "")


@cache
def _index() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for channel in CHANNELS:
        for name, path in _named(load(f"channels/{channel}.schema.json"), f"channels.{channel}"):
            found.setdefault(name, []).append(path)
    return {name: tuple(dict.fromkeys(paths)) for name, paths in found.items()}


def _named(schema: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for name, member in schema.get("properties", {}).items():
        yield name, path
        yield from _named(member, f"{path}.{name}")


def _places_of(key: str) -> tuple[str, ...]:
    return _index().get(key, ())
