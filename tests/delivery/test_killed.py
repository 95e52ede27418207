"""A run that is killed at every point of its protocol, and again while it recovers: nobody is messaged twice, nobody is lost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.sandbox.full_disk import POSSIBLE
from tests.command import environment
from tests.delivery.killing import Runner, runner
from tests.delivery.places import Body, Place, sms

BODIES: list[Body] = [sms(1, 2), [sms(3), sms(4, 5), sms(6)], sms(7), [sms(8), sms(9)]]
EVERYBODY = {f"c-{number}" for number in range(1, 10)}
THOROUGH = bool(os.environ.get("EVERY_KILL"))
"""Every point of the recovery too: minutes in place of seconds."""


@pytest.fixture(scope="module")
def processes() -> Iterator[Runner]:
    with runner() as one:
        yield one


class Campaign:
    """Plans of one place, each killed in its own way, and what they add up to."""

    def __init__(self, place: Place, processes: Runner) -> None:
        self.place = place
        self.processes = processes
        self.killed = self.twice = self.lost = 0
        self._names = count()

    def variables(self) -> dict[str, str]:
        return {"XDG_STATE_HOME": str(self.place.state), "HOME": str(self.place.folder), **self.place.variables}

    def fresh(self, bodies: list[Body] = BODIES) -> str:
        """A plan that was never sent, before a sandbox that remembers nothing."""
        self.place.sandbox.reset()
        name = f"plan-{next(self._names)}"
        self.place.plan(bodies, name, run=name)
        return name

    def submit(self, name: str, *arguments: str, kill: int | None = None) -> tuple[int, int]:
        code, points = self.processes.run(self.place.folder, self.variables(), "submit", name, "--confirm", *arguments, kill=kill)
        output = (self.place.folder / "output.txt").read_text()
        # killed before anything was written down: then nothing has failed or is unknown, and the program says so
        chosen = {"--only", "--unknown"}.intersection(arguments)
        nothing_yet = code == 2 and chosen and output.rstrip().endswith("has nothing to choose from")
        assert code in (0, 4, 5, -9) or nothing_yet, output
        self.killed += code == -9
        return code, points

    @property
    def figures(self) -> str:
        return f"runs killed: {self.killed}, deliveries twice: {self.twice}, lost: {self.lost}"

    def check(self, name: str) -> Counter[str]:
        """What the ledger says against what the sandbox took."""
        states = Counter(self.place.addresses(name))
        taken = Counter(one["correlationid"] for one in self.place.sandbox.sandbox.store.all())
        accepted = correlation_ids(self.place, name, "accepted")
        twice = sum(number > 1 for number in taken.values())
        lost = len(accepted - set(taken))
        assert (twice, lost) == (0, 0), (name, taken, states)
        self.twice += twice
        self.lost += lost
        refused = correlation_ids(self.place, name, "rejected") | correlation_ids(self.place, name, "planned")
        assert not refused & set(taken), (name, refused, taken)
        assert sum(states.values()) == len(EVERYBODY)
        assert states["sending"] == 0
        return states


def correlation_ids(place: Place, name: str, state: str) -> set[str]:
    """Who is in a state: the ledger's ordinals looked up in the plan."""
    import json
    import sqlite3
    from contextlib import closing

    from msgspec_tool.delivery.bodies import message_objects, recipients

    lines = (place.folder / name / "requests-00000.jsonl").read_bytes().splitlines()
    pointer = place.folder / name / "submission.json"
    if not pointer.exists():
        return set()
    path = place.state / "msgspec-tool" / "ledgers" / f"{json.loads(pointer.read_text())['identity']}.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT request, object, first, addresses FROM message WHERE state = ?", (state,)).fetchall()
    found: set[str] = set()
    for request, index, first, addresses in rows:
        people = [one.correlationid for one in recipients(message_objects(lines[request])[index])]
        found |= set(people[first : first + addresses])
    return found


@pytest.fixture
def campaign(place: Place, processes: Runner) -> Campaign:
    place.project()
    return Campaign(place, processes)


def faults(place: Place) -> None:
    """One element is refused, and one request is taken although the answer says 503."""
    place.sandbox.fail(request=2, code="7102", element=1)
    place.sandbox.fail(request=3, status=503, taken=True)


def test_killed_at_every_point(campaign: Campaign, record_property: Callable[[str, object], None]) -> None:
    for _time in range(2):
        # the first run of all makes the key of hashes too
        name = campaign.fresh()
        faults(campaign.place)
        code, points = campaign.submit(name, "--jobs", "1")
    assert (code, points > 50) == (5, True)
    assert campaign.check(name) == {"accepted": 6, "rejected": 2, "unknown": 1}
    for first in range(1, points + 1):
        for second in range(1, points + 1) if THOROUGH else (1 + first * 7 % 40,):
            name = campaign.fresh()
            faults(campaign.place)
            assert campaign.submit(name, "--jobs", "1", kill=first)[0] == -9
            campaign.submit(name, "--jobs", "1", "--resume", kill=second)
            code, _ = campaign.submit(name, "--jobs", "1", "--resume")
            states = campaign.check(name)
            assert states["planned"] == 0, (first, second)
            assert code in (4, 5)
    record_property("figures", f"kill points tried: {points}, {campaign.figures}")


