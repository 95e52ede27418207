"""LoadedSpec → ShapedSpec, and a request body's document → RequestBody: what is there, and what the schema has against it.

A problem that a more specific rule owns is left out here, so that one cause gives one finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec_tool.channels.layout import ALL_IDENTIFIERS, BLOCK_PATHS, IDENTIFIERS, NEEDS_APPID, canonical
from msgspec_tool.channels.push import PLATFORMS
from msgspec_tool.channels.voice import SOURCES, SPOKEN
from msgspec_tool.model import (
    CHANNELS,
    OTT_CHANNELS,
    LoadedSpec,
    MessageForm,
    Origin,
    RequestBody,
    Scope,
    ShapedSpec,
    ShapeProblem,
    ShapeProblemKind,
    TemplateField,
    Variable,
)
from msgspec_tool.schema.fields import spec_types_at, typed
from msgspec_tool.schema.misspelt import with_what_they_lack
from msgspec_tool.schema.nesting import V2_KEYS, Misplaced, is_v2, misplaced_in_message, misplaced_in_spec
from msgspec_tool.schema.registry import bundled
from msgspec_tool.schema.thesaurus import key_meant
from msgspec_tool.schema.validation import validate_payload, validate_spec_document
from msgspec_tool.source.document import Field, Path

_TEXT = frozenset({"string"})
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_PLAIN_INTEGER = re.compile(r"0|[1-9][0-9]*")


def validate_spec(loaded: LoadedSpec) -> ShapedSpec | None:
    """Compare a spec with its schema; None where nothing could be read."""
    if loaded.document is None:
        return None
    root = Field(loaded.document, (), loaded.document.value)
    variables = _variables(root)
    channels = _channels(root, variables)
    messages = () if is_v2(root) else tuple(MessageForm(Origin.SPEC, name, root, spec_block(root, name)) for name in channels)
    channel = root.get("deliverychannel")
    name = root.get("name")
    return ShapedSpec(
        loaded=loaded,
        root=root,
        name=name.value if name is not None and isinstance(name.value, str) else "",
        problems=() if is_v2(root) else (*with_what_they_lack(_spec_problems(root)), *_missing_appid(messages)),
        channels=channels,
        channel_template=channel if channel is not None and channel.templated else None,
        variables=MappingProxyType(variables),
        messages=messages,
        templates=tuple(_templates(root)),
    )


def validate_body(loaded: LoadedSpec) -> RequestBody | None:
    """Compare a request body with the payload schema; None where nothing could be read."""
    if loaded.document is None:
        return None
    root = Field(loaded.document, (), loaded.document.value)
    objects = [element for element in ([root] if not isinstance(root.value, list) else root.elements()) if isinstance(element.value, dict)]
    messages = tuple(_message(element) for element in objects if not is_v2(element))
    return RequestBody(root, messages, with_what_they_lack(_body_problems(root, objects)))


def spec_block(root: Field, channel: str) -> Field | None:
    """A channel's block of a spec, also where its author used the API's nesting."""
    for path in (("channels", channel), BLOCK_PATHS[channel]):
        found = root.find(*path)
        if found is not None:
            return found
    return None


def _message(element: Field) -> MessageForm:
    name = element.get("deliverychannel")
    channel = canonical(name.value) if name is not None and isinstance(name.value, str) else None
    block = element.find(*BLOCK_PATHS[channel]) or element.find("channels", channel) if channel else None
    return MessageForm(Origin.BODY, channel, element, block)


# --- what a spec declares -----------------------------------------------------------------------------------------------


def _variables(root: Field) -> dict[str, Variable]:
    declared = root.get("variables")
    members = declared.items() if declared is not None else ()
    return {name: Variable(name, member, member.value) for name, member in members if isinstance(member.value, dict)}


def _channels(root: Field, variables: Mapping[str, Variable]) -> tuple[str, ...]:
    """Canonical names in written order, each once; of a template, its variable's values that have a block."""
    written = root.get("deliverychannel")
    if written is None:
        return ()
    if written.templated:
        names = [name for name in enumerated_channels(written.value, variables) if spec_block(root, name) is not None]
    else:
        texts = written.value if isinstance(written.value, list) else [written.value]
        names = [name for text in texts if isinstance(text, str) and (name := canonical(text)) is not None]
    return tuple(dict.fromkeys(names))


def enumerated_channels(template: str, variables: Mapping[str, Variable]) -> list[str]:
    """The channels that a template of ``deliverychannel`` can yield: the ``enum`` of the variables that it names."""
    values = [value for name in re.findall(_NAME, template) if name in variables for value in _listed(variables[name].schema.get("enum"))]
    return [name for value in values if isinstance(value, str) and (name := canonical(value)) is not None]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


# --- problems, less those that another rule owns ------------------------------------------------------------------------


