"""A document: plain data whose every part knows where it was written.

Two readers make documents (:mod:`.yaml_reader`, :mod:`.json_reader`); everything above them knows only this protocol.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from msgspec_tool.deferred import dataclass
from msgspec_tool.source.text import SourceFile, Span

Plain = Any
"""``None | bool | int | float | str | list[Plain] | dict[str, Plain]``; dates stay text, keys are always text."""

Path = tuple[str | int, ...]
"""Where a value stands in the data: mapping keys and list indexes from the root."""


class Document(Protocol):
    """Read-only view of a parsed file. A path that does not exist answers for its nearest existing ancestor."""

    @property
    def file(self) -> SourceFile: ...

    @property
    def value(self) -> Plain: ...

    @property
    def templated(self) -> bool:
        """Whether strings are Jinja templates (a spec) or final text (a request body)."""
        ...

    def span(self, path: Path) -> Span:
        """The value's characters, properties (anchor, tag) left out; a block scalar from its indicator to its last content character.

        For a value that is an alias: the alias itself (``*name``).
        """
        ...

    def key_span(self, path: Path) -> Span:
        """The characters of the key under which a value stands; for a list item (or the root) the value's own span."""
        ...

    def text_span(self, path: Path, start: int, end: int) -> Span:
        """File span of the characters ``[start, end)`` of a string value; the whole value where that is not known for sure."""
        ...

    def lexeme(self, path: Path) -> str:
        """The scalar as its author wrote it, quotes included (``+447700900123``, ``"4"``)."""
        ...

    def style(self, path: Path) -> str:
        """``plain``, ``single``, ``double``, ``literal``, ``folded`` for scalars; ``flow`` or ``block`` for collections."""
        ...


@dataclass(frozen=True)
class Comment:
    """A YAML comment with its place: ``text`` from ``#`` to the end of the line."""

    span: Span
    text: str
    alone: bool
    """Nothing but blanks stands before it on its line."""


def pointer(path: Path) -> str:
    """A path as a JSON Pointer (RFC 6901); the root is ``""``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def at(value: Plain, path: Path) -> Plain:
    """The part of plain data at a path; ``KeyError``, ``IndexError`` or ``TypeError`` where there is none."""
    for part in path:
        value = value[part]
    return value


@dataclass(frozen=True, slots=True)
class Field:
    """A value with its place: the handle by which everything above reads a document. Text never travels without it."""

    document: Document
    path: Path
    value: Plain

    def get(self, key: str | int) -> Field | None:
        """The member of a mapping or list; None where it is absent or this is neither."""
        value = self.value
        if isinstance(value, dict):
            return Field(self.document, (*self.path, key), value[key]) if key in value else None
        if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            return Field(self.document, (*self.path, key), value[key])
        return None

    def find(self, *path: str | int) -> Field | None:
        """:meth:`get`, several steps deep."""
        found: Field | None = self
        for key in path:
            if found is None:
                return None
            found = found.get(key)
        return found

    def items(self) -> Iterator[tuple[str, Field]]:
        """Keys and members of a mapping, in written order; nothing for anything else."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Field(self.document, (*self.path, key), value)

    def elements(self) -> Iterator[Field]:
        """The members of a list; nothing for anything else."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Field(self.document, (*self.path, index), value)

    def walk(self) -> Iterator[Field]:
        """The value and everything below it, parents first."""
        document, pending = self.document, [self]
        while pending:
            field = pending.pop()
            yield field
            value, path = field.value, field.path
            if isinstance(value, dict):
                pending += [Field(document, (*path, key), member) for key, member in reversed(value.items())]
            elif isinstance(value, list):
                pending += [Field(document, (*path, index), value[index]) for index in range(len(value) - 1, -1, -1)]

    @property
    def file(self) -> SourceFile:
        return self.document.file

    @property
    def span(self) -> Span:
        return self.document.span(self.path)

    @property
    def key_span(self) -> Span:
        return self.document.key_span(self.path)

    @property
    def lexeme(self) -> str:
        return self.document.lexeme(self.path)

    def text_span(self, start: int, end: int) -> Span:
        """File span of characters ``[start, end)`` of this string value."""
        return self.document.text_span(self.path, start, end)

    @property
    def templated(self) -> bool:
        """A string that Jinja would change: only in documents whose strings are templates."""
        value = self.value
        return isinstance(value, str) and self.document.templated and ("{{" in value or "{%" in value or "{#" in value)
