"""Faults on demand: a script of rules, each with the requests that it is for and what then goes wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from threading import Lock
from typing import Any

from msgspec_tool.errors import UsageError
from msgspec_tool.sandbox.full_disk import POSSIBLE

CUTS = ("before", "during", "after")
"""Where the connection is cut: before the request's body is read, in the middle of it, or after it, without taking the message."""

_TEXTS = ("code", "cut", "retry_after", "answer", "correlationid", "address", "channel", "receipt")
_WHOLES = ("request", "times", "status", "element", "elements", "receipts")
_SWITCHES = ("lost", "taken", "half", "full")


@dataclass(frozen=True)
class Fault:
    """One rule. The first four fields choose requests (all that are given must fit); ``times`` is how often, 0 for always."""

    request: int | None = None
    """The n-th request to the messaging endpoint, from 1."""
    correlationid: str | None = None
    address: str | None = None
    channel: str | None = None
    times: int = 1
    delay: float = 0.0
    """Seconds before anything is answered."""
    cut: str | None = None
    status: int | None = None
    """HTTP status of the answer."""
    code: str | None = None
    """The platform's refusal: of the whole request, or of one element."""
    element: int | None = None
    """The element, from 0, that ``code`` refuses."""
    elements: int | None = None
    """How many elements the answer has, whatever was sent."""
    retry_after: str | None = None
    answer: str | None = None
    """The body of the answer, as it is."""
    half: bool = False
    """The connection is cut in the middle of the answer."""
    lost: bool = False
    """The message is taken, and the answer never comes."""
    taken: bool = False
    """The message is taken although the answer says otherwise."""
    full: bool = False
    """The disk of the client is full from then on, until its process ends."""
    receipt: str | None = None
    """The code of the delivery notifications, in place of 7500."""
    receipts: int | None = None
    """How often each notification is sent; 0 for never."""

    def fits(self, request: int, messages: Iterable[tuple[str, str, str]]) -> bool:
        """Whether the rule is for a request with these (channel, address, correlation id)."""
        if self.request is not None and self.request != request:
            return False
        if self.channel is None and self.address is None and self.correlationid is None:
            return True
        wanted = (self.channel, self.address, self.correlationid)
        return any(all(want is None or want == have for want, have in zip(wanted, one, strict=True)) for one in messages)


@dataclass
class Faults:
    """The rules in force; each is used up after its ``times``."""

    rules: list[Fault] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def take(self, request: int, messages: list[tuple[str, str, str]]) -> Fault | None:
        """The first rule that fits, counted as used."""
        with self._lock:
            for index, rule in enumerate(self.rules):
                if rule.fits(request, messages):
                    if rule.times == 1:
                        del self.rules[index]
                    elif rule.times > 1:
                        self.rules[index] = replace(rule, times=rule.times - 1)
                    return rule
        return None


def read_faults(text: str) -> list[Fault]:
    """Rules from JSON: a list of objects, or ``{"faults": [...]}``. ``UsageError`` with the place of what is wrong."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the faults are not JSON: {error}") from None
    rules = value.get("faults") if isinstance(value, dict) else value
    if not isinstance(rules, list):
        raise UsageError('the faults are not a list of rules, such as [{"request": 2, "status": 503}]')
    return [_fault(rule, number) for number, rule in enumerate(rules, 1)]


def _fault(rule: Any, number: int) -> Fault:
    known = [one.name for one in fields(Fault)]
    if not isinstance(rule, dict):
        raise UsageError(f"fault {number} is not a mapping")
    for name, value in rule.items():
        if name not in known:
            raise UsageError(f"fault {number} has the unknown key '{name}'", help=f"known: {', '.join(known)}")
        if not _fits_type(name, value):
            raise UsageError(f"fault {number}: '{name}' can't be {value!r}")
    if rule.get("full") and not POSSIBLE:
        raise UsageError(f"fault {number}: 'full' needs Linux")
    return Fault(**rule)


def _fits_type(name: str, value: Any) -> bool:
    if name in _SWITCHES:
        return isinstance(value, bool)
    if name in _TEXTS:
        return isinstance(value, str) and (name != "cut" or value in CUTS)
    number = (int,) if name in _WHOLES else (int, float)
    return isinstance(value, number) and not isinstance(value, bool) and value >= 0 and (name != "status" or 200 <= value <= 599)
