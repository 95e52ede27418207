"""Names that steer a terminal: what a folder and a spec are called is shown escaped by every command that names them."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.inside import run

FOLDER = "a\x1b[31mred\nx"
SPEC = """\
msgspec: 1
name: hello
variables: {n: {type: integer, examples: [1]}}
deliverychannel: sms
channels:
  sms: {text: "Number {{ n }}."}
destination:
  from: people.csv
  msisdn: "{{ phone }}"
"""
COMMANDS = {
    "lint": ("{spec}",),
    "render": ("{spec}", "--env", "e", "--out", "{folder}/plan"),
    "render --explain-plan": ("{spec}",),
    "render --estimate": ("{spec}",),
    "test": ("{spec}", "--update"),
    "test --generate": ("{spec}",),
    "test --coverage": ("{spec}",),
    "preview": ("{spec}", "--out", "{folder}/page.html"),
    "why": ("{spec}", "/channels/sms/text"),
    "submit": ("{folder}/plan",),
    "submit --confirm": ("{folder}/plan", "--ca-file", "none.pem"),
    "status": ("{folder}/plan",),
    "purge": ("{folder}/plan",),
    "init": ("{folder}/new",),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the spec, and the file that has a mistake, stand below a name that steers."""
    root = tmp_path_factory.mktemp("names")
    (root / FOLDER).mkdir()
    (root / FOLDER / "b\x1b[1m.msg.yaml").write_text(SPEC, encoding="utf-8")
    (root / FOLDER / "wrong\x1b[1m.msg.yaml").write_text(SPEC.replace("{{ n }}", "{{ m }}"), encoding="utf-8")
    (root / FOLDER / "people.csv").write_text("phone,n\n+447700900001,1\n", encoding="utf-8")
    (root / "msgspec.yaml").write_text("msgspec: 1\nenvironments: {e: {region: uk, key_env: K}}\n", encoding="utf-8")
    code, output = said(root, "render", "{spec}", "--env", "e", "--out", "{folder}/plan")
    assert (code, b"\x1b" in output) == (0, False)
    return root


def said(root: Path, *arguments: str) -> tuple[int, bytes]:
    """Exit code, and everything that a command says; ``{spec}`` and ``{folder}`` stand for the names."""
    names = {"folder": FOLDER, "spec": f"{FOLDER}/b\x1b[1m.msg.yaml", "wrong": f"{FOLDER}/wrong\x1b[1m.msg.yaml"}
    with mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(root / "st\x1b[31m"), "K": "key"}):
        result = run(*(argument.format(**names) for argument in arguments), cwd=root)
    return result.returncode, result.stdout + result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_steers_the_terminal(place: Path, command: str) -> None:
    code, output = said(place, *command.split(), *COMMANDS[command])
    assert output != b""
    assert b"\x1b" not in output
    assert b"internal" not in output, code


@pytest.mark.parametrize("command", ["lint", "render", "test", "test --generate", "preview --out p.html", "why --now 2030-01-01T00:00:00Z"])
def test_nor_where_the_spec_is_wrong(place: Path, command: str) -> None:
    pointer = ["text"] if command.startswith("why") else []
    code, output = said(place, *command.split(), "{wrong}", *pointer)
    assert code != 0
    assert b"\x1b" not in output
