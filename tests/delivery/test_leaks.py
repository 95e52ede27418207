"""Marked keys, names, numbers and texts go through every command: nothing but the plan itself, and what a person asks to see, holds one."""

from __future__ import annotations

import json
import logging
import traceback
from pathlib import Path
from unittest import mock

import pytest

from msgspec_tool.cli.test import FORMATS as FORMS_OF_TEST
from msgspec_tool.config import Environment
from msgspec_tool.delivery.credentials import Secret, ServiceKey, Token, credentials
from msgspec_tool.reporters.registry import FORMATS
from tests.delivery.places import Place

KEY = "sandbox-KEYCANARY"
WRONG_KEY = "sandbox-WRONGCANARY"
SECRET = "SECRETCANARYxxxx"
CANARIES = ("CANARY", "canary-name", "447700900777", "447700900778", "c-canary")
SPEC = """\
msgspec: 1
name: hello
variables: {name: {type: string, maxLength: 30, charset: gsm7, sensitivity: personal, examples: [Asha]}}
deliverychannel: sms
channels:
  sms: {text: "Dear {{ name }}, your code is TEXTCANARY."}
destination:
  from: people.csv
  msisdn: "{{ phone }}"
  correlationid: "{{ id }}"
"""
PEOPLE = "phone,name,id\n+447700900777,canary-name,c-canary-1\n+447700900778,canary-name,c-canary-2\n"


@pytest.fixture
def marked(place: Place) -> Place:
    place.project(jwt=None)
    (place.folder / "a.msg.yaml").write_text(SPEC)
    (place.folder / "people.csv").write_text(PEOPLE)
    place.sandbox.sandbox.key = KEY
    place.variables = {"SANDBOX_KEY": KEY, "MSGSPEC_DEBUG": "1", "HUB": SECRET}
    return place


@pytest.fixture(autouse=True)
def _real_key_again(place: Place) -> object:
    before = place.sandbox.sandbox.key
    yield
    place.sandbox.sandbox.key = before


