"""What forgets: a ledger, a registry or a whole machine that no longer knows that a plan was sent. The plan's own folder does."""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from msgspec_tool.delivery.ledger import Ledger
from msgspec_tool.delivery.submitted import POINTER
from msgspec_tool.errors import ToolError
from tests.delivery.places import Place, address, sms

ONCE = {f"c-1 {address(1)}": 1}


def state_removed(place: Place) -> None:
    shutil.rmtree(place.state)


def another_machine(place: Place) -> None:
    place.variables["XDG_STATE_HOME"] = str(place.folder / "another")


def another_ledger(place: Place) -> None:
    place.project(ledger="team")


@pytest.mark.parametrize("forget", [state_removed, another_machine, another_ledger])
def test_a_registry_that_knows_nothing(place: Place, forget: Callable[[Place], None]) -> None:
    plan = place.plan([sms(1)])
    assert place.confirmed()[0] == 0
    ledger = place.state / "msgspec-tool" / "ledgers" / f"{json.loads((plan / POINTER).read_text())['identity']}.sqlite3"
    forget(place)
    for arguments in ((), ("--confirm",), ("--confirm", "--resume"), ("--confirm", "--canary", "1")):
        code, output, said = place.submit(*arguments)
        assert (code, output) == (6, "")
        assert f"error: the plan was submitted already, with the ledger '{ledger}', and here it would get another\n" in said
    assert place.delivered() == ONCE


def test_a_copy_on_another_machine(place: Place) -> None:
    """The folder is copied with what it knows, and the other machine has a registry of its own."""
    plan = place.plan([sms(1)])
    assert place.confirmed()[0] == 0
    shutil.copytree(plan, place.folder / "copy")
    another_machine(place)
    assert place.submit("--confirm", what="copy")[0] == 6
    assert place.delivered() == ONCE


def test_a_pointer_of_another_plan_says_nothing(place: Place) -> None:
    first, second = place.plan([sms(1)], "first"), place.plan([sms(2)], "second")
    assert place.confirmed(what="first")[0] == 0
    shutil.copy(first / POINTER, second / POINTER)
    assert place.confirmed(what="second")[0] == 0
    assert len(place.delivered()) == 2


def backup(place: Place) -> Path:
    """What a backup program takes of the state folder."""
    return Path(shutil.copytree(place.state, place.folder / "backup"))


def restored(place: Place, copy: Path) -> None:
    shutil.rmtree(place.state)
    shutil.copytree(copy, place.state)


def test_a_ledger_that_came_back_from_a_backup(place: Place) -> None:
    place.plan([sms(1), sms(2), sms(3)])
    assert place.confirmed("--canary", "1")[0] == 5
    copy = backup(place)
    assert place.confirmed("--resume")[0] == 0
    newest = shutil.copytree(place.state, place.folder / "newest")
    restored(place, copy)
    for arguments in (("--resume",), ("--confirm", "--resume"), ("--confirm", "--canary", "1")):
        code, _, said = place.submit(*arguments)
        assert code == 6
        assert "is older than the plan's last run: it knows of 1 requests, and 3 left" in said
    restored(place, newest)
    assert place.submit("--confirm", "--resume")[0] == 0
    assert set(place.delivered().values()) == {1}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"identity": "x", "registry": "y"}', '{"identity": 7, "registry": 1}'])
def test_a_pointer_that_cannot_be_read(place: Place, text: str) -> None:
    plan = place.plan([sms(1)])
    assert place.confirmed()[0] == 0
    (plan / POINTER).write_text(text)
    assert place.run("status", "plan").returncode == 6
    kept = backup(place)
    state_removed(place)
    code, _, said = place.submit("--confirm")
    assert (code, f"'plan/{POINTER}' can't be read" in said) == (6, True)
    shutil.copytree(kept, place.state)
    assert place.confirmed()[0] == 0
    assert place.run("status", "plan").returncode == 0
    assert place.delivered() == ONCE