def test_decisions_are_killed_too(campaign: Campaign, record_property: Callable[[str, object], None]) -> None:
    """A canary, halving, and what failed once more: each killed at every point, then finished."""
    tried = 0
    for arguments in (("--canary", "3"), ("--bisect",), ("--only", "failed")):
        for kill in count(1, 1 if THOROUGH else 7):
            name = campaign.fresh()
            campaign.place.sandbox.fail(correlationid="c-5", code="7102", times=0)
            if arguments == ("--only", "failed"):
                campaign.submit(name)
            killed = campaign.submit(name, *arguments, "--jobs", "1", kill=kill)[0] == -9
            campaign.submit(name, "--resume")
            campaign.place.sandbox.sandbox.faults.rules.clear()
            campaign.submit(name, "--only", "failed")
            states = campaign.check(name)
            assert states["planned"] + states["rejected"] == 0
            tried += 1
            if not killed:
                break
    record_property("figures", f"decisions tried: {tried}, {campaign.figures}")


FAULT = st.fixed_dictionaries(
    {"request": st.integers(1, 8)},
    optional={
        "cut": st.sampled_from(["before", "during", "after"]),
        "status": st.sampled_from([200, 302, 429, 500, 503]),
        "code": st.sampled_from(["7001", "7006", "7020", "7102", "7105"]),
        "element": st.integers(0, 2),
        "elements": st.integers(1, 4),
        "taken": st.booleans(),
        "lost": st.booleans(),
        "half": st.booleans(),
        "retry_after": st.sampled_from(["0", "3", "Wed, 01 Jan 2020 00:00:00 GMT", "soon"]),
        "answer": st.sampled_from(["", "<html>", '{"response": []}', '{"response": {"code": "7102"', "[]"]),
    },
)
STEP = st.tuples(st.sampled_from(["", "--resume", "--bisect", "--only", "--canary"]), st.none() | st.integers(1, 80), st.integers(1, 3))


def honest(fault: dict[str, Any]) -> dict[str, Any]:
    """A platform may fail in any way but one: it never says of a message that it was taken or refused where the opposite is true."""
    whole = fault.get("code") is not None and fault.get("element") is None
    hidden = {"taken", "lost", "half"} if whole or fault.get("status") == 429 else set()
    invented = {"elements"} if fault.get("code") is not None else set()
    return {name: value for name, value in fault.items() if name not in hidden | invented}


def test_random_faults_and_kills(campaign: Campaign, record_property: Callable[[str, object], None]) -> None:
    tried = Counter[str]()

    @settings(
        max_examples=300 if THOROUGH else 30,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @example([{"request": 2, "code": "7102", "element": 1, "elements": 4}], [("", None, 1)])
    @example([{"request": 1, "answer": ""}], [("", None, 1)])
    @given(st.lists(FAULT, max_size=6), st.lists(STEP, min_size=1, max_size=4))
    def attempt(script: list[dict[str, Any]], steps: list[tuple[str, int | None, int]]) -> None:
        name = campaign.fresh()
        for fault in script:
            campaign.place.sandbox.fail(**honest(fault))
        for option, kill, jobs in steps:
            begun = (campaign.place.folder / name / "submission.json").exists()
            arguments = {"--only": ["--only", "failed"], "--canary": ["--canary", "2"], "": []}.get(option, [option])
            campaign.submit(name, *(arguments if begun or option != "--only" else []), "--jobs", str(jobs), kill=kill)
        campaign.place.sandbox.sandbox.faults.rules.clear()
        campaign.submit(name, "--resume")
        assert campaign.check(name)["planned"] == 0
        tried["scripts"] += 1
        tried["faults"] += len(script)

    attempt()
    record_property("figures", f"fault scripts tried: {tried['scripts']} with {tried['faults']} faults, {campaign.figures}")


def test_the_disk_of_the_ledger_is_full(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be written before sending is not sent; what can't be written after it is unknown."""
    import sqlite3

    place.plan([sms(number) for number in range(1, 5)])
    commit = Ledger._commit
    room = [0]

    def full(self: Ledger) -> None:
        room[0] -= 1
        if room[0] < 0:
            raise sqlite3.OperationalError("database or disk is full")
        commit(self)

    monkeypatch.setattr(Ledger, "_commit", full)
    # the start of a run and its child plan are two commits (and one for what was found on its way); each request is two more
    for space, taken in ((2, 0), (3, 1), (6, 3)):
        room[0] = space
        code, _, said = place.submit("--confirm", "--resume", "--jobs", "1")
        assert code == 5, said
        assert "can't be written: database or disk is full" in said
        assert len(place.delivered()) == taken
    monkeypatch.undo()
    assert place.confirmed("--resume")[0] == 5
    assert place.addresses() == {"accepted": 2, "unknown": 2}
    assert set(place.delivered().values()) == {1}
    assert len(place.delivered()) == 4


@pytest.mark.skipif(not POSSIBLE, reason="only Linux lets another process be limited")
def test_the_disk_of_the_client_is_full(place: Place) -> None:
    """No stand-in: from the second request on, the kernel lets no file of the client grow."""
    place.plan([sms(number) for number in range(1, 6)])
    place.sandbox.fail(request=2, full=True)
    command = [sys.executable, "-m", "msgspec_tool", "submit", "plan", "--confirm", "--jobs", "1"]
    variables = {**environment(), "XDG_STATE_HOME": str(place.state), **place.variables}
    done = subprocess.run(command, cwd=place.folder, env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (5, "")
    assert re.fullmatch(r"error: the ledger '.*' can't be written: .*\nhelp: the run stops; --resume goes on\n", done.stderr)
    assert len(place.delivered()) == 2
    assert place.confirmed("--resume")[0] == 5
    assert place.addresses() == {"accepted": 4, "unknown": 1}
    assert set(place.delivered().values()) == {1}
    assert len(place.delivered()) == 5
