"""SMS: encoding, parts and length of the text, for the text as it stands and for all that a template prints."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING

from msgspec_tool.channels.gsm7 import REPLACEMENTS, SAFE_REPLACEMENTS, first_non_gsm7
from msgspec_tool.channels.sms_parts import MAX_TEXT, fewest_parts, most_parts
from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Severity, Subject, rule
from msgspec_tool.domain import texts
from msgspec_tool.domain.texts import Text
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import analysis_of, characters, excess, labels, texts_of, witnessed
from msgspec_tool.rules.reading import literal, predicted
from msgspec_tool.source.document import Field
from msgspec_tool.source.text import Span

if TYPE_CHECKING:
    from msgspec_tool.domain.values import Value
    from msgspec_tool.templates.analysis import Analysis
    from msgspec_tool.templates.counterexamples import Example

BUDGET = 3
"""Parts that a message may take before it is a finding; option ``budget`` of ``sms-parts``."""

HARD_BUDGET = 10
"""Parts that no budget makes good: networks give up, and so do readers."""

_NEAR = 5
"""Units over a boundary that are worth a hint."""

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


@rule("SMS411", "sms-type-mismatch", Subject.MESSAGE, fix=FixKind.UNSAFE, proves=True)
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
        if all(text.never_gsm7 for text in known):
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


@rule("SMS412", "sms-ucs2-trigger", Subject.MESSAGE, severity=Severity.WARNING, fix=FixKind.SAFE)
def sms_ucs2_trigger(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A character turns the whole SMS into Unicode.

    What: The text holds a character that GSM-7 lacks, or a variable may bring one, and ``type`` is not 4. The finding stands
        at the character and names it, and what GSM-7 has in its place. Writing ``type: "4"`` says that it is meant.
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
    message = f"{_named(frozenset(names))} may hold characters that GSM-7 lacks; one makes this an SMS of 70 characters a part, not 160"
    related = (Label("declared here without a charset", first.field.file, first.field.key_span),)
    yield Finding(
        field.file,
        _print_of(field, analysis, names),
        message,
        field.path,
        related=related,
        help='declare charset: gsm7, filter it with | gsm7, or write type: "4"',
        example=dict(example.data) if example is not None else None,
    )


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
    from msgspec_tool.templates.scopes import reads

    wanted = {name.partition(".")[0] for name in names}
    for read in reads(analysis.template.tree):
        if read.path[0] in wanted and read.file is None and len(read.path) == 1:
            return field.text_span(read.start, read.end)
    return field.span


def _literal_triggers(form: MessageForm, field: Field) -> Iterator[Finding]:
    """One finding a different character that is written in the text itself."""
    text = field.value if isinstance(field.value, str) else ""
    seen: set[str] = set()
    start = 0
    shown = _shown_parts(form, field)
    for begin, end in shown:
        start = begin
        while (found := first_non_gsm7(text[start:end])) is not None:
            at = start + found
            start = at + 1
            if text[at] not in seen and not _told_elsewhere(form, field, at):
                seen.add(text[at])
                yield _trigger(field, at, text[at])


def _told_elsewhere(form: MessageForm, field: Field, at: int) -> bool:
    """A byte order mark, and what stands for a control character, are the reader's findings."""
    char = str(field.value)[at]
    return form.origin is Origin.SPEC and (char == "\ufeff" or (char == "\ufffd" and field.file.slice(field.text_span(at, at + 1)) != char))


def _shown_parts(form: MessageForm, field: Field) -> list[tuple[int, int]]:
    """The parts of a text's source that are printed as they stand."""
    if not field.templated:
        return [(0, len(str(field.value)))]
    analysis = analysis_of(form, field)
    if analysis is None or analysis.template.tree is None:
        return [(0, len(str(field.value)))]
    from msgspec_tool.templates.tree import parts_of

    tokens = parts_of(analysis.template.tree).tokens
    return [(start, end) for start, end, kind in zip(tokens.starts, tokens.ends, tokens.kinds, strict=True) if kind in ("data", "string")]


