"""check: no message object leaves that ``lint`` would refuse. Reasons name places and shapes, never a customer's value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from msgspec_tool.channels.layout import BLOCK_PATHS
from msgspec_tool.diagnostics import Finding, Rule, Severity, Subject
from msgspec_tool.model import MessageForm, Origin, Refusal, RenderedMessage, RequestBody, ShapeProblem, ShapeProblemKind
from msgspec_tool.source.document import Document, Field, Path, Plain, at
from msgspec_tool.variables.keywords import shape

_WORDS = {
    ShapeProblemKind.MISSING: ("SPC101", "a mandatory field is missing"),
    ShapeProblemKind.UNKNOWN: ("SPC102", "a field is not known to the API"),
    ShapeProblemKind.TYPE: ("SPC103", "the value has the wrong type"),
    ShapeProblemKind.VALUE: ("SPC104", "the value is not allowed"),
}


@dataclass(frozen=True)
class MessageCheck:
    """What every message object has to pass: the payload schema, then the rules that read messages and request bodies."""

    rules: tuple[Rule, ...]
    context: object
    """What rules may know besides their subject; handed on as it is."""
    valid: Callable[[Plain], bool] = field(repr=False)
    """Whether plain data satisfies the payload schema, fast."""
    explain: Callable[[Field], Iterable[ShapeProblem]] = field(repr=False)
    """The problems of a body that does not."""
    document: Callable[[Plain], Document] = field(repr=False)
    """A document over plain data."""

    def refusal(self, message: RenderedMessage) -> Refusal | None:
        """Why a message must not be sent, or None."""
        body = {**message.content, "destination": [destination_object(message.key, [message.address], message.correlationid)]}
        document = self.document(body)
        root = Field(document, (), body)
        code_and_reason = _encoding_reason(body) or self._schema_reason(root) or next(self._rule_reasons(root, message.channel), None)
        if code_and_reason is None:
            return None
        code, reason = code_and_reason
        return Refusal(message.row, f"{message.channel}: {reason}", code)

    def _schema_reason(self, root: Field) -> tuple[str, str] | None:
        if self.valid(root.value):
            return None
        problem = next(iter(self.explain(root)), None)
        if problem is None:
            return "SPC104", "the message object does not satisfy the payload schema"
        code, words = _WORDS[problem.kind]
        missing = f" ('{problem.name}')" if problem.kind is ShapeProblemKind.MISSING else ""
        return code, f"{_place(problem.field.path, root.value)}: {words}{missing}"

    def _rule_reasons(self, root: Field, channel: str) -> Iterator[tuple[str, str]]:
        form = MessageForm(Origin.RENDERED, channel, root, root.find(*BLOCK_PATHS[channel]))
        body = RequestBody(root, (form,))
        for rule in self.rules:
            subject = body if rule.subject is Subject.BODY else form
            for finding in rule.check(subject, self.context):
                if (finding.severity or rule.severity) is Severity.ERROR:
                    yield rule.code, self._words(rule, finding, root)

    def _words(self, rule: Rule, finding: Finding, root: Field) -> str:
        return f"{_place(finding.path or (), root.value)}: {rule.name}: {rule.summary.rstrip('.')}"


def _encoding_reason(body: Plain) -> tuple[str, str] | None:
    """A template can print half of a surrogate pair, which UTF-8 can't hold."""
    try:
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except UnicodeEncodeError:
        return "render-failed", "a text holds half of a surrogate pair"
    except ValueError:
        return "render-failed", "a number is infinite"
    return None


def destination_object(key: str, addresses: list[str], correlationid: str | None) -> dict[str, Plain]:
    """One element of ``destination``, as the API has it."""
    return {key: addresses} if correlationid is None else {key: addresses, "correlationid": correlationid}


def _place(path: Path, root: Plain) -> str:
    try:
        return f"{'.'.join(map(str, path)) or 'the message'} ({shape(at(root, path))})"
    except (KeyError, IndexError, TypeError):
        return ".".join(map(str, path))
