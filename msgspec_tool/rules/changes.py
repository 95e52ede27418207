"""CHG: what a change of a message breaks, or makes dearer, against how it was at a revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from math import inf

from msgspec_tool.channels.sms_parts import GSM7_PART, GSM7_SINGLE, UCS2_PART, UCS2_SINGLE, SmsCount, most_parts
from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.message_changes import BREAKING, COST, MessageChange, SpecChange
from msgspec_tool.model import AnalysedSpec, MessageForm, Variable
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import texts_of
from msgspec_tool.rules.sms_text import sms_text
from msgspec_tool.source.document import Field, Plain
from msgspec_tool.source.quoting import shown
from msgspec_tool.variables.narrowing import narrowings

_ALIKE = 0.6
"""How alike two names are, from 0 to 1, that one variable may have had."""
_SAID_OF_PEOPLE = ("title", "description", "examples")


@rule(BREAKING, "breaking-change", Subject.CHANGE)
def breaking_change(change: SpecChange, _context: RuleContext) -> Iterator[Finding]:
    """A change breaks what senders or recipients rely on.

    What: Against the revision that ``diff --base`` or ``lint --against`` names, a channel is dropped, a sender changes, a sample's
        SMS takes more parts, or a variable has another name or type, is newly required, or refuses values that it took (a
        shorter text, fewer allowed values, another pattern; a warning where a pattern may as well take more).
    Why: Who reads one of the channels hears nothing more; a new sender looks like a stranger's; every part is paid for, for every
        recipient; rows of yesterday's data are refused.
    Bad:
        # base
        channels:
          sms: {senderid: ACME, text: Welcome.}
        # now
        channels:
          sms: {senderid: MERIDIAN, text: Welcome.}
    Good:
        # base
        channels:
          sms: {senderid: ACME, text: Welcome.}
        # now
        channels:
          sms: {senderid: ACME, text: "Welcome, and thank you."}
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return
    yield from _dropped(before, after)
    yield from _senders(change, after)
    yield from _parts(change, after)
    yield from _contract(before.shaped.variables, after.shaped.variables)


