"""What render promises for every spec and all data: nothing that lint refuses leaves it, and every row is accounted for."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from msgspec_tool.config import Project
from msgspec_tool.diagnostics import Severity
from msgspec_tool.lint_pipeline import LintOptions, lint
from msgspec_tool.pipeline import render
from msgspec_tool.rendering.options import RenderOptions
from msgspec_tool.rendering.outcome import RenderOutcome
from tests.generated_specs import Made, made

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
LARGE = 8 << 20


def rendered(folder: Path, case: Made, **changes: Any) -> RenderOutcome:
    spec = folder / "made.msg.yaml"
    spec.write_text(case.spec, encoding="utf-8", newline="")
    (folder / case.name).write_bytes(case.recipients)
    return render(spec, replace(RenderOptions(NOW, Project(folder), keep_going=True), **changes))


def flat(outcome: RenderOutcome) -> Counter[tuple[str, str, str, str | None]]:
    """Every address with its key, its correlation id and the content that it gets, however they were grouped and packed."""
    found: Counter[tuple[str, str, str, str | None]] = Counter()
    for line in outcome.lines():
        body = json.loads(line)
        for message in body if isinstance(body, list) else [body]:
            destinations = message.pop("destination")
            for destination in destinations:
                correlationid = destination.pop("correlationid", None)
                ((key, addresses),) = destination.items()
                found.update((json.dumps(message), key, address, correlationid) for address in addresses)
    return found


@settings(max_examples=max(100, settings().max_examples), deadline=None, suppress_health_check=list(HealthCheck))
@given(made())
def test_whatever_is_rendered_passes_lint_and_every_row_is_accounted_for(case: Made) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outcome = rendered(folder, case)
        if refused_by_lint(case, outcome):
            return
        for number, line in enumerate(outcome.lines()):
            (folder / f"body-{number}.json").write_bytes(line)
        bodies = tuple(str(path) for path in folder.glob("body-*.json"))
        report = lint(LintOptions(NOW, Project(folder), bodies)) if bodies else None
    if report is not None:
        assert [one.finding.message for one in report.diagnostics if one.severity is Severity.ERROR] == []
        assert report.failures == ()
    check_accounts(case, outcome)


def refused_by_lint(case: Made, outcome: RenderOutcome) -> bool:
    """Made-up specs are sound, but values of an inline list can break their declarations: lint sees those."""
    codes = {one.rule.code for one in outcome.diagnostics}
    assert codes <= ({"VAR302"} if case.name.endswith("inline") else set()), [one.finding.message for one in outcome.diagnostics]
    return bool(codes)


def check_accounts(case: Made, outcome: RenderOutcome) -> None:
    refused = [refusal.row for refusal in outcome.refusals]
    assert len(set(refused)) == len(refused)
    assert set(refused) <= case.wanted.keys()
    assert all(refusal.reason and refusal.code for refusal in outcome.refusals)
    assert outcome.counts.rows == case.rows
    wanted = Counter(reached for row, found in case.wanted.items() if row not in refused for reached in found)
    got = Counter((json.loads(message)["deliverychannel"], key, address) for message, key, address, _id in flat(outcome).elements())
    assert got == wanted
    assert all(found or row in refused for row, found in case.wanted.items())


@settings(max_examples=max(25, settings().max_examples // 4), deadline=None, suppress_health_check=list(HealthCheck))
@given(made())
def test_processes_and_blocks_change_nothing(case: Made) -> None:
    with tempfile.TemporaryDirectory() as name:
        outcomes = [rendered(Path(name), case, jobs=jobs, block_bytes=size) for jobs, size in ((1, LARGE), (1, 40), (2, 40))]
    whole, one, two = outcomes
    assert list(one.lines()) == list(two.lines())
    assert one.refusals == two.refusals == whole.refusals
    assert flat(one) == flat(whole)
    assert one.counts.plain() | {"requests": 0, "messages": 0} == whole.counts.plain() | {"requests": 0, "messages": 0}
