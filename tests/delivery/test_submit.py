"""``submit`` against the real HTTPS sandbox: what is sent, what is refused, what is decided, and what nobody knows."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from msgspec_tool.cli.submit_spec import _moved
from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.errors import ToolError
from tests.command import environment
from tests.delivery.places import Place, address, sms
from tests.published_schemas import validate_report
from tests.sandbox.running import KEY, jwt_secret

# --- sending --------------------------------------------------------------------------------------------------------------


def test_a_dry_run_sends_nothing_and_writes_nothing(place: Place) -> None:
    place.plan([sms(1, 2), [sms(3), sms(4, text="Bye")]])
    place.variables.clear()
    before = sorted(place.folder.rglob("*"))
    code, output, said = place.submit()
    assert (code, said) == (0, "")
    assert output.splitlines() == [
        "dry run: nothing is sent. hello → localhost (sandbox)",
        "  requests             2",
        "  sms                  4  addresses",
        "  to send              4  addresses, as fast as the platform answers",
        "--confirm sends it",
    ]
    assert "at 2 a second, 0:02" in place.submit("--rate", "2")[1]
    plain = json.loads(place.submit("--format", "json")[1])
    assert (plain["dry_run"], plain["to_send"], plain["requests"], plain["ledger"]) == (True, 4, 2, None)
    assert sorted(place.folder.rglob("*")) == before
    assert place.delivered() == {}


def test_a_plan_is_sent_byte_for_byte(place: Place) -> None:
    place.plan([sms(1, 2), [sms(3), sms(4, text="Zoë")]])
    code, report = place.confirmed()
    assert code == 0
    assert place.addresses() == {"accepted": 4}
    assert set(place.delivered().values()) == {1}
    assert validate_report(report, "submit") == ()
    assert json.loads((place.folder / "plan" / "report.json").read_text()) == report
    assert (report["messages"]["accepted"], report["addresses"]["accepted"], report["planned"]) == (3, 4, {"messages": 3, "addresses": 4})
    assert "| accepted | 3 | 4 |" in (place.folder / "plan" / "report.md").read_text()
    assert {path.stat().st_mode & 0o077 for path in (place.folder / "plan").iterdir()} == {0}
    assert {path.stat().st_mode & 0o077 for path in place.state.rglob("*")} == {0}


def test_once_is_enough(place: Place) -> None:
    place.plan([sms(1)])
    assert place.confirmed()[0] == place.confirmed()[0] == place.confirmed("--resume")[0] == 0
    assert place.submit("--confirm")[1].splitlines()[-2:] == [
        "nothing was sent: there was nothing left to send",
        "report: plan/report.json",
    ]
    assert "there is nothing to send" in place.submit()[1]
    assert place.delivered() == {f"c-1 {address(1)}": 1}


def test_the_report_goes_where_it_is_asked_for(place: Place) -> None:
    place.plan([sms(1)])
    code, output, _ = place.submit("--confirm", "--report", "out/x.json")
    assert code == 0
    os.mkdir(place.folder / "out")
    code, output, said = place.submit("--confirm", "--report", "out/x.json")
    assert (code, said) == (0, "")
    assert output.splitlines()[-1] == "report: out/x.json"
    assert {path.name for path in (place.folder / "out").iterdir()} == {"x.json", "x.md"}


# --- the traps ------------------------------------------------------------------------------------------------------------


def test_one_of_a_thousand_elements_is_refused(place: Place) -> None:
    place.plan([[sms(number, text=f"Hello {number}") for number in range(1000)]])
    place.sandbox.fail(code="7102", element=499)
    code, report = place.confirmed()
    assert code == 4
    assert place.addresses() == {"accepted": 999, "rejected": 1}
    assert [(one["code"], one["addresses"]) for one in report["rejected"]] == [("7102", 1)]
    assert f"c-499 {address(499)}" not in place.delivered()
    code, _ = place.confirmed("--only", "failed")
    assert code == 0
    assert set(place.delivered().values()) == {1}
    assert len(place.delivered()) == 1000


def test_a_plan_that_was_copied(place: Place) -> None:
    import shutil

    plan = place.plan([sms(1)])
    place.confirmed()
    shutil.copytree(plan, place.folder / "copy")
    for arguments in ((), ("--confirm",), ("--confirm", "--resume")):
        code, output, said = place.submit(*arguments, what="copy")
        assert (code, output) == (6, "")
        assert f"from '{plan}' already" in said
    shutil.move(plan, place.folder / "moved")
    code, _, said = place.submit("--confirm", what="moved")
    assert (code, "help: bring its folder back there to go on, or render it with another --run NAME" in said) == (6, True)
    assert place.delivered() == {f"c-1 {address(1)}": 1}


def test_the_same_rendered_elsewhere_is_the_same_plan(place: Place) -> None:
    place.plan([sms(1)], "a")
    place.plan([sms(1)], "b")
    place.plan([sms(1)], "c", run="again")
    assert [place.submit("--confirm", what=name)[0] for name in "abc"] == [0, 6, 0]
    assert place.delivered() == {f"c-1 {address(1)}": 2}


def test_a_relative_expiry_is_no_part_of_the_identity(place: Place) -> None:
    place.plan([sms(1, expiry="2099-01-01T04:00:00.000Z")], "a", relative_expiry=True)
    place.plan([sms(1, expiry="2099-01-02T04:00:00.000Z")], "b", relative_expiry=True)
    place.plan([sms(1, expiry="2099-01-02T04:00:00.000Z")], "c")
    assert [place.submit("--confirm", what=name)[0] for name in "abc"] == [0, 6, 0]


def test_a_ledger_that_was_deleted(place: Place) -> None:
    plan = place.plan([sms(1)])
    place.confirmed()
    (ledger,) = (place.state / "msgspec-tool" / "ledgers").glob("*.sqlite3")
    ledger.unlink()
    for arguments in ((), ("--confirm",), ("--confirm", "--resume")):
        code, _, said = place.submit(*arguments)
        assert code == 6
        assert f"from '{plan}', and its ledger is gone" in said
    assert place.run("status", "plan").returncode == 6
    assert place.delivered() == {f"c-1 {address(1)}": 1}


def test_a_registry_that_was_deleted(place: Place) -> None:
    place.plan([sms(1)], "a")
    place.plan([sms(1)], "b")
    place.submit("--confirm", what="a")
    for entry in (place.state / "msgspec-tool" / "registry").glob("*.json"):
        entry.unlink()
    assert place.submit("--confirm", what="b")[0] == 6
    assert place.submit("--confirm", what="a")[0] == 0
    assert list((place.state / "msgspec-tool" / "registry").glob("*.json"))
    assert place.delivered() == {f"c-1 {address(1)}": 1}


@pytest.mark.parametrize("damage", ["entry", "ledger", "version"])
def test_a_registry_that_is_not_understood(place: Place, damage: str) -> None:
    place.plan([sms(1)])
    place.confirmed()
    folder = place.state / "msgspec-tool"
    (entry,), (ledger,) = folder.glob("registry/*.json"), folder.glob("ledgers/*.sqlite3")
    if damage == "entry":
        entry.write_text("{")
    elif damage == "ledger":
        ledger.write_bytes(b"nothing" * 100)
    else:
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(ledger)) as database:
            database.execute("UPDATE meta SET value = '2' WHERE name = 'version'")
            database.commit()
    code, _, said = place.submit("--confirm")
    assert code in (3, 6)
    assert "internal" not in said


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 503, "taken": True}, "HTTP 503"),
        ({"status": 500}, "HTTP 500"),
        ({"lost": True}, "the connection broke"),
        ({"cut": "before"}, "the connection broke"),
        ({"cut": "during"}, "the connection broke"),
        ({"cut": "after"}, "the connection broke"),
        ({"half": True}, "the connection broke"),
        ({"elements": 1}, "an answer of 1 elements for 2 messages"),
        ({"elements": 3}, "an answer of 3 elements for 2 messages"),
        ({"answer": "<html>"}, "the answer is not JSON"),
        ({"answer": '{"response": []}'}, "the answer has no 'response'"),
        ({"answer": '{"response": {"code": "1001"}}'}, "the answer accepts in the form of a refusal"),
        ({"status": 302, "answer": "moved"}, "HTTP 302"),
        ({"status": 400, "taken": True}, "HTTP 400"),
        ({"code": "7006"}, "7006"),
        ({"code": "7011"}, "7011"),
        ({"code": "6666"}, "6666"),
    ],
)
def test_an_unknown_outcome_is_never_sent_again_by_itself(place: Place, fault: dict[str, Any], reason: str) -> None:
    place.plan([[sms(1), sms(2, 3, 5)], sms(4)])
    place.sandbox.fail(request=1, **fault)
    code, report = place.confirmed("--jobs", "1")
    taken = place.delivered()
    assert code == 5
    assert reason in report["unknown"][0]["reason"]
    assert place.addresses() == {"accepted": 1, "unknown": 4}
    assert report["resume"] is None
    assert place.confirmed()[0] == place.confirmed("--resume")[0] == place.confirmed("--only", "failed")[0] == 5
    assert place.delivered() == taken
    assert place.confirmed("--unknown", "skip")[0] == 0
    assert place.addresses() == {"accepted": 1, "skipped": 4}
    assert place.delivered() == taken


def test_unknown_outcomes_are_sent_again_by_decision(place: Place) -> None:
    place.plan([sms(1, 2), sms(3)])
    place.sandbox.fail(request=1, cut="after")
    assert place.confirmed("--jobs", "1")[0] == 5
    assert json.loads(place.submit("--unknown", "resend", "--format", "json")[1])["to_send"] == 2
    assert place.confirmed("--unknown", "resend")[0] == 0
    assert set(place.delivered().values()) == {1}
    said = place.run("status", "plan").stdout.decode()
    assert "decided to send 1 unknown messages again" in said


def test_an_answer_for_each_address(place: Place) -> None:
    place.plan([[sms(1, 2, 3), sms(4)]])
    elements = [{"code": code, "transid": "t"} for code in ("1001", "7102", "7102", "1001")]
    place.sandbox.fail(answer=json.dumps({"response": elements}))
    code, report = place.confirmed()
    assert code == 4
    assert place.addresses() == {"accepted": 2, "rejected": 2}
    assert [(one["code"], one["messages"], one["addresses"]) for one in report["rejected"]] == [("7102", 1, 2)]
    place.sandbox.fail(request=2, code="7103")
    assert place.confirmed("--only", "failed")[0] == 4
    assert place.confirmed("--only", "failed")[0] == 0
    assert sorted(place.delivered()) == [f"c-2 {address(2)}", f"c-3 {address(3)}"]


def test_a_row_with_two_identifiers_reaches_two_addresses(place: Place) -> None:
    both = {"msisdn": [address(1)], "customerid": ["crn-1"], "correlationid": "c-1"}
    message = {**sms(1), "destination": [both, {"customerid": ["crn-2", "crn-3"]}]}
    place.plan([message, sms(9)])
    assert json.loads(place.submit("--format", "json")[1])["addresses"] == 5
    code, _ = place.confirmed("--canary", "2", "--jobs", "1")
    assert code == 5
    assert place.delivered() == {f"c-1 {address(1)}": 1, "c-1 crn-1": 1}
    assert place.confirmed("--resume")[0] == 0
    assert place.delivered() == {f"c-1 {address(1)}": 1, "c-1 crn-1": 1, " crn-2": 1, " crn-3": 1, f"c-9 {address(9)}": 1}


# --- decisions ------------------------------------------------------------------------------------------------------------


def test_a_canary_and_the_rest(place: Place) -> None:
    place.plan([sms(1, 2, 3), [sms(4, 5), sms(6, 7)]])
    code, report = place.confirmed("--canary", "4")
    assert code == 5
    assert (report["run"]["kind"], report["run"]["stopped"]) == ("canary", "the canary was sent")
    assert report["resume"] == "msgspec-tool submit plan --resume --confirm"
    assert sorted(place.delivered()) == [f"c-{number} {address(number)}" for number in (1, 2, 3, 4)]
    assert "the plan was begun: --resume goes on with what is left" in place.submit()[1]
    assert place.confirmed()[0] == 5
    assert place.confirmed("--canary", "1")[0] == 5
    assert len(place.delivered()) == 5
    assert place.confirmed("--resume")[0] == 0
    assert set(place.delivered().values()) == {1}
    assert len(place.delivered()) == 7


def test_one_bad_address_does_not_hold_back_the_others(place: Place) -> None:
    place.plan([sms(*range(1, 101)), sms(101, 102)])
    for bad in (37, 64):
        place.sandbox.fail(address=address(bad), code="7102", times=0)
    code, report = place.confirmed("--bisect")
    assert code == 4
    assert place.addresses() == {"accepted": 100, "rejected": 2}
    assert report["rejected"][0]["messages"] == 2
    assert set(place.delivered().values()) == {1}
    assert len(place.delivered()) == 100
    place.sandbox.sandbox.faults.rules.clear()
    assert place.confirmed("--only", "failed")[0] == 0
    assert place.addresses() == {"accepted": 102}
    assert set(place.delivered().values()) == {1}
    assert len(place.delivered()) == 102


def test_refused_requests_are_halved_later(place: Place) -> None:
    place.plan([sms(*range(1, 9)), sms(9), sms(10, 11)])
    place.sandbox.fail(address=address(3), code="7102", times=0)
    place.sandbox.fail(address=address(10), code="7103")
    assert place.confirmed("--jobs", "1")[0] == 4
    assert place.addresses() == {"accepted": 1, "rejected": 10}
    assert json.loads(place.submit("--bisect", "--format", "json")[1])["to_send"] == 8
    assert place.confirmed("--bisect")[0] == 4
    assert place.addresses() == {"accepted": 8, "rejected": 3}
    assert set(place.delivered().values()) == {1}


@pytest.mark.parametrize("code", ["7001", "7002", "7007"])
def test_what_concerns_the_key_stops_the_run(place: Place, code: str) -> None:
    place.plan([sms(number) for number in range(20)])
    place.sandbox.fail(request=3, code=code)
    found, report = place.confirmed("--jobs", "1")
    assert found == 5
    assert code in report["run"]["stopped"]
    assert place.addresses() == {"accepted": 2, "planned": 18}
    assert place.confirmed("--resume")[0] == 0
    assert set(place.delivered().values()) == {1}


def test_a_wrong_key_sends_nothing(place: Place) -> None:
    place.plan([sms(1)])
    place.variables["SANDBOX_KEY"] = "sandbox-wrong"
    assert place.confirmed()[0] == 5
    assert place.addresses() == {"planned": 1}


def test_too_fast_is_tried_again(place: Place) -> None:
    place.plan([sms(number) for number in range(5)])
    place.sandbox.fail(request=2, code="7020", retry_after="0")
    place.sandbox.fail(request=4, status=429, answer="slow down", retry_after="0")
    code, report = place.confirmed()
    assert (code, report["run"]["retries"]) == (0, 2)
    assert set(place.delivered().values()) == {1}


def test_a_platform_that_asks_for_hours_stops_the_run(place: Place) -> None:
    place.plan([sms(1)])
    place.sandbox.fail(status=429, retry_after="7200")
    code, report = place.confirmed()
    assert (code, report["run"]["stopped"]) == (5, "the platform asks to send later")
    assert report["resume"].endswith("--resume --confirm")


def test_what_becomes_of_an_element_that_is_too_fast(place: Place) -> None:
    place.plan([[sms(1), sms(2)]])
    place.sandbox.fail(code="7020", element=1)
    assert place.confirmed()[0] == 4
    assert place.addresses() == {"accepted": 1, "rejected": 1}


# --- refusals -------------------------------------------------------------------------------------------------------------


def refused(place: Place, *arguments: str, code: int = 6) -> str:
    found, output, said = place.submit("--confirm", *arguments)
    assert (found, output) == (code, ""), said
    assert "internal" not in said
    assert place.sandbox.sandbox.fed == 0
    assert not (place.state / "msgspec-tool" / "ledgers").exists()
    return said


def test_a_plan_that_changed(place: Place) -> None:
    plan = place.plan([sms(1)])
    file = plan / "requests-00000.jsonl"
    whole = file.read_bytes()
    for data in (whole.replace(b"Hello", b"Hullo"), whole + whole, b"", b"{}\n", b"\xff\n"):
        file.write_bytes(data)
        assert "the plan 'plan' changed: " in refused(place)
    file.unlink()
    assert "changed: requests-00000.jsonl is gone" in refused(place)
    file.mkdir()
    assert "plan/requests-00000.jsonl' can't be read: Is a directory" in refused(place, code=3)


def test_a_manifest_that_lost_a_file(place: Place) -> None:
    """What is left would be another plan, unknown to every ledger, and its addresses would be reached again."""
    plan = place.plan([sms(1), sms(2)])
    assert place.confirmed()[0] == 0
    manifest = json.loads((plan / "manifest.json").read_text())
    lines = (plan / "requests-00000.jsonl").read_bytes().splitlines(keepends=True)
    (plan / "requests-00000.jsonl").write_bytes(lines[0])
    manifest["files"][0]["sha256"] = hashlib.sha256(lines[0]).hexdigest()
    (plan / "manifest.json").write_text(json.dumps(manifest))
    code, _, said = place.submit("--confirm")
    assert (code, "the plan 'plan' changed: it has 1 of 2 requests" in said) == (6, True)
    assert set(place.delivered().values()) == {1}


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"version": 1}', '{"version": 1, "spec": 3}'])
def test_a_manifest_that_is_none(place: Place, text: str) -> None:
    plan = place.plan([sms(1)])
    (plan / "manifest.json").write_text(text)
    assert "manifest.json is not as it was written" in refused(place)
    (plan / "manifest.json").write_text('{"version": 2}')
    assert "is of another version than 1" in refused(place)
    (plan / "manifest.json").unlink()
    assert "has no manifest.json" in refused(place)


def test_no_plan_at_all(place: Place) -> None:
    place.project()
    assert "there is no plan or spec 'plan'" in refused(place, code=3)


@pytest.mark.parametrize(
    ("manifest", "body", "words"),
    [
        ({}, sms(1, expiry="2020-01-01T00:00:00.000Z"), "the plan has expired: the expiry of a message is 2020-01-01T00:00:00.000Z"),
        ({}, sms(1, expiry="soon"), "the plan has expired"),
        ({"samples": ["typical"]}, sms(1), "a plan made from samples is never sent"),
        ({"environment": {"name": "production", "endpoint": None, "region": "uk"}}, sms(1), "the plan was rendered for 'production'"),
        ({"environment": {"name": "sandbox", "endpoint": "https://x", "region": None}}, sms(1), "the plan was rendered for 'sandbox'"),
        ({"environment": None}, sms(1), "the plan was rendered for no environment"),
        ({}, sms(*range(700, 702), *range(1001)), "request 1 has 1,003 addresses, over the limit of 1,000"),
        ({}, {"deliverychannel": "sms"}, "request 1 can't be read"),
        ({}, {"destination": ["x"]}, "request 1 can't be read"),
        ({}, {"destination": [{"msisdn": [3]}]}, "request 1 can't be read"),
        ({}, {"destination": []}, "request 1 can't be read: a message object reaches nobody"),
        ({}, [], "request 1 can't be read"),
    ],
)
def test_plans_that_are_not_sent(place: Place, manifest: dict[str, Any], body: Any, words: str) -> None:
    place.plan([body], **manifest)
    assert words in refused(place, "--env", "sandbox")


def test_the_allowlist(place: Place) -> None:
    place.project(allowlist=["+44770090000*", "crn-*"], max_addresses=10)
    place.plan([sms(1, 2), sms(3, 400, 500)])
    said = refused(place)
    assert "2 addresses are outside the allowlist of 'sandbox', the first in request 2" in said
    assert "+44" not in said
    place.plan([{**sms(1), "destination": [{"msisdn": ["447700900001"], "customerid": ["crn-1"]}]}], "fine")
    assert place.submit("--confirm", what="fine")[0] == 0


def test_limits(place: Place) -> None:
    place.project(max_addresses=2)
    place.plan([sms(1, 2), sms(3, 4)])
    assert "4 addresses would be reached, over --max-recipients 3" in refused(place, "--max-recipients", "3")
    place.plan([sms(1, 2, 3)], "large")
    assert "request 1 has 3 addresses, over the limit of 2" in place.submit(what="large")[2]
    assert place.submit("--confirm", "--max-recipients", "4")[0] == 0
    assert place.submit("--confirm", "--max-recipients", "0")[0] == 0


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({"endpoint": "http://localhost:1/x"}, 6, "the endpoint is not HTTPS"),
        ({"endpoint": "https://user:word@localhost/x"}, 2, "not a plain https URL"),
        ({"endpoint": "https://localhost:99999/x"}, 2, "the endpoint is not a URL"),
        ({"endpoint": "https://localhost/x?y"}, 2, "not a plain https URL"),
        ({"endpoint": f"https://{'a' * 70}.example.com/x"}, 2, "not a plain https URL"),
        ({"endpoint": "https://xn--a.invalid/x"}, 2, "not a plain https URL"),
        ({"endpoint": "https://256.256.256.256/x"}, 2, "not a plain https URL"),
        ({"endpoint": "https://a\x1bb.invalid/x"}, 2, "not a plain https URL"),
        ({"endpoint": "https://127.1/x", "key_env": "REAL_KEY"}, 6, "a real key is never sent to a sandbox"),
        ({"endpoint": None}, 2, "has neither a region nor an endpoint"),
        ({"ca_file": "none.pem"}, 2, "there is no certificate authority"),
        ({"ca_file": "msgspec.yaml"}, 3, "can't be read"),
        ({"key_env": None}, 2, "does not say where its service key is"),
        ({"key_env": "NO_SUCH_KEY"}, 2, "the environment variable 'NO_SUCH_KEY' is not set"),
        ({"endpoint": None, "region": "uk", "ca_file": None}, 6, "a key of the sandbox is never sent to another host"),
        ({"endpoint": "https://api.example.com/x", "ca_file": None}, 6, "a key of the sandbox is never sent to another host"),
    ],
)
def test_environments_that_are_not_sent_to(place: Place, settings: dict[str, Any], code: int, words: str) -> None:
    place.variables["REAL_KEY"] = "real-key"
    place.project(**settings)
    place.plan([sms(1)])
    assert words in refused(place, code=code)


@pytest.mark.parametrize(
    ("key", "code", "words"),
    [
        ("real-key", 6, "a real key is never sent to a sandbox"),
        ("", 2, "is not set"),
        ("sandbox-a b", 2, "does not hold a key"),
        ("sandbox-é", 2, "does not hold a key"),
        ("sandbox-a\nb: c", 2, "does not hold a key"),
    ],
)
def test_keys_that_are_not_used(place: Place, key: str, code: int, words: str) -> None:
    place.plan([sms(1)])
    place.variables["SANDBOX_KEY"] = key
    said = refused(place, code=code)
    assert words in said
    assert not key or key not in said


def test_a_key_file(place: Place) -> None:
    place.plan([sms(1)])
    file = place.folder / "key"
    assert "can't be read" in refused(place, "--key-file", "key", code=3)
    file.write_text(f"{KEY}\n")
    file.chmod(0o640)
    assert "can be read by others" in refused(place, "--key-file", "key")
    file.chmod(0o600)
    for text in ("", "x" * 5000):
        file.write_text(text)
        assert "does not hold a key" in refused(place, "--key-file", "key", code=2)
    file.write_bytes(b"\xff")
    assert "does not hold a key" in refused(place, "--key-file", "key", code=2)
    file.write_text(f"{KEY}\n")
    place.variables.clear()
    assert place.submit("--confirm", "--key-file", "key")[0] == 0


def test_a_token(place: Place) -> None:
    place.project(key_env=None, jwt={"id_env": "ID", "secret_env": "SECRET"})
    place.plan([sms(1)])
    assert "it holds the service id" in refused(place, code=2)
    place.variables = {"ID": "service", "SECRET": jwt_secret(KEY)}
    assert "a real key is never sent to a sandbox" in refused(place)
    place.variables = {"ID": KEY, "SECRET": "no base64!"}
    assert "does not hold a key" in refused(place, code=2)
    place.variables = {"ID": KEY, "SECRET": "nobase64"[:-1]}
    assert "does not hold base64" in refused(place, code=2)
    place.variables = {"ID": KEY, "SECRET": jwt_secret(KEY)}
    assert place.submit("--confirm")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--canary", "1", "--resume"), "--canary and --resume exclude each other"),
        (("--canary", "1", "--only", "failed"), "--only failed and --canary exclude each other"),
        (("--unknown", "skip", "--only", "failed"), "--only failed and --unknown exclude each other"),
        (("--only", "failed"), "nothing was sent of this plan yet"),
        (("--unknown", "skip"), "nothing was sent of this plan yet"),
        (("--now", "2030-01-01T00:00:00Z"), "--now is for a spec"),
        (("--run", "x"), "--run is for a spec"),
        (("--report", "x.md"), "--report 'x.md' is the name of the summary"),
        (("--recipients", "x"), "--recipients is for a spec"),
        (("--env", "other"), "there is no environment 'other'"),
        (("--config", "other.yaml"), "there is no project file"),
        (("--jobs", "0"), "invalid value for '--jobs'"),
        (("--rate", "0"), "invalid value for '--rate'"),
        (("--rate", "nan"), "invalid value for '--rate': 'nan' is not a number of destinations\n"),
        (("--rate", "inf"), "invalid value for '--rate': 'inf' is not a number of destinations\n"),
    ],
)
def test_options_that_contradict(place: Place, arguments: tuple[str, ...], words: str) -> None:
    place.plan([sms(1)])
    assert words in refused(place, *arguments, code=2)


def test_one_run_at_a_time(place: Place) -> None:
    place.plan([sms(1)])
    place.confirmed()
    (ledger,) = (place.state / "msgspec-tool" / "ledgers").glob("*.sqlite3")
    from msgspec_tool.delivery.registry import Registry

    with Registry(place.state / "msgspec-tool").locked(ledger.stem):
        code, _, said = place.submit("--confirm")
    assert code == 6
    assert f"the plan is being sent by process {os.getpid()} on " in said


def test_a_shared_ledger(place: Place) -> None:
    place.project(ledger="team")
    place.plan([sms(1)])
    assert place.submit("--confirm")[0] == 0
    assert list((place.folder / "team" / "ledgers").iterdir())
    assert not place.state.exists()
    (place.folder / "file").write_text("")
    place.project(ledger="file")
    place.plan([sms(2)], "another")
    code, _, said = place.submit("--confirm", what="another")
    assert code == 3
    assert "the registry of runs can't be kept" in said


# --- a spec ---------------------------------------------------------------------------------------------------------------

SPEC = """\
msgspec: 1
name: hello
variables: {n: {type: integer, examples: [1]}}
deliverychannel: sms
expiry: {after: 4h}
channels:
  sms: {text: "Number {{ n }}."}
