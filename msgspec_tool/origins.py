"""Where a value of a rendered message comes from, as plain frozen data: what ``why`` found, and what reporters print."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec_tool.source.document import Plain
from msgspec_tool.source.text import SourceFile, Span


@dataclass(frozen=True)
class Written:
    """Characters of a file."""

    file: SourceFile
    span: Span


@dataclass(frozen=True)
class Datum:
    """What gave a name its value."""

    name: str
    """As templates write it: ``first_name``, ``env.senderid``."""
    kind: str
    """``sample``, ``destination``, ``row``, ``default``, ``missing``, ``environment`` or ``program``."""
    words: str
    """Who gave it: "sample 'typical'", "row 3, column 'city'"."""
    value: Plain
    shown: str
    """The value in words: text in quotes, of what is masked or has parts only the shape."""
    masked: bool = False
    """The value is a person's and stays out of every output."""
    place: Written | None = None
    """Where the value is written, where that is a file with places."""
    through: tuple[Datum, ...] = ()
    """What a template that gives the value reads in turn."""

    @property
    def personal(self) -> bool:
        """The value, or something that it is made from, is masked."""
        return self.masked or any(one.personal for one in self.through)


@dataclass(frozen=True)
class Print:
    """Neighbouring characters of a value that one place printed; of a value that is no text, its JSON."""

    start: int
    text: str
    place: Written
    """The literal characters, or the tag. Of a single character of literal text, that character."""
    tag: str | None = None
    """The tag as it is written; None for literal text."""
    reads: tuple[str, ...] = ()
    """The names that the tag reads, as it writes them."""
    data: tuple[Datum, ...] = ()
    """What brought the text: declared names, each with what gave it its value."""
    callers: tuple[Written, ...] = ()
    """The tags that this was printed through, innermost first."""

    @property
    def masked(self) -> bool:
        """The text holds something that is a person's and stays out of every output."""
        return any(one.personal for one in self.data)


@dataclass(frozen=True)
class Made:
    """A value that stands nowhere as it is: how the program made it, and from what."""

    words: str
    place: Written | None = None


@dataclass(frozen=True)
class Origin:
    """The answer to a question about one value of a message."""

    pointer: str
    """A JSON Pointer into the message object."""
    channel: str
    recipient: str
    """Whose message it is: "sample 'typical'", "row 3 of people.csv"."""
    length: int | None
    """Characters of a text; None for any other value."""
    prints: tuple[Print, ...] = ()
    """All of them in order, or the one that printed the character at ``offset``."""
    made: Made | None = None
    """None for what is printed or written."""
    offset: int | None = None
    character: str = ""
    """The character at ``offset``."""