def _trigger(field: Field, at: int, char: str) -> Finding:
    name = unicodedata.name(char, "a control character").lower()
    replacement = REPLACEMENTS.get(char)
    span = field.text_span(at, at + 1)
    fix = None
    if replacement is not None and field.file.slice(span) == char:
        safe = char in SAFE_REPLACEMENTS and char != "\u200d"
        fix = Fix(
            f"write '{replacement}'" if replacement else "remove it",
            (Edit(span, replacement),),
            Applicability.SAFE if safe else Applicability.UNSAFE,
        )
    visible = f"'{char}' " if char.isprintable() and not char.isspace() else ""
    message = f"{visible}({name}, U+{ord(char):04X}) is not in GSM-7: it makes this an SMS of 70 characters a part, not 160"
    help = 'write type: "4" if it is meant' if fix else 'write another character, or type: "4" if it is meant'
    return Finding(field.file, span, message, field.path, help=help, fix=fix)


def _parts(text: Text) -> tuple[float, float]:
    return fewest_parts(text), most_parts(text)


@rule("SMS413", "sms-parts", Subject.MESSAGE, severity=Severity.WARNING, worst=Severity.ERROR, proves=True)
def sms_parts(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """An SMS takes more parts than the budget allows.

    What: The text takes, or for some data can take, more parts than the option ``budget`` (3); over 10 is an error. Parts are
        counted as networks do, over all branches and all data. A text that is a few units past a boundary is a note.
    Why: Every part is paid for, and parts that arrive late or out of order confuse readers.
    Bad:
        channels:
          sms:
            senderid: ACME
            text: >-
              Terms of the spring offer: valid until the end of May in all shops but those at airports and stations, for purchases
              of more than fifty euros, gift cards and magazines excluded, once for each customer, and not together with other
              vouchers, points or the discount for staff. Shops decide how many pieces they give to each customer. We may end the
              offer early when stocks run out, and tell you so on our pages and on posters in all of our shops. Prices include
              taxes; the delivery of what does not fit into a bag costs extra, see the notice at the till.
    Good:
        channels:
          sms: {senderid: ACME, text: "The spring offer is here: https://acme.example.com/spring"}
    """
    field = sms_text(form)
    budget = context.option("sms-parts", "budget", BUDGET)
    limit = budget if isinstance(budget, int) else BUDGET
    found = excess(form, field, limit, _parts, context)
    if field is None or found is None:
        if field is not None:
            yield from _near_boundary(form, field)
        return
    analysis = analysis_of(form, field)
    error = found.size > HARD_BUDGET
    message = f"this SMS takes {_range(form, field, found.size)}"
    told = analysis is not None and not found.surely and found.size < inf
    reasons = "; ".join(_reasons(analysis, int(found.size))) if told and analysis is not None else ""
    yield Finding(
        field.file,
        field.span,
        f"{message}; {reasons}" if reasons else f"{message}; the budget is {limit}",
        field.path,
        severity=Severity.ERROR if error else None,
        related=labels(field, analysis, found.example),
        help=f"shorten it, or allow more with the option budget of sms-parts (it is {limit})" if not error else "shorten it",
        example=found.data,
    )


def _range(form: MessageForm, field: Field, size: float) -> str:
    least = min((fewest_parts(text) for text in texts_of(form, field)), default=1)
    most = int(size) if size < inf else "many"
    return f"{most} parts" if least == most else f"{least} to {most} parts"


def _reasons(analysis: Analysis, most: int) -> Iterator[str]:
    """What makes a text as long as that, in words: the variable whose length decides, and the one that brings Unicode."""
    names = sorted(
        analysis.result.text.sources & analysis.setting.variables.keys(), key=lambda name: (-_most_characters(analysis, name), name)
    )
    for name in names:
        value = analysis.setting.names[name]
        if value.text is None or value.text.finite is not None or value.text.most.points == inf:
            continue
        longest = _longest_within(analysis, name, most - 1)
        if longest is not None and longest < value.text.most.points:
            yield f"{most} when {name} is longer than {longest} characters" if longest else f"{most} as soon as {name} is not empty"
            break
    trigger = next((name for name in names if name in analysis.result.text.triggers), None)
    if trigger is not None:
        odd = texts.recoded(texts.bounded(1, 1).of(frozenset((trigger,))), 1, 1, 32 | 256, surely=32 | 256)
        shortest = {name: _plainest(analysis, name) for name in names if analysis.setting.names[name].text is not None}
        least = analysis.given({**shortest, trigger: analysis.setting.names[trigger]._replace(text=odd)}, searching=True)
        parts = min((fewest_parts(outcome.text) for outcome in least.outcomes), default=1)
        if parts > 1:
            yield f"{parts} as soon as {trigger} holds a non-GSM-7 letter"


def _most_characters(analysis: Analysis, name: str) -> float:
    text = analysis.setting.names[name].text
    return text.most.points if text is not None else 0


def _plainest(analysis: Analysis, name: str) -> Value:
    value = analysis.setting.names[name]
    return value._replace(text=value.text.narrowed(most=value.text.least.points)) if value.text is not None else value


def _longest_within(analysis: Analysis, name: str, parts: int) -> int | None:
    """Characters of a variable up to which a text never takes more parts; None where no length helps."""
    value = analysis.setting.names[name]
    if value.text is None:
        return None

    def fits(length: int) -> bool:
        assert value.text is not None
        shorter = value._replace(text=value.text.narrowed(most=length))
        return max((most_parts(outcome.text) for outcome in analysis.given({name: shorter}, searching=True).outcomes), default=1) <= parts

    low, high = int(value.text.least.points), int(value.text.most.points)
    if not fits(low):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _near_boundary(form: MessageForm, field: Field) -> Iterator[Finding]:
    """A note on a text of one length that is just past a boundary."""
    from msgspec_tool.channels.sms_parts import GSM7_PART, UCS2_PART, count

    text = literal(field)
    if text is None or form.origin is Origin.RENDERED:
        return
    counted = count(text)
    part = GSM7_PART if counted.encoding == "gsm7" else UCS2_PART
    boundary = part * (counted.parts - 1) if counted.parts > 2 else (160 if counted.encoding == "gsm7" else 70)
    over = counted.units - boundary
    if counted.parts > 1 and 0 < over <= _NEAR:
        message = f"this SMS takes {counted.parts} parts; {over} {'units' if over > 1 else 'unit'} fewer and it takes {counted.parts - 1}"
        yield Finding(field.file, field.span, message, field.path, severity=Severity.INFO, help=f"shorten it by {over}")


@rule("SMS415", "sms-too-long", Subject.MESSAGE, api=("7107",), proves=True)
def sms_too_long(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """An SMS is longer than the API takes.

    What: The text has more than 1,024 characters, or for some data can have more.
    Why: The API documents 1,024 characters and refuses longer texts.
    Bad:
        channels:
          sms: {senderid: ACME, text: "Terms of the spring offer: …"} # and 1,000 characters more
    Good:
        channels:
          sms: {senderid: ACME, text: "Terms of the spring offer: https://acme.example.com/terms"}
    """
    field = sms_text(form)
    found = excess(form, field, MAX_TEXT, characters, context)
    if field is not None and found is not None:
        message = f"this text {found.verb} {found.size:,.0f} characters; at most {MAX_TEXT:,} are taken"
        analysis = analysis_of(form, field)
        yield Finding(
            field.file,
            field.span,
            message,
            field.path,
            related=labels(field, analysis, found.example),
            help="shorten it, or the variables in it" if field.templated else f"shorten it by {found.size - MAX_TEXT:,.0f}",
            api=predicted("7107"),
            example=found.data,
        )
