"""TXT: characters that are not what they look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec_tool.channels.gsm7 import SAFE_REPLACEMENTS, remedy
from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Severity, Subject, rule
from msgspec_tool.domain.invisible import SUSPECTS, decomposed, oddity
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reader_texts import reader_texts, rewritten, written_parts
from msgspec_tool.rules.reading import literal
from msgspec_tool.source.document import Field

_UNICODE = "4"
_CONTROLS = "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]"


@rule("TXT402", "odd-characters", Subject.MESSAGE, severity=Severity.WARNING, fix=FixKind.SAFE)
def odd_characters(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    r"""A text holds characters that nobody sees, or letters in two pieces.

    What: No-break spaces, zero-width characters, soft hyphens and marks that turn the direction of the text, each where no
        script or typography asks for it; control characters other than line breaks and tabs; letters that are written as a
        letter and an accent (not NFC). In an SMS without ``type: "4"`` sms-ucs2-trigger speaks of all but the last.
    Why: Such characters come in with copy and paste. They break links and searches, and make an SMS cost double.
    Bad:
        deliverychannel: fb
        appid: a_100000000000000001
        channels: {fb: {text: "Your\u00a0parcel is here"}}
        destination: [{psid: ["1000000000000001"]}]
    Good:
        deliverychannel: fb
        appid: a_100000000000000001
        channels: {fb: {text: Your parcel is here}}
        destination: [{psid: ["1000000000000001"]}]
    """
    for field in reader_texts(form):
        if field.value.isascii() and (field.value.isprintable() or not re.search(_CONTROLS, field.value)):
            continue
        for start, end in written_parts(form, field):
            part = field.value[start:end]
            yield from (_in_pieces(field, start + first, start + last) for first, last in decomposed(part))
            if not _is_gsm7_text(form, field):
                for found in re.finditer(SUSPECTS, part):
                    yield from _invisible(form, field, start + found.start())
                yield from (_control(field, start + found.start()) for found in re.finditer(_CONTROLS, part))


def _is_gsm7_text(form: MessageForm, field: Field) -> bool:
    """The text of an SMS that is not meant to be Unicode: there each such character has its finding already."""
    if form.channel != "sms" or form.block is None or field.path != (*form.block.path, "text"):
        return False
    return literal(form.block.get("type")) != _UNICODE


def _invisible(form: MessageForm, field: Field, at: int) -> Iterator[Finding]:
    why = oddity(field.value, at)
    char = field.value[at]
    if why is None or (char == "\ufeff" and form.origin is Origin.SPEC):  # the reader of the file tells that one
        return
    span = field.text_span(at, at + 1)
    replacement = SAFE_REPLACEMENTS.get(char, "")
    help = remedy(replacement)
    fix = None
    if field.file.slice(span) == char:
        safe = char in SAFE_REPLACEMENTS
        fix = Fix(help, (rewritten(field, at, span, replacement),), Applicability.SAFE if safe else Applicability.UNSAFE)
    message = f"{_named(char)} stands in the text: {why.value}"
    yield Finding(field.file, span, message, field.path, help=help, fix=fix)


def _control(field: Field, at: int) -> Finding:
    message = f"a control character (U+{ord(field.value[at]):04X}) stands in the text: it means nothing to a phone"
    return Finding(field.file, field.text_span(at, at + 1), message, field.path, help=remedy(""))


def _in_pieces(field: Field, start: int, end: int) -> Finding:
    written = field.value[start:end]
    composed = unicodedata.normalize("NFC", written)
    span = field.text_span(start, end)
    help = f"write '{composed}' (U+{ord(composed[0]):04X})"
    fix = Fix(help, (Edit(span, composed),)) if field.file.slice(span) == written else None
    if len(written) > 1:
        message = f"'{written}' is written as {len(written)} characters and looks like the one character '{composed}'"
    else:
        message = f"'{written}' ({_named(written)}) is a sign of its own and looks like '{composed}'"
    return Finding(field.file, span, message, field.path, help=help, fix=fix)


def _named(char: str) -> str:
    return f"{unicodedata.name(char, 'a control character').lower()} (U+{ord(char):04X})"


@rule(
    "TXT403",
    "look-alike-letters",
    Subject.MESSAGE,
    severity=Severity.WARNING,
    fix=FixKind.UNSAFE,
    confident=False,
    profiles=("audit",),
)
def look_alike_letters(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A Latin word holds a letter of another script that looks the same.

    What: A Cyrillic or Greek letter in a word whose other letters are Latin. In an SMS without ``type: "4"``
        sms-ucs2-trigger speaks of it. Apart from odd-characters because it is a guess: brands and formulas mix scripts.
    Why: It is how fraud imitates a brand, and how copied text breaks filters and searches.
    Bad:
        deliverychannel: fb
        appid: a_100000000000000001
        channels: {fb: {text: Welcome to Mеridian Bank}}
        destination: [{psid: ["1000000000000001"]}]
    Good:
        deliverychannel: fb
        appid: a_100000000000000001
        channels: {fb: {text: Welcome to Meridian Bank}}
        destination: [{psid: ["1000000000000001"]}]
    """
    from msgspec_tool.domain.lookalikes import lookalikes

    for field in reader_texts(form):
        if field.value.isascii() or _is_gsm7_text(form, field):
            continue
        for start, end in written_parts(form, field):
            for at in lookalikes(field.value[start:end]):
                yield _look_alike(field, start + at)


def _look_alike(field: Field, at: int) -> Finding:
    from msgspec_tool.domain.lookalikes import LATIN

    char = field.value[at]
    span = field.text_span(at, at + 1)
    fix = None
    if field.file.slice(span) == char:
        fix = Fix(f"write the Latin '{LATIN[char]}'", (Edit(span, LATIN[char]),), Applicability.UNSAFE)
    message = f"'{char}' in this word is {_named(char)}, not the Latin '{LATIN[char]}'"
    return Finding(field.file, span, message, field.path, help=f"write the Latin '{LATIN[char]}'", fix=fix)
