"""The baseline: what is known is not told again, whatever moves around it; what is new is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.inside import run
from tests.cli.projects import CLEAN, WRONG, files
from tests.command import NOW
from tests.published_schemas import validate_report

WRONG = WRONG.replace("name: hello", "name: wrong")
SEVERAL = CLEAN.replace("{text: Hello from Meridian Bank.}", '{text: "It’s here – it’s {{ yours }}"}')


def linted(folder: Path, *arguments: str) -> tuple[int, str, str]:
    result = run("lint", *arguments, "--now", NOW, cwd=folder)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def written(folder: Path, *arguments: str) -> dict[str, object]:
    code, output, _said = linted(folder, "--write-baseline", "known.json", *arguments)
    assert (code, output) == (0, "")
    value = json.loads((folder / "known.json").read_text("utf-8"))
    assert validate_report(value, "baseline") == ()
    return value


def test_what_is_known_is_not_told(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=SEVERAL, sub__b_msg_yaml=WRONG)
    assert linted(tmp_path)[0] == 1
    assert [(one["path"], one["code"]) for one in written(tmp_path)["findings"]] == [  # type: ignore[attr-defined]
        *(("a.msg.yaml", code) for code in ("SMS412", "SMS412", "TPL202")),
        ("sub/b.msg.yaml", "TPL202"),
    ]
    known = (0, "no problems in 2 files (2 checked); 4 suppressed\n", "4 findings in the baseline\n")
    assert linted(tmp_path, "--baseline", "known.json") == known
    below = run("lint", "..", "--baseline", "../known.json", "--now", NOW, cwd=tmp_path / "sub")
    assert (below.returncode, below.stderr) == (0, b"4 findings in the baseline\n")


def test_a_line_for_each_finding(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=SEVERAL)
    written(tmp_path)
    lines = (tmp_path / "known.json").read_text("utf-8").splitlines()
    assert (lines[0], lines[-1], len(lines)) == ('{"version": 1, "findings": [', "]}", 5)
    assert all(line.startswith('{"path": "a.msg.yaml", "code": "') for line in lines[1:-1])
    written(tmp_path)
    assert (tmp_path / "known.json").read_text("utf-8").splitlines() == lines


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: hello\n", "name: hello\n\n# a comment\nowner: somebody\n"),
        ("destination:\n", 'destination:\n  - msisdn: "+447700900002"\n'),
        ("deliverychannel: sms\n", "deliverychannel:   sms # the only one\n"),
        ("yours }}", "yours }} and more"),
        ("deliverychannel: sms\n", "variables: {yors: {type: string, examples: [a]}}\ndeliverychannel: sms\n"),
    ],
)
def test_what_moves_stays_known(tmp_path: Path, old: str, new: str) -> None:
    files(tmp_path, a_msg_yaml=SEVERAL)
    written(tmp_path)
    files(tmp_path, a_msg_yaml=SEVERAL.replace(old, new))
    code, output, said = linted(tmp_path, "--baseline", "known.json", "--format", "concise")
    assert (code, said) == (0, "3 findings in the baseline\n"), output


def test_figures_of_a_message_may_change(tmp_path: Path) -> None:
    declared = "variables: {a: {type: string, maxLength: 500, charset: gsm7, default: x, examples: [a]}}\ndeliverychannel: sms\n"
    long = CLEAN.replace("Hello from Meridian Bank.", '"{{ a }}"').replace("deliverychannel: sms\n", declared)
    files(tmp_path, a_msg_yaml=long)
    assert "SMS413" in {one["code"] for one in written(tmp_path)["findings"]}  # type: ignore[attr-defined]
    files(tmp_path, a_msg_yaml=long.replace("500", "600"))
    assert linted(tmp_path, "--baseline", "known.json", "--fail-on", "warning")[0] == 0


def test_one_more_of_the_same_is_new(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=SEVERAL)
    written(tmp_path)
    files(tmp_path, a_msg_yaml=SEVERAL.replace("It’s here", "It’s here…"))
    code, output, said = linted(tmp_path, "--baseline", "known.json", "--format", "concise", "--fail-on", "warning")
    assert code == 1
    assert output.count("SMS412") == 1
    assert said == "3 findings in the baseline\n"


def test_another_finding_at_the_same_place_is_new(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN.replace("{text: Hello from Meridian Bank.}", "{}"))
    written(tmp_path)
    files(tmp_path, a_msg_yaml=CLEAN.replace("{text: Hello from Meridian Bank.}", "{type: 3}"))
    assert linted(tmp_path, "--baseline", "known.json")[0] == 1


def test_a_thousand_known_and_one_new(tmp_path: Path) -> None:
    for number in range(100):
        names = "".join(f"{{{{ gone_{part} }}}}" for part in range(10))
        files(tmp_path, **{f"m{number}_msg_yaml": WRONG.replace("{{ frist_name }}", names).replace("name: wrong", f"name: m{number}")})
    assert len(written(tmp_path)["findings"]) == 1000  # type: ignore[arg-type]
    path = tmp_path / "m42.msg.yaml"
    path.write_text(path.read_text("utf-8").replace("{{ gone_5 }}", "{{ gone_5 }}{{ quite_new }}"), encoding="utf-8")
    code, output, said = linted(tmp_path, "--baseline", "known.json", "--format", "concise")
    assert code == 1
    assert [line for line in output.splitlines() if "TPL202" in line] == [
        "m42.msg.yaml:5:97: error[undefined-variable] TPL202: 'quite_new' is not declared"
    ]
    assert said == "1,000 findings in the baseline\n"


def test_what_is_gone_is_told(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=SEVERAL, b_msg_yaml=WRONG)
    written(tmp_path)
    files(tmp_path, a_msg_yaml=CLEAN)
    said = linted(tmp_path, "--baseline", "known.json")[2]
    assert said == "1 finding in the baseline\n3 findings of the baseline are gone: refresh it with --write-baseline known.json\n"
    assert linted(tmp_path, "b.msg.yaml", "--baseline", "known.json")[2] == "1 finding in the baseline\n"


def test_what_can_not_be_checked_writes_no_baseline(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=SEVERAL, b_msg_yaml=b"\xff")
    code, _output, said = linted(tmp_path, "--write-baseline", "known.json")
    assert code == 3
    assert said.endswith("no baseline was written: not everything could be checked\n")
    assert not (tmp_path / "known.json").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no baseline 'known.json'\nhelp: --write-baseline makes one of what is found now"),
        (b"\xff", "'known.json' is no baseline: it is not UTF-8\nhelp: write it anew with --write-baseline"),
        (b"{,}", "'known.json' is no baseline: Expecting property name enclosed in double quotes at line 1, column 2\n"),
        (b"[]", "'known.json' is no baseline: it is no object with a list 'findings'\n"),
        (b'{"version": 2, "findings": []}', "'known.json' is a baseline of version 2; this is 1\n"),
        (
            b'{"version": 1, "findings": [{"path": "a"}]}',
            "'known.json' is no baseline: finding 1 has no 'fingerprint' and 'path' of text\n",
        ),
        (b"[" * 200_000, "'known.json' is no baseline: "),
    ],
)
def test_what_is_no_baseline(tmp_path: Path, content: bytes | None, said: str) -> None:
    files(tmp_path, a_msg_yaml=CLEAN, **({"known_json": content} if content is not None else {}))
    code, output, told = linted(tmp_path, "--baseline", "known.json")
    assert (code, output) == (2, "")
    assert told.startswith(f"error: {said}")
