"""Every case gives exactly the output that is written beside it; every report has the published shape."""

from __future__ import annotations

import json

import pytest

from msgspec_tool.catalogue import HANDLES
from tests.case_runs import Case, cases
from tests.published_schemas import validate_report

ERR, OK = cases("err"), cases("ok")


@pytest.mark.parametrize("case", ERR, ids=lambda case: case.name)
def test_findings(case: Case) -> None:
    code, output = case.run()
    assert output == case.expected.read_text(encoding="utf-8")
    rule = HANDLES[case.folder.name.partition("-")[0]]
    assert f"[{rule.name}] {rule.code}: " in output
    assert code == (1 if "error[" in output else 0)


@pytest.mark.parametrize("case", ERR, ids=lambda case: case.name)
def test_fixes(case: Case) -> None:
    assert case.differences == {file: file.read_bytes().decode() for file in case.folder.glob("*.diff")}


@pytest.mark.parametrize("case", OK, ids=lambda case: case.name)
def test_silence(case: Case) -> None:
    code, output = case.run("--select", "audit")
    assert code == 0, output
    assert output.startswith("no problems in"), output


@pytest.mark.parametrize("case", OK, ids=lambda case: case.name)
def test_silence_of_fewer_rules(case: Case) -> None:
    """A suppression of a rule that does not run is not called unused."""
    code, output = case.run()
    assert code == 0, output
    assert output.startswith("no problems in"), output


@pytest.mark.parametrize("case", [*ERR, *OK], ids=lambda case: case.name)
def test_report(case: Case) -> None:
    _code, output = case.run("--format", "json")
    report = json.loads(output)
    assert validate_report(report) == ()
    offsets = [(one["path"], one["start"]["offset"], one["code"]) for one in report["diagnostics"]]
    assert offsets == sorted(offsets)


def test_every_case_is_named_after_a_rule() -> None:
    for case in ERR:
        code, _, rest = case.folder.name.partition("-")
        assert rest.startswith(HANDLES[code].name), case.name


def test_every_rule_has_a_case_that_fires() -> None:
    tried = {case.folder.name.partition("-")[0] for case in ERR}
    assert {rule.code for rule in HANDLES.values()} - tried == set()