@rule(COST, "cost-change", Subject.CHANGE, severity=Severity.WARNING)
def cost_change(change: SpecChange, _context: RuleContext) -> Iterator[Finding]:
    """A change makes a message dearer.

    What: Against the revision that ``diff --base`` or ``lint --against`` names, an SMS can take more parts for some data, though no
        sample of the spec does, or there are more destinations.
    Why: Every part is paid for, for every recipient.
    Bad:
        # base
        destination: [{msisdn: ["+447700900123"]}]
        # now
        destination: [{msisdn: ["+447700900123", "+447700900124"]}]
    Good:
        # base
        channels:
          sms: {senderid: ACME, text: "Welcome, and thank you."}
        # now
        channels:
          sms: {senderid: ACME, text: Welcome.}
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return
    if not any(one.more_parts for one in change.alike):
        yield from _possible_parts(before, after)
    counts, destination = change.reached, after.shaped.destination
    if destination is not None and counts.before is not None and counts.after is not None and counts.after > counts.before:
        message = f"there are {counts.after:,} recipients, {counts.before:,} before"
        yield Finding(destination.file, destination.key_span, message, destination.path)


def _dropped(before: AnalysedSpec, after: AnalysedSpec) -> Iterator[Finding]:
    named = after.shaped.root.get("deliverychannel") or after.shaped.root
    for channel in before.shaped.channels:
        if channel not in after.shaped.channels:
            message = f"channel '{channel}' is dropped: who was reached on it hears nothing there"
            yield Finding(named.file, named.span, message, named.path)


def _senders(change: SpecChange, after: AnalysedSpec) -> Iterator[Finding]:
    """Once for each channel and pair of senders."""
    pairs = [(one.channel, one.before.sender, one.after.sender) for one in change.alike if one.before and one.after]
    for channel, old, new in dict.fromkeys(pairs):
        if old != new:
            field = _sender_field(after, channel)
            yield Finding(field.file, field.span, f"the sender on {channel} is {_name(new)}, {_name(old)} before", field.path)


def _name(sender: str | None) -> str:
    return "not named" if sender is None else f"'{shown(sender)}'"


def _sender_field(spec: AnalysedSpec, channel: str) -> Field:
    form = _form(spec, channel)
    key = {"sms": "senderid", "voice": "cli"}.get(channel)
    written = form.common("appid") if key is None else form.block.get(key) if form.block is not None else None
    return written or form.block or spec.shaped.root


def _form(spec: AnalysedSpec, channel: str) -> MessageForm:
    return next(form for form in spec.messages if form.channel == channel)


def _parts(change: SpecChange, after: AnalysedSpec) -> Iterator[Finding]:
    """One finding for all samples that grew: the one that grew most is named."""
    grown = sorted((one for one in change.alike if one.more_parts), key=lambda one: -one.more_parts)
    if not grown:
        return
    worst, others = grown[0], len(grown) - 1
    old, new = _count(worst, before=True), _count(worst, before=False)
    field = sms_text(_form(after, worst.channel)) or after.shaped.root
    more = f", and {others} more sample{'s' if others > 1 else ''} grew" if others else ""
    message = f"this SMS takes {new.parts} parts with sample '{shown(worst.sample)}', {old.parts} before{more}"
    yield Finding(field.file, field.span, message, field.path, help=_remedy(old, new))


def _count(change: MessageChange, *, before: bool) -> SmsCount:
    version = change.before if before else change.after
    assert version is not None
    assert version.sms is not None
    return version.sms


def _remedy(old: SmsCount, new: SmsCount) -> str:
    if new.encoding != old.encoding and new.encoding == "ucs2":
        return "a character that GSM-7 lacks made the parts shorter: see sms-ucs2-trigger"
    single, part = (GSM7_SINGLE, GSM7_PART) if new.encoding == "gsm7" else (UCS2_SINGLE, UCS2_PART)
    over = new.units - (single if old.parts == 1 else part * old.parts)
    return f"shorten it by {over}" if over > 0 else "shorten it"


def _contract(before: Mapping[str, Variable], after: Mapping[str, Variable]) -> Iterator[Finding]:
    """What rows of yesterday's data meet."""
    gone = {name: one for name, one in before.items() if name not in after}
    for name, variable in after.items():
        old = before.get(name)
        if old is None:
            former = _former(variable, gone)
            if former is not None:
                gone.pop(former)
                yield _at(variable, f"variable '{shown(former)}' is called '{shown(name)}' now: {_fate(variable)}", "keep the old name")
            elif variable.required:
                yield _at(variable, f"variable '{shown(name)}' is newly required: rows without it are refused", "give it a default")
        elif variable.required and not old.required:
            yield _at(variable, f"variable '{shown(name)}' is newly required: rows without it are refused", "give it a default")
        elif variable.type != old.type and (old.type, variable.type) != ("integer", "number"):
            yield _at(variable, f"variable '{shown(name)}' is of type {variable.type}, {old.type} before: rows of the old type are refused")
        else:
            yield from _narrowed(old, variable)


def _narrowed(old: Variable, variable: Variable) -> Iterator[Finding]:
    """A declaration that refuses values which it took."""
    for found in narrowings(old.schema, variable.schema):
        field = variable.field.find(*found.path) or variable.field
        words = f"variable '{shown(variable.name + found.member)}' {found.words}"
        yield Finding(field.file, field.span, words, field.path, severity=None if found.surely else Severity.WARNING)


def _fate(variable: Variable) -> str:
    return "rows with the old name are refused" if variable.required else "what rows hold under the old name is not read"


def _at(variable: Variable, message: str, help: str | None = None) -> Finding:
    field = variable.field
    return Finding(field.file, field.key_span, message, field.path, help=help)


def _former(variable: Variable, gone: Mapping[str, Variable]) -> str | None:
    """The name under which a variable was declared before: one with the same declaration, or one of the same type and a like name."""
    same = [name for name, one in gone.items() if _declared(one) == _declared(variable)]
    near = sorted(
        same or (name for name, one in gone.items() if one.type == variable.type), key=lambda name: -_likeness(name, variable.name)
    )
    return next((name for name in near if same or _likeness(name, variable.name) >= _ALIKE), None)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _declared(variable: Variable) -> dict[str, Plain]:
    return {key: value for key, value in variable.schema.items() if key not in _SAID_OF_PEOPLE}


def _possible_parts(before: AnalysedSpec, after: AnalysedSpec) -> Iterator[Finding]:
    if "sms" not in before.shaped.channels or "sms" not in after.shaped.channels:
        return
    old, new = _form(before, "sms"), _form(after, "sms")
    field = sms_text(new)
    were, are = _most(old, sms_text(old)), _most(new, field)
    if field is not None and were < are < inf:
        message = f"for some data this SMS can take {are:.0f} parts, {were:.0f} before"
        yield Finding(field.file, field.span, message, field.path, help="shorten it, or lower maxLength of a variable")


def _most(form: MessageForm, field: Field | None) -> float:
    return max((most_parts(text) for text in texts_of(form, field)), default=inf)
