"""The examples lint clean, render to the bytes beside them, and say what their own tests expect."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from msgspec_tool.catalogue import select
from msgspec_tool.lint_pipeline import inspect
from msgspec_tool.pipeline import render_samples
from msgspec_tool.rendering.options import RenderOptions, render_context
from msgspec_tool.surroundings.discovery import InputFile, InputKind
from msgspec_tool.surroundings.project_file import load_project
from tests.command import NOW, run
from tests.examples import ENVIRONMENT, FOLDER, Example, examples

CLOCK = datetime(2030, 1, 1, tzinfo=timezone.utc)
EXAMPLES = list(examples())
each = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


def test_there_is_an_example_for_every_channel() -> None:
    channels = {message["deliverychannel"] for example in EXAMPLES for message in bodies(example.expected.read_bytes())}
    assert channels == {"sms", "voice", "push", "rt", "fb", "twitter", "wechat"}


def bodies(rendered: bytes) -> list[dict[str, Any]]:
    """The message objects of all requests."""
    requests = [json.loads(line) for line in rendered.splitlines()]
    return [message for request in requests for message in (request if isinstance(request, list) else [request])]


def test_all_lint_clean_under_every_rule_that_is_on() -> None:
    result = run("lint", str(FOLDER), "--format", "json", "--now", NOW)
    report = json.loads(result.stdout)
    assert report["diagnostics"] == []
    assert report["failures"] == []
    assert report["summary"]["checked"] == len(EXAMPLES)
    assert result.returncode == 0


@each
def test_renders_to_the_expected_bytes(example: Example) -> None:
    assert example.render() == example.expected.read_bytes()


@each
def test_what_it_renders_passes_the_linter_of_request_bodies(example: Example, tmp_path: Path) -> None:
    for number, line in enumerate(example.expected.read_bytes().splitlines()):
        (tmp_path / f"body-{number}.json").write_bytes(line)
    result = run("lint", *sorted(file.name for file in tmp_path.iterdir()), "--fail-on", "error", "--now", NOW, cwd=tmp_path)
    assert result.returncode == 0, result.stdout.decode()


def test_all_say_what_their_own_tests_expect_and_their_samples_reach_every_branch() -> None:
    result = run("test", str(FOLDER), "--coverage", "--format", "json", "--env", ENVIRONMENT, "--now", NOW)
    report = json.loads(result.stdout)
    assert [spec["path"] for spec in report["specs"] if not spec["tests"]] == []
    failed = [(spec["path"], case) for spec in report["specs"] for case in spec["cases"] if not case["passed"]]
    assert failed == []
    assert [branch for spec in report["specs"] for branch in spec["branches"]["unreached"]] == []
    assert report["summary"]["branches"]["total"] > 0
    assert result.returncode == 0


@each
def test_a_recording_render_gives_the_same_bytes(example: Example) -> None:
    project = load_project(example.spec.parent)
    options = RenderOptions(CLOCK, project, environment=ENVIRONMENT)
    file = InputFile(str(example.spec), InputKind.SPEC)
    spec = inspect(file, project, select(project.lint), render_context(options, project.environments[ENVIRONMENT])).spec
    assert spec is not None
    samples = spec.shaped.root.get("samples")
    assert samples is not None
    options = replace(options, samples=tuple(samples.value))
    plain, recorded = (
        [(one.requests, one.messages) for one in render_samples(spec, b"", replace(options, coverage=coverage), file.folder)]
        for coverage in (False, True)
    )
    assert plain == recorded
    assert all(requests for requests, _messages in plain)
