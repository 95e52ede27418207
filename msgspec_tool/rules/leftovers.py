"""TPL216: what programs and authors leave behind in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec_tool.channels.layout import TAKES_SMARTLINKS
from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.domain.simple_texts import SIMPLE, SimpleTexts
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import texts_of
from msgspec_tool.rules.reader_texts import READ_KEYS, reader_texts, written_parts
from msgspec_tool.source.document import Field, Path
from msgspec_tool.source.quoting import shown

SMARTLINK = r"\{\{(?:smart)?link_(?P<id>[^{}\s]+)\}\}"
"""The platform's placeholder of a link (in its v2 API with another name)."""
DOLLAR = r"\$\((?P<round>[A-Za-z_]\w*)\)|\$\{(?P<curly>[A-Za-z_]\w*)\}"
"""Placeholders of the v2 API and of templates that are kept on the platform."""
MARKETING = r"%%(?P<doubled_percent>[A-Za-z_]\w*)%%|\*\|(?P<bars>[A-Za-z_]\w*)\|\*|(?<!\{)\{!(?:\w+\.)*(?P<merge>[A-Za-z_]\w*)\}"
"""Placeholders of programs for marketing that no text for people looks like."""

BRACES = (
    r"(?<![{\w$%#(<\[])(?:[#@]\{(?P<sigil>[A-Za-z_]\w*)\}|\$(?P<bare>[A-Za-z_]\w*)"
    r"|<%=? ?(?P<server>[A-Za-z_]\w*) ?%>|\[%(?P<percents>[A-Za-z_]\w*)%\]"
    r"|\{ ?(?P<brace>[A-Za-z_]\w*) ?\}|%(?P<percent>[A-Za-z_]\w*)%|%\((?P<python>[A-Za-z_]\w*)\)s"
    r"|<<(?P<guillemets>[A-Za-z_]\w*)>>|<(?P<angle>[A-Za-z_]\w*)>|\[\[(?P<doubled>[A-Za-z_]\w*)\]\]|\[(?P<square>[A-Za-z_]\w*)\])(?![}\w])"
)
"""How other programs write placeholders. Only of a declared variable's name it is sure that none was meant to be read."""

SIGN = re.compile(r"[{}$%<\[*]")
"""The signs of placeholders, of the platform or of anybody, and of tags of which one end is missing."""


def holds_placeholders(text: str) -> bool:
    """Whether a text may hold a placeholder, by their signs."""
    return SIGN.search(text) is not None


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """The placeholders of other programs in a text; the name of each is the group that took part last."""
    for pattern in (DOLLAR, MARKETING, BRACES) if holds_placeholders(text) else ():
        yield from re.finditer(pattern, text)


def meant(found: re.Match[str], names: Collection[str]) -> str | None:
    """Which of some names a placeholder stands for: programs differ in capitals and underscores, where no mark may be meant to be read."""
    name = found[found.lastgroup or 0]
    if name in names or found.lastgroup in _READABLE:
        return name if name in names else None
    return next((one for one in names if _plain(one) == _plain(name)), None)


_READABLE = ("bare", "square", "angle")
"""``$name``, ``[name]`` and ``<name>``: of these people write some for people."""


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


_EDITING = "write|add|insert|fix|change|check|ask|replace|remove|update|confirm|decide|translate|the|a|text|copy|wording"


class _Marker(NamedTuple):
    """Something that no reader shall see: what the pattern finds, or its group ``it``."""

    pattern: str
    words: str
    help: str
    severity: Severity | None = None
    in_specs: bool = True
    """In a spec another rule says more of it."""


