"""SPC105, SPC107, SPC110: whether ``deliverychannel``, ``channels`` and ``message`` fit together."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec_tool.channels.layout import BLOCK_PATHS, canonical
from msgspec_tool.diagnostics import Finding, Prediction, Severity, Subject, rule
from msgspec_tool.model import OTT_CHANNELS, MessageForm, RequestBody, ShapedSpec, ShapeProblemKind
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.shape_places import MISSING, Shape, block_missing, has_template, holder_span
from msgspec_tool.schema.wording import quoted
from msgspec_tool.source.document import Field

_INLINE = frozenset(
    {"text", "body", "callflowid", "promptid", "media", "android", "ios", "web", "message", "attachment", "sender_action", "quick_reply"}
)


@rule("SPC105", "channel-block-mismatch", Subject.SHAPE, api=("7003",))
def channel_block_mismatch(shape: Shape, _context: RuleContext) -> Iterator[Finding]:
    """A listed channel has no block, or its name cannot be told.

    What: ``deliverychannel`` names a channel that ``channels`` has no block for, or is a template that is not the value of a variable
        with ``enum`` whose every value has a block.
    Why: The platform refuses a message whose channel has no content.
    Bad:
        deliverychannel: [sms, voice]
        channels:
          sms: {text: Hello}
    Good:
        deliverychannel: [sms, voice]
        channels:
          sms: {text: Hello}
          voice: {promptid: "354"}
    """
    misspelt = {(problem.field.path[:-1], problem.replacement) for problem in shape.problems if problem.kind is ShapeProblemKind.UNKNOWN}
    for form in shape.messages:
        channels = form.root.get("channels")
        if channels is not None and (channels.path, form.channel) in misspelt:
            continue
        if (
            form.channel is not None
            and form.block is None
            and channels is not None
            and isinstance(channels.value, dict)
            and not has_template(form)
        ) and not _empty_template(form):
            yield _no_block(form, channels)
    if isinstance(shape, ShapedSpec) and shape.channel_template is not None:
        yield from _unsure_channel(shape, shape.channel_template)


def _no_block(form: MessageForm, channels: Field) -> Finding:
    channel = form.channel or ""
    path = ("channels", channel) if form.root.document.templated else BLOCK_PATHS[channel]
    wanted = ".".join(str(part) for part in path)
    written = _written_channel(form.root, channel) or channels
    others = ", ".join(f"'{name}'" for name, _block in _blocks(form.root))
    message = f"channel '{channel}' has no block: '{wanted}' is missing" + (f"; there is {others}" if others else "")
    return Finding(
        written.file,
        written.span,
        message,
        path=written.path,
        help=f"add '{wanted}', or take '{channel}' out of deliverychannel",
        api=block_missing(channel, form.root),
    )


def _written_channel(root: Field, channel: str) -> Field | None:
    written = root.get("deliverychannel")
    for element in written.elements() if written is not None else ():
        if isinstance(element.value, str) and canonical(element.value) == channel:
            return element
    return written


def _unsure_channel(spec: ShapedSpec, template: Field) -> Iterator[Finding]:
    named = [variable for name, variable in spec.variables.items() if name in template.value]
    values = [value for variable in named for value in variable.schema.get("enum") or () if isinstance(value, str)]
    if not values:
        message = f"deliverychannel {quoted(template.value)} must be a variable with 'enum', so that every channel is known"
        yield Finding(template.file, template.span, message, path=template.path, help="declare the variable with enum: [sms, …]")
        return
    for value in values:
        name = canonical(value)
        if name is None or name not in spec.channels:
            message = f"deliverychannel can become {quoted(value)}, which " + (
                "is no channel" if name is None else f"has no block 'channels.{name}'"
            )
            api = block_missing(name) if name else None
            yield Finding(
                template.file, template.span, message, path=template.path, help="add the block, or take the value out of 'enum'", api=api
            )


@rule("SPC107", "template-and-inline", Subject.SHAPE, severity=Severity.WARNING, worst=Severity.ERROR, api=("7003",))
def template_and_inline(shape: Shape, _context: RuleContext) -> Iterator[Finding]:
    """A platform template and inline content are both given, or neither is.

    What: ``message.template`` beside a block with content of its own; ``message`` with an empty template and no block; a template with no
        ``channels`` at all, which the reference marks mandatory.
    Why: With both, the inline content wins and the template is ignored. With neither, the platform refuses the message.
    Bad:
        message: {template: ABCD1234EF}
    Good:
        message: {template: ABCD1234EF, parameters: {parameter1: Asha}}
        channels:
          sms: {senderid: EXAMPL}
    """
    seen: set[tuple[str | int, ...]] = set()
    for form in shape.messages:
        holder = form.root.get("message")
        template = form.root.find("message", "template")
        if holder is None or template is None or holder.path in seen:
            continue
        finding = _template_finding(form, holder, template)
        if finding is not None:
            seen.add(holder.path)
            yield finding


def _template_finding(form: MessageForm, holder: Field, template: Field) -> Finding | None:
    if _empty_template(form):
        return _neither(holder)
    if not has_template(form):
        return None
    if form.block is not None and isinstance(form.block.value, dict) and _INLINE & form.block.value.keys():
        message = f"template {quoted(template.value)} is ignored: the inline content of '{form.channel}' wins"
        return Finding(template.file, template.span, message, path=template.path, help="keep one of them")
    if form.root.get("channels") is None:
        message = "'channels' is absent; the reference marks it mandatory also beside a template"
        return Finding(template.file, template.span, message, path=template.path, help="add 'channels' with the channel's block")
    return None


def _neither(holder: Field) -> Finding:
    message = "neither a platform template nor inline content is given"
    api = Prediction("7003", MISSING)
    remedy = "name a template, or write the channel's block"
    return Finding(holder.file, holder_span(holder), message, path=holder.path, severity=Severity.ERROR, help=remedy, api=api)


def _empty_template(form: MessageForm) -> bool:
    template = form.root.find("message", "template")
    return template is not None and template.value == "" and form.block is None and form.channel is not None


@rule("SPC110", "dead-content", Subject.SHAPE, severity=Severity.WARNING)
def dead_content(shape: Shape, _context: RuleContext) -> Iterator[Finding]:
    """Content is never delivered.

    What: ``channels`` holds a block for a channel that ``deliverychannel`` does not name.
    Why: Somebody wrote it for people who will never read it: usually the channel was forgotten in ``deliverychannel``.
    Bad:
        deliverychannel: sms
        channels:
          sms: {text: Hello}
          voice: {promptid: "354"}
    Good:
        deliverychannel: [sms, voice]
        channels:
          sms: {text: Hello}
          voice: {promptid: "354"}
    """
    if any(problem.field.path[:1] == ("deliverychannel",) for problem in shape.problems):
        return  # nobody knows which channel was meant
    if isinstance(shape, ShapedSpec) and any(form.block is None and not has_template(form) for form in shape.messages):
        return  # channel-block-mismatch says which block is missing, and which is there instead
    if isinstance(shape, RequestBody):
        for form in shape.messages:
            if form.channel is not None:
                yield from _dead(form.root, {form.channel})
    elif shape.channels and shape.channel_template is None:
        yield from _dead(shape.root, set(shape.channels))


def _dead(root: Field, live: set[str]) -> Iterator[Finding]:
    for name, block in _blocks(root):
        if name not in live:
            message = f"the content for '{name}' is never delivered: deliverychannel does not name it"
            yield Finding(
                block.file, block.key_span, message, path=block.path, help=f"add '{name}' to deliverychannel, or remove its block"
            )


def _blocks(root: Field) -> Iterator[tuple[str, Field]]:
    channels = root.get("channels")
    for key, block in channels.items() if channels is not None else ():
        if key == "OTT-Messaging":
            yield from ((name, inner) for name, inner in block.items() if name in OTT_CHANNELS)
        elif (name := canonical(key)) is not None:
            yield name, block
