from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from msgspec_tool.diagnostics import Finding, Severity, Subject, rule
from msgspec_tool.model import MessageForm, RenderedMessage, RequestBody, ShapeProblem, ShapeProblemKind
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.plain import PlainDocument
from msgspec_tool.stages.check import MessageCheck, Objection

CONTEXT = RuleContext(datetime(2030, 1, 1, tzinfo=timezone.utc))


@rule("TXT401", "empty-text", Subject.MESSAGE)
def empty_text(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A mandatory text is empty."""
    text = form.block.get("text") if form.block else None
    if text is not None and not text.value.strip():
        yield Finding(text.file, text.span, f"'{text.value}' is empty", text.path)


@rule("LIM951", "too-many", Subject.BODY)
def too_many(body: RequestBody, context: RuleContext) -> Iterator[Finding]:
    """Too many destinations."""
    yield Finding(body.root.file, body.root.span, "advice", (), Severity.WARNING)
    if body.root.find("destination", 0, "msisdn", 0) is None:
        yield Finding(body.root.file, body.root.span, "no msisdn", ("nowhere",))


def check(message: RenderedMessage, *problems: ShapeProblem | None) -> Objection | None:
    found = MessageCheck((empty_text, too_many), CONTEXT, lambda body: not problems, lambda root: [p for p in problems if p], PlainDocument)
    return found.objection(message)


def message(text: str, key: str = "msisdn") -> RenderedMessage:
    content: dict[str, Any] = {"deliverychannel": "sms", "channels": {"sms": {"text": text}}}
    return RenderedMessage(7, "sms", key, "+447700900001", "id", content)


def test_sound_messages_pass() -> None:
    assert check(message("Hello")) is None


def test_an_error_of_a_rule_refuses_without_the_value() -> None:
    assert check(message("   ")) == Objection(
        "TXT401", "channels.sms.text (text of 3 characters): empty-text: A mandatory text is empty", ("channels", "sms", "text")
    )
    assert check(message("Hello", "userid")) == Objection("LIM951", "nowhere: too-many: Too many destinations", ("nowhere",))


def test_a_broken_schema_refuses_first() -> None:
    from msgspec_tool.source.document import Field

    body = {"a": 1}
    root = Field(PlainDocument(body), (), body)
    missing = ShapeProblem(ShapeProblemKind.MISSING, root, "words with 'values'", "channels")
    refused = check(message(" "), missing)
    assert refused is not None
    assert (refused.code, refused.reason) == (
        "SPC101",
        "the message (an object of 3 members): a mandatory field is missing ('channels')",
    )
    unexplained = check(message(" "), None)
    assert unexplained is not None
    assert unexplained.code == "SPC104"


def test_what_utf8_or_json_can_not_hold() -> None:
    half = check(message("\ud800"))
    assert half is not None
    assert half.reason == "a text holds half of a surrogate pair"
    endless = check(message(float("inf")))  # type: ignore[arg-type]
    assert endless is not None
    assert endless.reason == "a number is infinite"
