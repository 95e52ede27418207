"""The sandbox over real HTTPS: answers, memory, faults, notifications, and the command that runs it."""

from __future__ import annotations

import asyncio
import hmac
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from unittest import mock

import httpx
import jwt
import pytest

from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.sandbox.faults import read_faults
from msgspec_tool.sandbox.notifications import NOT_RETRIED, RETRIES, RETRY_SECONDS, Notice, Notifier, notice
from msgspec_tool.sandbox.store import Taken
from msgspec_tool.serving.authority import certificate
from msgspec_tool.serving.server import HttpsServer
from tests.cli.inside import run
from tests.command import environment
from tests.command import run as finished
from tests.sandbox.running import KEY, Running, jwt_secret, serving

SMS: dict[str, Any] = {
    "deliverychannel": "sms",
    "channels": {"sms": {"text": "Hello"}},
    "destination": [{"msisdn": ["+447700900001"], "correlationid": "c-1"}],
}


def refused(response: httpx.Response) -> str:
    assert list(response.json()["response"]) == ["code", "description", "transid"]
    return str(response.json()["response"]["code"])


def test_an_accepted_message(sandbox: Running) -> None:
    (answer,) = sandbox.post(SMS).json()["response"]
    assert (answer["code"], answer["description"]) == ("1001", "Queued")
    listed = sandbox.client.get(f"{sandbox.base}/sandbox/messages").json()
    assert listed == {
        "messages": [
            {"transid": answer["transid"], "deliverychannel": "sms", "address": "+447700900001", "correlationid": "c-1", "request": 1}
        ]
    }


def test_a_bulk_answer_counts_its_elements(sandbox: Running) -> None:
    answer = sandbox.post([SMS, {**SMS, "correlationid": "own"}, SMS]).json()["response"]
    first = answer[0]["transid"]
    assert [one["transid"] for one in answer] == [first, f"{first}_1", f"{first}_2"]
    assert [one["correlationid"] for one in answer] == ["", "own", ""]
    assert sandbox.counts() == {"deliveries": 3, "different": 1, "twice": 1}


def test_checks_come_in_the_documented_order(sandbox: Running) -> None:
    assert refused(sandbox.post(b"{", key="")) == "7002"
    assert refused(sandbox.post(b"{", key="wrong")) == "7001"
    assert refused(sandbox.post(b"{")) == "7000"
    assert refused(sandbox.post({"destination": [{"msisdn": ["1"] * 1001}]})) == "7009"
    assert refused(sandbox.post({})) == "7003"
    with mock.patch.object(sandbox.sandbox, "tps", 1):
        assert refused(sandbox.post({**SMS, "priority": 9})) == "7004"
        assert sandbox.post(SMS).json()["response"][0]["code"] == "1001"
        assert refused(sandbox.post(SMS)) == "7020"
        time_passed = [one - 1 for one in sandbox.sandbox._times]
        sandbox.sandbox._times.clear()
        sandbox.sandbox._times.extend(time_passed)
        assert sandbox.post(SMS).json()["response"][0]["code"] == "1001"


def token(issuer: str = KEY, secret: str = KEY, age: int = 0) -> str:
    from base64 import b64decode

    return jwt.encode({"iss": issuer, "iat": int(time.time()) - age}, b64decode(jwt_secret(secret)), algorithm="HS256")


@pytest.mark.parametrize(
    ("bearer", "code"),
    [(token(), "1001"), (token(age=3700), "7001"), (token(issuer="other"), "7001"), (token(secret="sandbox-b"), "7001"), ("x", "7001")],
)
def test_a_token_wins_over_a_key(sandbox: Running, bearer: str, code: str) -> None:
    answer = sandbox.post(SMS, authorization=f"Bearer {bearer}").json()["response"]
    assert (answer[0] if isinstance(answer, list) else answer)["code"] == code


def test_the_status_of_a_transaction(sandbox: Running) -> None:
    transid = sandbox.post(SMS).json()["response"][0]["transid"]
    status = f"{sandbox.url}/status/"
    (record,) = sandbox.client.get(status + transid, headers={"key": KEY}).json()
    assert (record["transactionid"], record["to"], record["status"], record["type"]) == (
        transid,
        "+447700900001",
        "delivered",
        "outbound-api",
    )
    assert refused(sandbox.client.get(status + "nothing", headers={"key": KEY})) == "7600"
    assert refused(sandbox.client.get(status + transid)) == "7002"


