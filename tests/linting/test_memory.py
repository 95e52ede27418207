"""What lint remembers, and several processes, change nothing: the same findings in the same order, to the byte."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import msgspec_tool
from msgspec_tool.caching import file_states
from msgspec_tool.caching import folder as cache_folder
from msgspec_tool.caching.folder import CacheFolder, cache_folder_of, program_state, veiled
from msgspec_tool.caching.remembered_runs import remembered_run
from msgspec_tool.diagnostics import Severity
from tests.cache_runs import NOW, forget_runs, said, told_again, working_in
from tests.command import CHECKOUT, environment

SPEC = """\
msgspec: 1
name: {name}
variables:
  first_name: {{type: string, maxLength: 20, minLength: 1, examples: [Asha]}}
deliverychannel: sms
expiry: 2030-01-31T18:30:00.000Z
channels:
  sms:
    text: "Hi {{{{ first_name }}}}{extra} {{% include 'footer.txt' %}}"
destination:
  from: recipients.csv
  msisdn: "{{{{ phone }}}}"
"""
PROJECT = "msgspec: 1\nlint: {select: [default]}\nenvironments: {production: {values: {who: us}}}\n"
FIRST = {
    "msgspec.yaml": PROJECT,
    "a.msg.yaml": SPEC.format(name="a", extra=" {{ frist_name }}"),
    "b.msg.yaml": SPEC.format(name="b", extra=""),
    "partials/footer.txt": "Reply STOP to {{ env.who }}.",
    "recipients.csv": "phone,first_name\n+447700900123,Asha\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A folder with two specs, one with a mistake, to work in; its cache is beside it."""
    folder = tmp_path / "project"
    write(folder, FIRST)
    with working_in(folder, tmp_path / "cache"):
        yield folder


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")


def every_way(cache: Path, *arguments: str) -> tuple[int, str]:
    """Check without memory, with it, from what is known of files, from what is known of runs, and in two processes."""
    plain = said(*arguments, "--no-cache", "--jobs", "1")
    assert said(*arguments) == plain
    known = told_again(*arguments)
    forget_runs(cache)
    assert said(*arguments, "--jobs", "1") == plain
    assert said(*arguments, "--no-cache", "--jobs", "2") == plain
    assert known in (plain, None)
    return plain


# --- the same result ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["full", "json", "sarif"])
def test_all_cases_and_examples_in_every_way(tmp_path: Path, form: str) -> None:
    bodies = sorted(str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "tests" / "cases").rglob("*.json"))
    with working_in(CHECKOUT, tmp_path):
        arguments = ("tests/cases", "specs_examples", *bodies, *NOW, "--format", form)
        code, text = every_way(tmp_path, *arguments)
        assert code == 1
        assert len(text) > 100_000
        assert said(*arguments)[1] == text
        assert told_again(*arguments) == (code, text)


def test_strict_rules_and_statistics_in_every_way(project: Path, tmp_path: Path) -> None:
    every_way(tmp_path / "cache", *NOW, "--select", "all")
    every_way(tmp_path / "cache", *NOW, "--statistics", "--fail-on", "never")


NEW = {
    "a.msg.yaml": [SPEC.format(name="a", extra=""), SPEC.format(name="b", extra=""), "msgspec: 1\nname: [", ""],
    "b.msg.yaml": [SPEC.format(name="b", extra=" # {{ x }}"), SPEC.format(name="b", extra="")],
    "c/c.msg.yaml": [SPEC.format(name="c", extra=""), None],
    "partials/footer.txt": ["Reply STOP to {{ env.no }}.", "{% if %}", None, "Reply STOP."],
    "footer.txt": ["Beside {{ nobody }}", None],
    "recipients.csv": ["phone\n1\n", "telephone,first_name\n", None, ""],
    "msgspec.yaml": [PROJECT, PROJECT.replace("default", "all"), "msgspec: 1\n", "msgspec: 1\npartials: c\n", None],
    "c/msgspec.yaml": [PROJECT.replace("default", "TPL"), None],
    "c/footer.txt": ["Other {{ env.who }} {{ env.else }}", None],
}


