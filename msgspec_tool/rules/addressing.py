"""DST: whom a message goes to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from msgspec_tool.channels.layout import IDENTIFIERS
from msgspec_tool.channels.msisdns import MSISDN
from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Severity, Subject, rule
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reading import (
    IDENTIFIER_KEYS,
    Address,
    addresses,
    identified,
    identifier_keys,
    identifiers,
    knows_channels,
    listed_channels,
    literal,
    predicted,
)
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span

_KNOWN_KEYS = frozenset({*IDENTIFIER_KEYS, "from", "with", "correlationid", "correlationId", "options"})
_NO_ADDRESS = "any one of [customerid,msisdn,email, userid,pushid,psid, etc.] is mandatory"


@rule("DST501", "no-address", Subject.MESSAGE, common=True, api=("7003",))
def no_address(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A destination has no address that one of the message's channels can reach.

    What: An element of ``destination`` (or the mapping over a recipients file) holds no identifier, an empty one, or an
        identifier that none of the listed channels takes.
    Why: The platform refuses a destination without an identifier of its channel.
    Bad:
        destination:
          - psid: ["1000000000000001"]
    Good:
        destination:
          - msisdn: ["+447700900123"]
    """
    channels = listed_channels(form)
    destination = form.root.get("destination")
    if not channels or destination is None:
        return
    is_mapping = form.origin is Origin.SPEC and isinstance(destination.value, dict)
    places = ((destination, identifiers(destination)),) if is_mapping else identified(form)
    if isinstance(destination.value, list) and not destination.value:
        yield _finding(destination, "'destination' is empty", channels)
    known, taken = knows_channels(form), identifier_keys(channels)
    for place, present in places:
        if len(present) != 1 or present[0].path[-1] not in taken or _has_blank(present[0]):
            yield from _unreachable(place, present, channels, taken, known=known, split=form.origin is Origin.SPEC)


def _has_blank(member: Field) -> bool:
    listed = member.value if isinstance(member.value, list) else (member.value,)
    return any(isinstance(text, str) and not text.strip() for text in listed)


def _unreachable(
    place: Field, present: list[Field], channels: tuple[str, ...], taken: tuple[str, ...], *, known: bool, split: bool
) -> Iterator[Finding]:
    foreign = [member for member in present if member.path[-1] not in taken and member.path[-1] != "wechatid"] if known else []
    if not split and len(foreign) < len(present):
        foreign = []  # beside an address of the channel: mixed-address says that one of them has to go
    if not present and place.value.keys() <= _KNOWN_KEYS:  # a misspelt key has a finding of its own
        yield _finding(place, "this destination has no address", channels)
    for member in foreign:
        names = " or ".join(channels)
        yield Finding(
            member.file,
            member.key_span,
            f"'{member.path[-1]}' is no address for {names}",
            member.path,
            help=f"{names} takes {_listed(taken)}",
            api=predicted("7003", _NO_ADDRESS) if len(foreign) == len(present) else None,
        )
    for member in present:
        for field in member.elements() if isinstance(member.value, list) else (member,):
            if isinstance(field.value, str) and not field.value.strip():
                yield _finding(field, "the address is empty", channels)


def _finding(field: Field, message: str, channels: tuple[str, ...]) -> Finding:
    return Finding(
        field.file,
        field.span,
        message,
        field.path,
        help=f"give {_listed(identifier_keys(channels))}",
        api=predicted("7003", _NO_ADDRESS),
    )


def _listed(keys: tuple[str, ...]) -> str:
    return ", ".join(keys[:-1]) + f" or {keys[-1]}" if len(keys) > 1 else keys[0]


