"""A sandbox in this process: real HTTPS on a free port, served by a thread."""

from __future__ import annotations

import contextlib
import ssl
import threading
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from msgspec_tool.sandbox.api import Sandbox
from msgspec_tool.sandbox.faults import Fault
from msgspec_tool.serving.authority import Certificate, certificate
from msgspec_tool.serving.server import HttpsServer

KEY = "sandbox-key"


def jwt_secret(key: str) -> str:
    """The service secret that belongs to a sandbox's key, as the documentation says."""
    return b64encode(key.encode().ljust(32, b"\0")).decode()


@dataclass(frozen=True)
class Running:
    """A sandbox that listens, and a client that trusts it."""

    sandbox: Sandbox
    server: HttpsServer
    client: httpx.Client

    @property
    def base(self) -> str:
        return f"https://localhost:{self.server.port}"

    @property
    def url(self) -> str:
        return f"{self.base}/resources/v1/messaging"

    @property
    def ca_file(self) -> Path:
        return self.server.certificate.ca_file

    def post(self, body: object, **headers: str) -> httpx.Response:
        """A request with the right key, unless headers say otherwise."""
        given = {"key": KEY, **headers}
        data = {"content": body} if isinstance(body, (bytes, str)) else {"json": body}
        return self.client.post(self.url, headers={name: value for name, value in given.items() if value}, **data)  # type: ignore[arg-type]

    def fail(self, **fault: Any) -> None:
        """Add a fault."""
        self.sandbox.faults.rules.append(Fault(**fault))

    def counts(self) -> dict[str, int]:
        return self.sandbox.store.counts()

    def reset(self) -> None:
        """As new."""
        self.sandbox.store.clear()
        self.sandbox.faults.rules.clear()
        self.sandbox.fed = 0


@contextlib.contextmanager
def serving(
    application: Any, files: Certificate, host: str = "127.0.0.1", closing: Callable[[], Awaitable[None]] | None = None
) -> Iterator[HttpsServer]:
    """The application behind HTTPS, until the block ends."""
    listening = threading.Event()
    server = HttpsServer(application, files, host=host, ready=listening.set, closing=closing)
    server.bind()
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert listening.wait(20)
    try:
        yield server
    finally:
        server.stop()
        thread.join(20)


@contextlib.contextmanager
def running(folder: Path, **settings: Any) -> Iterator[Running]:
    """A sandbox whose authority lies in the folder."""
    sandbox = Sandbox(KEY, **settings)
    with serving(sandbox.application(), certificate(folder), closing=lambda: sandbox.notifier.close()) as server:
        context = ssl.create_default_context(cafile=str(server.certificate.ca_file))
        with httpx.Client(verify=context, trust_env=False) as client:
            yield Running(sandbox, server, client)
    sandbox.store.close()
