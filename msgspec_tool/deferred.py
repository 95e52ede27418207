"""What is made when it is first needed, so that a run begins quickly: methods of data classes, regular expressions, packages.

The standard library makes both where a module is loaded: half a millisecond for a frozen data class, a tenth for an expression
(Python 3.11). The modules that lint loads hold more than a hundred of the first and two hundred of the second, and one run
needs a part of them. To readers and type checkers these are the standard library's: it describes the fields itself
(:class:`_StandardFields`), so that ``fields``, ``asdict`` and ``replace`` of :mod:`dataclasses` take such instances too.
What the program does not use is not here: ``order``, ``kw_only``, ``InitVar``, ``ClassVar``.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from importlib import import_module
from importlib.machinery import PathFinder
from operator import attrgetter
from reprlib import recursive_repr
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
    from typing import Any

_ABSENT: Any = type("_Absent", (), {"__repr__": lambda _: "<factory>"})()
_put = object.__setattr__


class _Member:
    """A field: its default or what makes one, and where it takes part."""

    __slots__ = ("compare", "default", "factory", "init", "repr")

    def __init__(self, default: Any = _ABSENT, factory: Any = None, *, init: bool = True, repr: bool = True, compare: bool = True) -> None:
        self.default, self.factory, self.init, self.repr, self.compare = default, factory, init, repr, compare


class _Parameters:
    """What the standard library asks of the base of a class that it makes."""

    def __init__(self, frozen: bool) -> None:
        self.frozen = frozen


class _StandardFields:
    """The standard library's own description of the fields of a class, made for those of its functions that ask for it."""

    def __get__(self, one: object, owner: Any) -> Any:
        import dataclasses

        body: dict[str, Any] = {"__annotations__": dict.fromkeys(owner.__members__, "object")}
        for name, member in owner.__members__.items():
            default = {} if member.default is _ABSENT else {"default": member.default}
            default |= {} if member.factory is None else {"default_factory": member.factory}
            body[name] = dataclasses.field(**default, init=member.init, repr=member.repr, compare=member.compare)
        twin: Any = dataclasses.dataclass(type(owner.__name__, (), body), eq=False, repr=False)
        return twin.__dataclass_fields__


def _deferred_dataclass(cls: Any = None, /, *, frozen: bool = False, eq: bool = True, slots: bool = False) -> Any:
    """:func:`dataclasses.dataclass`, whose ``__init__`` is written when the first instance is made."""
    if cls is None:
        return lambda cls: _deferred_dataclass(cls, frozen=frozen, eq=eq, slots=slots)
    own = {name: _own_member(cls, name) for name in cls.__annotations__}
    members: dict[str, _Member] = {}
    for base in reversed(cls.__mro__[1:]):
        members |= base.__dict__.get("__members__", {})
    members |= own
    made = _slotted(cls, tuple(own)) if slots else cls
    made.__members__ = members
    # a type checker knows the name
    made.__match_args__ = tuple(name for name, member in members.items() if member.init)  # type: ignore[misc]
    made.__dataclass_fields__, made.__dataclass_params__ = _StandardFields(), _Parameters(frozen)
    made.__init__ = _first_init(made, frozen=frozen, slots=slots)
    if "__repr__" not in cls.__dict__:
        made.__repr__ = _repr
    if frozen:
        made.__setattr__, made.__delattr__ = _refuse_setting, _refuse_deleting
    if eq:
        _compare_by_value(made, tuple(name for name, member in members.items() if member.compare), frozen=frozen)
    return made


def _own_member(cls: Any, name: str) -> _Member:
    default = cls.__dict__.get(name, _ABSENT)
    if not isinstance(default, _Member):
        return _Member(default)
    if default.default is _ABSENT:
        delattr(cls, name)
    else:
        setattr(cls, name, default.default)
    return default


def _slotted(cls: Any, names: tuple[str, ...]) -> Any:
    body = {name: value for name, value in cls.__dict__.items() if name not in (*names, "__dict__", "__weakref__")}
    made = type(cls)(cls.__name__, cls.__bases__, {**body, "__slots__": names, "__getstate__": _state, "__setstate__": _restore})
    made.__qualname__ = cls.__qualname__
    return made


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__members__]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__members__, state, strict=True):
        _put(self, name, value)


