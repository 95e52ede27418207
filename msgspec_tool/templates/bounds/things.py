"""Values of templates that are no data: macros, namespaces, imported partials, the loop's own ``loop``, methods.

Each is equal to itself alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import nodes

from msgspec_tool.domain.values import Value
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.bounds.paths import Names
from msgspec_tool.templates.tree import Parts


class MacroThing:
    """A macro, or the body of a ``call`` block, with the names that it sees."""

    def __init__(
        self, node: nodes.Macro | nodes.CallBlock, parts: Parts, file: SourceFile | None, names: Names, caller: Value | None = None
    ) -> None:
        self.node = node
        self.parts = parts
        self.file = file
        self.names = names
        self.caller = caller


class NamespaceThing:
    """``namespace(…)``: attributes that were set later stand among the path's names, under ``key``."""

    def __init__(self, key: str, first: Mapping[str, Value]) -> None:
        """``first`` are the attributes that it was made with."""
        self.key = key
        self.first = first


class ModuleThing:
    """An imported partial: what it defines."""

    def __init__(self, names: Mapping[str, Value]) -> None:
        self.names = names


class LoopThing:
    """``loop`` inside a loop: its attributes."""

    def __init__(self, attributes: Mapping[str, Value]) -> None:
        self.attributes = attributes


class MethodThing:
    """A method of a value, before it is called."""

    def __init__(self, name: str, owner: Value) -> None:
        self.name = name
        self.owner = owner


class FunctionThing:
    """A function of the language, before it is called."""

    def __init__(self, name: str) -> None:
        self.name = name


class OmitThing:
    """``omit``: as false as it is in a template."""

    def __bool__(self) -> bool:
        return False


OMITTED: Any = OmitThing()
