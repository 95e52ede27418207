"""Mistakes sown into real-looking specs, and whether lint finds just them: ``python -m benchmarks.seeded_mistakes``.

Each spec is made up from a seed, is sound, and gets one mistake of which rule and place are known. Found means: that rule
says something at just that place, and nothing else is said. The table counts both by rule; ``--seed`` shows one spec.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from random import Random

from benchmarks.made_specs import made_spec
from msgspec_tool.catalogue import RULES
from msgspec_tool.config import Environment, LintSettings, Project
from msgspec_tool.diagnostics import Severity
from msgspec_tool.lint_pipeline import LintOptions, lint

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
ADVICE = ("IDS702", "URL804", "SEC903", "DUP962", "VOI422")
"""Rules that are off by default and have mistakes here."""
PROJECT = Project(
    Path("/nowhere"),
    lint=LintSettings(select=("default", *ADVICE)),
    environments={"production": Environment("production", values={"senderid": "NORTHLGT", "push_appid": "NE12345678"})},
)
OPENING, CLOSING = "\u27e6", "\u27e7"


@dataclass(frozen=True)
class Mistake:
    """What a slip of the pen does to a spec: ``find`` is replaced with ``put``.

    White brackets in ``put`` are left out and enclose what the finding is to stand at; where there are none, the group of
    ``at`` does, in the text with the mistake.
    """

    rule: str
    find: str
    put: str
    channels: tuple[str, ...] = ()
    """Channels that the spec has to have."""
    at: str = ""


MISTAKES = (
    Mistake("YML001", r"^owner: ", "owner: ⟦@⟧"),
    Mistake("YML002", r"^(route: IMMD)$", r"\1\n⟦priority⟧: low"),
    Mistake("YML003", r'senderid: "(\{\{ env.senderid \}\})"', r"senderid: ⟦\1⟧", ("sms",)),
    Mistake("YML004", r"^( +title: )\w.*$", r"\1News ⟦#1⟧", ("push",)),
    Mistake("YML005", r'"(\+44770090012\d)"', r"⟦\1⟧", ("sms",)),
    Mistake("YML005", r'media: \{id: "(\d+)"\}', r"media: {id: ⟦+1000000000000000001⟧}", ("twitter",)),
    Mistake("YML008", r"^owner: (.*)$", "owner: ⟦!team⟧ \\1"),
    Mistake("SPC101", r"^ +thread_id: .*\n", "", ("rt",), r"^  (rt):"),
    Mistake("SPC101", r"^ +tag: .*\n", "", ("fb",), r"^  (fb):"),
    Mistake("SPC102", r"^priority:", "⟦prority⟧:"),
    Mistake("SPC102", r"senderid:", "⟦sendrid⟧:", ("sms",)),
    Mistake("SPC102", r"quick_replies:", "⟦quick_reply⟧:", ("fb",)),
    Mistake("SPC103", r"^owner: (.*)$", r"owner: ⟦[\1]⟧", (), r"^(owner): \["),
    Mistake("SPC104", r"^route: IMMD", "route: ⟦IMMEDIATE⟧"),
    Mistake("SPC104", r"^priority: high", "priority: ⟦urgent⟧"),
    Mistake("SPC104", r"tag: HUMAN_AGENT", "tag: ⟦ACCOUNT_UPDATE⟧", ("fb",)),
    Mistake("PSH433", r"device_types: \[android\]", "device_types: [⟦windows⟧]", ("push",)),
    Mistake(
        "SPC104", r"notification_type|messaging_type: MESSAGE_TAG", "messaging_type: MESSAGE_TAG\n    notification_type: ⟦LOUD⟧", ("fb",)
    ),
    Mistake("SPC105", r"^deliverychannel: \[(?!.*voice)", "deliverychannel: [⟦voice⟧, ", ("sms", "push")),
    Mistake("SPC106", r"^( +)correlationid:", r"\1⟦correlationId⟧:"),
    Mistake("SPC106", r"^notifyurl:", "⟦notifyUrl⟧:"),
    Mistake("SPC108", r"^msgspec: 1", "msgspec: ⟦2⟧"),
    Mistake("SPC109", r"platform_types:", "⟦platorm_types⟧:", ("push",)),
    Mistake(
        "SPC110",
        r"^(deliverychannel: (?!.*voice)[^\0]*?^channels:)$",
        r'\1\n  ⟦voice⟧: {callflowid: "184", cli: "442079460000"}',
        ("sms", "push"),
    ),
    Mistake("TPL201", r"\| money\('GBP', display='code'\) \}\}", "| money('GBP', display='code') ⟦}⟧"),
    Mistake("TPL202", r"\{\{ order \}\}", "{{ ⟦ordre⟧ }}"),
    Mistake("TPL202", r"\{\{ env\.senderid \}\}", "{{ env.⟦sender⟧ }}", ("sms",)),
    Mistake("TPL203", r"^variables:$", "variables:\n  ⟦nickname⟧: {type: string, maxLength: 20, charset: gsm7, examples: [Ash]}"),
    Mistake("TPL204", r"\| money\(", "| ⟦mony⟧("),
    Mistake("TPL204", r"\| urlencode", "| ⟦urlencoded⟧", ("push",)),
    Mistake("TPL205", r"date\('d MMM'\)", "date('d MMM', ⟦tz⟧='UTC')"),
    Mistake("TPL206", r"\{\{ order \}\}", "{{ ⟦order.number⟧ }}"),
    Mistake("TPL208", r"\{\{ count \}\}", "{{ count if ⟦count > 0⟧ else 'no' }}"),
    Mistake("TPL209", r"\{\{ order \}\}", "{{ order.⟦__class__⟧ }}"),
    Mistake("TPL210", r"\{\{ order \}\}", "{{ ⟦'-' * 9000⟧ }}{{ order }}"),
    Mistake("VAR301", r"examples: \[NL-10007\]", "examples: [⟦NL-1007⟧]"),
    Mistake("VAR301", r"examples: \[31\.4\]", "examples: [⟦-31.4⟧]"),
    Mistake("VAR301", r"^(  usual: \{.*amount: )31\.4", r"\1⟦31.456⟧"),
    Mistake("VAR302", r"^    with: \{(\w+): [^,}]*, ", "    ⟦with⟧: {"),
    Mistake("TXT401", r"^( +notification:\n +title: ).*$", r'\1⟦" "⟧', ("rt",)),
    Mistake("SMS411", r'(senderid: "\{\{ env.senderid \}\}")', r"\1\n    type: ⟦4⟧", ("sms",)),
    Mistake("SMS412", r"(senderid: (?:.*\n)    text: (?:>-\n      |\|-\n      |\"))", r"\1⟦’⟧", ("sms",)),
    Mistake("SMS417", r'(senderid: "\{\{ env.senderid \}\}")', r"\1\n    ⟦body⟧: 48656C6C6F", ("sms",)),
    Mistake("VOI421", r'callflowid: "184"', 'callflowid: "184"\n    ⟦promptid⟧: "354"', ("voice",)),
    Mistake("VOI422", r'cli: "442079460000"', "cli: ⟦Meridian Bank⟧", ("voice",)),
    Mistake("PSH431", r"^    web:\n", "    ios: {title: News}\n    web:\n", ("push",), r"^    (ios):"),
    Mistake("PSH433", r"category: DOUBLE_YES_NO", "category: ⟦DOUBLE_YES_MAYBE⟧", ("push",)),
    Mistake("PSH433", r'identifier: "NO"', 'identifier: ⟦"NEVER"⟧', ("push",)),
    Mistake("PSH433", r"pos: 2", "pos: ⟦1⟧", ("push",)),
    Mistake("PSH433", r"action: OPEN_APP", "action: ⟦OPEN_URL⟧", ("push",)),
    Mistake("PSH434", r"customtags: \{screen: news\}", "customtags: {⟦google_screen⟧: news}", ("push",)),
    Mistake("PSH435", r'time_to_live: "3600"', 'time_to_live: ⟦"31536000"⟧', ("push",)),
    Mistake("INA441", r"identifier: two1", "identifier: ⟦one1⟧", ("rt",)),
    Mistake("OTT451", r"title: Tell me more", "title: ⟦Tell me more of your news⟧", ("fb",)),
    Mistake("OTT451", r"label: Not mine", "label: ⟦No this is not mine and it never has been⟧", ("twitter",)),
    Mistake("OTT451", r", description: We go on", "", ("twitter",), r"(\{label: Not mine\})"),
    Mistake("OTT451", r"messaging_type: MESSAGE_TAG", "messaging_type: RESPONSE", ("fb",), r"^    (tag):"),
    Mistake("OTT452", r"id: fz4Xq2Kd9", "id: fz4Xq2Kd9.⟦webp⟧", ("wechat",)),
    Mistake("DST502", r'"\+44770090012\d"', '⟦"07700 900123"⟧', ("sms",)),
    Mistake("DST502", r'"\+44770090012(\d)"', r'⟦"+4477009001"⟧', ("sms",)),
    Mistake("DST503", r'"(\+44770090012\d)"', r'"\1", ⟦"\1"⟧', ("sms",)),
    Mistake("DST504", r'^( +-) msisdn: (\["\+44770090012\d"\])', r"\1 msisdn: \2\n    ⟦customerid⟧: [C-1001]", ("sms",)),
    Mistake("TIM601", r"^expiry: .*$", "expiry: ⟦tomorrow⟧"),
    Mistake("TIM601", r"after: 4h", "after: ⟦4 hours⟧"),
    Mistake("TIM601", r"^expiry: .*$", "expiry: 2030-01-31T18:30:00.000⟦+5:30⟧"),
    Mistake("TIM602", r"^expiry: .*$", "expiry: ⟦2029-12-31T18:30:00.000Z⟧"),
    Mistake("TIM604", r"^expiry: .*$", "expiry: ⟦2030-01-31T18:30:00⟧"),
    Mistake("IDS701", r"correlationid: ([\w-]+)-2$", r"correlationid: ⟦\1-of-the-second-quarter-of-the-year-two-thousand-and-thirty⟧"),
    Mistake("IDS702", r"correlationid: ([\w-]+)-2$", r"correlationid: ⟦\1-1⟧"),
    Mistake("IDS703", r"appid: NE12345678", "appid: ⟦ne12345678⟧", ("rt",)),
    Mistake("IDS703", r'id: "1000000000000000001"', "id: ⟦suitcase.jpg⟧", ("twitter",)),
    Mistake("URL801", r"notifyurl: https://", "notifyurl: ⟦http⟧://"),
    Mistake("URL801", r"notifyurl: https://(.*)$", r"notifyurl: ⟦\1⟧"),
    Mistake("URL802", r"hooks\.northlight-books\.shop", "⟦localhost⟧"),
    Mistake("URL802", r"hooks\.northlight-books\.shop", "⟦hooks.example.com⟧"),
    Mistake("URL802", r"www\.northlight-books\.shop", "⟦192.168.0.7⟧", ("push",)),
    Mistake("URL802", r"notifyurl: https://", "notifyurl: https://⟦northlight:hunter22⟧@"),
    Mistake("URL803", r"\{\{ article \| urlencode \}\}", "{{ ⟦article⟧ }}", ("push",)),
    Mistake("URL804", r"www\.northlight-books\.shop/find", "⟦bit.ly⟧/find", ("push",)),
    Mistake("SEC901", r"campaign=spring", "⟦apikey=9f8a7c6e00004000⟧"),
    Mistake("SEC902", r"^route: IMMD$", "route: IMMD\nkey: ⟦3f2b8c1e-7a44-4d0b-9e1c-5b6a7c8d9e0f⟧"),
    Mistake("SEC903", r'"\+44770090012\d"', '⟦"+447911123456"⟧', ("sms",)),
    Mistake("LIM952", r"callbackData: .*$", f"callbackData: ⟦{'c' * 2001}⟧"),
    Mistake("SUP001", r"^route: IMMD$", "route: IMMD # msgspec: ignore[⟦not-allowed-value⟧] checked"),
    Mistake("SUP002", r"^route: IMMD$", "route: IMMD # msgspec: ignore[⟦no-such-rule⟧] checked"),
)


@dataclass(frozen=True)
class Sown:
    """A spec with one mistake: the rule that has to speak, and the characters that it has to speak of."""

    mistake: Mistake
    text: str
    start: int
    end: int


def sow(seed: int) -> Sown:
    """The spec of a seed; its mistake is the seed's number in the list, so that as many seeds as mistakes meet them all."""
    mistake = MISTAKES[seed % len(MISTAKES)]
    for turn in range(200):
        random = Random(seed * 1000 + turn)
        text = made_spec(random, *mistake.channels)
        places = list(re.finditer(mistake.find, text, re.MULTILINE))
        if places:
            return _sown(mistake, text, random.choice(places))
    raise LookupError(f"no spec has a place for {mistake}")


