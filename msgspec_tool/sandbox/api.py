"""The sandbox's endpoints: the API's own, and those by which a test looks inside and makes things go wrong."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from msgspec_tool.errors import UsageError
from msgspec_tool.sandbox.access import unauthorised
from msgspec_tool.sandbox.answers import elements, faulted, listed, own_transid, refusal, status_record
from msgspec_tool.sandbox.checks import addresses, judged, parsed
from msgspec_tool.sandbox.codes import QUEUED, Answered, answered
from msgspec_tool.sandbox.faults import Fault, Faults, read_faults
from msgspec_tool.sandbox.full_disk import fill
from msgspec_tool.sandbox.notifications import Notifier, notice
from msgspec_tool.sandbox.store import Store, Taken
from msgspec_tool.serving.server import TRANSPORT

MAX_BODY = 32 * 1024 * 1024
_NO_FAULT = Fault()


class _CutError(Exception):
    """The connection was cut: there is nobody to answer."""


@dataclass
class Sandbox:
    """The API as one service with one key. ``tps`` bounds requests a second; ``fed`` counts those that came in."""

    key: str
    store: Store = field(default_factory=Store)
    faults: Faults = field(default_factory=Faults)
    notifier: Notifier = field(default_factory=Notifier)
    tps: int | None = None
    fed: int = 0
    _times: deque[float] = field(default_factory=deque)

    def application(self) -> ASGIApp:
        """The ASGI application."""
        messaging = "/resources/v1/messaging"
        return _quiet(
            Starlette(
                routes=[
                    Route(messaging, self._messaging, methods=["POST"]),
                    Route(f"{messaging}/", self._messaging, methods=["POST"]),
                    Route(f"{messaging}/status/{{transid}}", self._status, methods=["GET"]),
                    Route("/sandbox/messages", self._messages, methods=["GET", "DELETE"]),
                    Route("/sandbox/deliveries", self._deliveries, methods=["GET"]),
                    Route("/sandbox/counts", self._counts, methods=["GET"]),
                    Route("/sandbox/requests", self._requests, methods=["GET"]),
                    Route("/sandbox/faults", self._faults, methods=["GET", "POST", "DELETE"]),
                ]
            )
        )

    async def _messaging(self, request: Request) -> Response:
        self.fed += 1
        number = self.fed
        early = self._early_cut(number)
        if early is not None:
            if early.cut == "during":
                await anext(request.stream())
            _cut(request)
        data = await _read(request)
        if data is None:
            return JSONResponse({"response": refusal(answered("7000"))}, 413)
        verdict, body = self._verdict(request, data)
        messages = body if isinstance(body, list) else [body]
        known = [(_channel(one), found[1], found[2]) for one in messages for found in addresses(one)]
        fault = self.faults.take(number, known) or _NO_FAULT
        return await self._answer(request, number, verdict, messages, fault)

    def _early_cut(self, number: int) -> Fault | None:
        """A rule that cuts before the body is read can only choose by the request's number. The first rule that fits counts here too."""
        first = next((rule for rule in self.faults.rules if rule.fits(number, ())), None)
        return self.faults.take(number, []) if first is not None and first.cut in ("before", "during") else None

    def _verdict(self, request: Request, data: bytes) -> tuple[Answered | list[Answered], Any]:
        """7002, 7001, 7000, 7009, 7003, 7004 and 7020, in the documented order; a fault of another code takes its place in it."""
        refused = unauthorised(request.headers, self.key)
        body, broken = parsed(data)
        if refused is not None or broken is not None:
            return refused or broken or QUEUED, body
        found = judged(body, datetime.now(timezone.utc))
        return (answered("7020") if not isinstance(found, Answered) and self._too_many() else found), body

    def _too_many(self) -> bool:
        if self.tps is None:
            return False
        now = time.monotonic()
        while self._times and now - self._times[0] >= 1:
            self._times.popleft()
        if len(self._times) >= self.tps:
            return True
        self._times.append(now)
        return False

    async def _answer(
        self, request: Request, number: int, verdict: Answered | list[Answered], messages: list[Any], fault: Fault
    ) -> Response:
        judgement = faulted(verdict, messages, fault)
        transid = str(uuid.uuid4())
        refused = isinstance(judgement, Answered)
        said = [judgement] * len(messages) if isinstance(judgement, Answered) else judgement
        if fault.cut is None and (fault.taken or fault.lost or _answers_truly(fault)):
            taken = [QUEUED] * len(messages) if fault.taken and not isinstance(verdict, Answered) else said
            self._take(number, transid, messages, taken, fault)
        if fault.full:
            fill(request.scope["client"], request.scope["server"])
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.cut or fault.lost:
            _cut(request)
        shown = refusal(said[0], transid) if refused else elements(said, messages, transid, fault.elements)
        return _response(request, {"response": shown}, fault)

    def _take(self, number: int, transid: str, messages: list[Any], said: list[Answered], fault: Fault) -> None:
        now = datetime.now(timezone.utc)
        taken: list[Taken] = []
        for index, (message, verdict) in enumerate(zip(messages, said, strict=True)):
            if not verdict.accepted:
                continue
            own = own_transid(transid, index)
            for kind, address, correlationid in addresses(message):
                one = Taken(number, own, _channel(message), kind, address, correlationid, now.isoformat(timespec="milliseconds"))
                taken.append(one)
                wanted = notice(one, message, fault.receipt or "7500", now)
                for _time in range(1 if fault.receipts is None else fault.receipts):
                    if wanted is not None:
                        self.notifier.send(wanted)
        self.store.add(taken)

    async def _status(self, request: Request) -> Response:
        refused = unauthorised(request.headers, self.key)
        found = self.store.transaction(request.path_params["transid"])
        if refused is not None or not found:
            return JSONResponse({"response": refusal(refused or answered("7600"))})
        return JSONResponse([status_record(one) for one in found])

    async def _messages(self, request: Request) -> Response:
        if request.method == "DELETE":
            self.store.clear()
            self.fed = 0
            return JSONResponse({"messages": []})
        return StreamingResponse(listed(self.store), media_type="application/json")

    async def _deliveries(self, request: Request) -> Response:
        listed = self.store.deliveries(request.query_params.get("correlationid"))
        return JSONResponse({"deliveries": sum(one["count"] for one in listed), "messages": listed})

    async def _counts(self, request: Request) -> Response:  # noqa: ARG002
        return JSONResponse({"requests": self.fed, **self.store.counts()})

    async def _requests(self, request: Request) -> Response:  # noqa: ARG002
        return JSONResponse({"requests": self.fed})

    async def _faults(self, request: Request) -> Response:
        if request.method == "POST":
            try:
                self.faults.rules.extend(read_faults((await request.body()).decode("utf-8", "replace")))
            except UsageError as error:
                return JSONResponse({"error": error.message}, 400)
        elif request.method == "DELETE":
            self.faults.rules.clear()
        return JSONResponse({"faults": len(self.faults.rules)})


