"""Which characters the values of a declared variable are made of, as far as its declaration says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec_tool.source.document import Plain
from msgspec_tool.variables.patterns import Anchor, Characters, Choice, Part, Repeat, Sequence, read_pattern

_DIGITS = frozenset("0123456789")
_FORMATS: dict[str, frozenset[str]] = {
    "date": _DIGITS | {"-"},
    "date-time": _DIGITS | frozenset("-:.+TtZz"),
    "msisdn": _DIGITS | {"+"},
}
_NUMBERS = _DIGITS | frozenset("+-.e")
_TRUTH = frozenset("TrueFals")


def made_of(schema: Mapping[str, Plain], allowed: frozenset[str]) -> bool:
    """Whether every value of a declaration prints with no other characters than these; False where that is not known."""
    default = schema.get("default")
    if isinstance(default, (str, int, float)) and not _prints(default, allowed):
        return False
    kind = schema.get("type", "string")
    listed = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(listed, list):
        return all(_prints(value, allowed) for value in listed)
    if kind in ("integer", "number"):
        # a number in exponential notation has a plus; nobody puts one into a link
        return allowed >= _NUMBERS - {"+"}
    if kind == "boolean":
        return allowed >= _TRUTH
    if kind == "array":
        items = schema.get("items")
        return isinstance(items, dict) and made_of(items, allowed)
    return kind == "string" and _text_made_of(schema, allowed)


def member_schema(schema: Mapping[str, Plain], path: Iterable[str]) -> Mapping[str, Plain]:
    """The declaration of a member; one that allows anything where the member is not declared."""
    for name in path:
        members = schema.get("properties")
        inner = members.get(name) if isinstance(members, dict) else None
        if not isinstance(inner, dict):
            return {}
        schema = inner
    return schema


def _prints(value: Plain, allowed: frozenset[str]) -> bool:
    return not isinstance(value, (dict, list)) and frozenset(str(value)) <= allowed


def _text_made_of(schema: Mapping[str, Plain], allowed: frozenset[str]) -> bool:
    known = _FORMATS.get(str(schema.get("format")))
    if known is not None and known <= allowed:
        return True
    pattern = schema.get("pattern")
    options = read_pattern(pattern) if isinstance(pattern, str) else None
    return bool(options) and all(_option(option, allowed) for option in options or ())


def _option(option: Part, allowed: frozenset[str]) -> bool:
    """An alternative that is anchored at both ends, and holds nothing else."""
    parts = option.parts if isinstance(option, Sequence) else (option,)
    if len(parts) < 2 or not isinstance(parts[0], Anchor) or not isinstance(parts[-1], Anchor):
        return False
    return parts[0].start and not parts[-1].start and all(_part(part, allowed) for part in parts[1:-1])


def _part(part: Part, allowed: frozenset[str]) -> bool:
    if isinstance(part, Characters):
        most = max(ord(char) for char in allowed)
        return all(last <= most and all(chr(code) in allowed for code in range(first, last + 1)) for first, last in part.ranges)
    if isinstance(part, Repeat):
        return _part(part.part, allowed)
    if isinstance(part, (Sequence, Choice)):
        return all(_part(one, allowed) for one in (part.parts if isinstance(part, Sequence) else part.options))
    return False
