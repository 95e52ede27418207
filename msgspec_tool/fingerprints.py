"""What a finding is known by when lines move: its rule, its file, its place in the data, what it names and the text it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256

from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.source.document import Path, pointer


def fingerprints(diagnostics: Sequence[Diagnostic], named: Callable[[str], str] = str) -> tuple[str, ...]:
    """For each diagnostic 64 hexadecimal digits; of several alike each has its own, in order.

    Neither lines nor positions in lists are part of it, nor figures and suggestions of the message: what changes around a
    finding leaves it the same. ``named`` gives the name of a file for a path, where it is to be the same from every folder.
    """
    seen: Counter[str] = Counter()
    found = []
    for one in diagnostics:
        finding = one.finding
        place = pointer(_everywhere(finding.path or ()))
        key = "\0".join((one.rule.code, named(finding.file.path), place, *_quoted(finding.message), finding.file.slice(finding.span)))
        seen[key] += 1
        found.append(sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest())
    return tuple(found)


_SUGGESTION = "; did you mean "
_QUOTED = re.compile(r"'([^']*)'")


def _quoted(message: str) -> list[str]:
    """The words of the author that a message is about: of two findings at one place they tell which is which."""
    return _QUOTED.findall(message.partition(_SUGGESTION)[0])


def _everywhere(path: Path) -> Path:
    """A path through any element of its lists."""
    return tuple("*" if isinstance(part, int) else part for part in path)
