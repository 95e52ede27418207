"""What the check settles once is right for all messages: the two tables that it rests on, held against rules and schema."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timezone
from typing import Any

import pytest

from msgspec_tool.catalogue import HANDLES, RULES
from msgspec_tool.channels.layout import BLOCK_PATHS, canonical
from msgspec_tool.diagnostics import Subject
from msgspec_tool.model import MessageForm, Origin, RequestBody
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.schema.registry import bundled
from msgspec_tool.source.document import Field, Path, at
from msgspec_tool.source.plain import PlainDocument
from msgspec_tool.stages.check import FREE, READS
from tests.examples import examples

CONTEXT = RuleContext(datetime(2030, 1, 1, tzinfo=timezone.utc), max_addresses=1)
HOSTILE = [
    "",
    " ",
    "x" * 5000,
    "3",
    "0",
    "http://x",
    "MESSAGE_TAG",
    "generic",
    "{{link_5}}",
    "2020-01-01T00:00:00Z",
    "😀",
    "DISMISS",
    "media",
]


def messages() -> list[dict[str, Any]]:
    found = []
    for example in examples():
        for line in example.expected.read_bytes().splitlines():
            body = json.loads(line)
            found += body[:2] if isinstance(body, list) else [body]
    for message in found:
        key, addresses = next(iter(message["destination"][0].items()))
        message["destination"] = [{key: addresses[:1], "correlationid": "c-1"}]
    return found


MESSAGES = messages()
SETTLED = [rule for rule in RULES if rule.code in READS]


def leaves(value: Any, path: Path = ()) -> list[Path]:
    if isinstance(value, (dict, list)):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for key, member in members for leaf in leaves(member, (*path, key))]
    return [path]


def verdict(rule: Any, body: dict[str, Any]) -> list[Any]:
    root = Field(PlainDocument(body), (), body)
    channel = canonical(body["deliverychannel"])
    assert channel is not None
    form = MessageForm(Origin.RENDERED, channel, root, root.find(*BLOCK_PATHS[channel]))
    subject = RequestBody(root, (form,)) if rule.subject is Subject.BODY else form
    return [(finding.path, finding.severity) for finding in rule.check(subject, CONTEXT)]


def reads(code: str, path: Path) -> bool:
    return any(path[: len(read)] == read[: len(path)] for read in READS[code])


@pytest.mark.parametrize("rule", SETTLED, ids=lambda rule: rule.name)
def test_a_rules_verdict_depends_on_nothing_but_what_it_is_said_to_read(rule: Any) -> None:
    for message in MESSAGES:
        expected = verdict(rule, message)
        for path in leaves(message):
            if path == ("deliverychannel",) or reads(rule.code, path):
                continue
            for text in HOSTILE:
                if path[0] == "destination" and not text.strip():
                    continue
                changed = copy.deepcopy(message)
                at(changed, path[:-1])[path[-1]] = text
                assert verdict(rule, changed) == expected, (path, text)


def test_the_table_names_rules_that_a_message_is_checked_by() -> None:
    assert all(HANDLES[code].subject in (Subject.MESSAGE, Subject.BODY) for code in READS)


def test_the_schema_wants_nothing_of_free_fields_but_that_they_are_text() -> None:
    payload = bundled("payload")
    for path in FREE:
        places = constraints(payload, path[-1])
        assert places
        for place in places:
            assert {key: value for key, value in place.items() if key not in ("description", "title", "examples")} in (
                {"type": "string"},
                {},
            ), path


def constraints(part: Any, name: str) -> list[dict[str, Any]]:
    """What any ``properties`` of a schema says of a name, wherever it stands."""
    found = []
    if isinstance(part, dict):
        members = part.get("properties")
        if isinstance(members, dict) and isinstance(members.get(name), dict):
            found.append(members[name])
        for member in part.values():
            found += constraints(member, name)
    elif isinstance(part, list):
        for member in part:
            found += constraints(member, name)
    return found
