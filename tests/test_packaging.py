"""The wheel holds what the checkout holds, byte for byte."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.command import CHECKOUT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (file,) = folder.glob("*.whl")
    return zipfile.ZipFile(file)


def tracked(folder: str) -> dict[str, Path]:
    """The files below a folder of the checkout, by their place in it."""
    files = (file for file in (CHECKOUT / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {file.relative_to(CHECKOUT / folder).as_posix(): file for file in files}


def packed(wheel: zipfile.ZipFile, folder: str) -> dict[str, str]:
    """The wheel's files below a folder, by their place in it."""
    return {name[len(folder) + 1 :]: name for name in wheel.namelist() if name.startswith(f"{folder}/")}


@pytest.mark.parametrize("folder", ["schemas", "specs_examples"])
def test_data_in_the_wheel_is_that_of_the_checkout(wheel: zipfile.ZipFile, folder: str) -> None:
    there, here = packed(wheel, f"msgspec_tool/_data/{folder}"), tracked(folder)
    assert sorted(there) == sorted(here)
    assert [name for name in here if wheel.read(there[name]) != here[name].read_bytes()] == []


def test_every_module_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    there, here = packed(wheel, "msgspec_tool"), tracked("msgspec_tool")
    assert sorted(name for name in there if not name.startswith("_data/")) == sorted(here)
    assert "py.typed" in there


def test_nothing_else_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/")[0].partition("-")[2] or name.split("/")[0] for name in wheel.namelist()} == {
        "msgspec_tool",
        next(name.split("/")[0].partition("-")[2] for name in wheel.namelist() if ".dist-info/" in name),
    }


def test_the_program_is_named_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "msgspec-tool = msgspec_tool.cli.start:main" in wheel.read(name).decode()
