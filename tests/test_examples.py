"""The examples lint clean, render to the bytes beside them, and say what their own tests expect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from msgspec_tool.channels.sms_parts import count
from msgspec_tool.model import OTT_CHANNELS
from tests.command import NOW, run
from tests.examples import FOLDER, Example, examples

EXAMPLES = list(examples())
each = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


def spec_of(example: Example) -> dict[str, Any]:
    # PyYAML's own loader makes dates of timestamps; the base loader keeps every scalar as text.
    loaded: dict[str, Any] = yaml.load(example.spec.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


def expectations() -> list[Any]:
    found = []
    for example in EXAMPLES:
        for test in spec_of(example).get("tests", []):
            found.append(pytest.param(example, test["sample"], test["expect"], id=f"{example.name}: {test['name']}"))
    return found


def at(message: Any, place: str) -> Any:
    """The value at a place written as in a spec: ``channels.fb.text`` of a body's ``channels."OTT-Messaging".fb.text``."""
    for key in place.split("."):
        if isinstance(message, dict) and key in OTT_CHANNELS and "OTT-Messaging" in message:
            message = message["OTT-Messaging"]
        if isinstance(message, dict) and key == "rt" and "appmessaging" in message:
            key = "appmessaging"
        message = message[int(key)] if isinstance(message, list) else message[key]
    return message


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


@pytest.mark.parametrize(("example", "sample", "expect"), expectations())
def test_says_what_its_own_tests_expect(example: Example, sample: str, expect: dict[str, str]) -> None:
    messages = bodies(example.render("--sample", sample))
    for place, expected in expect.items():
        assert [text(value) for value in told(messages, place)] == [expected], place


def told(messages: list[dict[str, Any]], place: str) -> list[Any]:
    """What the messages have at a place; of several channels only one has it. ``sms.parts`` and ``sms.encoding`` are counted."""
    if place.startswith("sms."):
        return [getattr(count(at(one, "channels.sms.text")), place.removeprefix("sms.")) for one in messages]
    return [at(one, place) for one in messages if holds(one, place)]


def holds(message: Any, place: str) -> bool:
    """Whether a message has the place: a spec of several channels gives several messages."""
    try:
        at(message, place)
    except (KeyError, IndexError):
        return False
    return True


def text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
