"""SMS: parts and length of the text, for the text as it stands and for all that a template prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING

from msgspec_tool.channels.sms_parts import MAX_TEXT, fewest_parts, most_parts, surely_within
from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.domain import texts
from msgspec_tool.domain.characters import OUTSIDE_GSM7
from msgspec_tool.domain.texts import Text
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import Excess, analysis_of, broken, characters, excess, labels, texts_of
from msgspec_tool.rules.reading import literal, predicted
from msgspec_tool.rules.sms_text import sms_text
from msgspec_tool.source.document import Field, Path

if TYPE_CHECKING:
    from msgspec_tool.domain.values import Value
    from msgspec_tool.templates.bounds.analysis import Analysis

BUDGET = 3
"""Parts that a message may take before it is a finding; option ``budget`` of ``sms-parts``."""

HARD_BUDGET = 10
"""Parts that no budget makes good: networks give up, and so do readers."""

_NEAR = 5
"""Units over a boundary that are worth a hint."""


def _parts(text: Text) -> tuple[float, float]:
    return fewest_parts(text), most_parts(text)


def _surely_few(path: Path, values: Sequence[str], context: RuleContext) -> bool:
    """Whether no text of many takes more parts than the budget."""
    if path != ("channels", "sms", "text"):
        return True
    from msgspec_tool.templates.running.gaps import GappedTexts

    if isinstance(values, GappedTexts):
        most = len("".join(values.text.literals)) + sum(max(map(len, column), default=0) for column in values.columns)
        if surely_within(("\U0001f600" * most,), _budget(context)):
            return True
    return surely_within(values, _budget(context))


def _budget(context: RuleContext) -> int:
    budget = context.option("sms-parts", "budget", BUDGET)
    return budget if isinstance(budget, int) else BUDGET


@rule(
    "SMS413",
    "sms-parts",
    Subject.MESSAGE,
    channels=("sms",),
    severity=Severity.WARNING,
    worst=Severity.ERROR,
    proves=True,
    clears=_surely_few,
)
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
    limit = _budget(context)
    found = excess(form, field, limit, _parts, context)
    if field is None or found is None:
        if field is not None:
            yield from _near_boundary(form, field)
        return
    analysis = analysis_of(form, field)
    found = _most_of(found, analysis, context)
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


def _most_of(found: Excess, analysis: Analysis | None, context: RuleContext) -> Excess:
    """What every text reaches is not what it costs at most: data that takes more parts, where there are such."""
    if not found.surely or analysis is None or context.proving:
        return found
    example = broken(analysis, _parts, found.size)
    return Excess(False, example.score, example) if example is not None else found


def _range(form: MessageForm, field: Field, size: float) -> str:
    least = min((fewest_parts(text) for text in texts_of(form, field)), default=1)
    most = int(size) if size < inf else "many"
    return f"{most} parts" if least == most else f"{least} to {most} parts"


def _reasons(analysis: Analysis, most: int) -> Iterator[str]:
    """What makes a text as long as that, in words: the variable whose length decides, and the one that brings Unicode."""
    names = sorted(
        analysis.result.text.sources & analysis.setting.variables.keys(), key=lambda name: (-_most_characters(analysis, name), name)
    )
    trigger = next((name for name in names if name in analysis.result.text.triggers), None)
    plain = _most_in_gsm7(analysis, names) if trigger is not None else most
    if plain < most:
        yield f"at most {plain:.0f} in GSM-7"
    length = _length_reason(analysis, names, most)
    if length is not None:
        yield f"with a non-GSM-7 letter in {trigger}, {length}" if plain < most else length
    parts = _parts_in_unicode(analysis, names, trigger) if trigger is not None else 1
    if parts > 1:
        yield f"{parts} as soon as {trigger} holds a non-GSM-7 letter"


def _length_reason(analysis: Analysis, names: Sequence[str], most: int) -> str | None:
    for name in names:
        value = analysis.setting.names[name]
        if value.text is None or value.text.finite is not None or value.text.most.points == inf:
            continue
        longest = _longest_within(analysis, name, most - 1)
        if longest is not None and longest < value.text.most.points:
            return f"{most} when {name} is longer than {longest} characters" if longest else f"{most} as soon as {name} is not empty"
    return None


def _most_in_gsm7(analysis: Analysis, names: Sequence[str]) -> float:
    """Parts that no text exceeds in which variables bring nothing but GSM-7; infinite where that does not keep it from Unicode."""
    plain = {}
    for name in names:
        value = analysis.setting.names[name]
        if value.text is not None and not value.text.always_gsm7:
            text = texts.bounded(value.text.least.points, value.text.most.points, value.text.may & ~OUTSIDE_GSM7)
            plain[name] = value._replace(text=text.of(value.text.sources))
    outcomes = analysis.given(plain, searching=True).outcomes
    return max((most_parts(outcome.text) if outcome.text.always_gsm7 else inf for outcome in outcomes), default=inf)


def _parts_in_unicode(analysis: Analysis, names: Sequence[str], trigger: str) -> int:
    """Parts that a text takes at least once a variable holds a single letter that GSM-7 lacks."""
    odd = texts.recoded(texts.bounded(1, 1).of(frozenset((trigger,))), 1, 1, 32 | 256, surely=32 | 256)
    shortest = {name: _plainest(analysis, name) for name in names if analysis.setting.names[name].text is not None}
    least = analysis.given({**shortest, trigger: analysis.setting.names[trigger]._replace(text=odd)}, searching=True)
    return min((fewest_parts(outcome.text) for outcome in least.outcomes), default=1)


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


@rule("SMS415", "sms-too-long", Subject.MESSAGE, channels=("sms",), api=("7107",), proves=True)
def sms_too_long(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """An SMS is longer than the API takes.

    What: The text has more than 1,024 characters, or for some data can have more.
    Why: The API documents 1,024 characters. What becomes of a longer text is documented nowhere; a receipt may report 7107.
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
            related=labels(field, analysis, found.example, printed=True),
            help="shorten it, or the variables in it" if field.templated else f"shorten it by {found.size - MAX_TEXT:,.0f}",
            api=predicted("7107"),
            example=found.data,
        )
