"""What every command does: help, colours, widths, encodings, failures, interrupts."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import textwrap
import time
from pathlib import Path

import click
import pytest

from msgspec_tool import __version__
from msgspec_tool.cli.main import COMMANDS, main, program
from msgspec_tool.cli.main import run as run_here
from msgspec_tool.cli.start import main as start
from tests.cli import inside
from tests.cli.projects import CLEAN, PROJECT, WRONG, files
from tests.command import NOW, environment, run

PROGRAM = [sys.executable, "-m", "msgspec_tool"]
HEAVY = {"jinja2", "jsonschema", "jsonschema_rs", "httpx", "jwt", "babel", "yaml", "re2", "phonenumbers", "starlette", "uvicorn", "trustme"}
HEAVY |= {"sqlite3", "pyarrow", "fsspec", "distributed", "dask"}


def surrounded(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """The program with other environment variables; an empty one is taken away."""
    given = {name: value for name, value in {**environment(), **variables}.items() if value}
    return subprocess.run([*PROGRAM, *arguments], cwd=cwd, env=given, capture_output=True, check=False, stdin=subprocess.DEVNULL)


# --- what it says of itself ---------------------------------------------------------------------------------------------


def test_version() -> None:
    result = run("--version")
    assert (result.returncode, result.stdout.decode()) == (0, f"msgspec-tool, version {__version__}\n")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_command(option: str) -> None:
    result = inside.run(option)
    assert (result.returncode, result.stderr) == (0, b"")
    for name, summary in COMMANDS.items():
        assert f"{name:<9}  {summary}" in result.stdout.decode()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    result = inside.run(name, "--help")
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode().startswith(f"Usage: msgspec-tool {name} ")


def test_without_a_command_it_shows_its_help() -> None:
    result = inside.run()
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == inside.run("--help").stdout


@pytest.mark.parametrize("arguments", [("--version",), ("--help",)])
def test_nothing_heavy_is_imported_to_say_it(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "msgspec_tool", *arguments]
    result = subprocess.run(command, env=environment(), capture_output=True, check=True, text=True)
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in result.stderr.splitlines()}
    assert "msgspec_tool" in imported
    assert imported & HEAVY == set()


@pytest.mark.parametrize(
    ("width", "arguments", "beginning"),
    [
        (
            64,
            ("rules",),
            """\
            code    name                      severity fix     profile
                    summary
            YML001  yaml-syntax               error            default
                    The file is not YAML at this place.
            """,
        ),
        (
            44,
            ("explain", "7009"),
            """\
            7009 Max number of destinations  (answer,
                all channels)
              A request holds more than 1,000
                  destinations.
            """,
        ),
    ],
)
def test_lines_fit_a_terminal(width: int, arguments: tuple[str, ...], beginning: str) -> None:
    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    variables = {name: value for name, value in environment().items() if name != "COLUMNS"}
    with open(here, "rb", closefd=True) as screen, subprocess.Popen([*PROGRAM, *arguments], env=variables, stdout=there):
        os.close(there)
        shown = b"".join(iter(lambda: _piece(screen), b"")).decode().replace("\r\n", "\n")
    assert shown.startswith(textwrap.dedent(beginning))
    assert max(map(len, shown.splitlines())) <= width


def _piece(screen: io.BufferedReader) -> bytes:
    """What a terminal shows next; nothing where the program has ended, which Linux tells by an error."""
    try:
        return screen.read1(4096)
    except OSError:
        return b""


# --- wrong usage --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lnt",), "error: there is no command 'lnt'; did you mean 'lint'?\nhelp: msgspec-tool --help\n"),
        (("qqq",), f"error: there is no command 'qqq'; commands: {', '.join(COMMANDS)}\nhelp: msgspec-tool --help\n"),
        (("render",), "error: missing argument 'SPEC'\nhelp: msgspec-tool render --help\n"),
        (("rules", "x"), "error: got unexpected extra argument (x)\nhelp: msgspec-tool rules --help\n"),
        (
            ("--color", "red", "rules"),
            "error: invalid value for '--color': 'red' is not one of 'auto', 'always', 'never'\nhelp: msgspec-tool --help\n",
        ),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], said: str) -> None:
    result = inside.run(*arguments)
    assert (result.returncode, result.stdout, result.stderr.decode()) == (2, b"", said)


EMPTY = [
    *(("render", "a.msg.yaml", name, "") for name in ("--recipients", "--suppress", "--out", "--config", "--env", "--scheduler")),
    *(("submit", "plan", name, "") for name in ("--recipients", "--ca-file", "--key-file", "--report", "--config")),
    *(("lint", f"{name}=") for name in ("--baseline", "--write-baseline", "--recipients", "--against", "--config")),
    *(("sandbox", name, "") for name in ("--key", "--state", "--faults", "--ready-file", "--secret-env")),
    ("receive", "plan", "--secret-env", ""),
    ("reconcile", "plan", "--receipts", ""),
    ("preview", "--out", ""),
    ("diff", "--base", ""),
    ("test", "--env", ""),
    ("why", "a.msg.yaml", "/channels", "--config", ""),
]


@pytest.mark.parametrize("arguments", EMPTY, ids=" ".join)
def test_an_option_without_its_name_is_never_left_out_in_silence(arguments: tuple[str, ...]) -> None:
    result = inside.run(*arguments)
    option = next(one for one in arguments if one.startswith("--")).removesuffix("=")
    said = f"error: invalid value for '{option}': it is empty; is a variable of the shell not set?\n"
    expected = f"{said}help: msgspec-tool {arguments[0]} --help\n"
    assert (result.returncode, result.stdout, result.stderr.decode()) == (2, b"", expected)


@pytest.mark.parametrize("command", ["render", "submit"])
def test_the_name_of_a_run_is_utf8(command: str) -> None:
    result = inside.run(command, "a.msg.yaml", "--run", "x\udcff")
    expected = f"error: invalid value for '--run': it is not UTF-8\nhelp: msgspec-tool {command} --help\n"
    assert (result.returncode, result.stdout, result.stderr.decode()) == (2, b"", expected)


@pytest.mark.parametrize(("command", "name"), [("purge", "PLAN"), ("status", "PLAN"), ("submit", "PLAN|SPEC"), ("render", "SPEC")])
def test_nothing_is_not_the_current_folder(command: str, name: str) -> None:
    result = inside.run(command, "")
    said = f"error: invalid value for '{name}': it is empty; is a variable of the shell not set?\n"
    expected = f"{said}help: msgspec-tool {command} --help\n"
    assert (result.returncode, result.stdout, result.stderr.decode()) == (2, b"", expected)


@pytest.mark.parametrize("command", ["status", "purge", "reconcile", "receive"])
@pytest.mark.parametrize("name", ["none", "circle", "gone", "file", "x" * 300, "y/" * 3000])
def test_what_is_no_plan(tmp_path: Path, command: str, name: str) -> None:
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "file").touch()
    result = inside.run(command, name, cwd=tmp_path)
    shown = str(Path(name))
    expected = f"error: there is no plan '{shown}'\nhelp: `msgspec-tool render SPEC --out DIR` makes one\n"
    assert (result.returncode, result.stdout, result.stderr.decode()) == (3, b"", expected)


@pytest.mark.parametrize("name", ["none", "circle", "gone", "x" * 300])
def test_what_is_no_plan_and_no_spec(tmp_path: Path, name: str) -> None:
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "gone").symlink_to("nowhere")
    result = inside.run("submit", name, cwd=tmp_path)
    expected = f"error: there is no plan or spec '{name}'\nhelp: `msgspec-tool render SPEC --out DIR` makes a plan\n"
    assert (result.returncode, result.stdout, result.stderr.decode()) == (3, b"", expected)


def test_an_unknown_option_has_a_neighbour() -> None:
    result = inside.run("lint", "--formt", "json")
    assert result.returncode == 2
    assert result.stderr.decode().startswith("error: no such option")
    assert "--format" in result.stderr.decode()


def test_arguments_cannot_steer_the_terminal(tmp_path: Path) -> None:
    for arguments in (
        ("\x1b[2J",),
        ("explain", "\x1b[2J"),
        ("lint", "--select", "\x1b[2J"),
        ("lint", "\x1b[2J.yaml"),
        ("lint", "--now", "\x1b"),
    ):
        result = inside.run(*arguments, cwd=tmp_path)
        assert result.returncode in (2, 3)
        assert b"\x1b" not in result.stdout + result.stderr


# --- streams ------------------------------------------------------------------------------------------------------------


def test_colours_are_asked_for(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG)
    always = surrounded("--color", "always", "lint", cwd=tmp_path)
    assert b"\x1b[1;31merror[undefined-variable]\x1b[0m" in always.stdout
    for arguments, variables in [(("lint",), {}), (("lint",), {"NO_COLOR": ""}), (("--color", "never", "lint"), {"NO_COLOR": ""})]:
        assert b"\x1b" not in surrounded(*arguments, cwd=tmp_path, **variables).stdout


def test_failures_have_colours_too(tmp_path: Path) -> None:
    result = surrounded("--color", "always", "lint", "--env", "x", cwd=tmp_path)
    assert result.stderr.startswith(b"\x1b[1;31merror\x1b[0m: \x1b[1mthere is no environment 'x'\x1b[0m\n\x1b[1mhelp\x1b[0m: ")


def on_a_terminal(folder: Path, *arguments: str, **variables: str) -> bytes:
    """What the program writes to a terminal."""
    import pty

    here, there = pty.openpty()
    given = {name: value for name, value in {**environment(), "TERM": "xterm", **variables}.items() if value}
    with subprocess.Popen([*PROGRAM, *arguments], cwd=folder, env=given, stdout=there, stderr=there, stdin=subprocess.DEVNULL):
        os.close(there)
        written = b""
        while True:
            try:
                piece = os.read(here, 65536)
            except OSError:
                break
            if not piece:
                break
            written += piece
    os.close(here)
    return written


def test_a_terminal_has_colours_unless_told_otherwise(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG)
    assert b"\x1b[1;31merror" in on_a_terminal(tmp_path, "lint", NO_COLOR="")
    assert b"\x1b" not in on_a_terminal(tmp_path, "lint")
    assert b"\x1b" not in on_a_terminal(tmp_path, "lint", NO_COLOR="", TERM="dumb")
    assert b"\x1b" not in on_a_terminal(tmp_path, "--color", "never", "lint", NO_COLOR="")
    assert b"\x1b[1;31merror" in on_a_terminal(tmp_path, "--color", "always", "lint")


@pytest.mark.parametrize(("columns", "width"), [("50", 50), ("120", 120), ("7", 40)])
def test_source_lines_fit_the_width(tmp_path: Path, columns: str, width: int) -> None:
    files(tmp_path, a_msg_yaml=WRONG.replace("Hello", "Hello" * 100))
    output = surrounded("lint", cwd=tmp_path, COLUMNS=columns).stdout.decode()
    assert max(len(line) for line in output.splitlines() if " | " in line) in (width - 1, width)


def test_an_output_that_is_not_unicode(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=WRONG.replace("Hello", "Olá 🎉"))
    result = surrounded("lint", cwd=tmp_path, PYTHONUTF8="", PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (1, b"")
    assert rb"Ol\xe1 \U0001f389" in result.stdout
    for arguments in (("schema", "spec"), ("rules", "--format", "json"), ("rules",), ("explain", "7009"), ("--help",), ("init", "shop")):
        result = surrounded(*arguments, cwd=tmp_path, PYTHONUTF8="", PYTHONIOENCODING="ascii")
        assert (result.returncode, b"internal" in result.stderr) == (0, False)


def test_json_is_utf8_wherever_it_goes(tmp_path: Path) -> None:
    for arguments in (("schema", "spec"), ("rules", "--format", "json")):
        assert surrounded(*arguments, cwd=tmp_path, PYTHONUTF8="", PYTHONIOENCODING="ascii").stdout == run(*arguments).stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("lint",), 1),
        (("lint", "--format", "json"), 1),
        (("render", "good.msg.yaml"), 0),
        (("schema",), 0),
        (("rules",), 0),
        (("--help",), 0),
    ],
)
def test_a_reader_that_has_enough_is_no_failure(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    files(tmp_path, a_msg_yaml=WRONG, good_msg_yaml=CLEAN)
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run([*PROGRAM, *arguments], cwd=tmp_path, env=environment(), stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (result.returncode, result.stderr) == (code, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [("lint",), ("lint", "--format", "json"), ("schema",), ("render", "good.msg.yaml"), ("--help",)])
def test_output_that_is_lost_is_never_success(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    files(tmp_path, a_msg_yaml=WRONG, good_msg_yaml=CLEAN)
    with open("/dev/full", "wb") as full:
        result = subprocess.run([*PROGRAM, *arguments], cwd=tmp_path, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert (result.returncode, result.stderr) == (3, b"error: the output can't be written: No space left on device\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_remembered_output_that_is_lost_is_no_success(tmp_path: Path, unbuffered: str) -> None:
    files(tmp_path, good_msg_yaml=CLEAN)
    given = {**environment(), "MSGSPEC_CACHE_DIR": str(tmp_path / "cache"), "PYTHONUNBUFFERED": unbuffered}
    found = []
    for target in (os.devnull, "/dev/full"):
        with open(target, "wb") as stream:
            result = subprocess.run([*PROGRAM, "lint"], cwd=tmp_path, env=given, stdout=stream, stderr=subprocess.PIPE, check=False)
        found.append((result.returncode, result.stderr))
    assert found == [(0, b""), (3, b"error: the output can't be written: No space left on device\n")]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [("nothing",), ("render", "none.msg.yaml"), ("init", "shop"), ("lint", "--diff")])
def test_words_to_a_person_that_are_lost(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    files(tmp_path, good_msg_yaml=CLEAN)
    with open("/dev/full", "wb") as full:
        result = subprocess.run([*PROGRAM, *arguments], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=full, check=False)
    assert result.returncode == 3


def without_streams(folder: Path, closed: tuple[int, ...], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The program whose standard streams of these numbers are closed."""
    starter = "import os, sys; closed, *command = sys.argv[1:]; [os.close(int(one)) for one in closed]; os.execv(command[0], command)"
    command = [sys.executable, "-c", starter, "".join(map(str, closed)), *PROGRAM, *arguments]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False, stdin=subprocess.DEVNULL)


