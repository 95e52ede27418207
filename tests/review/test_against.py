"""``lint --against``: changes as findings of the specs, and what can't be compared as a failure. The findings themselves are cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.inside import run
from tests.command import NOW
from tests.repositories import Scratch
from tests.review.projects import FIRST, PARCEL, STATEMENT, three_commits


def linted(folder: Path, *options: str, against: str = "HEAD") -> tuple[int, dict, str]:
    """Exit code, JSON report and what is said to a person."""
    done = run("lint", "--against", against, "--now", NOW, "--format", "json", *options, cwd=folder)
    return done.returncode, json.loads(done.stdout or b"{}"), done.stderr.decode()


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    made = Scratch.made(tmp_path)
    made.commit(FIRST)
    return made


def test_findings_in_the_order_of_every_report(tmp_path: Path) -> None:
    code, report, _errors = linted(three_commits(tmp_path).folder, against="HEAD~3")
    assert [(one["path"], one["code"], one["pointer"]) for one in report["diagnostics"]] == [
        ("messages/parcel.msg.yaml", "CHG971", "/variables/where"),
        ("messages/statement.msg.yaml", "CHG971", "/channels/sms/text"),
    ]
    assert (code, report["summary"]["checked"]) == (1, 6)


def test_nothing_changed(scratch: Scratch) -> None:
    code, report, _errors = linted(scratch.folder)
    assert (code, report["diagnostics"], report["failures"]) == (0, [], [])


def test_rules_are_chosen_as_ever(scratch: Scratch) -> None:
    scratch.write({"messages/parcel.msg.yaml": PARCEL.replace("ACME", "MERIDIAN")})
    assert linted(scratch.folder)[0] == 1
    assert linted(scratch.folder, "--ignore", "CHG")[0] == 0
    assert linted(scratch.folder, "--select", "cost-change")[0] == 0
    scratch.write({"msgspec.yaml": "msgspec: 1\nlint: {severity: {breaking-change: warning}}\n"})
    code, report, _errors = linted(scratch.folder)
    assert (code, [one["severity"] for one in report["diagnostics"]]) == (0, ["warning"])


def test_what_was_can_not_be_rendered(scratch: Scratch) -> None:
    scratch.commit({"messages/statement.msg.yaml": STATEMENT.replace("{{ month }}", "{{ mnth }}")})
    scratch.write({"messages/statement.msg.yaml": STATEMENT})
    code, report, _errors = linted(scratch.folder)
    assert (code, report["diagnostics"]) == (3, [])
    assert report["failures"] == [
        {"path": "messages/statement.msg.yaml", "reason": "unreadable", "message": "as it was it can't be compared: the spec has 1 error"}
    ]


def test_errors_of_now_are_findings(scratch: Scratch) -> None:
    scratch.write({"messages/statement.msg.yaml": STATEMENT.replace("{{ month }}", "{{ mnth }}")})
    code, report, _errors = linted(scratch.folder)
    assert (code, [one["code"] for one in report["diagnostics"] if one["severity"] == "error"]) == (1, ["TPL202"])


def test_new_and_removed_specs_break_nothing(scratch: Scratch) -> None:
    scratch.write({"messages/parcel.msg.yaml": None, "messages/other.msg.yaml": PARCEL.replace("name: parcel", "name: other-parcel")})
    assert linted(scratch.folder)[0] == 0


def test_no_such_revision(scratch: Scratch) -> None:
    code, report, errors = linted(scratch.folder, against="nothing")
    assert (code, report) == (2, {})
    assert errors.splitlines()[0] == "error: there is no revision 'nothing' in this repository"


def test_standard_input_has_no_revision(scratch: Scratch) -> None:
    code, _report, errors = linted(scratch.folder, "-")
    assert (code, errors.splitlines()[0]) == (2, "error: standard input has no revision: --against compares files")


def test_a_run_is_not_remembered(scratch: Scratch, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("MSGSPEC_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    scratch.write({"messages/parcel.msg.yaml": PARCEL.replace("ACME", "MERIDIAN")})
    assert linted(scratch.folder)[0] == 1
    scratch.commit()
    assert linted(scratch.folder)[0] == 0


def test_a_submodule_can_not_be_compared(scratch: Scratch, tmp_path_factory: pytest.TempPathFactory) -> None:
    outer = Scratch.made(tmp_path_factory.mktemp("outer"))
    outer.git("submodule", "--quiet", "add", scratch.folder.as_uri(), "mail")
    outer.commit()
    code, report, _errors = linted(outer.folder, "--select", "CHG")
    assert code == 3
    assert {one["message"] for one in report["failures"]} == {
        "the spec is in the submodule 'mail': run diff there, with a revision of its own"
    }
