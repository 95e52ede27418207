"""The forms of the API's answers: of a request that was taken, of one that was refused, and of the status of a transaction."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

from msgspec_tool.sandbox.codes import Answered, answered, comes_first
from msgspec_tool.sandbox.faults import Fault
from msgspec_tool.sandbox.store import Store, Taken


def faulted(verdict: Answered | list[Answered], messages: list[Any], fault: Fault) -> Answered | list[Answered]:
    """The answer with a fault's code in its place of the documented order: for the whole request, or for one element."""
    if fault.code is None or (isinstance(verdict, Answered) and not comes_first(fault.code, verdict.code)):
        return verdict
    if isinstance(verdict, Answered) or fault.element is None:
        return answered(fault.code)
    said = list(verdict)
    if fault.element < len(messages):
        said[fault.element] = answered(fault.code)
    return said


def refusal(said: Answered, transid: str | None = None) -> dict[str, str]:
    """``response`` of a request that is refused as a whole."""
    return {"code": said.code, "description": said.description, "transid": transid or str(uuid.uuid4())}


def elements(said: list[Answered], messages: list[Any], transid: str, wanted: int | None) -> list[dict[str, str]]:
    """``response`` of a request that is taken: an element for each message object, or as many as are ``wanted``."""
    made = [
        {
            "description": one.description,
            "correlationid": str(message.get("correlationid") or "") if isinstance(message, dict) else "",
            "code": one.code,
            "transid": own_transid(transid, index),
        }
        for index, (one, message) in enumerate(zip(said, messages, strict=True))
    ]
    if wanted is None:
        return made
    return [{**made[0], "transid": own_transid(transid, index)} if index >= len(made) else made[index] for index in range(wanted)]


def own_transid(transid: str, index: int) -> str:
    """The id of the element with this number, from 0: the first has that of the request."""
    return f"{transid}_{index}" if index else transid


def status_record(one: Taken) -> dict[str, str]:
    """What the status of a transaction says of an address."""
    return {
        "transactionid": one.transid,
        "clientid": "sandbox",
        "api_version": "v1",
        "type": "outbound-api",
        "from": "",
        "to": one.address,
        "body": "",
        "channel": one.channel,
        "status": "delivered" if one.channel == "sms" else "answered" if one.channel == "voice" else "sent",
        "date_created": one.created,
        "last_updated": one.created,
        "error_code": "",
        "error_message": "",
    }


def listed(store: Store) -> Iterator[str]:
    """The JSON of all messages, piece by piece."""
    opened = False
    yield '{"messages": ['
    for one in store.all():
        yield (", " if opened else "") + json.dumps(one)
        opened = True
    yield "]}"
