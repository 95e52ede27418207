"""Host names of URLs: those that nobody outside can reach, those that are reserved for examples, those that hide where a link goes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address

SHORTENERS = frozenset(
    (
        *("adf.ly", "bit.do", "bit.ly", "bitly.com", "bl.ink", "buff.ly", "clck.ru", "cutt.ly", "dub.sh", "goo.gl", "is.gd", "j.mp"),
        *("lnkd.in", "ow.ly", "qr.ae", "rb.gy", "rebrand.ly", "s.id", "short.io", "shorturl.at", "shorturl.com", "surl.li", "t.co"),
        *("t.ly", "t2m.io", "tiny.cc", "tiny.one", "tinyurl.com", "trib.al", "u.to", "urlz.fr", "v.gd", "x.gd"),
    )
)
"""Shorteners that anybody can use. Carriers block texts that hold them, and the platform names them as a cause of 7111."""

_EXAMPLES = ("example", "example.com", "example.net", "example.org", "test", "invalid")
_INSIDE = ("local", "localdomain", "internal", "intranet", "lan", "home.arpa", "corp")
_LETTER_SCRIPTS = r"(LATIN|CYRILLIC|GREEK|ARMENIAN|HEBREW|ARABIC|CHEROKEE|HIRAGANA|KATAKANA|HANGUL|CJK|THAI|DEVANAGARI)\b"


def belongs_to(host: str, domains: Iterable[str]) -> bool:
    """Whether a host is one of some domains, or below one."""
    name = host.lower().rstrip(".")
    return any(name == domain or name.endswith("." + domain) for domain in (one.lower().strip(".") for one in domains))


@lru_cache(maxsize=256)
def unreachable(host: str) -> str | None:
    """Why nobody outside reaches a host, as the end of a sentence; None where they may."""
    if belongs_to(host, ("localhost",)):
        return "is the machine that opens the link itself"
    if belongs_to(host, _EXAMPLES):
        return "is reserved for examples"
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        inside = belongs_to(host, _INSIDE) or "." not in host.rstrip(".")
        return "is a name of a private network" if inside else None
    if address.is_loopback or address.is_unspecified:
        return "is the machine that opens the link itself"
    return "is an address of a private network" if not address.is_global else None


def disguised(host: str) -> str | None:
    """What a host looks like while it is another: letters of several scripts in one name, or a name in Punycode; None for honest ones."""
    shown = ".".join(_decoded(label) for label in host.split("."))
    scripts = {found[1] for char in shown if char.isalpha() and (found := re.match(_LETTER_SCRIPTS, unicodedata.name(char, "")))}
    return shown if len(scripts) > 1 or shown != host else None


def _decoded(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
