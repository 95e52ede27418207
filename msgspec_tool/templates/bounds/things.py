"""Values of templates that are no data: macros, namespaces, imported partials, the loop's own ``loop``, methods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes

from msgspec_tool.domain.values import Value
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.bounds.paths import Names
from msgspec_tool.templates.tree import Parts


@dataclass(frozen=True, eq=False)
class MacroThing:
    """A macro, or the body of a ``call`` block, with the names that it sees."""

    node: nodes.Macro | nodes.CallBlock
    parts: Parts
    file: SourceFile | None
    names: Names
    caller: Value | None = None


@dataclass(frozen=True, eq=False)
class NamespaceThing:
    """``namespace(…)``: attributes that were set later stand among the path's names, under ``key``."""

    key: str
    first: Mapping[str, Value]
    """The attributes that it was made with."""


@dataclass(frozen=True, eq=False)
class ModuleThing:
    """An imported partial: what it defines."""

    names: Mapping[str, Value]


@dataclass(frozen=True, eq=False)
class LoopThing:
    """``loop`` inside a loop: its attributes."""

    attributes: Mapping[str, Value]


@dataclass(frozen=True, eq=False)
class MethodThing:
    """A method of a value, before it is called."""

    name: str
    owner: Value


@dataclass(frozen=True, eq=False)
class FunctionThing:
    """A function of the language, before it is called."""

    name: str


@dataclass(frozen=True, eq=False)
class OmitThing:
    """``omit``: as false as it is in a template."""

    def __bool__(self) -> bool:
        return False


OMITTED: Any = OmitThing()
