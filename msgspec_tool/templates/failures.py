"""How a template fails: the value that a filter refuses, and the failure that a render reports."""

from __future__ import annotations

from msgspec_tool.errors import ToolError
from msgspec_tool.source.text import SourceFile


class BadValueError(Exception):
    """A filter or function refuses a value or an argument; the message is a sentence for the author."""


class TooMuchError(BadValueError):
    """The result would be larger than any one operation may make."""


class RenderFailure(ToolError):  # noqa: N818  a row is refused, no command ends
    """A template that gave no text: why, and where ``[start, end)`` in its own text, or in ``file`` where that is a partial."""

    def __init__(self, message: str, start: int = 0, end: int = 0, file: SourceFile | None = None) -> None:
        super().__init__(message)
        self.start = start
        self.end = end
        self.file = file


class WorkLimitError(ToolError):
    """Work in a child process met its limit of memory or time, or the child died."""


def quoted(value: object, longest: int = 40) -> str:
    """A value in quotes for a message: control characters escaped, cut at ``longest`` characters."""
    text = value if isinstance(value, str) else str(value)
    shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text[:longest])
    return f"'{shown}…'" if len(text) > longest else f"'{shown}'"
