"""Whether a spec that did not change reads a partial that did: found without parsing, and never wrongly denied.

Templates name partials by constant texts. Where a file's characters leave a name in doubt, the answer is that it may.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache

from msgspec_tool.review.standing import Now, Then

_OPENING = re.compile(r"\{%[-+]?\s{0,20}(?:include|import|from|extends)\b")
_TAG = re.compile(_OPENING.pattern + r"(.{0,300}?)%\}", re.DOTALL)
_NAME = re.compile(r"""\s*(\\?"|''|')(?P<name>[^"'\\]*)\1\s*(?:[-+]?\Z|(?:ignore|with|without|as|import)\b)""", re.DOTALL)
_ESCAPES = re.compile(r"\\(?:[xuU]|\r?\n)")
"""In double quotes of YAML they can stand for any character, also for those of a tag."""
_WORD = re.compile(r"""[^\s"'{},:\[\]]+""")
_FROM = re.compile(r"""from["']?\s{0,20}:\s{0,20}["']?([^"'\n]{1,255})""")
_DATA = (".csv", ".jsonl", ".ndjson", ".parquet")


def asked_names(text: str) -> frozenset[str] | None:
    """The names of partials that a spec or a partial asks for; None where they can't be told from its characters."""
    if _ESCAPES.search(text):
        return None
    asked = [_NAME.match(tag[1]) for tag in _TAG.finditer(text)]
    names = frozenset(found["name"] for found in asked if found is not None and "\n" not in found["name"])
    known = sum(found is not None and found["name"] in names for found in asked)
    return names if known == sum(1 for _tag in _OPENING.finditer(text)) else None


def recipients_names(text: str) -> frozenset[str]:
    """What may be the name of a file of recipients in a spec."""
    if not any(ending in text.lower() for ending in _DATA):
        return frozenset()
    words = (*_WORD.findall(text), *(rest.strip() for rest in _FROM.findall(text)))
    return frozenset(word for word in words if word.lower().endswith(_DATA))


class PartialChanges:
    """Partials of one project that differ between the two sides, as a spec in one folder sees them."""

    def __init__(self, then: Then, now: Now, folders: tuple[str, ...]) -> None:
        """``folders`` are where names are looked for, in this order: paths from the repository's root."""
        self._then = then
        self._now = now
        self._folders = folders
        self._differs = lru_cache(maxsize=None)(self._compared)

    def touch(self, text: str) -> bool:
        """Whether a spec of this text may read a partial that differs."""
        pending = [text]
        seen: set[str] = set()
        while pending:
            names = asked_names(pending.pop())
            if names is None:
                return True
            for name in names - seen:
                seen.add(name)
                differs, found = self._differs(name)
                if differs:
                    return True
                pending += [found] if found else []
        return False

    def _compared(self, name: str) -> tuple[bool, str]:
        """Whether a name means other bytes on both sides, and the text of the partial."""
        for folder in self._folders:
            path = os.path.normpath(os.path.join(folder, name))
            before, after = self._then.digest(path), self._now.digest(path)
            if before != after:
                return True, ""
            if after is not None:
                return False, self._now.text(path)
        return False, ""
