"""VOI: calls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec_tool.channels.voice import SOURCES, SPOKEN
from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import texts_of
from msgspec_tool.rules.reading import predicted
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown

_NUMBER = re.compile(r"\+?[0-9]{3,15}\Z", re.ASCII)


@rule("VOI421", "voice-source", Subject.MESSAGE, channels=("voice",), api=("7003",))
def voice_source(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A call does not have exactly one source.

    What: A voice block has none of ``callflowid``, ``promptid`` and ``media``, or several of them (errors); or it uses
        ``media``, the older key (warning; no fix, since it holds a name and ``promptid`` an id).
    Why: Without one the platform refuses the call; with two the documentation disagrees about which one plays.
    Bad:
        deliverychannel: voice
        channels:
          voice: {callflowid: "184", promptid: "354"}
    Good:
        deliverychannel: voice
        channels:
          voice: {callflowid: "184"}
    """
    if form.block is None or not isinstance(form.block.value, dict):
        return
    present = [member for name in SOURCES if (member := form.block.get(name)) is not None and member.value not in ("", None)]
    if not present:
        yield _plays_nothing(form.block)
    for member in present[1:]:
        first = present[0]
        yield Finding(
            member.file,
            member.key_span,
            f"'{member.path[-1]}' and '{first.path[-1]}' exclude each other",
            member.path,
            related=(Label("the other one", first.file, first.key_span),),
            help="keep one of them",
        )
    if len(present) == 1 and present[0].path[-1] == "media":
        media = present[0]
        help = "use promptid with the prompt's id, which is not its name"
        yield Finding(media.file, media.key_span, "'media' is the older key", media.path, severity=Severity.WARNING, help=help)


def _plays_nothing(block: Field) -> Finding:
    """A call without a source; the place is the text that somebody wants to have read aloud, where there is one."""
    api = predicted("7003", "either param 'callflowid' or param 'media' is required")
    spoken = next((member for name in SPOKEN if (member := block.get(name)) is not None), None)
    if spoken is None:
        return Finding(block.file, block.key_span, "this call plays nothing", block.path, help="give callflowid or promptid", api=api)
    message, help = (
        "this call plays nothing: v1 reads no text aloud",
        "give callflowid or promptid: a flow or a prompt made on the platform",
    )
    return Finding(spoken.file, spoken.key_span, message, spoken.path, help=help, api=api)


@rule("VOI422", "voice-caller", Subject.MESSAGE, channels=("voice",), severity=Severity.WARNING)
def voice_caller(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A call has no caller's number, or one that is no number.

    What: ``cli`` is not 3 to 15 digits, with or without ``+`` (warning; of a template count all texts that are known), or is
        missing (info).
    Why: Without it the service's default number is shown; what is no number is withheld, and many people do not pick up.
    Bad:
        deliverychannel: voice
        channels:
          voice: {callflowid: "184", cli: Meridian Bank}
    Good:
        deliverychannel: voice
        channels:
          voice: {callflowid: "184", cli: "442079460000"}
    """
    if form.block is None or not isinstance(form.block.value, dict):
        return
    cli = form.block.get("cli")
    if cli is None or cli.value == "":
        message, help = "this call names no caller's number", "add cli with a number of yours, or leave it to the service's default"
        yield Finding(form.block.file, form.block.key_span, message, form.block.path, severity=Severity.INFO, help=help)
        return
    for text in texts_of(form, cli):
        wrong = next((one for one in sorted(text.finite or ()) if not _NUMBER.match(one)), None)
        if wrong is not None:
            message = f"'{shown(wrong)}' is not a phone number"
            yield Finding(cli.file, cli.span, message, cli.path, help="write the country code and the number, digits only: 442079460000")
            return
