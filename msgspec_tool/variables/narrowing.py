"""What a declaration refuses that it took before: for each keyword that is to blame, what it says now.

Declarations are compared by what they allow: a ``maxLength`` that joins a pattern of six characters refuses nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple

from msgspec_tool.domain.characters import ASCII, GSM7, VISIBLE
from msgspec_tool.source.document import Path, Plain
from msgspec_tool.source.quoting import shown
from msgspec_tool.variables.bounds import MOST_DEPTH, schema_value
from msgspec_tool.variables.keywords import FORMATS, Schema, is_number, violation
from msgspec_tool.variables.numbers import is_multiple

_MOST_NAMED = 3
_CHARSETS = {"ascii": (ASCII | VISIBLE, "ASCII"), "gsm7": (GSM7 | VISIBLE, "GSM-7")}
_LENGTHS = {"string": ("minLength", "maxLength", "character"), "array": ("minItems", "maxItems", "element")}


class Narrowing(NamedTuple):
    """A keyword that refuses what was taken before."""

    path: Path
    """The keyword, as seen from the declaration: ``("items", "maxLength")``."""
    member: str
    """What it is about, to be added to the variable's name: ``""``, ``[]`` for elements of a list, ``.city`` for a member."""
    words: str
    """What it says now, and which rows are refused, to follow that name."""
    surely: bool = True
    """Whether there are values that were taken; else it may as well allow more."""


def narrowings(before: Schema, after: Schema, depth: int = 0) -> Iterator[Narrowing]:
    """What a declaration refuses that another one took, keyword by keyword. A change of ``type`` is not looked into."""
    kind = _type(after)
    if depth > MOST_DEPTH or not _taken_as(_type(before), kind):
        return
    listed = _listed(before)
    if listed is not None:
        yield from _gone(listed, after)
        return
    if _listed(after) is not None:
        yield from _chosen(after)
        return
    if kind in _LENGTHS:
        yield from _lengths(before, after, *_LENGTHS[kind])
    if kind == "string":
        yield from _letters(before, after)
        yield from _pattern(before, after)
    elif kind in ("integer", "number"):
        yield from _numbers(before, after)
    elif kind == "array":
        yield from _within(before, after, ("items",), "[]", depth)
    elif kind == "object":
        yield from _members(before, after, depth)


def _type(schema: Schema) -> str:
    return str(schema.get("type", "string"))


def _taken_as(before: str, after: str) -> bool:
    return before == after or (before, after) == ("integer", "number")


def _listed(schema: Schema) -> list[Plain] | None:
    """The only values of a declaration, where it lists them."""
    if "const" in schema:
        return [schema["const"]]
    listed = schema.get("enum")
    return listed if isinstance(listed, list) else None


def _gone(listed: list[Plain], after: Schema) -> Iterator[Narrowing]:
    gone = [value for value in listed if violation(after, value)]
    if gone:
        keyword = next(key for key in after if any(violation({key: after[key]}, value) for value in gone))
        rows = "rows with it are refused" if len(gone) == 1 else "rows with one of these are refused"
        yield Narrowing((keyword,), "", f"does not take {_named(gone, after)} any more: {rows}")


def _chosen(after: Schema) -> Iterator[Narrowing]:
    keyword = "const" if "const" in after else "enum"
    yield Narrowing((keyword,), "", f"takes only {_named(_listed(after) or [], after)} now: rows with other values are refused")


def _named(values: list[Plain], schema: Schema) -> str:
    if schema.get("sensitivity", "public") != "public":
        return "one value" if len(values) == 1 else f"{len(values)} values"
    names = [f"'{shown(str(value))}'" for value in values]
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} others"]
    return " and ".join((*((", ".join(names[:-1]),) if names[:-1] else ()), *names[-1:]))


