"""Finding a value of rendered messages by its JSON Pointer, or by the place where the spec writes it.

``/channels/appmessaging/message/text`` and ``channels.rt.message.text`` are the same value, and so are
``/destination/0/msisdn/0`` and ``destination.msisdn``. A number in brackets at the end is the offset of a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple

from msgspec_tool.channels.layout import BLOCK_PATHS, canonical
from msgspec_tool.errors import UsageError
from msgspec_tool.source.document import Path, Plain, pointer
from msgspec_tool.source.quoting import shown

_OFFSET = re.compile(r"(.*)\[([0-9]{1,9})\]", re.DOTALL)
_INDEX = re.compile(r"[0-9]{1,9}")
_MOST_LEAVES = 1_000
"""Values that are looked through for one that is near: more take longer than they help."""

_LONGEST = 100
"""Characters of a pointer for which a near one is sought."""

_NEAREST, _NEAR = 3, 0.8
"""How many near pointers are offered, and how alike they are at least."""


class MessageObject(NamedTuple):
    """A message object as it would be sent, and the canonical name of its channel."""

    channel: str
    body: Mapping[str, Plain]


class Pointed(NamedTuple):
    """A value that is no mapping and no list: which message it is of, its path there, and the offset that was asked for."""

    message: MessageObject
    path: Path
    value: Plain
    offset: int | None


def pointed(text: str, messages: Sequence[MessageObject]) -> Pointed:
    """The value that a pointer means, of the first message that has it.

    ``UsageError`` with the nearest pointers where there is no such value, and for what holds several.
    """
    for parts, offset in _readings(text):
        for message, path in _candidates(parts, messages):
            found = _single(message.body, path)
            if found is not None:
                return Pointed(message, *found, offset)
    raise _refusal(text, messages)


def _readings(text: str) -> Iterator[tuple[tuple[str, ...], int | None]]:
    """The path that a text may mean: brackets at its end are an index, or else an offset."""
    yield _parts(text), None
    found = _OFFSET.fullmatch(text)
    if found:
        yield _parts(found[1]), int(found[2])


def _parts(text: str) -> tuple[str, ...]:
    if text.startswith("/"):
        return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/"))
    return tuple(part for part in re.split(r"[.\[\]]+", text) if part)


def _candidates(parts: tuple[str, ...], messages: Sequence[MessageObject]) -> Iterator[tuple[MessageObject, tuple[str, ...]]]:
    for message in messages:
        yield from ((message, path) for path in _spellings(parts, message.channel))
    if parts and _INDEX.fullmatch(parts[0]) and int(parts[0]) < len(messages):
        yield messages[int(parts[0])], parts[1:]


def _spellings(parts: tuple[str, ...], channel: str) -> Iterator[tuple[str, ...]]:
    """The path itself, and what it is in a message object where the spec writes it so."""
    yield parts
    if parts[:1] == ("channels",) and canonical(parts[1] if len(parts) > 1 else "") == channel:
        inside = parts[2:]
        if inside[:1] == ("appid",):
            yield inside
        else:
            yield ("channels", *inside) if inside[:1] == ("smartlinks",) else (*map(str, BLOCK_PATHS[channel]), *inside)
    elif parts[:1] == ("destination",) and len(parts) > 1:
        yield ("destination", "0", *parts[1:])
    elif parts == ("expiry", "after"):
        yield parts[:1]


def _single(value: Plain, parts: Sequence[str]) -> tuple[Path, Plain] | None:
    """The value at a path, through lists of one value at its end; None where there is none or several."""
    path: list[str | int] = []
    for part in parts:
        if isinstance(value, list) and _INDEX.fullmatch(part) and int(part) < len(value):
            path.append(int(part))
        elif isinstance(value, Mapping) and part in value:
            path.append(part)
        else:
            return None
        value = value[path[-1]]
    while isinstance(value, list) and len(value) == 1:
        path.append(0)
        value = value[0]
    return None if isinstance(value, (list, Mapping)) else (tuple(path), value)


def _leaves(value: Plain, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, (list, Mapping)):
        for key, member in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _leaves(member, (*path, key))
    else:
        yield path


def _refusal(text: str, messages: Sequence[MessageObject]) -> UsageError:
    known = list(dict.fromkeys(pointer(path) for message in messages for path in islice(_leaves(message.body), _MOST_LEAVES)))
    readings = [pointer(path) for parts, _offset in _readings(text) for _message, path in _candidates(parts, messages)]
    below = [one for one in known if any(one.startswith(f"{reading}/") for reading in readings)]
    if below:
        return UsageError(f"'{shown(text, _LONGEST)}' is no single value", help=f"it holds {_listed(below)}")
    near = _near(readings, known) if len(text) <= _LONGEST else []
    help = f"did you mean {_listed(near, ' or ')}?" if near else f"the message has {_listed(known)}"
    return UsageError(f"the message has no value '{shown(text, _LONGEST)}'", help=help)


def _near(readings: Sequence[str], known: Sequence[str]) -> list[str]:
    """The nearest pointers to one of the readings, or those of the same last name; the spelling of the spec is tried first."""
    tried = list(reversed(dict.fromkeys(readings)))
    found = (get_close_matches(reading, known, _NEAREST, _NEAR) for reading in tried)
    ends = {reading.rpartition("/")[2] for reading in tried}
    return next(filter(None, found), [one for one in known if one.rpartition("/")[2] in ends or one.split("/")[-2] in ends][:_NEAREST])


def _listed(pointers: Sequence[str], last: str = ", ") -> str:
    named = list(pointers[:_NEAREST])
    if len(pointers) > _NEAREST:
        return f"{', '.join(named)} and {len(pointers) - _NEAREST} more"
    return last.join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
