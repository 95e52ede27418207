"""Length-preserving masks: a text is changed so that a parser gets past it, while every offset stays what it was.

Characters that mean structure are replaced with private stand-ins and come back in values; what can't be used is blanked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import islice

from msgspec_tool.errors import UnreadableError
from msgspec_tool.source.text import SourceFile, Span

BOM = "\ufeff"
_STRUCTURE = "{}[],:#&*!|>'\"%@`\\?-"
_FOREIGN_BREAKS = "\x85\u2028\u2029"
_PRIVATE = range(0xF0000, 0xFFFFE)
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_PRIVATE_CHARACTER = "[\U000f0000-\U000ffffd]"
_HIDDEN_BEFORE_PARSING = f"[{_FOREIGN_BREAKS}{BOM}]"
UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow anywhere: C0 and C1 controls, DEL, surrogates, U+FFFE and U+FFFF."""
_READABLE_ASCII = bytes((9, 10, 13, *range(0x20, 0x7F)))


def unreadable(text: str, most: int) -> list[int]:
    """Offsets of the first characters that YAML does not allow, at most so many."""
    # what is left is nothing of most files, and little of the others
    left = text.encode("utf-8", "surrogatepass").translate(None, _READABLE_ASCII)
    if not left or UNREADABLE.search(left.decode("utf-8", "surrogatepass")) is None:
        return []
    return [found.start() for found in islice(UNREADABLE.finditer(text), most)]


class MaskedText:
    """A file's text as the parser sees it. ``text`` always has the file's length."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.text = file.text
        self._stand_ins: dict[str, str] = {}
        self._originals: dict[int, str] = {}
        self._free: set[str] | None = None
        self._next = _PRIVATE.start
        if self.text.isascii():
            return
        if re.search(_PRIVATE_CHARACTER, file.text) is not None:
            self._free = set(file.text)
        if self.text.startswith(BOM):
            # A line break in its place keeps both the offsets and the first line's indentation.
            self.text = "\n" + self.text[1:]
        # libyaml still takes these for line breaks, and drops a BOM; YAML 1.2 reads them as content.
        self.text = re.sub(_HIDDEN_BEFORE_PARSING, lambda found: self._stand_in(found[0]), self.text)

    def _stand_in(self, char: str) -> str:
        known = self._stand_ins.get(char)
        if known is not None:
            return known
        while self._free is not None and chr(self._next) in self._free:
            self._next += 1
        if self._next not in _PRIVATE:
            raise UnreadableError(
                "the file uses every private Unicode character; none is left to work with", path=self.file.path, reason="limit"
            )
        made = chr(self._next)
        self._next += 1
        self._stand_ins[char] = made
        self._originals[ord(made)] = char
        return made

    def replace(self, start: int, text: str) -> None:
        """Put ``text`` in place of as many characters."""
        self.text = self.text[:start] + text + self.text[start + len(text) :]

    def hide(self, start: int, end: int) -> None:
        """Make the characters that mean structure in ``[start, end)`` mean nothing; :meth:`restore` brings them back."""
        self.replace(start, self._hidden(start, end))

    def hide_all(self, spans: Iterable[Span]) -> None:
        """:meth:`hide` for many places at once; they may not overlap."""
        parts = []
        at = 0
        for start, end in sorted(spans):
            parts += [self.text[at:start], self._hidden(start, end)]
            at = end
        self.text = "".join([*parts, self.text[at:]])

    def _hidden(self, start: int, end: int) -> str:
        return "".join(self._stand_in(char) if char in _STRUCTURE else char for char in self.text[start:end])

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins; masks never move a line."""
        return self._line_starts[bisect_right(self._line_starts, offset) - 1]

    def blank(self, start: int, end: int) -> None:
        """Take ``[start, end)`` out; line breaks stay."""
        self.replace(start, "".join(char if char in "\r\n" else " " for char in self.text[start:end]))

    @property
    def untouched(self) -> bool:
        """Whether every value is what its author wrote: nothing is hidden."""
        return not self._originals

    def restore(self, value: str) -> str:
        """A value of the masked text as its author wrote it."""
        return value.translate(self._originals) if self._originals else value