@given(st.lists(st.sampled_from([(name, text) for name, texts in NEW.items() for text in texts]), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_after_any_edit_the_result_is_that_of_a_new_check(edits: list[tuple[str, str | None]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place, "project"), Path(place, "cache")
        write(folder, FIRST)
        with working_in(folder, cache):
            said(*NOW)
            for name, text in edits:
                if text is None:
                    (folder / name).unlink(missing_ok=True)
                else:
                    write(folder, {name: text})
                plain = said(*NOW, "--no-cache", "--jobs", "1")
                assert told_again(*NOW) in (plain, None)
                assert said(*NOW) == plain
                assert told_again(*NOW) == (plain if plain[0] in (0, 1) else None)


# --- what is remembered, and what is not --------------------------------------------------------------------------------


def test_nothing_is_checked_twice(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = said(*NOW)
    monkeypatch.setattr("msgspec_tool.lint_pipeline.examine", None)
    assert said(*NOW) == first
    assert said(*NOW, "--no-cache")[0] == 3


def test_only_the_file_that_changed_is_checked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from msgspec_tool import lint_pipeline

    said(*NOW)
    examine, seen = lint_pipeline.examine, []
    monkeypatch.setattr(lint_pipeline, "examine", lambda file, *rest: seen.append(file.path) or examine(file, *rest))
    write(project, {"b.msg.yaml": SPEC.format(name="b", extra="!")})
    said(*NOW)
    assert seen == ["b.msg.yaml"]


def test_another_folder_another_name_and_other_words_are_another_run(project: Path, tmp_path: Path) -> None:
    said(*NOW)
    assert told_again(*NOW, "--format", "json") is None
    assert told_again("--no-cache", *NOW) is None
    with working_in(tmp_path, tmp_path / "cache"):
        assert told_again(*NOW) is None


def test_a_run_that_writes_or_reads_elsewhere_is_not_remembered(project: Path) -> None:
    for arguments in (("--output", "json=report.json"), ("--fix",), ("--write-baseline", "known"), ("--baseline", "known"), ("--as-api",)):
        said(*NOW, *arguments)
        assert told_again(*NOW, *arguments) is None


@pytest.mark.parametrize("path", ["missing.msg.yaml", "recipients.csv"])
def test_what_was_not_checked_is_not_remembered(project: Path, path: str) -> None:
    assert said(*NOW, "a.msg.yaml", path)[0] in (1, 3)
    assert told_again(*NOW, "a.msg.yaml", path) is None


def test_the_clock_counts_where_a_rule_asks_it(project: Path) -> None:
    spec = SPEC.format(name="a", extra="").replace("{% include 'footer.txt' %}", "")
    write(project, {"a.msg.yaml": spec, "b.msg.yaml": "", "msgspec.yaml": "msgspec: 1\n"})
    arguments = ("a.msg.yaml",)
    run = remembered_run(["lint", *arguments], os.environ, sys.stdout)
    assert run is not None
    from msgspec_tool.lint_pipeline import LintOptions, lint
    from msgspec_tool.linting.memory import LintMemory

    before, after = datetime(2030, 1, 31, 18, 29, 59, tzinfo=timezone.utc), datetime(2030, 1, 31, 18, 30, tzinfo=timezone.utc)
    for now, errors in ((before, 0), (after, 1), (before, 0)):
        memory = LintMemory(run, now.timestamp(), fixed_clock=False)
        report = lint(LintOptions(now=now, paths=arguments, memory=memory))
        assert report.number_of(Severity.ERROR) == errors
        memory.keep_run(int(errors > 0), f"{errors}\n")
        assert run.recall(now.timestamp()) == (int(errors > 0), f"{errors}\n")
        assert run.recall((before if now is after else after).timestamp()) is None


def test_an_end_of_a_suppression_is_a_moment(project: Path) -> None:
    write(project, {"b.msg.yaml": "", "a.msg.yaml": "# msgspec: ignore[missing-field] until=2030-03-01 why\n" + FIRST["a.msg.yaml"]})
    said("a.msg.yaml", "--now", "2030-03-01T23:59:59Z")
    assert told_again("a.msg.yaml", "--now", "2030-03-01T23:59:59Z") is not None
    assert said("a.msg.yaml", "--now", "2030-03-02T00:00:00Z") == said("a.msg.yaml", "--now", "2030-03-02T00:00:00Z", "--no-cache")


def test_a_file_that_changes_while_it_is_read_is_not_remembered(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from msgspec_tool import lint_pipeline

    examine = lint_pipeline.examine

    def changing(file: object, *rest: object) -> object:
        found = examine(file, *rest)  # type: ignore[arg-type]
        write(project, {"partials/footer.txt": f"Changed after {file.path}"})  # type: ignore[attr-defined]
        return found

    monkeypatch.setattr(lint_pipeline, "examine", changing)
    said(*NOW)
    assert told_again(*NOW) is None


def test_standard_input_is_not_remembered_as_a_run(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIRST["b.msg.yaml"].encode())))
    assert said("-", *NOW)[0] in (0, 1)
    assert told_again("-", *NOW) is None


@pytest.mark.parametrize("name", ["nul\\0.csv", "half\\uD800.csv", f"{'long' * 100}.csv", "partials.csv"])
def test_names_that_no_file_has(project: Path, name: str) -> None:
    (project / "partials.csv").mkdir()
    (project / "partials" / "folder").mkdir()
    spec = FIRST["b.msg.yaml"].replace("recipients.csv", name).replace("from: ", 'from: "').replace(".csv", '.csv"')
    write(project, {"b.msg.yaml": spec, "a.msg.yaml": FIRST["a.msg.yaml"].replace("footer.txt", "folder")})
    plain = said(*NOW, "--no-cache")
    assert said(*NOW) == plain
    assert told_again(*NOW) in (plain, None)


def test_a_project_file_that_is_named_counts(project: Path) -> None:
    write(project, {"other.yaml": PROJECT})
    arguments = ("--config", "other.yaml", *NOW)
    first = said(*arguments)
    assert told_again(*arguments) == first
    write(project, {"other.yaml": PROJECT.replace("default", "YML")})
    assert told_again(*arguments) is None
    assert said(*arguments) == said(*arguments, "--no-cache") != first


# --- the folder ---------------------------------------------------------------------------------------------------------


def test_what_is_quoted_is_in_no_record(project: Path, tmp_path: Path) -> None:
    write(project, {"a.msg.yaml": FIRST["a.msg.yaml"].replace("name: a", "name: a\ncallbackData: apikey=Vq8zLw2RtY6u")})
    text = said(*NOW)[1]
    assert "frist_name" in text
    records = list((tmp_path / "cache").iterdir())
    assert len(records) == 3
    for record in records:
        data = record.read_bytes()
        assert not any(word in data for word in (b"Vq8zLw2RtY6u", b"frist_name", b"footer.txt' %", b"447700900123"))
        assert stat.S_IMODE(record.stat().st_mode) & 0o077 == (0o044 if record.name == "CACHEDIR.TAG" else 0)


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 100])
def test_a_damaged_record_was_never_there(project: Path, tmp_path: Path, damage: bytes) -> None:
    first = said(*NOW)
    for record in (tmp_path / "cache").iterdir():
        record.write_bytes(damage)
    assert told_again(*NOW) is None
    assert said(*NOW) == first
    assert told_again(*NOW) == first


@pytest.mark.parametrize("record", [b"[]", b"{", b'{"a": 1}', b"\xff", b"null"])
def test_a_record_of_another_shape_was_never_there(project: Path, tmp_path: Path, record: bytes) -> None:
    first = said(*NOW)
    folder = CacheFolder(str(tmp_path / "cache"))
    for file in list((tmp_path / "cache").iterdir()):
        folder.write(file.name, record)
    assert told_again(*NOW) is None
    assert said(*NOW) == first


def test_entries_of_another_shape_were_never_there(project: Path, tmp_path: Path) -> None:
    first = said(*NOW)
    folder = CacheFolder(str(tmp_path / "cache"))
    (name,) = (file.name for file in (tmp_path / "cache").glob("files-*"))
    entries = [line.split(" ", 1) for line in (folder.read(name) or b"").decode("ascii").splitlines()]
    changed = ["[]", "null", "[1, 2, 3, 4]", "{", *(json.dumps([*json.loads(entry)[:3], "AAAA"]) for _key, entry in entries)]
    for broken in changed:
        folder.write(name, "".join(f"{key} {broken}\n" for key, _entry in entries).encode("ascii"))
        assert said(*NOW, "--format", "full") == first
    folder.write(name, "".join(f"{key}\n" for key, _entry in entries).encode("ascii"))
    assert said(*NOW, "--format", "full") == first


def test_without_a_folder_that_can_be_written_nothing_is_said_about_it(project: Path, tmp_path: Path) -> None:
    plain = said(*NOW, "--no-cache")
    blocked = tmp_path / "a file"
    blocked.write_text("")
    with working_in(project, blocked / "cache"):
        assert said(*NOW) == plain
        assert told_again(*NOW) is None
    with working_in(project, "off"):
        assert said(*NOW) == plain
        assert told_again(*NOW) is None


def test_the_folder_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_folder, "MOST_FILES", 3)
    monkeypatch.setattr(cache_folder, "MOST_BYTES", 100)
    folder = CacheFolder(str(tmp_path))
    for number in range(5):
        folder.write(f"run-{number}", b"record")
        os.utime(tmp_path / f"run-{number}", (number, number))
    assert {file.name for file in tmp_path.glob("run-*")} == {"run-2", "run-3", "run-4"}
    folder.write("run-long", b"x" * 100)
    assert folder.read("run-long") is None


