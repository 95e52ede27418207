"""Each form of a report, whole, on diagnostics made by hand."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from msgspec_tool.diagnostics import Applicability, Edit, Failure, Finding, Fix, LintReport, Prediction, Severity
from msgspec_tool.reporters.concise import concise
from msgspec_tool.reporters.full import full, summary
from msgspec_tool.reporters.github import github
from msgspec_tool.reporters.json_v1 import json_v1, report_value
from msgspec_tool.reporters.junit import junit
from msgspec_tool.reporters.markdown import markdown
from msgspec_tool.reporters.sarif_places import artifact
from msgspec_tool.reporters.screen import Screen
from msgspec_tool.source.text import SourceFile, Span
from tests.published_schemas import validate_report
from tests.reporters.built import diagnostic, label, marked, report

TEXT = "variables:\n  first_name: {}\ntext: Hi {{ «frist_name» }}\n"


def everything() -> LintReport:
    """A report with one of each thing that a finding can carry."""
    file, span = marked(TEXT)
    finding = Finding(
        file,
        span,
        "'frist_name' is not declared",
        path=("channels", "sms", "te/xt"),
        related=(
            label("variables:\n  «first_name»: {}\n", "declared here"),
            label("{{ «frist_name» }} x", "printed here", "partials/a.txt"),
            label("{{ frist_name }} «x»", "and here", "partials/a.txt"),
            label("«y»", "and there", "partials/b.txt"),
        ),
        help="use a declared one",
        fix=Fix("use 'first_name'", (Edit(span, "first_name"),), Applicability.UNSAFE),
        api=Prediction("7003", "Mandatory parameters missing"),
    )
    failures = (Failure("b.msg.yaml", "encoding", "the file is not UTF-8"),)
    return LintReport(found=3, checked=1, skipped=1, suppressed=2, diagnostics=(diagnostic(finding),), failures=failures)


def warning(message: str = "advice", severity: Severity = Severity.WARNING, path: str = "a.msg.yaml") -> LintReport:
    file, span = marked("a: «b»\n", path)
    return report(diagnostic(Finding(file, span, message), severity))


def test_full() -> None:
    assert "\n".join(full(everything(), screen=Screen(80))) == (
        "error[test-rule] TST101: 'frist_name' is not declared\n"
        "--> a.msg.yaml:3:13\n"
        "  |\n"
        "2 |   first_name: {}\n"
        "  |   ---------- declared here\n"
        "3 | text: Hi {{ frist_name }}\n"
        "  |             ^^^^^^^^^^\n"
        "::: partials/a.txt:1:4\n"
        "  |\n"
        "1 | {{ frist_name }} x\n"
        "  |    ---------- printed here\n"
        "  |                  - and here\n"
        "::: partials/b.txt:1:1\n"
        "  |\n"
        "1 | y\n"
        "  | - and there\n"
        "  = help: use a declared one\n"
        "  = fix (unsafe): use 'first_name'\n"
        "  = platform: 7003 Mandatory parameters missing\n"
        "\n"
        "not checked: b.msg.yaml: the file is not UTF-8\n"
        "1 error in 3 files (1 checked, 1 skipped, 1 not checked); 2 suppressed; 1 fixable"
    )


def test_full_in_colours() -> None:
    lines = list(full(everything(), screen=Screen(80, colour=True)))
    assert lines[0] == "\x1b[1;31merror[test-rule]\x1b[0m TST101: \x1b[1m'frist_name' is not declared\x1b[0m"
    assert lines[1] == "\x1b[1;34m-->\x1b[0m a.msg.yaml:3:13"
    assert lines[-1].startswith("\x1b[1;31m1 error\x1b[0m in 3 files")
    assert all(line.count("\x1b[") % 2 == 0 for line in lines)


@pytest.mark.parametrize(("severity", "colour"), [(Severity.ERROR, 31), (Severity.WARNING, 33), (Severity.INFO, 36)])
def test_each_severity_has_its_colour(severity: Severity, colour: int) -> None:
    (line, *_) = full(warning(severity=severity), screen=Screen(80, colour=True))
    assert line.startswith(f"\x1b[1;{colour}m{severity.word}[test-rule]")


def test_concise() -> None:
    assert list(concise(everything(), screen=Screen())) == [
        "a.msg.yaml:3:13: error[test-rule] TST101: 'frist_name' is not declared",
        "b.msg.yaml: not checked: the file is not UTF-8",
        "1 error in 3 files (1 checked, 1 skipped, 1 not checked); 2 suppressed; 1 fixable",
    ]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (report(found=0, checked=0), "nothing was checked: no spec was found (files end in .msg.yaml)"),
        (
            report(found=1, checked=0, skipped=1),
            "nothing was checked in 1 file (1 skipped): specs end in .msg.yaml, request bodies in .json",
        ),
        (report(found=2, checked=0), "nothing was checked in 2 files (2 not checked)"),
        (report(), "no problems in 1 file (1 checked)"),
        (report(found=3, checked=3, suppressed=1), "no problems in 3 files (3 checked); 1 suppressed"),
        (warning(), "1 warning in 1 file (1 checked)"),
        (warning(severity=Severity.INFO), "1 info in 1 file (1 checked)"),
        (
            report(
                *everything().diagnostics * 2, *warning().diagnostics, *warning(severity=Severity.INFO).diagnostics * 2, found=4, checked=4
            ),
            "2 errors, 1 warning, 2 infos in 4 files (4 checked); 2 fixable",
        ),
    ],
)
def test_the_last_line_counts(given: LintReport, line: str) -> None:
    assert list(summary(given, screen=Screen())) == [line]


def test_json_has_the_frozen_shape() -> None:
    value = report_value(everything(), rule_set=1)
    assert validate_report(value) == ()
    assert json.loads(json_v1(everything(), rule_set=1)) == value
    (found,) = value["diagnostics"]
    assert list(found) == [
        "code", "name", "severity", "message", "path", "start", "end", "pointer", "related", "help", "fix", "api",
    ]  # fmt: skip
    assert found["pointer"] == "/channels/sms/te~1xt"
    assert found["start"] == {"line": 3, "column": 13, "offset": 40}
    assert found["end"] == {"line": 3, "column": 23, "offset": 50}
    assert found["fix"] == {
        "applicability": "unsafe",
        "description": "use 'first_name'",
        "edits": [{"start": 40, "end": 50, "text": "first_name"}],
    }
    assert found["api"] == {"code": "7003", "message": "Mandatory parameters missing"}
    assert [one["path"] for one in found["related"]] == ["a.msg.yaml", "partials/a.txt", "partials/a.txt", "partials/b.txt"]
    assert value["failures"] == [{"path": "b.msg.yaml", "reason": "encoding", "message": "the file is not UTF-8"}]
    assert value["summary"] == {
        "found": 3, "checked": 1, "skipped": 1, "errors": 1, "warnings": 0, "infos": 0, "suppressed": 2, "fixable": 1,
    }  # fmt: skip


def test_json_says_null_where_there_is_nothing() -> None:
    (found,) = report_value(warning(), rule_set=1)["diagnostics"]
    assert (found["pointer"], found["help"], found["fix"], found["api"], found["related"]) == (None, None, None, None, [])
    assert validate_report(report_value(warning(), rule_set=1)) == ()


def test_json_writes_lone_surrogates_and_controls_as_escapes() -> None:
    text = json_v1(warning("\ud800 \x1b[31m é 🎉"), rule_set=1)
    assert text.isascii()
    assert "\x1b" not in text
    assert json.loads(text)["diagnostics"][0]["message"] == "\ud800 \x1b[31m é 🎉"


def test_json_counts_code_points() -> None:
    file, span = marked("\ufeffa: 🎉«🎉»")
    (found,) = report_value(report(diagnostic(Finding(file, span, "x"))), rule_set=1)["diagnostics"]
    assert found["start"] == {"line": 1, "column": 6, "offset": 5}


def test_github() -> None:
    place = "file=a.msg.yaml,line=3,endLine=3,col=13,endColumn=23"
    assert list(github(everything())) == [
        "::error file=b.msg.yaml,title=not checked::the file is not UTF-8",
        f"::error {place},title=TST101 test-rule::'frist_name' is not declared%0Ause a declared one",
    ]


@pytest.mark.parametrize(("severity", "word"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")])
def test_github_has_three_levels(severity: Severity, word: str) -> None:
    (line,) = github(warning(severity=severity))
    assert line.startswith(f"::{word} file=")


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [(None, 0), (Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.INFO, 3)],
    ids=["never", "error", "warning", "info"],
)
def test_a_case_of_junit_fails_where_the_run_does(fail_on: Severity | None, failing: int) -> None:
    found = report(*(warning(severity=severity).diagnostics[0] for severity in Severity), files=("a.msg.yaml", "b.msg.yaml"))
    root = ElementTree.fromstring("\n".join(junit(found, fail_on=fail_on)))
    assert [root.attrib[name] for name in ("tests", "failures", "errors")] == ["4", str(failing), "0"]
    assert len(list(root.iter("failure"))) == failing
    assert len(list(root.iter("system-out"))) == 3 - failing
    assert [suite.attrib["name"] for suite in root.iter("testsuite")] == ["a.msg.yaml", "b.msg.yaml"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("a b/é.msg.yaml", {"uri": "a%20b/%C3%A9.msg.yaml", "uriBaseId": "%SRCROOT%"}),
        ("c:d.msg.yaml", {"uri": "c%3Ad.msg.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/srv/a.msg.yaml", {"uri": "file:///srv/a.msg.yaml"}),
    ],
)
def test_sarif_names_files_by_uris(path: str, location: dict[str, str]) -> None:
    assert artifact(path) == location


def test_github_shows_something_of_every_file() -> None:
    found = [
        diagnostic(Finding(*marked("a: «b»", f"{name}.msg.yaml"), f"{name}{number}"), severity)
        for severity in (Severity.WARNING, Severity.ERROR)
        for name, count in (("a", 20), ("b", 2), ("c", 1))
        for number in range(count)
    ]
    *commands, rest = github(report(*found))
    shown = ["a0", "a1", "a2", "a3", "a4", "a5", "a6", "b0", "b1", "c0"]
    assert [line.split("::", 2)[1].split(" ")[0] for line in commands] == ["error"] * 10 + ["warning"] * 10
    assert [line.rpartition("::")[2] for line in commands] == shown * 2
    assert rest.rpartition("::")[2] == "13 errors, 13 warnings more than GitHub shows; `msgspec-tool lint` lists them all"


def test_github_takes_no_columns_for_several_lines() -> None:
    file, span = marked("a: «b\nc»\n")
    (line,) = github(report(diagnostic(Finding(file, span, "advice"))))
    assert line == "::error file=a.msg.yaml,line=1,endLine=2,title=TST101 test-rule::advice"


def test_markdown_fits_a_comment() -> None:
    found = [diagnostic(Finding(*marked("a: «b»"), "é" * 900), severity) for severity in Severity for _ in range(50)]
    failures = (Failure("b.msg.yaml", "encoding", "the file is not UTF-8"),)
    lines = list(markdown(LintReport(2, 1, 0, 0, tuple(found), failures)))
    assert len("\n".join(lines).encode()) < 65_536
    assert lines[4] == "- **not checked** `b.msg.yaml`: `the file is not UTF-8`"
    assert lines[5].startswith("- **error** test-rule (TST101) at `a.msg.yaml:1:4`")
    assert lines[-1] == "… and 16 errors, 50 warnings, 50 infos more; `msgspec-tool lint` shows all."


def test_markdown_counts_files_that_it_has_no_room_for() -> None:
    failures = tuple(Failure("b.msg.yaml", "encoding", "x" * 300) for _ in range(3))
    assert list(markdown(LintReport(3, 0, 0, 0, (), failures), limit=1000))[-1].startswith("… and 2 not checked more;")


def test_github_says_that_nothing_was_checked() -> None:
    assert list(github(report(found=0, checked=0))) == ["::error title=nothing was checked::no spec was found"]


@pytest.mark.parametrize(
    "attack",
    [
        "x\n::set-output name=a::b",
        "x\r\n::stop-commands::t",
        "100%0A::error::b",
        "a::error::b",
        "\x1b[2J",
        "\u2028::debug::x",
        "a,line=1::b",
    ],
)
def test_github_lets_no_text_inject_a_command(attack: str) -> None:
    failures = (Failure(attack, "unreadable", attack),)
    found = LintReport(1, 1, 0, 0, warning(attack, path=attack).diagnostics, failures)
    for line in github(found):
        assert line.isprintable()
        assert len(line.splitlines()) == 1
        properties, _, data = line[2:].partition("::")
        assert properties.count("line=") <= 1 + ("line" in attack)
        assert "%0A" not in data.replace("%250A", "")
        if "," in attack:
            assert "a%2Cline=1%3A%3Ab" in properties


def test_an_empty_file() -> None:
    finding = Finding(SourceFile("a.msg.yaml", ""), Span(0, 0), "the file is empty")
    assert list(full(report(diagnostic(finding)), screen=Screen(80)))[:5] == [
        "error[test-rule] TST101: the file is empty",
        "--> a.msg.yaml:1:1",
        "  |",
        "1 |",
        "  | ^",
    ]