def test_a_run_that_was_killed_before_its_first_child_is_new(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.plan([sms(1)])

    def killed(*_arguments: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "add_child", killed)
        assert place.submit("--confirm")[0] == 130
    code, output, _ = place.submit("--format", "json")
    assert (code, json.loads(output)["to_send"]) == (0, 1)
    assert place.submit("--confirm", "--only", "failed")[0] == 2
    assert place.confirmed()[0] == 0
    assert place.delivered() == ONCE


def test_a_decision_and_its_note_are_one(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """No run is killed between the two: both are on disk, or none."""
    place.plan([sms(1)])
    place.sandbox.fail(lost=True)
    assert place.confirmed()[0] == 5
    for decision, state in (("resend", "planned"), ("skip", "skipped")):
        before = place.run("status", "plan").stdout
        with monkeypatch.context() as patch:
            patch.setattr("msgspec_tool.delivery.ledger._note", lambda *_arguments: (_ for _ in ()).throw(KeyboardInterrupt))
            assert place.submit("--confirm", "--unknown", decision)[0] == 130
        assert place.run("status", "plan").stdout == before
        assert state not in place.addresses()


# --- where nothing can be written -------------------------------------------------------------------------------------------


def _key(place: Place) -> Path:
    return place.state / "msgspec-tool" / "hash.key"


def short_key(place: Place) -> None:
    _key(place).parent.mkdir(parents=True)
    _key(place).write_bytes(b"x")


def folder_as_key(place: Place) -> None:
    _key(place).mkdir(parents=True)


def file_as_ledgers(place: Place) -> None:
    folder = place.state / "msgspec-tool"
    folder.mkdir(parents=True)
    (folder / "ledgers").write_text("")


def folder_as_lock(place: Place) -> None:
    folder = place.state / "msgspec-tool" / "registry"
    folder.mkdir(parents=True)
    place.submit("--confirm")
    (lock,) = folder.glob("*.lock")
    shutil.rmtree(place.state)
    (folder / lock.name).mkdir(parents=True)
    (place.folder / "plan" / POINTER).unlink()
    place.sandbox.reset()


def ledger_as_folder_of_a_stranger(place: Place) -> None:
    """As where the folder belongs to somebody else: nobody may look."""
    place.submit("--confirm")
    place.sandbox.reset()
    ledgers = place.state / "msgspec-tool" / "ledgers"
    shutil.rmtree(ledgers)
    ledgers.symlink_to("ledgers")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (ledger_as_folder_of_a_stranger, "can't be read: Too many levels of symbolic links"),
        (short_key, "is not as it was made"),
        (folder_as_key, "can't be read: Is a directory"),
        (file_as_ledgers, "can't be "),
        (folder_as_lock, "the registry of runs can't be kept in"),
    ],
)
def test_a_registry_that_cannot_be_kept_sends_nothing(place: Place, damage: Callable[[Place], None], words: str) -> None:
    place.plan([sms(1)])
    damage(place)
    code, output, said = place.submit("--confirm")
    assert (code, output) == (3, "")
    assert said.startswith("error: the ")
    assert words in said
    assert "internal" not in said
    assert place.delivered() == {}


def test_a_file_system_that_does_not_lock(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.plan([sms(1)])

    def unknown(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", unknown)
    code, _, said = place.submit("--confirm")
    assert (code, "can't be locked: No locks available\nhelp: nothing was sent" in said) == (3, True)
    assert place.delivered() == {}


def test_a_user_without_a_home(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.plan([sms(1)])
    place.variables["XDG_STATE_HOME"] = ""
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    code, _, said = place.submit("--confirm")
    assert code == 2
    assert said.splitlines() == [
        "error: there is no folder to keep the ledger in: this user has no home",
        "help: set XDG_STATE_HOME, or 'ledger' of environment 'sandbox'",
    ]


def test_a_request_that_could_not_be_written_down_was_not_begun(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan's folder must not say of its ledger that it is older than it is."""
    place.plan([sms(1), sms(2)])
    assert place.confirmed("--canary", "1")[0] == 5
    with closing(Ledger(next((place.state / "msgspec-tool" / "ledgers").glob("*.sqlite3")))) as ledger:
        unit = ledger.next_unit(-1)
        assert (unit is not None, ledger.requests_begun) == (True, 1)
        with monkeypatch.context() as patch:
            patch.setattr(ledger, "_commit", lambda: (_ for _ in ()).throw(sqlite3.OperationalError("database or disk is full")))
            with pytest.raises(ToolError, match="disk is full"):
                ledger.begin(unit, 1, 0.0)  # type: ignore[arg-type]
        assert ledger.requests_begun == 1
        ledger.begin(unit, 1, 0.0)  # type: ignore[arg-type]
        assert ledger.requests_begun == 2


def test_data_that_cannot_be_removed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = place.plan([sms(1)])
    assert place.confirmed()[0] == 0
    remove = Path.unlink

    def kept(path: Path, missing_ok: bool = False) -> None:
        if path.name.startswith("requests"):
            raise PermissionError(errno.EACCES, "Permission denied")
        remove(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", kept)
    result = place.run("purge", "plan")
    assert result.returncode == 3
    assert b"personal data in 'plan' can't be removed: Permission denied, 1 file gone already\n" in result.stderr
    monkeypatch.undo()
    assert place.run("purge", "plan").stdout == b"removed requests-00000.jsonl\n"
    assert not list(plan.glob("*.jsonl"))


def test_a_plan_whose_folder_cannot_say_that_it_was_submitted(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.plan([sms(1)])

    def refused(_path: Path, _data: bytes) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("msgspec_tool.delivery.submitted.write_private", refused)
    code, _, said = place.submit("--confirm")
    assert (code, said.splitlines()) == (
        3,
        [
            f"error: 'plan/{POINTER}' can't be written: Permission denied",
            "help: nothing is sent while the plan's folder can't say that it was",
        ],
    )
    assert place.delivered() == {}
