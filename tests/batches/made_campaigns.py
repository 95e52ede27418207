"""Campaigns made up at random: SMS, some with a second channel, over CSV files of many rows, of which few or many are bad."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from hypothesis import strategies as st

from tests.generated_specs import HOSTILE, Made

NAMES = [
    "Asha",
    "Ben",
    "Zoé",
    "O'Brien",
    'Dwayne "Rock"',
    "José, Jr.",
    "नेहा",
    "two\nlines",
    "back\\slash",
    "{x}",
    "100%",
    "€uro",
    "",
    "x" * 30,
]
DECLARED: dict[str, list[dict[str, Any]]] = {
    "first_name": [
        {"type": "string"},
        {"type": "string", "maxLength": 20, "charset": "gsm7"},
        {"type": "string", "minLength": 2, "maxLength": 12, "default": "friend"},
        {"type": "string", "required": False},
        {"type": "string", "charset": "ascii", "enum": ["Asha", "Ben"]},
    ],
    "code": [
        {"type": "string", "pattern": "^[A-Z0-9]{4}$"},
        {"type": "string", "pattern": "^(AB|[^\\n]+)$", "default": "NONE"},
        {"type": "integer", "minimum": 0, "maximum": 9999},
        {"type": "string"},
    ],
    "total": [
        {"type": "number", "minimum": 0},
        {"type": "number", "default": 1.5},
        {"type": "boolean"},
        {"type": "string", "format": "date"},
    ],
    "goods": [
        {"type": "array", "items": {"type": "string", "maxLength": 20}, "maxItems": 1000, "default": ["pen"]},
        {"type": "array", "required": False},
        {"type": "string", "required": False},
    ],
}
CELLS = {
    "first_name": [*NAMES, *HOSTILE[:12]],
    "code": ["AB12", "NL24", "0042", "42", "abcd", "", "AB12\nCD34", "1e3"],
    "total": ["12.50", "0", "1299.50", "-1", "true", "2030-01-31", "", "1e21", "x"],
    "goods": [
        '["tea"]',
        '["tea", "cups", "jam"]',
        "[]",
        "",
        '["{{", "it""s"]',
        "[1, null, [2]]",
        json.dumps(["x"] * 300),
        "{}",
        "[",
        "tea",
    ],
    "phone": ["+447700900001", "447700900002", "+447700900003", "+919876543210", "+12025550143", "", "07700", "+999123456789", " "],
    "user": ["u-1", "u-2", "u-3", "", " "],
    "id": ["a-1", "a-2", "b" * 48, "c" * 51, "", "é" * 26, 'quote"d'],
}
TEXTS = [
    "Hi {{ first_name }}, your code is {{ code }}.",
    "{{ first_name }}",
    "100% {{ code }} for {{ first_name | default('you') | title }}",
    "{% if code == 'AB12' %}Yes{% else %}No, {{ total }}{% endif %}",
    "{{ total }} {{ recipient.row }} {{ recipient.address }} {{ spec.name }}",
    "Hello",
    "नमस्ते {{ first_name }}",
    '{{ first_name | upper | replace("A", "^") }} €',
    "{{ first_name | gsm7 }} {{ total | default('nothing') }}",
    "{% for one in [first_name, code] %}{{ loop.index }}{{ one }}{% if not loop.last %}, {% endif %}{% endfor %} {{ total }}",
    "{% for first_name in [code, code] %}{% for x in [first_name] if x %}{{ x }}{{ loop.index }}{% endfor %}{% endfor %}{{ first_name }}",
    "{% for one in goods %}{{ one }}{% if not loop.last %}, {% endif %}{% else %}nothing{% endfor %}",
    "{% for one in goods if one %}{{ loop.revindex }}/{{ loop.length }} {{ loop.first }} {{ one }}{% endfor %} {{ first_name }}",
    "{% for one in goods %}{{ loop.cycle('a', 'b') }}{{ loop.index0 }}{% for two in goods %}{{ loop.index }}{% endfor %}{% endfor %}",
    "{% set x = first_name %}{{ x }}",
    "Long " + "{{ first_name }} " * 12,
]


@st.composite
def campaigns(draw: st.DrawFn) -> Made:
    """A spec over a CSV file, with or without variables under ``with``, and rows of which the sound ones are most."""
    variables = {name: draw(st.sampled_from(declared)) for name, declared in DECLARED.items()}
    rows = draw(st.lists(st.fixed_dictionaries({name: _cells(name) for name in CELLS}), min_size=1, max_size=40))
    channels = draw(st.sampled_from([["sms"], ["sms"], ["sms", "voice"], ["sms", "push"], ["voice"]]))
    blocks = {
        "sms": {"senderid": "ACME", "text": draw(st.sampled_from(TEXTS)), **draw(st.sampled_from([{}, {}, {"type": "1"}, {"type": 4}]))},
        "voice": {"callflowid": "184"},
        "push": {"android": {"text": draw(st.sampled_from(["Hello", *TEXTS[:2]]))}},
    }
    destination: dict[str, Any] = {"from": "recipients.csv", "msisdn": draw(st.sampled_from(["{{ phone }}", "{{ phone | trim }}"]))}
    if "push" in channels:
        destination["userid"] = "{{ user }}"
    if draw(st.booleans()):
        destination["customerid"] = "{{ user }}"
    identifier = draw(st.sampled_from([None, "{{ id }}", "c-{{ recipient.row }}-{{ recipient.channel }}", "{{ id }}-{{ code }}"]))
    if identifier:
        destination["correlationid"] = identifier
    if draw(st.integers(0, 3)) == 0:
        destination["with"] = {"first_name": draw(st.sampled_from(["{{ id }}", "{{ first_name | upper }}", "{{ code }}"]))}
    spec = {
        "msgspec": 1,
        "name": "made-up",
        "variables": variables,
        "deliverychannel": channels,
        **({"appid": "NE12345678"} if "push" in channels else {}),
        **draw(st.sampled_from([{}, {"callbackData": "{{ code }}"}, {"priority": "high", "expiry": {"after": "4h"}}])),
        "channels": {name: blocks[name] for name in channels},
        "destination": destination,
    }
    return Made(json.dumps(spec, ensure_ascii=False, indent=1), "recipients.csv", _file(draw, rows), len(rows), {})


def _cells(name: str) -> st.SearchStrategy[str]:
    """Mostly the first few cells, which are sound."""
    return st.sampled_from(CELLS[name][:3]) | st.sampled_from(CELLS[name])


def _file(draw: st.DrawFn, rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    end = draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(out, lineterminator=end, quoting=quoting)
    writer.writerow(CELLS)
    for row in rows:
        writer.writerow([row[name] for name in CELLS])
        out.write(draw(st.sampled_from(["", "", "", "", "", "", end, "one,too,few" + end, 'a "quote" inside,b,c,d,e,f' + end])))
    data = out.getvalue().encode()
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + (data.rstrip(b"\r\n") if draw(st.booleans()) else data)
