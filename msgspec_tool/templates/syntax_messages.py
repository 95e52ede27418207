"""Jinja's syntax errors in words for the author of a message, each at the character where the mistake is."""

from __future__ import annotations

import re

from msgspec_tool.model import TemplateProblem, TemplateProblemKind
from msgspec_tool.templates.failures import quoted
from msgspec_tool.templates.filters.functions import REFUSED_TAGS, TAGS
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.templates.other_languages import TAG_REMEDIES, foreign_sign
from msgspec_tool.templates.other_languages import TAGS as FOREIGN_TAGS
from msgspec_tool.templates.positions import LocatedSyntaxError

_CLOSED_BY = {tag: f"end{tag}" for tag in ("if", "for", "set", "macro", "call", "filter", "with", "raw")}
_INNER = frozenset(("else", "elif", *_CLOSED_BY.values(), "endblock", "endautoescape"))
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(.*?)'\.", re.S)
_EXPECTED = re.compile(r"expected token '(.*)', got '(.*)'", re.S)
_CHARACTER = re.compile(r"unexpected char (.+) at \d+", re.S)
_ELSE_IF = re.compile(r"\{%[-+]?\s*else\s+if\Z")
_OPENING = re.compile(r"\{[{%]")
_WANTS_A_VALUE = re.compile(r"(?:[(\[,=<>+*/~|-]|\b(?:in|and|or|not|is|if|else))\s*\Z")
_PRINTED_QUOTES = re.compile(r"[“„‘«]([^“”„‘’«»'\"{}\n]*)[“”‘’»]")
_ENDING_DOT = re.compile(r"\.\s*[-+]?[}%]\}")
_MISSING = re.compile(r"Expected an expression, got|unexpected '.*'\Z", re.S)
_BRACKET = re.compile(r"unexpected '([)\]}])'(?:, expected '([)\]}])')?")
_WORDS = {
    "end of print statement": "'}}'",
    "end of statement block": "'%}'",
    "begin of print statement": "'{{'",
    "begin of statement block": "'{%'",
    "end of template": "the end of the text",
    "template data / text": "text",
    "name": "a name",
    "string": "a quoted text",
    "integer": "a number",
    "float": "a number",
}


_ENDING = ("end of print statement", "end of statement block")
_ENDS = {"{{": "}}", "{%": "%}"}
_SINGLE_BRACE = ("a single '}' can't stand here", "close an expression with '}}'")

_Words = tuple[int, int, str, str | None]
"""Place, message and remedy."""


_APPLIED = re.compile(r"\|\s*([a-z_]+)\s+\Z")
"""A filter whose argument follows without parentheses."""

_BLOCKS = "write {% if … %} … {% endif %} or {% for item in list %} … {% endfor %}"


def problem_of(error: LocatedSyntaxError, source: str) -> TemplateProblem:
    """The problem that a syntax error means."""
    kind = TemplateProblemKind.SYNTAX
    unknown = _UNKNOWN_TAG.match(error.message)
    if unknown and unknown.group(1) not in _INNER:
        return _unknown_tag(unknown.group(1), error)
    if "starting with an underline" in error.message:
        return TemplateProblem(TemplateProblemKind.UNSAFE, error.start, error.end, "names that start with '_' can't be imported")
    start, end, message, remedy = _explained(error, source)
    printed = _PRINTED_QUOTES.match(source, start)
    if printed:
        return TemplateProblem(kind, *printed.span(), message, help=remedy, replacement=f"'{printed[1]}'")
    return TemplateProblem(kind, start, max(end, min(start + 1, len(source))), message, help=remedy)


