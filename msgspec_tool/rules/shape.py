"""SPC101–SPC104: what the schemas object to, with the words that the platform would use."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Applicability, Finding, FixKind, Prediction, Severity, Subject, rule
from msgspec_tool.model import ShapeProblem, ShapeProblemKind
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.secrets import credentials
from msgspec_tool.rules.shape_places import (
    INVALID,
    MISSING,
    Shape,
    block_missing,
    holder_span,
    is_body,
    of_the_api,
    rename_key,
    replace_value,
)
from msgspec_tool.source.document import Field
from msgspec_tool.source.text import Span

_SEVERAL_BODIES = "this looks like several request bodies, as `render` prints them: check one at a time (--format jsonl has one a line)"
_MISSING_WORDS = {
    "deliverychannel": "param 'deliverychannel' missing",
}


_LACKING_WORDS = {
    **{("push", name): "either android or ios information is mandatory for push channel" for name in ("android", "ios")},
    **{(name, "text"): f"param 'text' is missing for {name}" for name in ("android", "ios")},
    **{("interactive", name): f"mandatory param {name} missing" for name in ("device_types", "category", "actions")},
    ("actions", "pos"): "mandatory param pos missing",
    ("fb", "text"): "param 'text' missing for channel fb",
    ("message", "text"): "param 'text' missing for channel rt",
}
"""By the key that holds it and the key that was meant."""

_EITHER = {"push": ("android", "ios", "web"), "fb": ("attachment", "sender_action"), "message": ("attachment",)}
"""Keys that do as well as the one that was meant."""


def _of_kind(shape: Shape, kind: ShapeProblemKind) -> Iterator[ShapeProblem]:
    return (problem for problem in shape.problems if problem.kind is kind)


@rule("SPC101", "missing-field", Subject.SHAPE, api=("7003", "7004"))
def missing_field(shape: Shape, _context: RuleContext) -> Iterator[Finding]:
    """A mandatory field is absent.

    What: A field that the API (or the spec language) requires here is not written.
    Why: The platform refuses the whole request.
    Bad:
        channels:
          sms: {senderid: EXAMPL}
    Good:
        channels:
          sms: {senderid: EXAMPL, text: Your parcel is out for delivery.}
    """
    for problem in _of_kind(shape, ShapeProblemKind.MISSING):
        field, place, remedy = problem.field, holder_span(problem.field), problem.help
        body = field.get("body") if (problem.channel, problem.name) == ("sms", "text") else None
        if body is not None:
            place, remedy = body.key_span, "write 'text': 'body' holds the bytes of a binary message"
        yield Finding(field.file, place, problem.message, path=field.path, help=remedy, api=_missing_prediction(problem))


def _missing_prediction(problem: ShapeProblem) -> Prediction | None:
    name, channel, path = problem.name, problem.channel, problem.field.path
    if not of_the_api(problem):
        return None
    if name == "channels" and channel is not None:
        return block_missing(channel)
    if name == "text" and channel == "sms":
        return Prediction("7003", "param 'text' missing for channel sms")
    if name == "title" and path[-1:] == ("notification",):
        return Prediction("7004", "param 'title' in notification, is missed or empty")
    if name == "file" and path[-1:] == ("attachment",):
        return Prediction("7003", "param 'mediaid' or type based attachment is required")
    return Prediction("7003", _MISSING_WORDS.get(name, MISSING))


@rule("SPC102", "unknown-field", Subject.SHAPE, fix=FixKind.UNSAFE, api=("7003", "7004"))
def unknown_field(shape: Shape, _context: RuleContext) -> Iterator[Finding]:
    """A key is not known here.

    What: Neither the API nor the spec language has this key at this place. Where a mandatory field is missing because of it,
        the finding speaks of that too.
    Why: A misspelt key is ignored at best: the message goes out without what was meant, or is refused.
    Bad:
        channels:
          sms: {txt: Hello, text: Hello}
    Good:
        channels:
          sms: {text: Hello}
    """
    for problem in _of_kind(shape, ShapeProblemKind.UNKNOWN):
        if any(credentials(problem)):
            continue  # literal-credential-header says more
        field = problem.field
        fix = rename_key(field, problem.replacement, Applicability.UNSAFE) if problem.replacement else None
        api = _missing_prediction(problem.lacking) if problem.lacking is not None else _lacking_prediction(problem)
        yield Finding(field.file, field.key_span, problem.message, path=field.path, help=problem.help, fix=fix, api=api)


def _lacking_prediction(problem: ShapeProblem) -> Prediction | None:
    """The server's words where what the key was meant to be is something that other rules ask for."""
    path, meant = problem.field.path, problem.replacement or "text"
    holder = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
    if not of_the_api(problem) or (problem.replacement is None and problem.name != "message"):
        return None
    beside = Field(problem.field.document, (), problem.field.document.value).find(*path[:-1])
    if beside is None or any(name in beside.value for name in (meant, *_EITHER.get(holder, ()))):
        return None
    if (holder, meant) in _LACKING_WORDS:
        return Prediction("7003", _LACKING_WORDS[holder, meant])
    if holder == "actions" and meant == "value":
        return Prediction("7003", f"value missing for action {beside.value['action']}") if "action" in beside.value else None
    return None