def _spec_problems(root: Field) -> Iterator[ShapeProblem]:
    misplaced = list(misplaced_in_spec(root))
    moved = {place.field.path for place in misplaced}
    replaced = {place.instead.partition(".")[0] for place in misplaced}
    for problem in validate_spec_document(root):
        path = problem.field.path
        if not (
            path == ("msgspec",)
            or (path == () and problem.name == "msgspec")
            or _is_moved(problem, moved)
            or (problem.kind is ShapeProblemKind.MISSING and path == () and problem.name in replaced)
            or _is_coerced(problem, root)
            or _is_bare_destination(problem, 0)
            or _is_list_in_mapping(problem)
            or _is_unknown_channels_block(problem, root)
            or _is_for_no_platform(problem)
            or _is_spoken(problem)
            or _is_about_buttons(problem)
            or _is_span_of_time(problem)
            or _lacks_content_of_template(problem, root)
        ):
            yield _addressed(_with_channel(problem, _spec_channel(path)), root)


def _body_problems(root: Field, objects: list[Field]) -> Iterator[ShapeProblem]:
    depth = 1 if isinstance(root.value, list) else 0
    by_path = {element.path: element for element in objects}
    misplaced: dict[Path, list[Misplaced]] = {}
    for problem in validate_payload(root):
        message = by_path.get(problem.field.path[:depth])
        if message is None:
            yield problem
            continue
        if message.path not in misplaced:
            misplaced[message.path] = list(misplaced_in_message(message))
        if not is_v2(message) and not _is_owned_in_message(problem, message, misplaced[message.path]):
            yield _with_channel(problem, _message(message).channel)


def _is_owned_in_message(problem: ShapeProblem, message: Field, misplaced: list[Misplaced]) -> bool:
    depth = len(message.path)
    replaced = {place.instead.partition(".")[0] for place in misplaced}
    inner = problem.field.path[depth:]
    missing = problem.kind is ShapeProblemKind.MISSING
    return (
        _is_moved(problem, {place.field.path for place in misplaced})
        or (missing and not inner and problem.name in replaced)
        or (missing and inner in (("channels",), ("channels", "OTT-Messaging")))
        or _is_bare_destination(problem, depth)
        or _is_for_no_platform(problem)
        or _is_spoken(problem)
        or _is_about_buttons(problem)
        or _lacks_content_of_template(problem, message)
    )


def _is_moved(problem: ShapeProblem, moved: set[Path]) -> bool:
    return problem.kind is ShapeProblemKind.UNKNOWN and problem.field.path in moved


def _is_coerced(problem: ShapeProblem, root: Field) -> bool:
    """A number, bool or null where text was meant: YML005 says so, with the original characters."""
    value = problem.field.value
    if problem.kind is not ShapeProblemKind.TYPE or isinstance(value, (str, list, dict)):
        return False
    return "string" in spec_types_at(problem.field.path, root.value)


def _is_bare_destination(problem: ShapeProblem, depth: int) -> bool:
    """An address instead of an object: DST504 says so, with a fix."""
    inner = problem.field.path[depth:]
    bare = len(inner) in (1, 2) and inner[0] == "destination" and isinstance(problem.field.value, str)
    return bare and problem.kind is ShapeProblemKind.TYPE


def _is_list_in_mapping(problem: ShapeProblem) -> bool:
    """Addresses in a mapping that was meant to be an element of the list: DST504 says so."""
    path, value = problem.field.path, problem.field.value
    addresses = len(path) == 2 and path[0] == "destination" and path[1] in ALL_IDENTIFIERS and isinstance(value, list)
    return addresses and problem.kind is ShapeProblemKind.TYPE


def _is_for_no_platform(problem: ShapeProblem) -> bool:
    """The text of a push notification that has no platform: PSH431 says so."""
    if problem.kind is not ShapeProblemKind.UNKNOWN or problem.name not in ("text", "title") or problem.field.path[-2:-1] != ("push",):
        return False
    block = Field(problem.field.document, (), problem.field.document.value).find(*problem.field.path[:-1])
    return block is not None and not any(name in block.value for name in PLATFORMS)


def _is_spoken(problem: ShapeProblem) -> bool:
    """A text that a call without a source should read: VOI421 says so."""
    if problem.kind is not ShapeProblemKind.UNKNOWN or problem.name not in SPOKEN or problem.field.path[-2:-1] != ("voice",):
        return False
    block = Field(problem.field.document, (), problem.field.document.value).find(*problem.field.path[:-1])
    written = [name for name in SPOKEN if block is not None and name in block.value]
    return block is not None and written[:1] == [problem.name] and not any(name in block.value for name in SOURCES)


def _is_unknown_channels_block(problem: ShapeProblem, root: Field) -> bool:
    """The block of a channel that ``deliverychannel`` names and that does not exist: the name is told there."""
    channel = root.get("deliverychannel")
    named = () if channel is None else channel.value if isinstance(channel.value, list) else (channel.value,)
    return problem.kind is ShapeProblemKind.UNKNOWN and problem.field.path[:-1] == ("channels",) and problem.name in named


