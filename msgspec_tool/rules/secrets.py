"""SEC: what must never stand in a repository."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from msgspec_tool.diagnostics import Finding, Subject, rule
from msgspec_tool.model import FileSet, RequestBody, ShapedSpec, ShapeProblem, ShapeProblemKind
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown

_UUID = r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b"
_UUID_LENGTH = 36
_JWT = r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"
_BEARER = r"(?i)\bBearer\s+[A-Za-z0-9._~+/-]{16,}=*"
_ASSIGNED = r"(?i)\b(?:pass(?:word|wd)|secret|api[_-]?key|service[_-]?key|access[_-]?token)\s*[=:]\s*[^\s{&]{6,}"
_KEY_NAME = re.compile(r"(?:^|[_-])(?:key|servicekey|apikey|secret|token|password|authorization)$", re.IGNORECASE)
_FIELD = (
    r"(?i)(?:proxy-)?authorization|(?:x-)?(?:api|service|access|auth|subscription)-?(?:key|token|secret)|bearer(?:-?token)?"
    r"|(?:client-?)?secret|passw(?:or)?d|jwt|key|token"
)
_HOLDERS = frozenset(("headers", "header", "auth", "authentication", "credentials"))
_PLACEHOLDER = r"(?i)[<$*%]|(?:x+|\.+|changeme|todo|none)\Z"
_OPAQUE = r"(?a)(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9._~+/=-]{16,}\Z"
_NAME_OF_SECRET = re.compile(r"(?:^|[_-])(?:key|secret|token|password|authorization)\Z", re.IGNORECASE)
_HELP = "revoke it and remove it; key_env in msgspec.yaml names the environment variable that holds the new one"

_KINDS: tuple[tuple[Callable[[str], bool], str, str], ...] = (
    (lambda text: "eyJ" in text, _JWT, "a JSON Web Token"),
    (lambda text: "bearer" in text.lower(), _BEARER, "a bearer token"),
    (lambda text: "=" in text or ":" in text, _ASSIGNED, "a password or key"),
)
"""What a text must hold at least, what is looked for in it, and what that is called."""


_WORDS = ("eyj", "bearer", "passw", "secret", "key", "token")
"""Small letters that stand in every text that looks like a credential by itself."""
_WORDS_OF_FILES = (*_WORDS, "authorization")
"""Those, and what stands in the names of fields with keys."""


def _holds_one(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


@lru_cache(maxsize=1024)
def _names_a_key(name: str) -> bool:
    return _KEY_NAME.search(name) is not None and name not in ("collapse_key", "collapsekey")


@rule("SEC901", "hardcoded-secret", Subject.SHAPED)
def hardcoded_secret(spec: ShapedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A service key, token or password stands in the spec.

    What: A value looks like a service key under a name such as ``key``, like a bearer token, a JSON Web Token, or
        ``password=…``. The value is never repeated.
    Why: Whoever can read the repository can send in your name; keys belong in the environment (``key_env``).
    Bad:
        callbackData: "key=x&apikey=9f8a7c6e-0000-4000-8000-1234567890ab"
    Good:
        callbackData: "campaign=spring"
    """
    misplaced = {field.path for problem in spec.problems for field in credentials(problem)}
    for field in _suspects(spec.root):
        found = secret_in(field) if field.path not in misplaced else None
        if found is not None:
            start, end, kind = found
            yield Finding(
                field.file,
                field.text_span(start, end),
                f"this looks like {kind}",
                field.path,
                help=_HELP,
                secret=True,
            )


def _suspects(root: Field) -> Iterable[Field]:
    """The fields of which one could hold a credential; most documents have none."""
    file = root.file.text
    # without escapes the words of values and keys stand in the file as they are
    if file.isascii() and "\\" not in file and not _holds_one(file.lower(), _WORDS_OF_FILES):
        return ()
    texts = "\0".join([field.value for field in root.strings()])
    if isinstance(root.value, str) or not texts.isascii() or _holds_one(texts.lower(), _WORDS):
        return root.walk()
    return [field for field in root.strings() if len(field.value) >= _UUID_LENGTH and field.value.count("-") >= 4]


def secret_in(field: Field) -> tuple[int, int, str] | None:
    """What a value holds that looks like a credential: where it begins and ends in the text, and its kind."""
    value = field.value
    if not isinstance(value, str):
        return None
    for mark, pattern, kind in _KINDS:
        found = re.search(pattern, value) if mark(value) else None
        if found:
            return found.start(), found.end(), kind
    key = next((part for part in reversed(field.path) if part.__class__ is str), "")
    if _names_a_key(str(key)):
        found = re.search(_UUID, value) if len(value) >= _UUID_LENGTH else None
        if found:
            return found.start(), found.end(), "a service key"
    return None


def _in_project_file(files: FileSet, _context: RuleContext) -> Iterator[Finding]:
    for field in files.settings.walk() if files.settings is not None else ():
        found = secret_in(field)
        name = str(field.path[-1]) if field.path else ""
        if found is None and _NAME_OF_SECRET.search(name) and isinstance(field.value, str) and re.match(_OPAQUE, field.value):
            found = 0, len(field.value), "a key or a token"
        if found is not None:
            start, end, kind = found
            span = field.text_span(start, end)
            help = "revoke it and take it out: key_env names the environment variable that holds the new one"
            yield Finding(field.file, span, f"this looks like {kind}", field.path, help=help, secret=True)


@rule("SEC902", "literal-credential-header", Subject.SHAPE, across=_in_project_file)
def literal_credential_header(shape: ShapedSpec | RequestBody, _context: RuleContext) -> Iterator[Finding]:
    """A field for a key, a token or a header with credentials.

    What: A spec or a request body has a field such as ``key``, ``Authorization`` or ``headers`` with a literal value; or a value
        of the project file looks like a service key, a token or a password. The value is never repeated.
    Why: The request's headers carry the key, and the program adds them; what stands in a repository is read by whoever reads it.
    Bad:
        key: 4f1c9a70d2b84c2f9d11a6e3
    Good:
        notifyurlAuthId: receipts
    """
    for problem in shape.problems:
        for field in credentials(problem):
            message = f"'{shown(str(field.path[-1]))}' holds a credential, and no message has a place for one"
            yield Finding(field.file, field.span, message, field.path, help=_HELP, secret=True)


def credentials(problem: ShapeProblem) -> Iterator[Field]:
    """The fields with credentials that a field nobody knows is, or holds."""
    field = problem.field
    if problem.kind is not ShapeProblemKind.UNKNOWN:
        return
    if _is_credential(field):
        yield field
    elif problem.name.lower() in _HOLDERS:
        yield from (member for member in field.walk() if _is_credential(member))


def _is_credential(field: Field) -> bool:
    name = str(field.path[-1]).replace("_", "-") if field.path else ""
    text = field.value if isinstance(field.value, str) else ""
    return bool(re.fullmatch(_FIELD, name)) and len(text) >= 6 and not field.templated and not re.match(_PLACEHOLDER, text)
