"""The page of the examples, with messages beside them that something is wrong with."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.inside import run
from tests.command import CHECKOUT

NOW = "2030-01-01T09:30:00Z"
OTHERS = {
    "misspelt": """\
msgspec: 1
name: misspelt
owner: newcomers
variables:
  first_name: {type: string, maxLength: 20, charset: gsm7, examples: [Asha]}
deliverychannel: sms
channels:
  sms: {text: "Hi {{ frist_name }}, welcome."}
destination:
  - msisdn: "+447700900001"
    with: {first_name: Asha}
""",
    "broken-line": """\
msgspec: 1
name: broken-line
owner: newcomers
tags: [service]
deliverychannel: sms
channels:
  sms:
    text: |
      Your parcel is here.
destination:
  - msisdn: "+447700900001"
""",
    "without-a-name": """\
msgspec: 1
name: without-a-name
owner: newcomers
variables:
  first_name: {type: string, maxLength: 20, minLength: 1, charset: gsm7, examples: [Asha]}
deliverychannel: [sms, voice]
channels:
  sms: {text: "Hi {{ first_name }}, your order is on its way."}
  voice: {callflowid: "4821", cli: "+442079460018"}
destination:
  - msisdn: "+447700900001"
    with: {first_name: Asha}
samples:
  typical: {first_name: Asha}
  empty: {}
""",
}


def example_page(folder: Path) -> Path:
    """The page, made in an empty folder."""
    shutil.copytree(CHECKOUT / "specs_examples", folder / "messages")
    (folder / "messages" / "others").mkdir()
    for name, text in OTHERS.items():
        (folder / "messages" / "others" / f"{name}.msg.yaml").write_text(text, encoding="utf-8")
    result = run("preview", "messages", "--env", "production", "--now", NOW, cwd=folder)
    assert (result.returncode, result.stderr) == (1, b""), result.stderr.decode()
    return folder / "preview.html"