def _first_init(made: Any, *, frozen: bool, slots: bool) -> Any:
    def __init__(self: Any, *arguments: Any, **named: Any) -> None:  # noqa: N807
        made.__init__ = _written_init(made, frozen=frozen, slots=slots)
        made.__init__(self, *arguments, **named)

    return __init__


def _written_init(made: Any, *, frozen: bool, slots: bool) -> Any:
    names: dict[str, Any] = {"_absent": _ABSENT, "_put": _put}
    parameters, lines = ["self"], []
    for name, member in made.__members__.items():
        value = name if member.init else f"_default_{name}"
        if member.factory is not None:
            names[f"_factory_{name}"], names[f"_default_{name}"] = member.factory, _ABSENT
            value = f"_factory_{name}() if {value} is _absent else {value}"
        elif member.default is not _ABSENT:
            names[f"_default_{name}"] = member.default
        elif not member.init:
            continue
        if member.init:
            parameters.append(f"{name}=_default_{name}" if f"_default_{name}" in names else name)
        if frozen and slots and name in made.__slots__:
            names[f"_put_{name}"] = getattr(made, name).__set__
            lines.append(f" _put_{name}(self, {value})")
        else:
            lines.append(f" _put(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec("\n".join((f"def __init__({', '.join(parameters)}):", *(lines or [" pass"]))), names)  # noqa: S102  names of fields
    written = names["__init__"]
    written.__qualname__ = f"{made.__qualname__}.__init__"
    return written


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, member in self.__members__.items() if member.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_setting(_self: Any, name: str, _value: Any) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: Any, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _compare_by_value(made: Any, names: tuple[str, ...], *, frozen: bool) -> None:
    def few(one: Any) -> tuple[Any, ...]:
        return tuple(getattr(one, name) for name in names)

    values: Any = attrgetter(*names) if len(names) > 1 else few

    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    body = made.__dict__
    explicit = body.get("__hash__") is not None or ("__hash__" in body and "__eq__" not in body)
    if "__eq__" not in body:
        made.__eq__ = __eq__
    if not explicit:
        made.__hash__ = __hash__ if frozen else None


def _deferred_field(
    *, default: Any = _ABSENT, default_factory: Any = None, init: bool = True, repr: bool = True, compare: bool = True
) -> Any:
    """:func:`dataclasses.field`."""
    return _Member(default, default_factory, init=init, repr=repr, compare=compare)


def _quick_replace(one: Any, /, **changes: Any) -> Any:
    """:func:`dataclasses.replace`."""
    members = getattr(one, "__members__", None)
    if members is None:
        import dataclasses

        return dataclasses.replace(one, **changes)
    for name, member in members.items():
        if member.init and name not in changes:
            changes[name] = getattr(one, name)
    return one.__class__(**changes)


if not TYPE_CHECKING:
    dataclass, field, replace = _deferred_dataclass, _deferred_field, _quick_replace


class _Pattern:
    """A regular expression that is compiled when it is first used."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = (source, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        # found here by every later use
        found = self.__dict__[name] = getattr(re.compile(*self._source), name)
        return found


def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """:func:`re.compile`, when the expression is first used."""
    found: Any = _Pattern(source, flags)
    return found  # type: ignore[no-any-return]


@contextmanager
def expressions_deferred() -> Iterator[None]:
    """What is imported meanwhile compiles its regular expressions when it first uses them."""
    compiled = re.compile
    re.compile = expression  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compiled


def package(name: str) -> None:
    """Import a package so far that its modules can be imported; what its own ``__init__`` does waits until somebody asks for it."""
    spec = PathFinder.find_spec(name) if name not in sys.modules else None
    if spec is None or spec.loader is None or spec.submodule_search_locations is None:
        return
    known, loader, folders = ModuleType(name), spec.loader, spec.submodule_search_locations

    def asked(attribute: str) -> Any:
        if attribute.startswith("__") and attribute != "__version__":
            raise AttributeError(attribute)
        if any(os.path.isfile(os.path.join(folder, f"{attribute}.py")) for folder in folders):
            return import_module(f"{name}.{attribute}")
        loader.exec_module(known)
        known.__dict__.pop("__getattr__", None)
        return getattr(known, attribute)

    known.__dict__.update(
        __getattr__=asked,
        __spec__=spec,
        __loader__=loader,
        __package__=name,
        __path__=folders,
        __file__=spec.origin,
        __cached__=spec.cached,
    )
    sys.modules[name] = known
