"""Of every value of every message: the trace gives the same messages, and each text is covered by what stands in files."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from msgspec_tool.errors import UsageError
from msgspec_tool.pipeline import render_recipient, sound_spec
from msgspec_tool.provenance.answer import why
from msgspec_tool.provenance.payload_pointer import MessageObject, pointed
from msgspec_tool.rendering.options import RenderOptions, choose_environment, open_source
from msgspec_tool.rendering.render_stages import RenderStages, render_stages
from msgspec_tool.rendering.row_bounds import RowResult
from msgspec_tool.source.document import pointer
from msgspec_tool.stages.bind import Pending
from msgspec_tool.surroundings.project_file import load_project
from msgspec_tool.templates.running.trace import TracedText
from tests.examples import ENVIRONMENT, Example, examples
from tests.generated_specs import Made, made

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)


def options_of(spec: Path, **changes: Any) -> RenderOptions:
    return replace(RenderOptions(NOW, load_project(spec.parent)), **changes)


def recipients(stages: RenderStages, options: RenderOptions, spec: Any, folder: Path) -> Iterator[Pending]:
    file = open_source(spec, options, folder)
    if options.samples:
        yield from stages.binder.samples(options.samples)
    elif file is None:
        yield from stages.binder.inline()
    else:
        for block in file.blocks():
            yield from stages.binder.rows(file.rows(block))


def results(path: Path, options: RenderOptions) -> list[RowResult]:
    sound = sound_spec(path, options)
    if sound.spec is None:
        return []
    file = open_source(sound.spec, options, path.parent)
    stages = render_stages(sound.spec, sound.data, options, choose_environment(sound.spec, options), file, path.parent)
    return [render_recipient(stages, one) for one in recipients(stages, options, sound.spec, path.parent)]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(member)


def check_same(path: Path, options: RenderOptions) -> None:
    """A traced render gives the same messages and refusals, and the runs of its texts cover them."""
    plain, traced = results(path, options), results(path, replace(options, trace=True))
    assert traced == plain
    assert json.dumps([dict(one.content) for row in traced for one in row.messages]) == json.dumps(
        [dict(one.content) for row in plain for one in row.messages]
    )
    for text in (text for row in traced for one in row.messages for text in texts(one.content)):
        if isinstance(text, TracedText):
            assert sum(run.length for run in text.runs) == len(text)
            assert text.field is not None


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, (dict, list)):
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(member, (*path, key))
    else:
        yield path


each = pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)


def sample_names(example: Example) -> tuple[str, ...]:
    sound = sound_spec(example.spec, options_of(example.spec, environment=ENVIRONMENT))
    assert sound.spec is not None
    samples = sound.spec.shaped.root.get("samples")
    return tuple(name for name, _sample in samples.items()) if samples else ()


@each
def test_traced_examples_are_the_same(example: Example) -> None:
    options = options_of(example.spec, environment=ENVIRONMENT)
    check_same(example.spec, options)
    names = sample_names(example)
    if names:
        check_same(example.spec, replace(options, samples=names))


@each
def test_every_value_of_an_example_has_an_origin(example: Example) -> None:
    """Of the first recipient; a literal character stands in its file where the answer says."""
    options = options_of(example.spec, environment=ENVIRONMENT)
    bodies = [json.loads(line) for line in example.expected.read_text(encoding="utf-8").splitlines()]
    body = bodies[0][0] if isinstance(bodies[0], list) else bodies[0]
    for path in leaves(body):
        if path[0] == "destination" and any(part not in (0, "correlationid") for part in path[1:2] + path[3:]):
            continue
        origin = why(example.spec, pointer(path), options, row=1).origin
        assert origin is not None
        assert (origin.made is None) == bool(origin.prints)
        if origin.length is not None and origin.prints:
            assert sum(len(one.text) for one in origin.prints) == origin.length
        for one in origin.prints:
            written = one.place.file.slice(one.place.span)
            assert written.startswith("{") if one.tag is not None else written
            if one.tag is None and not one.place.file.path.endswith(".yaml"):
                assert written == one.text


@settings(max_examples=max(60, settings().max_examples // 2), deadline=None, suppress_health_check=list(HealthCheck))
@given(made())
def test_a_traced_render_of_any_spec_is_the_same(case: Made) -> None:
    with tempfile.TemporaryDirectory() as name:
        spec = Path(name) / "made.msg.yaml"
        spec.write_text(case.spec, encoding="utf-8", newline="")
        (Path(name) / case.name).write_bytes(case.recipients)
        check_same(spec, options_of(spec))


# --- data -----------------------------------------------------------------------------------------------------------------


def test_whom_a_row_reaches_stays_out_of_the_answer(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("phone,n\n+447700900001,7\n", encoding="utf-8")
    spec = tmp_path / "a.msg.yaml"
    spec.write_text(
        "msgspec: 1\nname: a\nvariables: {n: {type: integer, examples: [1]}}\ndeliverychannel: sms\n"
        "channels: {sms: {text: '{{ recipient.address }} {{ recipient.channel }} {{ n }} {{ spec.version }} {{ recipient | tojson }}'}}\n"
        "destination: {from: people.csv, msisdn: '{{ phone }}'}\nsamples: {one: {n: 3}}\n",
        encoding="utf-8",
    )
    of_row, of_sample = (why(spec, "/channels/sms/text", options_of(spec), row=row).origin for row in (1, None))
    assert of_row is not None
    assert of_sample is not None
    said = {one.data[0].name: (one.masked, one.data[0].value, one.data[0].words) for one in of_row.prints if one.data}
    assert said == {
        "recipient": (True, None, "row, address and channel of the message"),
        "recipient.address": (True, None, "the recipient's address"),
        "recipient.channel": (False, None, "the channel of the message"),
        "n": (False, "7", "row 1, column 'n'"),
        "spec.version": (False, None, "the digest of the spec's text"),
    }
    assert not any(one.masked for one in of_sample.prints)


def test_a_row_is_found_in_its_block(tmp_path: Path) -> None:
    rows = "".join(f"+44770090{number:04d},{number}\n" for number in range(1, 50))
    (tmp_path / "people.csv").write_text(f"phone,n\n{rows}", encoding="utf-8")
    spec = tmp_path / "a.msg.yaml"
    spec.write_text(
        "msgspec: 1\nname: a\nvariables: {n: {type: integer, examples: [1]}}\ndeliverychannel: sms\n"
        "channels: {sms: {text: 'Number {{ n }}'}}\ndestination: {from: people.csv, msisdn: '{{ phone }}'}\n",
        encoding="utf-8",
    )
    for row in (1, 2, 30, 49):
        origin = why(spec, "/channels/sms/text", options_of(spec, block_bytes=40), row=row).origin
        assert origin is not None
        assert origin.prints[1].text == str(row)


# --- pointers -------------------------------------------------------------------------------------------------------------

SMS = MessageObject(
    "sms",
    {
        "deliverychannel": "sms",
        "expiry": "E",
        "channels": {"sms": {"text": "Hello", "a/b~c": "odd", "x[1]": "brackets"}, "smartlinks": [{"linkid": "1"}, {"linkid": "2"}]},
        "destination": [{"msisdn": ["+1"], "correlationid": "c"}],
    },
)
FB = MessageObject(
    "fb",
    {
        "deliverychannel": "fb",
        "appid": "A",
        "expiry": "E",
        "channels": {"OTT-Messaging": {"fb": {"text": "Hi", "buttons": [{"title": "One"}, {"title": "Two"}]}}},
        "destination": [{"psid": ["1", "2"]}, {"psid": ["3"]}],
    },
)
RT = MessageObject("rt", {"deliverychannel": "appmessaging", "channels": {"appmessaging": {"message": {"text": "Yo"}}}})
FOUND = [
    ("/channels/sms/text", "sms", "/channels/sms/text", None),
    ("/channels/sms/text[4]", "sms", "/channels/sms/text", 4),
    ("channels.sms.text[4]", "sms", "/channels/sms/text", 4),
    ("/channels/sms/a~1b~0c", "sms", "/channels/sms/a~1b~0c", None),
    ("/channels/sms/x[1]", "sms", "/channels/sms/x[1]", None),
    ("/channels/sms/x[1][0]", "sms", "/channels/sms/x[1]", 0),
    ("/expiry", "sms", "/expiry", None),
    ("expiry.after", "sms", "/expiry", None),
    ("/1/expiry", "fb", "/expiry", None),
    ("1.expiry[0]", "fb", "/expiry", 0),
    ("/appid", "fb", "/appid", None),
    ("channels.fb.appid", "fb", "/appid", None),
    ("/channels/fb/text", "fb", "/channels/OTT-Messaging/fb/text", None),
    ("channels.fb.buttons[1].title[2]", "fb", "/channels/OTT-Messaging/fb/buttons/1/title", 2),
    ("channels.fb.buttons.0.title", "fb", "/channels/OTT-Messaging/fb/buttons/0/title", None),
    ("/channels/OTT-Messaging/fb/text[1]", "fb", "/channels/OTT-Messaging/fb/text", 1),
    ("channels.appmessaging.message.text", "rt", "/channels/appmessaging/message/text", None),
    ("/channels/rt/message/text", "rt", "/channels/appmessaging/message/text", None),
    ("channels.sms.smartlinks[1].linkid", "sms", "/channels/smartlinks/1/linkid", None),
    ("destination.msisdn", "sms", "/destination/0/msisdn/0", None),
    ("destination.msisdn[1]", "sms", "/destination/0/msisdn/0", 1),
    ("destination.correlationid", "sms", "/destination/0/correlationid", None),
    ("/destination/0/msisdn", "sms", "/destination/0/msisdn/0", None),
    ("/destination/0/psid/1", "fb", "/destination/0/psid/1", None),
    ("destination[0].psid[1][0]", "fb", "/destination/0/psid/1", 0),
    ("destination[1].psid", "fb", "/destination/1/psid/0", None),
]


@pytest.mark.parametrize(("text", "channel", "path", "offset"), FOUND)
def test_a_value_is_found_by_its_pointer_and_by_the_specs_spelling(text: str, channel: str, path: str, offset: int | None) -> None:
    found = pointed(text, (SMS, FB, RT))
    assert (found.message.channel, pointer(found.path), found.offset) == (channel, path, offset)


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("/channels/sms/txt", "the message has no value '/channels/sms/txt'", "did you mean /channels/sms/text or /channels/sms/x[1]?"),
        ("channels.sms.tekst", "the message has no value 'channels.sms.tekst'", "did you mean /channels/sms/text?"),
        (
            "/channels",
            "'/channels' is no single value",
            "it holds /channels/sms/text, /channels/sms/a~1b~0c, /channels/sms/x[1] and 6 more",
        ),
        ("channels.fb", "'channels.fb' is no single value", None),
        ("/channels/rt/message", "'/channels/rt/message' is no single value", None),
        ("/zzz", "the message has no value '/zzz'", "the message has /deliverychannel, /expiry, /channels/sms/text and 14 more"),
        ("", "'' is no single value", None),
        ("/", "the message has no value '/'", None),
        ("[3]", "'[3]' is no single value", None),
        ("/channels/sms/text/0", "the message has no value '/channels/sms/text/0'", None),
        ("/destination/9/msisdn/0", "the message has no value '/destination/9/msisdn/0'", None),
        ("\x1b[31m" + "x" * 200, "the message has no value '\\x1b[31m" + "x" * 94 + "…'", None),
    ],
)
def test_what_is_not_there_is_told_with_what_is(text: str, message: str, help: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        pointed(text, (SMS, FB, RT))
    assert caught.value.message == message
    assert caught.value.help
    assert help is None or caught.value.help == help
