"""render: one recipient's message object, as the API nests it. Constant parts are made once, templates per recipient.

The order of keys is fixed, so that the same spec gives the same bytes: the API's own order, then what else the spec
writes, then ``channels``; ``destination`` is added when messages are packed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from msgspec_tool.channels.gsm7 import is_gsm7
from msgspec_tool.channels.layout import BLOCK_PATHS, NEEDS_APPID, TAKES_SMARTLINKS
from msgspec_tool.model import BoundMessage, MessageForm, Refusal, RenderedMessage, ShapedSpec
from msgspec_tool.source.document import Field, Path, Plain
from msgspec_tool.templates.running.evaluation import EvaluationError, Evaluator
from msgspec_tool.variables.keywords import TYPES, shape
from msgspec_tool.variables.timestamps import format_timestamp, parse_duration, parse_timestamp

_FIRST = ("deliverychannel", "appid", "message", "route", "priority", "expiry", "correlationid", "notifyurl", "notifyurlAuthId")
_THEN = ("callbackData", "options", "contactPolicy")
_TOOL_KEYS = frozenset({"msgspec", "name", "description", "owner", "tags", "variables", "samples", "tests", "locale", "timezone"})
_PLACED_KEYS = frozenset({*_FIRST, *_THEN, *_TOOL_KEYS, "channels", "destination", "smartlinks"})
_PRIORITIES = {"low": "1", "medium": "2", "high": "3"}


class Part(NamedTuple):
    """A value of the message object: where it goes, and the field it comes from."""

    target: Path
    source: Field


@dataclass(frozen=True)
class ChannelRenderer:
    """Renders the messages of one channel."""

    channel: str
    evaluator: Evaluator
    parts: tuple[tuple[Path, Plain], ...]
    """Every place of the message object in order, with plain data where it is the same for everybody."""
    now: datetime

    @property
    def varying(self) -> frozenset[Path]:
        """The places whose values can differ from message to message.

        A type that is chosen for an SMS is none: it is there or not, and always the same.
        """
        return frozenset(path for path, value in self.parts if _is_dynamic(value))

    def render(self, bound: BoundMessage) -> RenderedMessage | Refusal:
        """The message object without its destination, or why this recipient can't have it."""
        try:
            content = self.content(lambda field: self.evaluate(field, bound.scope))
        except EvaluationError as error:
            return Refusal(bound.row, error.reason, "render-failed")
        return RenderedMessage(bound.row, bound.channel, bound.key, bound.address, bound.correlationid, content)

    def content(self, evaluate: Callable[[Field], Plain]) -> dict[str, Plain]:
        """The message object without its destination; ``evaluate`` gives the values of the fields that are templates."""
        content: dict[str, Plain] = {}
        for path, value in self.parts:
            made = self._build(value, evaluate)
            if made is not self.evaluator.omit:
                _put(content, path, _normal(path, made, self.now))
        _choose_sms_type(content)
        return content

    def _build(self, value: Plain, evaluate: Callable[[Field], Plain]) -> Plain:
        """A value with its templates rendered; members that are omitted are left out."""
        if isinstance(value, Field):
            return evaluate(value)
        if isinstance(value, _Members):
            made = {key: self._build(member, evaluate) for key, member in value.items()}
            return {key: member for key, member in made.items() if member is not self.evaluator.omit}
        if isinstance(value, _Elements):
            elements = (self._build(element, evaluate) for element in value)
            return [element for element in elements if element is not self.evaluator.omit]
        return value

    def templates(self) -> Iterator[tuple[Field, Path]]:
        """The fields that are templates, each with its place in the message object."""
        for path, value in self.parts:
            yield from _templates(value, path)

    def is_native(self, field: Field) -> bool:
        """Whether a field's template gives a value of the field's own type, and not text."""
        template = self.evaluator.template(field)
        return template is not None and template.lone and "string" not in self._types(field)

    def _types(self, field: Field) -> frozenset[str]:
        known = self.evaluator.field(field)
        return known.types if known else frozenset({"string"})

    def evaluate(self, field: Field, scope: Mapping[str, Plain]) -> Plain:
        """A template's value: text, unless the API takes no text there and the template is one lone expression."""
        types, native = self._types(field), self.is_native(field)
        value = self.evaluator.value(field, scope, native=native)
        if native and value is not self.evaluator.omit and not any(TYPES[name][1](value) for name in types if name in TYPES):
            wanted = " or ".join(TYPES[name][0] for name in sorted(types) if name in TYPES)
            place = field.file.place(field.span.start)
            raise EvaluationError(field, f"{'.'.join(map(str, field.path))}: the template gives {shape(value)}, not {wanted} ({place})")
        return value


class _Members(dict[str, Plain]):
    """A mapping with something dynamic below it."""


class _Elements(list[Plain]):
    """A list with something dynamic below it."""


