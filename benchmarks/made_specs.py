"""Specs as people write them, made up from a seed: seven channels, a dozen topics, inline lists and files of recipients. All are sound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from msgspec_tool.model import CHANNELS

DECLARATIONS = {
    "first_name": "{type: string, minLength: 1, maxLength: 20, charset: gsm7, sensitivity: personal, examples: [Asha, Ben]}",
    "amount": "{type: number, minimum: 0, maximum: 9999.99, multipleOf: 0.01, examples: [31.4]}",
    "due": '{type: string, format: date, examples: ["2030-02-15"]}',
    "order": '{type: string, pattern: "^[A-Z]{2}-[0-9]{5}$", minLength: 8, maxLength: 8, charset: ascii, examples: [NL-10007]}',
    "count": "{type: integer, minimum: 1, maximum: 9, examples: [3]}",
    "place": "{type: string, enum: [Leeds, York, Bath], examples: [York]}",
    "article": "{type: string, minLength: 1, maxLength: 24, charset: gsm7, examples: [Fell boots]}",
    "express": "{type: boolean, default: false, examples: [true]}",
}
VALUES = {
    "first_name": "Asha",
    "amount": "31.4",
    "due": '"2030-02-15"',
    "order": "NL-10007",
    "count": "3",
    "place": "York",
    "article": "Fell boots",
    "express": "true",
}
PRINTED = {
    "first_name": ("{{ first_name }}", "{{first_name}}", "{{ first_name | trim }}"),
    "amount": ("{{ amount | money('GBP', display='code') }}",),
    "due": ("{{ due | date('d MMM') }}", "{{ due | date('d MMMM') }}", "{{ due }}"),
    "order": ("{{ order }}", "{{order}}"),
    "count": ("{{ count }}",),
    "place": ("{{ place }}", "{{ place | upper }}"),
    "article": ("{{ article }}", "{{article}}"),
    "express": (
        "{% if express %} It is on its way.{% else %} It leaves today.{% endif %}",
        "{{ ' Today.' if express else ' Soon.' }}",
    ),
}


@dataclass(frozen=True)
class Topic:
    """What a message is about: its name, its sender, and its sentences, the most important first."""

    name: str
    sender: str
    title: str
    sentences: tuple[str, ...]


TOPICS = (
    Topic(
        "card-payment-due",
        "MERIDIAN",
        "Payment due",
        ("Meridian: <amount> is due on <due>.", "Pay early and save 10% in May.", "Case <order>."),
    ),
    Topic("parcel-today", "NORTHLGT", "Parcel", ("Your parcel <order> comes to <place> today.<express>", "It holds <count> parts.")),
    Topic(
        "back-in-stock", "NORTHLGT", "Back in stock", ("<article> is back in <place>.", "It costs <amount>.", "First come, first served.")
    ),
    Topic(
        "flight-late",
        "SKYWAY",
        "Your flight",
        ("Skyway: your flight from <place> is late.", "Booking <order>, seat row <count>.", "Meals are free."),
    ),
    Topic("visit-reminder", "STMARGRT", "Your visit", ("Dear <first_name>, we expect you on <due> in <place>.", "Bring form <order>.")),
    Topic(
        "water-works", "CLEARWTR", "Works", ("Clearwater: no water in <place> for <count> hours on <due>.", "Fill a kettle before then.")
    ),
    Topic(
        "bill-ready", "BRIGHTWV", "Your bill", ("Brightwave: your bill of <amount> is ready.", "We take it on <due>.", "Account <order>.")
    ),
    Topic("refund-issued", "SKYWAY", "Refund", ("We sent <amount> to your card.", "It takes <count> days.", "Case <order>.<express>")),
    Topic("voucher", "NORTHLGT", "A voucher", ("<first_name>, take 20% off at Northlight.", "It is good for <article> until <due>.")),
    Topic("table-booked", "OLDMILL", "Your table", ("A table for <count> in <place> on <due> is yours.", "Ask for booking <order>.")),
    Topic("lesson-moved", "CITYCOLL", "Lesson moved", ("Your lesson moved to <due>.", "Room <count>, <place>.", "Course <order>.")),
    Topic("meter-reading", "BRIGHTWV", "Meter reading", ("Tell us your reading by <due>.", "Meter <order>.", "It takes a minute.")),
)
KEYS = {"sms": "msisdn", "voice": "msisdn", "push": "userid", "rt": "userid", "fb": "psid", "twitter": "twitterid", "wechat": "wechatID"}
TEAMS = ("cards-team", "checkout-team", "customer-care", "network-operations", "billing")


def made_spec(random: Random, *wanted: str) -> str:
    """The text of a sound spec with these channels, and some more or none."""
    return _Writer(random, wanted).spec()


class _Writer:
    """Writes one spec, with the habits of one author."""

    def __init__(self, random: Random, wanted: tuple[str, ...]) -> None:
        self.random = random
        self.topic = random.choice(TOPICS)
        others = [name for name in CHANNELS if name not in wanted]
        self.channels = [*wanted, *random.sample(others, random.randint(0, 2) if wanted else random.randint(1, 3))]
        random.shuffle(self.channels)
        self.link = random.random() < 0.7
        self.content = [
            line for channel in self.channels for line in (f"  {channel}:", *(f"    {one}" for one in getattr(self, f"_{channel}")()))
        ]
        self.variables = [name for name in DECLARATIONS if re.search(rf"\{{[{{%][^}}]*\b{name}\b", "\n".join(self.content))]
        self.from_file = random.random() < 0.5

    def spec(self) -> str:
        parts = [*self._head(), *self._common(), "channels:", *self.content, *self._destination(), *self._samples()]
        return "\n".join(parts) + "\n"

    def _head(self) -> list[str]:
        number = self.random.randint(1, 99)
        lines = ["msgspec: 1", f"name: {self.topic.name}-{number}"]
        lines += self._perhaps(f"description: {self.topic.title} ({self.topic.sender.capitalize()})")
        lines += [f"owner: {self.random.choice(TEAMS)}", *self._perhaps("tags: [service, reminder]"), ""]
        declared = [f"  {name}: {DECLARATIONS[name]}" for name in self.variables]
        return [*lines, "variables:", *declared, ""] if declared else lines

    def _common(self) -> list[str]:
        channels = self.channels[0] if len(self.channels) == 1 else f"[{', '.join(self.channels)}]"
        lines = [f"deliverychannel: {channels}", "priority: high", "route: IMMD", "expiry: {after: 4h}"]
        lines += ["notifyurl: https://hooks.northlight-books.shop/receipts", "callbackData: campaign=spring", ""]
        return lines

    def _perhaps(self, *lines: str) -> tuple[str, ...]:
        return lines if self.random.random() < 0.6 else ()

    def _text(self, most: int = 9) -> str:
        """The first sentences; a later channel may say less than the others, and never something else."""
        text = " ".join(self.topic.sentences[:most])
        return re.sub(r"<([a-z_]+)>", lambda found: self.random.choice(PRINTED[found[1]]), text)

    def _field(self, key: str, text: str) -> list[str]:
        """A text as a folded, quoted or literal scalar."""
        style = self.random.choice(("folded", "double", "literal"))
        if style == "double":
            return [f'{key}: "{text}"']
        return [f"{key}: {'>-' if style == 'folded' else '|-'}", f"  {text}"]

    def _sms(self) -> list[str]:
        return ['senderid: "{{ env.senderid }}"', *self._field("text", self._text())]

    def _voice(self) -> list[str]:
        return ['callflowid: "184"', 'cli: "442079460000"']

    def _push(self) -> list[str]:
        lines = ['appid: "{{ env.push_appid }}"', "android:", f"  title: {self.topic.title}"]
        lines += [f"  {line}" for line in self._field("text", self._text())]
        lines += ['  extras: {collapse_key: news, time_to_live: "3600", customtags: {screen: news}}']
        if self.link:
            lines += ["web:", "  platform_types: [chrome, firefox]", f"  title: {self.topic.title}"]
            lines += [f"  {line}" for line in self._field("text", self._text(1))]
            lines += ['  url: "https://www.northlight-books.shop/find?q={{ article | urlencode }}"']
        lines += ["interactive:", "  category: DOUBLE_YES_NO", "  device_types: [android]", "  actions:"]
        return [*lines, '    - {pos: 1, identifier: "YES", action: OPEN_APP}', '    - {pos: 2, identifier: "NO", action: DISMISS}']

    def _rt(self) -> list[str]:
        lines = ["appid: NE12345678", "thread_id: T000123", "message:", *(f"  {line}" for line in self._field("text", self._text()))]
        lines += ["  quickReplies:", "    reference: choice", "    options:"]
        lines += [f"      - {{type: quickReplyPostback, identifier: {word}1, title: {word.upper()} please}}" for word in ("one", "two")]
        return [*lines, "notification:", f"  title: {self.topic.title}", "  text: There is news for you."]

    def _fb(self) -> list[str]:
        lines = ["appid: a_100000000000000001", *self._field("text", self._text()), "messaging_type: MESSAGE_TAG", "tag: HUMAN_AGENT"]
        return [*lines, "quick_replies:", "  - {content_type: text, title: Tell me more, payload: MORE}"]

    def _twitter(self) -> list[str]:
        lines = ["appid: a_200000000000000001", *self._field("text", self._text()), "attachment:", "  type: media"]
        lines += ['  media: {id: "1000000000000000001"}', "quick_reply:", "  type: options", "  options:"]
        return [*lines, "    - {label: It is mine, description: We bring it}", "    - {label: Not mine, description: We go on}"]

    def _wechat(self) -> list[str]:
        return ["appid: a_300000000000000001", *self._field("text", self._text()), "attachment: {type: media, media: {id: fz4Xq2Kd9}}"]

    def _destination(self) -> list[str]:
        keys = list(dict.fromkeys(KEYS[channel] for channel in self.channels))
        if self.from_file:
            lines = ["", "destination:", "  from: customers.csv", *(f'  {key}: "{{{{ {key.lower()}_column }}}}"' for key in keys)]
            return [*lines, f'  correlationid: "{self.topic.name[:6]}-{{{{ customer }}}}"']
        lines = ["", "destination:"]
        for number in (1, 2):
            address = [f'{key}: ["{self._address(key, number)}"]' for key in keys]
            given = ", ".join(f"{name}: {VALUES[name]}" for name in self.variables)
            lines += [f"  - {address[0]}", *(f"    {one}" for one in address[1:]), f"    correlationid: {self.topic.name[:6]}-{number}"]
            lines += [f"    with: {{{given}}}"] if given else []
        return lines

    def _address(self, key: str, number: int) -> str:
        return f"+44770090012{number}" if key == "msisdn" else f"{key.lower()}-{self.random.randint(100, 999)}{number}"

    def _samples(self) -> list[str]:
        values = ", ".join(f"{name}: {VALUES[name]}" for name in self.variables)
        plain = values.replace("express: true", "express: false")
        return ["", "samples:", f"  usual: {{{values}}}", f"  other: {{{plain}}}"] if values else []