def _unknown_tag(name: str, error: LocatedSyntaxError) -> TemplateProblem:
    kind = TemplateProblemKind.UNKNOWN
    if name in REFUSED_TAGS:
        return TemplateProblem(kind, error.start, error.end, f"tag {quoted(name)} is not allowed here: {REFUSED_TAGS[name]}")
    if name in TAG_REMEDIES:
        return TemplateProblem(kind, error.start, error.end, f"there is no tag {quoted(name)}", help=TAG_REMEDIES[name])
    candidate: str | None
    if name in ("end", "fi"):
        candidate = _closing(error.open_tags[-1][0]) if error.open_tags else "if"
    else:
        candidate = FOREIGN_TAGS.get(name) or nearest(name, (*TAGS, *_INNER))
    return TemplateProblem(kind, error.start, error.end, f"there is no tag {quoted(name)}{suggestion(candidate)}", replacement=candidate)


def _closing(tag: str) -> str:
    return _CLOSED_BY.get(tag, f"end{tag}")


def _explained(error: LocatedSyntaxError, source: str) -> _Words:
    message = error.message
    start, end = error.start, error.end
    if message.startswith(("more than", "number too long")):
        return start, end, f"the template has {message}" if message.startswith("more") else "this number is too long", None
    if message.startswith("Missing end of"):
        return _never_closed_text(error)
    closing = _UNKNOWN_TAG.match(message)
    if closing:
        return start, end, *_stray_end(closing.group(1), error, source)
    if message.startswith(("Unexpected end of template", "unexpected end of template")) or "got 'end of template'" in message:
        return _never_closed(error)
    return _tag_in_tag(error, source) or _odd_sign(error, source) or _out_of_place(error, source)


def _tag_in_tag(error: LocatedSyntaxError, source: str) -> _Words | None:
    """Braces inside a tag: around a name, or because the tag was never closed."""
    opening = next((at for at in reversed(range(len(error.tokens.starts))) if error.tokens.kinds[at].endswith("_begin")), None)
    if opening is None:
        return None
    begin, written = error.tokens.starts[opening], error.tokens.values[opening][:2]
    if source.startswith("{{{", begin):
        return begin, begin + 3, "'{{{' opens a tag and a mapping in it", "write two braces"
    inner = next((found for found in _OPENING.finditer(source, begin + 2, error.end + 1)), None)
    if inner is None:
        return None
    if written == "{%" or _WANTS_A_VALUE.search(source[begin + 2 : inner.start()]):
        return *inner.span(), f"'{inner[0]}' stands inside a tag: names are written there without braces", "remove the inner braces"
    return begin, begin + 2, f"'{written}' is not closed before the next tag begins", f"close it with '{_ENDS[written]}'"


def _odd_sign(error: LocatedSyntaxError, source: str) -> _Words | None:
    start, end = error.start, error.end
    foreign = foreign_sign(source, start)
    if foreign is not None:
        return foreign
    character = _CHARACTER.search(error.message)
    if character:
        return start, end, *_odd_character(source[start : start + 1], source, start)
    bracket = _BRACKET.search(error.message)
    if bracket is None:
        return None
    if bracket.group(1) == "}" and not bracket.group(2):
        return start, end, *_SINGLE_BRACE
    if bracket.group(2):
        return (
            start,
            end,
            f"{quoted(bracket.group(1))} stands where {quoted(bracket.group(2))} is missing",
            f"write {quoted(bracket.group(2))}",
        )
    return start, end, f"{quoted(bracket.group(1))} closes nothing", "remove it, or open it before"


def _out_of_place(error: LocatedSyntaxError, source: str) -> _Words:
    """A token where another one is needed."""
    start, end, message = error.start, error.end, error.message
    before = source[:start].rstrip()
    if _ELSE_IF.search(source[:end]):
        return start, end, "'else if' is no tag", "write 'elif'"
    if message.startswith("tag name expected"):
        return start, end, "this tag is empty", "remove it"
    if message.startswith("expected name or number"):
        dot = next((found.start() for found in _ENDING_DOT.finditer(source)), start)
        return dot, dot + 1, "a name is missing behind '.'", None
    written = source[start:end].strip()
    missing = _MISSING.search(message)
    if missing or not written:
        what = "the name of a filter" if before.endswith("|") else "an expression"
        return start, end, f"{what} is missing before {quoted(written)}", "write the name alone" if written == "." else None
    found = _EXPECTED.search(message)
    if found is None:
        return start, end, _worded(message), None
    if found[1] == "name" and before.endswith("|"):
        return start, end, f"the name of a filter is missing before {quoted(written)}", None
    expected = _WORDS.get(found[1], quoted(found[1]))
    return start, end, f"unexpected {quoted(written)}; {expected} was expected", _remedy(found[1], source, start)


