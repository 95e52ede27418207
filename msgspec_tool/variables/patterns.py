"""What a ``pattern`` says of the texts that have it: lengths, characters, and texts that are examples.

The part of RE2's syntax that people write for ids is understood: characters, classes, groups, alternatives, counts. Of any
other pattern nothing is known, and nothing is guessed.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from math import inf
from typing import NamedTuple

from msgspec_tool.domain import texts
from msgspec_tool.domain.characters import BASIC, CLASSES, EXTENSION, PLAIN, REPRESENTATIVES, VISIBLE, class_of
from msgspec_tool.domain.texts import Text
from msgspec_tool.variables.keywords import compile_pattern

MOST_PATTERN = 500
"""Characters of a pattern that is looked at."""

MOST_LISTED = 16
"""Characters of a class that are known one by one."""

MOST_EXAMPLE = 10_000
"""Characters that an endless part may give an example."""

_LAST = 0x10FFFF
_DIGITS = ((48, 57),)
_WORD = ((48, 57), (65, 90), (95, 95), (97, 122))
_BLANKS = ((9, 10), (12, 13), (32, 32))
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_NAMED = {"d": _DIGITS, "w": _WORD, "s": _BLANKS}
_BORDERS = ((0x80, 0x7FF), (0x800, 0xFFFF), (0x10000, _LAST))

Ranges = tuple[tuple[int, int], ...]

SPACES: Ranges = (
    *((0x09, 0x0D), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)),
)
"""White space, as ``str.isspace`` has it."""


class _NotUnderstoodError(Exception):
    """The pattern holds something that is not read here."""


class Characters(NamedTuple):
    """One character out of some ranges."""

    ranges: Ranges

    def holds(self, char: str) -> bool:
        """Whether it may be this character."""
        return any(first <= ord(char) <= last for first, last in self.ranges)

    @property
    def holds_space(self) -> bool:
        """Whether it may be white space."""
        return any(first <= last_space and first_space <= last for first, last in self.ranges for first_space, last_space in SPACES)

    @property
    def classes(self) -> int:
        """The classes of characters that it may be."""
        found = 0
        for char in (*BASIC, *EXTENSION, *map(chr, range(0x80))):
            if self.holds(char):
                found |= class_of(char)
        for border in _BORDERS:
            found |= self._beyond(*border)
        return found

    def _beyond(self, first: int, last: int) -> int:
        """The class of characters that GSM-7 lacks between two code points, where the ranges have one."""
        for low, high in self.ranges:
            for code in range(max(low, first), min(high, last) + 1):
                if chr(code) not in BASIC and chr(code) not in EXTENSION:
                    return class_of(chr(code))
        return 0

    def pick(self, classes: tuple[int, ...]) -> str:
        """A visible character, of the first of these classes that has one."""
        for kind in classes:
            likely = REPRESENTATIVES[kind]
            if self.holds(likely):
                return likely
            for low, high in self.ranges:
                for code in range(low, min(high, low + 200) + 1):
                    if class_of(chr(code)) == kind and not chr(code).isspace() and not 0xD800 <= code < 0xE000:
                        return chr(code)
        return chr(self.ranges[0][0])


class Sequence(NamedTuple):
    """One part after the other."""

    parts: tuple[Part, ...]


class Choice(NamedTuple):
    """One of several."""

    options: tuple[Part, ...]


class Repeat(NamedTuple):
    """A part, so many times."""

    part: Part
    least: int
    most: float


class Anchor(NamedTuple):
    """``^`` or ``$``."""

    start: bool


Part = Characters | Sequence | Choice | Repeat | Anchor


class _Reader:
    """Recursive descent over one pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise _NotUnderstoodError
        self.at += 1
        return char

    def accept(self, text: str) -> bool:
        found = self.pattern.startswith(text, self.at)
        self.at += len(text) if found else 0
        return found

    def choice(self) -> Part:
        options = [self.sequence()]
        while self.accept("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Part:
        parts: list[Part] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.quantified(self.atom()))
        return Sequence(tuple(parts))

    def atom(self) -> Part:
        char = self.take()
        if char == "(":
            return self.group()
        if char == "[":
            return self.set()
        if char == ".":
            return Characters(_complement(((10, 10),)))
        if char == "\\":
            return self.escape()
        if char in "^$":
            return Anchor(char == "^")
        if char in "*+?{":
            raise _NotUnderstoodError
        return Characters(((ord(char), ord(char)),))

    def group(self) -> Part:
        if self.accept("?P<") or self.accept("?<"):
            while self.take() != ">":
                pass
        elif not self.accept("?:") and self.peek() == "?":
            raise _NotUnderstoodError
        inside = self.choice()
        if not self.accept(")"):
            raise _NotUnderstoodError
        return inside

    def escape(self) -> Part:
        char = self.take()
        if char in "Az":
            return Anchor(char == "A")
        return Characters(self.escaped(char))

    def escaped(self, char: str) -> Ranges:
        if char.lower() in _NAMED:
            named = _NAMED[char.lower()]
            return named if char.islower() else _complement(named)
        if char.isalnum() and char not in _ESCAPES:
            raise _NotUnderstoodError
        code = ord(_ESCAPES.get(char, char))
        return ((code, code),)

    def set(self) -> Part:
        negated = self.accept("^")
        ranges: list[tuple[int, int]] = []
        while self.peek() != "]" or not ranges:
            ranges += self.member()
        self.take()
        found = _complement(tuple(ranges)) if negated else tuple(ranges)
        if not found:
            raise _NotUnderstoodError
        return Characters(found)

    def member(self) -> Ranges:
        char = self.take()
        if char == "[" and self.peek() == ":":
            raise _NotUnderstoodError
        named = char == "\\" and self.peek().lower() in tuple(_NAMED)
        first = self.escaped(self.take()) if char == "\\" else ((ord(char), ord(char)),)
        if named or self.peek() != "-" or self.pattern[self.at + 1 : self.at + 2] in ("]", ""):
            return first
        self.take()
        char = self.take()
        last = self.escaped(self.take()) if char == "\\" else ((ord(char), ord(char)),)
        if len(first) != 1 or len(last) != 1 or last[0][1] < first[0][0]:
            raise _NotUnderstoodError
        return ((first[0][0], last[0][1]),)

    def quantified(self, part: Part) -> Part:
        counts = {"*": (0, inf), "+": (1, inf), "?": (0, 1)}.get(self.peek())
        if counts is not None:
            self.take()
        elif self.peek() == "{":
            counts = self.braces()
        if counts is None:
            return part
        self.accept("?")
        if self.peek() in tuple("*+?{") or isinstance(part, Anchor):
            raise _NotUnderstoodError
        return Repeat(part, *counts)

    def braces(self) -> tuple[int, float]:
        self.take()
        inside, closing, _rest = self.pattern[self.at :].partition("}")
        least, comma, most = inside.partition(",")
        if not closing or not all(map(_is_count, (least, most or least))):
            raise _NotUnderstoodError
        self.at += len(inside) + 1
        return int(least), inf if comma and not most else int(most or least)


