"""Jinja's syntax errors in words for the author of a message, each at the character where the mistake is."""

from __future__ import annotations

import re

from msgspec_tool.model import TemplateProblem, TemplateProblemKind
from msgspec_tool.templates.failures import quoted
from msgspec_tool.templates.filters.functions import REFUSED_TAGS, TAGS
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.templates.positions import LocatedSyntaxError

_CLOSED_BY = {tag: f"end{tag}" for tag in ("if", "for", "set", "macro", "call", "filter", "with", "raw")}
_INNER = frozenset(("else", "elif", *_CLOSED_BY.values(), "endblock", "endautoescape"))
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(.*?)'\.", re.S)
_EXPECTED = re.compile(r"expected token '(.*)', got '(.*)'", re.S)
_CHARACTER = re.compile(r"unexpected char (.+) at \d+", re.S)
_ELSE_IF = re.compile(r"\{%[-+]?\s*else\s+if\Z")
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


def problem_of(error: LocatedSyntaxError, source: str) -> TemplateProblem:
    """The problem that a syntax error means."""
    kind = TemplateProblemKind.SYNTAX
    unknown = _UNKNOWN_TAG.match(error.message)
    if unknown and unknown.group(1) not in _INNER:
        return _unknown_tag(unknown.group(1), error)
    if "starting with an underline" in error.message:
        return TemplateProblem(TemplateProblemKind.UNSAFE, error.start, error.end, "names that start with '_' can't be imported")
    start, end, message, remedy = _explained(error, source)
    return TemplateProblem(kind, start, max(end, min(start + 1, len(source))), message, help=remedy)


def _unknown_tag(name: str, error: LocatedSyntaxError) -> TemplateProblem:
    kind = TemplateProblemKind.UNKNOWN
    if name in REFUSED_TAGS:
        return TemplateProblem(kind, error.start, error.end, f"tag {quoted(name)} is not allowed here: {REFUSED_TAGS[name]}")
    candidate = nearest(name, (*TAGS, *_INNER))
    return TemplateProblem(kind, error.start, error.end, f"there is no tag {quoted(name)}{suggestion(candidate)}", replacement=candidate)


def _explained(error: LocatedSyntaxError, source: str) -> tuple[int, int, str, str | None]:
    message = error.message
    start, end = error.start, error.end
    if message.startswith(("more than", "number too long")):
        return start, end, f"the template has {message}" if message.startswith("more") else "this number is too long", None
    if message.startswith("Missing end of"):
        return _never_closed_text(error)
    closing = _UNKNOWN_TAG.match(message)
    if closing:
        return start, end, _stray_end(closing.group(1), error, source), None
    if message.startswith(("Unexpected end of template", "unexpected end of template")) or "got 'end of template'" in message:
        return _never_closed(error)
    character = _CHARACTER.search(message)
    if character:
        return start, end, *_odd_character(source[start : start + 1], source, start)
    bracket = _BRACKET.search(message)
    if bracket:
        if bracket.group(1) == "}" and not bracket.group(2):
            return start, end, "a single '}' can't stand here", "close an expression with '}}'"
        expected = f"; {quoted(bracket.group(2))} was expected" if bracket.group(2) else " closes nothing"
        return start, end, f"{quoted(bracket.group(1))}{expected}", None
    if _ELSE_IF.search(source[:end]):
        return start, end, "'else if' is no tag", "write 'elif'"
    return start, end, _worded(message), None


def _never_closed_text(error: LocatedSyntaxError) -> tuple[int, int, str, str | None]:
    tokens = error.tokens
    start = tokens.starts[-1]
    if "comment" in error.message:
        return start, start + 2, "this comment is never closed", "close it with '#}'"
    return start, tokens.ends[-1], "'{% raw %}' is never closed", "close it with '{% endraw %}'"


def _never_closed(error: LocatedSyntaxError) -> tuple[int, int, str, str | None]:
    tokens = error.tokens
    for i in range(len(tokens.starts) - 1, -1, -1):
        if tokens.kinds[i] in ("variable_end", "block_end", "data"):
            break
        if tokens.kinds[i] in ("variable_begin", "block_begin"):
            opening = tokens.values[i][:2]
            closing = "}}" if opening == "{{" else "%}"
            return tokens.starts[i], tokens.starts[i] + 2, f"'{opening}' is never closed", f"close it with '{closing}'"
    if not error.open_tags:
        return error.start, error.end, "the template ends too early", None
    name, start, end = error.open_tags[-1]
    return start, end, f"'{{% {name} %}}' is never closed", f"close it with '{{% {_CLOSED_BY.get(name, 'end' + name)} %}}'"


def _stray_end(name: str, error: LocatedSyntaxError, source: str) -> str:
    if not error.open_tags:
        return f"'{{% {name} %}}' closes nothing" if name.startswith("end") else f"'{{% {name} %}}' stands in no '{{% if %}}'"
    opened, start, _end = error.open_tags[-1]
    line = source.count("\n", 0, start) + 1
    where = f" opened on line {line} of the text" if "\n" in source else ""
    return f"'{{% {name} %}}' does not fit: '{{% {opened} %}}'{where} is still open"


def _odd_character(character: str, source: str, start: int) -> tuple[str, str | None]:
    if character in "'\"":
        return f"the text that starts with {character} is never closed", f"close it with {character}"
    if character in "‘’“”":
        return f"{quoted(character)} is no quotation mark of the template language", "write ' or \" instead"
    if character == "&":
        return "'&' is no operator", "write 'and'"
    if character == "}" or source.startswith("}", start):
        return "a single '}' can't stand here", "close an expression with '}}'"
    return f"unexpected character {quoted(character)}", None


def _worded(message: str) -> str:
    found = _EXPECTED.search(message)
    if found:
        expected, got = (_WORDS.get(word, quoted(word)) for word in found.groups())
        return f"unexpected {got}; {expected} was expected"
    empty = re.search(r"Expected an expression, got '(.*)'", message)
    if empty:
        return f"an expression is missing before {_WORDS.get(empty.group(1), quoted(empty.group(1)))}"
    for words, shown in _WORDS.items():
        message = message.replace(f"'{words}'", shown)
    message = message.rstrip(".")
    return message[:1].lower() + message[1:]
