"""What somebody writes in an afternoon to send a campaign: csv.DictReader, a Jinja template, json.dumps. It checks nothing.

``python -m benchmarks.naive CASE RECIPIENTS OUT``; the cases are those of :mod:`benchmarks.campaigns`.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

from jinja2 import Environment

from benchmarks.campaigns import CAMPAIGNS

MOST = 1000


def payload(text: str, destinations: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "deliverychannel": "sms",
        "channels": {"sms": {"senderid": "ACME", "text": text}},
        "destination": [{"msisdn": [phone], "correlationid": identifier} for phone, identifier in destinations],
    }


def one_by_one(text: str, source: Path, out: Path, *, parse: tuple[str, ...] = ()) -> None:
    """A request for each row."""
    template = Environment().from_string(text)
    with source.open(newline="", encoding="utf-8-sig") as rows, out.open("w", encoding="utf-8") as lines:
        for row in csv.DictReader(rows):
            data: dict[str, Any] = {**row, **{name: json.loads(row[name]) for name in parse}} if parse else row
            lines.write(json.dumps(payload(template.render(**data), [(row["phone"], row["id"])])) + "\n")


def grouped(text: str, source: Path, out: Path) -> None:
    """A request for each different text and thousand of recipients."""
    template = Environment().from_string(text)
    found: dict[str, list[tuple[str, str]]] = {}
    with source.open(newline="", encoding="utf-8-sig") as rows, out.open("w", encoding="utf-8") as lines:
        for row in csv.DictReader(rows):
            found.setdefault(template.render(**row), []).append((row["phone"], row["id"]))
        for text, destinations in found.items():
            for start in range(0, len(destinations), MOST):
                lines.write(json.dumps(payload(text, destinations[start : start + MOST])) + "\n")


def main(name: str, source: str, out: str) -> None:
    campaign = CAMPAIGNS[name]
    if campaign.grouped:
        grouped(campaign.text, Path(source), Path(out))
    else:
        one_by_one(campaign.text, Path(source), Path(out), parse=campaign.parsed)


if __name__ == "__main__":
    main(*sys.argv[1:])