def outputs(place: Place, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Everything that the commands of a campaign say, in every format, and what libraries log at their highest verbosity."""
    said: list[str] = []

    def run(*arguments: str) -> int:
        result = place.run(*arguments)
        said.append(f"{' '.join(arguments)}\n{result.stdout.decode()}{result.stderr.decode()}")
        return result.returncode

    assert run("render", "a.msg.yaml", "--env", "sandbox", "--out", "plan") == 0
    for format in FORMATS:
        assert run("lint", "a.msg.yaml", "--recipients", "people.csv", "--format", format) == 0
    for option in ("--as-api", "--statistics", "--diff", "--fix", "--write-baseline=known.json", "--baseline=known.json"):
        assert run("lint", "a.msg.yaml", option) == 0
    for option in ("--estimate", "--explain-plan", "--suppress=people.csv"):
        run("render", "a.msg.yaml", "--env", "sandbox", "--out", f"plan{option}", option)
    run("render", "a.msg.yaml", "--env", "sandbox", "--duplicates", "refuse", "--out", "unique")
    for form in FORMS_OF_TEST:
        run("test", "a.msg.yaml", "--env", "sandbox", "--format", form)
    run("test", "a.msg.yaml", "--env", "sandbox", "--generate")
    for pointed in ("destination.msisdn", "destination.correlationid"):
        run("why", "a.msg.yaml", pointed, "--row", "1", "--env", "sandbox")
    assert run("init", "another") == run("explain", "7009") == run("rules") == run("schema", "submit") == 0
    (place.folder / "key").write_text(KEY)
    (place.folder / "receipts.jsonl").write_text('{"deliveryInfoNotification": {"deliveryInfo": {"destination": "447700900777"}}}\n')
    for format in ("text", "json"):
        run("submit", "plan", "--format", format)
        place.variables["SANDBOX_KEY"] = WRONG_KEY
        run("submit", "plan", "--confirm", "--format", format)
        place.variables["SANDBOX_KEY"] = f"{KEY} {SECRET}"
        run("submit", "plan", "--confirm", "--resume", "--format", format)
        place.variables["SANDBOX_KEY"] = KEY
        run("submit", "plan", "--confirm", "--key-file", "key")
        place.sandbox.fail(lost=True)
        run("submit", "plan", "--confirm", "--resume", "--format", format)
        run("status", "plan", "--format", format)
        run("reconcile", "plan", "--receipts", "receipts.jsonl")
        place.sandbox.fail(answer='{"response": {"code": "7102", "description": "bad 447700900777 canary-name"}}')
        run("submit", "plan", "--confirm", "--unknown", "resend", "--format", format)
        run("submit", "plan", "--confirm", "--only", "failed", "--bisect", "--format", format)
        run("submit", "a.msg.yaml", "--env", "sandbox", "--format", format, "--run", format)
        run("submit", "a.msg.yaml", "--env", "sandbox", "--format", format, "--run", format, "--confirm")
    run("receive", "plan", "--secret-env", "NO_SUCH")
    (place.folder / "people.csv").write_text(PEOPLE + "CANARY,canary-name,c-canary-3\n")
    run("submit", "a.msg.yaml", "--env", "sandbox", "--run", "third", "--confirm")
    run("render", "a.msg.yaml", "--env", "sandbox", "--keep-going", "--out", "third")
    (place.folder / "plan" / "requests-00000.jsonl").write_bytes(b'{"447700900777": ')
    run("submit", "plan", "--confirm")
    run("purge", "plan")
    return [*said, *(record.getMessage() for record in caplog.records)]


def test_nothing_leaks(marked: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = outputs(marked, caplog)
    assert len(said) > 25
    assert not [text for text in said if any(canary in text.split("\n", 1)[-1] for canary in CANARIES)]
    assert not [text for text in said if "Traceback" in text]


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize(
    "where",
    [
        "msgspec_tool.delivery.plan.message_objects",
        "msgspec_tool.delivery.plan.recipients",
        "msgspec_tool.delivery.ledger.Ledger.begin",
        "msgspec_tool.delivery.wire.Wire.post",
        "msgspec_tool.delivery.sender.read_answer",
        "msgspec_tool.delivery.report.markdown_lines",
        "msgspec_tool.pipeline.render",
    ],
)
def test_an_internal_error_tells_no_value(marked: Place, where: str, debug: str) -> None:
    """A mistake of the program that holds personal values, wherever it is made: neither its message nor its traceback has one."""
    marked.run("render", "a.msg.yaml", "--env", "sandbox", "--out", "plan")
    marked.variables["MSGSPEC_DEBUG"] = debug
    cause = KeyError("+447700900777 canary-name")
    error = RuntimeError(f"{KEY} CANARY c-canary-1 canary-name")
    error.__cause__ = cause
    with mock.patch(where, side_effect=error):
        said = [
            marked.run(*arguments)
            for arguments in (("submit", "plan", "--confirm"), ("submit", "a.msg.yaml", "--confirm"), ("status", "plan"))
        ]
    texts = [(one.stdout + one.stderr).decode() for one in said]
    assert any("RuntimeError" in text for text in texts)
    assert not [text for text in texts if any(canary in text for canary in CANARIES)]


def test_why_shows_the_text_of_the_spec_and_no_data_of_a_row(marked: Place) -> None:
    shown = marked.run("why", "a.msg.yaml", "/channels/sms/text", "--row", "1", "--env", "sandbox").stdout.decode()
    assert "your code is TEXTCANARY." in shown
    assert "text of 11 characters" in shown
    assert "canary-name" not in shown


def test_no_file_but_the_plan_holds_anything(marked: Place, caplog: pytest.LogCaptureFixture) -> None:
    outputs(marked, caplog)
    kept = {"people.csv", "a.msg.yaml", "key", "receipts.jsonl"}
    files = [
        file for file in marked.folder.rglob("*") if file.is_file() and file.name not in kept and not file.name.startswith("requests-")
    ]
    assert any(file.suffix == ".sqlite3" for file in files)
    leaks = [file for file in files if any(canary.encode() in file.read_bytes() for canary in CANARIES)]
    assert leaks == []


def test_a_secret_is_never_shown() -> None:
    secret = Secret(SECRET)
    holder = ServiceKey(secret)
    token = Token(secret, secret, lambda: 0.0)
    shown = [repr(secret), str(secret), f"{secret}", f"{secret:>20}", repr([secret]), repr(holder), str(holder), repr(token)]
    shown += traceback.format_exception(ValueError(secret))
    assert not [text for text in shown if "CANARY" in text]
    import copy
    import pickle

    for write in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="not written down"):
            write(secret)


def test_a_token_is_renewed_before_it_ends() -> None:
    import base64

    import jwt

    now = [1_000_000.0]
    signing = b"k" * 32
    variables = {"ID": "service-1", "SECRET": base64.b64encode(signing).decode()}
    environment = Environment("production", region="uk", jwt={"id_env": "ID", "secret_env": "SECRET"})
    one = credentials(environment, loopback=False, variables=variables, time=lambda: now[0])
    ages = []
    for _step in range(5):
        headers = one.headers()
        assert list(headers) == ["Authorization"]
        claims = jwt.decode(headers["Authorization"].removeprefix("Bearer "), signing, algorithms=["HS256"], options={"verify_iat": False})
        assert claims["iss"] == "service-1"
        ages.append(now[0] - claims["iat"])
        now[0] += 1700
    assert ages == [0, 1700, 0, 1700, 0]
    now[0] = 5.0
    assert "Authorization" in one.headers()


def test_a_short_secret_of_the_platform_is_nobodys_mistake() -> None:
    """Its length is not the sender's to choose: nothing is warned of, which tests would see."""
    assert "Authorization" in Token(Secret("service-1"), Secret("c2Jveg=="), lambda: 1.0).headers()


def test_the_report_of_a_run_names_nobody(marked: Place) -> None:
    marked.run("render", "a.msg.yaml", "--env", "sandbox", "--out", "plan")
    marked.submit("--confirm")
    for name in ("report.json", "report.md", "submission.json"):
        text = Path(marked.folder / "plan" / name).read_text()
        assert not [canary for canary in CANARIES if canary in text]
    assert json.loads((marked.folder / "plan" / "report.json").read_text())["addresses"]["accepted"] == 2
