"""Mistakes in real-looking specs: each is found at its place, and nothing else is said."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import pytest

from benchmarks.made_specs import made_spec
from benchmarks.seeded_mistakes import MISTAKES, findings, objections, sow
from msgspec_tool.catalogue import HANDLES
from msgspec_tool.model import CHANNELS
from tests.command import CHECKOUT, environment

SPECS = 200


@pytest.mark.parametrize("part", range(4))
def test_every_mistake_is_found_and_nothing_else(part: int) -> None:
    wrong = {seed: said for seed in range(part, SPECS, 4) if (said := objections(sow(seed)))}
    assert wrong == {}


@pytest.mark.parametrize("channel", CHANNELS)
def test_without_a_mistake_nothing_is_said(channel: str) -> None:
    assert {seed: said for seed in range(20) if (said := findings(made_spec(Random(seed), channel)))} == {}


def test_all_channels_and_half_of_the_rules_have_mistakes() -> None:
    assert {channel for mistake in MISTAKES for channel in mistake.channels} == set(CHANNELS)
    rules = {HANDLES[mistake.rule] for mistake in MISTAKES}
    assert len(rules) > len(set(HANDLES.values())) / 2
    assert len(MISTAKES) <= SPECS


def test_the_command_prints_a_table() -> None:
    command = [sys.executable, "-m", "benchmarks.seeded_mistakes", "--count", "3"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=True)
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["rule", "sown", "found", "besides"],
        ["YML001", "yaml-syntax", "1", "1", "0"],
        ["YML002", "duplicate-key", "1", "1", "0"],
        ["YML003", "unquoted-template", "1", "1", "0"],
        ["all", "3", "3", "0"],
    ]
