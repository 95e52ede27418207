"""SMS: the alphabet of the text, for the text as it stands and for all that a template prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec_tool.channels.gsm7 import REPLACEMENTS, SAFE_REPLACEMENTS, first_non_gsm7, remedy, replace_for_gsm7
from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Severity, Subject, rule
from msgspec_tool.domain.invisible import decomposed
from msgspec_tool.model import MessageForm, Origin, Variable
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import analysis_of, texts_of, witnessed
from msgspec_tool.rules.reader_texts import rewritten
from msgspec_tool.rules.reading import literal
from msgspec_tool.source.document import Field
from msgspec_tool.source.text import Span

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.analysis import Analysis
    from msgspec_tool.templates.bounds.counterexamples import Example

_TAG = r"(?s)\{[{%#].*?(?:[}%#]\}|\Z)"
_WORD = r"[^\W\d_][^\s!-/:-@\[-`{-~]*"
_SCRIPT = 4
"""Different letters in words of another script that no slip explains."""
_SCRIPTS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
"""Scripts that Unicode calls otherwise than people."""
UNICODE = "4"
TEXT_TYPES = ("1", "2")


def sms_text(form: MessageForm) -> Field | None:
    """The text of an SMS that is sent as text."""
    if form.channel != "sms" or form.block is None:
        return None
    kind = literal(form.block.get("type"))
    return None if kind == "3" else form.block.get("text")


def _type(form: MessageForm) -> Field | None:
    return form.block.get("type") if form.block is not None else None


@rule("SMS411", "sms-type-mismatch", Subject.MESSAGE, channels=("sms",), fix=FixKind.UNSAFE, proves=True)
def sms_type_mismatch(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """The written type of an SMS does not fit its characters.

    What: ``type`` is 1 or 2 (or absent in a request body) and the text always holds characters that GSM-7 lacks (error), or
        may hold some (warning; such a row is refused); ``type`` is 4 and the text is always GSM-7 (warning).
    Why: A phone shows question marks for what the alphabet lacks; Unicode for nothing more than doubles the price.
    Bad:
        channels:
          sms: {senderid: ACME, type: "1", text: Ваш код 1234}
    Good:
        channels:
          sms: {senderid: ACME, type: "4", text: Ваш код 1234}
    """
    field, kind = sms_text(form), _type(form)
    known = texts_of(form, field)
    written = literal(kind) or ("1" if kind is None and form.origin is not Origin.SPEC else None)
    if field is None or not known or written is None:
        if context.proving and kind is not None and kind.templated:
            yield Finding(kind.file, kind.span, "the type is not known", kind.path)
        return
    place = kind or field
    if written == UNICODE:
        if all(text.always_gsm7 for text in known):
            yield _unicode_for_nothing(place)
    elif written in TEXT_TYPES:
        if form.origin is Origin.RENDERED:
            yield from _rendered_mismatch(field)
        elif all(text.never_gsm7 for text in known):
            message = "this text always needs type 4: it holds characters that GSM-7 lacks"
            yield Finding(place.file, place.span, message, place.path, help=_remedy(kind), fix=_to_unicode(kind))
        elif any(not text.always_gsm7 for text in known):
            names = _named(frozenset().union(*(text.triggers for text in known)))
            message = f"this text can need type 4: {names or 'it'} may hold characters that GSM-7 lacks"
            example = _odd_example(analysis_of(form, field))
            if example is not None or context.proving:
                data = dict(example.data) if example is not None else None
                yield Finding(
                    place.file, place.span, message, place.path, Severity.WARNING, help=_remedy(kind), fix=_to_unicode(kind), example=data
                )


def _rendered_mismatch(field: Field) -> Iterator[Finding]:
    """Of a row not the type is to blame, which is the same for all, but the character."""
    offset = first_non_gsm7(str(field.value))
    if offset is not None:
        yield Finding(field.file, field.text_span(offset, offset + 1), "this character needs type 4", field.path)


def _remedy(kind: Field | None) -> str:
    return (
        'write type: "4"'
        if kind is None or kind.document.templated is False
        else 'leave type out: each message then gets the right one; or write "4"'
    )


def _to_unicode(kind: Field | None) -> Fix | None:
    if kind is None:
        return None
    return Fix('write "4"', (Edit(kind.span, '"4"'),), Applicability.UNSAFE)


def _unicode_for_nothing(place: Field) -> Finding:
    message = "type 4 for a text that is always GSM-7: it takes more than twice as many parts"
    fix = Fix('write "1"', (Edit(place.span, '"1"'),), Applicability.UNSAFE)
    return Finding(place.file, place.span, message, place.path, Severity.WARNING, help="leave type out", fix=fix)


def _named(names: frozenset[str]) -> str:
    return " and ".join(f"'{name}'" for name in sorted(names)[:3])


def _odd_example(analysis: Analysis | None) -> Example | None:
    return witnessed(analysis, lambda outcome: outcome.text.never_gsm7, unbounded=12) if analysis is not None else None


@rule("SMS412", "sms-ucs2-trigger", Subject.MESSAGE, channels=("sms",), severity=Severity.WARNING, fix=FixKind.SAFE)
def sms_ucs2_trigger(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A character turns the whole SMS into Unicode.

    What: The text holds a character that GSM-7 lacks, or a variable may bring one, and ``type`` is not 4. The finding stands
        at the character and names it, and what GSM-7 has in its place; a text in another script is one finding. Writing
        ``type: "4"`` says that it is meant.
    Why: One such character makes a part hold 70 characters and not 160: the message costs up to three times as much.
    Bad:
        channels:
          sms: {senderid: ACME, text: Your parcel isn’t here yet}
    Good:
        channels:
          sms: {senderid: ACME, text: Your parcel isn't here yet}
    """
    field = sms_text(form)
    if field is None or form.block is None or literal(form.block.get("type")) == UNICODE:
        return
    yield from _literal_triggers(form, field)
    triggers = frozenset().union(*(text.triggers for text in texts_of(form, field)))
    analysis = analysis_of(form, field)
    declared = analysis.setting.variables if analysis is not None else {}
    names = sorted(name for name in triggers if name.partition(".")[0] in declared)
    if analysis is None:
        return
    if not names:
        if first_non_gsm7(str(field.value)) is None:
            yield from _filters_trigger(form, field, analysis)
        return
    example = _odd_example(analysis)
    if example is None and not context.proving:
        return
    first = declared[names[0].partition(".")[0]]
    yield Finding(
        field.file,
        _print_of(field, analysis, names),
        f"{_bringing(first, names)}; one makes this an SMS of 70 characters a part, not 160",
        field.path,
        related=(Label(_declaration(first), first.field.file, first.field.key_span),),
        help=("" if first.schema.get("charset") == "gsm7" else "declare charset: gsm7, ") + 'filter it with | gsm7, or write type: "4"',
        example=dict(example.data) if example is not None else None,
    )


