"""What a template may use, one entry each: the analyses and the engine read the same tables.

An entry stands in the module of its implementation, beside it and its transfer function: what the engine runs for one
value, and what the analysis knows of the results for all values.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec_tool.domain.constants import constants
from msgspec_tool.domain.printing import printed_text
from msgspec_tool.domain.texts import Text
from msgspec_tool.domain.values import PRINTABLE, UNKNOWN, Value

VARIES: Any = object()
"""An argument that is no single constant."""


class FilterCall(NamedTuple):
    """A filter at work on all values at once. Values are of the kinds that the entry takes, and never unknown."""

    value: Value
    arguments: Mapping[str, Value]
    """The arguments that are given, by the names of the implementation's parameters."""
    locales: tuple[str, ...] = ("en",)
    """Languages that a filter without an own one may fall back to: those of the environments."""
    filtered: Callable[[str, Value, tuple[Value, ...]], Value] = lambda _name, _value, _arguments: UNKNOWN
    """What another filter makes of a value, given these arguments: for ``map``."""

    @property
    def text(self) -> Text:
        """What the value prints."""
        return printed_text(self.value)

    @property
    def sources(self) -> frozenset[str]:
        """Variables that take part in the value and in the arguments."""
        return self.value.sources.union(*(one.sources for one in self.arguments.values()))

    def constant(self, name: str, default: Any = None) -> Any:
        """The one constant that an argument is, ``default`` where it is not given, :data:`VARIES` where it is not known."""
        if name not in self.arguments:
            return default
        found = constants(self.arguments[name])
        return found[0] if found is not None and len(found) == 1 else VARIES

    def given(self, name: str) -> bool:
        """Whether an argument is written."""
        return name in self.arguments


@cache
def _parameters(function: Callable[..., Any], passed: int) -> tuple[tuple[str, bool], ...]:
    """Names of the parameters behind those that are always passed, each with whether it must be given."""
    from inspect import Parameter, signature

    kinds = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    found = [one for one in signature(function).parameters.values() if one.kind in kinds]
    return tuple((one.name, one.default is Parameter.empty) for one in found[passed:])


class FilterEntry(NamedTuple):
    """A filter ``value | name(arguments)``."""

    name: str
    function: Callable[..., Any]
    signature: str
    """As a person reads it: ``replace(old, new, count=all)``; empty brackets are left out."""
    summary: str
    transfer: Callable[[FilterCall], Value]
    """All results for all values. Raises :class:`~msgspec_tool.templates.failures.BadValueError` where no value gives one."""
    takes: int = PRINTABLE
    """Kinds of values (:mod:`msgspec_tool.domain.values`) that it works on; others refuse the row."""
    wants: Mapping[str, int] = MappingProxyType({})
    """Kinds of its arguments, where only some will do."""
    straight: bool = True
    """Work and result are bounded by the input, so that it may run outside a worker."""
    context: str = ""
    """``environment`` or ``context`` where Jinja must pass one as the first argument."""
    variadic: bool = False
    """Takes arguments that another filter or test defines."""

    @property
    def parameters(self) -> tuple[tuple[str, bool], ...]:
        """Names of the parameters after the value, each with whether it must be given."""
        return _parameters(self.function, 1 + bool(self.context))


class TestEntry(NamedTuple):
    """A test ``value is name(arguments)``."""

    name: str
    function: Callable[..., Any]
    summary: str = ""
    holds_for: int | None = None
    """Kinds of values for which it is always true, and for all others false; None where the value itself decides."""

    @property
    def parameters(self) -> tuple[tuple[str, bool], ...]:
        """Names of the parameters after the value, each with whether it must be given."""
        return _parameters(self.function, 1)


class FunctionEntry(NamedTuple):
    """A global name: a function, or a value such as ``omit`` (``function`` None)."""

    name: str
    signature: str
    summary: str
    function: Callable[..., Any] | None = None
    straight: bool = True