def _quiet(application: ASGIApp) -> ASGIApp:
    """A cut connection is the end of its request, and nothing to tell of."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await application(scope, receive, send)
        except _CutError:
            return

    return answering


def _cut(request: Request) -> None:
    request.scope[TRANSPORT].abort()
    raise _CutError


async def _read(request: Request) -> bytes | None:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_BODY:
            return None
    return bytes(data)


def _channel(message: Any) -> str:
    channel = message.get("deliverychannel") if isinstance(message, dict) else None
    return "rt" if channel == "appmessaging" else str(channel)


def _answers_truly(fault: Fault) -> bool:
    """Whether the status and the body of the answer are the API's own."""
    return (fault.status is None or fault.status == 200) and fault.answer is None


def _response(request: Request, value: Any, fault: Fault) -> Response:
    status = fault.status or 200
    headers = {"Retry-After": fault.retry_after} if fault.retry_after is not None else {}
    # a failure that is not the API's own comes from something in front of it
    gateway = f"HTTP {status}" if status >= 400 and fault.code is None else None
    text = fault.answer if fault.answer is not None else gateway or json.dumps(value)
    if not fault.half:
        return Response(text, status, headers, media_type="application/json")

    async def broken() -> AsyncIterator[bytes]:
        yield text.encode()[: len(text) // 2]
        await asyncio.sleep(0)
        request.scope[TRANSPORT].abort()
        raise _CutError

    return StreamingResponse(broken(), status, {**headers, "content-length": str(len(text.encode()))}, media_type="application/json")
