"""What a value of a template can be made from: names from outside, arguments of macros, calls, attributes of namespaces.

Each of these stands for what it is made from in turn, and is resolved when somebody asks: what a macro prints depends on
the call that printed it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Name = tuple[str, ...]
"""A name from outside with the constant attributes after it: ``("env", "senderid")``."""

Sources = frozenset[Any]
"""Where a value can come from: names from outside, and what the classes below stand for."""

NOTHING: Sources = frozenset()

_MOST_CALLS = 6
"""Calls around a place that are told apart; for arguments further out all calls of their macro count."""

_MOST_STEPS = 5_000
"""Steps for which calls are told apart at all: macros that call each other in every order have no end of ways between them."""


@dataclass(eq=False)
class Cell:
    """What a name is set from anywhere: for those who read it at a time that the text does not tell."""

    sources: Sources = NOTHING

    def add(self, sources: Sources) -> None:
        """It is set from something more."""
        self.sources |= sources


@dataclass(eq=False)
class Macro:
    """A macro, or the body of a ``call`` block."""

    arguments: tuple[str, ...]
    defaults: dict[str, Sources] = field(default_factory=dict)
    printed: Sources = NOTHING
    calls: list[Call] = field(default_factory=list)
    bodies: list[Macro] = field(default_factory=list)
    """The bodies of ``call`` blocks that it is given: what its ``caller`` may be."""


@dataclass(eq=False)
class Caller:
    """``caller`` in a macro."""

    macro: Macro

    def bodies(self) -> Sequence[Macro]:
        """What it may print."""
        return self.macro.bodies


@dataclass(eq=False)
class Call:
    """A call, with what its arguments are made from."""

    called: Macro | Caller
    positional: tuple[Sources, ...]
    named: Mapping[str, Sources]

    def targets(self) -> Sequence[Macro]:
        """What may be called."""
        return self.called.bodies() if isinstance(self.called, Caller) else (self.called,)

    def argument(self, macro: Macro, name: str) -> Sources:
        """What the call gives for an argument: the default where it gives nothing."""
        known = macro.arguments
        if name not in known:
            # varargs or kwargs: whatever has no argument of its own
            return NOTHING.union(*self.positional[len(known) :], *(given for key, given in self.named.items() if key not in known))
        position = known.index(name)
        if position < len(self.positional):
            return self.positional[position]
        return self.named.get(name, macro.defaults.get(name, NOTHING))


@dataclass(frozen=True)
class Argument:
    """An argument inside its macro: what it is depends on the call."""

    macro: Macro
    name: str


@dataclass(eq=False)
class Namespace:
    """``namespace(…)`` with what each attribute is set from, at any time."""

    attributes: dict[str, Cell] = field(default_factory=dict)

    def cell(self, name: str) -> Cell:
        """What an attribute is set from."""
        return self.attributes.setdefault(name, Cell())


@dataclass(frozen=True, eq=False)
class Module:
    """An imported partial: what it defines."""

    names: Mapping[str, Sources]


def calls_in(several: Iterable[Sources]) -> tuple[Call, ...]:
    """The calls whose text some values can be, in the order of the values; those among the arguments of a call behind it."""
    found: dict[Call, None] = {}
    seen: set[Any] = set()
    waiting = deque(several)
    while waiting:
        for one in waiting.popleft() - seen:
            seen.add(one)
            if isinstance(one, Call):
                found[one] = None
                waiting += (*one.positional, *one.named.values())
            elif isinstance(one, Cell):
                waiting.append(one.sources)
            elif isinstance(one, Argument):
                waiting += (call.argument(one.macro, one.name) for call in one.macro.calls)
    return tuple(found)


def outside(sources: Sources, calls: tuple[Call, ...]) -> frozenset[Name]:
    """The names from outside that a value is made from, when macros are called by ``calls``, innermost first."""
    found: set[Name] = set()
    seen: set[tuple[Any, tuple[Call, ...]]] = set()
    waiting = [(sources, calls[:_MOST_CALLS])]
    while waiting:
        several, around = waiting.pop()
        for one in several:
            if isinstance(one, tuple):
                found.add(one)
            elif (one, around) not in seen:
                seen.add((one, around))
                told_apart = _MOST_CALLS if len(seen) < _MOST_STEPS else 0
                waiting += ((made_of, calls[:told_apart]) for made_of, calls in _made_of(one, around))
    return frozenset(found)


def _made_of(one: Any, calls: tuple[Call, ...]) -> list[tuple[Sources, tuple[Call, ...]]]:
    if isinstance(one, Cell):
        return [(one.sources, calls)]
    if isinstance(one, Call):
        return [(macro.printed, (one, *calls)) for macro in one.targets()]
    if isinstance(one, Argument):
        chosen = [call for call in calls if one.macro in call.targets()] or one.macro.calls
        return [(call.argument(one.macro, one.name), calls) for call in chosen]
    return [(cell.sources, calls) for cell in one.attributes.values()] if isinstance(one, Namespace) else []
