"""Rows that are refused for what was printed: the reason names the tag or the literal text that printed it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import run

SPEC = """\
msgspec: 1
name: places
variables:
  nick: {type: string, default: Jo, examples: [Jo]}
  link: {type: string, maxLength: 60, default: "https://example.com/a", examples: ["https://example.com/a"]}
  case: {type: string, default: c, examples: [c]}
deliverychannel: sms
notifyurl: "{{ link }}"
channels:
  sms:
    senderid: ACME
    type: "1"
    text: >-
      Hi {% set name = nick %}{{ name }},
      {% include "closing.txt" %}
destination:
  from: rows.csv
  msisdn: "{{ phone }}"
  correlationid: "c-{{ case }}"
"""

REFUSED = {
    "nick\nZoł": "printed by {{ name }} at places.msg.yaml:14:31",
    "nick,case\nJo,Łódź": "printed by {{ case }} at closing.txt:1:9",
    "link\nnone": "(places.msg.yaml:8:12)",
    f"case\n{'x' * 49}": "(places.msg.yaml:19:18)",
    "phone\n0": "DST502",
}


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.split("\n")[0])
def test_the_place_that_printed_it_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "places.msg.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "closing.txt").write_text("bye, no {{ case }}", encoding="utf-8")
    columns, _, cells = row.partition("\n")
    phone = () if "phone" in columns else ("phone", "447700900001")
    table = [",".join((*phone[:1], columns)), ",".join((*phone[1:], cells))]
    (tmp_path / "rows.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    done = run("render", "places.msg.yaml", "--keep-going", "--now", "2030-01-01T00:00:00Z", cwd=tmp_path)
    refused = [line for line in done.stderr.decode().splitlines() if line.startswith("refused: row 1")]
    assert done.returncode == 1, done.stderr.decode()
    assert len(refused) == 1, done.stderr.decode()
    assert REFUSED[row] in refused[0]
