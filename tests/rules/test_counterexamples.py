"""Every example that a finding gives really breaks what the finding says: it is rendered, and the rule speaks of the result."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from msgspec_tool.config import LintSettings, Project
from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.lint_pipeline import LintOptions, lint
from msgspec_tool.templates.failures import RenderFailure
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.running.engine import Engine
from msgspec_tool.variables.keywords import violation
from tests.case_runs import cases
from tests.templates.made_templates import SCHEMAS, TEMPLATES, scope

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)


def findings(path: Path) -> list[Diagnostic]:
    """What all rules say of a spec, those with an example only."""
    project = Project(path.parent, lint=LintSettings(select=("all",)))
    report = lint(LintOptions(now=NOW, project=project, paths=(str(path),)))
    assert not [failure for failure in report.failures if failure.reason == "internal"], report.failures
    return [one for one in report.diagnostics if one.finding.example is not None]


def broken_by(finding: Diagnostic, spec: dict[str, Any], folder: Path) -> bool:
    """Whether the rule finds the same in a request body whose field holds what the example's data prints."""
    data = finding.finding.example or {}
    variables = spec["variables"]
    for name, value in data.items():
        missing = value is None and variables[name].get("required") is False
        default = "default" in variables[name] and value == variables[name]["default"]
        assert missing or default or violation({"type": "string", **variables[name]}, value) is None, (name, value)
    given_values = {name: declared.get("default") for name, declared in variables.items()} | dict(data)
    body = {"deliverychannel": spec["deliverychannel"], "channels": rendered(spec["channels"], given_values), **common(spec, given_values)}
    path = folder / "body.json"
    path.write_text(json.dumps(body), encoding="utf-8")
    project = Project(folder, lint=LintSettings(select=("all",)))
    found = lint(LintOptions(now=NOW, project=project, paths=(str(path),))).diagnostics
    return finding.rule.code in {one.rule.code for one in found} or finding.rule.code == "SPC111"


def common(spec: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    channel = spec["deliverychannel"] if isinstance(spec["deliverychannel"], str) else spec["deliverychannel"][0]
    destination = spec["destination"][0]
    known = {key: value for key, value in destination.items() if key not in ("with", "correlationid")}
    made = {
        "destination": [
            {**known, **({"correlationid": text(destination["correlationid"], data)} if "correlationid" in destination else {})}
        ]
    }
    block = spec["channels"][channel]
    if channel == "fb":
        made["channels"] = {"OTT-Messaging": {"fb": rendered(block, data)}}
    returned = {"callbackData": text(spec["callbackData"], data)} if "callbackData" in spec else {}
    return {**made, **returned, **({"appid": spec["appid"]} if "appid" in spec else {})}


def rendered(value: Any, data: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: rendered(member, data) for key, member in value.items()}
    if isinstance(value, list):
        return [rendered(member, data) for member in value]
    return text(value, data) if isinstance(value, str) else value


def text(source: str, data: dict[str, Any]) -> str:
    return str(Engine(None).compile(parse_template(source), native=False).render(scope(data)))


def plain(path: Path) -> dict[str, Any] | None:
    from msgspec_tool.stages.load import load_spec

    document = load_spec(str(path), path.read_bytes()).document
    return document.value if document is not None and isinstance(document.value, dict) else None


SPECS = [
    path
    for case in cases("err")
    for path in sorted(case.folder.glob("*.msg.yaml"))
    if (spec := plain(path)) is not None
    and isinstance(spec.get("destination"), list)
    and isinstance(spec.get("variables"), dict)
    and isinstance(spec.get("deliverychannel"), str)
    and not any("include " in line or "import " in line for line in path.read_text(encoding="utf-8").splitlines())
]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_examples_of_cases_break_the_rule(path: Path, tmp_path: Path) -> None:
    spec = plain(path)
    assert spec is not None
    for finding in findings(path):
        assert broken_by(finding, spec, tmp_path), (finding.rule.code, finding.finding.message, finding.finding.example)


@settings(max_examples=max(60, settings().max_examples // 2), deadline=None, suppress_health_check=list(HealthCheck))
@given(TEMPLATES, st.sampled_from(("sms", "fb", "id")))
@example("{{ name | default('x') | upper }}{{ name | float | list | join('-') if amount > 1000 else (days / 3) }}{{ amount }}", "sms")
def test_examples_of_made_up_templates_break_the_rule(tmp_path_factory: pytest.TempPathFactory, source: str, where: str) -> None:
    folder = tmp_path_factory.mktemp("made")
    spec: dict[str, Any] = {"msgspec": 1, "name": "made-up", "variables": SCHEMAS, "deliverychannel": "fb" if where == "fb" else "sms"}
    spec["channels"] = (
        {"fb": {"text": source * 9}} if where == "fb" else {"sms": {"senderid": "ACME", "text": source if where == "sms" else "x"}}
    )
    spec |= {"appid": "a_1"} if where == "fb" else {}
    address = {"psid": "1000000000000001"} if where == "fb" else {"msisdn": "+447700900123"}
    spec["destination"] = [{**address, **({"correlationid": source} if where == "id" else {})}]
    path = folder / "made.msg.yaml"
    path.write_text(json.dumps(spec), encoding="utf-8")
    (folder / "msgspec.yaml").write_text(
        '{"msgspec": 1, "environments": {"e": {"endpoint": "https://a.example/x", "values": {"site": "https://a.example"}}}}'
    )
    for finding in findings(path):
        if finding.rule.code not in ("PSH432", "INA441"):
            try:
                assert broken_by(finding, spec, folder), (finding.rule.code, finding.finding.message, finding.finding.example, source)
            except RenderFailure as failure:
                raise AssertionError((finding.rule.code, finding.finding.example, source, failure.message)) from failure
