"""XML as JUnit reports are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from msgspec_tool.reporters.screen import escaped

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def tag(name: str, attributes: Mapping[str, object], *, indent: int = 0, closed: bool = False) -> str:
    """An opening tag, or an empty element."""
    # what steers a terminal is not allowed in XML either, and is written out
    written = "".join(f' {key}="{escape(escaped(str(value)))}"' for key, value in attributes.items())
    return f"{'  ' * indent}<{name}{written}{'/' if closed else ''}>"


def content(line: str) -> str:
    """A line of text between tags."""
    return escape(escaped(line), quote=False)