@rule("SPC103", "wrong-type", Subject.SHAPE, api=("7004",))
def wrong_type(shape: Shape, _context: RuleContext) -> Iterator[Finding]:
    """A value has another type than its field.

    What: A list where text belongs, text where a mapping belongs, and the like.
    Why: The platform refuses the request as invalid.
    Bad:
        channels:
          sms: {text: [Hello, World]}
    Good:
        channels:
          sms: {text: Hello World}
    """
    for problem in _of_kind(shape, ShapeProblemKind.TYPE):
        field = problem.field
        api = Prediction("7004", INVALID) if of_the_api(problem) else None
        inside = len(field.path) == 1 and isinstance(field.path[0], int)
        remedy = _SEVERAL_BODIES if is_body(field) and inside and isinstance(field.value, list) else problem.help
        yield Finding(field.file, _value_span(problem), problem.message, path=field.path, help=remedy, api=api)


@rule("SPC104", "not-allowed-value", Subject.SHAPE, fix=FixKind.UNSAFE, api=("7003", "7004"))
def not_allowed_value(shape: Shape, _context: RuleContext) -> Iterator[Finding]:
    """A value is not one of those that its field takes.

    What: An unknown channel, priority, sms type, route, category and so on; also values that were withdrawn, such as Messenger tags. The
        priorities 4 and 5 of in-app messages, of which the server speaks and the reference does not, are a warning.
    Why: The platform refuses the request as invalid.
    Bad:
        route: IMMED
    Good:
        route: IMMD
    """
    for problem in _of_kind(shape, ShapeProblemKind.VALUE):
        field = problem.field
        fix = replace_value(field, problem.replacement) if problem.replacement else None
        api = _value_prediction(problem) if of_the_api(problem) else None
        span = field.key_span if problem.name else field.span
        yield Finding(field.file, span, problem.message, path=field.path, help=problem.help, fix=fix, api=api)
    yield from _undocumented_priorities(shape)


def _undocumented_priorities(shape: Shape) -> Iterator[Finding]:
    for form in shape.messages:
        priority = form.root.get("priority")
        if (
            form.channel == "rt"
            and priority is not None
            and str(priority.value) in ("4", "5")
            and not any(problem.field.path == priority.path for problem in shape.problems)
        ):
            message = f"priority '{priority.value}' is not in the reference, which ends at 3; for in-app messages the server takes up to 5"
            yield Finding(priority.file, priority.span, message, priority.path, severity=Severity.WARNING, help="write 3 (high) to be safe")


def _value_prediction(problem: ShapeProblem) -> Prediction:
    name = next((part for part in reversed(problem.field.path) if isinstance(part, str)), "")
    if name == "deliverychannel" and problem.field.value == "":
        return Prediction("7003", "No destination channel information found in request")
    return Prediction("7004", _value_words(name, problem.channel))


def _value_words(name: str, channel: str | None) -> str:
    if name == "type" and channel == "sms":
        return "invalid value of param 'type' , only [1,2,3,4] are allowed"
    if name == "priority" and channel == "rt":
        return "invalid value for param 'priority', it should be one of [1,2,3,4,5]"
    if name == "contentType":
        return "invalid 'type' in rt attachment (image, location, file, video, audio only)"
    return INVALID


def _value_span(problem: ShapeProblem) -> Span:
    field = problem.field
    return holder_span(field) if isinstance(field.value, (dict, list)) or field.value is None else field.span