def test_it_remembers_and_forgets(sandbox: Running) -> None:
    sandbox.post(SMS)
    sandbox.post(SMS)
    get = sandbox.client.get
    assert get(f"{sandbox.base}/sandbox/deliveries", params={"correlationid": "c-1"}).json() == {
        "deliveries": 2,
        "messages": [{"correlationid": "c-1", "deliverychannel": "sms", "address": "+447700900001", "count": 2}],
    }
    assert get(f"{sandbox.base}/sandbox/deliveries").json()["deliveries"] == 2
    assert get(f"{sandbox.base}/sandbox/counts").json() == {"requests": 2, "deliveries": 2, "different": 1, "twice": 1}
    sandbox.client.delete(f"{sandbox.base}/sandbox/messages")
    assert get(f"{sandbox.base}/sandbox/messages").json() == {"messages": []}


def test_a_body_over_the_limit(sandbox: Running) -> None:
    with mock.patch("msgspec_tool.sandbox.api.MAX_BODY", 10):
        response = sandbox.post(SMS)
    assert (response.status_code, refused(response)) == (413, "7000")


@pytest.mark.parametrize("fault", [{"cut": "before"}, {"cut": "during"}, {"cut": "after"}, {"half": True}, {"lost": True}])
def test_cut_connections(sandbox: Running, fault: dict[str, Any]) -> None:
    sandbox.fail(**fault)
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        sandbox.post(SMS)
    assert sandbox.counts()["deliveries"] == (1 if "lost" in fault or "half" in fault else 0)
    assert sandbox.post(SMS).status_code == 200


def test_the_first_rule_that_fits_counts(sandbox: Running) -> None:
    """Also where a later one would cut before there is anything to read."""
    sandbox.fail(status=503)
    sandbox.fail(cut="before")
    assert sandbox.post(SMS).status_code == 503
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        sandbox.post(SMS)
    assert sandbox.post(SMS).status_code == 200


def test_answers_that_are_wrong(sandbox: Running) -> None:
    for fault in (
        {"status": 503},
        {"status": 503, "taken": True},
        {"answer": "<html>"},
        {"elements": 1},
        {"elements": 3},
        {"retry_after": "7"},
    ):
        sandbox.fail(**fault)
    responses = [sandbox.post([SMS, SMS]) for _number in range(6)]
    assert [one.status_code for one in responses] == [503, 503, 200, 200, 200, 200]
    assert responses[2].text == "<html>"
    assert [len(one.json()["response"]) for one in responses[3:5]] == [1, 3]
    assert responses[5].headers["retry-after"] == "7"
    assert sandbox.counts()["deliveries"] == 8


@pytest.mark.parametrize(
    ("fault", "body", "headers", "told"),
    [
        ("7007", b"{", {}, "7007"),
        ("7007", b"{", {"key": "wrong"}, "7001"),
        ("7010", {}, {}, "7003"),
        ("7010", SMS, {}, "7010"),
        ("7020", {**SMS, "priority": 9}, {}, "7004"),
        ("7103", {}, {}, "7003"),
    ],
)
def test_a_fault_takes_its_place_in_the_documented_order(
    sandbox: Running, fault: str, body: Any, headers: dict[str, str], told: str
) -> None:
    sandbox.fail(code=fault)
    assert refused(sandbox.post(body, **headers)) == told


def test_refusals_on_demand(sandbox: Running) -> None:
    sandbox.fail(code="7007")
    sandbox.fail(code="7102", element=1)
    sandbox.fail(code="7102", element=9, delay=0.001)
    sandbox.fail(code="7103", address="+447700900001", times=2)
    assert refused(sandbox.post([SMS, SMS])) == "7007"
    assert [one["code"] for one in sandbox.post([SMS, SMS]).json()["response"]] == ["1001", "7102"]
    assert [one["code"] for one in sandbox.post([SMS, SMS]).json()["response"]] == ["1001", "1001"]
    assert [refused(sandbox.post(SMS)) for _number in range(2)] == ["7103", "7103"]
    assert sandbox.post(SMS).json()["response"][0]["code"] == "1001"


