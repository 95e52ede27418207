"""The project file: where it is found, what it says, how its mistakes are said."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgspec_tool.config import Project
from msgspec_tool.errors import ToolError, UnreadableError, UsageError
from msgspec_tool.surroundings.project_file import ProjectFileError, load_project
from tests.cli.inside import run
from tests.command import NOW


def written(folder: Path, text: str | bytes, name: str = "msgspec.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def mistakes(folder: Path, text: str) -> list[tuple[str, str]]:
    """Each mistake with the characters that it points at."""
    written(folder, text)
    with pytest.raises(ProjectFileError) as caught:
        load_project(folder)
    assert caught.value.exit_code == 2
    return [(label.file.slice(label.span), label.message) for label in caught.value.mistakes]


# --- where it is found --------------------------------------------------------------------------------------------------


def test_the_nearest_one_up_to_the_repository(tmp_path: Path) -> None:
    written(tmp_path, "msgspec: 1\npartials: outer\n")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert (load_project(deep).partials, load_project(deep).root) == ("outer", tmp_path)
    written(tmp_path, "msgspec: 1\npartials: inner\n", "a/msgspec.yaml")
    assert load_project(deep).partials == "inner"
    assert load_project(tmp_path).partials == "outer"


def test_a_repository_ends_the_search(tmp_path: Path) -> None:
    written(tmp_path, "msgspec: 1\n")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "messages").mkdir()
    assert load_project(tmp_path / "repo" / "messages") == Project(tmp_path / "repo" / "messages")


def test_the_way_up_is_not_led_astray_by_dots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "msgspec: 1\n", "a/msgspec.yaml")
    (tmp_path / "b").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert load_project(Path("../b")).file is None
    assert load_project(Path()).root == tmp_path / "a"


def test_an_explicit_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, "msgspec: 1\npartials: other\n", "conf/ci.yaml")
    project = load_project(tmp_path, file)
    assert (project.partials, project.root, project.file) == ("other", tmp_path / "conf", file)
    monkeypatch.chdir(tmp_path / "conf")
    assert load_project(tmp_path, Path("../conf/ci.yaml")).root == tmp_path / "conf"


@pytest.mark.parametrize("name", ["none.yaml", "folder"])
def test_an_explicit_file_that_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="there is no project file") as caught:
        load_project(tmp_path, tmp_path / name)
    assert caught.value.help == "--config names a msgspec.yaml"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    written(tmp_path, "msgspec: 1\n").chmod(0)
    with pytest.raises(UnreadableError, match="can't be read: Permission denied"):
        load_project(tmp_path)


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="can't be read: File name too long"):
        load_project(tmp_path, tmp_path / ("x" * 300))


# --- what it says -------------------------------------------------------------------------------------------------------


def test_everything_is_read(tmp_path: Path) -> None:
    written(
        tmp_path,
        """\
msgspec: 1
partials: shared
lint:
  select: [default, TPL]
  ignore: [static-expiry]
  severity: {block-newline: off, TPL202: warning}
  per-file: {"drafts/**": {ignore: [example-problem]}}
  require-reason: true
  options: {bad-msisdn: {plus: required}}
environments:
  sandbox:
    endpoint: https://localhost:8443/x
    key_env: KEY
    values: {senderid: TEST, n: 1}
    allowlist: ["+4477009000*"]
    ledger: null
    rate: 50
  bare: {}
