"""What is inside a request body: its message objects, everybody whom they reach, and the same body for some of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from msgspec_tool.delivery.states import Piece

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class Recipient(NamedTuple):
    """One address of a message object."""

    kind: str
    """The identifier key: ``msisdn``, ``userid``, …"""
    address: str
    correlationid: str
    """The destination's own, else the message object's; empty where there is none."""


class BodyError(ValueError):
    """A line that is no request body."""


def message_objects(line: bytes) -> list[dict[str, Any]]:
    """The message objects of a body, in order."""
    return _objects(_parsed(line))


def recipients(message: dict[str, Any]) -> Iterator[Recipient]:
    """Everybody whom a message object reaches, in the order of the answer; a destination with two identifiers reaches two."""
    for destination in message["destination"]:
        if not isinstance(destination, dict):
            raise BodyError("an element of 'destination' is no mapping")
        own = destination.get("correlationid") or message.get("correlationid") or ""
        for kind, addresses in _identifiers(destination):
            for address in addresses:
                if not isinstance(address, str):
                    raise BodyError("an address is no text")
                yield Recipient(kind, address, str(own))


def channel(message: dict[str, Any]) -> str:
    """The canonical channel of a message object."""
    name = str(message.get("deliverychannel", "")).lower()
    return "rt" if name == "appmessaging" else name


def narrowed(line: bytes, parts: Iterable[Piece]) -> bytes:
    """The body for some of its addresses only: an array stays one, everything but ``destination`` is as it was."""
    body = _parsed(line)
    objects = _objects(body)
    wanted: dict[int, list[Piece]] = {}
    for part in parts:
        wanted.setdefault(part.object, []).append(part)
    kept = [_narrowed(objects[index], chosen) for index, chosen in sorted(wanted.items())]
    return str(_ENCODE(kept if isinstance(body, list) else kept[0])).encode("utf-8")


def without_expiry(line: bytes) -> bytes:
    """The body as if its message objects had no ``expiry``."""
    body = _parsed(line)
    for message in _objects(body):
        message.pop("expiry", None)
    return str(_ENCODE(body)).encode("utf-8")


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BodyError("it is not JSON") from error


def _objects(body: Any) -> list[dict[str, Any]]:
    objects = body if isinstance(body, list) else [body]
    if not objects or not all(isinstance(one, dict) and isinstance(one.get("destination"), list) for one in objects):
        raise BodyError("it is neither a message object nor an array of them")
    return objects


def _identifiers(destination: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    return ((key, value) for key, value in destination.items() if key != "correlationid" and isinstance(value, list))


def _narrowed(message: dict[str, Any], parts: list[Piece]) -> dict[str, Any]:
    wanted = {number for part in parts for number in range(part.first, part.first + part.addresses)}
    number = 0
    destinations, kept = [], []
    for index, destination in enumerate(message["destination"]):
        made = {}
        for key, addresses in _identifiers(destination):
            chosen = [address for offset, address in enumerate(addresses, number) if offset in wanted]
            number += len(addresses)
            if chosen:
                made[key] = chosen
        if made:
            destinations.append({key: made.get(key, value) for key, value in destination.items() if key in made or key == "correlationid"})
            kept.append(index)
    ids = message.get("gtrId")
    own = {"gtrId": [ids[index] for index in kept]} if isinstance(ids, list) and len(ids) == len(message["destination"]) else {}
    return {**message, **own, "destination": destinations}
