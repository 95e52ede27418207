"""Does a rendered sample say what its spec's tests expect? One expectation is a place and a form.

Places are written as in the spec (``channels.fb.text``), as JSON Pointers into the message object, or are measures such as
``sms.parts``. Forms are a value, or a mapping of ``matches``, ``max`` and ``min``. An expectation holds where it holds for
every message of the sample that has the place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice

from msgspec_tool.channels.layout import BLOCK_PATHS, canonical
from msgspec_tool.channels.sms_parts import count
from msgspec_tool.model import RenderedMessage
from msgspec_tool.rendering.outcome import RenderedSample
from msgspec_tool.source.document import Field, Path, Plain, at
from msgspec_tool.stages.check import destination_object
from msgspec_tool.templates.failures import quoted
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.variables.keywords import compile_pattern, is_number, same, shape
from msgspec_tool.variables.numbers import exact
from msgspec_tool.verdicts import EQUALS, Comparison, Mismatch

SMS_MEASURES = ("sms.parts", "sms.units", "sms.encoding")
"""Counted on the text of each SMS."""

BYTES = "bytes"
"""The size of each request body, as it is sent."""

MOST_PLACES = 200
"""Places of a message among which the nearest to a misspelt one is sought."""

_AT_THE_TOP: dict[str, Path] = {"appid": ("appid",), "smartlinks": ("channels", "smartlinks")}
"""What a spec may write in a channel's block and the API has elsewhere."""

_ABSENT = object()


class _NowhereError(Exception):
    """A sample's messages have no such place."""


def mismatches(expect: Field, sample: RenderedSample) -> Iterator[Mismatch]:
    """The expectations of a test that do not hold for a rendered sample, in written order.

    Of a sample that was generated only limits are expected, ``max``, ``min`` and measures: words are those of known data.
    """
    for place, expected in expect.items():
        if sample.data is not None and not _is_limit(place, expected):
            continue
        try:
            yield from _judged(place, expected, _values(place, sample))
        except _NowhereError as error:
            if expected.value is not None:
                yield _mismatch(expected, place, str(error))


def has_limits(expect: Field | None) -> bool:
    """Whether anything is expected of samples that were generated."""
    return expect is not None and any(_is_limit(place, expected) for place, expected in expect.items())


def _is_limit(place: str, expected: Field) -> bool:
    sized = isinstance(expected.value, dict) and not expected.value.keys() - {"max", "min"}
    return sized or place == BYTES or place.startswith("sms.")


def _judged(place: str, expected: Field, values: list[Plain]) -> Iterator[Mismatch]:
    """The first value that does not fit; of a mapping each form is an expectation of its own."""
    forms = dict(expected.items()) if isinstance(expected.value, dict) else {EQUALS: expected}
    if not forms:
        yield _mismatch(expected, place, "nothing is expected here; write a value, or 'matches', 'max' or 'min'")
    for form, wanted in forms.items():
        judge = _FORMS.get(form, _unknown)
        for value in values:
            objection = judge(wanted, value)
            if objection is not None:
                comparison = Comparison(form, wanted.value, value) if form in _FORMS else None
                yield _mismatch(wanted, place, f"{place} {objection}", comparison)
                break


def _mismatch(field: Field, place: str, message: str, comparison: Comparison | None = None) -> Mismatch:
    return Mismatch(message, field.file, field.span, field.path, place, comparison)


# --- forms: what a value has against an expectation, in words ------------------------------------------------------------


def _equals(expected: Field, value: Plain) -> str | None:
    wanted = expected.value
    if same(wanted, value) or (isinstance(value, str) and _is_plain_integer(wanted) and value == expected.lexeme):
        return None
    if isinstance(wanted, str) and isinstance(value, str) and any(map(str.isspace, wanted + value)):
        return "is not the expected text"
    if wanted is None:
        return f"is {_said(value)}; nothing is expected here"
    kinds = isinstance(wanted, str) != isinstance(value, str)
    return f"is {_said(value, kinds)}; expected {_said(wanted, kinds)}"


def _unknown(expected: Field, _value: Plain) -> str:
    return f"can't be compared: there is no form {quoted(expected.path[-1])}"


def _is_plain_integer(value: Plain) -> bool:
    """Written where text was meant: the language reads ``callflowid: 184`` as text, so a test may say it likewise."""
    return isinstance(value, int) and not isinstance(value, bool)


def _matches(expected: Field, value: Plain) -> str | None:
    if not isinstance(value, str):
        return f"is {_said(value)}; only a text can match a pattern"
    if not isinstance(expected.value, str):
        return "can't be compared: a pattern is text"
    try:
        found = compile_pattern(expected.value).search(value)
    except ValueError as error:
        return f"can't be compared: the pattern is none that RE2 takes ({error})"
    return None if found else f"does not match {quoted(expected.value)}"


def _at_most(expected: Field, value: Plain) -> str | None:
    return _beyond(expected.value, value, lambda size, bound: size > bound, "at most")


def _at_least(expected: Field, value: Plain) -> str | None:
    return _beyond(expected.value, value, lambda size, bound: size < bound, "at least")