def _is_count(text: str) -> bool:
    """Whether RE2 reads it as a number: ``a{02}`` is text."""
    return text.isascii() and text.isdecimal() and (text == "0" or text[0] != "0")


def _complement(ranges: Ranges) -> Ranges:
    gaps, start = [], 0
    for first, last in sorted(ranges):
        if first > start:
            gaps.append((start, first - 1))
        start = max(start, last + 1)
    if start <= _LAST:
        gaps.append((start, _LAST))
    return tuple(gaps)


@lru_cache(maxsize=256)
def read_pattern(pattern: str) -> tuple[Part, ...] | None:
    """The alternatives of a pattern, each as its parts in order; None where the pattern is not understood."""
    if len(pattern) > MOST_PATTERN:
        return None
    reader = _Reader(pattern)
    try:
        # what RE2 refuses keeps no text out
        compile_pattern(pattern)
        whole = reader.choice()
    except (_NotUnderstoodError, RecursionError, ValueError):
        return None
    return None if reader.peek() else (whole.options if isinstance(whole, Choice) else (whole,))


@lru_cache(maxsize=256)
def pattern_text(pattern: str) -> Text:
    """Bounds of all texts in which the pattern is found; any text at all where it is not understood."""
    options = read_pattern(pattern)
    try:
        return reduce(texts.either, [_anchored(option) for option in options]) if options else texts.UNBOUNDED
    except (_NotUnderstoodError, RecursionError):
        return texts.UNBOUNDED


def _anchored(option: Part) -> Text:
    parts = option.parts if isinstance(option, Sequence) else (option,)
    starts = bool(parts) and isinstance(parts[0], Anchor) and parts[0].start
    ends = bool(parts) and isinstance(parts[-1], Anchor) and not parts[-1].start
    inner = _text(Sequence(parts[starts : len(parts) - ends]))
    before = texts.EMPTY if starts else texts.UNBOUNDED
    return texts.concat(texts.concat(before, inner), texts.EMPTY if ends else texts.UNBOUNDED)


def _text(part: Part) -> Text:
    if isinstance(part, Characters):
        return _character(part)
    if isinstance(part, Sequence):
        return reduce(texts.concat, map(_text, part.parts), texts.EMPTY)
    if isinstance(part, Choice):
        return reduce(texts.either, map(_text, part.options))
    if isinstance(part, Repeat):
        return texts.repeated(_text(part.part), part.least, part.most)
    raise _NotUnderstoodError


def _character(part: Characters) -> Text:
    count = sum(last - first + 1 for first, last in part.ranges)
    if count <= MOST_LISTED:
        return texts.exactly(chr(code) for first, last in part.ranges for code in range(first, last + 1))
    kinds = part.classes
    one_class = kinds if kinds in CLASSES else 0
    visible = VISIBLE if not part.holds_space else 0
    listed = (chr(code) for first, last in part.ranges for code in range(first, last + 1))
    known = frozenset(listed) if count <= texts.MOST_CHARACTERS else None
    return texts.bounded(1, 1, kinds | VISIBLE, one_class | visible, characters=known)


def example(pattern: str, *, longest: bool, classes: tuple[int, ...] = (PLAIN, *CLASSES), fill: int = 0) -> str | None:
    """A short or long text that has the pattern, of these classes by preference; ``fill`` is how often endless parts are repeated."""
    options = read_pattern(pattern)
    if not options:
        return None
    found = compile_pattern(pattern).search
    # a border inside a pattern can make what stands beside it impossible
    made = [one for one in (_example(option, longest, classes, fill) for option in options) if found(one)]
    return (max if longest else min)(made, key=len) if made else None


def _example(part: Part, longest: bool, classes: tuple[int, ...], fill: int) -> str:
    if isinstance(part, Characters):
        return part.pick(classes)
    if isinstance(part, Sequence):
        return "".join(_example(one, longest, classes, fill) for one in part.parts)
    if isinstance(part, Choice):
        return (max if longest else min)((_example(one, longest, classes, fill) for one in part.options), key=len)
    if isinstance(part, Repeat):
        one = _example(part.part, longest, classes, fill)
        wanted = part.least if not longest else fill if part.most == inf else int(part.most)
        return one * max(part.least, min(wanted, MOST_EXAMPLE // max(1, len(one))))
    return ""
