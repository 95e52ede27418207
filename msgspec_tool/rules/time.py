"""TIM: when a message stops being worth sending."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from math import inf

from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Severity, Subject, rule
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import texts_of
from msgspec_tool.rules.reading import literal, predicted
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown
from msgspec_tool.variables.timestamps import is_timestamp, parse_duration, parse_timestamp

_SHORT_OFFSET = r"(?a)([+-])([0-9]):([0-9]{2})\Z"
_NEAR_MISSES: tuple[tuple[str, str, str | None], ...] = (
    (r"(?a)\d{4}-\d\d-\d\d()\Z", "it is a day without a time", None),
    (r"(?a)\d{4}-\d\d-\d\d([ _])\d\d:\d\d", "it takes a 'T' between the day and the time", "T"),
    (r"(?a)\d{4}-\d\d-\d\dT\d\d:\d\d()(?:[Zz+-]|\Z)", "it has no seconds", ":00"),
    (r"(?a)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d()\d\d\Z", "its offset has no ':'", ":"),
    (r"(?a)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d()\Z", "its offset has no minutes", ":00"),
    (r"(?a)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?( +)(?:[Zz]|[+-]\d)", "it has a blank before the offset", ""),
    (r"(?a)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)(\[[^\]]*\])\Z", "it takes no name of a zone", ""),
    (r"(?a)(\d{10}|\d{13})\Z", "it is a number of seconds", None),
)
"""What is nearly RFC 3339: the part that is wrong, what is wrong with it, and what belongs there where nobody has to guess."""
_NAIVE = r"(?a)[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?\Z"
_FORM = r"(?a)[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?\Z"
_SPOKEN_SPAN = r"(?ai)([1-9][0-9]{0,5}) *(s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?)\Z"
_EXAMPLE = "2030-01-31T18:30:00.000Z"
_SHORTEST_TIME = len("2030-01-31T18:30:00")
_LONGEST_SPAN = len("999999999d")
_BEGINNING = datetime.min.replace(tzinfo=timezone.utc)


def _expiry(form: MessageForm) -> tuple[Field, str] | None:
    field = form.root.get("expiry")
    text = literal(field)
    return (field, text) if field is not None and text else None


@rule("TIM601", "bad-timestamp", Subject.MESSAGE, common=True, needs=("expiry",), fix=FixKind.SAFE, api=("7004",))
def bad_timestamp(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """``expiry`` is not a time.

    What: The text is not RFC 3339 (``2030-01-31T18:30:00.000Z``, or with an offset such as ``+05:30``), the day does not
        exist, or ``{after: …}`` is not a number with s, m, h or d.
    Why: The platform's own documentation shows ``+5:30``, which is no valid offset; what servers make of it is unknown.
    Bad:
        expiry: 2030-01-31T18:30:00.000+5:30
    Good:
        expiry: 2030-01-31T18:30:00.000+05:30
    """
    yield from _bad_duration(form)
    yield from _never_printed(form)
    found = _expiry(form)
    if found is None:
        return
    field, text = found
    if is_timestamp(text) or (re.match(_NAIVE, text) and parse_timestamp(text)):
        return
    short = re.search(_SHORT_OFFSET, text)
    if short and parse_timestamp(text):
        offset = f"{short[1]}0{short[2]}:{short[3]}"
        span = field.text_span(short.start(), short.end())
        yield Finding(
            field.file,
            span,
            f"the offset '{short[0]}' needs two digits of hours",
            field.path,
            help=f"write {offset}",
            fix=Fix(f"write {offset}", (Edit(span, offset),)),
            api=predicted("7004"),
        )
        return
    words = "is a time that does not exist" if re.match(_FORM, text) else "is not a time"
    reason, fix = _nearly(field, text)
    remedy = fix.description if fix is not None else _remedy(form, text)
    yield Finding(field.file, field.span, f"'{shown(text)}' {words}{reason}", field.path, help=remedy, fix=fix, api=predicted("7004"))


def _nearly(field: Field, text: str) -> tuple[str, Fix | None]:
    """Why a text is no time although it looks like one, and the mend where nobody has to guess what was meant."""
    for pattern, words, write in _NEAR_MISSES:
        found = re.match(pattern, text)
        if found is None:
            continue
        mended = None if write is None else text[: found.start(1)] + write + text[found.end(1) :]
        plain = mended is not None and field.file.slice(field.span).strip("'\"") == text
        if mended is None or not plain or not (is_timestamp(mended) or (re.match(_NAIVE, mended) and parse_timestamp(mended))):
            return f": {words}", None
        inside = field.text_span(0, len(text))
        return f": {words}", Fix(f"write {mended}", (Edit(inside, mended),))
    return "", None


def _remedy(form: MessageForm, text: str) -> str:
    if form.origin is not Origin.SPEC:
        return f"write it as {_EXAMPLE}"
    if parse_duration(text) is not None:
        return f"write {{after: {text}}}, or a time such as {_EXAMPLE}"
    spoken = re.match(_SPOKEN_SPAN, text)
    if spoken:
        return f"write {{after: {spoken[1]}{spoken[2][0].lower()}}}"
    return f"write it as {_EXAMPLE}, or as a span of time: {{after: 4h}}"


def _never_printed(form: MessageForm) -> Iterator[Finding]:
    """A template that can print no time, or no span of time, whatever the data."""
    for path, form_of, shortest, longest, remedy in (
        (("expiry",), "time", _SHORTEST_TIME, inf, f"print the whole time, such as {_EXAMPLE}"),
        (("expiry", "after"), "span of time", 2, _LONGEST_SPAN, "print a number and s, m, h or d, such as 90m or 4h"),
    ):
        field = form.root.find(*path)
        known = texts_of(form, field) if field is not None and field.templated else ()
        if field is None or not known:
            continue
        if all(text.most.points < shortest or text.least.points > longest for text in known):
            api = predicted("7004") if path == ("expiry",) else None
            yield Finding(field.file, field.span, f"what this prints is never a {form_of}", field.path, help=remedy, api=api)


def _bad_duration(form: MessageForm) -> Iterator[Finding]:
    after = form.root.find("expiry", "after") if form.origin is Origin.SPEC else None
    if after is not None and form.root.once(_is_no_duration):
        spoken = re.match(_SPOKEN_SPAN, str(after.value))
        yield Finding(
            after.file,
            after.span,
            f"'{shown(str(after.value))}' is not a span of time",
            after.path,
            help=f"write {spoken[1]}{spoken[2][0].lower()}" if spoken else "write a number and s, m, h or d, such as 90m or 4h",
        )


def _is_no_duration(root: Field) -> bool:
    after = root.find("expiry", "after")
    if after is None or after.templated or not isinstance(after.value, (str, int)):
        return False
    return parse_duration(str(after.value)) in (None, timedelta(0))


@rule("TIM602", "timestamp-range", Subject.MESSAGE, common=True, needs=("expiry",), api=("7005",))
def timestamp_range(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """``expiry`` is in the past, or too far ahead.

    What: At the time of the run (``--now``) the message has already expired (error), or it expires later than the option
        ``horizon`` (such as ``7d``) allows (warning).
    Why: The platform refuses an expired message with 7005, or takes it and never sends it.
    Bad:
        expiry: 2020-01-31T18:30:00.000Z
    Good:
        expiry: {after: 4h}
    """
    found = _expiry(form)
    instant = parse_timestamp(found[1]) if found else None
    if found is None or instant is None:
        return
    field, text = found
    horizon = parse_duration(str(context.option("timestamp-range", "horizon", "")))
    if context.passed(instant):
        yield Finding(
            field.file,
            field.span,
            f"'{text}' is in the past",
            field.path,
            help="give a later time, or {after: 4h}",
            api=predicted("7005", "Request expired"),
        )
    elif horizon is not None and horizon < instant - _BEGINNING and not context.passed(instant - horizon):
        days = f"{horizon.days} days" if horizon.days else str(horizon)
        yield Finding(
            field.file,
            field.span,
            f"'{text}' is more than {days} ahead",
            field.path,
            severity=Severity.WARNING,
            help="give an earlier time",
        )


@rule("TIM603", "static-expiry", Subject.MESSAGE, common=True, needs=("expiry",), severity=Severity.WARNING, confident=False)
def static_expiry(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A reusable spec expires on a fixed date.

    What: ``expiry`` of a spec is a literal time.
    Why: From that day on every render of the spec is refused; ``{after: 4h}`` is counted from each run.
    Bad:
        expiry: 2030-01-31T18:30:00.000Z
    Good:
        expiry: {after: 4h}
    """
    found = _expiry(form)
    if form.origin is Origin.SPEC and found is not None and parse_timestamp(found[1]):
        field, _text = found
        yield Finding(
            field.file,
            field.span,
            "a fixed 'expiry' makes the spec stop working on that day",
            field.path,
            help="write {after: 4h}, counted from each run",
        )


@rule("TIM604", "naive-time", Subject.MESSAGE, common=True, needs=("expiry",), severity=Severity.WARNING, fix=FixKind.UNSAFE)
def naive_time(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """``expiry`` has no offset.

    What: The time says neither ``Z`` nor an offset such as ``+05:30``.
    Why: It is taken for UTC, which an author in Mumbai, or in London in summer, did not mean.
    Bad:
        expiry: 2030-01-31T18:30:00.000
    Good:
        expiry: 2030-01-31T18:30:00.000Z
    """
    found = _expiry(form)
    if found is not None and re.match(_NAIVE, found[1]) and parse_timestamp(found[1]):
        field, text = found
        end = field.text_span(len(text) - 1, len(text)).end
        fix = Fix("take it as UTC", (Edit(field.text_span(len(text), len(text))._replace(start=end, end=end), "Z"),), Applicability.UNSAFE)
        yield Finding(
            field.file,
            field.span,
            f"'{text}' does not say which time zone it is in",
            field.path,
            help="add Z for UTC, or an offset such as +05:30",
            fix=fix,
        )
