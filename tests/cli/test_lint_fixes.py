"""``lint --fix`` and ``--diff``: what is written, what is said, and what is left alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.inside import run
from tests.cli.projects import BODY, CLEAN, PROJECT, WARNS, WRONG, files
from tests.command import NOW

WRONG = WRONG.replace("name: hello", "name: wrong")
WARNS = WARNS.replace("name: hello", "name: warns")
CURLY = CLEAN.replace("{text: Hello from Meridian Bank.}", '{text: "It’s here…"} # as agreed')
STRAIGHT = CURLY.replace("It’s here…", "It's here...")
HIDING = CLEAN.replace("channels:", "chanels:").replace("Hello from Meridian Bank.", '"{{ a }} {{ b }} {{ c }}"')


def linted(folder: Path, *arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
    result = run("lint", *arguments, "--now", NOW, cwd=folder, stdin=stdin)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def test_safe_fixes_are_applied_and_the_rest_is_told(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CURLY, b_msg_yaml=WRONG, c_msg_yaml=WARNS)
    code, output, said = linted(tmp_path, "--fix", "--format", "concise")
    assert (code, said) == (1, "fixed 3 findings in 2 files\n")
    assert output.splitlines()[-1] == "1 error in 3 files (3 checked)"
    assert (tmp_path / "a.msg.yaml").read_text("utf-8") == STRAIGHT
    assert (tmp_path / "b.msg.yaml").read_text("utf-8") == WRONG
    assert (tmp_path / "c.msg.yaml").read_text("utf-8") == WARNS.replace("text: |", "text: |-")
    assert linted(tmp_path, "--fix", "a.msg.yaml") == (0, "no problems in 1 file (1 checked)\n", "nothing to fix\n")


def test_unsafe_fixes_are_asked_for(tmp_path: Path) -> None:
    misspelt = WRONG.replace(
        "deliverychannel", "variables: {first_name: {type: string, maxLength: 9, charset: gsm7, examples: [A]}}\ndeliverychannel"
    )
    files(tmp_path, b_msg_yaml=misspelt.replace('"+447700900001"', '"+447700900001"\n    with: {first_name: Asha}'))
    assert linted(tmp_path, "--fix")[0] == 1
    assert linted(tmp_path, "--fix", "--unsafe-fixes") == (0, "no problems in 1 file (1 checked)\n", "fixed 1 finding in 1 file\n")
    assert "Hello {{ first_name }} from" in (tmp_path / "b.msg.yaml").read_text("utf-8")


def test_differences_change_nothing(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CURLY, d_msg_yaml=CLEAN)
    expected = (
        "--- a/a.msg.yaml\n+++ b/a.msg.yaml\n@@ -2,6 +2,6 @@\n name: hello\n deliverychannel: sms\n channels:\n"
        '-  sms: {text: "It’s here…"} # as agreed\n+  sms: {text: "It\'s here..."} # as agreed\n'
        ' destination:\n   - msisdn: "+447700900001"\n'
    )
    assert linted(tmp_path, "--diff") == (1, expected, "would fix 2 findings in 1 file\n")
    assert (tmp_path / "a.msg.yaml").read_text("utf-8") == CURLY
    assert linted(tmp_path, "--diff", "d.msg.yaml") == (0, "", "nothing to fix\n")


NOTHING = "nothing was checked: there is no spec and no request body among the files"
NO_UTF8 = "the file is not UTF-8: byte 0xff at byte offset 0 (line 1) does not belong there; save it as UTF-8"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gone.msg.yaml",), ["not checked: gone.msg.yaml: there is no file 'gone.msg.yaml'", NOTHING]),
        (("empty",), [NOTHING]),
        (("broken.msg.yaml", "d.msg.yaml"), [f"not checked: broken.msg.yaml: {NO_UTF8}", "nothing to fix"]),
    ],
)
def test_differences_tell_what_was_not_checked(tmp_path: Path, arguments: tuple[str, ...], said: list[str]) -> None:
    files(tmp_path, d_msg_yaml=CLEAN, broken_msg_yaml=b"\xff")
    (tmp_path / "empty").mkdir()
    code, shown, told = linted(tmp_path, "--diff", *arguments)
    assert (code, shown, told.splitlines()) == (3, "", said)


def test_a_file_without_a_last_line_break_and_colours(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CURLY.rstrip("\n").replace("as agreed", "as \x1b[31m agreed").replace("\x1b", "—"))
    plain = linted(tmp_path, "--diff")[1]
    assert plain.endswith('   - msisdn: "+447700900001"\n\\ No newline at end of file\n')
    coloured = run("--color", "always", "lint", "--diff", "--now", NOW, cwd=tmp_path).stdout.decode()
    assert '\x1b[32m+  sms: {text: "It\'s here..."}' in coloured


@pytest.mark.parametrize(("newline", "mark"), [("\r\n", ""), ("\n", "\ufeff"), ("\r\n", "\ufeff")])
def test_line_breaks_marks_and_comments_stay(tmp_path: Path, newline: str, mark: str) -> None:
    before, after = (f"{mark}{text}".replace("\n", newline).encode() for text in (CURLY, STRAIGHT))
    files(tmp_path, a_msg_yaml=before)
    assert linted(tmp_path, "--fix")[0] == 0
    assert (tmp_path / "a.msg.yaml").read_bytes() == after


def test_permissions_stay_and_links_are_followed(tmp_path: Path) -> None:
    files(tmp_path, real__a_msg_yaml=CURLY)
    real, link = tmp_path / "real" / "a.msg.yaml", tmp_path / "link.msg.yaml"
    real.chmod(0o640)
    link.symlink_to(real)
    assert linted(tmp_path, "--fix", "link.msg.yaml")[0] == 0
    assert link.is_symlink()
    assert real.read_text("utf-8") == STRAIGHT
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path / "real")) == ["a.msg.yaml"]


def test_standard_input_is_fixed_onto_standard_output(tmp_path: Path) -> None:
    code, output, said = linted(tmp_path, "-", "--fix", stdin=CURLY.encode())
    assert (code, output) == (0, STRAIGHT)
    assert said == "fixed 2 findings in 1 file\nno problems in 1 file (1 checked)\n"
    assert linted(tmp_path, "-", "--fix", stdin=WRONG.encode())[1] == WRONG
    assert linted(tmp_path, "-", "--diff", stdin=CURLY.encode())[1].startswith("--- a/<stdin>\n")


def test_request_bodies_are_fixed_too(tmp_path: Path) -> None:
    files(tmp_path, body_json=BODY.replace("}]}", "}],}"))
    assert linted(tmp_path, "body.json", "--fix")[0] == 0
    assert (tmp_path / "body.json").read_text("utf-8") == BODY


def test_a_fix_that_would_leave_more_findings_is_left_out(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=HIDING)
    code, _output, said = linted(tmp_path, "--fix", "--unsafe-fixes")
    assert (code, said) == (1, "not fixed: a.msg.yaml:4:1: unknown-field SPC102: the fix would leave more findings\n")
    assert (tmp_path / "a.msg.yaml").read_text("utf-8") == HIDING


def test_partials_and_project_files_are_not_touched(tmp_path: Path) -> None:
    includes = CLEAN.replace("{text: Hello from Meridian Bank.}", """{text: '{% include "bye.txt" %}'}""")
    files(tmp_path, a_msg_yaml=includes, bye_txt="It’s {{ naem }}", msgspec_yaml=PROJECT)
    linted(tmp_path, "--fix", "--unsafe-fixes")
    assert (tmp_path / "bye.txt").read_text("utf-8") == "It’s {{ naem }}"
    assert (tmp_path / "msgspec.yaml").read_text("utf-8") == PROJECT


def test_a_comment_about_a_rule_on_several_files_is_not_called_unused(tmp_path: Path) -> None:
    meant = CLEAN.replace("name: hello", "name: hello # msgspec: ignore[duplicate-name] two teams, one name")
    files(tmp_path, a_msg_yaml=CLEAN, b_msg_yaml=meant)
    assert linted(tmp_path, "--fix") == (0, "no problems in 2 files (2 checked); 1 suppressed\n", "nothing to fix\n")
    assert (tmp_path / "b.msg.yaml").read_text("utf-8") == meant


def test_the_report_is_that_of_what_is_there_now(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CURLY)
    _code, output, _said = linted(tmp_path, "--fix", "--format", "json", "--output", "concise=report.txt")
    assert json.loads(output)["diagnostics"] == []
    assert (tmp_path / "report.txt").read_text("utf-8") == "no problems in 1 file (1 checked)\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_what_can_not_be_written_is_said(tmp_path: Path) -> None:
    files(tmp_path, locked__a_msg_yaml=CURLY)
    (tmp_path / "locked").chmod(0o500)
    code, output, _said = linted(tmp_path, "--fix")
    (tmp_path / "locked").chmod(0o700)
    assert code == 3
    assert "can't be written" in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--unsafe-fixes",), "error: --unsafe-fixes says which fixes, but not what to do with them\nhelp: add --fix or --diff\n"),
        (
            ("--diff", "--statistics"),
            "error: --diff prints differences alone\nhelp: leave out --fix, --output, --statistics, --as-api and the baseline\n",
        ),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    assert linted(tmp_path, *arguments) == (2, "", said)


def test_a_fix_that_gives_another_file_a_finding_is_left_out(tmp_path: Path) -> None:
    misspelt = CLEAN.replace("name: hello", "nmae: hello")
    files(tmp_path, a_msg_yaml=misspelt, b_msg_yaml=CLEAN)
    code, _output, said = linted(tmp_path, "--fix", "--unsafe-fixes")
    assert (code, said) == (1, "not fixed: a.msg.yaml:2:1: unknown-field SPC102: the fix would leave more findings\n")
    assert (tmp_path / "a.msg.yaml").read_text("utf-8") == misspelt
    assert linted(tmp_path, "a.msg.yaml", "--fix", "--unsafe-fixes")[0] == 0


def test_of_two_fixes_that_give_the_same_name_one_is_applied(tmp_path: Path) -> None:
    misspelt = CLEAN.replace("name: hello", "nmae: hello")
    files(tmp_path, a_msg_yaml=misspelt, b_msg_yaml=misspelt)
    code, _output, said = linted(tmp_path, "--fix", "--unsafe-fixes")
    assert code == 1
    assert said.splitlines() == [
        "not fixed: b.msg.yaml:2:1: unknown-field SPC102: the fix would leave more findings",
        "fixed 1 finding in 1 file",
    ]
    assert linted(tmp_path, "--diff", "--unsafe-fixes")[0] == 0


def test_a_fix_in_what_another_file_includes_may_not_break_the_other(tmp_path: Path) -> None:
    def spec(name: str, variable: str, text: str) -> str:
        declared = f"variables: {{{variable}: {{type: string, maxLength: 9, charset: gsm7, examples: [A]}}}}\ndeliverychannel"
        given = f'"+447700900001"\n    with: {{{variable}: Asha}}'
        made = CLEAN.replace("name: hello", f"name: {name}").replace("deliverychannel", declared).replace('"+447700900001"', given)
        return made.replace("Hello from Meridian Bank.", f"'{text}'")

    included = spec("included", "first_name", "Hi {{ frist_name }}")
    files(tmp_path, a_msg_yaml=included, b_msg_yaml=spec("including", "frist_name", '{% include "a.msg.yaml" %}'))
    assert linted(tmp_path, "--fix", "--unsafe-fixes")[2] == (
        "not fixed: a.msg.yaml:6:22: undefined-variable TPL202: the fix would leave more findings\n"
    )
    assert linted(tmp_path, "a.msg.yaml", "--fix", "--unsafe-fixes")[0] == 0
    assert linted(tmp_path, "b.msg.yaml", "--format", "concise")[1].count("TPL202") == 1
