"""check: no message object leaves that ``lint`` would refuse. Reasons name places and shapes, never a customer's value."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec_tool.channels.layout import BLOCK_PATHS
from msgspec_tool.diagnostics import Finding, Rule, Severity, Subject
from msgspec_tool.model import MessageForm, Origin, RenderedMessage, RequestBody, ShapeProblem, ShapeProblemKind
from msgspec_tool.source.document import Document, Field, Path, Plain, at
from msgspec_tool.source.text import Span
from msgspec_tool.variables.keywords import shape

_WORDS = {
    ShapeProblemKind.MISSING: ("SPC101", "a mandatory field is missing"),
    ShapeProblemKind.UNKNOWN: ("SPC102", "a field is not known to the API"),
    ShapeProblemKind.TYPE: ("SPC103", "the value has the wrong type"),
    ShapeProblemKind.VALUE: ("SPC104", "the value is not allowed"),
}


READS: Mapping[str, tuple[Path, ...]] = {
    # a destination is always one address that is not blank, under a key of its channel: what these say depends on nothing else
    **dict.fromkeys(("DST501", "DST503", "DST504", "IDS702", "LIM951"), ()),
    **dict.fromkeys(("TIM601", "TIM602", "TIM603", "TIM604"), (("expiry",),)),
    "LIM952": (("callbackData",),),
    "SMS417": (("channels", "sms", "type"), ("channels", "sms", "body")),
    "VOI421": (("channels", "voice"),),
    **dict.fromkeys(("PSH431", "PSH432", "PSH435"), (("channels", "push"),)),
    **dict.fromkeys(("PSH433", "PSH434"), (("channels", "push"), ("channels", "appmessaging"))),
    "INA441": (("channels", "appmessaging"),),
    "OTT451": (("message",), ("channels", "appmessaging"), ("channels", "OTT-Messaging")),
}
"""The values of a message object that a rule's verdict depends on, by code; a rule that is not here may read all of them."""

FREE: frozenset[Path] = frozenset({("channels", "sms", "text"), ("channels", "sms", "senderid"), ("callbackData",), ("correlationid",)})
"""Fields of which the payload schema wants nothing but that they are text."""


@dataclass(frozen=True)
class Objection:
    """Why a message must not be sent: the code of the rule or check, and where in the message object it is."""

    code: str
    reason: str
    path: Path | None = None
    characters: Span | None = None
    """The characters of the text there, where it is about these and not about all of them."""


