"""Delivery notifications to ``notifyurl``, with the documented fields and retry rule; to this machine only."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from msgspec_tool.sandbox.store import Taken
from msgspec_tool.serving.loopback import is_loopback

if TYPE_CHECKING:
    import httpx

RETRIES = 3
RETRY_SECONDS = 60.0
TIMEOUT_SECONDS = 10.0
WORKERS = 8
NOT_RETRIED = frozenset({*range(200, 209), 226, *range(300, 309), 400, 402, *range(404, 412), 414, 415, 416, 418, 505})
"""Statuses after which the platform does not try again; 200 is success."""

_STATUS = {"7500": "Delivered", "7501": "Submitted", "7502": "Read"}


@dataclass(frozen=True)
class Notice:
    """One notification on its way."""

    url: str
    body: dict[str, Any]


def notice(taken: Taken, message: dict[str, Any], code: str, now: datetime) -> Notice | None:
    """The notification of one address; None where the message names no address on this machine to send it to."""
    url = message.get("notifyurl")
    if not isinstance(url, str) or not is_loopback(_host(url)):
        return None
    status = _STATUS.get(code, "Failed")
    information = {
        "timeStamp": now.isoformat(timespec="milliseconds"),
        "Description": status,
        "code": code,
        "deliveryChannel": "SMS" if taken.channel == "sms" else taken.channel,
        "additionalInfo": "",
        "destination": taken.address.removeprefix("+") if taken.kind == "msisdn" else taken.address,
        "destinationType": taken.kind,
        "deliveryStatus": status,
    }
    envelope = {
        "deliveryInfo": information,
        "subtid": "",
        "transid": taken.transid,
        "callbackData": message.get("callbackData", ""),
        "correlationid": taken.correlationid,
    }
    return Notice(url, {"deliveryInfoNotification": envelope})


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@dataclass
class Notifier:
    """Sends notifications in the background, a few at a time."""

    ca_file: str | None = None
    secret: str | None = field(default=None, repr=False)
    """Signs each notification in ``x-hub-signature``, as the platform does where a secret is configured."""
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    _queue: asyncio.Queue[Notice] | None = field(default=None, init=False)
    _workers: list[asyncio.Task[None]] = field(default_factory=list, init=False)

    def send(self, wanted: Notice) -> None:
        """Queue one; called inside the server's loop."""
        if self._queue is None:
            self._queue = asyncio.Queue()
            self._workers = [asyncio.ensure_future(self._work(self._queue)) for _number in range(WORKERS)]
        self._queue.put_nowait(wanted)

    async def close(self) -> None:
        """Drop what is not sent yet."""
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        self._queue, self._workers = None, []

    async def _work(self, queue: asyncio.Queue[Notice]) -> None:
        import httpx

        context = ssl.create_default_context(cafile=self.ca_file)
        async with httpx.AsyncClient(verify=context, timeout=TIMEOUT_SECONDS, trust_env=False, follow_redirects=False) as client:
            while True:
                wanted = await queue.get()
                await self._deliver(client, wanted)

    async def _deliver(self, client: httpx.AsyncClient, wanted: Notice) -> None:
        import httpx

        body = json.dumps(wanted.body).encode()
        for attempt in range(RETRIES + 1):
            try:
                status = (await client.post(wanted.url, content=body, headers=self._headers(body))).status_code
            except httpx.HTTPError:
                status = None
            if status in NOT_RETRIED or attempt == RETRIES:
                return
            await self.pause(RETRY_SECONDS)

    def _headers(self, body: bytes) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        if self.secret is not None:
            headers["x-hub-signature"] = f"sha256={hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()}"
        return headers