def channel_renderer(
    spec: ShapedSpec,
    channel: str,
    evaluator: Evaluator,
    *,
    now: datetime,
    rt_name: str = "rt",
    constants: Mapping[str, Plain] = MappingProxyType({}),
) -> ChannelRenderer:
    """What renders a spec's messages on one channel. ``rt_name`` is what ``deliverychannel`` says for in-app messages.

    ``constants`` are names that mean the same for every recipient: templates that read nothing else are rendered here.
    """
    same = {name: value for name, value in constants.items() if name not in spec.variables}
    form = next(found for found in spec.messages if found.channel == channel)
    delivery = rt_name if channel == "rt" else channel
    parts: list[tuple[Path, Plain]] = [(("deliverychannel",), delivery)]
    parts += ((part.target, _prepared(part.source, evaluator, same)) for part in message_parts(form, channel))
    return ChannelRenderer(channel, evaluator, tuple(parts), now)


def message_parts(form: MessageForm, channel: str) -> Iterator[Part]:
    """What a message object is made from, in its order; ``deliverychannel`` and ``destination`` aside."""
    others = [key for key, _field in form.root.items() if key not in _PLACED_KEYS]
    for key in (*_FIRST, *_THEN, *others):
        field = form.common(key)
        if field is not None and key != "deliverychannel" and (key != "appid" or channel in NEEDS_APPID):
            yield Part((key,), field)
    if form.block is not None:
        yield from _block_parts(form.block, BLOCK_PATHS[channel])
    smartlinks = form.common("smartlinks") if channel in TAKES_SMARTLINKS else None
    if smartlinks is not None:
        yield Part(("channels", "smartlinks"), smartlinks)


def _block_parts(block: Field, target: Path) -> Iterator[Part]:
    """The members of the channel's block; what the API has at the top of the message object is no part of it."""
    for key, member in block.items():
        if key not in ("appid", "smartlinks"):
            yield Part((*target, key), member)


def _prepared(field: Field, evaluator: Evaluator, same: Mapping[str, Plain]) -> Plain:
    """Plain data where nothing below is a template, else a tree whose dynamic leaves are the fields themselves."""
    if isinstance(field.value, dict):
        members = {key: _prepared(member, evaluator, same) for key, member in field.items()}
        return _Members(members) if any(map(_is_dynamic, members.values())) else members
    if isinstance(field.value, list):
        elements = [_prepared(element, evaluator, same) for element in field.elements()]
        return _Elements(elements) if any(map(_is_dynamic, elements)) else elements
    return evaluator.literal(field) if evaluator.template(field) is None else _rendered_once(field, evaluator, same)


def _rendered_once(field: Field, evaluator: Evaluator, same: Mapping[str, Plain]) -> Plain:
    """The text of a template that gives everybody the same; the field itself where it does not, or gives no text."""
    template, known = evaluator.template(field), evaluator.field(field)
    if template is None or not template.straight_line or not template.reads <= same.keys() or (known and "string" not in known.types):
        return field
    try:
        value = evaluator.value(field, same)
    except EvaluationError:
        # each row says so
        return field
    return value if isinstance(value, str) else field


def _is_dynamic(value: Plain) -> bool:
    return isinstance(value, (Field, _Members, _Elements))


def _templates(value: Plain, path: Path) -> Iterator[tuple[Field, Path]]:
    if isinstance(value, Field):
        yield value, path
    elif isinstance(value, (_Members, _Elements)):
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _templates(member, (*path, key))


def _put(content: dict[str, Plain], path: Path, value: Plain) -> None:
    holder = content
    for key in path[:-1]:
        holder = holder.setdefault(str(key), {})
    holder[str(path[-1])] = value


def _normal(path: Path, value: Plain, now: datetime) -> Plain:
    normalise = NORMALISED.get(path)
    return value if normalise is None else normalise(value, now)


def _priority(value: Plain, _now: datetime) -> Plain:
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else value
    return _PRIORITIES.get(text, text) if isinstance(text, str) else text


def _expiry(value: Plain, now: datetime) -> Plain:
    """UTC with milliseconds; what can't be understood stays as it is, and the check refuses it."""
    if isinstance(value, dict):
        after = value.get("after")
        duration = parse_duration(after) if isinstance(after, str) else None
        try:
            return value if duration is None else format_timestamp(now + duration)
        except OverflowError:
            return value
    instant = parse_timestamp(value) if isinstance(value, str) else None
    return value if instant is None else format_timestamp(instant)


NORMALISED: dict[Path, Callable[[Plain, datetime], Plain]] = {("priority",): _priority, ("expiry",): _expiry}
"""What the values of these places become: the API's own notation."""


def _choose_sms_type(content: dict[str, Plain]) -> None:
    """Unicode text needs type 4; GSM-7 text needs none. What the spec writes stands."""
    block = content.get("channels", {}).get("sms")
    text = block.get("text") if isinstance(block, dict) else None
    if isinstance(text, str) and "type" not in block and not is_gsm7(text):
        block["type"] = "4"
