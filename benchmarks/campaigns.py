"""Campaigns to measure: a spec, its template as somebody else would write it, and recipients made by a seeded generator."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("phone", "first_name", "order_id", "eta", "total", "items", "name", "taken_by", "note", "id")

_NAMES = ("Asha", "Ben", "Chloe", "Dev", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kofi", "Lena", "Mina", "Noor", "Oskar", "Priya")
_GIVEN = (
    *_NAMES, "Zoé", "José", "Łukasz", "Åse", "Nguyễn", "O'Neil", 'Dwayne "Rock"', "नेहा", "அருண்", "王芳", "さくら", "김민준", "Ольга",
    "Γιώργος", "אסתר", "محمد", "สมชาย", "ანა", "Արամ", "😀 Sam", "back\\slash",
)  # fmt: skip
_FAMILY = ("Miller", "Müller", "O'Brien, Jr.", "Żółć", "शर्मा", "小明", "Петрова", "לוי", "عبد الله", "ใจดี", "Thị Ánh", "de la Cruz", "")
_NOTES = (
    "Left with the dog, who signed.",
    'At the "green" door',
    "Ring twice,\nthen wait",
    'Said "thanks, mate".\nDoor 4b.',
    "100% dry\\ no damage",
    "Звонок не работает",
    "दरवाज़े पर रखा",
    "放在门口",
    "🐕 at the gate",
    "{not a template}",
)

_DECLARED = {
    "first_name": "{type: string, maxLength: 20, minLength: 1, charset: gsm7, examples: [Asha]}",
    "order_id": '{type: string, pattern: "^[A-Z0-9]{8}$", examples: [NL24K7QX]}',
    "eta": "{type: string, maxLength: 12, minLength: 1, charset: gsm7, examples: [3 March]}",
    "total": "{type: number, minimum: 0, maximum: 100000, examples: [12.50]}",
    "items": "{type: array, items: {type: string, maxLength: 20}, maxItems: 5, examples: [[tea]]}",
    "name": "{type: string, maxLength: 40, examples: [Asha, नेहा]}",
    "taken_by": '{type: string, maxLength: 40, default: "", examples: [Ben]}',
    "note": '{type: string, maxLength: 40, default: "", examples: [At the door]}',
}


@dataclass(frozen=True)
class Campaign:
    """What is sent. ``text`` is the template without the filters that only the program has."""

    text: str
    variables: tuple[str, ...]
    own: str = ""
    """The template in the spec, where it is another one."""
    grouped: bool = False
    parsed: tuple[str, ...] = ()
    """Columns of JSON, which a script has to parse by itself."""
    marked: bool = False
    """The file of recipients begins with a byte order mark."""

    def spec(self, source: str) -> str:
        """The spec's text, over a file of recipients."""
        declared = "".join(f"  {name}: {_DECLARED[name]}\n" for name in self.variables)
        return (
            f"msgspec: 1\nname: measured\nvariables:\n{declared}deliverychannel: sms\nchannels:\n  sms:\n    senderid: ACME\n"
            f"    text: {json.dumps(self.own or self.text)}\n"
            f'destination:\n  from: {source}\n  msisdn: "{{{{ phone }}}}"\n  correlationid: "{{{{ id }}}}"\n'
        )


CAMPAIGNS = {
    "own text": Campaign(
        "Hi {{ first_name }}, your order {{ order_id }} is on its way and should reach you on {{ eta }}. Reply STOP to opt out.",
        ("first_name", "order_id", "eta"),
    ),
    "equal texts": Campaign("Your order should reach you on {{ eta }}. Reply STOP to opt out.", ("eta",), grouped=True),
    "filter and branch": Campaign(
        "Hi {{ first_name | title }}, {% if eta == '1 March' %}today{% else %}on {{ eta }}{% endif %} we bring order {{ order_id }}.",
        ("first_name", "order_id", "eta"),
    ),
    "loop": Campaign(
        "Hi {{ first_name }}, your order: {% for item in items %}{{ item }}{% if not loop.last %}, {% endif %}{% endfor %}.",
        ("first_name", "items"),
        parsed=("items",),
    ),
    "mixed": Campaign(
        "{{ name }}: parcel {{ order_id }} was handed to {{ taken_by or 'you' }}.{% if note %} Driver: {{ note }}{% endif %}",
        ("name", "order_id", "taken_by", "note"),
        marked=True,
    ),
}
"""By name. Recipients of the mixed one are as real ones: names in many scripts, quotes and line breaks in cells, empty cells."""


def rows(number: int, *, seed: int = 5) -> Iterator[tuple[str, ...]]:
    """Recipients, the same for the same seed."""
    made = random.Random(seed)
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    goods = ("tea", "coffee", "cups", "honey", "jam")
    for index in range(number):
        order = "".join(made.choices(letters, k=8))
        items = json.dumps(made.choices(goods, k=made.randint(1, 4)))
        total = f"{made.randint(100, 99999) / 100:.2f}"
        yield (
            f"+4477009{index % 100_000:05d}",
            made.choice(_NAMES),
            order,
            f"{made.randint(1, 28)} March",
            total,
            items,
            _name(made),
            _name(made) if made.random() < 0.3 else "",
            made.choice(_NOTES) if made.random() < 0.4 else "",
            f"order-{index:08d}",
        )


def _name(made: random.Random) -> str:
    return f"{made.choice(_GIVEN)} {made.choice(_FAMILY)}".strip()


def write_recipients(path: Path, campaign: Campaign, number: int) -> None:
    """A CSV file with the columns that a campaign reads."""
    wanted = [COLUMNS.index(name) for name in ("phone", *campaign.variables, "id")]
    with path.open("w", encoding="utf-8-sig" if campaign.marked else "utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([COLUMNS[index] for index in wanted])
        writer.writerows([row[index] for index in wanted] for row in rows(number))