LOST = b"error: the output can't be written: Bad file descriptor\n"


@pytest.mark.parametrize(
    ("closed", "arguments", "ended"),
    [
        ((1,), ("lint",), (3, b"", LOST)),
        ((1,), ("lint", "--no-cache", "--format", "json"), (3, b"", LOST)),
        ((1,), ("schema",), (3, b"", LOST)),
        ((1,), ("--help",), (3, b"", LOST)),
        ((1,), ("explain",), (2, b"", b"error: missing argument 'WHAT'\nhelp: msgspec-tool explain --help\n")),
        ((2,), ("lint",), (0, b"no problems in 1 file (1 checked)\n", b"")),
        ((2,), ("explain",), (2, b"", b"")),
        ((0,), ("lint", "-"), (1, b"", b"")),
        ((0, 1), ("lint",), (3, b"", LOST)),
        ((0, 1, 2), ("lint",), (3, b"", b"")),
    ],
)
def test_streams_that_are_closed(
    tmp_path: Path, closed: tuple[int, ...], arguments: tuple[str, ...], ended: tuple[int, bytes, bytes]
) -> None:
    files(tmp_path, good_msg_yaml=CLEAN)
    result = without_streams(tmp_path, closed, *arguments)
    shown = b"" if arguments[-1] == "-" else result.stdout
    assert (result.returncode, shown, result.stderr) == ended


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    files(tmp_path, good_msg_yaml=CLEAN)
    result = without_streams(tmp_path, (1, 2), "render", "good.msg.yaml", "--out", "plan")
    assert result.returncode == 3
    manifest = json.loads((tmp_path / "plan" / "manifest.json").read_bytes())
    requests = (tmp_path / "plan" / "requests-00000.jsonl").read_bytes()
    assert [one["sha256"] for one in manifest["files"] if one["name"].startswith("requests")] == [hashlib.sha256(requests).hexdigest()]


