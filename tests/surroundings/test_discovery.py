"""Which files a run reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from msgspec_tool.surroundings.discovery import InputKind, discover, kind_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.msg.yaml", "a.msg.yml", "x/c.msg.yaml", "x/d.yaml", "x/e.json", "README.md", "msgspec.yaml", "x/F.MSG.YAML"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.msg.yaml", InputKind.SPEC),
        ("a.msg.yml", InputKind.SPEC),
        ("a.yaml", InputKind.SPEC),
        ("A.YML", InputKind.SPEC),
        ("a.json", InputKind.BODY),
        ("A.JSON", InputKind.BODY),
        ("msgspec.yaml", None),
        ("x/msgspec.yml", None),
        ("a.txt", None),
        ("yaml", None),
        ("", None),
    ],
)
def test_kinds(name: str, kind: InputKind | None) -> None:
    assert kind_of(name) is kind


def test_below_folders_only_specs(folder: Path) -> None:
    found = discover(["."])
    assert [file.path for file in found.files] == ["a.msg.yml", "b.msg.yaml", "x/c.msg.yaml"]
    assert (found.skipped, found.failures) == ((), ())


def test_what_is_named_is_taken(folder: Path) -> None:
    found = discover(["x/d.yaml", "x/e.json", "README.md", "x/F.MSG.YAML"])
    assert [(file.path, file.kind) for file in found.files] == [
        ("x/F.MSG.YAML", InputKind.SPEC),
        ("x/d.yaml", InputKind.SPEC),
        ("x/e.json", InputKind.BODY),
    ]
    assert found.skipped == ("README.md",)


@pytest.mark.parametrize("paths", [("x", "x/c.msg.yaml"), ("x", "./x"), ("x/c.msg.yaml", "./x/c.msg.yaml")])
def test_each_file_once(folder: Path, paths: tuple[str, ...]) -> None:
    assert [file.path for file in discover(paths).files] == ["x/c.msg.yaml"]


def test_what_is_not_there(folder: Path) -> None:
    found = discover(["none.msg.yaml", "none", "b.msg.yaml"])
    assert [file.path for file in found.files] == ["b.msg.yaml"]
    assert [(failure.path, failure.reason) for failure in found.failures] == [("none.msg.yaml", "missing"), ("none", "missing")]


@pytest.mark.parametrize("paths", [(".",), ("pipe.msg.yaml", "device.msg.yaml", "gone.msg.yaml")])
def test_what_could_be_waited_for(folder: Path, paths: tuple[str, ...]) -> None:
    for name in folder.rglob("*.msg.*"):
        name.unlink()
    os.mkfifo(folder / "pipe.msg.yaml")
    (folder / "device.msg.yaml").symlink_to("/dev/zero")
    (folder / "gone.msg.yaml").symlink_to("nowhere")
    found = discover(paths)
    assert sorted((one.path, one.message) for one in found.failures if one.reason == "unreadable") == [
        (name, f"'{name}' is no regular file") for name in ("device.msg.yaml", "pipe.msg.yaml")
    ]


def test_standard_input(folder: Path) -> None:
    (file,) = discover(["-"], stdin=b"x").files
    assert (file.path, file.kind, file.data, file.folder) == ("<stdin>", InputKind.SPEC, b"x", Path())
    (body,) = discover(["-"], stdin=b"x", stdin_filename="x/e.json").files
    assert (body.path, body.kind, body.data, body.folder) == ("x/e.json", InputKind.BODY, b"x", Path("x"))
    (other,) = discover(["-"], stdin=b"x", stdin_filename="notes").files
    assert other.kind is InputKind.SPEC


def test_links_in_a_circle(folder: Path) -> None:
    (folder / "x" / "again").symlink_to(folder)
    assert len(discover(["."]).files) == 3
