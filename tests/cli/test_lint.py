"""``lint``: every option and every exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from msgspec_tool.reporters.registry import FORMATS
from tests.cli.inside import run
from tests.cli.projects import BODY, CLEAN, PROJECT, WARNS, WRONG, files
from tests.command import NOW
from tests.published_schemas import validate_report


def lint(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    result = run("lint", *arguments, "--now", NOW, cwd=folder)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def piped(folder: Path, stdin: bytes, *arguments: str) -> tuple[int, str, str]:
    result = run("lint", *arguments, "--now", NOW, cwd=folder, stdin=stdin)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def report(folder: Path, *arguments: str) -> dict[str, object]:
    value: dict[str, object] = json.loads(lint(folder, *arguments, "--format", "json")[1])
    assert validate_report(value) == ()
    return value


# --- what is checked ----------------------------------------------------------------------------------------------------


def test_the_current_folder_is_the_default(tmp_path: Path) -> None:
    files(tmp_path, sub__a_msg_yaml=CLEAN, b_msg_yml=CLEAN.replace("hello", "other"), c_yaml="x: 1", body_json="{")
    assert lint(tmp_path) == (0, "no problems in 2 files (2 checked)\n", "")


def test_folders_and_files(tmp_path: Path) -> None:
    files(tmp_path, sub__a_msg_yaml=CLEAN, b_yaml=WRONG.replace("hello", "other"), body_json=BODY)
    code, output, _ = lint(tmp_path, "sub", "b.yaml", "body.json", "sub/a.msg.yaml")
    assert (code, output.splitlines()[-1]) == (1, "1 error in 3 files (3 checked)")


def test_hidden_folders_and_environments_are_left_out(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN, own__pyvenv_cfg="")
    for name in (".hidden/b.msg.yaml", ".c.msg.yaml", "node_modules/x/d.msg.yaml", "own/lib/e.msg.yaml", "venv/f.msg.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("[", encoding="utf-8")
    assert lint(tmp_path)[1] == "no problems in 1 file (1 checked)\n"
    # what is named is wanted
    assert lint(tmp_path, "node_modules", ".hidden/b.msg.yaml")[1].endswith("2 errors in 2 files (2 checked)\n")


def test_standard_input(tmp_path: Path) -> None:
    code, output, _ = piped(tmp_path, WRONG.encode(), "-")
    assert code == 1
    assert "--> <stdin>:5:25" in output
    assert piped(tmp_path, CLEAN.encode(), "-")[0] == 0


def test_standard_input_has_a_name_and_the_project_of_its_folder(tmp_path: Path) -> None:
    spec = CLEAN.replace("Hello", "'Hello {{ env.senderid }}'").replace("' from Meridian Bank.", " from Meridian Bank.'")
    files(tmp_path, shop__msgspec_yaml=PROJECT)
    assert piped(tmp_path, spec.encode(), "-", "--stdin-filename", "shop/a.msg.yaml")[0] == 0
    code, output, _ = piped(tmp_path, spec.encode(), "-", "--stdin-filename", "a.msg.yaml")
    assert code == 1
    assert "--> a.msg.yaml:5:" in output


def test_standard_input_as_a_request_body(tmp_path: Path) -> None:
    assert piped(tmp_path, BODY.encode(), "-", "--stdin-filename", "body.json")[0] == 0
    assert piped(tmp_path, b"{", "-", "--stdin-filename", "body.json")[0] == 1


def test_standard_input_beside_files(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN)
    code, output, _ = piped(tmp_path, WRONG.replace("hello", "other").encode(), "a.msg.yaml", "-")
    assert (code, output.splitlines()[-1]) == (1, "1 error in 2 files (2 checked)")


# --- options ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ((), ["undefined-variable"]),
        (("--select", "TPL"), ["undefined-variable"]),
        (("--select", "tpl202"), ["undefined-variable"]),
        (("--select", "YML,SPC", "--select", "TIM"), []),
        (("--select", "YML, undefined-variable"), ["undefined-variable"]),
        (("--ignore", "undefined-variable"), []),
        (("--select", "strict", "--ignore", "TPL"), ["sms-no-sender"]),
        (("--select", "all"), ["sms-no-sender", "undefined-variable"]),
    ],
)
def test_select_and_ignore(tmp_path: Path, options: tuple[str, ...], names: list[str]) -> None:
    files(tmp_path, a_msg_yaml=WRONG)
    found = report(tmp_path, *options)["diagnostics"]
    assert isinstance(found, list)
    assert [one["name"] for one in found] == names


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule(tmp_path: Path, option: str) -> None:
    files(tmp_path, a_msg_yaml=CLEAN)
    assert lint(tmp_path, option, "undefined-varable") == (
        2,
        "",
        f"error: {option}: there is no rule, family or profile 'undefined-varable'\nhelp: did you mean 'undefined-variable'?\n",
    )
    assert "`msgspec-tool rules` lists them" in lint(tmp_path, option, "qqqqq")[2]


@pytest.mark.parametrize(
    ("content", "threshold", "code"),
    [
        (WRONG, "error", 1),
        (WRONG, "never", 0),
        (WRONG, "info", 1),
        (WARNS, "error", 0),
        (WARNS, "warning", 1),
        (WARNS, "info", 1),
        (WARNS, "never", 0),
        (CLEAN, "info", 0),
    ],
)
def test_fail_on(tmp_path: Path, content: str, threshold: str, code: int) -> None:
    files(tmp_path, a_msg_yaml=content)
    assert lint(tmp_path, "--fail-on", threshold)[0] == code


def test_nothing_is_wrong_never_hides_what_was_not_checked(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=b"\xff\xff")
    assert lint(tmp_path, "--fail-on", "never")[0] == 3


def test_formats(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG)
    assert lint(tmp_path)[1].startswith("error[undefined-variable] TPL202: 'frist_name'")
    assert lint(tmp_path, "--format", "full") == lint(tmp_path)
    assert lint(tmp_path, "--format", "concise")[1].startswith("a.msg.yaml:5:25: error[undefined-variable] TPL202: ")
    assert lint(tmp_path, "--format", "github")[1].startswith("::error file=a.msg.yaml,line=5,endLine=5,col=25,endColumn=35,title=TPL202")
    assert report(tmp_path)["summary"] == {
        "found": 1, "checked": 1, "skipped": 0, "errors": 1, "warnings": 0, "infos": 0, "suppressed": 0, "fixable": 0,
    }  # fmt: skip
    code, _, said = lint(tmp_path, "--format", "yaml")
    assert code == 2
    assert said.startswith("error: invalid value for '--format'")


def test_reports_in_files(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG)
    code, output, _ = lint(tmp_path, "--output", "json=out.json", "--output", "github=out.txt", "--output", "full=full.txt")
    assert code == 1
    assert (tmp_path / "full.txt").read_text(encoding="utf-8") == output
    assert validate_report(json.loads((tmp_path / "out.json").read_bytes())) == ()
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("::error file=a.msg.yaml")


@pytest.mark.parametrize("entry", ["json", "json=", "=out", "yaml=out", ""])
def test_a_report_that_is_no_format_and_file(tmp_path: Path, entry: str) -> None:
    code, output, said = lint(tmp_path, "--output", entry)
    assert (code, output) == (2, "")
    assert said == f"error: --output '{entry}' is not FORMAT=FILE\nhelp: formats: {', '.join(FORMATS)}\n"


def test_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG)
    code, output, said = lint(tmp_path, "--output", "json=no/such/out.json")
    assert code == 3
    assert "1 error in 1 file" in output
    assert said == "error: 'no/such/out.json' can't be written: No such file or directory\n"


def test_statistics(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG, b_msg_yaml=WRONG.replace("hello", "other"), c_msg_yaml=WARNS.replace("hello", "third"))
    code, output, _ = lint(tmp_path, "--statistics")
    assert code == 1
    assert output.splitlines() == [
        "     2  TPL202  undefined-variable",
        "     1  YML006  block-newline",
        "2 errors, 1 warning in 3 files (3 checked); 1 fixable",
    ]


def test_environments(tmp_path: Path) -> None:
    spec = CLEAN.replace("{text:", '{senderid: "{{ env.only_here }}", text:')
    files(tmp_path, a_msg_yaml=spec, msgspec_yaml=PROJECT.replace("TEST}", "TEST, only_here: X}"))
    assert lint(tmp_path, "--env", "sandbox")[0] == 0
    assert lint(tmp_path, "--env", "production")[0] == 1
    code, output, _ = lint(tmp_path)
    assert code == 1
    assert "production" in output


def test_an_unknown_environment(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN)
    assert lint(tmp_path, "--env", "x")[::2] == (2, "error: there is no environment 'x'\nhelp: the project file has none\n")
    files(tmp_path, msgspec_yaml=PROJECT)
    assert lint(tmp_path, "--env", "x")[::2] == (2, "error: there is no environment 'x'\nhelp: the project has sandbox, production\n")


def test_recipients(tmp_path: Path) -> None:
    spec = CLEAN.replace('\n  - msisdn: "+447700900001"', '\n  from: people.csv\n  msisdn: "{{ phone }}"')
    files(tmp_path, a_msg_yaml=spec, people_csv="phone\n+447700900001\n", others_csv="telephone\n+447700900001\n")
    assert lint(tmp_path)[0] == 0
    assert lint(tmp_path, "--recipients", "others.csv")[0] == 1
    assert lint(tmp_path, "--recipients", "a.msg.yaml")[::2] == (
        2,
        (
            "error: 'a.msg.yaml' is no recipients file: the name must end in .csv, .jsonl, .ndjson or .parquet\n"
            "help: save the recipients as CSV (UTF-8), and name that file\n"
        ),
    )
    assert lint(tmp_path, "--recipients", "none.csv")[::2] == (2, "error: --recipients: there is no file 'none.csv'\n")


def test_the_clock(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN.replace("channels:", 'expiry: "2030-01-02T00:00:00.000Z"\nchannels:'))
    assert run("lint", "--select", "timestamp-range", "--now", "2030-01-01T00:00:00Z", cwd=tmp_path).returncode == 0
    assert run("lint", "--select", "timestamp-range", "--now", "2030-01-03T00:00:00+00:00", cwd=tmp_path).returncode == 1
    result = run("lint", "--now", "yesterday", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.decode() == "error: --now 'yesterday' is not a time\nhelp: write it as 2030-01-31T18:30:00Z\n"


def test_another_project_file(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG, msgspec_yaml="msgspec: 1\n", ci_yaml="msgspec: 1\nlint: {ignore: [TPL]}\n")
    assert lint(tmp_path)[0] == 1
    assert lint(tmp_path, "--config", "ci.yaml")[0] == 0


# --- what cannot be checked ---------------------------------------------------------------------------------------------


def test_nothing_matched(tmp_path: Path) -> None:
    said = "nothing was checked: no spec was found (files end in .msg.yaml)\n"
    assert lint(tmp_path) == (3, said, "")
    assert json.loads(lint(tmp_path, "--format", "json")[1])["summary"]["found"] == 0
    assert lint(tmp_path, "--format", "github")[:2] == (3, "::error title=nothing was checked::no spec was found\n")


def test_only_files_of_other_kinds(tmp_path: Path) -> None:
    files(tmp_path, README_md="x", msgspec_yaml=PROJECT)
    assert lint(tmp_path, "README.md", "msgspec.yaml")[:2] == (
        3,
        "nothing was checked in 2 files (2 skipped): specs end in .msg.yaml, request bodies in .json\n",
    )


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [
        ("none.msg.yaml", "missing", "there is no file 'none.msg.yaml'"),
        ("x" * 300, "missing", "there is no file"),
        ("binary.msg.yaml", "encoding", "the file is not UTF-8"),
        ("utf16.msg.yaml", "encoding", "the file is UTF-16"),
        ("large.msg.yaml", "too-large", "the file is larger than 10,000,000 bytes"),
        ("deep.msg.yaml", "too-deep", "nested deeper than 100 levels"),
        ("endless.msg.yaml", "unreadable", "'endless.msg.yaml' is no regular file"),
    ],
)
def test_what_cannot_be_read_is_a_failure_that_hides_nothing(tmp_path: Path, name: str, reason: str, said: str) -> None:
    files(tmp_path, binary_msg_yaml=b"\x89PNG\r\n\x00\xff", utf16_msg_yaml=WRONG.encode("utf-16"), wrong_msg_yaml=WRONG)
    files(tmp_path, large_msg_yaml=b"#" * 10_000_001, deep_msg_yaml="[" * 100_000)
    (tmp_path / "endless.msg.yaml").symlink_to("/dev/zero")
    value = report(tmp_path, name, "wrong.msg.yaml")
    (failure,) = value["failures"]  # type: ignore[misc]
    assert (failure["path"], failure["reason"]) == (name, reason)
    assert failure["message"].startswith(said)
    assert value["summary"]["errors"] == 1  # type: ignore[index]
    code, output, _ = lint(tmp_path, name, "wrong.msg.yaml")
    assert code == 3
    assert f"not checked: {name}: {said}" in output
    assert output.endswith("1 error in 2 files (1 checked, 1 not checked)\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN)
    (tmp_path / "a.msg.yaml").chmod(0)
    assert lint(tmp_path)[0] == 3


def test_a_folder_that_is_named_like_a_spec(tmp_path: Path) -> None:
    files(tmp_path, x__a_msg_yaml=CLEAN)
    (tmp_path / "x").rename(tmp_path / "x.msg.yaml")
    assert lint(tmp_path)[:2] == (0, "no problems in 1 file (1 checked)\n")
    assert lint(tmp_path, "x.msg.yaml")[0] == 0


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.msg.yaml").symlink_to("nowhere.yaml")
    code, output, _ = lint(tmp_path)
    assert code == 3
    assert "not checked: a.msg.yaml: " in output


def test_the_highest_cause_counts(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG, b_msg_yaml=b"\xff")
    assert lint(tmp_path)[0] == 3
    # wrong usage ends the run before there are findings
    assert lint(tmp_path, "--select", "nothing-like-it")[0] == 2


def test_a_name_that_is_not_text(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b.msg.yaml")).write_text(WRONG, encoding="utf-8")
    for form in FORMATS:
        result = run("lint", "--format", form, cwd=tmp_path)
        assert result.returncode == 1, result.stderr
        assert b"\x1b" not in result.stdout
        # SARIF names files by URIs
        assert (b"%FF%1B.msg.yaml" if form == "sarif" else b"\\udcff") in result.stdout
