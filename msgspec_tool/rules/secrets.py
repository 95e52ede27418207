"""SEC: what must never stand in a repository."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec_tool.diagnostics import Finding, Subject, rule
from msgspec_tool.model import ShapedSpec
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field

_UUID = re.compile(r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b")
_TOKEN = re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}")
_BEARER = re.compile(r"\bBearer\s+[A-Za-z0-9._~+/-]{16,}=*", re.IGNORECASE)
_ASSIGNED = re.compile(r"\b(?:pass(?:word|wd)|secret|api[_-]?key|service[_-]?key|access[_-]?token)\s*[=:]\s*[^\s{&]{6,}", re.IGNORECASE)
_KEY_NAME = re.compile(r"(?:^|[_-])(?:key|servicekey|apikey|secret|token|password|authorization)$", re.IGNORECASE)
_KINDS = ((_TOKEN, "a JSON Web Token"), (_BEARER, "a bearer token"), (_ASSIGNED, "a password or key"))


@rule("SEC901", "hardcoded-secret", Subject.SHAPED)
def hardcoded_secret(spec: ShapedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A service key, token or password stands in the spec.

    What: A value looks like a service key under a name such as ``key``, like a bearer token, a JSON Web Token, or
        ``password=…``. The value is never repeated.
    Why: Whoever can read the repository can send in your name; keys belong into the environment (``key_env``).
    Bad:
        callbackData: "key=x&apikey=9f8a7c6e-0000-4000-8000-1234567890ab"
    Good:
        callbackData: "campaign=spring"
    """
    for field in spec.root.walk():
        found = _secret(field)
        if found is not None:
            start, end, kind = found
            yield Finding(
                field.file,
                field.text_span(start, end),
                f"this looks like {kind}",
                field.path,
                help="revoke it and remove it; key_env in msgspec.yaml names the environment variable that holds the new one",
            )


def _secret(field: Field) -> tuple[int, int, str] | None:
    value = field.value
    if not isinstance(value, str):
        return None
    for pattern, kind in _KINDS:
        found = pattern.search(value)
        if found:
            return found.start(), found.end(), kind
    key = next((part for part in reversed(field.path) if isinstance(part, str)), "")
    if _KEY_NAME.search(key) and key not in ("collapse_key", "collapsekey"):
        found = _UUID.search(value)
        if found:
            return found.start(), found.end(), "a service key"
    return None
