"""What a template may use, one entry each: the analyses and the engine read the same tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FilterEntry:
    """A filter ``value | name(arguments)``."""

    name: str
    function: Callable[..., Any] = field(repr=False)
    signature: str
    """As a person reads it: ``replace(old, new, count=all)``; empty brackets are left out."""
    summary: str
    straight: bool = True
    """Work and result are bounded by the input, so that it may run outside a worker."""
    context: str = ""
    """``environment`` or ``context`` where Jinja must pass one as the first argument."""


@dataclass(frozen=True)
class TestEntry:
    """A test ``value is name(arguments)``."""

    __test__ = False

    name: str
    function: Callable[..., Any] = field(repr=False)
    summary: str = ""


@dataclass(frozen=True)
class FunctionEntry:
    """A global name: a function, or a value such as ``omit`` (``function`` None)."""

    name: str
    signature: str
    summary: str
    function: Callable[..., Any] | None = field(repr=False, default=None)
    straight: bool = True
