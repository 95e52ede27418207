"""A small campaign in a folder: a partial, an environment, rows of which some are refused, in blocks of a few rows each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from msgspec_tool.recipients.suppressed import read_suppressed
from msgspec_tool.rendering.options import RenderOptions
from msgspec_tool.surroundings.project_file import load_project

PROJECT = 'msgspec: 1\nenvironments: {production: {values: {sender: ACME, price: 1.50}, prices: {"+44": 0.030}}}\n'
SPEC = """\
msgspec: 1
name: offer
variables:
  first_name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}
  code: {type: integer, examples: [7]}
deliverychannel: sms
channels:
  sms: {senderid: "{{ env.sender }}", text: "Hi {{ first_name }}, {{ code }} for {{ env.price }}. {% include 'stop.txt' %}"}
destination:
  from: recipients.csv
  msisdn: "{{ phone }}"
  correlationid: "c-{{ recipient.row }}"
"""
BLOCK = 400
"""Bytes of a block: about ten rows."""


@dataclass(frozen=True)
class Files:
    """The campaign's folder."""

    folder: Path

    @property
    def spec(self) -> Path:
        return self.folder / "messages" / "offer.msg.yaml"

    @property
    def recipients(self) -> Path:
        return self.folder / "messages" / "recipients.csv"

    def options(self, out: Any, **changes: Any) -> RenderOptions:
        now = datetime(2030, 1, 1, tzinfo=timezone.utc)
        known = RenderOptions(now, load_project(self.folder), environment="production", out=out, block_bytes=BLOCK)
        if "suppress" in changes:
            changes["suppressed"] = read_suppressed(changes.pop("suppress"))
        return replace(known, **changes)


def row(number: int) -> str:
    return f"+4477009{number % 60:05d},Asha {number},{number}\n"


def campaign(folder: Path, rows: int = 100, *, bad: tuple[int, ...] = ()) -> Files:
    """The files; ``bad`` rows have a code that is no number."""
    (folder / "messages").mkdir(parents=True)
    (folder / "partials").mkdir()
    (folder / "msgspec.yaml").write_text(PROJECT, encoding="utf-8")
    (folder / "partials" / "stop.txt").write_text("Reply STOP to opt out.", encoding="utf-8")
    files = Files(folder)
    files.spec.write_text(SPEC, encoding="utf-8")
    made = [row(number) if number not in bad else f"+447700900001,Asha,x{number}\n" for number in range(1, rows + 1)]
    files.recipients.write_text("phone,first_name,code\n" + "".join(made), encoding="utf-8")
    (folder / "stop.txt").write_text("# asked to stop\n447700900007\n", encoding="utf-8")
    return files


def plan(folder: Path) -> dict[str, bytes]:
    """Every file of a plan."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}