def _is_span_of_time(problem: ShapeProblem) -> bool:
    """``{after: 4 hours}``: TIM601 says so."""
    return problem.kind is ShapeProblemKind.VALUE and problem.field.path == ("expiry", "after")


def _is_about_buttons(problem: ShapeProblem) -> bool:
    """A value that no button can have: PSH433 says so, with what the category wants."""
    return problem.kind is ShapeProblemKind.VALUE and "interactive" in problem.field.path


def _lacks_content_of_template(problem: ShapeProblem, message: Field) -> bool:
    """``channels`` is absent because a platform template was meant, and is empty: SPC107 says so."""
    template = message.find("message", "template")
    absent = problem.kind is ShapeProblemKind.MISSING and problem.name == "channels" and problem.field.path == message.path
    return absent and template is not None


def _with_channel(problem: ShapeProblem, channel: str | None) -> ShapeProblem:
    return problem._replace(channel=channel)


def _addressed(problem: ShapeProblem, root: Field) -> ShapeProblem:
    """Of a key that no destination has: what the message's channels take, and where values of variables stand."""
    path, name = problem.field.path, problem.name
    if problem.kind is not ShapeProblemKind.UNKNOWN or path[:1] != ("destination",) or path[-1:] != (name,) or "with" in path:
        return problem
    variables = _variables(root)
    if name in variables:
        told = problem.message.partition("; ")[0]
        return problem._replace(message=told, help="write it under 'with', which gives variables their values", replacement=None)
    channels = _channels(root, variables)
    taken = tuple(dict.fromkeys(key for channel in channels for key in IDENTIFIERS[channel]))
    if not taken or problem.replacement in taken or problem.replacement in ("from", "with", "correlationid"):
        return problem
    told = problem.message.partition("; ")[0]
    near = key_meant(name, taken)
    if near is not None:
        return problem._replace(message=f"{told}; did you mean '{near}'?", help=f"write '{near}'", replacement=near)
    if problem.replacement is None and "valid" in problem.message:
        return problem
    some = " or ".join(f"'{key}'" for key in taken[:2]) + (" and others" if len(taken) > 2 else "")
    verb = "takes" if len(channels) == 1 else "take"
    return problem._replace(message=told, help=f"remove it; {' and '.join(channels)} {verb} {some}", replacement=None)


def _spec_channel(path: Path) -> str | None:
    return canonical(path[1]) if len(path) > 1 and path[0] == "channels" and isinstance(path[1], str) else None


def _missing_appid(messages: tuple[MessageForm, ...]) -> Iterator[ShapeProblem]:
    """In a spec ``appid`` may stand at the top or in each block, which a schema cannot say without saying it twice."""
    lacking = [form for form in messages if form.channel in NEEDS_APPID and form.common("appid") is None]
    if lacking:
        names = " and ".join(form.channel or "" for form in lacking)
        message = f"'appid' is missing for {names}"
        remedy = f"add 'appid' at the top or in channels.{lacking[0].channel}"
        yield ShapeProblem(
            ShapeProblemKind.MISSING, lacking[0].block or lacking[0].root, message, "appid", remedy, channel=lacking[0].channel
        )


# --- templates ----------------------------------------------------------------------------------------------------------


def _templates(root: Field) -> Iterator[TemplateField]:
    api = bundled("payload")["$defs"]["message"]["properties"]
    for name, member in root.items():
        if name == "channels":
            for key, block in member.items():
                yield from _block_templates(root, key, block)
        elif name == "destination" or V2_KEYS.get(name) == "destination":
            yield from _destination_templates(root, member)
        elif name in api or name in V2_KEYS:
            yield from _strings(root, member, None)


def _block_templates(root: Field, key: str, block: Field) -> Iterator[TemplateField]:
    if key == "OTT-Messaging":
        for name, inner in block.items():
            yield from _strings(root, inner, name if name in OTT_CHANNELS else None)
    else:
        channel = canonical(key)
        yield from _strings(root, block, channel if channel in CHANNELS else None)


def _destination_templates(root: Field, destination: Field) -> Iterator[TemplateField]:
    holders = [destination] if isinstance(destination.value, dict) else list(destination.elements())
    for holder in holders:
        # an element with `from` was meant to be the mapping: its names are columns
        scope = Scope.DESTINATION if holder is destination or holder.get("from") is not None else Scope.MESSAGE
        for name, member in holder.items():
            if name != "from":
                yield from _strings(root, member, None, scope)


def _strings(root: Field, member: Field, channel: str | None, scope: Scope = Scope.MESSAGE) -> Iterator[TemplateField]:
    """Every string below a field, and every integer that stands for one."""
    for field, types in typed(member, root.value):
        value = field.value
        if value.__class__ is str:
            # where nobody knows the field, text is text
            yield TemplateField(field, types or _TEXT, scope, channel)
        elif value.__class__ is int and "string" in (types or _TEXT) and "integer" not in types and _PLAIN_INTEGER.fullmatch(field.lexeme):
            yield TemplateField(Field(field.document, field.path, field.lexeme), types or _TEXT, scope, channel)
