"""An ASGI application behind HTTPS on one address, until it is interrupted."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from msgspec_tool.errors import UsageError
from msgspec_tool.serving.authority import Certificate

TRANSPORT = "msgspec.transport"
"""Where a request's scope has the connection itself, for applications that cut it."""

_KEEP_ALIVE = 30


class _Protocol(H11Protocol):
    """HTTP/1.1 that hands each request its connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        application: Any = self.app

        async def connected(scope: Any, receive: Any, send: Any) -> None:
            scope[TRANSPORT] = transport
            await application(scope, receive, send)

        self.app = connected


@dataclass
class HttpsServer:
    """One server; :meth:`run` returns after :meth:`stop` or an interrupt. Port 0 takes a free one, :attr:`port` says which."""

    application: Any
    certificate: Certificate
    host: str = "127.0.0.1"
    port: int = 0
    ready: Callable[[], None] = lambda: None
    """Called when connections are taken."""
    closing: Callable[[], Awaitable[None]] | None = None
    """Awaited when no more connections are taken."""
    _server: uvicorn.Server | None = field(default=None, init=False)
    _socket: socket.socket | None = field(default=None, init=False)

    def bind(self) -> None:
        """Take the address; ``UsageError`` where another program has it."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        # asyncio turns Nagle's delays off only where the protocol is named
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((self.host, self.port))
            listening.listen(128)
        except OSError as error:
            listening.close()
            reason = error.strerror or str(error)
            raise UsageError(f"port {self.port} of {self.host} can't be taken: {reason}", help="--port 0 takes a free one") from error
        self._socket = listening
        self.port = listening.getsockname()[1]

    def run(self) -> None:
        """Serve."""
        if self._socket is None:
            self.bind()
        assert self._socket is not None
        config = uvicorn.Config(
            self.application,
            http=_Protocol,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=1,
            ssl_certfile=self.certificate.server_file,
        )
        self._server = _Ready(config, self.ready, self.closing)
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Let :meth:`run` return; may be called from another thread."""
        if self._server is not None:
            self._server.should_exit = True


class _Ready(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], closing: Callable[[], Awaitable[None]] | None) -> None:
        super().__init__(config)
        self._ready = ready
        self._closing = closing

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        if self._closing is not None:
            await self._closing()
        # a client that never answers the end of TLS must not keep a connection open behind the loop's back
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0.05)
