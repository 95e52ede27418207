"""Campaigns to measure: a spec, its template as somebody else would write it, and recipients made by a seeded generator."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("phone", "first_name", "order_id", "eta", "total", "items", "id")

_NAMES = ("Asha", "Ben", "Chloe", "Dev", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kofi", "Lena", "Mina", "Noor", "Oskar", "Priya")
_MIXED = (
    "Zoé",
    "O'Brien",
    'Dwayne "Rock" J.',
    "José, Jr.",
    "नेहा",
    "王芳",
    "Łukasz",
    "Ольга",
    "אסתר",
    "😀 Sam",
    "two\nlines",
    "back\\slash",
)

_DECLARED = {
    "first_name": "{type: string, maxLength: 20, minLength: 1, charset: gsm7, examples: [Asha]}",
    "order_id": '{type: string, pattern: "^[A-Z0-9]{8}$", examples: [NL24K7QX]}',
    "eta": "{type: string, maxLength: 12, minLength: 1, charset: gsm7, examples: [3 March]}",
    "total": "{type: number, minimum: 0, maximum: 100000, examples: [12.50]}",
    "items": "{type: array, items: {type: string, maxLength: 20}, maxItems: 5, examples: [[tea]]}",
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
}


def rows(number: int, *, mixed: bool = False, seed: int = 5) -> Iterator[tuple[str, ...]]:
    """Recipients, the same for the same seed; ``mixed`` ones have names of many scripts, quotes and line breaks inside."""
    made = random.Random(seed)
    names = (*_NAMES, *_MIXED) if mixed else _NAMES
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    goods = ("tea", "coffee", "cups", "honey", "jam")
    for index in range(number):
        order = "".join(made.choices(letters, k=8))
        items = json.dumps(made.choices(goods, k=made.randint(1, 4)))
        total = f"{made.randint(100, 99999) / 100:.2f}"
        yield (
            f"+4477009{index % 100_000:05d}",
            made.choice(names),
            order,
            f"{made.randint(1, 28)} March",
            total,
            items,
            f"order-{index:08d}",
        )


def write_recipients(path: Path, campaign: Campaign, number: int, *, mixed: bool = False) -> None:
    """A CSV file with the columns that a campaign reads."""
    wanted = [COLUMNS.index(name) for name in ("phone", *campaign.variables, "id")]
    with path.open("w", encoding="utf-8-sig" if mixed else "utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([COLUMNS[index] for index in wanted])
        writer.writerows([row[index] for index in wanted] for row in rows(number, mixed=mixed))