def _bringing(first: Variable, names: list[str]) -> str:
    """What may bring characters that GSM-7 lacks, where the declaration of the first of some variables leaves that open or not."""
    charset, known = first.schema.get("charset"), _named(frozenset(names))
    if charset == "ascii":
        return f"{known} may hold '`' or a control character, which ASCII has and GSM-7 lacks"
    return f"{f'what the template makes of {known}' if charset == 'gsm7' else known} may hold characters that GSM-7 lacks"


def _declaration(variable: Variable) -> str:
    charset = variable.schema.get("charset", "any")
    return "declared here without a charset" if charset == "any" else f"declared here with charset: {charset}"


def _filters_trigger(form: MessageForm, field: Field, analysis: Analysis) -> Iterator[Finding]:
    """A character that neither the text nor a variable holds: a filter or the environment brings it."""
    if all(text.always_gsm7 for text in texts_of(form, field)):
        return
    example = _odd_example(analysis)
    if example is not None:
        printed = example.outcome.text.only or ""
        at = first_non_gsm7(printed)
        char = "characters" if at is None else f"'{printed[at]}' ({unicodedata.name(printed[at], 'a control character').lower()})"
        message = f"this prints {char}, which GSM-7 lacks: it makes this an SMS of 70 characters a part, not 160"
        help = 'let money print display="code", filter it with | gsm7, or write type: "4"'
        yield Finding(field.file, field.span, message, field.path, help=help, example=dict(example.data))


def _print_of(field: Field, analysis: Analysis, names: list[str]) -> Span:
    """Where the first of some variables is printed, as far as the template says it by name."""
    from msgspec_tool.templates.names.scopes import reads

    wanted = {name.partition(".")[0] for name in names}
    for read in reads(analysis.template.tree):
        if read.path[0] in wanted and read.file is None and len(read.path) == 1:
            return field.text_span(read.start, read.end)
    return field.span