def _sown(mistake: Mistake, text: str, place: re.Match[str]) -> Sown:
    put = place.expand(mistake.put)
    made = text[: place.start()] + put + text[place.end() :]
    if mistake.at:
        made = made.replace(OPENING, "").replace(CLOSING, "")
        found = re.search(mistake.at, made, re.MULTILINE)
        if found is None:
            raise LookupError(f"{mistake.at} is nowhere")
        return Sown(mistake, made, found.start(1), found.end(1))
    start = made.index(OPENING)
    return Sown(mistake, made.replace(OPENING, "").replace(CLOSING, ""), start, made.index(CLOSING) - 1)


def objections(sown: Sown) -> list[str]:
    """What is wrong with what lint says of it: nothing, where it found the mistake and just that."""
    said = findings(sown.text)
    expected = (sown.mistake.rule, sown.start, sown.end)
    missing = [] if expected in said else [f"not found: {_shown(sown.text, *expected)}"]
    return [*missing, *(f"said besides: {_shown(sown.text, *one)}" for one in said if one != expected)]


def findings(text: str) -> list[tuple[str, int, int]]:
    """Rule and place of all that lint says; notes are asked for by name only, and those of no mistake are left out."""
    options = LintOptions(now=NOW, project=PROJECT, paths=("-",), stdin=text.encode(), stdin_filename="made.msg.yaml")
    report = lint(options)
    failed = [(failure.reason, 0, 0) for failure in report.failures]
    kept = [one for one in report.diagnostics if one.severity is not Severity.INFO]
    return [*failed, *((one.rule.code, one.finding.span.start, one.finding.span.end) for one in kept)]


