"""``receive``: an endpoint for delivery notifications that puts them into a plan's ledger."""

from __future__ import annotations

import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from msgspec_tool.delivery.credentials import Secret
from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.receipts import is_signed, read_receipt
from msgspec_tool.errors import ToolError

MAX_BODY = 1024 * 1024


def receiver(ledger: Ledger, key: bytes, secret: Secret | None) -> Any:
    """The ASGI application. It answers 200 when a notification is on disk, and to HEAD, which the platform asks when a URL is saved.

    401 for a wrong signature, 400 for what is no notification (the platform does not repeat it), 503 while the ledger can't be written
    (the platform does).
    """

    async def take(request: Request) -> Response:
        if request.method == "HEAD":
            return Response()
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return Response(status_code=413)
        if secret is not None and not is_signed(secret, bytes(body), request.headers.get("x-hub-signature")):
            return Response(status_code=401)
        return _kept(bytes(body))

    def _kept(body: bytes) -> Response:
        try:
            receipt = read_receipt(json.loads(body.decode("utf-8")))
        except (ValueError, RecursionError):
            receipt = None
        if receipt is None:
            return Response(status_code=400)
        try:
            ledger.add_receipts([receipt.row(key)])
        except ToolError:
            return Response(status_code=503)
        return Response()

    return Starlette(routes=[Route("/{path:path}", take, methods=["POST", "HEAD"])])