""",
    )
    project = load_project(tmp_path)
    assert project.partials == "shared"
    assert project.lint.select == ("default", "TPL")
    assert project.lint.ignore == ("static-expiry",)
    assert project.lint.severity == {"block-newline": "off", "TPL202": "warning"}
    assert project.lint.per_file == {"drafts/**": {"ignore": ["example-problem"]}}
    assert project.lint.require_reason is True
    assert project.lint.options == {"bad-msisdn": {"plus": "required"}}
    sandbox, bare = project.environments.values()
    assert (sandbox.name, sandbox.endpoint, sandbox.key_env, sandbox.rate) == ("sandbox", "https://localhost:8443/x", "KEY", 50)
    assert (sandbox.values, sandbox.allowlist, sandbox.ledger) == ({"senderid": "TEST", "n": 1}, ("+4477009000*",), None)
    assert (bare.name, bare.values, bare.max_addresses, bare.rt_name) == ("bare", {}, 1000, "rt")


def test_defaults(tmp_path: Path) -> None:
    written(tmp_path, "msgspec: 1\nlint: {}\n")
    project = load_project(tmp_path)
    assert (project.partials, project.lint.select, project.environments) == ("partials", ("default",), {})


# --- its mistakes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lint", "place", "remedy"),
    [
        ("select: [default, strct]", "strct", "did you mean 'strict'?"),
        ("ignore: [static-expriy]", "static-expriy", "did you mean 'static-expiry'?"),
        ("severity: {block-newlin: error}", "block-newlin", "did you mean 'block-newline'?"),
        ('per-file: {"a/**": {ignore: [TPL20]}}', "TPL20", "did you mean 'TPL210'?"),
        ('per-file: {"a/**": {select: [qqqq]}}', "qqqq", "`msgspec-tool rules` lists them"),
        ('per-file: {"a/**": {severity: {qqqq: info}}}', "qqqq", "`msgspec-tool rules` lists them"),
    ],
)  # fmt: skip
def test_unknown_rules_have_places(tmp_path: Path, lint: str, place: str, remedy: str) -> None:
    said = f"there is no rule, family or profile '{place}'; {remedy}"
    assert mistakes(tmp_path, f"msgspec: 1\nlint:\n  {lint}\n") == [(place, said)]


def test_a_long_name_is_cut(tmp_path: Path) -> None:
    ((_, message),) = mistakes(tmp_path, f"msgspec: 1\nlint: {{select: [{'x' * 5000}]}}\n")
    assert len(message) < 150


def test_several_mistakes_stand_in_their_order(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path, "msgspec: 1\nenvironments: {a: {endpoint: https://x/, region: uk}}\nlint: {ignore: [qqqq], select: [wwww]}\n"
    )
    assert [place for place, _ in found] == ["region", "qqqq", "wwww"]
    assert found[0][1] == "environment 'a' has an endpoint and a region: keep one"


@pytest.mark.parametrize("folder", ["../..", "..", "a/../..", "/srv/partials"])
def test_partials_are_below_the_project(tmp_path: Path, folder: str) -> None:
    said = f"the folder '{folder}' is outside of the project (name one beside or below this file)"
    assert mistakes(tmp_path, f"msgspec: 1\npartials: {folder}\n") == [(folder, said)]
    written(tmp_path, "msgspec: 1\npartials: ./shared/../..texts\n")
    assert load_project(tmp_path).partials == "./shared/../..texts"


def test_numbers_that_nobody_can_count_with(tmp_path: Path) -> None:
    text = 'msgspec: 1\nenvironments: {a: {rate: .inf, prices: {"+44": .nan, "+41": 1}}, b: {rate: 5}}\n'
    said = "expected a finite number"
    assert mistakes(tmp_path, text) == [(".inf", said), (".nan", said)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("msgspec: 1\nlnt: {}\n", "lnt"),
        ("msgspec: 2\n", "2"),
        ("msgspec: 1\nlint: {select: default}\n", "default"),
        ("msgspec: 1\nlint: {severity: {block-newline: fatal}}\n", "fatal"),
        ("msgspec: 1\nenvironments: {a b: {}}\n", "a b"),
        ("msgspec: 1\nenvironments: {a: {max_addresses: 1001}}\n", "1001"),
    ],
)
def test_the_schema_has_its_say(tmp_path: Path, text: str, place: str) -> None:
    assert [found for found, _ in mistakes(tmp_path, text)] == [place]


@pytest.mark.parametrize(
    "text", ["", "[]", "1", "msgspec: 1\n a: 2\n", "a: [", "a: 1\na: 2", "&a [*a]", "--- 1\n--- 2\n", "a: !!python/object:os.system x"]
)
def test_what_is_no_project_file_is_said(tmp_path: Path, text: str) -> None:
    assert mistakes(tmp_path, text) != []


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=False)
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(BOMB, {2, 3}, id="aliases"),
        pytest.param("[" * 200_000, {2, 3}, id="nesting"),
        pytest.param("lint: " + "{a: " * 5000, {2, 3}, id="nested mappings"),
        pytest.param("#" * 10_000_001, {3}, id="too large"),
        pytest.param(b"\xff\xfe\x00", {3}, id="not UTF-8"),
        pytest.param("msgspec: 1\n\x00", {2, 3}, id="NUL"),
        pytest.param("msgspec: 1\nlint: {select: [" + "nope, " * 20_000 + "]}", {2}, id="many mistakes"),
        pytest.param("\n".join(f"k{number}: 1" for number in range(50_000)), {3}, id="many keys"),
        pytest.param('msgspec: 1\nlint: {per-file: {"' + "*a" * 50 + '": {ignore: [TPL]}}}', {0}, id="a pattern that repeats"),
    ],
)
def test_hostile_files_end_soon_and_clearly(tmp_path: Path, text: str | bytes, codes: set[int]) -> None:
    written(tmp_path, text)
    written(
        tmp_path,
        "msgspec: 1\nname: a\ndeliverychannel: sms\nchannels: {sms: {text: Hi}}\ndestination: [{msisdn: '+447700900001'}]\n",
        "a" * 90 + ".msg.yaml",
    )
    start = time.process_time()
    result = run("lint", "--now", NOW, cwd=tmp_path)
    assert time.process_time() - start < 5
    assert result.returncode in codes, result.stderr[:500]
    assert b"internal error" not in result.stderr
    assert len(result.stderr) < 20_000
    if codes != {0}:
        assert result.stderr.startswith(b"error: the project file 'msgspec.yaml' ")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"msgspec: 1\nlint: {{{text}}}\n".encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_project_or_a_clear_failure(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    file = written(folder, data)
    failure = None
    try:
        load_project(folder, file)
    except ToolError as error:
        failure = error
    assert failure is None or (failure.exit_code in (2, 3) and failure.message.startswith("the project file '"))


# --- what it does to a run ----------------------------------------------------------------------------------------------

WARNS = "msgspec: 1\nname: a\ndeliverychannel: sms\nchannels:\n  sms:\n    text: |\n      Hi\ndestination: [{msisdn: '+447700900001'}]\n"


def names(folder: Path, *arguments: str) -> list[str]:
    """What is found, as ``severity[rule]``."""
    output = run("lint", "--format", "concise", "--now", NOW, *arguments, cwd=folder).stdout.decode()
    return [line.split()[1] for line in output.splitlines()[:-1]]


@pytest.mark.parametrize("pattern", ["drafts/**", "drafts/*", "a.msg.yaml", "*.msg.yaml", "drafts/new/a.msg.yaml", "*/a.msg.yaml"])
def test_patterns_start_at_the_root_wherever_the_program_does(tmp_path: Path, pattern: str) -> None:
    written(tmp_path, f'msgspec: 1\nlint: {{per-file: {{"{pattern}": {{ignore: [YML]}}}}}}\n')
    written(tmp_path, WARNS, "drafts/new/a.msg.yaml")
    for folder, argument in (("", "."), ("drafts", "new"), ("drafts/new", "a.msg.yaml"), ("drafts/new", "../new"), ("", str(tmp_path))):
        assert names(tmp_path / folder, argument) == []


@pytest.mark.parametrize("pattern", ["new/**", "a", "drafts", "b.msg.yaml", "/drafts/**"])
def test_patterns_that_mean_other_files(tmp_path: Path, pattern: str) -> None:
    written(tmp_path, f'msgspec: 1\nlint: {{per-file: {{"{pattern}": {{ignore: [YML]}}}}}}\n')
    written(tmp_path, WARNS, "drafts/new/a.msg.yaml")
    for folder in ("", "drafts", "drafts/new"):
        assert names(tmp_path / folder) == ["warning[block-newline]"]


@pytest.mark.parametrize(
    ("lint", "found"),
    [
        ("ignore: [block-newline]", []),
        ("severity: {block-newline: error}", ["error[block-newline]"]),
        ("severity: {YML006: info}", ["info[block-newline]"]),
        ("severity: {YML: off}", []),
        ("select: [TPL]", []),
        ('select: [TPL], per-file: {"*.yaml": {select: [YML006]}}', ["warning[block-newline]"]),
        ('per-file: {"*.yaml": {severity: {block-newline: error}}}', ["error[block-newline]"]),
        ('per-file: {"*.yaml": {severity: {block-newline: off}}}', []),
        ('per-file: {"*.yaml": {ignore: [YML]}, "a.*": {select: [YML]}}', ["warning[block-newline]"]),
    ],
)
def test_rules_by_file(tmp_path: Path, lint: str, found: list[str]) -> None:
    written(tmp_path, f"msgspec: 1\nlint: {{{lint}}}\n")
    written(tmp_path, WARNS, "a.msg.yaml")
    assert names(tmp_path) == found


def test_what_the_command_line_selects_is_all(tmp_path: Path) -> None:
    written(tmp_path, 'msgspec: 1\nlint: {per-file: {"*.yaml": {select: [YML]}}}\n')
    written(tmp_path, WARNS, "a.msg.yaml")
    assert names(tmp_path, "--select", "TPL") == []
