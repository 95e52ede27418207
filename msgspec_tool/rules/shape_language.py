"""SPC106, SPC108, SPC109: another API's or version's words, and old spellings."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Prediction, Severity, Subject, rule
from msgspec_tool.model import RequestBody, ShapedSpec
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.shape_places import MISSING, Shape, block_missing, holder_span, is_body, rename_key
from msgspec_tool.schema.deprecation import deprecated_fields
from msgspec_tool.schema.nesting import Misplaced, is_v2, misplaced_in_message, misplaced_in_spec
from msgspec_tool.schema.thesaurus import is_written_otherwise
from msgspec_tool.schema.wording import quoted
from msgspec_tool.source.document import Field
from msgspec_tool.source.text import Span

_OLD_CHANNELS = ("twitter", "wechat")


@rule("SPC106", "wrong-nesting", Subject.SHAPE, fix=FixKind.SAFE, api=("7003",))
def wrong_nesting(shape: Shape, _context: RuleContext) -> Iterator[Finding]:
    """Something is written as another form has it.

    What: The API's own nesting (``OTT-Messaging``, ``appmessaging``) in a spec, a spec's nesting in a request body, a block outside
        ``channels``, or keys of the v2 API (``to``, ``from``, ``notifyUrl``, ``correlationId``).
    Why: The compiler does the API's nesting; the platform looks for each block at one place only, and v1 does not read v2's keys.
    Bad:
        deliverychannel: fb
        appid: a_100000000000000001
        channels:
          OTT-Messaging:
            fb: {text: Hello}
        destination: [{psid: ["1000000000000001"]}]
    Good:
        deliverychannel: fb
        appid: a_100000000000000001
        channels:
          fb: {text: Hello}
        destination: [{psid: ["1000000000000001"]}]
    """
    if isinstance(shape, ShapedSpec):
        yield from [_whole_v2(shape.root)] if is_v2(shape.root) else map(_misplaced, misplaced_in_spec(shape.root))
        return
    for element in [shape.root] if isinstance(shape.root.value, dict) else shape.root.elements():
        yield from [_whole_v2(element)] if is_v2(element) else map(_misplaced, misplaced_in_message(element))


def _whole_v2(root: Field) -> Finding:
    message = "this is a message of the v2 API (POST /v2/messages), not of v1"
    remedy = "v1 has 'deliverychannel', 'channels' and 'destination' for 'channel', 'content' and 'to'"
    api = Prediction("7003", "param 'deliverychannel' missing")
    return Finding(root.file, holder_span(root), message, path=root.path, help=remedy, api=api)


def _misplaced(place: Misplaced) -> Finding:
    field = place.field
    if place.v2:
        message = f"'{place.name}' is a key of the v2 API; v1 has '{place.instead}'"
    elif is_body(field):
        message = f"'{place.name}' is not where the platform looks: its place is '{_full(place)}'"
    elif len(field.path) == 1 and place.instead == f"channels.{place.name}":
        message = f"'{place.name}' stands at the top; the block of a channel stands under 'channels'"
    else:
        message = f"'{place.name}' is not written in a spec: the compiler nests '{_full(place)}' itself"
    fix = rename_key(field, place.instead) if place.rename else _unnested(field) if place.name == "OTT-Messaging" else _nested(place)
    remedy = f"write '{place.instead}'" if place.rename else f"move it to {place.instead}"
    return Finding(field.file, field.key_span, message, path=field.path, help=remedy, fix=fix, api=_prediction(place))


def _full(place: Misplaced) -> str:
    return f"channels.{place.instead}" if place.rename else place.instead


def _prediction(place: Misplaced) -> Prediction | None:
    if not is_body(place.field) and not place.v2:
        return None
    if place.v2:
        return (
            Prediction("7003", "param 'deliverychannel' missing" if place.name == "channel" else MISSING)
            if place.name in ("channel", "to", "content")
            else None
        )
    channel = {"appmessaging": "rt", "OTT-Messaging": "fb"}.get(place.name, place.name)
    return block_missing(channel)


def _nested(place: Misplaced) -> Fix | None:
    """Wrap an OTT block of a JSON body into ``OTT-Messaging``, where it is the only one."""
    field = place.field
    parts = field.path[:-1]
    holder = Field(field.document, (), field.document.value).find(*parts)
    wrap = place.instead == f"channels.OTT-Messaging.{place.name}" and is_body(field)
    if not wrap or holder is None or "OTT-Messaging" in holder.value or sum(key in holder.value for key in ("fb", *_OLD_CHANNELS)) != 1:
        return None
    start, end = field.key_span.start, field.span.end
    return Fix("nest it in 'OTT-Messaging'", (Edit(Span(start, start), '"OTT-Messaging": {'), Edit(Span(end, end), "}")))


def _unnested(field: Field) -> Fix | None:
    """Take ``OTT-Messaging`` away from around its blocks: in flow style its braces, in block style a level of indentation."""
    members = [member for _name, member in field.items()]
    if not members or is_body(field) or len(field.path) != 2:
        return None
    head = Span(field.key_span.start, members[0].key_span.start)
    between = field.file.slice(head)
    if "#" in between or field.lexeme[:1] in ("&", "*", "!"):
        return None
    flow = field.document.style(field.path) == "flow"
    edits = _closing_brace(field, members[-1]) if flow else _dedented(field, head)
    return Fix("take the blocks out of 'OTT-Messaging'", (Edit(head, ""), *edits)) if edits is not None else None


def _closing_brace(field: Field, last: Field) -> list[Edit] | None:
    tail = Span(last.span.end, field.span.end)
    return [Edit(tail, "")] if field.file.slice(tail).strip(" ,\n") == "}" else None


def _dedented(field: Field, head: Span) -> list[Edit] | None:
    """Each further line of the blocks loses as many blanks as the first one did."""
    file = field.file
    surplus = file.position(head.end).column - file.position(head.start).column
    edits = []
    end = max(member.span.end for member in field.walk() if not isinstance(member.value, (dict, list)) or not member.value)
    for line in range(file.position(head.end).line + 1, file.position(end).line + 1):
        text = file.line_text(line)
        blanks = min(surplus, len(text) - len(text.lstrip(" ")))
        if text.strip() and blanks < surplus:
            return None
        if blanks:
            start = file.line_starts[line - 1]
            edits.append(Edit(Span(start, start + blanks), ""))
    return edits


@rule("SPC108", "spec-version", Subject.SHAPED, severity=Severity.WARNING, worst=Severity.ERROR, fix=FixKind.SAFE)
def spec_version(spec: ShapedSpec, _context: RuleContext) -> Iterator[Finding]:
    """The version of the spec language is missing or unknown.

    What: ``msgspec: 1`` says which language and rule set the file was written for.
    Why: Without it a later version of the program could read the file with another meaning.
    Bad:
        msgspec: 2
    Good:
        msgspec: 1
    """
    version = spec.root.get("msgspec")
    if version is None:
        # of a message of the v2 API wrong-nesting has said all
        if isinstance(spec.root.value, dict) and not is_written_otherwise("msgspec", spec.root.value) and not is_v2(spec.root):
            yield _no_version(spec.root)
    elif version.value != 1 or isinstance(version.value, (bool, float)):
        written = f"the text {quoted(version.value)}" if isinstance(version.value, str) else quoted(version.value)
        message = f"'msgspec' is {written}; the only version is the number 1"
        fix = Fix("write 1", (Edit(version.span, "1"),)) if version.value == "1" else None
        yield Finding(version.file, version.span, message, path=version.path, severity=Severity.ERROR, help="write msgspec: 1", fix=fix)


def _no_version(root: Field) -> Finding:
    span = holder_span(root)
    block = bool(root.value) and root.document.style(()) == "block" and root.file.position(span.start).column == 1
    fix = Fix("add 'msgspec: 1'", (Edit(Span(span.start, span.start), "msgspec: 1\n"),)) if block else None
    return Finding(
        root.file, span, "'msgspec' is missing: the version of the spec language", path=(), help="begin with msgspec: 1", fix=fix
    )


@rule("SPC109", "deprecated", Subject.SHAPE, severity=Severity.WARNING, fix=FixKind.UNSAFE)
def deprecated(shape: Shape, _context: RuleContext) -> Iterator[Finding]:
    """An old spelling, a field without effect, or a channel that the current reference has dropped.

    What: ``platorm_types``, ``wechatid``, ``quickreplies`` and other spellings of old samples; fields that the platform ignores; as a note,
        the channels twitter and wechat.
    Why: What works today by courtesy need not work tomorrow.
    Bad:
        deliverychannel: push
        appid: NE00000001
        channels:
          push:
            web: {platorm_types: [chrome], text: Hello}
        destination: [{userid: [u-1]}]
    Good:
        deliverychannel: push
        appid: NE00000001
        channels:
          push:
            web: {platform_types: [chrome], text: Hello}
        destination: [{userid: [u-1]}]
    """
    roots = [form.root for form in shape.messages] if isinstance(shape, RequestBody) else [shape.root]
    for root in roots:
        for field, instead, reason in deprecated_fields(root):
            yield _old_field(field, instead, reason)
    for form in shape.messages:
        written = form.root.get("deliverychannel")
        if form.channel in _OLD_CHANNELS and written is not None:
            message = f"channel '{form.channel}' is no longer in the current reference of the API"
            yield Finding(
                written.file, written.span, message, path=written.path, severity=Severity.INFO, help="ask whether the tenant still has it"
            )


def _old_field(field: Field, instead: str | None, reason: str) -> Finding:
    name = str(field.path[-1])
    message = (
        f"'{name}' is an old spelling of '{instead}'"
        if instead
        else f"'{name}' is deprecated: {reason[:1].lower()}{reason[1:].rstrip('.')}"
    )
    fix = rename_key(field, instead, Applicability.UNSAFE) if instead and not _beside(field, instead) else None
    remedy = f"write '{instead}'" if instead else "remove it"
    return Finding(field.file, field.key_span, message, path=field.path, help=remedy, fix=fix)


def _beside(field: Field, name: str) -> bool:
    """Whether the right key is there as well, so that a renaming would make it double."""
    holder = Field(field.document, (), field.document.value).find(*field.path[:-1])
    return holder is not None and name in holder.value
