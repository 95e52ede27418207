"""The page server: what it answers, to whom, and what it tells of other versions."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator

import pytest

from msgspec_tool.errors import ExitCode, UsageError
from msgspec_tool.serving.local_page import PageServer, ServedPage

ONE = ServedPage(b"<!doctype html><title>One</title>", "v1")
TWO = ServedPage(b"<!doctype html><title>Two</title>", "v2")
COMMON = {
    "Server": "msgspec-tool",
    "Allow": "GET",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer(0) as one:
        one.showcase.show(ONE)
        yield one


def answer(server: PageServer, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (the date aside) and body of one request; a header's name is written with _ for -."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, {name: value for name, value in response.getheaders() if name != "Date"}, response.read()
    finally:
        connection.close()


def said(server: PageServer, request: bytes) -> bytes:
    """All that is answered to these bytes, until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_page(server: PageServer) -> None:
    kind = {"Content-Type": "text/html; charset=utf-8", "Content-Length": "33"}
    assert answer(server) == (200, COMMON | kind, ONE.body)
    assert answer(server, "/?channel=sms")[2] == ONE.body
    server.showcase.show(TWO)
    assert answer(server)[2] == TWO.body


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_its_own_names(server: PageServer, name: str) -> None:
    assert answer(server, Host=f"{name}:{server.port}")[0] == 200


@pytest.mark.parametrize("name", ["evil.example:{port}", "evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", ""])
def test_a_name_of_somebody_else(server: PageServer, name: str) -> None:
    status, headers, body = answer(server, Host=name.format(port=server.port))
    assert (status, headers["Content-Type"]) == (421, "text/plain; charset=utf-8")
    assert body.decode() == f"421 Misdirected Request: this is http://127.0.0.1:{server.port}/\n"


def test_no_name_and_two_names(server: PageServer) -> None:
    own = f"Host: 127.0.0.1:{server.port}\r\n".encode()
    assert said(server, b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 421 ")
    assert said(server, b"GET / HTTP/1.1\r\n" + own + b"Host: evil.example\r\n\r\n").startswith(b"HTTP/1.1 421 ")
    assert said(server, b"GET / HTTP/1.1\r\n" + own + b"Connection: close\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    assert said(server, b"GET http://evil.example/ HTTP/1.1\r\n" + own + b"\r\n").startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "NONSENSE"])
def test_it_is_only_read(server: PageServer, method: str) -> None:
    status, headers, _body = answer(server, method=method)
    assert (status, headers["Allow"], headers["Connection"]) == (405, "GET", "close")


@pytest.mark.parametrize("path", ["/favicon.ico", "/msgspec.yaml", "/../msgspec.yaml", "/events/", "/%2e%2e/", "*", "/#"])
def test_there_is_nothing_else(server: PageServer, path: str) -> None:
    assert answer(server, path)[0] == 404


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("none", "navigate", "document", 200),
        ("same-origin", "cors", "empty", 200),
        ("cross-site", "navigate", "document", 200),
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "no-cors", "script", 403),
        ("cross-site", "no-cors", "image", 403),
        ("same-site", "cors", "empty", 403),
        ("same-site", "no-cors", "object", 403),
    ],
)
def test_who_asks(server: PageServer, site: str, mode: str, dest: str, status: int) -> None:
    assert answer(server, Sec_Fetch_Site=site, Sec_Fetch_Mode=mode, Sec_Fetch_Dest=dest)[0] == status


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"\r\n", b""),
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"505"),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_request(server: PageServer, request_: bytes, status: bytes) -> None:
    assert status in said(server, request_)[:80]
    assert answer(server)[0] == 200


def test_readers_are_told_of_other_versions(server: PageServer, capfd: pytest.CaptureFixture[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/events")
    response = connection.getresponse()
    assert response.getheader("Content-Type") == "text/event-stream"
    assert [response.readline() for _ in range(4)] == [b"retry: 500\n", b"\n", b"data: v1\n", b"\n"]
    server.showcase.show(TWO)
    assert [response.readline() for _ in range(2)] == [b"data: v2\n", b"\n"]
    server.showcase.close()
    assert response.read() == b""
    connection.close()
    assert answer(server)[0] == 503
    assert capfd.readouterr() == ("", "")


def test_a_reader_who_goes_away(server: PageServer, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        assert connection.recv(10) == b"HTTP/1.1 2"
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    for page in (TWO, ONE, TWO):
        server.showcase.show(page)
        assert answer(server)[2] == page.body
    assert capfd.readouterr() == ("", "")


def test_a_taken_port(server: PageServer) -> None:
    with pytest.raises(UsageError) as raised:
        PageServer(server.port)
    assert raised.value.message == f"port {server.port} of 127.0.0.1 can't be taken: Address already in use"
    assert (raised.value.help, raised.value.exit_code) == ("--port 0 takes a free one", ExitCode.USAGE)


def test_the_port_is_free_again() -> None:
    with PageServer(0) as one:
        port = one.port
    with PageServer(port) as other:
        other.showcase.show(TWO)
        assert answer(other)[2] == TWO.body
