"""JSON by RFC 8259 with places: request bodies that somebody else made.

Strict, with two exceptions that are reported and passed over, because the vendor's own samples have them: ``//`` comments
and trailing commas. Anything else ends the reading at its exact place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec_tool.errors import UnreadableError
from msgspec_tool.source.document import Document, Plain
from msgspec_tool.source.json_document import JsonDocument, JsonNode
from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.scalars import integer
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.source.yaml_guards import MAX_DEPTH, MAX_VALUES, too_deep, too_many

_SPACE = re.compile(r"[ \t\n\r]*")
_COMMENT = re.compile(r"//[^\r\n]*|/\*.*?(?:\*/|\Z)|#[^\r\n]*", re.DOTALL)
_STRING = re.compile(r'"([^"\\\x00-\x1f]*)')
_WHOLE_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_CHUNK = re.compile(r'[^"\\\x00-\x1f]+')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*|[-+.0-9][-+.0-9A-Za-z]*")
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_WORDS: dict[str, Plain] = {"true": True, "false": False, "null": None}
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_NEAR_WORDS = {"True": "true", "False": "false", "None": "null", "TRUE": "true", "FALSE": "false", "NULL": "null", "undefined": "null"}


@dataclass(frozen=True)
class JsonReading:
    """What a JSON file holds. ``document`` is None where it is not JSON; ``problems`` then say where and why."""

    document: Document | None
    problems: tuple[SourceProblem, ...] = ()


class _NotJsonError(Exception):
    """The place and the words of what ends the reading."""

    def __init__(self, start: int, end: int, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.span = Span(start, end)
        self.message = message
        self.help = help


def read_json(file: SourceFile) -> JsonReading:
    """Read a file. What is wrong with it is in ``problems``.

    Raises :class:`~msgspec_tool.errors.UnreadableError` for nesting or a number of values over the limit (``too-deep``, ``limit``).
    """
    parser = _Parser(file)
    try:
        root = parser.parse()
    except _NotJsonError as fault:
        problem = SourceProblem(SourceProblemKind.JSON, _inside(file, fault.span), fault.message, help=fault.help)
        return JsonReading(None, (*parser.problems, problem))
    return JsonReading(JsonDocument(file, root), tuple(parser.problems))


def _inside(file: SourceFile, span: Span) -> Span:
    size = len(file.text)
    return Span(min(span.start, max(size - 1, 0)), min(max(span.end, span.start), size))


class _Open:
    """A collection that is being read: its node, and for an object the key whose value comes next."""

    __slots__ = ("key", "node")

    def __init__(self, node: JsonNode) -> None:
        self.node = node
        self.key: tuple[str, Span] | None = None


class _Parser:
    """Reads without recursion, so that depth is a limit and never a crash."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._text = file.text
        self._at = 0
        self._values = 0
        self.problems: list[SourceProblem] = []

    def parse(self) -> JsonNode:
        if self._text.startswith("\ufeff"):
            self._at = 1
            self._report(
                Span(0, 1), "the file begins with a byte order mark, which JSON forbids in what is sent", "remove it", "", serious=False
            )
        self._skip_space()
        if self._at >= len(self._text):
            raise _NotJsonError(0, 1, "the file is empty", "write a message object, or an array of them")
        root = self._value([])
        self._skip_space()
        if self._at < len(self._text):
            raise self._unexpected("the end of the file", "several bodies go into one array: [{…}, {…}]")
        return root

    # --- collections ----------------------------------------------------------------------------------------------------

    def _value(self, stack: list[_Open]) -> JsonNode:
        """One value with everything in it; ``stack`` holds the collections that are open."""
        while True:
            node = self._open_or_scalar(stack)
            while node is not None:
                if not stack:
                    return node
                self._attach(stack[-1], node)
                node = self._after_member(stack)

    def _open_or_scalar(self, stack: list[_Open]) -> JsonNode | None:
        """A complete value, or None where a collection was opened whose first member comes next."""
        bracket = self._text[self._at : self._at + 1]
        if bracket not in ("{", "["):
            return self._scalar()
        if len(stack) >= MAX_DEPTH:
            raise self._too_deep()
        node = JsonNode({} if bracket == "{" else [], self._at, self._at + 1, members={} if bracket == "{" else [])
        self._at += 1
        self._skip_space()
        if self._text[self._at : self._at + 1] == ("}" if bracket == "{" else "]"):
            return self._closed(node)
        frame = _Open(node)
        stack.append(frame)
        if bracket == "{":
            self._read_key(frame)
        return None

    def _too_deep(self) -> UnreadableError:
        return too_deep(self._file, self._at)

    def _closed(self, node: JsonNode) -> JsonNode:
        self._at += 1
        node.end = self._at
        return node

    def _attach(self, frame: _Open, node: JsonNode) -> None:
        collection = frame.node
        self._values += 1 if frame.key is None else 2
        if self._values > MAX_VALUES:
            raise too_many(self._file, node.start)
        if frame.key is None:
            collection.value.append(node.value)
            collection.members.append(node)
            return
        key, span = frame.key
        node.key = span
        earlier = collection.members.get(key)
        if earlier is not None and earlier.key is not None:
            self.problems.append(_duplicate(key, earlier.key, span))
        collection.value[key] = node.value
        collection.members[key] = node

    def _after_member(self, stack: list[_Open]) -> JsonNode | None:
        """Behind a member: None where another follows, the collection where it is complete."""
        frame = stack[-1]
        is_object = isinstance(frame.node.value, dict)
        closer = "}" if is_object else "]"
        self._skip_space()
        char = self._text[self._at : self._at + 1]
        if char == ",":
            comma = self._at
            self._at += 1
            self._skip_space()
            if self._text[self._at : self._at + 1] == closer:
                self._report(
                    Span(comma, comma + 1), f"a comma stands before '{closer}'; JSON has none behind the last member", "remove it", ""
                )
            else:
                if is_object:
                    self._read_key(frame)
                return None
        elif char != closer:
            raise self._unexpected(
                f"',' or '{closer}'", f"the '{'{' if is_object else '['}' that it belongs to opens at {self._where(frame.node.start)}"
            )
        stack.pop()
        return self._closed(frame.node)

    def _read_key(self, frame: _Open) -> None:
        if self._text[self._at : self._at + 1] != '"':
            word = _WORD.match(self._text, self._at)
            raise self._unexpected("a key in double quotes", f'write "{word[0]}"' if word else None)
        start = self._at
        key = self._string()
        frame.key = (key, Span(start, self._at))
        self._skip_space()
        if self._text[self._at : self._at + 1] != ":":
            raise self._unexpected(f"':' after the key '{shown(key)}'")
        self._at += 1
        self._skip_space()

    # --- scalars --------------------------------------------------------------------------------------------------------

    def _scalar(self) -> JsonNode:
        start = self._at
        char = self._text[start : start + 1]
        if char == '"':
            value: Plain = self._string()
            return JsonNode(value, start, self._at)
        word = _WORD.match(self._text, start)
        if word is None:
            raise self._unexpected("a value")
        if word[0] in _WORDS:
            self._at = word.end()
            return JsonNode(_WORDS[word[0]], start, self._at)
        number = _NUMBER.fullmatch(word[0])
        if number is None:
            raise _bad_word(word)
        self._at = word.end()
        return JsonNode(float(word[0]) if number[1] or number[2] else integer(word[0]), start, self._at)

    def _string(self) -> str:
        start = self._at
        found = _STRING.match(self._text, start)
        at = found.end() if found else start + 1
        if self._text[at : at + 1] == '"':
            self._at = at + 1
            return found[1] if found else ""
        parts = [found[1] if found else ""]
        while True:
            char = self._text[at : at + 1]
            if char == '"':
                self._at = at + 1
                return "".join(parts)
            if char == "\\":
                part, at = self._escape(at)
            elif char and char >= " ":
                chunk = _CHUNK.match(self._text, at)
                part, at = (chunk[0], chunk.end()) if chunk else (char, at + 1)
            else:
                raise self._broken_string(start, at)
            parts.append(part)

    def _broken_string(self, start: int, at: int) -> _NotJsonError:
        char = self._text[at : at + 1]
        if char in ("", "\n", "\r"):
            return _NotJsonError(
                start,
                start + 1,
                'the string that begins here is not closed on its line by "',
                "close it; a line break in a text is written \\n",
            )
        name = "a tab" if char == "\t" else f"the control character U+{ord(char):04X}"
        return _NotJsonError(
            at, at + 1, f"{name} stands in a string as it is", f"write it as \\{'t' if char == chr(9) else f'u{ord(char):04x}'}"
        )

    def _escape(self, at: int) -> tuple[str, int]:
        letter = self._text[at + 1 : at + 2]
        if letter in _ESCAPES and letter:
            return _ESCAPES[letter], at + 2
        if letter != "u":
            raise _NotJsonError(at, at + 2, f"'{shown(self._text[at : at + 2])}' is no escape of JSON", "write \\\\ for a backslash")
        unit = self._unit(at)
        if not 0xD800 <= unit <= 0xDFFF:
            return chr(unit), at + 6
        if unit < 0xDC00 and self._text.startswith("\\u", at + 6):
            low = self._unit(at + 6)
            if 0xDC00 <= low <= 0xDFFF:
                return chr(0x10000 + (unit - 0xD800) * 0x400 + low - 0xDC00), at + 12
        raise _NotJsonError(at, at + 6, f"'{self._text[at : at + 6]}' is half of a character", "write both halves, or the character itself")

    def _unit(self, at: int) -> int:
        digits = _HEX.match(self._text, at + 2)
        if digits is None:
            raise _NotJsonError(at, at + 2, "'\\u' needs four hexadecimal digits behind it", "write \\\\ for a backslash")
        return int(digits[0], 16)

    # --- between values -------------------------------------------------------------------------------------------------

    def _skip_space(self) -> None:
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._text[self._at : self._at + 1] not in ("/", "#"):
                return
            comment = _COMMENT.match(self._text, self._at)
            if comment is None:
                return
            self._report(Span(*comment.span()), f"'{shown(comment[0], 20)}' is a comment; JSON has none", "remove it", "")
            self._at = comment.end()

    def _report(self, span: Span, message: str, help: str, text: str, *, serious: bool = True) -> None:
        self.problems.append(
            SourceProblem(SourceProblemKind.JSON, span, message, help=help, edits=((span, text),), edit_description=help, serious=serious)
        )

    def _where(self, offset: int) -> str:
        place = self._file.position(offset)
        return f"line {place.line}, column {place.column}"

    def _unexpected(self, wanted: str, help: str | None = None) -> _NotJsonError:
        at = self._at
        if at >= len(self._text):
            return _NotJsonError(at, at, f"the file ends where {wanted} is expected", help)
        if self._text[at] == "'":
            return _NotJsonError(at, at + 1, f"expected {wanted}, found a single quote", "JSON writes strings in double quotes")
        found = _WORD.match(self._text, at) or _WHOLE_STRING.match(self._text, at)
        end = found.end() if found else at + 1
        return _NotJsonError(at, end, f"expected {wanted}, found '{shown(self._text[at:end])}'", help)


def _bad_word(word: re.Match[str]) -> _NotJsonError:
    text = word[0]
    remedy = "put text in double quotes"
    if text in _NEAR_WORDS:
        remedy = f"write {_NEAR_WORDS[text]}"
    elif text.lstrip("+-") in ("NaN", "Infinity", "inf", "nan"):
        remedy = "JSON has no such number"
    elif text[0] in "+-.0123456789":
        remedy = "write numbers without '+' or leading zeros, with digits around the point; put phone numbers and ids in double quotes"
    return _NotJsonError(word.start(), word.end(), f"'{shown(text)}' is no value of JSON", remedy)


def _duplicate(key: str, first: Span, again: Span) -> SourceProblem:
    return SourceProblem(
        SourceProblemKind.DUPLICATE_KEY,
        again,
        f"the key '{shown(key)}' is written twice in one object; the last value counts",
        related=(("first written here", first),),
        help="remove one of them",
    )
