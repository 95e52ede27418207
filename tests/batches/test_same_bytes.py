"""Many rows at a time and row by row give the same: bytes, refusals, counts, for made-up specs and data and for the examples."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgspec_tool.batches import blocks
from msgspec_tool.pipeline import render
from msgspec_tool.recipients.suppressed import Suppressed
from msgspec_tool.rendering.options import RenderOptions
from msgspec_tool.rendering.outcome import RenderOutcome
from msgspec_tool.surroundings.project_file import load_project
from tests.batches.made_campaigns import campaigns
from tests.examples import ENVIRONMENT, FOLDER, Example, examples
from tests.generated_specs import Made, made
from tests.test_render_properties import NOW, rendered


def same(quick: RenderOutcome, slow: RenderOutcome) -> None:
    assert list(quick.lines()) == list(slow.lines())
    assert quick.refusals == slow.refusals
    assert quick.counts.plain() == slow.counts.plain()
    assert [one.finding.message for one in quick.diagnostics] == [one.finding.message for one in slow.diagnostics]


def both(folder: Path, case: Made, **changes: Any) -> RenderOutcome:
    quick = rendered(folder, case, **changes)
    same(quick, rendered(folder, case, row_by_row=True, **changes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "CHUNK", 3)
        same(rendered(folder, case, **changes), quick)
    return quick


@settings(max_examples=max(100, settings().max_examples), deadline=None, suppress_health_check=list(HealthCheck))
@given(made())
def test_made_up_specs(case: Made) -> None:
    with tempfile.TemporaryDirectory() as name:
        both(Path(name), case)
        both(Path(name), case, block_bytes=40, max_addresses=2)


def reached(outcome: RenderOutcome) -> list[str]:
    """Every address that a render reaches."""
    bodies = [json.loads(line) for line in outcome.lines()]
    objects = [one for body in bodies for one in (body if isinstance(body, list) else [body])]
    places = [place for one in objects for place in one["destination"]]
    return sorted({address for place in places for key, listed in place.items() if isinstance(listed, list) for address in listed})


@settings(max_examples=max(100, settings().max_examples), deadline=None, suppress_health_check=list(HealthCheck))
@given(made() | campaigns(), st.sets(st.integers(0, 9)))
def test_suppressed_addresses(case: Made, chosen: set[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        addresses = reached(rendered(Path(name), case, keep_going=True))
        listed = frozenset(one.lstrip("+") for index, one in enumerate(addresses) if index % 10 in chosen)
        outcome = both(Path(name), case, keep_going=True, suppressed=Suppressed(listed, ""))
    assert set(reached(outcome)) <= {one for one in addresses if one not in listed}


def test_rows_that_lack_several_values_name_the_first(tmp_path: Path) -> None:
    """Rows of JSON Lines lack other members each: one by one and together the first declared variable is named."""
    spec = """\
msgspec: 1
name: lacking
variables: {day: {type: string, format: date}, word: {type: string}, short: {type: string, maxLength: 5, charset: gsm7}}
deliverychannel: sms
channels: {sms: {senderid: ACME, text: "Hello "}}
destination: {from: recipients.jsonl, msisdn: "{{ msisdn }}"}
"""
    rows = b'{"msisdn": "+447700900101", "short": ""}\n{"msisdn": "+447700900102", "word": ""}\n'
    outcome = both(tmp_path, Made(spec, "recipients.jsonl", rows, 2, {}))
    assert [one.column for one in outcome.refusals] == ["day", "day"]


@settings(max_examples=max(100, settings().max_examples), deadline=None, suppress_health_check=list(HealthCheck))
@given(campaigns())
def test_made_up_campaigns(case: Made) -> None:
    with tempfile.TemporaryDirectory() as name:
        both(Path(name), case)
        both(Path(name), case, max_addresses=3, bulk="per-channel")
        both(Path(name), case, keep_going=False)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_examples(example: Example) -> None:
    options = RenderOptions(NOW, load_project(FOLDER), environment=ENVIRONMENT)
    outcomes = [render(example.spec, replace(options, row_by_row=slow)) for slow in (False, True)]
    same(*outcomes)
