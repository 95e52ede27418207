"""What an answer of the API means for every message object of its request, read strictly: what is not understood is ``unknown``.

``response`` is an array where the request was taken, with an element for each message object, and an object where it was refused as a
whole. The HTTP status says little: refusals come with 200. Elements belong to message objects by their order.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any, NoReturn

from msgspec_tool.channels.codes import CODES
from msgspec_tool.delivery.states import Outcome, Settled, State, Unit

ACCEPTED = "1001"
STOPPING = frozenset(("7001", "7002", "7007"))
"""They concern the key or the service: the next request would be refused too, and this one is as good as before."""

UNCLEAR = frozenset(("7006", "7011", "7016"))
"""The platform failed and does not say how far it came."""

TOO_FAST = "7020"
WHOLESALE = frozenset(("7005", "7008", "7010", "7019", "7020", "7103", "7106", "7114", "7115", "7127"))
"""Refusals that no single address or message object causes: halving the request would not find one."""

KNOWN = {entry.code: entry for entry in CODES if entry.kind == "answer"}
_CONTACT_POLICY = range(9000, 10000)


class Verdict(Enum):
    """What to do about a request after its answer."""

    SETTLED = "settled"
    AGAIN = "again"
    STOP = "stop"


@dataclass(frozen=True)
class Element:
    """What the platform says of a message object or an address."""

    state: State
    code: str | None = None
    reason: str | None = None
    transid: str | None = None


@dataclass(frozen=True)
class Answer:
    """An answer: ``elements`` in order, or one for the whole request."""

    verdict: Verdict
    elements: tuple[Element, ...] = ()
    whole: Element | None = None
    retry_after: float | None = None
    """Seconds that the platform asks to wait."""


class _UnreadableAnswerError(ValueError):
    """Why an answer can't be read."""


def read_answer(status: int, body: bytes | None, retry_after: str | None = None, *, now: float = 0.0) -> Answer:
    """The meaning of a status and a body (None: over the limit, or cut). ``now`` is what a date in ``Retry-After`` is compared with."""
    return replace(_meaning(status, body), retry_after=wait_seconds(retry_after, now))


def _meaning(status: int, body: bytes | None) -> Answer:
    if status >= 500:
        return _unknown(f"HTTP {status}")
    try:
        answer = _read(body)
    except _UnreadableAnswerError as error:
        if status == 429:
            return Answer(Verdict.AGAIN)
        return _unknown(f"HTTP {status}: {error}" if status != 200 else str(error))
    if answer.whole is None:
        # nobody knows what an accepting answer under a refusing status means
        return answer if 200 <= status < 300 else _unknown(f"HTTP {status}")
    if status == 429 or answer.whole.code == TOO_FAST:
        return Answer(Verdict.AGAIN, whole=answer.whole)
    return answer


def outcomes(answer: Answer, unit: Unit) -> list[Settled]:
    """What becomes of each piece of the unit that an answer settles."""
    if answer.whole is not None:
        return [(piece, (_outcome(answer.whole, piece.addresses, whole=True),)) for piece in unit.pieces]
    if len(answer.elements) == len(unit.objects):
        of = dict(zip(unit.objects, answer.elements, strict=True))
        return [(piece, (_outcome(of[piece.object], piece.addresses),)) for piece in unit.pieces]
    if len(answer.elements) == unit.addresses:
        return list(_by_address(answer.elements, unit))
    reason = f"an answer of {len(answer.elements)} elements for {len(unit.objects)} messages"
    return [(piece, (Outcome(State.UNKNOWN, piece.addresses, reason=reason),)) for piece in unit.pieces]


def unknown_outcomes(unit: Unit, reason: str) -> list[Settled]:
    """Nobody knows what became of the unit."""
    return outcomes(_unknown(reason), unit)


def wait_seconds(text: str | None, now: float) -> float | None:
    """``Retry-After`` as seconds from now, whether it says seconds or a date; None where it says neither."""
    if text is None:
        return None
    if text.strip().isdecimal() and text.isascii():
        return float(text) if len(text.strip()) < 10 else math.inf
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    aware = instant if instant.tzinfo is not None else instant.replace(tzinfo=timezone.utc)
    return max(0.0, (aware - datetime.fromtimestamp(now, timezone.utc)).total_seconds())


def _by_address(elements: tuple[Element, ...], unit: Unit) -> Iterator[Settled]:
    start = 0
    for piece in unit.pieces:
        parts: list[Outcome] = []
        for element in elements[start : start + piece.addresses]:
            one = _outcome(element, 1)
            alike = parts and (parts[-1].state, parts[-1].code) == (one.state, one.code)
            if alike:
                parts[-1] = Outcome(one.state, parts[-1].addresses + 1, one.code, one.reason, parts[-1].transid)
            else:
                parts.append(one)
        yield piece, tuple(parts)
        start += piece.addresses


def _outcome(element: Element, addresses: int, *, whole: bool = False) -> Outcome:
    refused = element.state is State.REJECTED
    return Outcome(element.state, addresses, element.code, element.reason, element.transid, whole and refused)


def _unknown(reason: str, code: str | None = None) -> Answer:
    return Answer(Verdict.SETTLED, whole=Element(State.UNKNOWN, code, reason))


def _read(body: bytes | None) -> Answer:
    if body is None:
        raise _UnreadableAnswerError("the answer is too long")
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _UnreadableAnswerError("the answer is not JSON") from None
    response = value.get("response") if isinstance(value, dict) else None
    if isinstance(response, list) and response:
        return Answer(Verdict.SETTLED, tuple(_element(one) for one in response))
    if isinstance(response, dict):
        return _refusal(_element(response))
    raise _UnreadableAnswerError("the answer has no 'response'")


def _refusal(element: Element) -> Answer:
    if element.state is State.ACCEPTED:
        raise _UnreadableAnswerError("the answer accepts in the form of a refusal")
    return Answer(Verdict.STOP if element.code in STOPPING else Verdict.SETTLED, whole=element)


def _element(value: Any) -> Element:
    code = value.get("code") if isinstance(value, dict) else None
    if not isinstance(code, str) or not code.isascii() or not code.isdecimal() or len(code) > 8:
        raise _UnreadableAnswerError("the answer has no code")
    transid = value.get("transid")
    kept = transid if isinstance(transid, str) and len(transid) <= 100 and transid.isascii() and transid.isprintable() else None
    if code == ACCEPTED:
        return Element(State.ACCEPTED, code, None, kept)
    if code in UNCLEAR:
        return Element(State.UNKNOWN, code, None, kept)
    if code not in KNOWN and int(code) not in _CONTACT_POLICY:
        return Element(State.UNKNOWN, code, "a code that is not documented", kept)
    return Element(State.REJECTED, code, None, kept)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key comes twice")
    return made


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
