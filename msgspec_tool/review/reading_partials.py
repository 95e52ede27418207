"""Whether a spec that did not change reads a partial that did: found without parsing, and never wrongly denied.

Templates name partials by constant texts. Where a file's characters leave a name in doubt, the answer is that it may.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec_tool.review.standing import Now, Then

_TAG = re.compile(r"\{%[-+]?\s{0,40}(?P<word>[a-z]*)(?P<next>.?)", re.DOTALL)
_ASKING = frozenset({"include", "import", "from", "extends"})
_END = re.compile(r"(.{0,300}?)%\}", re.DOTALL)
_NAME = re.compile(r"""\s*(\\?"|''|')(?P<name>[^"'\\\n]*)\1\s*(?:[-+]?\Z|(?:ignore|with|without|as|import)\b)""", re.DOTALL)
_ESCAPES = re.compile(r"\\(?:x[0-7]|u00[0-7]|U000000[0-7]|\r?\n)")
"""In double quotes of YAML: they can stand for the characters of a tag."""
_DATA = re.compile(r"\.(?:csv|jsonl|ndjson|parquet)\b", re.IGNORECASE)
_BEFORE = re.compile(r"""[\s"'{},:\[\]]""")
_LONGEST_NAME = 255


def asked_names(text: str) -> frozenset[str] | None:
    """The names of partials that a spec or a partial asks for; None where they can't be told from its characters."""
    if _ESCAPES.search(text):
        return None
    names = set()
    for tag in _TAG.finditer(text):
        if not tag["word"] and (tag["next"] == "\\" or tag["next"].isspace()):
            return None
        if tag["word"] in _ASKING:
            rest = _END.match(text, tag.end("word"))
            found = _NAME.match(rest[1]) if rest is not None else None
            if found is None:
                return None
            names.add(found["name"])
    return frozenset(names)


def recipients_names(text: str) -> Iterator[str]:
    """What may be the name of a file of recipients in a spec."""
    for ending in _DATA.finditer(text):
        before = text[max(0, ending.start() - _LONGEST_NAME) : ending.start()]
        yield f"{_BEFORE.split(before)[-1]}{ending[0]}"
        # a name with blanks in it
        written = before.rpartition("\n")[2].rpartition("from")[2].lstrip("\"' \t:")
        yield f"{written}{ending[0]}"


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
