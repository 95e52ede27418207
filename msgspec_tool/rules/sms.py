"""SMS: text messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec_tool.diagnostics import Finding, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reading import literal, predicted
from msgspec_tool.source.quoting import shown

_HEX = r"(?a)(?:[0-9A-Fa-f]{2})+\Z"
_ODD = r"[^0-9A-Fa-f]"


@rule("SMS417", "sms-binary-body", Subject.MESSAGE, channels=("sms",), api=("7003", "7004"))
def sms_binary_body(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A binary SMS has no body of hexadecimal digits.

    What: ``type`` is ``"3"`` and ``body`` is missing, has an odd number of digits, or characters that are no hexadecimal
        digits; or ``body`` stands in a message of another type.
    Why: The platform refuses a binary message without a body, and ignores the body of any other.
    Bad:
        channels:
          sms: {senderid: ACME, type: "3", body: 48656C6C6}
    Good:
        channels:
          sms: {senderid: ACME, type: "3", body: 48656C6C6F}
    """
    if form.block is None:
        return
    kind, body = form.block.get("type"), form.block.get("body")
    if kind is not None and kind.templated:
        return
    binary = kind is not None and str(kind.value) == "3"
    if binary and body is None and kind is not None:
        help = "add body with the bytes as hexadecimal digits"
        message = "a binary message (type 3) needs 'body'"
        yield Finding(kind.file, kind.span, message, kind.path, help=help, api=predicted("7003", "param 'body' missing for channel sms"))
    text = literal(body)
    if body is None or text is None:
        return
    if not binary:
        # without a text missing-field says what was meant
        if text and "text" in form.block.value:
            yield Finding(body.file, body.key_span, "'body' counts only with type \"3\"", body.path, help='write type: "3", or use text')
    elif not re.match(_HEX, text):
        yield Finding(body.file, body.span, _reason(text), body.path, help="two hexadecimal digits a byte", api=predicted("7004"))


def _reason(text: str) -> str:
    odd = re.search(_ODD, text)
    if not text:
        return "'body' is empty"
    if odd:
        return f"'{shown(odd[0])}' in 'body' is no hexadecimal digit"
    return f"'body' has {len(text)} hexadecimal digits, half a byte too many"
