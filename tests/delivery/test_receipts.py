"""What settles unknown outcomes, what only looks like it, and what goes when a plan is done."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unittest import mock

import httpx
import pytest

from msgspec_tool.delivery.credentials import Secret
from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.receipts import is_signed, read_receipt, receipts_of_file
from msgspec_tool.delivery.receiver import receiver
from msgspec_tool.errors import ToolError, UnreadableError
from tests.command import environment
from tests.delivery.places import Place, address, sms
from tests.sandbox.running import serving

NOW = datetime.now(timezone.utc)


@pytest.fixture(autouse=True)
def _the_time_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """A receipt counts near the time of its request only, and a suite runs for minutes."""
    monkeypatch.setattr(f"{__name__}.NOW", datetime.now(timezone.utc))


def receipt(person: int, **changes: Any) -> dict[str, Any]:
    """A notification as the platform sends it."""
    information = {
        "timeStamp": NOW.isoformat(timespec="milliseconds"),
        "Description": "Delivered",
        "code": "7500",
        "deliveryChannel": "SMS",
        "additionalInfo": "",
        "destination": address(person).removeprefix("+"),
        "destinationType": "msisdn",
        "deliveryStatus": "Delivered",
        **{name: value for name, value in changes.items() if name != "correlationid"},
    }
    correlationid = changes.get("correlationid", f"c-{person}")
    return {"deliveryInfoNotification": {"deliveryInfo": information, "subtid": "", "transid": "t", "correlationid": correlationid}}


def reconcile(place: Place, *receipts: Any) -> tuple[int, list[str]]:
    file = place.folder / "receipts.jsonl"
    file.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in receipts))
    result = place.run("reconcile", "plan", "--receipts", "receipts.jsonl")
    return result.returncode, result.stdout.decode().splitlines()


@pytest.fixture
def uncertain(place: Place) -> Place:
    """A plan of two requests, the first of which nobody knows about."""
    place.plan([[sms(1, 2, 3), sms(4)], sms(5)])
    place.sandbox.fail(request=1, lost=True)
    assert place.confirmed("--jobs", "1")[0] == 5
    return place


def test_receipts_settle_what_is_unknown(uncertain: Place) -> None:
    assert reconcile(uncertain, receipt(2)) == (5, ["read 1 notification, 1 of them new", "settled 1 address, 3 unknown"])
    assert uncertain.addresses() == {"accepted": 2, "unknown": 3}
    assert reconcile(uncertain, receipt(2), receipt(2))[1] == ["read 2 notifications, 0 of them new", "settled 0 addresses, 3 unknown"]
    assert reconcile(uncertain, receipt(1), receipt(3, code="7207"), receipt(4))[0] == 0
    assert uncertain.addresses() == {"accepted": 5}
    assert uncertain.confirmed()[0] == 0
    text = uncertain.run("status", "plan").stdout.decode()
    assert "receipts 7207: 1 address" in text
    assert "receipts 7500: 3 addresses" in text
    assert list(uncertain.delivered().values()) == [1] * 5


@pytest.mark.parametrize(
    "other",
    [
        receipt(1, correlationid="c-9"),
        receipt(1, correlationid=""),
        receipt(1, deliveryChannel="voice"),
        receipt(1, destination="447700900999"),
        receipt(1, timeStamp=(NOW - timedelta(hours=1)).isoformat()),
        receipt(1, timeStamp=(NOW + timedelta(days=3)).isoformat()),
        receipt(1, timeStamp=(NOW - timedelta(days=3)).replace(tzinfo=None).isoformat()),
        receipt(1, timeStamp="yesterday"),
        receipt(1, timeStamp="1970-01-01T00:00:00Z"),
        receipt(1, code="delivered"),
        receipt(1, code=None),
        {"deliveryInfoNotification": {}},
        {"deliveryInfoNotification": 3},
        {},
        [],
        "{",
        "3",
    ],
)
def test_what_proves_nothing(uncertain: Place, other: Any) -> None:
    code, lines = reconcile(uncertain, other, "")
    assert (code, lines[-1]) == (5, "settled 0 addresses, 4 unknown")
    assert uncertain.addresses() == {"accepted": 1, "unknown": 4}


def test_times_without_a_zone_and_ids_elsewhere(uncertain: Place) -> None:
    click = receipt(2)
    envelope = click["deliveryInfoNotification"]
    envelope["deliveryInfo"] |= {"correlationid": envelope.pop("correlationid"), "transid": envelope.pop("transid")}
    local = receipt(1, timeStamp=NOW.replace(tzinfo=None).isoformat(timespec="milliseconds"))
    assert reconcile(uncertain, click, local)[1][-1] == "settled 2 addresses, 2 unknown"


def test_without_a_correlation_id_nothing_can_be_settled(place: Place) -> None:
    plan = sms(1)
    del plan["destination"][0]["correlationid"]
    place.plan([plan])
    assert "1 address has no correlation id" in place.submit()[1]
    place.sandbox.fail(lost=True)
    code, output, _ = place.submit("--confirm")
    assert code == 5
    assert "unknown outcomes of this plan can't be reconciled" in output
    assert "unknown outcomes can't be reconciled" in (place.folder / "plan" / "report.md").read_text()
    assert reconcile(place, receipt(1, correlationid=""))[0] == 5


def test_an_id_that_two_messages_share_settles_neither(place: Place) -> None:
    place.plan([sms(1), sms(1, text="Again")])
    place.sandbox.fail(request=1, cut="after")
    assert place.confirmed("--jobs", "1")[0] == 5
    assert reconcile(place, receipt(1))[1][-1] == "settled 0 addresses, 1 unknown"


def test_receipts_that_come_before_the_outcome(place: Place) -> None:
    place.plan([sms(1, 2)])
    place.sandbox.fail(request=1, lost=True)
    place.confirmed()
    for _time in range(2):
        assert place.run("reconcile", "plan").returncode == 5
    assert reconcile(place, receipt(1), receipt(2))[0] == 0
    assert place.run("reconcile", "plan").stdout.decode() == "settled 0 addresses, 0 unknown\n"


def test_files_that_are_not_there(uncertain: Place) -> None:
    result = uncertain.run("reconcile", "plan", "--receipts", "none.jsonl")
    assert (result.returncode, result.stdout) == (3, b"")
    with pytest.raises(UnreadableError):
        list(receipts_of_file(uncertain.folder))


@pytest.mark.parametrize("command", ["reconcile", "receive"])
def test_a_plan_that_was_never_submitted(place: Place, command: str) -> None:
    plan = place.plan([sms(1)])
    result = place.run(command, "plan")
    assert (result.returncode, b"was not submitted yet" in result.stderr) == (2, True)
    for text in ("{}", "[", '{"identity": "../x", "registry": "."}', '{"identity": 3, "registry": "."}'):
        (plan / "submission.json").write_text(text)
        assert place.run(command, "plan").returncode == 6
    assert place.run(command, "none").returncode == 3


@pytest.mark.parametrize(
    ("signature", "right"),
    [
        ("sha256={sha256}", True),
        ("SHA256={SHA256}", True),
        ("sha512={sha512}", True),
        ("{sha256}", True),
        ("{sha512}", True),
        ("sha256={sha512}", False),
        ("md5={sha256}", False),
        ("sha256=", False),
        ("sha256=é", False),
        ("", False),
    ],
)
def test_signatures(signature: str, right: bool) -> None:
    digests = {name: hmac.new(b"secret", b"body", getattr(hashlib, name)).hexdigest() for name in ("sha256", "sha512")}
    given = signature.format(**digests, SHA256=digests["sha256"].upper())
    assert is_signed(Secret("secret"), b"body", given) is right
    assert not is_signed(Secret("secret"), b"body", None)


@contextmanager
def listening(place: Place, secret: Secret | None) -> Iterator[tuple[httpx.Client, Ledger]]:
    pointer = json.loads((place.folder / "plan" / "submission.json").read_text())
    registry = Path(pointer["registry"])
    key = (registry / "hash.key").read_bytes()
    with closing(Ledger(registry / "ledgers" / f"{pointer['identity']}.sqlite3")) as ledger:
        application = receiver(ledger, key, secret)
        with serving(application, place.sandbox.server.certificate) as server:
            context = ssl.create_default_context(cafile=str(place.sandbox.ca_file))
            with httpx.Client(verify=context, trust_env=False, base_url=f"https://localhost:{server.port}") as client:
                yield client, ledger


def test_the_receiver(uncertain: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(uncertain, None) as (client, ledger):
        assert client.head("/dr").status_code == 200
        assert client.get("/dr").status_code == 405
        assert [client.post("/dr", json=receipt(person)).status_code for person in (1, 1, 2)] == [200] * 3
        assert client.post("/dr", content=b"{").status_code == 400
        assert client.post("/dr", json={"x": 1}).status_code == 400
        assert client.post("/dr", content=b"x" * 2_000_000).status_code == 413

        def full(receipts: object) -> int:
            raise ToolError("the disk is full")

        monkeypatch.setattr(ledger, "add_receipts", full)
        assert client.post("/dr", json=receipt(3)).status_code == 503
    assert uncertain.run("reconcile", "plan").stdout.decode() == "settled 2 addresses, 2 unknown\n"


def test_the_receiver_checks_signatures(uncertain: Place) -> None:
    body = json.dumps(receipt(1)).encode()
    signature = "sha256=" + hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
    with listening(uncertain, Secret("s3cret")) as (client, _ledger):
        assert client.post("/", content=body).status_code == 401
        assert client.post("/", content=body + b" ", headers={"x-hub-signature": signature}).status_code == 401
        assert client.post("/", content=body, headers={"x-hub-signature": signature}).status_code == 200


def test_the_sandbox_tells_the_receiver(place: Place) -> None:
    """From the wire to the ledger and back: an outcome nobody knew is settled by what the sandbox itself sends."""
    place.project()
    name = place.folder / "ready"
    place.plan([sms(9)])
    place.sandbox.fail(request=1, lost=True, receipts=0)
    place.confirmed()
    command = [sys.executable, "-m", "msgspec_tool", "receive", "plan", "--port", "0", "--state", "authority", "--secret-env", "HUB"]
    variables = {**environment(), "XDG_STATE_HOME": str(place.state), "HUB": "s3cret"}
    process = subprocess.Popen(command, cwd=place.folder, env=variables, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        told = dict(process.stdout.readline().rstrip("\n").split(": ", 1) for _line in range(2))
        body = json.dumps(receipt(9)).encode()
        signature = hmac.new(b"s3cret", body, hashlib.sha512).hexdigest()
        with httpx.Client(verify=ssl.create_default_context(cafile=told["ca_file"]), trust_env=False) as client:
            assert client.post(told["url"], content=body, headers={"x-hub-signature": f"sha512={signature}"}).status_code == 200
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        process.stdout.close()
    assert not name.exists()
    assert place.run("reconcile", "plan").returncode == 0
    assert place.addresses() == {"accepted": 1}


def test_a_signed_notification_of_the_sandbox_settles_a_lost_answer(place: Place) -> None:
    """Nothing between the two but the wire: the sandbox takes a message, loses its answer and signs the notification."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place.project()
    place.plan([sms(1), sms(2, notifyurl=f"https://localhost:{port}/dr"), sms(3, notifyurl=f"https://localhost:{port}/dr")])
    assert place.confirmed("--canary", "1")[0] == 5
    authority = str(place.sandbox.ca_file.parent)
    command = [sys.executable, "-m", "msgspec_tool", "receive", "plan", "--port", str(port), "--state", authority, "--secret-env", "HUB"]
    variables = {**environment(), "XDG_STATE_HOME": str(place.state), "HUB": "s3cret"}
    process = subprocess.Popen(command, cwd=place.folder, env=variables, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    notifier = place.sandbox.sandbox.notifier
    pauses: list[float] = []

    async def refused(seconds: float) -> None:
        pauses.append(seconds)
        # the one that was refused is not tried again: it would be signed as the next ones are
        await asyncio.Event().wait()

    try:
        assert [process.stdout.readline().split(":")[0] for _line in range(2)] == ["url", "ca_file"]
        with mock.patch.multiple(notifier, ca_file=str(place.sandbox.ca_file), secret="wrong", pause=refused):
            place.sandbox.fail(lost=True)
            assert place.confirmed("--canary", "1")[0] == 5
            while not pauses:
                assert process.poll() is None
                time.sleep(0.01)
            notifier.secret = "s3cret"
            place.sandbox.fail(lost=True)
            assert place.confirmed("--resume")[0] == 5
            while b"receipts 7500: 1 address" not in place.run("status", "plan").stdout:
                assert process.poll() is None
                time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        process.stdout.close()
    # the one that was signed with another secret was refused
    assert place.run("reconcile", "plan").stdout.decode() == "settled 1 address, 1 unknown\n"
    assert place.addresses() == {"accepted": 2, "unknown": 1}


def test_a_receiver_without_its_secret(uncertain: Place) -> None:
    result = uncertain.run("receive", "plan", "--secret-env", "NO_SUCH_SECRET")
    assert (result.returncode, b"'NO_SUCH_SECRET' is not set" in result.stderr) == (2, True)


def test_channels_by_their_names() -> None:
    assert read_receipt(receipt(1, deliveryChannel="appmessaging")).channel == "rt"  # type: ignore[union-attr]
    assert read_receipt(receipt(1, destination=447700900001)).address == "447700900001"  # type: ignore[union-attr]


# --- status and purge -----------------------------------------------------------------------------------------------------


def test_status_of_a_plan_that_was_never_sent(place: Place) -> None:
    place.plan([[sms(1, 2), sms(3)]])
    assert json.loads(place.run("status", "plan", "--format", "json").stdout) == {
        "messages": {"planned": 2, "sending": 0, "accepted": 0, "rejected": 0, "unknown": 0, "skipped": 0},
        "addresses": {"planned": 3, "sending": 0, "accepted": 0, "rejected": 0, "unknown": 0, "skipped": 0},
    }
    assert place.run("status", "none").returncode == 3
    (place.folder / "plan" / "manifest.json").unlink()
    assert place.run("status", "plan").returncode == 6


def test_status_for_a_person(place: Place) -> None:
    place.plan([sms(1), sms(2, 3), sms(4)])
    place.sandbox.fail(request=2, code="7103")
    place.sandbox.fail(request=3, cut="after")
    place.confirmed("--jobs", "1")
    lines = place.run("status", "plan").stdout.decode().splitlines()
    assert lines[:9] == [
        "              messages   addresses",
        "planned              0           0",
        "sending              0           0",
        "accepted             1           1",
        "rejected             1           2",
        "unknown              1           1",
        "skipped              0           0",
        "rejected 7103: 2 addresses (`msgspec-tool explain 7103`)",
        "unknown, the connection broke in the answer: 1 address",
    ]
    assert lines[-1].startswith("ledger: ")


def test_purge_leaves_no_personal_data_and_no_second_chance(place: Place) -> None:
    place.plan([sms(1), sms(2)])
    assert place.confirmed("--canary", "1")[0] == 5
    refused = place.run("purge", "plan")
    assert (refused.returncode, b"the plan is not finished: 1 planned" in refused.stderr) == (6, True)
    assert place.confirmed("--resume")[0] == 0
    assert place.run("purge", "plan").stdout.decode() == "removed refused.jsonl\nremoved requests-00000.jsonl\n"
    assert place.run("purge", "plan").stdout.decode() == "there was nothing to remove\n"
    assert not any(b"447700900" in file.read_bytes() for file in (place.folder / "plan").iterdir())
    assert place.addresses() == {"accepted": 2}
    assert place.submit("--confirm", "--resume")[0] == 6
    place.plan([sms(1), sms(2)], "same")
    assert place.submit("--confirm", what="same")[0] == 6


@pytest.mark.parametrize("forget", ["ledger", "pointer"])
def test_purge_where_nobody_knows_what_was_sent(place: Place, forget: str) -> None:
    plan = place.plan([sms(1)])
    assert place.confirmed()[0] == 0
    if forget == "ledger":
        shutil.rmtree(place.state)
    else:
        (plan / "submission.json").write_text("{")
    assert place.run("purge", "plan").returncode == 6
    assert place.run("purge", "plan", "--force").stdout == b"removed refused.jsonl\nremoved requests-00000.jsonl\n"
    assert (forget == "ledger") is not place.state.exists()


def test_a_file_that_holds_no_receipts(place: Place) -> None:
    """It must not look as if it had settled something."""
    place.plan([sms(1)])
    assert place.confirmed()[0] == 0
    assert reconcile(place, "phone,name", "x,y")[0] == 3
    assert reconcile(place, "phone,name", receipt(1))[0] == reconcile(place)[0] == 0


def test_purge_by_force(place: Place) -> None:
    place.plan([sms(1)])
    assert place.confirmed("--canary", "1")[0] == 0
    place.plan([sms(2)], "b")
    place.sandbox.fail(cut="after")
    assert place.confirmed(what="b")[0] == 5
    assert place.run("purge", "b").returncode == 6
    assert place.run("purge", "b", "--force").returncode == 0
    place.plan([sms(3)], "never")
    assert place.run("purge", "never").returncode == 0
    assert os.listdir(place.folder / "never") == ["manifest.json"]
