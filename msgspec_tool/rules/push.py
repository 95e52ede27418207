"""PSH: push notifications, and the buttons that they share with in-app messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec_tool.channels import push as facts
from msgspec_tool.diagnostics import Finding, Label, Prediction, Severity, Subject, rule
from msgspec_tool.model import MessageForm
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.payload_size import payload_example, payload_range
from msgspec_tool.rules.reading import blocks, predicted
from msgspec_tool.schema.thesaurus import is_written_otherwise
from msgspec_tool.schema.wording import nearest
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown


@rule("PSH431", "push-platform-text", Subject.MESSAGE, channels=("push",), api=("7003",))
def push_platform_text(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A push notification lacks a platform, or a platform lacks its text.

    What: The push block has none of ``android``, ``ios`` and ``web``, or one of them has no ``text``.
    Why: The platform refuses it; devices of that kind would show nothing.
    Bad:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {title: Payment due}
        destination:
          - userid: [u-1]
    Good:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {title: Payment due, text: Your card payment is due tomorrow}
        destination:
          - userid: [u-1]
    """
    if form.block is None or not isinstance(form.block.value, dict):
        return
    if not any(name in form.block.value or is_written_otherwise(name, form.block.value) for name in facts.PLATFORMS):
        place = next((member for name in ("text", "title") if (member := form.block.get(name)) is not None), form.block)
        beside = "" if place is form.block else f": '{place.path[-1]}' is read under android, ios or web only"
        yield Finding(
            place.file,
            place.key_span,
            f"this push notification is for no platform{beside}",
            place.path,
            help="give android, ios or web, each with its text" if place is form.block else "move it into android, ios, or each of them",
            api=predicted("7003", "either android or ios information is mandatory for push channel"),
        )
    for name, platform in blocks(form, *facts.PLATFORMS):
        if "text" not in platform.value and not is_written_otherwise("text", platform.value):
            api = predicted("7003", f"param 'text' is missing for {name}") if name != "web" else None
            yield Finding(platform.file, platform.key_span, f"'{name}' has no text", platform.path, help="add text", api=api)


