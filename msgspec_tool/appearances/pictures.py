"""Media of a message, told by their addresses: nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, video, recording or file: where it comes from, and what it is called there."""

    kind: ClassVar[str] = "picture"
    what: str
    """``image``, ``video``, ``audio``, ``file``, or ``media`` where only an id is known."""
    name: str
    host: str = ""
    detail: str = ""
    """What else is known: a duration, a size."""


def picture_of(what: str, url: str, detail: str = "") -> Picture:
    """What an address tells of the thing that it leads to."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return Picture(what, url, "", detail)
    name = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return Picture(what, name or url, host, detail)
