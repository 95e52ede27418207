"""Quoting for YAML: how a text is written so that it is read back as the same text."""

from __future__ import annotations


def quoted(source: str) -> str:
    """A plain scalar's source characters in quotes, meaning the same: line folds stay folds.

    Double quotes where nothing needs an escape, single quotes where only ``"`` or backslashes stand in the way.
    """
    if '"' not in source and "\\" not in source:
        return f'"{source}"'
    return "'" + source.replace("'", "''") + "'"


def shown(text: str, limit: int = 40) -> str:
    """A piece of a file for a message: control characters escaped, long text cut."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in cut)