def test_faults_choose_their_requests(sandbox: Running) -> None:
    faults = [{"request": 2, "code": "7006"}, {"correlationid": "c-2", "channel": "sms", "code": "7109", "times": 0}]
    assert sandbox.client.post(f"{sandbox.base}/sandbox/faults", json=faults).json() == {"faults": 2}
    assert sandbox.post(SMS).json()["response"][0]["code"] == "1001"
    assert refused(sandbox.post(SMS)) == "7006"
    other = {**SMS, "destination": [{"msisdn": ["+447700900002"], "correlationid": "c-2"}]}
    assert [refused(sandbox.post(other)) for _number in range(2)] == ["7109", "7109"]
    assert sandbox.client.get(f"{sandbox.base}/sandbox/faults").json() == {"faults": 1}
    assert sandbox.client.delete(f"{sandbox.base}/sandbox/faults").json() == {"faults": 0}
    assert sandbox.client.post(f"{sandbox.base}/sandbox/faults", content=b"{").status_code == 400


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "the faults are not JSON"),
        ("3", "the faults are not a list of rules"),
        ("[3]", "fault 1 is not a mapping"),
        ('[{}, {"cod": "1"}]', "fault 2 has the unknown key 'cod'"),
        ('[{"cut": "never"}]', "fault 1: 'cut' can't be 'never'"),
        ('[{"status": 99}]', "fault 1: 'status' can't be 99"),
        ('[{"status": "503"}]', "fault 1: 'status' can't be '503'"),
        ('[{"delay": -1}]', "fault 1: 'delay' can't be -1"),
        ('[{"lost": 1}]', "fault 1: 'lost' can't be 1"),
    ],
)
def test_faults_that_are_wrong(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_faults(text)


TAKEN = Taken(1, "t-1", "sms", "msisdn", "+447700900001", "c-1", "2030-01-01T00:00:00.000+00:00")


def test_what_a_notification_says() -> None:
    from datetime import datetime, timezone

    now = datetime(2030, 1, 1, 10, tzinfo=timezone.utc)
    message = {"notifyurl": "https://127.0.0.1:9/dr", "callbackData": "campaign=7"}
    wanted = notice(TAKEN, message, "7207", now)
    assert wanted is not None
    assert wanted.body["deliveryInfoNotification"] == {
        "deliveryInfo": {
            "timeStamp": "2030-01-01T10:00:00.000+00:00",
            "Description": "Failed",
            "code": "7207",
            "deliveryChannel": "SMS",
            "additionalInfo": "",
            "destination": "447700900001",
            "destinationType": "msisdn",
            "deliveryStatus": "Failed",
        },
        "subtid": "",
        "transid": "t-1",
        "callbackData": "campaign=7",
        "correlationid": "c-1",
    }
    assert notice(TAKEN, {"notifyurl": "https://hooks.example.com/dr"}, "7500", now) is None
    assert notice(TAKEN, {"notifyurl": "https://[::1/dr"}, "7500", now) is None
    assert notice(TAKEN, {}, "7500", now) is None


@pytest.mark.parametrize(
    ("statuses", "asked"), [([200], 1), ([500, 503, 200], 3), ([500] * 9, RETRIES + 1), ([None, 404], 2), ([410], 1), ([302], 1)]
)
def test_notifications_are_tried_again_as_documented(statuses: list[int | None], asked: int, tmp_path: Path) -> None:
    pauses: list[float] = []
    left = list(statuses)

    class Client:
        async def post(self, url: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
            assert headers == {"Content-Type": "application/json"}
            status = left.pop(0)
            if status is None:
                raise httpx.ConnectError("no")
            return httpx.Response(status)

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    asyncio.run(Notifier(pause=pause)._deliver(Client(), Notice("https://localhost/x", {})))
    assert len(statuses) - len(left) == asked
    assert pauses == [RETRY_SECONDS] * (asked - 1)
    assert 200 in NOT_RETRIED


def test_a_notification_arrives(sandbox: Running) -> None:
    from threading import Event

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    got: list[Any] = []
    signatures: list[str] = []
    arrived = Event()

    async def take(request: Request) -> Response:
        got.append(await request.json())
        known = hmac.new(b"s3cret", await request.body(), "sha256").hexdigest()
        signatures.append(request.headers["x-hub-signature"].replace(known, "right"))
        if len(got) == 2:
            arrived.set()
        return Response()

    with serving(Starlette(routes=[Route("/dr", take, methods=["POST"])]), sandbox.server.certificate) as receiver:
        sandbox.sandbox.notifier.ca_file = str(sandbox.ca_file)
        sandbox.fail(receipts=2)
        with mock.patch.object(sandbox.sandbox.notifier, "secret", "s3cret"):
            sandbox.post({**SMS, "notifyurl": f"https://localhost:{receiver.port}/dr"})
            assert arrived.wait(20)
    assert signatures == ["sha256=right"] * 2
    assert got[0] == got[1]
    assert got[0]["deliveryInfoNotification"]["correlationid"] == "c-1"


def test_an_authority_is_made_once(tmp_path: Path) -> None:
    first = certificate(tmp_path).ca_file.read_bytes()
    assert certificate(tmp_path).ca_file.read_bytes() == first
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    (tmp_path / "ca.pem").write_text("nothing")
    with pytest.raises(UnreadableError, match="can't be read"):
        certificate(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreadableError, match="can't hold the certificate authority"):
        certificate(tmp_path / "file" / "below")


def test_a_port_that_is_taken(sandbox: Running) -> None:
    with pytest.raises(UsageError, match="can't be taken"):
        HttpsServer(None, sandbox.server.certificate, port=sandbox.server.port).run()
    HttpsServer(None, sandbox.server.certificate).stop()


def test_the_command(tmp_path: Path) -> None:
    faults = tmp_path / "faults.json"
    faults.write_text('[{"request": 1, "code": "7007"}]')
    arguments = ["--port", "0", "--ready-file", "ready.json", "--faults", "faults.json", "--tps", "100"]
    command = [sys.executable, "-m", "msgspec_tool", "sandbox", *arguments]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        lines = dict(process.stdout.readline().rstrip("\n").split(": ", 1) for _number in range(3))
        while not (tmp_path / "ready.json").exists():
            assert process.poll() is None
            time.sleep(0.01)
        ready = json.loads((tmp_path / "ready.json").read_text())
        assert ready == {**lines, "pid": process.pid}
        assert ready["key"].startswith("sandbox-")
        context = __import__("ssl").create_default_context(cafile=ready["ca_file"])
        with httpx.Client(verify=context, trust_env=False, headers={"key": ready["key"]}) as client:
            assert refused(client.post(ready["url"], json=SMS)) == "7007"
            assert client.post(ready["url"], json=SMS).json()["response"][0]["code"] == "1001"
        assert not Path(ready["ca_file"]).is_relative_to(tmp_path)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        process.stdout.close()
    assert not Path(ready["ca_file"]).exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--key", "real"], 2, "begins with 'sandbox-'"),
        (["--key", "sandbox-ä"], 2, "begins with 'sandbox-'"),
        (["--faults", "none.json"], 3, "the faults 'none.json' can't be read: No such file or directory"),
        (["--secret-env", "NO_SUCH"], 2, "the environment variable 'NO_SUCH' is not set"),
        (["--tps", "0"], 2, "invalid value for '--tps'"),
        (["--state", "other"], 3, "the sandbox's messages in 'other/messages.sqlite3' can't be read: file is not a database"),
    ],
)
def test_what_the_command_refuses(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "messages.sqlite3").write_text("something else, and long enough to be looked at\n" * 10)
    result = run("sandbox", "--port", "0", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (code, b"")
    assert words in result.stderr.decode()


def test_a_ready_file_that_cannot_be_written(tmp_path: Path) -> None:
    result = finished("sandbox", "--port", "0", "--ready-file", "none/ready.json", cwd=tmp_path)
    assert result.returncode == 3
    assert result.stderr == b"error: the ready file 'none/ready.json' can't be written: No such file or directory\n"


def test_the_extra_is_named_where_it_is_missing() -> None:
    with mock.patch("msgspec_tool.serving.extra.find_spec", return_value=None):
        result = run("sandbox")
    assert result.returncode == 2
    error, help = result.stderr.decode().splitlines()
    assert error == "error: `msgspec-tool sandbox` needs more than the base install: 'starlette' is missing"
    assert help == "help: pip install 'msgspec-tool[sandbox]'"