_MARKERS = (
    _Marker(DOLLAR, "is no placeholder in this API: people read it as it stands", "write the value itself", in_specs=False),
    _Marker(r"\{#\w+#\}", "is a placeholder of a registered template that nobody filled", "write the value itself"),
    _Marker(
        r"\{\{-?\s*[A-Za-z_'\"][^{}]*(?:\}\})?|\{%[-+]?\s*[a-z][^{}]*%\}",
        "is template code that nobody ran",
        "write the value itself",
    ),
    _Marker(
        r"\b(?:[a-z]+|Hi|Hello|Dear|Hey) (?P<it>None)\b(?! of\b)",
        "is what a program prints for a missing value",
        "give the value, or leave the words around it out",
    ),
    _Marker(
        r"(?<!\b[Aa]n )(?<!\b[Aa]s )\bundefined\b|\[object Object\]",
        "is what a program prints for a missing value",
        "give the value, or leave the words around it out",
    ),
    _Marker(
        rf"\bTODO\b(?=\W*\Z|\s*[:(\[\]>)]|\s+(?:{_EDITING})\b)|\bFIXME\b|\b[Ll]orem ipsum\b",
        "is a note of the author, not of the message",
        "write what the customer shall read",
    ),
    _Marker(
        r"(?<!\\)\\n",
        "stands here as two characters, not as a line break",
        "in YAML put the text into double quotes, or use '|-'; in JSON write one backslash",
        Severity.WARNING,
    ),
)
_COPIED = _Marker(MARKETING, "is a placeholder of another program: people read it as it stands", "write the value itself")
"""Looked for in request bodies alone: placeholder-collision tells of those in specs, and rows are made by programs that fill them."""
MARKS = ("{{", "{%", "{#", "$(", "${", "\\n", "None", "undefined", "[object", "TODO", "FIXME", "orem ipsum")
"""What a text with a marker surely holds one of: most texts are done with here."""
_RARE = {"$(": "(", "None": "N", "undefined": "f", "TODO": "O", "FIXME": "I", "orem ipsum": "p"}
"""Of marks a character that many columns lack (codes leave out what looks like a digit): to look for one costs next to nothing."""
_SIMPLE_MARKS = tuple((_RARE[mark], mark) for mark in MARKS if not mark.encode().translate(None, SIMPLE))
_FREED = r"\{\{link_[^{}\s]+\}\}"


def _surely_clean(path: Path, texts: Sequence[str], _context: RuleContext) -> bool:
    """Whether no text of many holds a marker; the links that the spec's own templates print aside."""
    if path[-1] not in READ_KEYS:
        return True
    from msgspec_tool.templates.running.gaps import GappedTexts

    if isinstance(texts, GappedTexts) and _keeps_apart(texts.text.literals):
        return not any(map(_marked, texts.columns))
    joined = "\0".join(texts)
    return not _holds_marker(re.sub(_FREED, "", joined) if "{{link_" in joined else joined)


def _marked(column: Sequence[str]) -> bool:
    if isinstance(column, SimpleTexts):
        return any(rare in column.searched and mark in column.searched for rare, mark in _SIMPLE_MARKS)
    return _holds_marker("\0".join(column))


def _holds_marker(text: str) -> bool:
    """Whether one of :data:`MARKS` is in a text; looking for words one by one takes a third of the time that a pattern takes."""
    return any(mark in text for mark in MARKS)


_is_marked = lru_cache(maxsize=1000)(_holds_marker)
"""The same of texts that specs of a project repeat."""


def _holds_placeholder(text: str) -> bool:
    return _is_marked(text) or re.search(MARKETING, text) is not None


@lru_cache(maxsize=1000)
def _keeps_apart(literals: tuple[str, ...]) -> bool:
    """Whether a text with gaps holds a mark only where one of the values in its gaps does."""
    return not any(
        mark in literal
        or (number > 0 and any(literal.startswith(mark[size:]) for size in range(1, len(mark))))
        or (number < len(literals) - 1 and any(literal.endswith(mark[:size]) for size in range(1, len(mark))))
        or (0 < number < len(literals) - 1 and literal in mark)
        for number, literal in enumerate(literals)
        for mark in MARKS
    )


