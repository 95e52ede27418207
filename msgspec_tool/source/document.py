"""A document: plain data whose every part knows where it was written.

Two readers make documents (:mod:`.yaml_reader`, :mod:`.json_reader`); everything above them knows only this protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, Final, NamedTuple, Protocol, TypeVar

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


class Comment(NamedTuple):
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


_Answer = TypeVar("_Answer")
_NO_MEMBERS: dict[str | int, Field] = {}


class Field:
    """A value with its place: the handle by which everything above reads a document. Text never travels without it.

    Its members are made when they are first asked for, and kept: many rules walk over one document. Not to be changed.
    """

    __slots__ = ("_answers", "_below", "_members", "document", "path", "value")

    def __init__(self, document: Document, path: Path, value: Plain) -> None:
        self.document: Final = document
        self.path: Final = path
        self.value: Final = value
        self._members: dict[str | int, Field] | None = None
        self._below: tuple[Field, ...] | None = None
        self._answers: dict[Any, Any] | None = None

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not Field:
            return NotImplemented
        return (self.path, self.document, self.value) == (other.path, other.document, other.value)

    def __hash__(self) -> int:
        return hash((self.document, self.path, self.value))

    def __repr__(self) -> str:
        return f"Field(path={self.path!r}, value={self.value!r})"

    def _made(self) -> dict[str | int, Field]:
        """The members by key or index; none of what has no members."""
        members = self._members
        if members is None:
            value, document, path = self.value, self.document, self.path
            if isinstance(value, dict):
                members = {key: Field(document, (*path, key), member) for key, member in value.items()}
            elif isinstance(value, list):
                members = {index: Field(document, (*path, index), member) for index, member in enumerate(value)}
            else:
                return _NO_MEMBERS
            self._members = members
        return members

    def get(self, key: str | int) -> Field | None:
        """The member of a mapping or list; None where it is absent or this is neither."""
        return self._made().get(key)

    def find(self, *path: str | int) -> Field | None:
        """:meth:`get`, several steps deep."""
        found: Field | None = self
        for key in path:
            if found is None:
                return None
            found = found.get(key)
        return found

    def items(self) -> Iterable[tuple[str, Field]]:
        """Keys and members of a mapping, in written order; nothing for anything else."""
        return self._made().items() if isinstance(self.value, dict) else ()  # type: ignore[return-value]

    def elements(self) -> Iterable[Field]:
        """The members of a list; nothing for anything else."""
        return self._made().values() if isinstance(self.value, list) else ()

    def walk(self) -> Iterable[Field]:
        """The value and everything below it, parents first."""
        return chain((self,), self.below()) if isinstance(self.value, (dict, list)) else (self,)

    def below(self) -> tuple[Field, ...]:
        """Everything below the value, parents first."""
        if self._below is None:
            # without itself: what holds itself is not taken away where nobody collects garbage
            found: list[Field] = []
            for member in self._made().values():
                found.append(member)
                if member.value.__class__ is dict or member.value.__class__ is list:
                    found += member.below()
            self._below = tuple(found)
        return self._below

    def once(self, question: Callable[[Field], _Answer]) -> _Answer:
        """The answer to a question about what stands below, worked out when it is first asked: many rules ask the same.

        An answer may hold no field but those below.
        """
        if self._answers is None:
            self._answers = {}
        if question not in self._answers:
            self._answers[question] = question(self)
        found: _Answer = self._answers[question]
        return found

    def strings(self) -> tuple[Field, ...]:
        """The strings below the value, in the order of :meth:`below`."""
        return self.once(_strings)

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
        return isinstance(value, str) and "{" in value and ("{{" in value or "{%" in value or "{#" in value) and self.document.templated


def _strings(field: Field) -> tuple[Field, ...]:
    return tuple([one for one in field.below() if isinstance(one.value, str)])
