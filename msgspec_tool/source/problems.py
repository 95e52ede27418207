"""What a reader met while reading: facts with places, which the YML and JSN rules turn into findings."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from msgspec_tool.source.document import Path
from msgspec_tool.source.text import Span


class SourceProblemKind(Enum):
    """One kind a rule of the YML and JSN families."""

    SYNTAX = "yaml-syntax"
    DUPLICATE_KEY = "duplicate-key"
    UNQUOTED_TEMPLATE = "unquoted-template"
    ALIAS = "alias-misuse"
    DOCUMENT = "bad-document"
    JSON = "invalid-json"


class SourceProblem(NamedTuple):
    """``edits`` are (span, new text) pairs of a safe mend; ``serious`` is False where the file can be used as it is."""

    kind: SourceProblemKind
    span: Span
    message: str
    path: Path | None = None
    related: tuple[tuple[str, Span], ...] = ()
    help: str | None = None
    edits: tuple[tuple[Span, str], ...] = ()
    edit_description: str = ""
    serious: bool = True
