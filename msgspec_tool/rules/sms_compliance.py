"""SMS418: what operators and laws of some countries want of an SMS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import analysis_of, labels, texts_of, witnessed
from msgspec_tool.rules.reading import addresses, literal
from msgspec_tool.rules.sms_text import sms_text
from msgspec_tool.schema.thesaurus import place_inside
from msgspec_tool.source.document import Field, Path
from msgspec_tool.source.quoting import shown

_RULE = "sms-compliance"
_INDIAN = re.compile(r"\+?91[0-9]{10}\Z", re.ASCII)
_VARIABLE = 40
"""Characters that a variable of a registered text may stand for; operators count 30 to 40."""


def _surely_compliant(path: Path, values: Sequence[str], context: RuleContext) -> bool:
    """Nothing is wanted of texts, and no address is Indian."""
    if context.option(_RULE, "dlt-templates", {}) or context.names(_RULE, "opt-out"):
        return False
    return path[:1] != ("destination",) or not any(map(_INDIAN.match, values))


@rule("SMS418", _RULE, Subject.MESSAGE, channels=("sms",), severity=Severity.WARNING, clears=_surely_compliant)
def sms_compliance(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """An SMS lacks what operators or laws ask for.

    What: A destination in India (+91) and no ``extras.dlt_templateid``; a text that departs from the one that is registered
        under its id, where the option ``dlt-templates`` has it; no word of the option ``opt-out`` in a text that
        needs one (all, or those of specs with a tag of ``opt-out-tags``). Templates are judged for all data.
    Why: Indian operators drop what is not registered, and elsewhere it is the law that readers can say stop.
    Bad:
        channels:
          sms: {senderid: NORTHL, text: Your order is here}
        destination: [{msisdn: ["+919812345678"]}]
    Good:
        channels:
          sms: {senderid: NORTHL, text: Your order is here, extras: {dlt_templateid: "1107160000000000001"}}
        destination: [{msisdn: ["+919812345678"]}]
    """
    if form.block is None or form.root.find("message", "template") is not None:
        return
    text = sms_text(form)
    identifier = form.block.find("extras", "dlt_templateid")
    if identifier is None:
        yield from _unregistered(form)
    elif text is not None:
        yield from _registered(form, text, identifier, context)
    if text is not None and _needs_opt_out(form, context):
        yield from _opt_out(form, text, context.names(_RULE, "opt-out"))


def _unregistered(form: MessageForm) -> Iterator[Finding]:
    written = form.block.value if form.block is not None and isinstance(form.block.value, dict) else ()
    if any(place_inside("sms", key) == "extras.dlt_templateid" for key in written):
        return  # it is there, at the wrong place: unknown-field says so
    for address in addresses(form):
        if address.key == "msisdn" and _INDIAN.match(address.text):
            place = address.field
            help = "add extras: {dlt_templateid: …} with the 19 digits of the registered template"
            block = Label("this message names none", form.block.file, form.block.key_span) if form.block is not None else None
            related = (block,) if block is not None else ()
            yield Finding(place.file, place.span, "a destination in India needs a DLT template id", place.path, related=related, help=help)
            return


def _registered(form: MessageForm, text: Field, identifier: Field, context: RuleContext) -> Iterator[Finding]:
    known = context.option(_RULE, "dlt-templates", {})
    name = literal(identifier)
    if not isinstance(known, dict) or not known or name is None:
        return
    registered = known.get(name)
    if registered is None:
        from msgspec_tool.schema.wording import nearest

        near = nearest(name, known)
        message = f"'{shown(name)}' is not among the dlt-templates of the project file" + (f"; did you mean '{near}'?" if near else "")
        yield Finding(identifier.file, identifier.span, message, identifier.path, help="add its text there, or write another id")
        return
    from msgspec_tool.domain.registered_texts import departure

    longest = context.option(_RULE, "dlt-variable", _VARIABLE)
    limit = longest if isinstance(longest, int) else _VARIABLE

    def lacking(one: str) -> str | None:
        return departure(one, str(registered), limit)

    def words(part: str, *, surely: bool) -> str:
        what = f"'{shown(part.strip())}' is missing" if part.strip() else "its end is another one"
        how = "departs" if surely else "can depart"
        return f"this text {how} from the one that is registered as {name}: {what}, or a variable has over {limit} characters"

    yield from _departing(form, text, lacking, words, "write it as it is registered, or register it anew", printed=True)


def _needs_opt_out(form: MessageForm, context: RuleContext) -> bool:
    if not context.names(_RULE, "opt-out"):
        return False
    tags = context.names(_RULE, "opt-out-tags")
    own = form.root.get("tags") if form.origin is Origin.SPEC else None
    return not tags or (own is not None and isinstance(own.value, list) and not set(tags).isdisjoint(map(str, own.value)))


def _opt_out(form: MessageForm, text: Field, wanted: tuple[str, ...]) -> Iterator[Finding]:
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in wanted), re.IGNORECASE)

    def lacking(one: str) -> str | None:
        return None if pattern.search(one) else ""

    def words(_part: str, *, surely: bool) -> str:
        return "this text does not say how to stop" if surely else "for some data this text does not say how to stop"

    listed = ", ".join(f"'{word}'" for word in wanted)
    yield from _departing(form, text, lacking, words, f"the project wants one of {listed}", printed=False)


def _departing(
    form: MessageForm,
    text: Field,
    lacking: Callable[[str], str | None],
    words: Callable[..., str],
    help: str,
    *,
    printed: bool,
) -> Iterator[Finding]:
    """A finding where a text surely lacks something, or lacks it for some data: ``printed`` where its values can be to blame."""
    finite = [one.finite for one in texts_of(form, text)]
    analysis = analysis_of(form, text)
    parts = [lacking(one) for texts in finite for one in texts or ()]
    if finite and all(texts is not None for texts in finite) and all(part is not None for part in parts):
        yield Finding(text.file, text.span, words(parts[0] or "", surely=True), text.path, help=help)
    elif analysis is not None:
        example = witnessed(analysis, lambda outcome: outcome.text.only is not None and lacking(outcome.text.only) is not None, unbounded=6)
        if example is not None:
            part = lacking(example.outcome.text.only or "") or ""
            message = words(part, surely=not example.outcome.conditions and not (printed and example.data))
            related = labels(text, analysis, example, printed=printed)
            data = dict(example.data)
            yield Finding(text.file, text.span, message, text.path, related=related, help=help, example=data)
