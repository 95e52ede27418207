"""Specs and recipients made up at random: sound specs over all channels, and data that nobody would wish for."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

KEYS = {"sms": "msisdn", "voice": "msisdn", "push": "userid", "rt": "userid", "fb": "psid", "twitter": "twitterid", "wechat": "wechatID"}
"""The identifier key that each channel is reached under here."""

HOSTILE = [
    *("", " ", "\t", "0", "null", "true", "Asha", "Zoé", "नमस्ते", "😀😀😀", "e\u0301", "\u202eabc", "\u200b", "a\nb", "a\r\nb"),
    *("O'Brien", 'say "hi"', "a,b", ";", "\\", "{{ env.x }}", "{% raw %}", "{#", "}}", "${name}", "%s", "<b>&amp;", "=1+1", "\x1b[31m"),
    *("x" * 200, "é" * 60, "x" * 5000, "http://example.com", " https://example.com", "javascript:alert(1)", "\x00", "\x7f", "\u2028", "-"),
]
WORDS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
LITERALS = st.sampled_from(["Hello ", "Your order: ", "It's ", 'the "best" ', "₹ ", "😀 ", "{ ", "100% ", "a\\b "])
NUMBERS = st.integers(-(10**6), 10**6) | st.sampled_from([0.1, 1299.5, -0.0, 1e21, 1e-7, 12345678901234567890])

KINDS: dict[str, tuple[dict[str, Any], Any, list[str]]] = {
    "word": (
        {"type": "string"},
        WORDS,
        ["{{ v }}", "{{ v | upper }}", "{{ v | gsm7 }}", "{% if v %}{{ v }}{% else %}none{% endif %}", "{{ v | truncate(10) }}"],
    ),
    "short": ({"type": "string", "maxLength": 5, "charset": "gsm7"}, WORDS, ["{{ v }}", "{{ v | bytes(4) }}"]),
    "day": (
        {"type": "string", "format": "date"},
        st.sampled_from(["2030-01-31", "2030-02-30", ""]),
        ["{{ v | date('d MMMM', locale='de') }}", "{{ v }}"],
    ),
    "amount": (
        {"type": "number"},
        NUMBERS,
        ["{{ v }}", "{{ v | money('INR') }}", "{{ v | number(locale='de') }}", "{{ v | round(2) }}"],
    ),
    "whole": ({"type": "integer"}, NUMBERS, ["{{ v }}", "{{ v + 1 }}", "{{ 10 // v }}"]),
    "flag": ({"type": "boolean"}, st.booleans(), ["{{ 'yes' if v else 'no' }}", "{{ v }}"]),
    "list": (
        {"type": "array", "items": {"type": "string"}},
        st.lists(WORDS, max_size=3),
        ["{{ v | join(', ') }}", "{% for one in v %}{{ one }} {% endfor %}", "{{ v[0] }}"],
    ),
    "object": (
        {"type": "object"},
        st.dictionaries(WORDS.filter(lambda key: "\x00" not in key and len(key) < 300), WORDS, max_size=3),
        ["{{ v | tojson }}", "{{ v.get('a') }}"],
    ),
}
"""Kinds of variables: their declaration, their values (sound and not), and templates that print them."""

ABSENT = object()


@dataclass(frozen=True)
class Made:
    """A spec as text, its recipients file, and whom its rows should reach."""

    spec: str
    name: str
    recipients: bytes
    rows: int
    wanted: dict[int, frozenset[tuple[str, str, str]]]
    """Per row: channel, identifier key and address of the messages that it gives where it is not refused."""


@st.composite
def made(draw: st.DrawFn) -> Made:
    """A spec that lint finds sound, with recipients inline, in a CSV file or in JSON Lines."""
    channels = draw(st.lists(st.sampled_from(list(KEYS)), min_size=1, max_size=4, unique=True))
    kinds = draw(st.lists(st.sampled_from(list(KINDS)), max_size=3, unique=True))
    variables = {f"{kind}_1": {**KINDS[kind][0], **draw(_absence(kind))} for kind in kinds}
    source = draw(st.sampled_from(["csv", "jsonl", "inline"]))
    rows = [_row(draw, number, channels, kinds, source) for number in range(1, draw(st.integers(1, 7)) + 1)]
    spec: dict[str, Any] = {
        "msgspec": 1,
        "name": "made-up",
        "variables": variables,
        "deliverychannel": channels if len(channels) > 1 else channels[0],
        "appid": "NE12345678",
        "channels": {channel: _block(draw, channel, kinds) for channel in channels},
        "destination": _destination(rows, channels, source),
    }
    if not set(channels) & {"push", "rt", "fb", "twitter", "wechat"}:
        del spec["appid"]
    spec |= draw(_common(kinds))
    wanted = {number: _reached(row, channels) for number, row in enumerate(rows, 1)}
    return Made(_yaml(spec), f"recipients.{source}", _file(rows, source), len(rows), wanted)


def _yaml(spec: dict[str, Any]) -> str:
    """JSON is YAML, once characters that YAML does not take as they are stand as escapes."""
    text = json.dumps(spec, ensure_ascii=False, indent=1)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _absence(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    defaults = {"word": "there", "short": "abc", "day": "2030-01-01", "amount": 1.5, "whole": 7, "flag": False, "list": [], "object": {}}
    return st.sampled_from([{}, {"default": defaults[kind]}, {"required": False}])


def _row(draw: st.DrawFn, number: int, channels: list[str], kinds: list[str], source: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for channel in channels:
        key = KEYS[channel]
        address = f"+4477009001{number:02d}" if key == "msisdn" else f"{key}-{number}"
        row[key] = address if source == "inline" else draw(st.sampled_from([address, address, address, "", ABSENT]))
    for kind in kinds:
        row[f"{kind}_1"] = draw(KINDS[kind][1] | st.just(ABSENT))
    return row


def _reached(row: dict[str, Any], channels: list[str]) -> frozenset[tuple[str, str, str]]:
    return frozenset((channel, KEYS[channel], row[KEYS[channel]]) for channel in channels if row[KEYS[channel]] not in ("", ABSENT))


def _destination(rows: list[dict[str, Any]], channels: list[str], source: str) -> Any:
    keys = list(dict.fromkeys(KEYS[channel] for channel in channels))
    if source != "inline":
        return {"from": f"recipients.{source}", **{key: f"{{{{ {key} }}}}" for key in keys}, "correlationid": "id-{{ recipient.row }}"}
    made_up = []
    for number, row in enumerate(rows, 1):
        values = {name: value for name, value in row.items() if name not in keys and value is not ABSENT}
        with_ = {"with": _escaped(values)} if values else {}
        made_up.append({**{key: row[key] for key in keys}, "correlationid": f"id-{number}", **with_})
    return made_up


def _escaped(value: Any) -> Any:
    """Values under ``with`` are templates: what would be one is printed by one."""
    if isinstance(value, str) and any(mark in value for mark in ("{{", "{%", "{#")):
        return "{{ " + json.dumps(value, ensure_ascii=False).replace("\\u0000", "\\x00") + " }}"
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    return {key: _escaped(item) for key, item in value.items()} if isinstance(value, dict) else value


def _file(rows: list[dict[str, Any]], source: str) -> bytes:
    if source == "csv":
        columns = list(rows[0])
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(row[name]) for name in columns])
        return out.getvalue().encode()
    lines = ({name: value for name, value in row.items() if value is not ABSENT} for row in rows)
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def _cell(value: Any) -> str:
    if value is ABSENT:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _template(draw: st.DrawFn, kinds: list[str]) -> str:
    chosen = draw(st.lists(st.sampled_from(kinds), max_size=2, unique=True)) if kinds else []
    parts = [draw(LITERALS)]
    for kind in chosen:
        parts += [_named(draw(st.sampled_from(KINDS[kind][2])), f"{kind}_1"), draw(st.sampled_from([".", " ", "\n"]))]
    return "".join(parts)


def _named(template: str, name: str) -> str:
    """The template with the variable's name for ``v``."""
    return re.sub(r"\bv\b", name, template)


