"""A plan's whole life in any order: runs, kills, faults, decisions and receipts, against what must hold of every one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from tests.delivery.killing import Runner, runner
from tests.delivery.places import Place, address, sms
from tests.delivery.test_killed import EVERYBODY, THOROUGH, Campaign, correlation_ids

HONEST_FAULTS: list[dict[str, Any]] = [
    {"cut": "before"},
    {"cut": "after"},
    {"lost": True},
    {"status": 503, "taken": True},
    {"status": 503},
    {"status": 429, "retry_after": "2"},
    {"code": "7001"},
    {"code": "7020", "retry_after": "1"},
    {"code": "7102"},
    {"code": "7102", "element": 1},
    {"elements": 3},
    {"answer": "<html>"},
    {"half": True},
]
FORCES = ["", "--resume", "--bisect", "--only failed", "--canary 2", "--canary 4"]
KILL = st.none() | st.integers(1, 60)


@pytest.fixture(scope="module")
def processes() -> Iterator[Runner]:
    with runner() as one:
        yield one


class Life(RuleBasedStateMachine):
    """One plan; the test gives it its place."""

    place: Place
    processes: Runner
    lives: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        self.campaign = Campaign(self.place, self.processes)
        self.campaign._names = iter([f"life-{self.lives['lives']}-{self.place.sandbox.sandbox.fed}"])  # type: ignore[assignment]
        self.name = self.campaign.fresh()
        self.resent: set[str] = set()
        self.lives["lives"] += 1

    @property
    def begun(self) -> bool:
        return (self.place.folder / self.name / "submission.json").exists()

    @rule(fault=st.sampled_from(HONEST_FAULTS), after=st.integers(1, 3))
    def fault(self, fault: dict[str, Any], after: int) -> None:
        self.place.sandbox.fail(request=self.place.sandbox.sandbox.fed + after, **fault)

    @rule(options=st.sampled_from(FORCES), kill=KILL, jobs=st.integers(1, 3))
    def submit(self, options: str, kill: int | None, jobs: int) -> None:
        if options != "--only failed" or self.begun:
            self.run(*options.split(), "--jobs", str(jobs), kill=kill)

    @precondition(lambda self: self.begun)
    @rule(decision=st.sampled_from(["skip", "resend"]), kill=KILL)
    def decide(self, decision: str, kill: int | None) -> None:
        if decision == "resend":
            # a person took the risk that these are messaged twice
            self.resent |= correlation_ids(self.place, self.name, "unknown") | correlation_ids(self.place, self.name, "sending")
        self.run("--unknown", decision, kill=kill)

    @precondition(lambda self: self.begun)
    @rule(people=st.sets(st.integers(1, 9)))
    def receipts(self, people: set[int]) -> None:
        """Notifications of messages that the platform did take, and of no other."""
        taken = {one["correlationid"] for one in self.place.sandbox.sandbox.store.all()}
        file = self.place.folder / "receipts.jsonl"
        file.write_text("".join(_receipt(person) for person in people if f"c-{person}" in taken))
        variables = self.campaign.variables()
        code, _ = self.processes.run(self.place.folder, variables, "reconcile", self.name, "--receipts", "receipts.jsonl")
        assert code in (0, 5)
        self.lives["reconciliations"] += 1

    def run(self, *arguments: str, kill: int | None) -> None:
        code, _ = self.campaign.submit(self.name, *arguments, kill=kill)
        self.lives["runs"] += 1
        self.lives["killed"] += code == -9

    @invariant()
    def nobody_is_lost_or_messaged_twice(self) -> None:
        if not hasattr(self, "name"):
            return
        taken = Counter(one["correlationid"] for one in self.place.sandbox.sandbox.store.all())
        assert not [one for one, number in taken.items() if number > 1 and one not in self.resent]
        assert correlation_ids(self.place, self.name, "accepted") <= set(taken)
        sure = correlation_ids(self.place, self.name, "planned") | correlation_ids(self.place, self.name, "rejected")
        assert not (sure - self.resent) & set(taken)
        assert sum(self.place.addresses(self.name).values()) == len(EVERYBODY)


def test_the_life_of_a_plan(place: Place, processes: Runner, record_property: Callable[[str, object], None]) -> None:
    place.project()
    Life.place, Life.processes = place, processes
    examples = 200 if THOROUGH else 12
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Life, settings=settings(max_examples=examples, stateful_step_count=8, deadline=None, suppress_health_check=checks)
    )
    record_property("figures", f"lives of a plan: {dict(Life.lives)}, deliveries twice: 0, lost: 0")


def _receipt(person: int) -> str:
    information = {
        "timeStamp": datetime.now(timezone.utc).isoformat(),
        "code": "7500",
        "deliveryChannel": "SMS",
        "destination": address(person),
    }
    return json.dumps({"deliveryInfoNotification": {"deliveryInfo": information, "correlationid": f"c-{person}"}}) + "\n"


def test_a_project_is_where_a_plan_is(place: Place, tmp_path: Path) -> None:
    """A plan outside any project is sent with the project of the current folder."""
    place.project()
    plan = place.plan([sms(1)], "elsewhere/plan")
    assert plan.is_dir()
    assert place.submit("--confirm", what="elsewhere/plan")[0] == 0
