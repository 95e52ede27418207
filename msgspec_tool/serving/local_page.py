"""One page on the loopback interface, over plain HTTP, and a stream of events that tells its readers when there is another.

Pages of strangers, open in the same browser, can send requests here too. Answered are requests that name this address as it is
(a name of the stranger's, pointed at this machine, is another), and that no other page sends on its own.
"""

from __future__ import annotations

import errno
import sys
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from msgspec_tool.errors import UsageError

HOST = "127.0.0.1"
EVENTS = "/events"
"""Where readers are told of other versions: server-sent events, each with the version of the page as its data."""

_PATIENCE = 30.0
"""Seconds that a reader may take to ask, or to read."""
_HEARTBEAT = 10.0
"""Seconds after which the version is told again, so that a reader who has gone is noticed."""
_HEADERS = {
    "Allow": "GET",
    "Cache-Control": "no-store",
    # what a page can't say itself; its own policy holds besides
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class ServedPage:
    """A page as it is sent, in UTF-8, and which version it is. It says itself what it may load and run."""

    body: bytes
    version: str


class Showcase:
    """The page that is shown now; readers wait here for another."""

    def __init__(self) -> None:
        self._shown: ServedPage | None = None
        self._closed = False
        self._changed = threading.Condition()

    def show(self, page: ServedPage) -> None:
        """From now on this is the page."""
        with self._changed:
            self._shown = page
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def page(self) -> ServedPage | None:
        """The page, once there is one; None when the showcase is closed."""
        return self.other_than(None)

    def other_than(self, version: str | None, patience: float | None = None) -> ServedPage | None:
        """The page as soon as it is not of this version, or as it is after so many seconds; None when the showcase is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._shown is not None and self._shown.version != version), patience)
            return None if self._closed else self._shown


class PageServer:
    """Serves a page to readers on this machine while it is entered. Port 0 takes a free one; :attr:`port` says which."""

    def __init__(self, port: int) -> None:
        """Take the address; ``UsageError`` where another program has it."""
        self.showcase = Showcase()
        try:
            self._server = _Server((HOST, port), self.showcase)
        except OSError as error:
            help = "--port 0 takes a free one" if error.errno == errno.EADDRINUSE else "--port names another, --port 0 takes a free one"
            raise UsageError(f"port {port} of {HOST} can't be taken: {error.strerror or error}", help=help) from error
        self.port: int = self._server.server_address[1]
        self.url = f"http://{HOST}:{self.port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="readers", daemon=True)

    def __enter__(self) -> PageServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.showcase.close()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], showcase: Showcase) -> None:
        self.showcase = showcase
        super().__init__(address, _Reader)
        self.names = tuple(f"{name}:{self.server_address[1]}" for name in (HOST, "localhost"))
        """What this address is called in a request."""

    def server_bind(self) -> None:
        """Take the address; the name that the network has for it is not asked for."""
        TCPServer.server_bind(self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who goes away in the middle of an answer is nobody's mistake."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Reader(BaseHTTPRequestHandler):
    """One connection."""

    server: _Server
    protocol_version = "HTTP/1.1"
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "%(code)d %(message)s: %(explain)s\n"
    timeout = _PATIENCE

    def parse_request(self) -> bool:
        """Read a request; False where it was refused."""
        if not super().parse_request():
            return False
        refusal = self._refusal()
        if refusal is not None:
            self.send_error(*refusal)
        return refusal is None

    @property
    def _asked(self) -> str:
        return self.path.partition("?")[0]

    def _refusal(self) -> tuple[HTTPStatus, str | None, str] | None:
        if self.command != "GET":
            return HTTPStatus.METHOD_NOT_ALLOWED, None, "this page is only read"
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or hosts[0].strip().lower() not in self.server.names:
            return HTTPStatus.MISDIRECTED_REQUEST, None, f"this is http://{self.server.names[0]}/"
        # browsers say who asks; other programs on this machine say nothing
        asks = self.headers.get("Sec-Fetch-Site", "none")
        opened = (self.headers.get("Sec-Fetch-Mode"), self.headers.get("Sec-Fetch-Dest")) == ("navigate", "document")
        if asks not in ("none", "same-origin") and not opened:
            return HTTPStatus.FORBIDDEN, None, "another page asks for this one"
        if self._asked not in ("/", EVENTS):
            return HTTPStatus.NOT_FOUND, None, "there is one page, and this is not it"
        return None

    def do_GET(self) -> None:
        """Answer a request that was not refused."""
        if self._asked == EVENTS:
            self._tell()
            return
        page = self.server.showcase.page()
        if page is None:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE, None, "the preview has ended")
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        self.wfile.write(page.body)

    def _tell(self) -> None:
        """The version of the page, and of each that follows, until the reader has gone."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"retry: 500\n\n")
        page = self.server.showcase.page()
        while page is not None:
            self.wfile.write(f"data: {page.version}\n\n".encode())
            page = self.server.showcase.other_than(page.version, _HEARTBEAT)

    def end_headers(self) -> None:
        """Say to the browser what holds for every answer."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def version_string(self) -> str:
        """The program's name is enough."""
        return "msgspec-tool"

    def log_message(self, format: str, *arguments: object) -> None:
        """Requests are nothing that a person at the terminal waits for."""