def _common(kinds: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    prints = [f"{{{{ {kind}_1 | default(omit) }}}}" for kind in kinds if kind in ("word", "short", "amount")] or ["campaign"]
    return st.fixed_dictionaries(
        {},
        optional={
            "priority": st.sampled_from(["low", "high", 1, "2"]),
            "route": st.just("IMMD"),
            "expiry": st.sampled_from([{"after": "90m"}, "2030-01-31T18:30:00.000+05:30"]),
            "callbackData": st.sampled_from(prints),
            "notifyurl": st.just("https://hooks.example.com/receipts"),
            "correlationid": st.just("run-1"),
        },
    )


def _block(draw: st.DrawFn, channel: str, kinds: list[str]) -> dict[str, Any]:
    text = _template(draw, kinds)
    lists = ["{{ list_1 }}"] if "list" in kinds else []
    objects = ["{{ object_1 }}"] if "object" in kinds else []
    url = "{{ word_1 }}" if "word" in kinds else "https://example.com/"
    if channel == "sms":
        return {"senderid": "ACME", "text": text, **draw(st.sampled_from([{}, {"type": 4}, {"type": "{{ '4' }}"}]))}
    if channel == "voice":
        return {"callflowid": draw(st.sampled_from([184, "184", *(["{{ whole_1 }}"] if "whole" in kinds else [])]))}
    if channel == "push":
        android: dict[str, Any] = {"title": "News", "text": text}
        if objects:
            android["extras"] = {"customtags": draw(st.sampled_from([*objects, {"a": "{{ object_1.a | default(omit) }}"}]))}
        web = {"platform_types": draw(st.sampled_from([["chrome"], *lists])), "title": "News", "text": text, "url": url}
        return {"android": android, "ios": {"text": _template(draw, kinds)}, **draw(st.sampled_from([{}, {"web": web}]))}
    if channel == "rt":
        message = {"text": text, **({"extras": objects[0]} if objects else {})}
        return {"thread_id": "T1", "message": message}
    if channel == "fb":
        replies = [{"content_type": "text", "title": _template(draw, kinds), "payload": "P"}]
        return {"text": text, **draw(st.sampled_from([{}, {"quick_replies": replies}, *([{"quick_replies": lists[0]}] if lists else [])]))}
    return {"text": text}
