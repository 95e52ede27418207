"""The wire: one POST over TLS that is always checked, and what can be said of it afterwards.

No redirect is followed, no proxy of the surroundings is used, no cookie is kept, and nothing is read or written beyond a limit or a
deadline.
"""

from __future__ import annotations

import math
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from msgspec_tool import __version__
from msgspec_tool.delivery.credentials import Credentials
from msgspec_tool.delivery.target import Target
from msgspec_tool.errors import PolicyError, UnreadableError

MAX_ANSWER = 4 * 1024 * 1024
"""Bytes of an answer that are read: an element of a bulk answer has some 150, and there are at most 1,000."""

ANSWER_SECONDS = 90.0
"""How long a request and its answer may take as a whole, however slowly they drip."""

TIMEOUTS = httpx.Timeout(connect=10, write=30, read=60, pool=60)
"""Seconds of each step."""

_CHUNK = 64 * 1024
_HOST_MISMATCH = (62, 63, 64)
_EXPIRED = (10,)
_NOT_YET = (9,)


@dataclass(frozen=True)
class Replied:
    """An answer; ``body`` is None where it was over the limit."""

    status: int
    body: bytes | None
    retry_after: str | None


@dataclass(frozen=True)
class NotSent:
    """No byte of the body left: the request was surely not taken."""

    reason: str


@dataclass(frozen=True)
class Lost:
    """Bytes left, and no whole answer came: nobody knows whether the request was taken."""

    reason: str


class Wire:
    """Connections to one target; used by several threads."""

    def __init__(self, where: Target, credentials: Credentials, connections: int = 4) -> None:
        self._where = where
        self._credentials = credentials
        self._deadline = _Deadline()
        # a connection that idled is closed before the platform may close it under a request
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=2)
        self._client = httpx.Client(
            verify=_context(where.ca_file, self._deadline),
            timeout=TIMEOUTS,
            limits=limits,
            cookies=_NoCookies(),
            trust_env=False,
            follow_redirects=False,
            http2=False,
        )

    def close(self) -> None:
        """End all connections."""
        self._client.close()

    def post(self, body: bytes) -> Replied | NotSent | Lost:
        """Send a body. ``PolicyError`` where the other side is not who it should be."""
        sent = threading.Event()
        try:
            return self._post(body, sent)
        except httpx.HTTPError as error:
            reason = _REASONS.get(type(error), "the connection failed")
            if sent.is_set():
                # also where TLS broke: what was read in clear after the body left does not take the body back
                return Lost(reason)
            refused = _certificate_fault(error, self._where.host)
            if refused is not None:
                raise refused from None
            return NotSent(_unreached(error, self._where) or reason)

    def _post(self, body: bytes, sent: threading.Event) -> Replied:
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": f"msgspec-tool/{__version__}",
            **self._credentials.headers(),
        }
        self._deadline.at = time.monotonic() + ANSWER_SECONDS
        with self._client.stream("POST", self._where.url, content=_chunks(body, sent), headers=headers) as response:
            retry_after = response.headers.get("retry-after")
            if response.headers.get("content-encoding", "identity").lower() != "identity":
                return Replied(response.status_code, None, retry_after)
            data = bytearray()
            for chunk in response.iter_raw():
                data += chunk
                if len(data) > MAX_ANSWER:
                    return Replied(response.status_code, None, retry_after)
            return Replied(response.status_code, bytes(data), retry_after)


_REASONS: dict[type[Exception], str] = {
    httpx.ConnectError: "no connection",
    httpx.ConnectTimeout: "no connection in time",
    httpx.PoolTimeout: "no free connection in time",
    httpx.WriteTimeout: "the request could not be written in time",
    httpx.ReadTimeout: "no answer in time",
    httpx.ReadError: "the connection broke before the answer",
    httpx.WriteError: "the connection broke while the request was written",
    httpx.RemoteProtocolError: "the connection broke in the answer",
}


def _unreached(error: BaseException, where: Target) -> str | None:
    """Why there is no connection, where the system says so; ``where`` is what a person can look at."""
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return f"the name '{where.host}' is not known, or no network is there to ask"
        if isinstance(cause, ConnectionRefusedError):
            return f"nothing listens at {urlsplit(where.url).netloc}"
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _chunks(body: bytes, sent: threading.Event) -> Iterator[bytes]:
    """The body in pieces; from the first one on it may have been taken."""
    for start in range(0, len(body), _CHUNK):
        sent.set()
        yield body[start : start + _CHUNK]


class _NoCookies(CookieJar):
    """What one answer sets is no part of the next request: the platform documents no cookie, and a malformed one fails all that follow."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        pass

    def add_cookie_header(self, request: Any) -> None:
        pass


class _Deadline(threading.local):
    """When the answer that this thread waits for must have come: seconds of ``time.monotonic``."""

    at: float = math.inf

    def bound(self, connection: ssl.SSLSocket) -> None:
        """Let the next step of a socket last no longer; ``TimeoutError`` where the time is over."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        step = connection.gettimeout()
        connection.settimeout(left if step is None else min(step, left))


def _bounded(deadline: _Deadline) -> type[ssl.SSLSocket]:
    """Sockets that read and write nothing after a deadline.

    A time-out of each step is not enough: headers that drip, and a reader who sips, meet it byte by byte.
    """

    class Bounded(ssl.SSLSocket):
        def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
            deadline.bound(self)
            return super().recv(buflen, flags)

        def send(self, data: Any, flags: int = 0) -> int:
            deadline.bound(self)
            return super().send(data, flags)

    return Bounded


def _context(ca_file: Path | None, deadline: _Deadline) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=str(ca_file) if ca_file is not None else None)
    except FileNotFoundError:
        raise UnreadableError(f"there is no certificate authority '{ca_file}'", path=str(ca_file), reason="missing") from None
    except (OSError, ssl.SSLError):
        words = f"the certificate authority '{ca_file}' can't be read"
        raise UnreadableError(words, path=str(ca_file), reason="unreadable") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = _bounded(deadline)
    # what SSLKEYLOGFILE names would open every connection, and the service key in it, to whoever reads the file
    context.keylog_filename = None  # type: ignore[assignment]
    return context


def _certificate_fault(error: BaseException, host: str) -> PolicyError | None:
    """Why the other side is not trusted, where that is what went wrong."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            words, remedy = _certificate_words(cause.verify_code, host)
            return PolicyError(words, help=remedy)
        if isinstance(cause, ssl.SSLError) and cause.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"):
            return PolicyError(f"'{host}' does not speak TLS at this port", help="the API takes nothing but HTTPS")
    return None


def _certificate_words(code: int, host: str) -> tuple[str, str]:
    if code in _HOST_MISMATCH:
        return f"the certificate of '{host}' is for another host", "check the endpoint of the environment"
    if code in _EXPIRED:
        return f"the certificate of '{host}' has expired", "nothing is sent until it is renewed"
    if code in _NOT_YET:
        return f"the certificate of '{host}' is not valid yet", "check the clock of this machine"
    return f"the certificate of '{host}' is of an unknown authority", "name the authority with ca_file or --ca-file"
