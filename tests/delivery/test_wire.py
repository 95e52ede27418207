"""The wire against servers that are not what they should be: each refused with its own words, and nothing of it lost."""

from __future__ import annotations

import contextlib
import datetime
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from msgspec_tool.delivery.credentials import Secret, ServiceKey
from msgspec_tool.delivery.target import Target
from msgspec_tool.delivery.wire import MAX_ANSWER, Lost, NotSent, Replied, Wire
from msgspec_tool.errors import PolicyError, UnreadableError
from tests.delivery.places import Place, sms

AUTHORITY = trustme.CA()


@contextmanager
def server(answer: Callable[[socket.socket], None], certificate: trustme.LeafCert | None) -> Iterator[int]:
    """One connection after another, each given to ``answer``; over TLS where there is a certificate."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                try:
                    if certificate is None:
                        answer(connection)
                        continue
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    certificate.configure_cert(context)
                    with context.wrap_socket(connection, server_side=True) as secure:
                        answer(secure)
                except (OSError, ValueError):
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        # a thread in accept() does not notice that its socket is closed
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)


def read_request(connection: socket.socket) -> None:
    """All of it: a socket that is closed over unread bytes takes its answer back."""
    data = b""
    while b"\r\n\r\n" not in data or not data.endswith(b"}"):
        data += connection.recv(65536)


def wire(port: int, folder: Path, ca: trustme.CA | None = AUTHORITY) -> Wire:
    ca_file = folder / "ca.pem"
    if ca is not None:
        ca.cert_pem.write_to_path(str(ca_file))
    return Wire(Target(f"https://localhost:{port}/x", "localhost", True, ca_file if ca else None), ServiceKey(Secret("sandbox-k")))


def says(head: bytes, *chunks: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")
        for chunk in chunks:
            connection.sendall(chunk)

    return answer


def nonsense(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(b"nonsense\r\n\r\n")


def expired() -> trustme.LeafCert:
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
    return AUTHORITY.issue_cert("localhost", not_before=long_ago, not_after=long_ago + datetime.timedelta(days=9))


def too_early() -> trustme.LeafCert:
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=9)
    return AUTHORITY.issue_cert("localhost", not_before=later, not_after=later + datetime.timedelta(days=9))


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (lambda: AUTHORITY.issue_cert("other.example.com"), "the certificate of 'localhost' is for another host"),
        (expired, "the certificate of 'localhost' has expired"),
        (too_early, "the certificate of 'localhost' is not valid yet"),
        (lambda: trustme.CA().issue_cert("localhost"), "the certificate of 'localhost' is of an unknown authority"),
        (lambda: None, "'localhost' does not speak TLS at this port"),
    ],
    ids=["host", "expired", "early", "authority", "plain"],
)
def test_who_is_not_trusted(certificate: Callable[[], trustme.LeafCert | None], words: str, tmp_path: Path) -> None:
    def answer(connection: socket.socket) -> None:
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with server(answer, certificate()) as port:
        one = wire(port, tmp_path)
        with pytest.raises(PolicyError) as caught:
            one.post(b"{}")
        one.close()
    assert caught.value.message == words


def test_an_authority_of_the_system_does_not_know_a_sandbox(tmp_path: Path) -> None:
    with server(says(b""), AUTHORITY.issue_cert("localhost")) as port:
        one = wire(port, tmp_path, ca=None)
        with pytest.raises(PolicyError, match="unknown authority"):
            one.post(b"{}")
        one.close()


def test_an_authority_that_is_none(tmp_path: Path) -> None:
    for name, words in (("none.pem", "there is no certificate authority"), ("text.pem", "can't be read")):
        (tmp_path / "text.pem").write_text("text")
        with pytest.raises(UnreadableError, match=words):
            Wire(Target("https://localhost/", "localhost", True, tmp_path / name), ServiceKey(Secret("k")))


def test_nobody_there(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    one = wire(port, tmp_path)
    assert one.post(b"{}") == NotSent("no connection")
    one.close()


def test_tls_that_breaks_before_anything_is_sent(tmp_path: Path) -> None:
    with server(lambda connection: None, None) as port:
        one = wire(port, tmp_path)
        assert isinstance(one.post(b"{}"), NotSent)
        one.close()


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (says(b"Content-Length: 2\r\n", b"{}"), Replied(200, b"{}", None)),
        (says(b"Retry-After: 7\r\nContent-Length: 2\r\n", b"{}"), Replied(200, b"{}", "7")),
        (says(b"Content-Encoding: gzip\r\nContent-Length: 2\r\n", b"{}"), Replied(200, None, None)),
        (says(b"", b"x" * (MAX_ANSWER // 2), b"y" * MAX_ANSWER), Replied(200, None, None)),
        (says(b"Content-Length: 9\r\n", b"{}"), Lost("the connection broke in the answer")),
        (nonsense, Lost("the connection broke in the answer")),
    ],
    ids=["whole", "retry-after", "packed", "endless", "short", "nonsense"],
)
def test_answers(answer: Callable[[socket.socket], None], reply: object, tmp_path: Path) -> None:
    with server(answer, AUTHORITY.issue_cert("localhost")) as port:
        one = wire(port, tmp_path)
        assert one.post(b'{"a": 1}') == reply
        one.close()


def dripping(head: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    """A drop every few milliseconds, as long as somebody listens."""

    def answer(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head)
        with contextlib.suppress(OSError):
            while True:
                connection.sendall(drop)
                time.sleep(0.005)

    return answer


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["body", "headers", "interim", "chunks"],
)
def test_a_slow_drip(head: bytes, drop: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgspec_tool.delivery.wire.ANSWER_SECONDS", 0.2)
    with server(dripping(head, drop), AUTHORITY.issue_cert("localhost")) as port:
        one = wire(port, tmp_path)
        assert one.post(b"{}") == Lost("no answer in time")
        one.close()


def test_a_body_that_nobody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgspec_tool.delivery.wire.ANSWER_SECONDS", 0.2)

    def sip(connection: socket.socket) -> None:
        while connection.recv(100):
            time.sleep(0.005)

    with server(sip, AUTHORITY.issue_cert("localhost")) as port:
        one = wire(port, tmp_path)
        assert one.post(b"x" * 32 * 1024 * 1024) == Lost("the request could not be written in time")
        one.close()


def in_clear(connection: socket.socket) -> None:
    """What a box on the way puts into the connection when it loses patience."""
    read_request(connection)
    os.write(connection.fileno(), b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")


def test_tls_that_breaks_after_the_body_left(tmp_path: Path) -> None:
    """The request may have been taken: to call the other side untrusted would send it again."""
    with server(in_clear, AUTHORITY.issue_cert("localhost")) as port:
        one = wire(port, tmp_path)
        assert one.post(b'{"a": 1}') == Lost("the connection broke before the answer")
        one.close()


def test_no_cookie_is_kept(tmp_path: Path) -> None:
    heads: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        for _request in range(2):
            heads.append(connection.recv(65536))
            while not heads[-1].endswith(b"{}"):
                heads[-1] += connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nSet-Cookie: \xff=\x01; expires=x\r\nContent-Length: 2\r\n\r\n{}")

    with server(answer, AUTHORITY.issue_cert("localhost")) as port:
        one = wire(port, tmp_path)
        assert one.post(b"{}") == one.post(b"{}") == Replied(200, b"{}", None)
        one.close()
    assert len(heads) == 2
    assert b"cookie" not in heads[1].lower()


def test_a_log_of_session_keys_is_not_kept(place: Place) -> None:
    place.variables["SSLKEYLOGFILE"] = str(place.folder / "keys.log")
    place.plan([sms(1)])
    assert place.confirmed()[0] == 0
    log = place.folder / "keys.log"
    assert not log.exists() or log.read_text().count("\n") <= 1


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_no_proxy_of_the_surroundings_is_used(place: Place, name: str) -> None:
    place.variables[name] = "http://127.0.0.1:1"
    place.plan([sms(1)])
    assert place.confirmed()[0] == 0


def test_no_redirect_is_followed(place: Place) -> None:
    place.plan([sms(1)])
    place.sandbox.fail(status=307, answer="elsewhere")
    assert place.confirmed()[0] == 5
    assert place.addresses() == {"unknown": 1}
    assert place.sandbox.sandbox.fed == 1


def test_a_wrong_authority_sends_nothing_and_can_be_resumed(place: Place, tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))
    place.plan([sms(1)])
    code, _, said = place.submit("--confirm", "--ca-file", "other.pem")
    assert (code, "is of an unknown authority" in said) == (6, True)
    assert place.confirmed()[0] == 0
    assert list(place.delivered().values()) == [1]
