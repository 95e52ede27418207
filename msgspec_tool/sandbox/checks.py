"""The documented checks in the documented order, against the published payload schema.

Whether one bad element of an array refuses the whole request is documented nowhere; here each element is judged by itself, so that
a client meets answers in which some elements are refused and others taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from msgspec_tool import resources
from msgspec_tool.sandbox.codes import QUEUED, Answered, answered

MAX_DESTINATIONS = 1000
_BASE = "https://msgspec-tool.invalid/schemas/v1/"
_BLOCKS = {"sms": ("sms",), "voice": ("voice",), "push": ("push",), "rt": ("appmessaging",), "appmessaging": ("appmessaging",)} | {
    name: ("OTT-Messaging", name) for name in ("fb", "twitter", "wechat")
}
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?\d*(?:Z|([+-])(\d{1,2}):(\d\d))?", re.ASCII | re.IGNORECASE)


def parsed(data: bytes) -> tuple[Any, Answered | None]:
    """The body of a request, or why it is none (7000)."""
    try:
        body = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None, answered("7000")
    return body, None if isinstance(body, (dict, list)) else answered("7000")


def judged(body: Any, now: datetime) -> Answered | list[Answered]:
    """What the API says of a body: a refusal of the whole, or one answer for each message object."""
    objects = body if isinstance(body, list) else [body]
    if not objects:
        return answered("7003", "param 'deliverychannel' missing")
    if sum(1 for one in objects for _found in addresses(one)) > MAX_DESTINATIONS:
        return answered("7009")
    answers = [_object(one, now) for one in objects]
    return answers if isinstance(body, list) or answers[0].accepted else answers[0]


def addresses(message: Any) -> Iterator[tuple[str, str, str]]:
    """Everybody whom a message object reaches: kind of identifier, address, correlation id."""
    if not isinstance(message, dict):
        return
    destinations = message.get("destination")
    for destination in destinations if isinstance(destinations, list) else ():
        if not isinstance(destination, dict):
            continue
        own = destination.get("correlationid") or message.get("correlationid") or ""
        for kind, listed in destination.items():
            for address in listed if isinstance(listed, list) and kind != "correlationid" else ():
                yield kind, str(address), str(own)


def _object(message: Any, now: datetime) -> Answered:
    if not isinstance(message, dict):
        return answered("7004")
    missing = next(_missing(message), None)
    if missing is not None:
        return answered("7003", missing)
    fault = _schema_fault(message)
    if fault is not None:
        return fault
    expiry = message.get("expiry")
    if expiry:
        instant = _instant(expiry)
        if instant is None:
            return answered("7004", "invalid value of param 'expiry'")
        if instant <= now:
            return answered("7005")
    return QUEUED


def _missing(message: dict[str, Any]) -> Iterator[str]:
    channel = message.get("deliverychannel")
    if not channel:
        yield "param 'deliverychannel' missing"
    if not message.get("destination"):
        yield "No destination channel information found in request"
    elif not any(True for _found in addresses(message)):
        yield "any one of [customerid,msisdn,email, userid,pushid,psid, etc.] is mandatory"
    block: Any = message.get("channels")
    for name in _BLOCKS.get(channel, ()) if isinstance(channel, str) and "message" not in message else ():
        block = block.get(name) if isinstance(block, dict) else None
        if block is None:
            yield f"param '{name}' missing for channel {channel}"


@cache
def _validator() -> Any:
    import jsonschema_rs

    def retrieve(address: str) -> Any:
        return resources.schema(address.removeprefix(_BASE))

    return jsonschema_rs.validator_for(
        {**resources.schema("payload.schema.json"), "$id": f"{_BASE}payload.schema.json"}, retriever=retrieve
    )


def _schema_fault(message: dict[str, Any]) -> Answered | None:
    errors = list(_validator().iter_errors(message))
    if not errors:
        return None
    # what is missing is told before what is wrong
    error = next((one for one in errors if one.kind.name == "required"), errors[0])
    place = ".".join(str(step) for step in error.instance_path)
    if error.kind.name == "required":
        return answered("7003", f"param '{error.kind.property}' missing{f' in {place}' if place else ''}")
    return answered("7004", f"invalid value of param '{place}'" if place else None)


def _instant(text: str) -> datetime | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found[index]) for index in range(1, 7))
    micro = int((found[7] or "0").ljust(6, "0"))
    try:
        local = datetime(year, month, day, hour, minute, second, micro, tzinfo=timezone.utc)
        offset = timedelta(hours=int(found[9] or 0), minutes=int(found[10] or 0))
        return local + offset if found[8] == "-" else local - offset
    except (ValueError, OverflowError):
        return None