@dataclass(frozen=True)
class MessageCheck:
    """What every message object has to pass: the payload schema, then the rules that read messages and request bodies.

    What rests on values that are the same for all messages of a channel is settled by the first message that passes.
    """

    rules: tuple[Rule, ...]
    context: object
    """What rules may know besides their subject; handed on as it is."""
    valid: Callable[[Plain], bool] = field(repr=False)
    """Whether plain data satisfies the payload schema, fast."""
    explain: Callable[[Field], Iterable[ShapeProblem]] = field(repr=False)
    """The problems of a body that does not."""
    document: Callable[[Plain], Document] = field(repr=False)
    """A document over a message object; its spans inside texts count the characters of the text."""
    severity: Callable[[Rule, Severity | None], Severity | None] = field(default=lambda rule, found: found or rule.severity, repr=False)
    """How severe a finding of a rule is: errors refuse a message."""
    varying: Mapping[str, frozenset[Path]] = field(default_factory=dict)
    """By channel, the places of a message object whose values can differ from recipient to recipient; unknown where it is absent."""
    _passed: set[Hashable] = field(default_factory=set, init=False, repr=False)
    """The forms of messages that passed everything."""

    def objection(self, message: RenderedMessage) -> Objection | None:
        """Why a message must not be sent, or None."""
        form = self._form(message)
        settled = form is not None and form in self._passed
        body = {**message.content, "destination": [destination_object(message.key, [message.address], message.correlationid)]}
        document = self.document(body)
        root = Field(document, (), body)
        found = (
            _encoding_objection(body)
            or (None if settled and self._free(message.channel) else self._schema_objection(root))
            or next(self._rule_objections(root, message.channel, self._open(message.channel) if settled else self.rules), None)
        )
        if found is None:
            self._passed.add(form)
        return found

    def open_rules(self, channel: str) -> tuple[Rule, ...] | None:
        """The rules that settled messages of a channel still have to pass; None where it is not known what can vary."""
        return self._open(channel) if channel in self.varying else None

    def needs_schema(self, channel: str) -> bool:
        """Whether settled messages of a channel still have to be compared with the payload schema."""
        return channel not in self.varying or not self._free(channel)

    def _form(self, message: RenderedMessage) -> Hashable:
        """What messages have in common that differ in the values of varying places only."""
        if message.channel not in self.varying:
            return None
        try:
            block = tuple(at(message.content, BLOCK_PATHS[message.channel]))
        except KeyError:
            block = ()
        return message.channel, message.key, message.correlationid is None, tuple(message.content), block

    @cached_property
    def _verdicts(self) -> dict[str, tuple[bool, tuple[Rule, ...]]]:
        """By channel: whether the schema is content with whatever varies, and the rules that read some of it."""
        return {
            channel: (paths <= FREE, tuple(rule for rule in self.rules if _reads_any(rule, paths)))
            for channel, paths in self.varying.items()
        }

    def _free(self, channel: str) -> bool:
        return self._verdicts[channel][0]

    def _open(self, channel: str) -> tuple[Rule, ...]:
        return self._verdicts[channel][1]

    def _schema_objection(self, root: Field) -> Objection | None:
        if self.valid(root.value):
            return None
        problem = next(iter(self.explain(root)), None)
        if problem is None:
            return Objection("SPC104", "the message object does not satisfy the payload schema")
        code, words = _WORDS[problem.kind]
        missing = f" ('{problem.name}')" if problem.kind is ShapeProblemKind.MISSING else ""
        return Objection(code, f"{_place(problem.field.path, root.value)}: {words}{missing}", problem.field.path)

    def _rule_objections(self, root: Field, channel: str, rules: Iterable[Rule]) -> Iterator[Objection]:
        form = MessageForm(Origin.RENDERED, channel, root, root.find(*BLOCK_PATHS[channel]))
        body = RequestBody(root, (form,))
        for rule in rules:
            subject = body if rule.subject is Subject.BODY else form
            for finding in rule.check(subject, self.context):
                if self.severity(rule, finding.severity) is Severity.ERROR:
                    characters = finding.span if finding.span.end else None
                    yield Objection(rule.code, self._words(rule, finding, root), finding.path, characters)

    def _words(self, rule: Rule, finding: Finding, root: Field) -> str:
        return f"{_place(finding.path or (), root.value)}: {rule.name}: {rule.summary.rstrip('.')}"


def _reads_any(rule: Rule, paths: Iterable[Path]) -> bool:
    reads = READS.get(rule.code)
    return reads is None or any(path[: len(read)] == read[: len(path)] for path in paths for read in reads)


_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _encoding_objection(body: Plain) -> Objection | None:
    """A template can print half of a surrogate pair, which UTF-8 can't hold."""
    try:
        _ENCODE(body).encode("utf-8")
    except UnicodeEncodeError:
        return Objection("render-failed", "a text holds half of a surrogate pair")
    except ValueError:
        return Objection("render-failed", "a number is infinite")
    return None


def destination_object(key: str, addresses: list[str], correlationid: str | None) -> dict[str, Plain]:
    """One element of ``destination``, as the API has it."""
    return {key: addresses} if correlationid is None else {key: addresses, "correlationid": correlationid}


def _place(path: Path, root: Plain) -> str:
    try:
        return f"{'.'.join(map(str, path)) or 'the message'} ({shape(at(root, path))})"
    except (KeyError, IndexError, TypeError):
        return ".".join(map(str, path))