@pytest.mark.parametrize(
    "arguments", [("lint",), ("render", "a.msg.yaml"), ("diff",), ("why", "a.msg.yaml", "/channels")], ids=lambda arguments: arguments[0]
)
def test_a_current_folder_that_is_gone(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    starter = "import os, sys; os.rmdir(os.getcwd()); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", starter, *PROGRAM, *arguments]
    result = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False, stdin=subprocess.DEVNULL)
    said = b"error: the current folder is gone: somebody removed it\nhelp: cd to a folder that is there\n"
    assert (result.returncode, result.stdout, result.stderr) == (3, b"", said)


# --- interrupts and mistakes of our own ---------------------------------------------------------------------------------


def test_an_interrupt(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "lint", "-"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # a shell that runs the tests in its background has told its children to ignore interrupts
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdin is not None
        # it waits for its input: a first piece that the pipe can't hold is only taken by a program that reads
        process.stdin.write(b"#" * 200_000)
        process.stdin.flush()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
        output, said = process.communicate()
    assert (process.returncode, output) == (130, b"")
    assert said.decode().strip() == "interrupted"


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr("msgspec_tool.schema.registry.bundled", fail)


def test_an_interrupt_inside_a_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    assert run_here(["schema"]) == 130
    assert capsys.readouterr().err.strip() == "interrupted"


def test_an_internal_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("MSGSPEC_DEBUG", raising=False)
    failing(monkeypatch, ValueError("bad \x1b[2J"))
    assert run_here(["schema"]) == 3
    error, remedy = capsys.readouterr().err.splitlines()
    # what the error says may be a value of a row
    assert re.fullmatch(r"error: an internal error \(ValueError at test_program\.py:\d+\); this is a mistake in msgspec-tool", error)
    assert remedy == "help: run it again with MSGSPEC_DEBUG=1 and report what it prints"


def test_an_internal_error_in_full(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    bad = ValueError("bad")
    bad.__cause__ = KeyError("worse")
    failing(monkeypatch, bad)
    for asked, end in (("values", "ValueError: bad"), ("1", "ValueError (MSGSPEC_DEBUG=values shows what it says)")):
        monkeypatch.setenv("MSGSPEC_DEBUG", asked)
        assert run_here(["schema"]) == 3
        said = capsys.readouterr().err
        assert said.startswith("KeyError: 'worse'" if asked == "values" else "Traceback (most recent call last):\nKeyError (")
        assert said.endswith(f"{end}\n")
        assert ("worse" in said) is (asked == "values")


@pytest.mark.usefixtures("capsys")  # a disk that fails takes the stream's descriptor away, which is pytest's own without this
@pytest.mark.parametrize("error", [MemoryError(), RecursionError("deep"), OSError(5, "odd")])
def test_no_failure_looks_like_success(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    failing(monkeypatch, error)
    assert run_here(["schema"]) == 3


def test_the_installed_name_is_the_module(tmp_path: Path) -> None:
    files(tmp_path, a_msg_yaml=CLEAN, msgspec_yaml=PROJECT)
    code = "import sys; from msgspec_tool.cli.main import main; sys.exit(main(['lint', '--now', sys.argv[1]]))"
    result = subprocess.run([sys.executable, "-c", code, NOW], cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert (result.returncode, result.stdout) == (0, b"no problems in 1 file (1 checked)\n")


@pytest.mark.parametrize(("arguments", "code"), [(["explain", "nothing"], 2), (["explain", "7009"], 0)])
def test_the_process_ends_with_the_exit_code(monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int) -> None:
    monkeypatch.setattr(sys, "argv", ["msgspec-tool", *arguments])
    with pytest.raises(SystemExit) as ended:
        start()
    assert ended.value.code == code


def test_an_interrupt_before_a_command_begins(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_arguments: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("msgspec_tool.cli.start.recalled", interrupt)
    monkeypatch.setattr(sys, "argv", ["msgspec-tool", "explain", "7009"])
    with pytest.raises(SystemExit) as ended:
        start()
    assert (ended.value.code, capsys.readouterr().err) == (130, "interrupted\n")


class Lost(io.StringIO):
    """A stream whose reader or disk is gone."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def flush(self) -> None:
        raise self.error


@pytest.mark.parametrize(("error", "code"), [(BrokenPipeError(), 0), (OSError(28, "No space left on device"), 3)])
def test_what_is_lost_at_the_end(monkeypatch: pytest.MonkeyPatch, error: OSError, code: int) -> None:
    monkeypatch.setattr(sys, "stdout", Lost(error))
    assert main(["explain", "7009"]) == code


def test_shells_can_complete_commands() -> None:
    context = click.Context(program)
    assert program.list_commands(context) == list(COMMANDS)
    assert program.get_command(context, "nothing") is None
