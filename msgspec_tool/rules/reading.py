"""How rules read message forms: literal values, addresses, the channels that a spec lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from msgspec_tool.channels.layout import ALL_IDENTIFIERS, IDENTIFIERS, canonical
from msgspec_tool.diagnostics import Prediction
from msgspec_tool.model import MessageForm, Origin
from msgspec_tool.schema.thesaurus import is_written_otherwise
from msgspec_tool.source.document import Field

IDENTIFIER_KEYS = frozenset((*ALL_IDENTIFIERS, "wechatid"))
"""Identifier keys, the misspelt one that is understood included."""


class Address(NamedTuple):
    """A literal address: its element of ``destination``, its key, its own place and text."""

    element: Field
    key: str
    field: Field
    text: str


def literal(field: Field | None) -> str | None:
    """The text of a field whose value is final: no template. Digits that a spec writes without quotes are text."""
    if field is None or field.templated:
        return None
    value = field.value
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and field.document.templated:
        return field.lexeme
    return None


def is_blank(field: Field | None) -> bool:
    """A text that is there and says nothing. Absent, templated and other values are not blank."""
    text = literal(field)
    return text is not None and not text.strip()


def are_declarations_unread(root: Field) -> bool:
    """Whether nobody knows what a spec declares: ``variables`` is misspelt or no mapping, of which other rules speak."""
    declared = root.get("variables")
    if declared is not None:
        return not isinstance(declared.value, dict)
    return isinstance(root.value, dict) and is_written_otherwise("variables", root.value)


def unread_declarations(root: Field) -> frozenset[str]:
    """Names under ``variables`` whose declarations are no mappings, of which wrong-type speaks."""
    declared = root.get("variables")
    return (
        frozenset(name for name, member in declared.items() if not isinstance(member.value, dict)) if declared is not None else frozenset()
    )


def predicted(code: str, message: str | None = None) -> Prediction:
    """The platform's refusal with the server's documented words, or the code's general ones."""
    if message is None:
        from msgspec_tool.channels.codes import BY_PREDICTION

        message = BY_PREDICTION[code]
    return Prediction(code, message)


def listed_channels(form: MessageForm) -> tuple[str, ...]:
    """The channels that share this form's ``destination``: all of a spec's, the one of a message object."""
    if form.origin is not Origin.SPEC:
        return (form.channel,) if form.channel else ()
    return form.root.once(_listed_channels)


def _listed_channels(root: Field) -> tuple[str, ...]:
    field = root.get("deliverychannel")
    if field is None or field.templated:
        blocks = root.get("channels")
        names = list(blocks.value) if blocks is not None and isinstance(blocks.value, dict) else []
    else:
        names = field.value if isinstance(field.value, list) else [field.value]
    found = (canonical(name) for name in names if isinstance(name, str))
    return tuple(dict.fromkeys(name for name in found if name))


def knows_channels(form: MessageForm) -> bool:
    """Whether every channel that is written is one; where one is misspelt, nobody can tell which addresses it takes."""
    return form.root.once(_knows_channels)


def _knows_channels(root: Field) -> bool:
    field = root.get("deliverychannel")
    if field is None or field.templated:
        return field is not None
    names = field.value if isinstance(field.value, list) else [field.value]
    return all(isinstance(name, str) and canonical(name) is not None for name in names)


@cache
def identifier_keys(channels: tuple[str, ...]) -> tuple[str, ...]:
    """The identifier keys that any of the channels takes."""
    return tuple(dict.fromkeys(key for channel in channels for key in IDENTIFIERS[channel]))


def elements(form: MessageForm) -> tuple[Field, ...]:
    """The well-formed elements of an inline ``destination``."""
    return form.root.once(_elements)


def _elements(root: Field) -> tuple[Field, ...]:
    destination = root.get("destination")
    return tuple(element for element in (destination.elements() if destination is not None else ()) if isinstance(element.value, dict))


def identified(form: MessageForm) -> tuple[tuple[Field, list[Field]], ...]:
    """The :func:`elements`, each with its members under identifier keys."""
    return form.root.once(_identified)


def _identified(root: Field) -> tuple[tuple[Field, list[Field]], ...]:
    return tuple([(element, identifiers(element)) for element in root.once(_elements)])


def identifiers(element: Field) -> list[Field]:
    """The members of a destination under identifier keys."""
    return [member for key, member in element.items() if key in IDENTIFIER_KEYS]


def addresses(form: MessageForm) -> tuple[Address, ...]:
    """Every literal address of an inline ``destination``, in written order."""
    return form.root.once(_addresses)


def _addresses(root: Field) -> tuple[Address, ...]:
    found = []
    for element, members in root.once(_identified):
        for member in members:
            for field in member.elements() if isinstance(member.value, list) else (member,):
                text = literal(field)
                if text is not None:
                    found.append(Address(element, str(member.path[-1]), field, text))
    return tuple(found)


def blocks(form: MessageForm, *names: str) -> Iterator[tuple[str, Field]]:
    """The mappings among the named members of the channel's block."""
    for name in names:
        member = form.block.get(name) if form.block is not None else None
        if member is not None and isinstance(member.value, dict):
            yield name, member
