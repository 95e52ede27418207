"""What authors bring along from other languages, and how it is written here."""

from __future__ import annotations

import re
from typing import NamedTuple

TAGS = {
    **dict.fromkeys(("elseif", "elsif"), "elif"),
    **dict.fromkeys(("foreach", "each"), "for"),
    **dict.fromkeys(("endforeach", "endeach"), "endfor"),
    "endunless": "endif",
    **dict.fromkeys(("assign", "let", "var"), "set"),
}
"""Tags of other languages that have another name here."""

TAG_REMEDIES = {
    "unless": "write {% if not … %}",
    "switch": "write {% if … %} and {% elif … %}",
    "case": "write {% if … %} and {% elif … %}",
    "when": "write {% elif … %}",
    "while": "write {% for … in … %} over a list",
    "break": "loop over a part of the list: {% for item in items[:3] %}",
    "comment": "write {# … #}",
    "capture": "write {% set name %} … {% endset %}",
    "trans": "write the text itself; a message in another language is another text",
}
"""Tags of other languages that are written another way."""

FUNCTIONS = {
    **dict.fromkeys(("len", "size", "strlen"), "length"),
    **dict.fromkeys(("toUpperCase", "uppercase", "strtoupper"), "upper"),
    **dict.fromkeys(("toLowerCase", "lowercase", "strtolower"), "lower"),
    **dict.fromkeys(("toFixed", "toLocaleString"), "number"),
    **dict.fromkeys(("strftime", "toLocaleDateString", "isoformat"), "date"),
    "substring": "truncate",
    "str": "string",
}
"""Functions and members of other languages that are filters here."""

NOTHINGS = frozenset(("null", "nil", "NULL", "Null", "undefined", "nothing"))
"""Words of other languages for ``none``."""


class Sign(NamedTuple):
    """A sign that is nothing here: its place, what is wrong with it, and what to write."""

    start: int
    end: int
    message: str
    help: str


_FILTER_BEFORE = r"\|\s*(\w+)\s*\Z"
_SIGNS = (
    ("&&", "'&&' is no operator", "write 'and'"),
    ("&", "'&' is no operator", "write 'and'"),
    ("||", "'||' is no operator", "write 'or'"),
    ("===", "'===' is no operator", "write '=='"),
    ("!==", "'!==' is no operator", "write '!='"),
    ("<>", "'<>' is no operator", "write '!='"),
    ("++", "'++' is no operator", "count with {% set %}, or print loop.index"),
    ("+=", "'+=' is no operator", "write {% set name = name + 1 %}"),
    ("-=", "'-=' is no operator", "write {% set name = name - 1 %}"),
    ("->", "'->' is no operator", "write a dot"),
    ("?.", "'?.' is no operator", "write a dot; | default('…') covers what is missing"),
    ("??", "'??' is no operator", "write | default('…')"),
    ("?", "'?' is no operator", "write 'this if test else that'"),
    ("!", "'!' is no operator", "write 'not'"),
    ("$", "'$' is no part of a name", "write the name alone"),
    ("@", "'@' is no part of a name", "write the name alone"),
    (";", "';' ends nothing here", "remove it"),
)


def foreign_sign(source: str, start: int) -> Sign | None:
    """What a sign at ``start``, or around it, means in another language."""
    for sign, message, help in _SIGNS:
        for at in range(start, start - len(sign), -1):
            if at >= 0 and source.startswith(sign, at):
                return Sign(at, at + len(sign), message, help)
    if source.startswith("=", start) and source[start - 1 : start] not in ("=", "<", ">", "!") and source[start + 1 : start + 2] != "=":
        return Sign(start, start + 1, "'=' compares nothing", "compare with '=='")
    found = re.search(_FILTER_BEFORE, source[:start]) if source.startswith(":", start) else None
    if found:
        return Sign(start, start + 1, f"filter '{found[1]}' takes its arguments in parentheses", f"write {found[1]}(…)")
    return None
