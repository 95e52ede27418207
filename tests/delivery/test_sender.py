"""Runs that meet trouble on their way: nobody there, an interrupt, a plan that changes under them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest

from msgspec_tool.delivery import submit as submitting
from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.pacing import Retries
from msgspec_tool.delivery.states import State
from msgspec_tool.delivery.submission import open_submission
from msgspec_tool.delivery.submit import SubmitOptions, send
from msgspec_tool.delivery.wire import Lost, NotSent, Replied
from msgspec_tool.errors import ExitCode, PolicyError, ToolError
from msgspec_tool.surroundings.project_file import load_project
from tests.command import environment
from tests.delivery.places import Place, sms
from tests.delivery.test_pacing import Moved

ACCEPTED = Replied(200, b'{"response": [{"code": "1001", "transid": "t"}]}', None)


class Script:
    """A wire that answers from a list; the last answer stays."""

    def __init__(self, *answers: Replied | NotSent | Lost) -> None:
        self.answers = list(answers)
        self.bodies: list[bytes] = []

    def post(self, body: bytes) -> Replied | NotSent | Lost:
        self.bodies.append(body)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def state(place: Place) -> Iterator[None]:
    with mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(place.state)}):
        yield


def sending(place: Place, wire: Script, **options: object) -> submitting.RunResult:
    project = load_project(place.folder)
    submission = open_submission(place.folder / "plan", project.environments["sandbox"], place.folder, datetime.now(timezone.utc))
    given = SubmitOptions(jobs=1, clock=Moved(time.time()), retries=Retries(jitter=lambda: 1.0))
    return send(submission, replace(given, **options), wire)  # type: ignore[arg-type]


@pytest.mark.usefixtures("state")
def test_what_was_surely_not_taken_is_tried_again(place: Place) -> None:
    place.plan([sms(1)])
    wire = Script(NotSent("no connection"), NotSent("no connection"), ACCEPTED)
    clock = Moved(time.time())
    result = sending(place, wire, clock=clock)
    assert (result.exit_code, result.retried, clock.waited) == (0, 2, [0.5, 1.0])
    assert len(set(wire.bodies)) == 1


@pytest.mark.usefixtures("state")
def test_a_broad_outage_stops_the_run(place: Place) -> None:
    place.plan([sms(number) for number in range(1, 40)])
    wire = Script(NotSent("no connection"))
    result = sending(place, wire)
    assert (result.exit_code, result.stopped) == (5, "the platform can't be reached: no connection")
    assert len(wire.bodies) == 6
    assert result.tallies[State.PLANNED].addresses == 39


@pytest.mark.usefixtures("state")
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Replied(503, b"", None), "HTTP 503"),
        (Lost("no answer in time"), "no answer in time"),
        (Replied(200, b'{"response": {"code": "7006"}}', None), "7006"),
    ],
)
def test_an_outage_does_not_use_the_plan_up(place: Place, answer: Replied | Lost, reason: str) -> None:
    place.plan([sms(number) for number in range(1, 40)])
    wire = Script(*[answer] * 4, ACCEPTED, answer)
    clock = Moved(time.time())
    result = sending(place, wire, clock=clock)
    assert (result.exit_code, result.stopped) == (5, f"one outcome after the other is unknown: {reason}")
    assert (len(wire.bodies), clock.waited) == (10, [0.5, 1.0, 2.0, 4.0] * 2)
    assert {state.value: tally.addresses for state, tally in result.tallies.items() if tally.addresses} == {
        "planned": 29,
        "accepted": 1,
        "unknown": 9,
    }


@pytest.mark.usefixtures("state")
@pytest.mark.parametrize(("asked", "waited", "requests"), [("20", [20.0], 2), ("31536000", [], 1)])
def test_a_server_that_fails_is_given_the_time_it_asks_for(place: Place, asked: str, waited: list[float], requests: int) -> None:
    place.plan([sms(1), sms(2)])
    clock, wire = Moved(time.time()), Script(Replied(503, b"", asked), ACCEPTED)
    assert sending(place, wire, clock=clock).exit_code == 5
    assert (clock.waited, len(wire.bodies)) == (waited, requests)


@pytest.mark.usefixtures("state")
def test_the_platform_is_obeyed_by_all_workers(place: Place) -> None:
    place.plan([sms(number) for number in range(1, 4)])
    slow = Replied(200, b'{"response": {"code": "7020"}}', "30")
    clock = Moved(time.time())
    result = sending(place, Script(slow, ACCEPTED), clock=clock)
    assert (result.exit_code, clock.waited) == (0, [30.0])


@pytest.mark.usefixtures("state")
def test_a_platform_that_is_never_ready(place: Place) -> None:
    place.plan([sms(1)])
    result = sending(place, Script(Replied(429, b"", None)))
    assert (result.exit_code, result.stopped, result.retried) == (5, "the platform asks to send later", 5)


@pytest.mark.usefixtures("state")
def test_a_plan_that_is_removed_while_it_is_sent(place: Place) -> None:
    plan = place.plan([sms(1), sms(2)])

    class Removing(Script):
        def post(self, body: bytes) -> Replied | NotSent | Lost:
            (plan / "requests-00000.jsonl").unlink()
            return super().post(body)

    with pytest.raises(PolicyError, match="the plan changed while it was sent: request 2 is not as it was"):
        sending(place, Removing(ACCEPTED))
    assert place.addresses() == {"accepted": 1, "planned": 1}


@pytest.mark.usefixtures("state")
def test_nothing_leaves_after_the_expiry(place: Place) -> None:
    place.project(rate=1)
    place.plan([sms(1, expiry="2099-01-01T04:00:00.000Z"), *(sms(number, expiry="2099-01-01T00:00:02.500Z") for number in (2, 3, 4))])
    clock = Moved(datetime(2099, 1, 1, tzinfo=timezone.utc).timestamp())
    wire = Script(ACCEPTED)
    result = sending(place, wire, clock=clock)
    assert (result.exit_code, result.stopped, len(wire.bodies)) == (5, "the expiry of a message has passed", 3)
    assert result.tallies[State.PLANNED].addresses == 1


@pytest.mark.usefixtures("state")
def test_the_lower_rate_holds(place: Place) -> None:
    place.project(rate=2)
    place.plan([sms(1, 2), sms(3, 4), sms(5, 6)])
    for rate, waited in ((100, [1.0, 1.0]), (1, [])):
        clock = Moved(1e9)
        sending(place, Script(ACCEPTED), clock=clock, rate=rate)
        assert clock.waited == waited


@pytest.mark.usefixtures("state")
def test_an_error_that_nobody_foresaw(place: Place) -> None:
    place.plan([sms(1), sms(2)])

    class Broken:
        def post(self, body: bytes) -> Replied:
            raise RuntimeError("what is this")

    with pytest.raises(RuntimeError, match="what is this"):
        sending(place, Broken())  # type: ignore[arg-type]
    assert place.addresses() == {"planned": 1, "sending": 1}
    result = sending(place, Script(ACCEPTED), wish=submitting.Wish(resume=True))
    assert (result.exit_code, result.unknown[0][0]) == (5, "the run ended before the answer")


@pytest.mark.usefixtures("state")
def test_a_plan_that_changes_while_it_is_sent(place: Place) -> None:
    plan = place.plan([sms(1), sms(2)])
    file = plan / "requests-00000.jsonl"

    class Changing(Script):
        def post(self, body: bytes) -> Replied | NotSent | Lost:
            file.write_bytes(b"x" * 2000) if len(self.bodies) == 0 else file.unlink()
            return super().post(body)

    with pytest.raises(PolicyError, match="changed while it was sent: request 2"):
        sending(place, Changing(ACCEPTED))
    assert place.addresses() == {"accepted": 1, "planned": 1}


@pytest.mark.usefixtures("state")
def test_the_same_message_is_never_begun_twice(place: Place) -> None:
    place.plan([sms(1)])
    sending(place, Script(ACCEPTED))
    (path,) = (place.state / "msgspec-tool" / "ledgers").glob("*.sqlite3")
    from msgspec_tool.delivery.states import Piece, Unit

    ledger = Ledger(path)
    with pytest.raises(ToolError, match="would be sent again"):
        ledger.begin(Unit(0, (Piece(1, 0, 0, 1),), True), 1, 0.0)
    ledger.close()


@pytest.mark.usefixtures("state")
def test_an_interrupt_finishes_what_is_on_its_way(place: Place) -> None:
    place.plan([sms(1), sms(2), sms(3)])
    waited = threading.Event.wait
    interrupts = [True]

    def interrupted(event: threading.Event, timeout: float | None = None) -> bool:
        result = waited(event, timeout)
        if interrupts and timeout and threading.current_thread() is threading.main_thread():
            interrupts.pop()
            raise KeyboardInterrupt
        return result

    class Slow(Script):
        def post(self, body: bytes) -> Replied | NotSent | Lost:
            while interrupts:
                time.sleep(0.001)
            return super().post(body)

    with mock.patch.object(threading.Event, "wait", interrupted):
        result = sending(place, Slow(ACCEPTED))
    assert (result.exit_code, result.stopped) == (ExitCode.INTERRUPTED, "interrupted")
    assert result.tallies[State.SENDING].addresses == result.tallies[State.UNKNOWN].addresses == 0
    assert result.tallies[State.ACCEPTED].addresses >= 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_of_the_program(place: Place, number: signal.Signals) -> None:
    place.plan([sms(one) for one in range(1, 200)])
    place.sandbox.fail(delay=0.05, times=0)
    command = [sys.executable, "-m", "msgspec_tool", "submit", "plan", "--confirm", "--jobs", "2"]
    variables = {**environment(), "XDG_STATE_HOME": str(place.state), **place.variables}
    process = subprocess.Popen(command, cwd=place.folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while place.sandbox.sandbox.fed < 5:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    output, _said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped: interrupted" in output
    assert "to go on: msgspec-tool submit plan --resume --confirm" in output
    sent = place.addresses()
    assert set(sent) == {"accepted", "planned"}, place.run("status", "plan").stdout.decode()
    assert sent["accepted"] == len(place.delivered())
    place.sandbox.sandbox.faults.rules.clear()
    assert place.confirmed("--resume")[0] == 0
    assert set(place.delivered().values()) == {1}


def test_an_interrupt_that_comes_twice(place: Place) -> None:
    """Who can't wait leaves what is on its way unknown, and nobody is messaged again."""
    place.plan([sms(one) for one in range(1, 10)])
    place.sandbox.fail(delay=30, lost=True, times=0)
    command = [sys.executable, "-m", "msgspec_tool", "submit", "plan", "--confirm", "--jobs", "2"]
    variables = {**environment(), "XDG_STATE_HOME": str(place.state), **place.variables}
    process = subprocess.Popen(command, cwd=place.folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while place.sandbox.sandbox.fed < 2:
        assert process.poll() is None
        time.sleep(0.01)
    assert process.stderr is not None
    process.send_signal(signal.SIGINT)
    waiting = "interrupted: waiting for the answers to what is on its way; a second interrupt leaves them unknown\n"
    assert [process.stderr.readline() for _line in range(2)] == ["\n", waiting]
    process.send_signal(signal.SIGINT)
    output, said = process.communicate(timeout=20)
    assert (process.returncode, output) == (130, "")
    assert said.strip() == "interrupted"
    assert place.addresses() == {"sending": 2, "planned": 7}
    place.sandbox.sandbox.faults.rules.clear()
    assert place.confirmed("--resume")[0] == 5
    assert place.addresses() == {"unknown": 2, "accepted": 7}
    assert len(place.delivered()) == 9
    assert set(place.delivered().values()) == {1}


def test_a_terminal_that_goes_away_stops_no_run(place: Place) -> None:
    """Whoever reads the progress may leave: the run goes on to its end."""
    place.plan([sms(one) for one in range(1, 10)])
    written: list[str] = []

    def gone(text: str) -> int:
        written.append(text)
        raise BrokenPipeError

    terminal = SimpleNamespace(isatty=lambda: True, write=gone)
    with (
        mock.patch("msgspec_tool.delivery.progress.LIVE_SECONDS", 0.0),
        mock.patch("msgspec_tool.cli.submit.sys", SimpleNamespace(stderr=terminal)),
    ):
        code, _report = place.confirmed()
    assert (code, place.addresses()) == (0, {"accepted": 9})
    assert len(written) > 5


def test_nobody_there(place: Place) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place.project(endpoint=f"https://localhost:{port}/resources/v1/messaging")
    place.plan([sms(1)])
    with mock.patch("msgspec_tool.delivery.pacing.SystemClock.wait"):
        code, output, _ = place.submit("--confirm")
    assert code == 5
    assert "stopped: the platform can't be reached: nothing listens at " in output
    assert place.addresses() == {"planned": 1}


def test_a_report_that_cannot_be_written_hides_no_exit_code(place: Place) -> None:
    place.plan([sms(1)])
    code, output, said = place.submit("--confirm", "--report", "no/such/folder.json")
    assert code == 0
    assert "accepted             1" in output
    assert said.startswith("warning: the report 'no/such/folder.json' can't be written: No such file or directory")


def test_who_decides_is_noted(place: Place) -> None:
    place.plan([sms(1)])
    place.sandbox.fail(cut="after")
    place.confirmed()
    with mock.patch("getpass.getuser", side_effect=KeyError("uid")):
        place.confirmed("--unknown", "skip")
    assert f"user {os.getuid()} decided to skip 1 unknown messages" in place.run("status", "plan").stdout.decode()


def test_a_second_child_that_finds_nothing(place: Place, tmp_path: Path) -> None:
    place.plan([sms(1)])
    assert place.confirmed()[0] == 0
    assert place.confirmed("--canary", "1")[0] == place.confirmed("--bisect")[0] == place.confirmed("--unknown", "resend")[0] == 0
    assert place.confirmed("--unknown", "skip", "--resume")[0] == 0
    assert json.loads((place.folder / "plan" / "report.json").read_text())["run"]["kind"] == "skip"
