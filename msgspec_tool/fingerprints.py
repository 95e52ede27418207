"""What a finding is known by when lines move: its rule, its file, its place in the data and the text that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.source.document import pointer


def fingerprints(diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    """For each diagnostic 64 hexadecimal digits; of several alike each has its own, in order."""
    seen: Counter[str] = Counter()
    found = []
    for one in diagnostics:
        finding = one.finding
        parts = (one.rule.code, finding.file.path, pointer(finding.path or ()), finding.file.slice(finding.span))
        key = "\0".join(parts)
        seen[key] += 1
        found.append(sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest())
    return tuple(found)