@rule("TPL216", "leftover-marker", Subject.MESSAGE, proves=True, clears=_surely_clean)
def leftover_marker(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    r"""A text holds something that was never meant to be read.

    What: Template code that nobody ran (``{{ name }}``), placeholders of other APIs (``$(name)``, ``${name}``, ``{#var#}``),
        in a request body those of programs for marketing too (``%%NAME%%``, ``*|NAME|*``); the placeholder of a link that is
        not declared, ``None`` and ``undefined`` in the middle of a sentence, ``TODO``, ``FIXME`` and filler copy (errors);
        ``\n`` as two characters (warning). Rendered texts are looked at row by row.
    Why: It is what customers screenshot.
    Bad:
        channels:
          sms: {senderid: ACME, text: "TODO: wording of the spring offer"}
    Good:
        channels:
          sms: {senderid: ACME, text: Our spring offer begins today}
    """
    is_marked = _holds_placeholder if form.origin is Origin.BODY else _is_marked
    if not context.proving and not is_marked(_read_together(form)):
        return
    for field in reader_texts(form):
        if context.proving and field.templated:
            yield from _unproved(form, field)
        elif field.templated or is_marked(field.value):
            for start, end in written_parts(form, field):
                if is_marked(field.value[start:end]):
                    yield from _found(form, field, start, end)


def _read_together(form: MessageForm) -> str:
    """The texts that people read as they are written, to be looked into at once."""
    return "\0".join([field.value[start:end] for field in reader_texts(form) for start, end in written_parts(form, field)])


def _unproved(form: MessageForm, field: Field) -> Iterator[Finding]:
    """One finding where some row may print a marker: only of texts that are all known it can be told."""
    known = texts_of(form, field)
    if not known or any(text.finite is None or any(_holds_marker(one) for one in text.finite) for text in known):
        yield Finding(field.file, field.span, "what this prints is not known", field.path)


def _found(form: MessageForm, field: Field, start: int, end: int) -> Iterator[Finding]:
    taken = start
    for at, stop, words, help, severity in sorted(_markers(form, field.value, start, end), key=lambda one: one[0]):
        if at >= taken:
            taken = stop
            span = field.text_span(at, stop)
            yield Finding(field.file, span, f"'{shown(field.value[at:stop])}' {words}", field.path, severity, help=help)


def _markers(form: MessageForm, text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str, Severity | None]]:
    """Place, words, remedy and severity of every marker in a part of a text."""
    for link in re.compile(SMARTLINK).finditer(text, start, end):
        objection = None if form.origin is Origin.SPEC else _objection(form, link["id"], link[0])
        if objection is not None:
            yield link.start(), link.end(), *objection, None
    for marker in (*_MARKERS, _COPIED) if form.origin is Origin.BODY else _MARKERS:
        pattern = re.compile(marker.pattern)
        for found in pattern.finditer(text, start, end) if marker.in_specs or form.origin is not Origin.SPEC else ():
            if re.compile(SMARTLINK).match(text, found.start()) is None:
                help = "take it out of {% raw %}" if form.origin is Origin.SPEC and found[0].startswith("{") else marker.help
                yield *found.span("it" if "it" in pattern.groupindex else 0), marker.words, help, marker.severity


def _objection(form: MessageForm, identifier: str, written: str) -> tuple[str, str] | None:
    """What is wrong with the placeholder of a link in a request body, and what to do about it."""
    if written.startswith("{{smart"):
        return "is how the v2 API writes links", f"write {{{{link_{identifier}}}}}"
    if form.channel not in TAKES_SMARTLINKS and form.origin is not Origin.RENDERED:
        return f"is not replaced on channel {form.channel}", "write the address of the page"
    # what a template of the spec prints was looked at there
    if form.origin is Origin.RENDERED or identifier in declared_links(form):
        return None
    return "names a link that 'channels.smartlinks' does not declare", "declare it under channels.smartlinks"


def declared_links(form: MessageForm) -> frozenset[str]:
    """Ids of the smart links that a message declares, as text."""
    # at the top they are misplaced, which unknown-field says, and declared all the same
    listed = form.common("smartlinks") or form.root.get("smartlinks")
    found = (element.get("linkid") for element in listed.elements()) if listed is not None else ()
    return frozenset(str(member.value) for member in found if member is not None)
