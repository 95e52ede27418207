"""Quoting for YAML: how a text is written so that it is read back as the same text."""

from __future__ import annotations


def quoted(source: str) -> str:
    """A plain scalar's source characters in quotes, meaning the same: line folds stay folds.

    Double quotes where nothing needs an escape, single quotes where only ``"`` or backslashes stand in the way.
    """
    if '"' not in source and "\\" not in source:
        return f'"{source}"'
    return "'" + source.replace("'", "''") + "'"


_ESCAPES = {"double": {'"': '\\"', "\\": "\\\\"}, "single": {"'": "''"}}
"""What is written for a character inside quotes; of other styles nothing needs an escape but at their beginning."""


def inside(style: str, text: str) -> str:
    """How a text is written inside a scalar of a style: ``double`` (of JSON too), ``single`` or any other."""
    escapes = _ESCAPES.get(style, {})
    return "".join(escapes.get(char, char) for char in text)


def shown(text: str, limit: int = 40) -> str:
    """A piece of a file for a message: control characters escaped, long text cut."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in cut)