def _remedy(expected: str, source: str, start: int) -> str | None:
    if expected == "in":
        return "write {% for item in list %}"
    if source.startswith(":", start):
        return "write a filter for a format: | number, | money('EUR') or | date('d MMM')"
    applied = _APPLIED.search(source[:start]) if expected in _ENDING else None
    if applied is not None:
        return f"write {applied[1]}(…)"
    if source[start - 1 : start] in ("'", '"'):
        return "write a text with an apostrophe in the other quotation marks"
    if expected in _ENDING and (source[start].isalpha() or source[start] in "'\""):
        return "a name has no blanks; put an operator between two values"
    return None


def _never_closed_text(error: LocatedSyntaxError) -> _Words:
    tokens = error.tokens
    start = tokens.starts[-1]
    if "comment" in error.message:
        return start, start + 2, "this comment is never closed", "close it with '#}'"
    return start, tokens.ends[-1], "'{% raw %}' is never closed", "close it with '{% endraw %}'"


def _never_closed(error: LocatedSyntaxError) -> _Words:
    tokens = error.tokens
    for i in range(len(tokens.starts) - 1, -1, -1):
        if tokens.kinds[i] in ("variable_end", "block_end", "data"):
            break
        if tokens.kinds[i] in ("variable_begin", "block_begin"):
            opening = tokens.values[i][:2]
            return tokens.starts[i], tokens.starts[i] + 2, f"'{opening}' is never closed", f"close it with '{_ENDS[opening]}'"
    if not error.open_tags:
        return error.start, error.end, "the template ends too early", None
    name, start, end = error.open_tags[-1]
    return start, end, f"'{{% {name} %}}' is never closed", f"close it with '{{% {_closing(name)} %}}'"


def _stray_end(name: str, error: LocatedSyntaxError, source: str) -> tuple[str, str | None]:
    written = f"'{{% {name} %}}'"
    if not error.open_tags:
        if name.startswith("end"):
            return f"{written} closes nothing", f"remove it, or write '{{% {name.removeprefix('end')} … %}}' before it"
        return f"{written} stands in no '{{% if %}}'", "remove it, or write '{% if … %}' before it"
    opened, start, _end = error.open_tags[-1]
    if name in ("else", "elif") and opened == "if":
        return f"{written} stands behind '{{% else %}}', which is the last branch", "remove it, or write '{% elif … %}' before"
    line = source.count("\n", 0, start) + 1
    where = f" opened on line {line} of the text" if "\n" in source else ""
    return f"{written} does not fit: '{{% {opened} %}}'{where} is still open", f"write '{{% {_closing(opened)} %}}'"


def _odd_character(character: str, source: str, start: int) -> tuple[str, str | None]:
    if character in "'\"":
        return f"the text that starts with {character} is never closed", f"close it with {character}"
    if character in "‘’“”„«»":
        return f"{quoted(character)} is no quotation mark of the template language", "write ' or \" instead"
    if character == "}" or source.startswith("}", start):
        return _SINGLE_BRACE
    if character in "#/^&" and source.startswith("{{", start - 2):
        return f"'{{{{{character}' begins a tag of another template language", _BLOCKS
    return f"unexpected character {quoted(character)}", None


def _worded(message: str) -> str:
    for words, shown in _WORDS.items():
        message = message.replace(f"'{words}'", shown)
    message = message.rstrip(".")
    return message[:1].lower() + message[1:]