_FORMS: dict[str, Callable[[Field, Plain], str | None]] = {EQUALS: _equals, "matches": _matches, "max": _at_most, "min": _at_least}
"""By the key of the form; a value by itself means that it is equal."""


def _beyond(bound: Plain, value: Plain, is_beyond: Callable[[Decimal, Decimal], bool], words: str) -> str | None:
    """A number by its size, a text by its length in characters."""
    if not isinstance(value, str) and not is_number(value):
        return f"is {_said(value)}; only a number or a text has a size"
    if not is_number(bound):
        return "can't be compared: the bound is no number of JSON"
    if not is_beyond(exact(len(value)) if isinstance(value, str) else exact(value), exact(bound)):
        return None
    size = f"has {_characters(len(value))}" if isinstance(value, str) else f"is {value}"
    return f"{size}; expected {words} {bound}"


def _characters(number: int) -> str:
    return f"{number} character{'' if number == 1 else 's'}"


def _said(value: Plain, with_kind: bool = False) -> str:
    """A value in a message: short ones as they are, others by their shape."""
    if isinstance(value, (list, dict)):
        return shape(value)
    text = quoted(value) if isinstance(value, str) else json.dumps(value)
    kind = "text" if isinstance(value, str) else shape(value)
    return f"{text} ({kind})" if with_kind and not (value is None or isinstance(value, bool)) else text


# --- places --------------------------------------------------------------------------------------------------------------


def _values(place: str, sample: RenderedSample) -> list[Plain]:
    """What the sample's messages (or its requests) have at a place; :class:`_NowhereError` where none has anything there."""
    if place == BYTES:
        return [len(body) for body in sample.requests]
    if place.startswith("sms."):
        return _measured(place, sample)
    channel = _channel_of(place)
    messages = [message for message in sample.messages if channel in (None, message.channel)]
    if channel is not None and not messages:
        raise _NowhereError(f"{quoted(place)}: the sample gives no message for {channel}")
    found = [value for value in (_value(place, message) for message in messages) if value is not _ABSENT]
    if not found:
        raise _NowhereError(f"the message has no {quoted(place)}{_meant(place, sample)}")
    return found


def _meant(place: str, sample: RenderedSample) -> str:
    """The end of a message that offers a place which the sample has."""
    known = list(islice(_places(sample.messages), MOST_PLACES))
    within = next((one for one in known if one.endswith(f".{place}")), None)
    return suggestion(within or nearest(place, [*SMS_MEASURES, *known]))


def _measured(measure: str, sample: RenderedSample) -> list[Plain]:
    if measure not in SMS_MEASURES:
        raise _NowhereError(f"there is no measure {quoted(measure)}{_meant(measure, sample)}")
    messages = [message for message in sample.messages if message.channel == "sms"]
    if not messages:
        raise _NowhereError(f"{measure}: the sample gives no message for sms")
    texts = [value for value in (_value("channels.sms.text", message) for message in messages) if isinstance(value, str)]
    if not texts:
        raise _NowhereError(f"{measure}: the message has no text of its own")
    return [getattr(count(text), measure.removeprefix("sms.")) for text in texts]


def _channel_of(place: str) -> str | None:
    parts = place.split(".")
    return canonical(parts[1]) if parts[0] == "channels" and len(parts) > 1 else None


def _value(place: str, message: RenderedMessage) -> Plain:
    """What a message has at a place, or :data:`_ABSENT`."""
    if place == "correlationid" and message.correlationid is not None:
        return message.correlationid
    value: Plain = _body(message)
    try:
        for key in _steps(place):
            value = value[int(key)] if isinstance(value, list) and key.isdecimal() else at(value, (key,))
    except (KeyError, IndexError, TypeError):
        return _ABSENT
    return value


def _body(message: RenderedMessage) -> dict[str, Plain]:
    """The message object as it is sent."""
    return {**message.content, "destination": [destination_object(message.key, [message.address], message.correlationid)]}


def _steps(place: str) -> tuple[str, ...]:
    """A place as keys of the message object; numbers are still text."""
    if place.startswith("/"):
        return tuple(step.replace("~1", "/").replace("~0", "~") for step in place[1:].split("/"))
    channel, steps = _channel_of(place), tuple(place.split("."))
    if channel is None:
        return steps
    inner = steps[2:]
    moved = _AT_THE_TOP.get(inner[0]) if inner else None
    return tuple(map(str, (*(moved + inner[1:] if moved else BLOCK_PATHS[channel] + inner),)))


def _places(messages: Iterable[RenderedMessage]) -> Iterator[str]:
    """Places that messages have, as a spec spells them."""
    for message in messages:
        own = ".".join(map(str, BLOCK_PATHS[message.channel]))
        for place in _dotted(_body(message), ""):
            yield f"channels.{message.channel}{place[len(own) :]}" if place.startswith(own) else place


def _dotted(value: Plain, prefix: str) -> Iterator[str]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield f"{prefix}{key}"
        yield from _dotted(member, f"{prefix}{key}.")