def _lengths(before: Schema, after: Schema, least: str, most: str, unit: str) -> Iterator[Narrowing]:
    old = schema_value({"type": "string", **before}, "")
    low, high = (old.text.least.points, old.text.most.points) if old.text else (old.items.least, old.items.most) if old.items else (0, inf)
    bound = _bound(after.get(most))
    if bound is not None and bound < high:
        ever = f"{high:.0f}" if high < inf else "any number"
        yield Narrowing((most,), "", f"has at most {_counted(bound, unit)}, {ever} before: rows with more are refused")
    bound = _bound(after.get(least))
    if bound is not None and bound > low:
        yield Narrowing((least,), "", f"has at least {_counted(bound, unit)}, {low:.0f} before: rows with fewer are refused")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _letters(before: Schema, after: Schema) -> Iterator[Narrowing]:
    old = schema_value({**before, "type": "string"}, "").text
    allowed, name = _CHARSETS.get(str(after.get("charset")), (None, ""))
    if allowed is not None and old is not None and old.may & ~allowed:
        yield Narrowing(("charset",), "", f"takes only characters of {name} now: rows with others are refused")
    known = FORMATS.get(str(after.get("format")))
    if known is not None and before.get("format") != after["format"]:
        yield Narrowing(("format",), "", f"has to be {known[0]} now: rows with anything else are refused", "pattern" not in before)


def _pattern(before: Schema, after: Schema) -> Iterator[Narrowing]:
    """Whether one pattern matches all that another one does is not decided: examples tell, or nobody."""
    pattern = after.get("pattern")
    if not isinstance(pattern, str) or before.get("pattern") == pattern:
        return
    examples = before.get("examples")
    refused = [one for one in (examples if isinstance(examples, list) else ()) if violation({"pattern": pattern}, one)]
    rows = "rows that it does not match are refused"
    if refused:
        yield Narrowing(("pattern",), "", f"has a pattern that a former example does not match: {rows}")
    elif "pattern" in before:
        yield Narrowing(("pattern",), "", f"has another pattern: {rows}", surely=False)
    else:
        yield Narrowing(("pattern",), "", f"has a pattern now: {rows}", surely="format" not in before)


def _numbers(before: Schema, after: Schema) -> Iterator[Narrowing]:
    low, high, step = (_bound(before.get(keyword)) for keyword in ("minimum", "maximum", "multipleOf"))
    least, most, unit = (_bound(after.get(keyword)) for keyword in ("minimum", "maximum", "multipleOf"))
    if most is not None and (high is None or most < high):
        ever = "without limit" if high is None else f"{high}"
        yield Narrowing(("maximum",), "", f"is at most {most}, {ever} before: rows with more are refused")
    if least is not None and (low is None or least > low):
        ever = "without limit" if low is None else f"{low}"
        yield Narrowing(("minimum",), "", f"is at least {least}, {ever} before: rows with less are refused")
    whole = 1 if _type(before) == "integer" else None
    if unit is not None and unit > 0 and not any(known is not None and is_multiple(known, unit) for known in (step, whole)):
        yield Narrowing(("multipleOf",), "", f"is a multiple of {unit} now: rows with anything else are refused")


def _bound(value: Any) -> Any:
    return value if is_number(value) else None


def _members(before: Schema, after: Schema, depth: int) -> Iterator[Narrowing]:
    had, needs = before.get("required"), after.get("required")
    for name in needs if isinstance(needs, list) else ():
        if name not in (had if isinstance(had, list) else ()):
            yield Narrowing(("required",), f".{name}", "is newly required: rows without it are refused")
    members = after.get("properties")
    for name in members if isinstance(members, dict) else ():
        yield from _within(before, after, ("properties", name), f".{name}", depth)


def _within(before: Schema, after: Schema, path: Path, member: str, depth: int) -> Iterator[Narrowing]:
    """Narrowings of an element or a member; one that was not declared could be anything, and is not looked into."""
    inner: list[Plain] = [before, after]
    for key in path:
        inner = [one.get(key) if isinstance(one, dict) else None for one in inner]
    old, new = inner
    if isinstance(old, dict) and isinstance(new, dict):
        for found in narrowings(old, new, depth + 1):
            yield found._replace(path=(*path, *found.path), member=member + found.member)