@rule("DST503", "duplicate-address", Subject.MESSAGE, common=True, severity=Severity.WARNING, fix=FixKind.SAFE)
def duplicate_address(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    """The same recipient is listed twice.

    What: Two addresses of one message are the same person: equal, or phone numbers that differ only in the ``+``. In a
        mapping over a recipients file an address without a template is the same for every row (error).
    Why: The recipient gets the message twice, and both are billed.
    Bad:
        destination:
          - msisdn: ["+447700900123", "447700900123"]
    Good:
        destination:
          - msisdn: ["+447700900123"]
    """
    yield from _same_for_all(form, context)
    first: dict[tuple[str, str], Address] = {}
    for address in addresses(form):
        if not address.text.strip():
            continue
        text = address.text.lstrip("+") if address.key == "msisdn" else address.text
        known = first.setdefault((address.key, text), address)
        if known is not address:
            yield Finding(
                address.field.file,
                address.field.span,
                f"'{shown(address.text)}' is listed twice",
                address.field.path,
                related=(Label("first listed here", known.field.file, known.field.span),),
                help="remove one of them",
                fix=_removal(address, known),
            )


def _same_for_all(form: MessageForm, context: RuleContext) -> Iterator[Finding]:
    destination = form.root.get("destination")
    if form.origin is not Origin.SPEC or destination is None or not isinstance(destination.value, dict):
        return
    for key, field in destination.items():
        text = literal(field) if key in IDENTIFIER_KEYS else None
        if text and text.strip():
            column = text if text in (context.columns or ()) else "column"
            message = f"every row goes to the same address '{shown(text)}'"
            help = f'write "{{{{ {column} }}}}" to read a column'
            if "from" not in destination.value and column == "column":
                help = f"{help}; for a few addresses make destination a list: - {key}: [address]"
            yield Finding(field.file, field.span, message, field.path, severity=Severity.ERROR, help=help)


def _removal(address: Address, first: Address) -> Fix | None:
    """Remove the later one: its whole element where that says the same as the first one's, else the address alone."""
    whole = address.element.path != first.element.path and address.element.value == first.element.value
    alone = not isinstance(address.element.value.get(address.key), list) or len(address.element.value[address.key]) == 1
    target = address.element if whole or alone else address.field
    span = _item_span(target)
    if span is None:
        return None
    applicability = Applicability.SAFE if whole else Applicability.UNSAFE
    return Fix("remove the second one", (Edit(span, ""),), applicability)


def _item_span(item: Field) -> Span | None:
    """The characters to delete so that a list loses an item: its lines in a block list, its comma and text in a flow list."""
    file, span = item.file, item.span
    parent = item.path[:-1]
    if not isinstance(item.path[-1], int):
        return None
    if item.document.style(parent) == "flow":
        index = item.path[-1]
        if index == 0:
            return None
        return Span(item.document.span((*parent, index - 1)).end, span.end)
    line = file.position(span.start).line
    start = file.line_starts[line - 1]
    last = file.position(span.end).line
    end = file.line_starts[last] if last < len(file.line_starts) else len(file.text)
    before, after = file.text[start : span.start], file.text[span.end : end]
    return Span(start, end) if before.strip() == "-" and not after.strip() else None


@rule("DST504", "mixed-address", Subject.MESSAGE, common=True, fix=FixKind.SAFE, api=("7004",))
def mixed_address(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """An element of ``destination`` has the wrong shape, or mixes kinds of addresses.

    What: An element is a bare text, holds an empty list, or has two identifiers: in a request body any two, in a spec two
        that the same channel would take.
    Why: The API takes objects with one identifier key and a list of texts; which of two it uses is documented nowhere.
    Bad:
        destination:
          - msisdn: ["+447700900123"]
            customerid: ["C-1001"]
    Good:
        destination:
          - msisdn: ["+447700900123"]
          - customerid: ["C-1001"]
    """
    destination = form.root.get("destination")
    if destination is None:
        return
    if isinstance(destination.value, str):
        yield _bare(destination, form)
    elif isinstance(destination.value, dict) and form.origin is Origin.SPEC:
        yield from _lone_element(destination)
    whole = {element.path: present for element, present in identified(form)}
    bare = [element for element in destination.elements() if element.path not in whole]
    if bare:
        yield _bare(bare[0], form, bare[1:])
    for element in destination.elements():
        present = whole.get(element.path)
        if present is None:
            continue
        if len(present) > 1 or (present and present[0].value == []):
            yield from _empty_or_mixed(present, form)


def _lone_element(destination: Field) -> Iterator[Finding]:
    """An element of the list that stands in place of the list: as a mapping it would be one over a recipients file."""
    listing = [member for key, member in destination.items() if key in IDENTIFIER_KEYS and isinstance(member.value, list)]
    if listing:
        fix = None
        if destination.document.style(destination.path) == "flow":
            start, end = destination.span
            fix = Fix("make it a list", (Edit(Span(start, start), "["), Edit(Span(end, end), "]")))
        message = f"'{listing[0].path[-1]}' lists addresses, so 'destination' has to be a list; a mapping is for a recipients file"
        help = "begin the element with '- '"
        yield Finding(listing[0].file, listing[0].key_span, message, listing[0].path, help=help, fix=fix, api=predicted("7004"))


def _bare(element: Field, form: MessageForm, others: Sequence[Field] = ()) -> Finding:
    """An address that stands where a mapping belongs, and the ``others`` that do the same: one habit, one finding."""
    channels = listed_channels(form)
    key = identifier_keys(channels)[0] if channels else "msisdn"
    whole = element.path[-1] == "destination"
    what = "'destination' is a list, and each element" if whole else "an element of 'destination'"
    more = f"; this one and {len(others):,} more are none" if others else ""
    edits = [_wrapping(one, key, form) for one in (element, *others)]
    known = tuple(edit for edit in edits if edit is not None)
    return Finding(
        element.file,
        element.span,
        f"{what} is a mapping of an identifier key and a list of addresses{more}",
        element.path,
        help=f"write {'[' if whole else ''}{{{key}: [address]}}{']' if whole else ''}",
        fix=Fix(f"write {'them' if others else 'it'} as {key}", known) if len(known) == len(edits) else None,
        api=predicted("7004"),
    )


def _wrapping(element: Field, key: str, form: MessageForm) -> Edit | None:
    """The edit that puts an address into its mapping; None for what can't be such an address: what was meant is the author's to say."""
    if not isinstance(element.value, str) or element.templated or (key == "msisdn" and not MSISDN.match(element.value)):
        return None
    text = json.dumps(element.value, ensure_ascii=False)
    wrapped = f'{{"{key}": [{text}]}}' if form.origin is Origin.BODY else f"{{{key}: [{text}]}}"
    return Edit(element.span, f"[{wrapped}]" if element.path[-1] == "destination" else wrapped)


def _empty_or_mixed(present: list[Field], form: MessageForm) -> Iterator[Finding]:
    named = [(str(member.path[-1]), member) for member in present]
    for key, member in named:
        if member.value == []:
            yield Finding(
                member.file,
                member.span,
                f"'{key}' lists no address",
                member.path,
                help="list one, or remove the element",
                api=predicted("7004"),
            )
    for key, member in named[1:]:
        rival = next((name for name, _ in named if name != key and _same_channel(name, key, form)), None)
        if rival is not None:
            yield Finding(
                member.file,
                member.key_span,
                f"'{key}' stands beside '{rival}': a destination has addresses of one kind",
                member.path,
                help="give each kind an element of its own",
                api=predicted("7004"),
            )
            return


def _same_channel(one: str, other: str, form: MessageForm) -> bool:
    if form.origin is not Origin.SPEC:
        return True
    return any(one in IDENTIFIERS[channel] and other in IDENTIFIERS[channel] for channel in listed_channels(form))