def test_where_the_folder_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(**variables: str) -> str | None:
        folder = cache_folder_of(variables)
        return folder.path if folder is not None else None

    assert found(MSGSPEC_CACHE_DIR="/here", XDG_CACHE_HOME="/there") == "/here"
    assert found(XDG_CACHE_HOME="/there") == "/there/msgspec-tool"
    assert found(MSGSPEC_CACHE_DIR="off", XDG_CACHE_HOME="/there") is None
    monkeypatch.setenv("HOME", "/home/asha")
    assert found(XDG_CACHE_HOME="relative") == "/home/asha/.cache/msgspec-tool"
    monkeypatch.setenv("HOME", "nowhere")
    assert found() is None


def test_the_program_is_part_of_the_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = program_state()
    assert program_state() == first
    (tmp_path / "site-packages").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "site-packages")])
    assert program_state() != first


def test_every_module_of_the_program_is_part_of_the_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "rules" / "voice.py"
    module.parent.mkdir()
    module.write_text("MOST = 1")
    monkeypatch.setattr(msgspec_tool, "__file__", str(tmp_path / "__init__.py"))
    first = program_state()
    module.write_text("MOST = 20")
    assert program_state() != first


def test_veiled_data_needs_its_key() -> None:
    data = bytes(range(200))
    assert veiled(veiled(data, b"key"), b"key") == data
    assert veiled(veiled(data, b"key"), b"other") != data
    assert veiled(b"", b"key") == b""


