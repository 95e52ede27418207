"""Transcripts of ``why``: the project that they run in, and how a transcript is run again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from tests.cli.inside import run
from tests.command import NOW

TRANSCRIPTS = tuple(sorted((Path(__file__).parent / "why").glob("*.txt")))

PROJECT = """\
msgspec: 1
environments:
  sandbox: {endpoint: "https://localhost:8443/x", values: {senderid: TEST, site: {host: example.com}}}
  production: {region: uk, rt_name: appmessaging, values: {senderid: MERIDIAN, site: {host: example.com}}}
"""
FOOTER = "Reply STOP\r\nto {{ env.senderid }}, {{ first_name }}.\r\n"
LINES = "{% macro listed(items) %}{% for item in items %}{{ caller(item, loop.index) }}{% endfor %}{% endmacro %}\n"
ORDER = r"""msgspec: 1
name: order
variables:
  first_name: {type: string, sensitivity: personal, examples: [Asha]}
  city: {type: string, default: "Zürich 😀", examples: [Leeds]}
  total: {type: number, examples: [129.50]}
  note: {type: string, required: false, examples: [x]}
  items: {type: array, items: {type: object}, default: [], examples: [[{title: Boots}]]}
deliverychannel: [sms, rt, push]
priority: low
expiry: {after: 4h}
appid: NE12345678
callbackData: "{{ note | default(omit) }}"
channels:
  sms:
    senderid: "{{ env.senderid }}"
    text: >-
      Hi {{ first_name }}, 😀
      it's {{ total | money("GBP") }} in {{ city
         | upper }}.

      {% from "lines.jinja" import listed %}{% call(one, n) listed(items) %}{{ n }}:{{ one.title }} {% endcall %}
      {% include "footer.txt" %}
  rt:
    thread_id: "T\u00e91 \x41\
      B\tC"
    message:
      text: |-
        Dear {{ first_name }},

          you are 'it'.
      extras: {customtags: {count: 3, flag: true, none: null}}
  push:
    android: {title: 'It''s here', text: "{% set who = first_name | upper %}{{ who }} \U0001F600"}
destination:
  from: people.csv
  msisdn: "{{ phone }}"
  userid: "{{ user }}"
  correlationid: "{{ spec.name }}-{{ recipient.row }}-{{ user }}"
  with: {first_name: "{{ FirstName | trim }}", city: "{{ Town | default('nowhere') }} in {{ env.site.host }}"}
samples:
  typical: {first_name: "As\e[31mha", total: 129.50, items: [{title: Boots}, {title: Socks}]}
  own: {first_name: Ben, total: 1, note: "", recipient: {msisdn: "+447700900999"}}
"""
PEOPLE = """\
phone,user,FirstName,Town,total,note
+447700900001,u-1,Noor,Leeds,10,
,u-2,Ben,York,1299.50,hello

+447700900003,u-3,Zoé,,x,
"""
LISTED = """\
msgspec: 1
name: listed
variables:
  name: {type: string, sensitivity: personal, examples: [Asha]}
  link: {type: string, default: "https://example.com/", examples: ["https://example.com/"]}
  lines: {type: array, default: [], examples: [[{n: 1}]]}
deliverychannel: "{{ channel }}"
appid: NE12345678
notifyurl: "{{ link }}"
channels:
  sms: {text: "Hi {{ name }}"}
  fb:
    text: "{# first #}{{ name }}{# last #}"
    quick_replies: "{{ lines }}"
destination:
  - msisdn: ["+447700900001", "+447700900002"]
    correlationid: "of {{ recipient | length }}"
    with: {name: Asha, channel: sms}
  - psid: "{{ 1000000000000001 }}"
    with: {name: "{{ spec.name }}", channel: fb, lines: [{content_type: text, title: One, payload: P}]}
  - msisdn: "+447700900003"
    with: {name: Ben, channel: sms, link: "example"}
""".replace("variables:\n", "variables:\n  channel: {type: string, enum: [sms, fb], examples: [sms]}\n")
WRONG = ORDER.replace("{{ first_name }},\n", "{{ frist_name }},\n", 1).replace("Hi {{ first_name }}", "Hi {{ frist_name }}")
MISSING = """\
msgspec: 1
name: missing
variables: {note: {type: string, required: false, examples: [x]}}
deliverychannel: sms
channels: {sms: {text: "{{ note | default('none') }} {{ note or '' }}"}}
destination: [{msisdn: "+447700900001"}]
"""
FILES = {
    "msgspec.yaml": PROJECT,
    "partials/footer.txt": FOOTER,
    "partials/lines.jinja": LINES,
    "order.msg.yaml": ORDER,
    "crlf.msg.yaml": "\ufeff" + ORDER.replace("\n", "\r\n"),
    "wrong.msg.yaml": WRONG,
    "listed.msg.yaml": LISTED,
    "missing.msg.yaml": MISSING,
    "people.csv": PEOPLE,
}


def write_project(folder: Path) -> Path:
    """The files that transcripts speak of."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def replayed(text: str, folder: Path) -> str:
    """A transcript with what its commands print now: both streams, and the exit code where it is not 0."""
    blocks = (_block(line, folder) for line in text.splitlines() if line.startswith("$ "))
    return "\n".join(line for block in blocks for line in (*block, ""))


def _block(line: str, folder: Path) -> Iterator[str]:
    yield line
    program, *arguments = shlex.split(line[2:])
    assert program == "why"
    result = run("why", *arguments, "--now", NOW, cwd=folder)
    yield from (result.stdout + result.stderr).decode().splitlines()
    if result.returncode:
        yield f"exit {result.returncode}"
