"""How findings on shape speak: values quoted and cut, types by name, the nearest candidates."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec_tool.source.document import Path, Plain

_LONGEST = 40
_NEAR = 0.6
_SURE = 0.85
_TYPE_WORDS = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "null",
}
_JSON_WORDS = {"array": "an array", "object": "an object"}


def quoted(value: Plain) -> str:
    """A value as a message shows it: scalars in quotes, control characters escaped, long text cut; collections by kind only."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return "'" + "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text) + "'"


def expected(types: Iterable[str], *, json: bool = False) -> str:
    """JSON types in words: ``a string or a list``; in JSON's own terms (``an object``) for a file that is JSON."""
    names = set(types)
    if "number" in names:
        names.discard("integer")
    words = _TYPE_WORDS | _JSON_WORDS if json else _TYPE_WORDS
    return alternatives([word for name, word in words.items() if name in names])


def alternatives(words: list[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def nearest(name: str, candidates: Iterable[str], *, sure: bool = False) -> str | None:
    """The candidate that a typing error would explain; case does not count. ``sure`` asks for more likeness."""
    if len(name) > _LONGEST:
        return None
    from difflib import get_close_matches

    by_lower = {candidate.lower(): candidate for candidate in candidates if candidate}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=_SURE if sure else _NEAR)
    return by_lower[found[0]] if found else None


def few(name: str, candidates: Iterable[str]) -> list[str]:
    """At most three candidates, the nearest first."""
    from difflib import get_close_matches

    known = [candidate for candidate in candidates if candidate]
    near = get_close_matches(name[:_LONGEST], known, n=3, cutoff=0.0)
    return near or known[:3]


def place(path: Path) -> str:
    """Where something stands, in words: ``channels.sms`` or ``destination[0]``; the top is empty."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text