def test_states_of_what_is_no_file(tmp_path: Path) -> None:
    states = {file_states.looked_into(str(tmp_path / "none"))[0], file_states.looked_into(str(tmp_path))[0]}
    os.mkfifo(tmp_path / "pipe")
    states.add(file_states.looked_into(str(tmp_path / "pipe"))[0])
    (tmp_path / "long").write_bytes(b"x" * (file_states.HEAD_BYTES + 1))
    states.add(file_states.looked_into(str(tmp_path / "long"))[0])
    os.utime(tmp_path / "long", (1, 1))
    states.add(file_states.looked_into(str(tmp_path / "long"))[0])
    assert len(states) == 5


# --- processes of their own ---------------------------------------------------------------------------------------------


def started(folder: Path, cache: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "msgspec_tool", "lint", *NOW]
    variables = {**environment(), "MSGSPEC_CACHE_DIR": str(cache)}
    return subprocess.Popen(command, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_at_once_and_then_nothing_is_loaded(project: Path, tmp_path: Path) -> None:
    plain = said(*NOW, "--no-cache")
    for processes in ([started(project, tmp_path / "two") for _ in range(2)], [started(project, tmp_path / "two")]):
        for process in processes:
            out, err = process.communicate()
            assert (process.returncode, out.decode(), err) == (*plain, b"")
    command = [sys.executable, "-X", "importtime", "-m", "msgspec_tool", "lint", *NOW]
    variables = {**environment(), "MSGSPEC_CACHE_DIR": str(tmp_path / "two")}
    result = subprocess.run(command, cwd=project, env=variables, capture_output=True, text=True, check=False)
    assert result.stdout == plain[1]
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in result.stderr.splitlines()}
    assert loaded.isdisjoint({"click", "yaml", "jinja2", "dataclasses", "typing", "json", "re", "hashlib"})


def test_a_full_disk_is_said_of_a_remembered_run_too(project: Path, tmp_path: Path) -> None:
    started(project, tmp_path / "cache").communicate()
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "msgspec_tool", "lint", *NOW]
        variables = {**environment(), "MSGSPEC_CACHE_DIR": str(tmp_path / "cache")}
        result = subprocess.run(command, cwd=project, env=variables, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (result.returncode, result.stderr) == (3, b"error: the output can't be written: No space left on device\n")