destination:
  from: people.csv
  msisdn: "{{ phone }}"
  correlationid: "c-{{ n }}"
"""


@pytest.fixture
def spec(place: Place) -> Path:
    place.project()
    (place.folder / "a.msg.yaml").write_text(SPEC)
    (place.folder / "people.csv").write_text("phone,n\n+447700900001,1\n+447700900002,2\n")
    return place.folder / ".msgspec" / "plans"


def test_a_spec_is_submitted_once(place: Place, spec: Path) -> None:
    assert place.submit(what="a.msg.yaml")[1].splitlines()[-1] == "--confirm sends it"
    assert list(spec.iterdir()) == []
    for _time in range(3):
        code, output, said = place.submit("--confirm", what="a.msg.yaml")
        assert (code, said) == (0, "")
        (stored,) = spec.iterdir()
        assert output.splitlines()[-1] == f"report: .msgspec/plans/{stored.name}/report.json"
    assert [len(list(spec.iterdir())), *place.delivered().values()] == [1, 1, 1]
    assert place.submit("--confirm", "--run", "2030-02", what="a.msg.yaml")[0] == 0
    assert [len(list(spec.iterdir())), *place.delivered().values()] == [2, 2, 2]


def test_a_spec_goes_on_where_its_plan_stopped(place: Place, spec: Path) -> None:
    place.sandbox.fail(request=1, code="7007")
    assert place.submit("--confirm", what="a.msg.yaml")[0] == 5
    assert place.submit("--confirm", "--canary", "1", what="a.msg.yaml")[0] == 5
    assert place.submit("--confirm", what="a.msg.yaml")[0] == 5
    assert place.submit("--confirm", "--resume", what="a.msg.yaml")[0] == 0
    assert list(place.delivered().values()) == [1, 1]
    place.sandbox.fail(code="7007")
    assert place.submit("--confirm", "--run", "b", what="a.msg.yaml")[0] == 5
    assert place.submit("--confirm", "--run", "b", what="a.msg.yaml")[0] == 0


def test_a_spec_whose_plan_was_sent_from_elsewhere(place: Place, spec: Path) -> None:
    assert place.run("render", "a.msg.yaml", "--env", "sandbox", "--out", "plan").returncode == 0
    assert place.submit("--confirm")[0] == 0
    code, _, said = place.submit("--confirm", what="a.msg.yaml")
    assert code == 6
    assert "plan' already" in said
    assert list(spec.iterdir()) == []


def test_a_spec_that_does_not_render(place: Place, spec: Path) -> None:
    (place.folder / "people.csv").write_text("phone,n\n+447700900001,one\n")
    code, _, said = place.submit("--confirm", what="a.msg.yaml")
    assert code == 1
    assert said.startswith("refused: row 1, column 'n': ")
    (place.folder / "a.msg.yaml").write_text(SPEC.replace("{{ n }}.", "{{ m }}."))
    code, _, said = place.submit("--confirm", what="a.msg.yaml")
    assert code == 1
    assert "error[undefined-variable]" in said
    assert list(spec.iterdir()) == []


def test_two_runs_that_store_the_same_plan_at_once(tmp_path: Path) -> None:
    fresh, stored = tmp_path / "fresh", tmp_path / "stored"
    fresh.mkdir()
    (stored / "of-another-run").mkdir(parents=True)
    with mock.patch.object(Path, "exists", side_effect=[False, True]):
        assert not _moved(fresh, stored)
    assert [path.name for path in stored.iterdir()] == ["of-another-run"]
    with pytest.raises(ToolError, match="the plan can't be kept in"):
        _moved(tmp_path / "none", tmp_path / "place")
    assert _moved(fresh, tmp_path / "place")


def test_a_store_that_cannot_be_made(place: Place, spec: Path) -> None:
    (place.folder / ".msgspec").write_text("")
    code, _, said = place.submit(what="a.msg.yaml")
    assert (code, f"plans can't be kept in '{spec}': Not a directory" in said) == (3, True)


def test_no_environment(place: Place) -> None:
    place.plan([sms(1)], environment=None)
    assert "no environment is named" in refused(place, code=2)


def test_a_plan_away_from_its_project(place: Place) -> None:
    place.plan([sms(1)])
    (place.folder / "msgspec.yaml").unlink()
    assert "there is no environment 'sandbox'\nhelp: there is no project file here: --config names it" in refused(place, code=2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("form", ["text", "json"])
def test_output_that_cannot_be_written_hides_no_outcome(place: Place, form: str) -> None:
    place.plan([sms(1)])
    place.sandbox.fail(lost=True)
    command = [sys.executable, "-m", "msgspec_tool", "submit", "plan", "--confirm", "--format", form]
    variables = {**environment(), "XDG_STATE_HOME": str(place.state), **place.variables}
    with Path("/dev/full").open("wb") as full:
        assert subprocess.run(command, cwd=place.folder, env=variables, stdout=full, stderr=subprocess.DEVNULL, check=False).returncode == 5
        assert subprocess.run(command, cwd=place.folder, env=variables, stdout=full, stderr=subprocess.DEVNULL, check=False).returncode == 5
        skipped = [*command, "--unknown", "skip"]
        assert subprocess.run(skipped, cwd=place.folder, env=variables, stdout=full, stderr=subprocess.DEVNULL, check=False).returncode == 3


# --- the ledger holds nobody's data ---------------------------------------------------------------------------------------


def test_the_ledger_keeps_no_address(place: Place) -> None:
    message = sms(1, 2)
    message["destination"][0]["correlationid"] = "correlation-canary"
    place.plan([message])
    place.confirmed()
    (path,) = (place.state / "msgspec-tool" / "ledgers").glob("*.sqlite3")
    ledger = Ledger(path)
    ledger.close()
    data = b"".join(file.read_bytes() for file in place.state.rglob("*") if file.is_file())
    assert b"447700900" not in data
    assert b"correlation-canary" not in data
    assert b"Hello" not in data
