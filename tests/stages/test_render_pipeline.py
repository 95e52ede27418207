"""The order of the stages from a sound spec to request bodies, with the template engine and the schema stood in for."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgspec_tool import pipeline
from msgspec_tool.config import Environment, Project
from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.errors import UnreadableError, UsageError
from msgspec_tool.render_options import RenderOptions, address_limit, bulk_mode, choose_environment, chosen_channels
from msgspec_tool.render_outcome import RenderOutcome
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.plain import PlainDocument
from msgspec_tool.source.text import Span
from msgspec_tool.stages.bind import Binder
from msgspec_tool.stages.check import MessageCheck
from msgspec_tool.stages.render import channel_renderer
from msgspec_tool.workers import ordered_map
from tests.stages.specs import analysed, evaluator

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
SPEC = """\
name: due
variables:
  first_name: {type: string}
  amount: {type: number, default: 0}
deliverychannel: [sms, push]
channels: {sms: {text: "Hi {{ first_name }}, {{ amount }}"}, push: {text: Hello}}
destination: {from: recipients.csv, msisdn: "{{ phone }}", userid: "{{ user }}"}
samples: {typical: {first_name: Asha}}
"""
INLINE = """\
name: inline
deliverychannel: sms
channels: {sms: {text: Hello}}
destination: [{msisdn: ["+447700900001", "+447700900002"]}]
"""


def stand_in(spec: Any, data: bytes, options: RenderOptions, environment: Environment | None, file: Any, folder: Path) -> Any:
    found = evaluator(spec)
    channels = chosen_channels(spec, options)
    return pipeline._Renderer(
        Binder(spec, found, environment.values if environment else {}, "v", channels, file is None or file.kind == "csv"),
        {name: channel_renderer(spec.shaped, name, found, now=options.now) for name in channels},
        MessageCheck((), RuleContext(options.now), lambda body: "REFUSED" not in str(body), lambda root: (), PlainDocument),
        address_limit(options, environment),
        bulk_mode(options, environment),
        all(template.straight_line for template in spec.templates.values()),
        options.keep_going,
    )


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_renderer", stand_in)


def options(folder: Path, **changes: Any) -> RenderOptions:
    return replace(RenderOptions(NOW, Project(folder)), **changes)


def run(folder: Path, spec: str = SPEC, **changes: Any) -> RenderOutcome:
    return pipeline.render_spec(analysed(spec), spec.encode(), options(folder, **changes), folder)


def recipients(folder: Path, *rows: str, name: str = "recipients.csv") -> Path:
    path = folder / name
    path.write_text("phone,user,first_name,amount\n" + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_render(tmp_path: Path) -> None:
    recipients(tmp_path, "+447700900001,u1,Asha,1.50", "+447700900002,,Ben,", ",u3,Carla,2")
    outcome = run(tmp_path)
    assert outcome.complete
    out = io.BytesIO()
    outcome.write(out, "jsonl")
    (body,) = (json.loads(line) for line in out.getvalue().splitlines())
    assert [one["channels"] for one in body] == [
        {"sms": {"text": "Hi Asha, 1.50"}},
        {"push": {"text": "Hello"}},
        {"sms": {"text": "Hi Ben, 0"}},
    ]
    assert body[1]["destination"] == [{"userid": ["u1", "u3"]}]
    assert outcome.counts.plain() == {
        "rows": 3,
        "refused": 0,
        "messages": 3,
        "requests": 1,
        "addresses": {"push": 2, "sms": 2},
        "skipped": {"push": 1, "sms": 1},
        "sms_parts": {"1": 2},
    }


def test_a_refused_row_stops_the_render_unless_it_is_to_go_on(tmp_path: Path) -> None:
    recipients(tmp_path, "+447700900001,,Asha,1", "+447700900002,,Ben,x", "+447700900003,,REFUSED,2")
    stopped = run(tmp_path)
    assert not stopped.complete
    assert list(stopped.lines()) == []
    assert [(refusal.row, refusal.code) for refusal in stopped.refusals] == [(2, "cast-failed"), (3, "SPC104")]
    going = run(tmp_path, keep_going=True)
    assert going.complete
    assert len(list(going.lines())) == 1
    assert (going.counts.rows, going.counts.refused) == (3, 2)


def test_a_plan_binds_its_inputs(tmp_path: Path) -> None:
    path = recipients(tmp_path, "+447700900001,,Asha,1", "+447700900002,,Ben,x")
    assert run(tmp_path, out=tmp_path / "plan").plan is None
    assert not (tmp_path / "plan").exists()
    environment = Environment("sandbox", endpoint="https://localhost:8443/resources/v1/messaging")
    project = Project(tmp_path, environments={"sandbox": environment})
    outcome = run(tmp_path, out=tmp_path / "plan", keep_going=True, run="r1", project=project, environment="sandbox")
    assert outcome.plan == tmp_path / "plan"
    manifest = json.loads((tmp_path / "plan" / "manifest.json").read_bytes())
    assert manifest["spec"] == {"name": "due", "sha256": hashlib.sha256(SPEC.encode()).hexdigest()}
    assert manifest["recipients"] == {"kind": "csv", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    assert (manifest["clock"], manifest["run"], manifest["environment"]["name"]) == ("2030-01-01T00:00:00.000Z", "r1", "sandbox")
    assert manifest["counts"]["refused"] == 1
    assert str(tmp_path) not in json.dumps(manifest)
    assert len((tmp_path / "plan" / "refused.jsonl").read_bytes().splitlines()) == 1


def test_samples_and_inline_lists(tmp_path: Path) -> None:
    sample = run(tmp_path, samples=("typical",), channels=("sms",))
    (body,) = (json.loads(line) for line in sample.lines())
    assert body["destination"] == [{"msisdn": ["+447700900001"]}]
    inline = run(tmp_path, INLINE)
    assert [json.loads(line)["destination"] for line in inline.lines()] == [[{"msisdn": ["+447700900001", "+447700900002"]}]]


@pytest.mark.parametrize(
    ("spec", "changes", "words"),
    [
        (INLINE, {"recipients": Path("r.csv")}, "inline"),
        (SPEC, {"samples": ("typical",), "recipients": Path("r.csv")}, "exclude each other"),
        (SPEC, {"samples": ("none",)}, "no sample 'none'"),
        (INLINE, {"samples": ("none",)}, "no sample 'none'"),
        (SPEC.replace("from: recipients.csv, ", ""), {}, "names no file"),
        ("name: x\ndeliverychannel: sms\nchannels: {sms: {text: a}}\n", {}, "has no destination"),
        (INLINE, {"channels": ("voice",)}, "no channel 'voice'"),
        (INLINE, {"max_addresses": 1001}, "1 to 1,000"),
        (INLINE, {"bulk": "some"}, "use one of"),
        (INLINE, {"environment": "production"}, "no environment 'production'"),
        (INLINE.replace("Hello", "'{{ env.x }}'"), {}, "reads env"),
    ],
)
def test_wrong_usage(tmp_path: Path, spec: str, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        run(tmp_path, spec, **changes)


def test_the_only_environment_is_taken_where_env_is_read(tmp_path: Path) -> None:
    spec = analysed(INLINE.replace("Hello", "'{{ env.x }}'"))
    one = Environment("sandbox", values={"x": "1"})
    assert choose_environment(spec, options(tmp_path, project=Project(tmp_path, environments={"sandbox": one}))) is one
    assert choose_environment(analysed(INLINE), options(tmp_path)) is None
    two = Project(tmp_path, environments={"sandbox": one, "production": one})
    with pytest.raises(UsageError) as caught:
        choose_environment(spec, options(tmp_path, project=two))
    assert caught.value.help == "the project has sandbox, production"


def test_the_file_on_the_command_line_replaces_from(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text('{"phone": "+447700900009", "first_name": "Asha"}\n', encoding="utf-8")
    (body,) = (json.loads(line) for line in run(tmp_path, recipients=path).lines())
    assert body["destination"] == [{"msisdn": ["+447700900009"]}]


ROW = st.tuples(st.integers(0, 99), st.sampled_from(["Asha", "Ben", 'O"Brien', "two\nlines"]), st.sampled_from(["", "1", "x"]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, max_size=30), st.integers(20, 300))
def test_one_process_or_two_give_the_same_bytes(tmp_path: Path, rows: list[tuple[int, str, str]], block_bytes: int) -> None:
    recipients(tmp_path, *(f'+4477009000{n:02d},u{n},"{name.replace(chr(34), chr(34) * 2)}",{amount}' for n, name, amount in rows))
    outcomes = [run(tmp_path, keep_going=True, jobs=jobs, block_bytes=block_bytes) for jobs in (1, 2)]
    assert list(outcomes[0].lines()) == list(outcomes[1].lines())
    assert outcomes[0].refusals == outcomes[1].refusals
    assert outcomes[0].counts == outcomes[1].counts
    assert outcomes[0].counts.rows == len(rows)


def test_a_dead_worker_is_an_error(tmp_path: Path) -> None:
    import os

    assert list(ordered_map(abs, [-1, -2, -3, -4, -5, -6], 2)) == [1, 2, 3, 4, 5, 6]
    with pytest.raises(UnreadableError, match="worker process died"):
        list(ordered_map(os._exit, [1, 1, 1], 2))


class LimitReachedError(Exception):
    pass


def test_templates_with_loops_are_rendered_in_a_bounded_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def run_bounded(function: Any, *, memory: int, seconds: float) -> Any:
        calls.append(1)
        for row in function():
            if any("Ben" in str(message.content) for message in row.messages):
                raise LimitReachedError("time")
            yield row

    worker = ModuleType("msgspec_tool.templates.worker")
    worker.WorkLimitError = LimitReachedError  # type: ignore[attr-defined]
    worker.run_bounded = run_bounded  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, worker.__name__, worker)
    recipients(tmp_path, "+447700900001,,Asha,1", "+447700900002,,Ben,1", "+447700900003,,Carla,1")
    spec = SPEC.replace("Hi {{ first_name }}", "Hi {% for x in [1] %}{{ first_name }}{% endfor %}")
    stopped = run(tmp_path, spec)
    assert not stopped.complete
    assert [refusal.row for refusal in stopped.refusals] == [2]
    assert stopped.counts.rows == 2
    going = run(tmp_path, spec, keep_going=True)
    assert [refusal.code for refusal in going.refusals] == ["work-limit"]
    assert [len(json.loads(line)) for line in going.lines()] == [2]
    assert len(calls) == 3


def module(monkeypatch: pytest.MonkeyPatch, name: str, **members: Any) -> None:
    made = ModuleType(name)
    vars(made).update(members)
    monkeypatch.setitem(sys.modules, name, made)


@rule("YML001", "yaml-syntax", Subject.LOADED)
def broken(loaded: Any, context: RuleContext) -> Any:
    """The text is not YAML."""
    if loaded.broken:
        yield Finding(loaded.file, Span(0, 1), "broken")


@rule("TPL203", "unused-variable", Subject.ANALYSED)
def columns(spec: Any, context: RuleContext) -> Any:
    """Says which columns the analysis was told of."""
    severity = Severity.ERROR if context.columns != ("phone", "user", "first_name", "amount") else Severity.WARNING
    yield Finding(spec.shaped.file, Span(0, 1), "columns", severity=severity)


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> None:
    def text_of(loaded: Any) -> str:
        return str(loaded.file.text)

    module(monkeypatch, "msgspec_tool.catalogue", RULES=(broken, columns))
    module(monkeypatch, "msgspec_tool.stages.validate", validate_spec=lambda loaded: analysed(text_of(loaded)).shaped)
    module(monkeypatch, "msgspec_tool.stages.analyse", analyse_spec=lambda shaped, partials, context: analysed(text_of(shaped.loaded)))
    module(monkeypatch, "msgspec_tool.templates.partials", Partials=lambda root, folders: None)


@pytest.mark.usefixtures("stages")
def test_a_spec_with_errors_renders_nothing(tmp_path: Path) -> None:
    recipients(tmp_path, "+447700900001,,Asha,1")
    path = tmp_path / "due.msg.yaml"
    path.write_text("a: [", encoding="utf-8")
    outcome = pipeline.render(path, options(tmp_path))
    assert [found.rule.code for found in outcome.diagnostics] == ["YML001"]
    assert not outcome.complete
    path.write_text(SPEC, encoding="utf-8")
    assert pipeline.render(path, options(tmp_path)).complete
    path.write_text(INLINE, encoding="utf-8")
    assert [found.rule.code for found in pipeline.render(path, options(tmp_path)).diagnostics] == ["TPL203"]
    with pytest.raises(UnreadableError):
        pipeline.render(tmp_path / "none.msg.yaml", options(tmp_path))


def test_locale_and_time_zone_are_the_specs_or_the_environments() -> None:
    spec = analysed("locale: de\n" + INLINE)
    environment = Environment("x", locale="fr", timezone="Europe/Paris")
    assert pipeline._default(spec, environment, "locale", "en") == "de"
    assert pipeline._default(spec, environment, "timezone", "UTC") == "Europe/Paris"
    assert pipeline._default(spec, None, "timezone", "UTC") == "UTC"
