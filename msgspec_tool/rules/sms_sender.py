"""SMS416, SMS419: whom an SMS comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec_tool.channels.senders import MOST_LETTERS, REFUSING_COUNTRIES, USUAL_FORMS, SenderForm, forms_of, is_numeric
from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import analysis_of, labels, texts_of, witnessed
from msgspec_tool.rules.reader_texts import MOST_CHARACTERS, written_parts
from msgspec_tool.rules.reading import Address, addresses, literal, predicted
from msgspec_tool.rules.shape_places import has_template
from msgspec_tool.schema.thesaurus import is_written_otherwise
from msgspec_tool.source.document import Field, Path
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span

_RULE = "sms-sender"
_ODD = re.compile(r"[^A-Za-z0-9 ]")
_ASKED = re.compile(
    r"\b(?i:reply|respond|répondez|responde|responda|rispondi|antworte|antworten sie)(?i: with| mit| con| par| by texting| by sending)? "
    r"(?:[\"'“‘]?(?:STOP|YES|NO|HELP|INFO|START|QUIT|END|CANCEL|OK|UNSUB[A-Z]*|[YN1-9])\b|(?i:to this (?:message|text|sms|number)))"
)
_TYPOGRAPHIC = "“”„‟«»‘’‚"
_STEMS = ("reply", "respond", "rispondi", "antworte")
"""Small letters without accents that one of the words for it begins with."""
_REFUSED = r"(?i)\b(?:not|never|cannot|can[’']t|don[’']t|unable|no)\b"
_FAR = 30
"""Characters before a request in which a "not" belongs to it."""


class _Fault(NamedTuple):
    """What is wrong with a sender."""

    message: str
    help: str
    severity: Severity = Severity.ERROR


def _surely_senders(path: Path, texts: Sequence[str], context: RuleContext) -> bool:
    """Whether nothing is wrong with any of many senders."""
    return path[-1] != "senderid" or all(_fault(value, context) is None for value in set(texts) if value)


@rule("SMS416", _RULE, Subject.MESSAGE, channels=("sms",), api=("7101",), proves=True, clears=_surely_senders)
def sms_sender(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """The sender of an SMS has a form that networks do not take, or can't do what the text asks for.

    What: A sender with letters and more than 11 characters, or of a form that the option ``forms`` does not list (errors); a
        number with ``+`` or without its country code, symbols between the letters; a sender with letters where the text asks
        for a reply, or for a destination in a country that refuses such senders (warnings). Of a template count all texts.
    Why: The platform answers 7101, or the network drops the message; nobody can reply to letters.
    Bad:
        channels:
          sms: {senderid: NORTHLIGHT BOOKS, text: Your order is here}
    Good:
        channels:
          sms: {senderid: NORTHLIGHT, text: Your order is here}
    """
    sender = form.block.get("senderid") if form.block is not None else None
    if sender is None or _is_coerced(sender):
        return
    known = [text.finite for text in texts_of(form, sender)]
    values = sorted(frozenset().union(*(one for one in known if one is not None)))
    faults = [(value, fault) for value in values if value and (fault := _fault(value, context)) is not None]
    for value, fault in faults[:1]:
        if fault.severity is Severity.ERROR or not context.proving:
            yield _finding(sender, value, fault)
    if any(one is None for one in known) or (not known and context.proving):
        yield from _of_data(form, sender, context)
    elif values and not faults and not context.proving and form.origin is not Origin.RENDERED and not any(map(is_numeric, values)):
        yield from _unanswerable(form, sender, values[0])
        yield from _undelivered(form, sender, values[0], context)


@rule("SMS419", "sms-no-sender", Subject.MESSAGE, channels=("sms",), severity=Severity.WARNING, confident=False)
def sms_no_sender(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """An SMS names no sender.

    What: The message has no ``senderid``, or an empty one, and no template of the platform that could bring one.
    Why: One page of the reference marks it mandatory. On the others the service's own sender stands in: which one customers
        see is then decided in the console, where no review looks.
    Bad:
        channels:
          sms: {text: Your order is here}
    Good:
        channels:
          sms: {senderid: NORTHLIGHT, text: Your order is here}
    """
    block = form.block
    if block is None or not isinstance(block.value, dict) or has_template(form) or is_written_otherwise("senderid", block.value):
        return
    sender = block.get("senderid")
    if sender is None or sender.value == "":
        place = block.key_span if sender is None else sender.span
        yield Finding(
            block.file,
            place,
            "this SMS has no sender: the service's own one stands in",
            (sender or block).path,
            help="add senderid",
        )


def _is_coerced(sender: Field) -> bool:
    """A number with a sign, of which coerced-scalar says that it is no text, and what to write."""
    return not isinstance(sender.value, str) and sender.lexeme[:1] == "+"


def _finding(sender: Field, value: str, fault: _Fault) -> Finding:
    api = predicted("7101") if fault.severity is Severity.ERROR else None
    return Finding(
        sender.file, sender.span, f"'{shown(value)}' {fault.message}", sender.path, severity=fault.severity, help=fault.help, api=api
    )


def _of_data(form: MessageForm, sender: Field, context: RuleContext) -> Iterator[Finding]:
    """A sender that the data brings: what a row may hold that no network takes."""

    def is_refused(value: str | None) -> bool:
        fault = _fault(value, context) if value else None
        return fault is not None and fault.severity is Severity.ERROR

    analysis = analysis_of(form, sender)
    example = witnessed(analysis, lambda outcome: is_refused(outcome.text.only)) if analysis is not None and not context.proving else None
    if example is not None or context.proving:
        fault = _fault(example.outcome.text.only or "", context) if example is not None else None
        yield Finding(
            sender.file,
            sender.span,
            f"this sender can be one that {fault.message}" if fault is not None else "this sender is not known",
            sender.path,
            severity=Severity.WARNING,
            related=labels(sender, analysis, example, printed=True),
            help=f"declare an enum, or maxLength: {MOST_LETTERS}",
            api=predicted("7101"),
            example=dict(example.data) if example is not None else None,
        )


# --- the form -----------------------------------------------------------------------------------------------------------


def _fault(value: str, context: RuleContext) -> _Fault | None:
    allowed = context.names(_RULE, "forms") or USUAL_FORMS
    if value in context.names(_RULE, "allow"):
        return None
    fault = _numeric_fault(value) if is_numeric(value) else _letters_fault(value)
    if fault is None and not any(form.value in allowed for form in forms_of(value)):
        words = " or ".join(_WORDS[SenderForm(form)] for form in allowed)
        return _Fault(f"is not what a sender is in this project: {words}", "write one of those, or change the option forms of sms-sender")
    return fault


_WORDS = {
    SenderForm.ALPHANUMERIC: "letters and digits",
    SenderForm.SHORT_CODE: "a short code",
    SenderForm.LONG_CODE: "a number with its country code",
    SenderForm.DLT_HEADER: "a DLT header of 3 to 6 letters",
}


def _numeric_fault(value: str) -> _Fault | None:
    digits = re.sub(r"[^0-9]", "", value)
    if value != digits and digits:
        return _Fault("is a number with marks in it: senders have digits only", f"write {digits}", Severity.WARNING)
    if len(digits) > 15:
        return _Fault(f"has {len(digits)} digits, and no number has more than 15", "write a number that belongs to your service")
    if digits[:1] == "0" and len(digits) > 8:
        return _Fault("lacks the country code", "put the country code in place of the leading 0", Severity.WARNING)
    if not forms_of(value):
        return _Fault(f"is neither a short code (3 to 8 digits) nor a number: it has {len(digits)}", "check the digits", Severity.WARNING)
    return None


def _letters_fault(value: str) -> _Fault | None:
    if len(value) > 1 and value[0] in _TYPOGRAPHIC and value[-1] in _TYPOGRAPHIC:
        return _Fault(f"holds '{value[0]}': to YAML such marks are no quotes but part of the text", 'write " in place of them')
    if len(value) > MOST_LETTERS:
        return _Fault(
            f"has {len(value)} characters, and a sender with letters has at most {MOST_LETTERS}",
            f"shorten it by {len(value) - MOST_LETTERS}",
        )
    odd = _ODD.search(value)
    if odd is not None:
        help = "write letters and digits, or name it in the option allow of sms-sender"
        return _Fault(f"holds '{shown(odd[0])}', which many networks refuse in a sender", help, Severity.WARNING)
    if value != value.strip():
        return _Fault("has blanks around it", "remove them", Severity.WARNING)
    return None


# --- what letters can't do ----------------------------------------------------------------------------------------------


def _unanswerable(form: MessageForm, sender: Field, value: str) -> Iterator[Finding]:
    """A text that asks for a reply to a sender with letters."""
    text = form.block.get("text") if form.block is not None else None
    place = _request(form, text) if text is not None else None
    if text is not None and place is not None:
        yield Finding(
            text.file,
            place,
            f"this asks for a reply, and nobody can reply to '{shown(value)}'",
            text.path,
            severity=Severity.WARNING,
            related=(Label("a sender with letters", sender.file, sender.span),),
            help="send it from a number, or name another way: text STOP to a number, a link, an address",
        )


def _request(form: MessageForm, text: Field) -> Span | None:
    """Where a text asks for a reply; the whole of it where a partial or a variable brings the words."""
    if not isinstance(text.value, str) or len(text.value) > MOST_CHARACTERS:
        return None
    for start, end in written_parts(form, text) if _may_ask(text.value) else ():
        found = _asked(text.value[start:end])
        if found is not None:
            return text.text_span(start + found.start(), start + found.end())
    known = texts_of(form, text) if text.templated else ()
    ends = [{one.prefix, one.suffix} if one.finite is None else one.finite for one in known]
    return text.span if ends and all(any(_asked(part) for part in parts) for parts in ends) else None


def _may_ask(text: str) -> bool:
    lowered = text.lower()
    return any(stem in lowered for stem in _STEMS) or not text.isascii()


def _asked(text: str) -> re.Match[str] | None:
    if not _may_ask(text):
        return None
    for found in _ASKED.finditer(text):
        if not re.search(_REFUSED, text[max(0, found.start() - _FAR) : found.start()]):
            return found
    return None


def _undelivered(form: MessageForm, sender: Field, value: str, context: RuleContext) -> Iterator[Finding]:
    """A destination in a country that takes no letters."""
    refusing = context.names(_RULE, "countries") or REFUSING_COUNTRIES
    for address in addresses(form):
        country = _country(address) if address.key == "msisdn" else None
        if country in refusing:
            yield Finding(
                sender.file,
                sender.span,
                f"networks of {country} refuse senders with letters, such as '{shown(value)}'",
                sender.path,
                severity=Severity.WARNING,
                related=(Label(f"a number of {country}", address.field.file, address.field.span),),
                help="send it from a number there, or change the option countries of sms-sender",
            )
            return


def _country(address: Address) -> str | None:
    from phonenumbers import phonenumberutil

    try:
        number = phonenumberutil.parse("+" + (literal(address.field) or "").lstrip("+"), None)
    except phonenumberutil.NumberParseException:
        return None
    country: str | None = phonenumberutil.region_code_for_number(number)
    return country
