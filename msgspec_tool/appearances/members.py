"""Reading a rendered message that may be wrong: what has not the type that the API wants there is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec_tool.source.document import Plain, at


def member(value: Plain, *path: str | int) -> Plain:
    """The part of a message at a path, or None."""
    try:
        return at(value, path)
    except (KeyError, IndexError, TypeError):
        return None


def text_at(value: Plain, *path: str | int) -> str:
    """The text at a path; numbers as they are written, nothing for anything else."""
    found = member(value, *path)
    if isinstance(found, bool) or not isinstance(found, (str, int, float)):
        return ""
    return str(found)


def elements_at(value: Plain, *path: str | int) -> tuple[Plain, ...]:
    """The members of the list at a path."""
    found = member(value, *path)
    return tuple(found) if isinstance(found, list) else ()


def members_at(value: Plain, *path: str | int) -> Iterator[tuple[str, Plain]]:
    """Keys and members of the mapping at a path."""
    found = member(value, *path)
    yield from found.items() if isinstance(found, Mapping) else ()


def is_there(value: Plain, *path: str | int) -> bool:
    """Whether anything is said at a path."""
    return member(value, *path) not in (None, "")