@rule("PSH432", "push-bytes", Subject.MESSAGE, channels=("push",), api=("7505", "7510"), proves=True)
def push_bytes(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """A push notification is over 4 KB.

    What: What one platform gets, as compact JSON in UTF-8, is longer than 4,096 bytes (error), or longer than 3,500
        (warning), or can be longer than 4,096 for some data that the declared variables allow (warning).
    Why: Google and Apple refuse longer notifications.
    Bad:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {text: "Terms and conditions: …"} # and 4,100 characters more
        destination:
          - userid: [u-1]
    Good:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {text: Your card payment is due tomorrow}
        destination:
          - userid: [u-1]
    """
    for name, platform in blocks(form, *facts.PLATFORMS):
        sizes = payload_range(form, platform, facts.WARN_BYTES)
        if sizes is None:
            continue
        least, most = sizes
        if least > facts.MAX_BYTES:
            api = {"android": Prediction("7505", "Over 4 KB on Android"), "ios": Prediction("7510", "Over 4 KB on iOS")}.get(name)
            yield _size(platform, least, Severity.ERROR, api)
        elif least > facts.WARN_BYTES:
            yield _size(platform, least, Severity.WARNING, None)
        elif most > facts.MAX_BYTES and context.proving:
            yield _size(platform, most, Severity.WARNING, None)
        elif most > facts.MAX_BYTES:
            found = payload_example(form, platform, facts.MAX_BYTES)
            if found is not None:
                yield _size(platform, found[1], Severity.WARNING, None, "can be")._replace(example=found[0])


def _size(platform: Field, size: float, severity: Severity, api: Prediction | None, verb: str = "is") -> Finding:
    return Finding(
        platform.file,
        platform.key_span,
        f"what '{platform.path[-1]}' gets {verb} {size:,.0f} bytes; a notification has at most {facts.MAX_BYTES:,}",
        platform.path,
        severity=severity,
        help="shorten the text or the custom tags",
        api=api,
    )


class _Button(NamedTuple):
    """An entry of ``actions``: its position where that is literal."""

    field: Field
    position: int | None


@rule("PSH433", "push-actions", Subject.MESSAGE, channels=("push", "rt"), api=("7003", "7004"))
def push_actions(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """Buttons of a notification do not fit their category.

    What: ``interactive`` lacks its category, device types or actions; the category is unknown or has another number of
        buttons; positions, identifiers, actions or values are not those of the category. Identifiers that the reference
        does not spell out, the console's rule that some buttons only dismiss or reply, and device types without a
        notification are warnings. Notifications of in-app messages have four more categories and no device types.
    Why: The platform refuses each of these with 7003 or 7004.
    Bad:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {text: Shall we keep the booking}
            interactive:
              category: DOUBLE_YES_NO
              device_types: [android]
              actions: [{pos: 1, identifier: "YES", action: OPEN_APP}]
        destination:
          - userid: [u-1]
    Good:
        deliverychannel: push
        channels:
          push:
            appid: NE00000001
            android: {text: Shall we keep the booking}
            interactive:
              category: DOUBLE_YES_NO
              device_types: [android]
              actions:
                - {pos: 1, identifier: "YES", action: OPEN_APP}
                - {pos: 2, identifier: "NO", action: OPEN_APP}
        destination:
          - userid: [u-1]
    """
    if form.block is None:
        return
    is_rt = form.channel == "rt"
    interactive = form.block.find("notification", "interactive") if is_rt else form.block.get("interactive")
    if interactive is None or not isinstance(interactive.value, dict):
        return
    if not is_rt:
        yield from _device_types(interactive)
        yield from _without_notification(form.block, interactive)
    categories = {**facts.CATEGORIES, **facts.RT_CATEGORIES} if is_rt else facts.CATEGORIES
    yield from _category(interactive, categories, is_rt)
    yield from _actions(interactive, categories)


def _missing(interactive: Field, name: str) -> Iterator[Finding]:
    if is_written_otherwise(name, interactive.value):
        return
    api = predicted("7003", f"mandatory param {name} missing")
    yield Finding(interactive.file, interactive.key_span, f"'interactive' has no {name}", interactive.path, help=f"add {name}", api=api)


def _device_types(interactive: Field) -> Iterator[Finding]:
    types = interactive.get("device_types")
    if types is None or types.value == []:
        yield from _missing(interactive, "device_types")
        return
    seen: dict[object, Field] = {}
    for field in types.elements():
        if field.templated or not isinstance(field.value, str):
            continue
        if field.value not in facts.DEVICE_TYPES:
            words = f"invalid device type {shown(field.value)}, only ios or android is allowed"
            message = f"'{shown(field.value)}' is no device type of buttons"
            yield Finding(field.file, field.span, message, field.path, help="write android or ios", api=predicted("7004", words))
        elif field.value in seen:
            first = seen[field.value]
            api = predicted("7004", f"duplicate device type {field.value}")
            related = (Label("first listed here", first.file, first.span),)
            yield Finding(
                field.file, field.span, f"'{field.value}' is listed twice", field.path, related=related, help="remove one", api=api
            )
        seen.setdefault(field.value, field)


def _without_notification(block: Field, interactive: Field) -> Iterator[Finding]:
    """Device types whose notification the message does not have."""
    types = interactive.get("device_types")
    there = [name for name in facts.DEVICE_TYPES if name in block.value or is_written_otherwise(name, block.value)]
    for field in types.elements() if types is not None and any(name in block.value for name in facts.PLATFORMS) else ():
        if field.value in facts.DEVICE_TYPES and field.value not in there:
            message = f"there are no buttons for '{field.value}': the message has no notification for it"
            help = f"add {field.value} to the push block, or take it out"
            yield Finding(field.file, field.span, message, field.path, severity=Severity.WARNING, help=help)


def _category(interactive: Field, categories: dict[str, tuple[str, ...]], is_rt: bool) -> Iterator[Finding]:
    field = interactive.get("category")
    if field is None:
        yield from _missing(interactive, "category")
    elif isinstance(field.value, str) and not field.templated and field.value not in categories:
        near = nearest(field.value, categories)
        elsewhere = not is_rt and field.value in facts.RT_CATEGORIES
        hint = (
            f"did you mean '{near}'?" if near else "only notifications of in-app messages have it" if elsewhere else "such as DOUBLE_YES_NO"
        )
        api = predicted("7004", "Invalid value of param category or no identifiers mapped to this category")
        yield Finding(field.file, field.span, f"'{shown(field.value)}' is no category of buttons", field.path, help=hint, api=api)


def _actions(interactive: Field, categories: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    actions, category = interactive.get("actions"), interactive.get("category")
    if actions is None:
        yield from _missing(interactive, "actions")
        return
    if not isinstance(actions.value, list):
        return
    name = category.value if category is not None and isinstance(category.value, str) else ""
    identifiers = categories.get(name)
    buttons = [_Button(field, _position(field)) for field in actions.elements() if isinstance(field.value, dict)]
    if identifiers is not None and len(actions.value) != len(identifiers):
        words = f"Invalid number of actions, expected actions size {len(identifiers)}, but found {len(actions.value)}"
        needed = "one button" if len(identifiers) == 1 else "two buttons"
        message = f"{name} has {needed}, and 'actions' lists {len(actions.value)}"
        yield Finding(actions.file, actions.key_span, message, actions.path, help=f"list {needed}", api=predicted("7004", words))
    yield from _positions(buttons, len(identifiers) if identifiers else 2)
    for number, button in enumerate(buttons):
        yield from _action(button.field)
        # of a position that is taken nobody knows which button was meant
        if identifiers is not None and button.position not in [other.position for other in buttons[:number]]:
            yield from _identifier(button, name, identifiers)
            yield from _fitting(button, name, identifiers)


def _position(field: Field) -> int | None:
    value = field.value.get("pos")
    return int(value) if isinstance(value, (int, str)) and not isinstance(value, bool) and str(value).isdecimal() else None


def _positions(buttons: list[_Button], count: int) -> Iterator[Finding]:
    taken: dict[int, Field] = {}
    for button in buttons:
        place = button.field.get("pos")
        if place is None and is_written_otherwise("pos", button.field.value):
            continue
        if place is None:
            yield Finding(
                button.field.file,
                button.field.span,
                "this button has no pos",
                button.field.path,
                help="add pos: 1 or 2",
                api=predicted("7003", "mandatory param pos missing"),
            )
        elif button.position is None:
            continue
        elif not 1 <= button.position <= count:
            allowed = ",".join(str(number) for number in range(1, count + 1))
            words = f"only positions [{allowed}] are allowed for this category"
            yield Finding(
                place.file,
                place.span,
                f"{button.position} is no position here",
                place.path,
                help=f"positions: {allowed}",
                api=predicted("7004", words),
            )
        elif button.position in taken:
            first = taken[button.position]
            related = (Label("first used here", first.file, first.span),)
            yield Finding(
                place.file,
                place.span,
                f"position {button.position} is taken",
                place.path,
                related=related,
                help="give each button its own",
                api=predicted("7004", "duplicate values for pos"),
            )
        else:
            taken[button.position] = place


def _action(button: Field) -> Iterator[Finding]:
    action, value = button.get("action"), button.get("value")
    if action is None or not isinstance(action.value, str) or action.templated:
        return
    if action.value not in facts.ACTIONS:
        near = nearest(action.value, facts.ACTIONS)
        api = predicted("7004", "invalid value of param action or action is invalid for this channel")
        help = f"did you mean '{near}'?" if near else "such as OPEN_URL, OPEN_APP or DISMISS"
        yield Finding(action.file, action.span, f"'{shown(action.value)}' is no action of a button", action.path, help=help, api=api)
    elif action.value in facts.NEEDS_VALUE and (value is None or value.value == "") and not is_written_otherwise("value", button.value):
        api = predicted("7003", f"value missing for action {action.value}")
        yield Finding(
            action.file, action.span, f"{action.value} needs a value", action.path, help="add value: what it opens or shares", api=api
        )


def _identifier(button: _Button, category: str, identifiers: tuple[str, ...]) -> Iterator[Finding]:
    field, position = button.field.get("identifier"), button.position
    if position is None or position > len(identifiers) or position < 1:
        return
    wanted = identifiers[position - 1]
    documented = category in facts.DOCUMENTED
    severity = Severity.ERROR if documented else Severity.WARNING
    if field is None:
        words = "no identifier found for this category and at this position"
        message = f"button {position} of {category} has no identifier"
        yield Finding(
            button.field.file,
            button.field.span,
            message,
            button.field.path,
            severity=severity,
            help=f"add identifier: {wanted}",
            api=predicted("7004", words),
        )
    elif isinstance(field.value, str) and not field.templated and field.value != wanted:
        words = "invalid identifier or no actions mapped for this identifier"
        message = f"'{shown(field.value)}' is not the identifier of button {position} of {category}"
        api = predicted("7004", words) if documented else None
        yield Finding(field.file, field.span, message, field.path, severity=severity, help=f"write {wanted}", api=api)


def _fitting(button: _Button, category: str, identifiers: tuple[str, ...]) -> Iterator[Finding]:
    """Whether the action is one that the identifier can have; the console's matrix says so, and the server's words do not list it."""
    action, position = button.field.get("action"), button.position
    if action is None or position is None or action.value not in facts.ACTIONS:
        return
    allowed = facts.actions_of(category, position)
    if action.value not in allowed:
        identifier = identifiers[position - 1]
        which = "" if len(identifiers) == 1 else ("first ", "second ")[position - 1]
        does = "dismisses" if allowed == {"DISMISS"} else "replies"
        yield Finding(
            action.file,
            action.span,
            f"the {which}button of {category} only {does} in the console",
            action.path,
            severity=Severity.WARNING,
            help="write DISMISS" if does == "dismisses" else "write TRIVIAL_REPLY or INLINE_REPLY",
            api=predicted("7004", f"invalid action for identifier {identifier}"),
        )
