"""Small projects that tests of the command line run on."""

from __future__ import annotations

from pathlib import Path

CLEAN = """\
msgspec: 1
name: hello
deliverychannel: sms
channels:
  sms: {text: Hello from Meridian Bank.}
destination:
  - msisdn: "+447700900001"
"""
WRONG = CLEAN.replace("Hello from", "Hello {{ frist_name }} from").replace("{text: ", '{text: "').replace("Bank.}", 'Bank."}')
WARNS = CLEAN.replace("{text: Hello from Meridian Bank.}", "\n    text: |\n      Hello from Meridian Bank.")
"""A block scalar with a last line break: block-newline."""
BODY = '{"deliverychannel": "sms", "channels": {"sms": {"text": "Hello"}}, "destination": [{"msisdn": ["+447700900001"]}]}'
PROJECT = """\
msgspec: 1
environments:
  sandbox: {endpoint: "https://localhost:8443/x", values: {senderid: TEST}}
  production: {region: uk, values: {senderid: MERIDIAN}}
"""


def files(folder: Path, **contents: str | bytes) -> Path:
    """Write files: ``a_msg_yaml=CLEAN`` is ``a.msg.yaml``, ``sub__a_msg_yaml`` is in a folder."""
    for name, content in contents.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