def _literal_triggers(form: MessageForm, field: Field) -> Iterator[Finding]:
    """One finding a different character that is written in the text itself; one for all of them where it is in another script."""
    text = field.value if isinstance(field.value, str) else ""
    if first_non_gsm7(text) is None:
        return
    seen: set[str] = set()
    start = 0
    pieces = decomposed(text)
    shown = _shown_parts(form, field)
    foreign = [(begin + found.start(), begin + found.end()) for begin, end in shown for found in _words(text[begin:end])]
    if len({char for begin, end in foreign for char in text[begin:end]}) >= _SCRIPT:
        yield _other_script(field, foreign[0])
        return
    for begin, end in shown:
        start = begin
        while (found := first_non_gsm7(text[start:end])) is not None:
            at = start + found
            start = at + 1
            if text[at] not in seen and not _told_elsewhere(form, field, at) and not _is_piece(pieces, at):
                seen.add(text[at])
                yield _trigger(field, at, text[at])


def _words(text: str) -> Iterator[re.Match[str]]:
    """The words in letters of another script than the Latin one."""
    return (found for found in re.finditer(_WORD, text) if all(map(_is_foreign, found[0])))


def _is_foreign(char: str) -> bool:
    """A letter, or a mark on one, that belongs to another script; accents belong to any."""
    return not unicodedata.name(char, "LATIN").startswith(("LATIN", "COMBINING")) and first_non_gsm7(char) is not None


def _other_script(field: Field, word: tuple[int, int]) -> Finding:
    name = unicodedata.name(str(field.value)[word[0]]).partition(" ")[0]
    letters = f"in {_SCRIPTS.get(name, name.capitalize())} script"
    message = f"this text is {letters}, which GSM-7 lacks: it is an SMS of 70 characters a part, not 160"
    return Finding(field.file, field.text_span(*word), message, field.path, help='write type: "4" to say that it is meant')


def _told_elsewhere(form: MessageForm, field: Field, at: int) -> bool:
    """A byte order mark, and what stands for a control character, are the reader's findings."""
    char = str(field.value)[at]
    return form.origin is Origin.SPEC and (char == "\ufeff" or (char == "\ufffd" and field.file.slice(field.text_span(at, at + 1)) != char))


def _is_piece(pieces: tuple[tuple[int, int], ...], at: int) -> bool:
    """An accent of its own, or a sign that NFC has in another form: odd-characters has the letter that GSM-7 may know."""
    return any(start < at < end or start == at == end - 1 for start, end in pieces)


def _shown_parts(form: MessageForm, field: Field) -> list[tuple[int, int]]:
    """The parts of a text's source that are printed as they stand."""
    if not field.templated:
        return [(0, len(str(field.value)))]
    analysis = analysis_of(form, field)
    if analysis is None or analysis.template.tree is None:
        return list(_between_tags(str(field.value)))
    from msgspec_tool.templates.tree import parts_of

    tokens = parts_of(analysis.template.tree).tokens
    return [(start, end) for start, end, kind in zip(tokens.starts, tokens.ends, tokens.kinds, strict=True) if kind in ("data", "string")]


def _between_tags(text: str) -> Iterator[tuple[int, int]]:
    """What is surely text of a template that can't be read: what stands in its tags, template-syntax has something to say of."""
    start = 0
    for tag in re.finditer(_TAG, text):
        yield start, tag.start()
        start = tag.end()
    yield start, len(text)


def _letter(char: str) -> str | None:
    """The letter that is left of one with marks that GSM-7 lacks; None of what is no letter."""
    plain = replace_for_gsm7(char)
    return plain if unicodedata.name(char, "").startswith("LATIN") and plain.isalpha() else None


def _trigger(field: Field, at: int, char: str) -> Finding:
    name = unicodedata.name(char, "a control character").lower()
    replacement = REPLACEMENTS.get(char, _letter(char))
    span = field.text_span(at, at + 1)
    fix = None
    if replacement is not None and field.file.slice(span) == char:
        safe = char in SAFE_REPLACEMENTS and char != "\u200d"
        fix = Fix(
            remedy(replacement),
            (rewritten(field, at, span, replacement),),
            Applicability.SAFE if safe else Applicability.UNSAFE,
        )
    visible = f"'{char}' " if char.isprintable() and not char.isspace() else ""
    message = f"{visible}({name}, U+{ord(char):04X}) is not in GSM-7: it makes this an SMS of 70 characters a part, not 160"
    help = 'write type: "4" if it is meant' if fix else 'write another character, or type: "4" if it is meant'
    return Finding(field.file, span, message, field.path, help=help, fix=fix)