def _shown(text: str, rule: str, start: int, end: int) -> str:
    line = text.count("\n", 0, start) + 1
    return f"{rule} at line {line}: {text[start:end]!r}"


def table(count: int) -> Iterator[str]:
    """By rule: mistakes sown, found at their place, and findings besides."""
    sown: dict[str, list[list[str]]] = {}
    for seed in range(count):
        one = sow(seed)
        sown.setdefault(one.mistake.rule, []).append(objections(one))
    yield f"{'rule':<34}{'sown':>6}{'found':>7}{'besides':>9}"
    totals = [0, 0, 0]
    for known in RULES:
        for results in [sown[known.code]] if known.code in sown else []:
            missed = sum(any(line.startswith("not found") for line in lines) for lines in results)
            besides = sum(line.startswith("said besides") for lines in results for line in lines)
            figures = (len(results), len(results) - missed, besides)
            totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
            yield f"{known.code} {known.name:<27}{figures[0]:>6}{figures[1]:>7}{figures[2]:>9}"
    yield f"{'all':<34}{totals[0]:>6}{totals[1]:>7}{totals[2]:>9}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="specs")
    parser.add_argument("--seed", type=int, help="show the spec of one seed and what is wrong with what lint says of it")
    options = parser.parse_args()
    if options.seed is not None:
        one = sow(options.seed)
        print(one.text, one.mistake, *objections(one), sep="\n")
        return
    print(*table(options.count), sep="\n")


if __name__ == "__main__":
    main()
